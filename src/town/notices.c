#include "town/notices.h"
#include "base/err.h"
#include "base/yaml.h"

extern const char notices_default_text[];
extern const size_t notices_default_size;

static const struct str file = { "notices.yaml", 12 };

const char *const notice_kind_names[NOTICE_KINDS + 1] = {
        [NOTICE_RECEIPT] = "receipt", [NOTICE_PROGRESS] = "progress", [NOTICE_ANSWERED] = "answered",
        [NOTICE_DECLINED] = "declined", [NOTICE_HANDED] = "handed", [NOTICE_DATE] = "date", [NOTICE_KNOWN] = "known", [NOTICE_RESTORE] = "restore", [NOTICE_DISCREET] = "discreet", [NOTICE_TASK] = "task",
        [NOTICE_NEWS] = "news", [NOTICE_DESK] = "desk", [NOTICE_NEXT] = "next", [NOTICE_REMIND] = "remind",
        [NOTICE_RAISED] = "raised", [NOTICE_DANGER] = "danger", [NOTICE_UNDELIVERED] = "undelivered",
};
const char *const notice_slot_names[SLOTS + 1] = {
        [SLOT_TOWN] = "town", [SLOT_NUMBER] = "number", [SLOT_CODE] = "code", [SLOT_UNIT] = "unit", [SLOT_DUE] = "due",
        [SLOT_WAS] = "was", [SLOT_WHY] = "why", [SLOT_STATE] = "state", [SLOT_CLOCK] = "clock", [SLOT_LINK] = "link",
};
const char *const notice_part_names[NOTICE_PARTS + 1] = { [NOTICE_TITLE] = "title", [NOTICE_SMS] = "sms", [NOTICE_TEXT] = "text" };

#define BIT(slot) (UINT32_C(1) << (slot))
#define ALWAYS (BIT(SLOT_TOWN) | BIT(SLOT_NUMBER) | BIT(SLOT_UNIT) | BIT(SLOT_STATE) | BIT(SLOT_LINK))

uint32_t notice_slots(enum notice_kind kind)
{
        static const uint32_t set[NOTICE_KINDS] = {
                [NOTICE_RECEIPT] = ALWAYS | BIT(SLOT_CODE) | BIT(SLOT_DUE),
                [NOTICE_PROGRESS] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_WHY),
                [NOTICE_ANSWERED] = ALWAYS | BIT(SLOT_WHY),
                [NOTICE_DECLINED] = ALWAYS | BIT(SLOT_WHY),
                [NOTICE_HANDED] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_WHY), /* the unit is the other town */
                [NOTICE_DATE] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_WAS) | BIT(SLOT_WHY),
                [NOTICE_KNOWN] = ALWAYS | BIT(SLOT_CODE) | BIT(SLOT_DUE),
                [NOTICE_RESTORE] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_WAS) | BIT(SLOT_WHY),
                [NOTICE_DISCREET] = 0, /* not even where it comes from */
                [NOTICE_TASK] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_WHY),
                [NOTICE_NEWS] = ALWAYS | BIT(SLOT_WHY),
                [NOTICE_DESK] = ALWAYS | BIT(SLOT_WHY),
                [NOTICE_NEXT] = ALWAYS | BIT(SLOT_WHY),
                [NOTICE_REMIND] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_CLOCK),
                [NOTICE_RAISED] = ALWAYS | BIT(SLOT_DUE) | BIT(SLOT_CLOCK),
                [NOTICE_DANGER] = ALWAYS,
                [NOTICE_UNDELIVERED] = ALWAYS | BIT(SLOT_WHY),
        };
        return set[kind];
}

/* ---- placeholders -------------------------------------------------------------------------------------------------- */

static int slot_of(struct str name)
{
        int i = 0;
        while (i < SLOTS && !str_is(name, notice_slot_names[i]))
                i++;
        return i;
}

/* The end of "{word}" at the beginning of @s, or 0. */
static size_t braced(struct str s, struct str *ret_word)
{
        size_t n = 1;
        while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
                n++;
        if (s.n == 0 || s.p[0] != '{' || n == 1 || n == s.n || s.p[n] != '}')
                return 0;
        *ret_word = (struct str){ s.p + 1, n - 1 };
        return n + 1;
}

