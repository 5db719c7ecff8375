/* api/open311_post.c — another system files a request for somebody. */
#include "api/inner/open311.h"
#include "api/inner/opening.h"
#include "base/phone.h"
#include "people/mask.h"
#include "matter/filed.h"

enum { POST_TOWN, POST_KEY, POST_SERVICE, POST_LAT, POST_LONG, POST_ADDRESS, POST_ADDRESS_ID, POST_EMAIL, POST_DEVICE, POST_ACCOUNT,
       POST_FIRST, POST_LAST, POST_PHONE, POST_WORDS, POST_MEDIA };
static const struct field media_item = { .name = "url", .type = FIELD_STR, .max = 500, .help = { "网址", "An address" } };
const struct field open311_post_body[] = {
        [POST_TOWN] = OPEN311_JURISDICTION,
        [POST_KEY] = OPEN311_KEY,
        [POST_SERVICE] = { .name = "service_code", .type = FIELD_STR, .required = true, .max = 64, .help = { "事项代码", "From the service list" } },
        [POST_LAT] = { .name = "lat", .type = FIELD_LAT, .help = { "纬度，WGS84，与 long 一起给", "Latitude, WGS84, together with long" } },
        [POST_LONG] = { .name = "long", .type = FIELD_LON, .help = { "经度", "Longitude" } },
        [POST_ADDRESS] = { .name = "address_string", .type = FIELD_STR, .max = 500, .help = { "说的地点，由调度员定位", "The place in words; the desk finds it" } },
        [POST_ADDRESS_ID] = { .name = "address_id", .type = FIELD_STR, .max = 64, .help = { "社区、网格或楼栋代码", "Code of a community, grid or building" } },
        [POST_EMAIL] = { .name = "email", .type = FIELD_STR, .max = 200, .secret = true, .help = { "邮箱，密封保存", "Sealed" } },
        [POST_DEVICE] = { .name = "device_id", .type = FIELD_STR, .max = 200, .secret = true, .help = { "不保存", "Not kept" } },
        [POST_ACCOUNT] = { .name = "account_id", .type = FIELD_STR, .max = 200, .secret = true, .help = { "不保存", "Not kept" } },
        [POST_FIRST] = { .name = "first_name", .type = FIELD_STR, .max = VAULT_NAME_CHARS / 2 - 1, .secret = true, .help = { "名，密封保存", "Sealed" } },
        [POST_LAST] = { .name = "last_name", .type = FIELD_STR, .max = VAULT_NAME_CHARS / 2, .secret = true, .help = { "姓，密封保存", "Sealed" } },
        [POST_PHONE] = { .name = "phone", .type = FIELD_STR, .max = VAULT_PHONE_CHARS, .secret = true, .help = { "电话，密封保存", "Sealed" } },
        [POST_WORDS] = { .name = "description", .type = FIELD_TEXT, .max = INTAKE_WORDS_MAX, .help = { "要反映的事，最多 4000 字", "What it is about, at most 4,000 characters" } },
        [POST_MEDIA] = { .name = "media_url", .type = FIELD_LIST, .of = &media_item, .max = 10,
                         .help = { "图片等的网址：只记下，从不去取", "Addresses of pictures: written down, never fetched" } },
        { 0 },
};

static struct str text_of(const struct values *b, size_t i)
{
        struct str s = value_str(b, i);
        return s.p ? s : STR("");
}

/* ---- where ------------------------------------------------------------------------------------------------------------ */

static int read_where(struct request *req, const struct town *t, struct intake_in *in)
{
        const struct values *b = &req->body;
        if (value_given(b, POST_LAT) != value_given(b, POST_LONG))
                return err_set(&req->err, ERR_MISSING, value_given(b, POST_LAT) ? "long" : "lat", "lat 和 long 要一起给", "lat and long go together");
        in->has_point = value_given(b, POST_LAT);
        in->point = (struct point){ value_number(b, POST_LAT, 0), value_number(b, POST_LONG, 0) };
        if (value_given(b, POST_ADDRESS_ID) && !place_find(&t->places, value_str(b, POST_ADDRESS_ID)))
                return err_set(&req->err, ERR_UNKNOWN, "address_id", "address_id：没有这个地点", "address_id: there is no such place");
        if (!in->has_point)
                in->place = text_of(b, POST_ADDRESS_ID);
        in->said = text_of(b, POST_ADDRESS);
        if (in->has_point || in->place.n || value_given(b, POST_ADDRESS))
                return OK;
        return err_set(&req->err, ERR_MISSING, "lat", "缺少地点：lat 和 long，或 address_string，或 address_id",
                       "The place is missing: lat and long, or address_string, or address_id");
}

