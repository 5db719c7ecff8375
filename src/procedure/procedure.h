/* procedure/procedure.h — a declared workflow as it was written: states, actions, clocks.
 *
 * The file format is described in docs/procedures.md. A procedure is read once, checked once
 * (procedure/check.h) and then only looked at: it is immutable, any number of threads may step
 * matters through it (procedure/step.h). Everything lives in the arena given to procedure_read.
 * Codes are looked up by their position: a state, an action or a clock is an index or a pointer
 * into its table, and sets of them are bit masks.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/due.h"
#include "base/finding.h"
#include "base/say.h"
#include "base/str.h"

#define PROCEDURE_BYTES_MAX (256 * 1024)
#define PROCEDURE_STATES_MAX 32
#define PROCEDURE_ACTIONS_MAX 64
#define PROCEDURE_CLOCKS_MAX 20
#define PROCEDURE_FIELDS_MAX 16  /* of one form */
#define PROCEDURE_CHOICES_MAX 32 /* of one field */
#define PROCEDURE_FILES_MAX 9    /* of one field */
#define PROCEDURE_EFFECTS_MAX 16 /* of one action or state */
#define PROCEDURE_ROWS_MAX 8     /* of one action's `to` */
#define PROCEDURE_TERMS_MAX 8    /* of one `when` */
#define PROCEDURE_ALARMS_MAX 4   /* of one clock */
#define PROCEDURE_RIGHTS_MAX 64
#define CLOCK_CODE_MAX 32

/* What the engine knows about a matter, yes or no. The caller of procedure_step supplies all of them,
 * as they stand once the command has been applied. */
enum procedure_fact {
        FACT_PLACE_KNOWN,   /* the place is known */
        FACT_SUBJECT_KNOWN, /* the subject is known */
        FACT_LEAD_KNOWN,    /* a unit in charge was found, be it the fallback unit 兜底 */
        FACT_COVERED,       /* a row of a duty list covers it (not the fallback) */
        FACT_ANONYMOUS,     /* the reporter left no way to be reached */
        FACT_URGENT,        /* 紧急 */
        FACT_RATED,         /* the reporter has rated it */
        FACT_RETURNED,      /* a unit has returned it before 退单: that is possible once */
        FACT_RETURN_OPEN,   /* the time to return it is not over: limit "return" of town.yaml, from dispatch */
        FACT_REOPEN_OPEN,   /* it has ended, and the time to have it taken up again is not over: limit "reopen", from the end */
        FACT_MAY_REOPEN,    /* the same, and it was reopened less often than reopen_times of town.yaml */
        FACT_REVIEWED,      /* a supervisor has looked at it after the reporter said "not solved" again */
        FACT_ANNOUNCED,     /* it is announced to everybody until when 已知原因 */
        FACT_CAUSE_KNOWN,   /* its cause is announced, and it is joined to that as it comes in 已知原因 */
        FACT_CAUSE_ANSWERED, /* the matter that it was joined to has its answer, which is being passed on now */
        FACT_CAUSE_NEWS,    /* that matter is announced until when, or to another time, which is being passed on now */
        FACT_TASKS_OPEN,    /* a unit that was called in 吹哨 has not answered, and was not passed over */
        FACT_PAUSE_ASKED,     /* the unit has asked for a pause, and nobody has decided */
        FACT_EXTENSION_ASKED, /* likewise for more time 延期 */
        FACT_SHELVING_ASKED,  /* likewise to shelve it 挂账 */
        FACT_MAY_PAUSE,       /* it was paused less often than pause_times of town.yaml */
        FACT_MAY_EXTEND,      /* it was extended less often than extend_times of town.yaml */
        FACT_TO_VERIFY,       /* its answer is checked on site before the reporter hears it: levels in `verify` of town.yaml */
        FACT_CALL_OPEN,       /* it has ended, and the reporter is to be called back 回访: not rated, not given up */
        FACT_HAS_ORDER,     /* it came with an order from upstream 上级派单 */
        FACT_ORDER_OWED,    /* and upstream still waits for our reply, or for our word on a return */
        FACT_ORDER_RETURN_OPEN, /* and it may still be sent back upstream: within its window, not refused before in this round */
        FACT_COUNT
};
struct procedure_fact_word {
        const char *name;   /* "place_known" */
        struct say yes, no; /* "the place is known", "the place is not known" */
};
extern const struct procedure_fact_word procedure_facts[FACT_COUNT];
#define FACT_BIT(fact) (UINT32_C(1) << (fact))

