#include "api/inner/voice.h"
#include "base/phone.h"

const char *const voice_datums[] = { "wgs84", "gcj02", "bd09", NULL };
const struct field voice_file = { .name = "token", .type = FIELD_CODE, .help = { "上传后得到的凭证", "What the upload answered" } };

struct str voice_text(const struct values *b, size_t i)
{
        struct str s = value_str(b, i);
        return s.p ? s : STR("");
}

int voice_place(struct request *req, struct intake_in *in)
{
        const struct values *b = &req->body;
        if (value_given(b, VOICE_LAT) != value_given(b, VOICE_LON))
                return err_set(&req->err, ERR_MISSING, value_given(b, VOICE_LAT) ? "lon" : "lat", "lat 和 lon 要一起给", "lat and lon go together");
        in->has_point = value_given(b, VOICE_LAT);
        in->point = (struct point){ value_number(b, VOICE_LAT, 0), value_number(b, VOICE_LON, 0) };
        in->datum = (enum datum)value_choice(b, VOICE_DATUM, DATUM_WGS84);
        in->accuracy_m = value_number(b, VOICE_ACCURACY, -1);
        in->place = voice_text(b, VOICE_PLACE);
        in->thing = voice_text(b, VOICE_THING);
        return OK;
}

static bool has_name(struct str text, struct str name)
{
        return utf8_count(name) >= 2 && str_find(text, name) >= 0;
}

bool voice_names(struct request *req, struct str said, struct str also)
{
        return has_name(said, also) || has_name(said, value_str(&req->body, VOICE_NAME)) || spoken_names_person(req->ctx.arena, said);
}

int voice_who(struct request *req, struct str address, struct identity *ret)
{
        const struct values *b = &req->body;
        *ret = (struct identity){ .name = voice_text(b, VOICE_NAME), .phone = voice_text(b, VOICE_PHONE), .address = address,
                                  .note = voice_text(b, VOICE_SAFE), .mail = voice_text(b, VOICE_MAIL) };
        if (str_trim(ret->phone).n && phone_read(req->ctx.arena, ret->phone, &ret->phone) != OK)
                return err_set(&req->err, ERR_TYPE, "phone", "不是一个能拨打的电话号码：手机 11 位，座机带区号，如 010-12345678 转 801；一次填一个",
                               "This is no telephone number that can be dialled: a mobile number, or a landline with its area code, as 010-12345678 ext. 801; one at a time");
        if (value_given(b, VOICE_SAFE) && !ret->name.n && !ret->phone.n && !ret->address.n && !ret->mail.n)
                return err_set(&req->err, ERR_MISSING, "phone", "没有联系方式，不必说明怎样联系", "There is nothing to contact you by");
        return OK;
}

struct str voice_files(struct request *req)
{
        struct str all = { 0 };
        for (size_t i = 0; i < value_count(&req->body, VOICE_FILES); i++)
                all = str_printf(req->ctx.arena, STR_FMT " " STR_FMT, STR_ARG(all), STR_ARG(value_item(&req->body, VOICE_FILES, i)->str));
        return all;
}
