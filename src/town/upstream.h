/* town/upstream.h — the systems that send the town orders (上级派单: 12345, the district's platform), as upstreams.yaml names them.
 *
 * Each system has its own headings, its own time to send an order back, and its own form of reply. All of it is the town's own
 * affair: LOCAL, each limit with its source and review date. The format is described in docs/upstream.md.
 */
#pragma once
#include "base/finding.h"
#include "town/limits.h"

#define UPSTREAM_FILE "upstreams.yaml"
#define UPSTREAMS_MAX 16
#define UPSTREAM_HEADS_MAX 8    /* headings that mean the same */
#define UPSTREAM_WORDS_MAX 8    /* values that say "sent back" */
#define UPSTREAM_SKIP_MAX 32    /* headings that are not kept */
#define UPSTREAM_FIELDS_MAX 32  /* of a reply */
#define UPSTREAM_LABEL_CHARS 40
#define UPSTREAM_REPLY_MAX 20000 /* characters of one field of a reply at most */

/* What an order may say. Anything else it says is not kept. */
enum order_field {
        ORDER_NUMBER,
        ORDER_KIND,         /* by one of the words `redo` it was sent back to be dealt with again 重办 */
        ORDER_RECEIVED,     /* when upstream sent it */
        ORDER_DUE,          /* until when upstream wants the reply */
        ORDER_RETURN_UNTIL, /* until when it may be sent back as not ours 退回 */
        ORDER_TITLE,
        ORDER_WORDS,
        ORDER_PLACE,
        ORDER_NAME,         /* the reporter's contact: to the vault, nowhere else */
        ORDER_PHONE,
        ORDER_ADDRESS,
        ORDER_FIELDS
};
extern const char *const order_field_words[ORDER_FIELDS]; /* "number", "kind", … */

/* Where a field of the reply is taken from. Nothing of the reporter's contact is among them: upstream has it. */
enum reply_from {
        REPLY_VALUE, /* the same in every reply: `value` */
        REPLY_NUMBER,
        REPLY_RECEIVED,
        REPLY_DUE,
        REPLY_UNIT,      /* name of the unit in charge */
        REPLY_POST,      /* title of the post; the person is not named */
        REPLY_SUBJECT,
        REPLY_PLACE,     /* grid or community */
        REPLY_STATE,
        REPLY_SIGNED,    /* times */
        REPLY_CONTACTED,
        REPLY_ANSWERED,
        REPLY_TOLD,
        REPLY_ANSWER,    /* the unit's words, numbers of telephones and identity cards hidden */
        REPLY_SOLVED,    /* what the reporter said */
        REPLY_SATISFIED,
        REPLY_ROUND,     /* how often it came: 1 at first */
        REPLY_FROMS
};
extern const char *const reply_from_words[REPLY_FROMS];

struct upstream_field {
        struct str code, label_zh, label_en;
        enum reply_from from;
        struct str value;
        bool required;
        int32_t max; /* characters */
        int32_t line;
};

struct upstream {
        struct str code, name_zh, name_en;
        struct town_limit margin; /* by how much we are earlier; natural time: hour or day */
        struct town_limit window; /* how long an order may be sent back where it does not say so itself */
        struct str head[ORDER_FIELDS][UPSTREAM_HEADS_MAX];
        size_t n_head[ORDER_FIELDS];
        struct str redo[UPSTREAM_WORDS_MAX];
        size_t n_redo;
        struct str skip[UPSTREAM_SKIP_MAX];
        size_t n_skip;
        struct upstream_field *field;
        size_t n_fields;
        struct str template; /* text with {code} for each field */
        int32_t line;
};
struct upstreams {
        struct upstream *row;
        size_t n;
};

/* Findings: yaml.parse, upstream.value, upstream.key-unknown (warning), upstream.columns, upstream.reply, upstream.source (warning).
 * A system with an error is left out. @today as in town_load_options. */
void upstreams_read(struct arena *, struct str text, struct day today, struct findings *, struct upstreams *ret);
/* NULL when the town knows no such system. */
const struct upstream *upstream_find(const struct upstreams *, struct str code);
const struct upstream_field *upstream_field_find(const struct upstream *, struct str code);
/* The next {code} of a template: *before the text ahead of it, *code its name; false at the end, *before what is left. */
bool upstream_template_next(struct str *rest, struct str *ret_before, struct str *ret_code);