/* One condition: the fact or the form field has one of the values in @any. Bit 0 of a fact or of a
 * bool field is "no", bit 1 "yes"; bit i of a choice field is its choice i. */
struct procedure_term {
        int field; /* index into the action's form, or -1: a fact */
        enum procedure_fact fact;
        uint32_t any;
};
struct procedure_when { /* all terms hold; no terms = always */
        const struct procedure_term *term;
        size_t n;
};

enum form_type { FORM_TEXT, FORM_CHOICE, FORM_BOOL, FORM_INT, FORM_INSTANT, FORM_FILES, FORM_TYPES };
struct procedure_choice {
        struct str code;
        struct say name;
};
struct procedure_field {
        struct str name;
        struct say label;
        enum form_type type;
        bool required;
        bool future;      /* instant only: may lie beyond now */
        int64_t min, max; /* text: code points; int: the value; files: how many */
        const struct procedure_choice *choice;
        size_t n_choices;
        int32_t line;
};

enum procedure_notify { NOTIFY_REPORTER, NOTIFY_LEAD, NOTIFY_DESK, NOTIFY_NEXT, NOTIFY_COUNT };

/* What the form of an action is kept as. Each asks for certain fields, see procedure_records. */
enum procedure_record {
        RECORD_PLACEMENT,  /* the desk found place, subject or unit */
        RECORD_ASSIGNMENT, /* sent to another unit 改派 */
        RECORD_CONFERENCE, /* joint look 会商 */
        RECORD_CONTACT,    /* a contact with the reporter: counts only with channel, time and outcome */
        RECORD_ANSWER,
        RECORD_TOLD,    /* the reporter was told */
        RECORD_DECLINE, /* 不予受理: by a named person, with reason, basis and where else to go */
        RECORD_WITHDRAWAL,
        RECORD_NOTE, /* words added by the reporter */
        RECORD_RATING,
        RECORD_RETURN,   /* the unit says that it is not theirs, and whose it is 退单 */
        RECORD_UPHELD,   /* the desk agrees, and sends it elsewhere 退单成立 */
        RECORD_OVERRULED, /* the desk does not 驳回退单 */
        RECORD_REOPENING, /* "not solved": it is dealt with once more 重办 */
        RECORD_APPEAL,    /* "still not solved": a supervisor looks at it 复核 */
        RECORD_JOINING,   /* one cause, many voices: the work is done on another matter 并入 */
        RECORD_PARTING,   /* it is dealt with on its own again 拆分 */
        RECORD_FOLLOWING, /* the answer of its cause is its answer too 一并答复 */
        RECORD_CALL_IN,   /* another unit is called in with a task of its own 吹哨; the lead keeps the matter */
        RECORD_REPORT_IN, /* it reports in 报到 */
        RECORD_TASK_ANSWER, /* it answers 协办答复 */
        RECORD_OVERRIDE,  /* the lead goes on without its answer */
        RECORD_CALL_OFF,  /* the lead no longer needs it 撤销吹哨 */
        RECORD_RATE_HELP, /* the lead rates the cooperation of the unit called in */
        RECORD_RATE_CALL, /* and that unit the lead's */
        RECORD_REQUEST,      /* the unit asks for a pause, more time, or to shelve it: `what` 申请 */
        RECORD_PAUSE,        /* granted 暂停 */
        RECORD_EXTENSION,    /* granted 延期 */
        RECORD_SHELVING,     /* granted: it cannot be solved now, and is looked at again on a day 挂账 */
        RECORD_REFUSAL,      /* not granted */
        RECORD_VERIFICATION, /* somebody else looked whether it is so 核实: `outcome` solved or not_solved */
        RECORD_ANNOUNCEMENT, /* it is announced to everybody until when 已知原因 */
        RECORD_NEW_TIME,     /* that time is another one, and why */
        RECORD_INFORMING,    /* who was joined to it is told 告知预计恢复时间 */
        RECORD_CALLBACK,     /* the reporter was called back and answered 回访 */
        RECORD_MISSED_CALL,  /* was called back and not reached, or did not want to say: `outcome` */
        RECORD_RETURN_UPSTREAM, /* the town says that it is not theirs 退回上级 */
        RECORD_TAKEN_BACK,      /* upstream has taken it back */
        RECORD_GIVEN_BACK,      /* upstream refuses: it goes on here, in a unit that the desk names */
        RECORD_REPLY_UPSTREAM,  /* upstream was answered */
        RECORD_AMENDMENT,       /* the whole answer as it is now, after something was added to it 补充答复 */
        RECORD_SUPPLEMENT,      /* upstream adds to its order */
        RECORD_REDO_UPSTREAM,   /* upstream wants it done again 重办 */
        RECORD_PLACE_CALL,   /* the reporter was asked where it is 核实地点: `outcome` reached or not_reached */
        RECORD_HANDOVER,     /* another town is asked to take it 移交 */
        RECORD_HANDED,       /* it has taken it */
        RECORD_PASSED_ON,    /* it has not, or was ordered to: the next one is asked */
        RECORD_HANDED_BACK,  /* nobody else takes it */
        RECORD_ACCEPTANCE,   /* taken from another town 接收 */
        RECORD_TURNING_DOWN, /* not taken 不接收: the common superior rules */
        RECORD_SETTLEMENT,   /* the common superior says whose it is: `taker` sender, receiver or self */
        RECORD_COUNT
};
#define RECORD_BIT(record) (UINT64_C(1) << (record))
/* Done to a task that stands: its number is in the form's field `task`, and what a unit called in does is judged by its rights. */
#define RECORDS_OF_A_TASK                                                                                              \
        (RECORD_BIT(RECORD_REPORT_IN) | RECORD_BIT(RECORD_TASK_ANSWER) | RECORD_BIT(RECORD_OVERRIDE) |                 \
         RECORD_BIT(RECORD_CALL_OFF) | RECORD_BIT(RECORD_RATE_HELP) | RECORD_BIT(RECORD_RATE_CALL))