bool notice_piece(struct str *rest, struct str *ret_text, int *ret_slot)
{
        struct str word;
        if (rest->n == 0)
                return false;
        *ret_slot = -1;
        size_t n = braced(*rest, &word);
        if (n && slot_of(word) < SLOTS) {
                *ret_slot = slot_of(word);
        } else {
                for (n = n ? n : 1; n < rest->n && rest->p[n] != '{'; n++)
                        continue;
        }
        *ret_text = (struct str){ rest->p, n };
        *rest = (struct str){ rest->p + n, rest->n - n };
        return true;
}

/* ---- one text ------------------------------------------------------------------------------------------------------ */

/* How long a placeholder is when filled in, about: names of units and towns as they usually are, a code of 19 signs. */
static const uint8_t usual[SLOTS] = {
        [SLOT_TOWN] = 6, [SLOT_NUMBER] = 18, [SLOT_CODE] = 19, [SLOT_UNIT] = 6, [SLOT_DUE] = 12,
        [SLOT_WAS] = 12, [SLOT_WHY] = 8, [SLOT_STATE] = 8, [SLOT_CLOCK] = 6, [SLOT_LINK] = 30,
};

struct reading_notices {
        struct findings *f;
        struct arena *a;
        bool own; /* the town's file; the product's is not told about its length */
};

static bool wrong_slot(struct reading_notices *r, enum notice_kind kind, struct str text, int32_t line)
{
        uint32_t may = notice_slots(kind);
        for (size_t i = 0; i < text.n; i++) {
                struct str word, rest = { text.p + i, text.n - i };
                if (braced(rest, &word) == 0)
                        continue;
                int slot = slot_of(word);
                if (slot < SLOTS && may >> slot & 1)
                        continue;
                finding_add(r->f, "notice.slot", SEV_ERROR, file, line,
                            (struct say){ "见《消息》手册中每种消息可用的占位符", "docs/notices.md lists what each kind has" },
                            "消息 %s 没有占位符 {%.*s}", "The notice %s has no placeholder {%.*s}", notice_kind_names[kind], STR_ARG(word));
                return true;
        }
        return false;
}

static void judge_length(struct reading_notices *r, enum notice_kind kind, enum lang lang, struct str text, int32_t line)
{
        size_t chars = 0, one = lang == LANG_ZH ? 70 : 160;
        struct str piece;
        int slot;
        while (notice_piece(&text, &piece, &slot))
                chars += slot < 0 ? utf8_count(piece) : usual[slot];
        if (chars > one && r->own)
                finding_add(r->f, "notice.sms-long", SEV_WARNING, file, line,
                            (struct say){ "写短些，或接受按多条计费", "Make it shorter, or accept that it counts as several" },
                            "消息 %s 的短信约 %zu 个字，超过一条的 %zu 个字", "The short message of %s has some %zu characters; one segment has %zu",
                            notice_kind_names[kind], chars, one);
}

static const size_t longest[NOTICE_PARTS] = { NOTICE_TITLE_CHARS, NOTICE_SMS_CHARS, NOTICE_TEXT_CHARS };

static bool text_good(struct reading_notices *r, enum notice_kind kind, enum notice_part part, struct str text, int32_t line)
{
        if (text.n && utf8_count(text) <= longest[part] && !utf8_has_control(text) && str_find(text, STR("\n")) < 0)
                return !wrong_slot(r, kind, text, line);
        finding_add(r->f, "notice.text", SEV_ERROR, file, line,
                    (struct say){ "写成一行，不要太长", "One line, not too long" }, "%s.%s 应为 1 到 %zu 个字的一行",
                    "%s.%s needs one line of 1 to %zu characters", notice_kind_names[kind], notice_part_names[part], longest[part]);
        return false;
}