/* ---- what -------------------------------------------------------------------------------------------------------------- */

/* What was sent beside the description and has no field of its own stands under it, for whoever deals with it to read. */
static struct str words_of(struct request *req, const struct subject *s)
{
        const struct values *b = &req->body;
        BUF_AUTO out = BUF((size_t)64 << 10);
        struct str said = text_of(b, POST_WORDS);
        buf_str(&out, utf8_count(said) < 2 ? s->name_zh : said);
        for (size_t i = 0; i < value_count(b, POST_MEDIA); i++) {
                buf_puts(&out, "\n附件网址：");
                buf_str(&out, value_item(b, POST_MEDIA, i)->str);
        }
        return str_dup(req->ctx.arena, buf_view(&out));
}

/* "attribute[owner]" and "attribute[owner][]" name owner; anything else names nothing. */
static struct str attribute_name(struct str s)
{
        struct str head = STR("attribute["), tail = str_ends(s, STR("][]")) ? STR("][]") : STR("]");
        if (!str_starts(s, head) || !str_ends(s, tail) || s.n <= head.n + tail.n)
                return (struct str){ 0 };
        return (struct str){ s.p + head.n, s.n - head.n - tail.n };
}

static const struct attribute311 *attribute_find(const struct attribute311 *a, size_t n, struct str code)
{
        for (size_t i = 0; i < n; i++)
                if (str_eq(a[i].code, code))
                        return &a[i];
        return NULL;
}

static int attribute_value(struct request *req, const struct attribute311 *a, struct str value, struct intake_in *in)
{
        const char *field = arena_printf(req->ctx.arena, "attribute[" STR_FMT "]", STR_ARG(a->code));
        for (size_t i = 0; i < in->n_facts; i++)
                if (str_eq(in->fact[i].fact, a->code))
                        return err_set(&req->err, ERR_BAD, field, "%s 只能选一个", "%s takes one value", field);
        for (size_t i = 0; i < a->n; i++) {
                if (!str_eq(a->value[i], value))
                        continue;
                in->fact[in->n_facts++] = (struct duty_pair){ a->code, a->value[i] };
                return OK;
        }
        return err_set(&req->err, ERR_TYPE, field, "%s 没有这个选项", "%s has no such value", field);
}

/* Attributes that the definition does not have are the client's own and mean nothing here. */
static int read_attributes(struct request *req, const struct town *t, const struct subject *s, struct intake_in *in)
{
        struct attribute311 *known = arena_array(req->ctx.arena, struct attribute311, OPEN311_ATTRIBUTES_MAX);
        size_t n = open311_attributes(t, s, known);
        for (size_t i = 0; i < req->form.n; i++) {
                const struct form_pair *p = &req->form.row[i];
                const struct attribute311 *a = attribute_find(known, n, attribute_name(p->name));
                int rc = a && p->value.n && !p->file ? attribute_value(req, a, p->value, in) : OK;
                if (rc != OK)
                        return rc;
        }
        return OK;
}

/* ---- who --------------------------------------------------------------------------------------------------------------- */

/* A name without a blank comes in first_name alone; a Chinese name is written without one, the family's first. */
static struct str name_of(struct arena *a, struct str first, struct str last)
{
        bool ascii = true;
        for (size_t i = 0; i < last.n; i++)
                ascii = ascii && (unsigned char)last.p[i] < 0x80;
        if (first.n == 0 || last.n == 0)
                return first.n ? first : last;
        if (ascii)
                return str_printf(a, STR_FMT " " STR_FMT, STR_ARG(first), STR_ARG(last));
        return str_printf(a, STR_FMT STR_FMT, STR_ARG(last), STR_ARG(first));
}

