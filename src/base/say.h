/* base/say.h — a sentence in the two languages that ship. */
#pragma once

enum lang { LANG_ZH, LANG_EN };

struct say {
        const char *zh, *en;
};

/* The sentence in @lang. */
static inline const char *say_in(struct say s, enum lang lang)
{
        return lang == LANG_ZH ? s.zh : s.en;
}

/* The language asked for by an Accept-Language header or a LANG variable; Chinese when unsure. */
enum lang lang_of(const char *asked);