/* How the reporter came to know, where no form says it. */
enum procedure_told { TOLD_FORM, TOLD_READING, TOLD_POSTING, TOLD_WAYS };

enum effect_kind {
        EFFECT_START,
        EFFECT_STOP,
        EFFECT_NOTIFY,
        EFFECT_RECORD,
        EFFECT_PAUSE,  /* they stand still until the instant of a field 暂停 */
        EFFECT_RESUME, /* they run on: a pause ends now, a stop counts as if it had not been */
        EFFECT_EXTEND, /* they get as many of their own units more as a field says 延期 */
        EFFECT_KINDS
};
struct procedure_effect {
        enum effect_kind kind;
        uint32_t set; /* bits of clocks, or of procedure_notify */
        enum procedure_record record;
        enum procedure_told by;
        int field; /* stop: the instant that says when, or -1: now. start: the instant it ends at, or -1: the limit says.
                    * pause: the instant until which. extend: the number of units */
        struct procedure_when when;
        int32_t line;
};
struct procedure_effects {
        const struct procedure_effect *row;
        size_t n;
};

struct procedure_state {
        struct str code;
        struct say name;
        struct say public_word; /* what the reporter reads */
        bool final;
        int watch;                   /* the clock that watches a state which is not final; -1 in a final one */
        struct procedure_when needs; /* must hold whenever the state is entered */
        uint64_t after;              /* records that must have been made on every way here */
        struct procedure_effects enter;
        int32_t line;
};

#define STATE_SAME (-1) /* stays where it is, without entering again */
struct procedure_row {
        struct procedure_when when;
        int to;
        int32_t line;
};

