/* town/notices.h — what is said to people when something happens, and when they are left in peace.
 *
 * The words are the town's: notices.yaml of the folder, kind by kind; for kinds it leaves out, data/notices.yaml as it
 * stood when the program was built. A text holds {placeholders}; which ones a kind has is declared here, and a file
 * that names another is refused before anybody relies on it. There is none for what a matter is about: a message may be
 * seen by whoever stands beside its reader (个人信息保护法 第五、六条, least data for the purpose).
 */
#pragma once
#include "base/finding.h"
#include "base/say.h"
#include "base/str.h"

/* Kinds up to DISCREET are for reporters. */
enum notice_kind {
        NOTICE_RECEIPT,  /* the one message after reporting: who, by when, the code, what if not */
        NOTICE_PROGRESS, /* it has moved */
        NOTICE_ANSWERED,
        NOTICE_DECLINED,
        NOTICE_HANDED,   /* another town has taken it: which, and why */
        NOTICE_DATE,     /* the promised day is another one, and why */
        NOTICE_KNOWN,    /* it belongs to an announced cause: who sees to it, until when, and what if theirs is different */
        NOTICE_RESTORE,  /* that time is another one, and why */
        NOTICE_DISCREET, /* in place of any of these outside the app, for who asked for it */
        NOTICE_TASK,     /* it has come to you */
        NOTICE_NEWS,     /* what you have has changed */
        NOTICE_DESK,
        NOTICE_NEXT,
        NOTICE_REMIND,
        NOTICE_RAISED,
        NOTICE_DANGER,
        NOTICE_UNDELIVERED,
        NOTICE_KINDS
};
extern const char *const notice_kind_names[NOTICE_KINDS + 1]; /* "receipt" …; NULL-terminated */
static inline bool notice_for_reporter(enum notice_kind k) { return k <= NOTICE_DISCREET; }

enum notice_slot {
        SLOT_TOWN,   /* name of the town */
        SLOT_NUMBER, /* of the matter */
        SLOT_CODE,   /* the tracking code */
        SLOT_UNIT,   /* who is in charge */
        SLOT_DUE,    /* when it is answered or runs out */
        SLOT_WAS,    /* the day promised before */
        SLOT_WHY,    /* what brought it about */
        SLOT_STATE,
        SLOT_CLOCK,
        SLOT_LINK, /* where to look; empty without an address */
        SLOTS
};
extern const char *const notice_slot_names[SLOTS + 1];
/* Bits of the slots that texts of a kind may name. */
uint32_t notice_slots(enum notice_kind);

enum notice_part { NOTICE_TITLE, NOTICE_SMS, NOTICE_TEXT, NOTICE_PARTS };
extern const char *const notice_part_names[NOTICE_PARTS + 1];
#define NOTICE_TITLE_CHARS 60
#define NOTICE_SMS_CHARS 300
#define NOTICE_TEXT_CHARS 1000

#define LANGS 2
struct notice_words {
        struct str part[NOTICE_PARTS][LANGS]; /* by enum lang; UTF-8 without control characters */
};
struct notice_texts {
        struct notice_words kind[NOTICE_KINDS];
};

/* @text is notices.yaml of the folder, or {NULL,0} for the product's own words. Findings in notices.yaml: yaml.parse,
 * notice.kind-unknown, notice.shape, notice.language (one is missing), notice.text (too long, control characters),
 * notice.slot (a placeholder this kind does not have): errors, the kind keeps the product's words; notice.sms-long
 * (more than one segment as it will be filled in, GSM 03.38): warning. Memory from @a. */
void notices_read(struct arena *a, struct str text, struct findings *, struct notice_texts *ret);

/* The next piece of @rest: literal text, or a placeholder (*ret_slot, else -1). False at the end. A placeholder that is
 * none comes as text. */
bool notice_piece(struct str *rest, struct str *ret_text, int *ret_slot);

/* When nobody is disturbed by a message outside the app: from @from to @to, minutes of the day in China, over midnight
 * when from > to. from == to: never. */
struct quiet_hours {
        int32_t from, to;
};
/* "21:00-08:00". OK or ERR_TYPE. */
int quiet_hours_parse(struct str, struct quiet_hours *ret);
