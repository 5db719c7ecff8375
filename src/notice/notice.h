/* notice/notice.h — messages about what happened: who is told what, by which way, and how far it got.
 *
 * A listener follows the sealed journal at its own cursor (design: out by the garden gate). An event says whom the
 * procedure wants told ("tell"); from that, the matter as it stands and the recipient's own wish come rows of notice_out,
 * one for each recipient and way. In the app a row is the message; for the other ways notice/carry.h sends it, at least
 * once, always with the row's id. Rows hold codes and times: words are made from the town's templates when somebody
 * reads or sends them, addresses are opened in that moment.
 */
#pragma once
#include "matter/matter.h"
#include "notice/when.h"

enum notice_channel { NOTICE_BY_APP, NOTICE_BY_SMS, NOTICE_BY_MAIL, NOTICE_BY_HOOK, NOTICE_CHANNELS };
extern const char *const notice_channel_names[NOTICE_CHANNELS + 1]; /* "app" …, NULL-terminated */

#define NOTICE_HOOKS_MAX 16
/* What this server can send, and to which hooks of this town. */
struct notice_ways {
        bool sms, mail;
        struct str hook[NOTICE_HOOKS_MAX];
        size_t n_hooks;
};

/* One message. Views live in the arena of the read. */
struct notice {
        int64_t id, matter;
        int32_t n;
        enum notice_kind kind; /* NOTICE_KINDS: the event itself, to a hook */
        struct str recipient;
        enum notice_channel channel;
        enum lang lang;
        struct str proc, step, unit, why, clock;
        struct instant due, was, at;
        bool urgent;
        struct str state, error, settled;
        int32_t tries;
        struct instant next_at, done_at, read_at;
        struct str reason; /* of a change of date, as it was written; only where it is read or sent as a text */
};
#define NOTICE_REASON_CHARS 200
struct notices {
        struct notice *row;
        size_t n;
};

/* ---- the listener -------------------------------------------------------------------------------------------------- */
#define NOTICE_LISTENER "notice" /* its name in store_cursor */
/* What happened longer ago than this is no news: nobody is told of it. */
#define NOTICE_STALE_US (7 * US_PER_DAY)

/* What the next seals give, read on a read transaction: @max events at most, unless one seal alone holds more. Lives in ctx->arena
 * until it is applied. */
struct notice_batch {
        int64_t from, to; /* seals: behind @from, up to @to */
        int events;
        struct sql_notice_add_in *row;
        size_t n, cap;
        int64_t *erased; /* matters */
        size_t n_erased;
};
int notice_gather(struct ctx *, const struct town *, const struct notice_ways *, int max, struct notice_batch *ret);
/* Write from row @at on, some milliseconds' worth; *ret_next is where to go on, n when the cursor has moved too. Again gives
 * the same rows. ERR_CONFLICT when somebody else has gone further meanwhile. */
int notice_apply(struct ctx *, const struct notice_batch *, size_t at, size_t *ret_next);
/* Both in one write transaction. *ret_n = events handled; 0 = caught up. */
int notice_catch_up(struct ctx *, const struct town *, const struct notice_ways *, int max, int *ret_n);

/* ---- what a reporter wishes ---------------------------------------------------------------------------------------- */
enum notice_way { WAY_SMS, WAY_MAIL, WAY_NONE, WAYS };
extern const char *const notice_way_names[WAYS + 1];
struct notice_wish {
        enum notice_way way;
        enum lang lang;
        struct quiet_hours hours; /* between which they may be disturbed; from == to: the town's quiet hours hold */
        bool discreet;            /* a message outside the app says nothing but that there is one */
};
int notice_wish_put(struct ctx *, int64_t matter, const struct notice_wish *);
/* ERR_NONE when nothing was chosen. */
int notice_wish_get(struct ctx *, int64_t matter, struct notice_wish *ret);

/* ---- reading ------------------------------------------------------------------------------------------------------- */
#define NOTICE_PAGE 50
/* In the app, newest first, ids below @before. */
int notice_box(struct ctx *, struct str login, bool unread_only, int64_t before, struct notices *ret);
int notice_unread(struct ctx *, struct str login, int64_t *ret_n);
/* Mark as read what they have, from one id to another. Write. */
int notice_read(struct ctx *, struct str login, int64_t since, int64_t upto, int64_t *ret_n);
/* What the reporter of a matter was told in the app, newest first. */
int notice_of_reporter(struct ctx *, int64_t matter, struct notices *ret);

/* ---- what did not arrive ------------------------------------------------------------------------------------------- */
/* Newest first, ids below @before; those to hooks are the operator's affair and come only with @hooks. */
int notice_lost(struct ctx *, bool hooks, int64_t before, struct notices *ret);
int notice_get(struct ctx *, int64_t id, struct notice *ret); /* ERR_NONE */
/* Try it once more, from the beginning. ERR_STATE unless it is undelivered. Write. */
int notice_again(struct ctx *, int64_t id);
/* Somebody told them another way: by whom (ctx->actor) and how (a code). ERR_STATE unless it is undelivered. Write. */
int notice_settle(struct ctx *, int64_t id, struct str how);
struct notice_count {
        struct str channel, state;
        int64_t n;
};
struct notice_counts {
        struct notice_count *row;
        size_t n;
};
int notice_count(struct ctx *, struct notice_counts *ret);
/* Drop what was dealt with before @before, at most @max. Write. */
int notice_sweep(struct ctx *, struct instant before, int max, int64_t *ret_n);

/* ---- words --------------------------------------------------------------------------------------------------------- */
/* What brought it about (n->why), or what went wrong with it, in words. */
struct str notice_why(const struct town *, const struct notice *n, enum lang);
/* The part of a notice in @lang, from the town's templates. @code and @link fill {code} and {link}; "" is fine. */
struct str notice_words_of(struct arena *, const struct town *, const struct notice *, enum notice_kind as, enum notice_part, enum lang,
                           struct str code, struct str link);