static bool read_part(struct reading_notices *r, enum notice_kind kind, enum notice_part part, const struct yaml_node *n, struct str out[LANGS])
{
        static const char *const key[LANGS] = { [LANG_ZH] = "zh", [LANG_EN] = "en" };
        for (int lang = 0; lang < LANGS; lang++) {
                const struct yaml_node *at = yaml_get(n, key[lang]);
                struct str text = str_trim(yaml_text(at));
                if (!at || at->kind != YAML_SCALAR) {
                        finding_add(r->f, "notice.language", SEV_ERROR, file, n->line,
                                    (struct say){ "每段写成 {zh: …, en: …}", "Write each as {zh: …, en: …}" },
                                    "%s.%s 缺少 %s", "%s.%s has no %s", notice_kind_names[kind], notice_part_names[part], key[lang]);
                        return false;
                }
                if (!text_good(r, kind, part, text, at->line))
                        return false;
                if (part == NOTICE_SMS)
                        judge_length(r, kind, (enum lang)lang, text, at->line);
                out[lang] = str_dup(r->a, text);
        }
        return true;
}

static void read_kind(struct reading_notices *r, enum notice_kind kind, const struct yaml_node *n, struct notice_texts *ret)
{
        struct notice_words w = { 0 };
        bool good = n->kind == YAML_MAP && n->n == NOTICE_PARTS;
        for (int part = 0; good && part < NOTICE_PARTS; part++)
                good = yaml_get(n, notice_part_names[part]) != NULL;
        if (!good) {
                finding_add(r->f, "notice.shape", SEV_ERROR, file, n->line,
                            (struct say){ "写上 title、sms、text，不写别的", "Give title, sms and text, and nothing else" },
                            "消息 %s 应有 title、sms、text", "The notice %s needs title, sms and text", notice_kind_names[kind]);
                return;
        }
        for (int part = 0; good && part < NOTICE_PARTS; part++)
                good = read_part(r, kind, (enum notice_part)part, yaml_get(n, notice_part_names[part]), w.part[part]);
        if (good)
                ret->kind[kind] = w;
}

static void read_all(struct reading_notices *r, struct str text, struct notice_texts *ret)
{
        struct yaml_node *root;
        if (yaml_read(r->a, file, text, r->f, &root) != OK)
                return;
        for (size_t i = 0; root->kind == YAML_MAP && i < root->n; i++) {
                int kind = 0;
                while (kind < NOTICE_KINDS && !str_is(root->key[i], notice_kind_names[kind]))
                        kind++;
                if (kind < NOTICE_KINDS)
                        read_kind(r, (enum notice_kind)kind, root->item[i], ret);
                else
                        finding_add(r->f, "notice.kind-unknown", SEV_ERROR, file, root->key_line[i],
                                    (struct say){ "核对写法，见《消息》手册", "Look at the spelling; docs/notices.md has the list" },
                                    "没有这种消息：" STR_FMT, "There is no notice " STR_FMT, STR_ARG(root->key[i]));
        }
        if (root->kind != YAML_MAP)
                finding_add(r->f, "notice.shape", SEV_ERROR, file, root->line,
                            (struct say){ "见《消息》手册", "See docs/notices.md" }, "应为“种类: 文字”", "Kinds and their texts are needed");
}

void notices_read(struct arena *a, struct str text, struct findings *f, struct notice_texts *ret)
{
        struct findings unheard = { .arena = a };
        struct reading_notices r = { .f = &unheard, .a = a };
        *ret = (struct notice_texts){ 0 };
        read_all(&r, (struct str){ notices_default_text, notices_default_size }, ret);
        if (unheard.errors)
                BUG("the notices that ship do not read");
        r = (struct reading_notices){ .f = f, .a = a, .own = true };
        if (text.p)
                read_all(&r, text, ret);
}

/* ---- quiet hours --------------------------------------------------------------------------------------------------- */

static int minute_of_day(struct str s, int32_t *ret)
{
        int64_t h, m;
        if (s.n != 5 || s.p[2] != ':' || str_int((struct str){ s.p, 2 }, 0, 24, &h) != OK ||
            str_int((struct str){ s.p + 3, 2 }, 0, 59, &m) != OK || h * 60 + m > 24 * 60)
                return ERR_TYPE;
        *ret = (int32_t)(h * 60 + m);
        return OK;
}

int quiet_hours_parse(struct str s, struct quiet_hours *ret)
{
        struct quiet_hours q;
        if (s.n != 11 || s.p[5] != '-' || minute_of_day((struct str){ s.p, 5 }, &q.from) != OK ||
            minute_of_day((struct str){ s.p + 6, 5 }, &q.to) != OK)
                return ERR_TYPE;
        *ret = q;
        return OK;
}
