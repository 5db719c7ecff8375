/* api/inner/voice.h — what a reporter says by the same names, whether they open a matter or join a public one: where it is, how to reach them, files.
 * A table of fields begins with FIELDS_OF_VOICE, its own come after.
 */
#pragma once
#include "api/house.h"
#include "matter/files.h"
#include "notice/notice.h"
#include "place/spoken.h"

enum { VOICE_LAT, VOICE_LON, VOICE_DATUM, VOICE_ACCURACY, VOICE_PLACE, VOICE_THING, VOICE_SAID, VOICE_NAME, VOICE_PHONE, VOICE_MAIL, VOICE_WAY, VOICE_DISCREET,
       VOICE_SAFE, VOICE_FILES, VOICE_FIELDS };

extern const char *const voice_datums[];
extern const struct field voice_file;

#define FIELDS_OF_VOICE                                                                                                                                        \
        [VOICE_LAT] = { .name = "lat", .type = FIELD_LAT, .help = { "纬度，与 lon 一起给", "Latitude, together with lon" } },                                    \
        [VOICE_LON] = { .name = "lon", .type = FIELD_LON, .help = { "经度", "Longitude" } },                                                                    \
        [VOICE_DATUM] = { .name = "datum", .type = FIELD_ENUM, .choices = voice_datums, .help = { "坐标系，默认 wgs84", "Coordinate system, wgs84 by default" } }, \
        [VOICE_ACCURACY] = { .name = "accuracy", .type = FIELD_NUMBER, .min = 0, .max = 100000,                                                                \
                             .help = { "定位精度，米", "Accuracy of the position in metres" } },                                                               \
        [VOICE_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "从列表选的社区、网格或楼栋", "A community, grid or building from the lists" } },      \
        [VOICE_THING] = { .name = "thing", .type = FIELD_CODE, .help = { "设施编号，如灯杆号", "Number of a public thing, such as a lamp post" } },             \
        [VOICE_SAID] = { .name = "said", .type = FIELD_STR, .max = SPOKEN_MAX,                                                                                 \
                         .help = { "地点的原话：灯杆号、老地名、怎么走",                                                                                       \
                                   "The place in their own words: number of a lamp-post, an old name, how to get there" } },                                   \
        [VOICE_NAME] = { .name = "name", .type = FIELD_STR, .max = VAULT_NAME_CHARS, .secret = true, .help = { "称呼，可不填", "Your name, may be left out" } }, \
        [VOICE_PHONE] = { .name = "phone", .type = FIELD_STR, .max = VAULT_PHONE_CHARS, .secret = true,                                                        \
                          .help = { "联系电话，可不填", "A phone number, may be left out" } },                                                                 \
        [VOICE_MAIL] = { .name = "mail", .type = FIELD_STR, .max = VAULT_MAIL_CHARS, .secret = true,                                                           \
                         .help = { "邮箱，可不填", "A mail address, may be left out" } },                                                                      \
        [VOICE_WAY] = { .name = "notify_by", .type = FIELD_ENUM, .choices = notice_way_names,                                                                  \
                        .help = { "除查询页外怎样通知：sms、mail 或 none；默认留了电话就发短信，只留邮箱就发邮件",                                             \
                                  "How to be told beside the tracking page: sms, mail or none; by default a short message where there is a phone, a mail where there is only that" } }, \
        [VOICE_DISCREET] = { .name = "discreet", .type = FIELD_BOOL,                                                                                           \
                             .help = { "短信和邮件里不提任何内容，只说有新消息", "Short messages and mails say nothing but that there is one" } },             \
        [VOICE_SAFE] = { .name = "safe_contact", .type = FIELD_STR, .max = 200, .secret = true,                                                                \
                         .help = { "怎样联系才安全，如不留言、不打家里电话；加密保存，联系您的人看得到",                                                       \
                                   "How to reach you safely, such as no voice mail, never call at home; sealed, seen by whoever opens your contact" } },       \
        [VOICE_FILES] = { .name = "files", .type = FIELD_LIST, .of = &voice_file, .max = MATTER_FILES_STEP_MAX,                                                \
                          .help = { "已上传附件的凭证", "Tokens of files that were uploaded" } }

/* A text of the body, "" where it was not given. */
struct str voice_text(const struct values *, size_t i);
/* Position, place and thing into @in. ERR_MISSING naming "lat" or "lon". */
int voice_place(struct request *, struct intake_in *in);
/* While the names are here in the clear: what was said is learned by nobody when one of them, or @also, stands in it. */
bool voice_names(struct request *, struct str said, struct str also);
/* Contact and how to use it safely. ERR_MISSING naming "phone": there is nothing to contact them by. */
int voice_who(struct request *, struct str address, struct identity *ret);
/* Tokens, parted by blanks; {NULL,0}: none. */
struct str voice_files(struct request *);
