/* api/inner/open311.h — the Open311 GeoReport v2 endpoint from within: its answers in XML and JSON, its refusals, its common questions.
 *
 * Source: GeoReport v2 and Service Discovery (open311/open311.github.io), mySociety's extension of updates. What each rule became and
 * which test holds it: docs/open311.md.
 */
#pragma once
#include "api/house.h"
#include "base/json.h"

#define OPEN311_ANSWER_MAX ((size_t)8 << 20)
#define OPEN311_DEPTH 8

struct _xmlBuffer;
struct _xmlTextWriter;

/* One answer, written once for both formats. In XML every value is an element; in JSON groups are arrays without their name at the top,
 * and what is empty is null (the Spark convention). */
struct out311 {
        struct request *req;
        bool as_json;
        struct json j;
        struct _xmlBuffer *xml; /* libxml2's own names */
        struct _xmlTextWriter *w;
        int depth;
        bool group[OPEN311_DEPTH]; /* an array in JSON */
        bool failed;
};

/* By the {format} of the path; ERR_NONE when it is neither xml nor json. */
int out311_begin(struct request *, int status, struct out311 *ret);
void out311_object(struct out311 *, const char *name); /* a member, or an item of a group */
void out311_group(struct out311 *, const char *name);  /* what holds many of one kind */
void out311_end(struct out311 *);
void out311_str(struct out311 *, const char *name, struct str);
void out311_c(struct out311 *, const char *name, const char *);
void out311_flag(struct out311 *, const char *name, bool);
void out311_int(struct out311 *, const char *name, int64_t);
void out311_degrees(struct out311 *, const char *name, bool known, double); /* six digits */
void out311_instant(struct out311 *, const char *name, struct instant);
/* Hands the text to req->out. OK, or ERR_INTERNAL. */
int out311_finish(struct out311 *);
void out311_free(struct out311 *);
#define OUT311_AUTO __attribute__((cleanup(out311_free))) struct out311

/* <errors><error><code/><description/></error></errors>: 404 for what is not there, 403 for the key, 400 for all other mistakes of the
 * asker; what is ours (429, 5xx) keeps its number. */
void open311_problem(struct request *, int code);
extern const struct manner open311_manner;

/* Only a system that was given a key files and follows: a member of staff has their own ways in. ERR_RIGHT naming api_key. */
int open311_by_key(struct request *);
/* The same, and that the answer has a format, which must be known before anything is written. */
int open311_writer(struct request *);
/* The subject of a service_code, ours or one of subjects.external_codes. ERR_NONE naming service_code. */
int open311_service(struct request *, const struct town *, struct str code, const struct subject **ret);
const char *open311_say(const struct request *, struct say);
/* Its name in the asker's language. */
struct str open311_subject_name(const struct request *, const struct subject *);
/* What may be asked beyond words and place: the facts that conditions of the duty list ask of this subject, each with its values. */
#define OPEN311_ATTRIBUTES_MAX 16
#define OPEN311_VALUES_MAX 64
struct attribute311 {
        struct str code;
        struct str value[OPEN311_VALUES_MAX];
        size_t n;
};
size_t open311_attributes(const struct town *, const struct subject *, struct attribute311 ret[OPEN311_ATTRIBUTES_MAX]);

/* Handlers that stand in files of their own. */
int open311_requests(struct request *);
int open311_request(struct request *);
int open311_post(struct request *);
int open311_updates(struct request *);
int open311_update_post(struct request *);
extern const struct shape open311_request_shape, open311_posted_shape, open311_update_shape, open311_updated_shape;
extern const struct field open311_list_query[], open311_one_query[], open311_post_body[], open311_updates_query[], open311_update_body[];
#define OPEN311_JURISDICTION                                                                                                              \
        { .name = "jurisdiction_id", .type = FIELD_STR, .max = 64,                                                                         \
          .help = { "乡镇（街道）的区划代码；只有一个时可不填", "Division code of the town; may be left out where there is only one" } }
#define OPEN311_KEY                                                                                                                       \
        { .name = "api_key", .type = FIELD_STR, .max = 100, .secret = true,                                                                \
          .help = { "密钥；也可用 Authorization: Bearer", "The key; Authorization: Bearer does as well" } }
