/* duty/signpost.h — do the words speak of danger, or of something another door is for?
 *
 * Advice only. Danger shows the numbers to dial, alarms the duty post and opens an urgent matter; a sign to
 * another channel stands beside "send anyway". Nothing is refused and nothing closed by words; only a named
 * person declines (北京市接诉即办工作条例 第十一条; rulebook 2.1, 2.2).
 *
 * How danger is told from talk of danger: a harmless compound swallows the word ("消防通道", "落水管", "跳楼价");
 * words that make it a fear, a rule or the past guard it ("容易", "防止", "去年", "... 隐患"); and words that are
 * often told as a story ("车祸", "火灾") alarm only in a short text or near a word of urgency ("正在", "快来").
 */
#pragma once
#include "base/arena.h"
#include "base/say.h"
#include "base/str.h"

enum danger {
        DANGER_FIRE,
        DANGER_GAS,
        DANGER_EXPLOSION,
        DANGER_CHEMICAL,
        DANGER_COLLAPSE,
        DANGER_TRAPPED,
        DANGER_DROWNING,
        DANGER_ELECTRIC,
        DANGER_SICK,
        DANGER_CRASH,
        DANGER_VIOLENCE,
        DANGER_SELF_HARM,
        DANGER_MISSING,
        DANGER_HELP,
        DANGERS
};

struct danger_kind {
        const char *code;       /* "fire" */
        const char *numbers[3]; /* to dial, most fitting first; NULL = no more */
        struct say name;
        struct say advice; /* what to do first, one or two sentences */
};
extern const struct danger_kind danger_kinds[DANGERS];
/* Why those numbers: the rule that keeps them apart from 12345. */
extern const char danger_source[];

/* Doors for what the hotline does not decide. Order: the branches of art 11. */
enum channel {
        CHANNEL_COURT,
        CHANNEL_PROCURATORATE,
        CHANNEL_LABOUR_ARBITRATION,
        CHANNEL_ARBITRATION,
        CHANNEL_RECONSIDERATION,
        CHANNEL_PETITION,
        CHANNEL_DISCIPLINE,
        CHANNEL_JUSTICE_STAFF,
        CHANNEL_POLICE_CASE,
        CHANNEL_DISCLOSURE,
        CHANNEL_ANSWERED,
        CHANNEL_SECRETS,
        CHANNEL_PRIVACY,
        CHANNEL_MARKET,
        CHANNEL_MORALS,
        CHANNELS
};

struct channel_kind {
        const char *code;   /* "court" */
        int branch;         /* 北京市接诉即办工作条例 第十一条, its item, 2 to 6 */
        const char *number; /* to dial, "" if there is none we are sure of */
        struct say door;    /* name of the channel */
        struct say advice;  /* one sentence */
        const char *basis;
        bool by_person; /* no word raises it: only a person at the desk can tell */
};
extern const struct channel_kind channel_kinds[CHANNELS];

struct danger_sign {
        enum danger kind;
        bool now;        /* alarm; false: show the numbers quietly, "if this is happening now" */
        struct str word; /* view into title or text */
};
struct channel_sign {
        enum channel kind;
        struct str word;
};
struct signs {
        struct danger_sign danger[DANGERS]; /* one a kind, in the order found; now before not */
        uint32_t n_dangers;
        bool alarm;                            /* some danger is now */
        struct channel_sign channel[CHANNELS]; /* one a kind, in the order found */
        uint32_t n_channels;
};

/* Built once, immutable, thread-safe. */
struct signposts;
struct signposts *signposts_new(struct arena *);
/* @title and @text are valid UTF-8; either may be empty. */
void signposts_read(const struct signposts *, struct arena *scratch, struct str title, struct str text,
                    struct signs *ret);

/* By code, for a sign that a person puts up; DANGERS or CHANNELS if there is none. */
enum danger danger_of(struct str code);
enum channel channel_of(struct str code);