/* Other people's programs send what their users typed: what is no address or number is kept as a note, for whoever opens the contact. */
static struct identity identity_of(struct request *req)
{
        const struct values *b = &req->body;
        struct arena *a = req->ctx.arena;
        struct str email = text_of(b, POST_EMAIL), phone = text_of(b, POST_PHONE), note = STR("");
        if (email.n && !mail_valid(email))
                note = str_printf(a, "email: " STR_FMT, STR_ARG(email));
        if (phone.n && phone_read(a, phone, &phone) != OK) {
                note = str_printf(a, STR_FMT "%sphone: " STR_FMT, STR_ARG(note), note.n ? "; " : "", STR_ARG(phone));
                phone = STR("");
        }
        return (struct identity){ .name = name_of(req->ctx.arena, text_of(b, POST_FIRST), text_of(b, POST_LAST)),
                                  .phone = phone,
                                  .address = STR(""),
                                  .note = note,
                                  .mail = mail_valid(email) ? email : STR("") };
}

/* ---- filed --------------------------------------------------------------------------------------------------------------- */

static int filed_also(struct ctx *ctx, struct opening *o)
{
        return filed_add(ctx, o->id);
}

static bool files_left_out(const struct request *req)
{
        for (size_t i = 0; i < req->form.n; i++)
                if (req->form.row[i].file && req->form.row[i].bytes)
                        return true;
        return false;
}

/* Who has it, by when, and the code: for the client to pass on. */
static struct str notice_of(struct request *req, const struct opening *o)
{
        bool zh = req->ctx.lang == LANG_ZH;
        char due[40];
        struct arena *a = req->ctx.arena;
        struct str unit = o->again || !o->k.unit ? STR("") : o->k.unit->name, s = STR("");
        if (unit.n)
                s = str_printf(a, zh ? "负责单位：" STR_FMT "。" : "In charge: " STR_FMT ". ", STR_ARG(unit));
        if (!instant_is_none(o->k.due))
                s = str_printf(a, zh ? STR_FMT "答复期限：%.16s。" : STR_FMT "Answer by %.16s. ", STR_ARG(s), instant_format(o->k.due, due));
        s = str_printf(a, zh ? STR_FMT "查询码：%s，请转给诉求人，凭它可查进展、补充和评价。"
                             : STR_FMT "Tracking code: %s; give it to the reporter, who can follow, add to and rate the request with it.",
                       STR_ARG(s), o->code.text);
        if (files_left_out(req))
                s = str_printf(a, zh ? STR_FMT "所附文件没有收下。" : STR_FMT " The files sent with it were not taken.", STR_ARG(s));
        return s;
}

static const struct member open311_posted_members[] = {
        { .name = "service_request_id", .type = FIELD_ID },
        { .name = "service_notice", .type = FIELD_STR, .null = true },
        { .name = "account_id", .type = FIELD_STR, .help = { "查询码", "The tracking code" } },
        { 0 },
};
const struct shape open311_posted_shape = { "Open311Posted", open311_posted_members, NULL };

static int answer(struct request *req, const struct opening *opened)
{
        OUT311_AUTO o = { 0 };
        int rc = out311_begin(req, 0, &o);
        if (rc != OK)
                return rc;
        out311_group(&o, "service_requests");
        out311_object(&o, "request");
        out311_str(&o, "service_request_id", str_printf(req->ctx.arena, "%lld", (long long)opened->id));
        out311_str(&o, "service_notice", notice_of(req, opened));
        out311_c(&o, "account_id", opened->code.text);
        out311_end(&o);
        out311_end(&o);
        return out311_finish(&o);
}

int open311_post(struct request *req)
{
        struct opening *o = arena_new(req->ctx.arena, struct opening);
        const struct subject *s;
        int rc = open311_writer(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc == OK)
                rc = open311_service(req, o->t, value_str(&req->body, POST_SERVICE), &s);
        if (rc != OK)
                return rc;
        o->in = (struct intake_in){ .title = STR(""), .words = words_of(req, s), .subject = s->code, .place = STR(""), .thing = STR(""),
                                    .respondent = STR(""), .accuracy_m = -1, .datum = DATUM_WGS84,
                                    .source = str_of(source_codes[SOURCE_OPEN311]) };
        rc = read_where(req, o->t, &o->in);
        if (rc == OK)
                rc = read_attributes(req, o->t, s, &o->in);
        if (rc != OK)
                return rc;
        o->who = identity_of(req);
        o->also = filed_also;
        o->answer = answer;
        return opening_submit(req, o);
}
