/* matter/reveal.h — what in a text tells who somebody is, or where they live?
 *
 * Asked before a summary is shown to everybody. Advice for whoever writes it, never a refusal: it asks too much rather than too little,
 * and knows only what numbers and forms of address look like. Pure.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum reveal_kind {
        REVEAL_PHONE,   /* 11 digits of a mobile, 7 or 8 of a telephone with or without area code */
        REVEAL_ID,      /* 18 or 15 digits of an identity card */
        REVEAL_PLATE,   /* of a vehicle: 京A·12345 */
        REVEAL_ACCOUNT, /* 16 to 19 digits: a bank card */
        REVEAL_MAIL,
        REVEAL_DOOR,    /* 3号楼, 2单元, 501室; Room 501 */
        REVEAL_PERSON,  /* 老张家, 王大爷: place/spoken.h */
        REVEAL_KINDS
};
extern const char *const reveal_kind_names[REVEAL_KINDS]; /* "phone", … */
#define REVEAL_MAX 20
struct reveal {
        enum reveal_kind kind;
        struct str what; /* the place in the text; "" for REVEAL_PERSON */
};
/* In the order of the text, at most REVEAL_MAX. @text is valid UTF-8. Returns how many. */
size_t reveal_find(struct arena *scratch, struct str text, struct reveal ret[REVEAL_MAX]);
