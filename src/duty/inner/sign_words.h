/* duty/inner/sign_words.h — the words behind the signposts. */
#pragma once
#include "duty/signpost.h"

enum sign_role {
        SIGN_STRONG,   /* danger by itself */
        SIGN_WEAK,     /* danger in a short text or near a word of urgency */
        SIGN_HARMLESS, /* swallows the words inside it */
        SIGN_URGENT,
        SIGN_BEFORE, /* standing before, in the same clause, it makes a danger a fear, a rule or the past */
        SIGN_AFTER,  /* the same, standing after */
        SIGN_AROUND, /* either */
        SIGN_CHANNEL,
};
struct sign_word {
        const char *word;
        enum sign_role role;
        int kind; /* enum danger or enum channel */
};
extern const struct sign_word sign_words[];
extern const uint32_t n_sign_words;