struct procedure_action {
        struct str code;
        struct say name;
        bool anybody, reporter, system, town; /* who may, beside the holders of a right; town: another one, by its seal */
        uint64_t rights;                 /* bits as given by the name table of procedure_read */
        bool opens;                      /* from: start */
        uint32_t from;                   /* bits of states */
        bool after_end;                  /* may be done in a final state */
        bool reopens;                    /* leads out of a final state: records and clocks begin anew */
        struct procedure_when when;      /* guard: facts only */
        const struct procedure_row *row; /* the first whose condition holds decides; at least one */
        size_t n_rows;
        const struct procedure_field *field;
        size_t n_fields;
        struct procedure_effects effects;
        int32_t line;
};

enum clock_kind { CLOCK_STAGE, CLOCK_TASK /* one for each task of a unit called in */, CLOCK_SIGN, CLOCK_CONTACT, CLOCK_PROMISED, CLOCK_STATUTORY, CLOCK_KINDS };
enum alarm_kind { ALARM_REMIND, ALARM_UP, ALARM_KINDS };
struct procedure_alarm {
        int32_t percent;
        enum alarm_kind kind;
};
struct procedure_clock {
        struct str code;
        struct say name;
        enum clock_kind kind;
        struct str limit;   /* id under `limits` of town.yaml */
        struct str urgent;  /* id used for an urgent matter; empty = none */
        bool duty;          /* the duty row's own limit goes before @limit */
        bool upstream;      /* never later than an upstream order wants it, less the margin */
        enum due_roll roll; /* past rest days: limits of law do, promises do not (民法典 第二百零三条) */
        bool restarts;      /* starting it again begins anew; else a second start does nothing */
        const struct procedure_alarm *alarm; /* ascending; the last is at 100 */
        size_t n_alarms;
        int then;          /* action done by the system when it has run out, or -1 */
        struct str source; /* law or rule relied on */
        int32_t line, limit_line, urgent_line;
};

/* A right the file names, and the first line that does. */
struct procedure_right {
        struct str name;
        unsigned bit;
        int32_t line;
};

struct procedure {
        struct str file; /* name for findings */
        struct str code;
        int32_t version; /* 1 … 1,000,000 */
        struct say name;
        struct str source;
        const struct procedure_state *state;
        const struct procedure_action *action;
        const struct procedure_clock *clock;
        const struct procedure_right *right; /* who must be held by someone: the town room asks */
        size_t n_states, n_actions, n_clocks, n_rights;
};

/* The number (1 … 63) of a right, 0 when there is no such right. */
struct procedure_names {
        unsigned (*right)(struct str name);
};

/* Read a file. Findings: yaml.parse, procedure.shape, .key-unknown, .key-missing, .code, .text, .value,
 * .many, .state-unknown, .action-unknown, .clock-unknown, .right-unknown, .fact-unknown, .field-unknown,
 * .choice-unknown. OK, or ERR_BAD when there was an error; the text is any bytes at all. The procedure holds no
 * views into @text. */
int procedure_read(struct arena *, struct str file, struct str text, const struct procedure_names *, struct findings *,
                   const struct procedure **ret);

/* The text of the procedure that ships: procedures/request.yaml as it stood when the program was built. */
struct str procedure_default(void);

/* Index of a code, or -1. */
int procedure_state_find(const struct procedure *, struct str code);
int procedure_action_find(const struct procedure *, struct str code);
int procedure_clock_find(const struct procedure *, struct str code);
/* Bits of the records an action may make. */
uint64_t action_records(const struct procedure_action *);
/* Bits of the clocks of kind task that actions with record @r start (call_in) or stop (the others). */
uint32_t task_clocks(const struct procedure *, enum procedure_record r);

/* Words of the file format, for views and messages. */
extern const char *const form_type_words[FORM_TYPES + 1]; /* ended by NULL */
extern const char *const procedure_notify_words[NOTIFY_COUNT];
extern const char *const procedure_told_words[TOLD_WAYS];
extern const char *const clock_kind_words[CLOCK_KINDS + 1]; /* ended by NULL */
extern const char *const alarm_kind_words[ALARM_KINDS];
struct procedure_record_word {
        const char *name;
        const char *fields[4]; /* which the form must have and require; NULL-terminated */
        bool named;            /* by a named member of staff, never by the system or the reporter */
};
extern const struct procedure_record_word procedure_records[RECORD_COUNT];
