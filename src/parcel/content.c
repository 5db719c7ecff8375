#include "parcel/content.h"
#include <json-c/json.h>
#include <sodium.h>
#include "base/json.h"

const char *const parcel_state_names[PARCEL_STATES + 1] = { "unknown", "waits", "taken", "refused", "ruled", "over", NULL };

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static void write_ruling(struct json *j, const struct parcel_ruling *r)
{
        char sig[2 * PARCEL_RULING_BYTES + 1];
        sodium_bin2hex(sig, sizeof(sig), r->sig, sizeof(r->sig));
        json_key(j, "ruling");
        json_open(j);
        json_kstr(j, "by", r->by);
        json_kstr(j, "sender", r->sender);
        json_kstr(j, "parcel", r->parcel);
        json_kstr(j, "taker", r->taker);
        json_kint(j, "at", r->at.us);
        json_kc(j, "sig", sig);
        json_close(j);
}

static void write_contact(struct json *j, const struct identity *i)
{
        json_key(j, "contact");
        json_open(j);
        json_kstr(j, "name", i->name);
        json_kstr(j, "phone", i->phone);
        json_kstr(j, "address", i->address);
        json_kstr(j, "note", i->note);
        json_kstr(j, "mail", i->mail);
        json_kstr(j, "code", i->code);
        json_close(j);
}

static void write_full(struct json *j, const struct parcel *p)
{
        char code[2 * CODE_HASH_BYTES + 1];
        sodium_bin2hex(code, sizeof(code), p->code, sizeof(p->code));
        json_kint(j, "edition", p->edition);
        json_kstr(j, "how", p->how);
        json_kstr(j, "title", p->title);
        json_kstr(j, "words", p->words);
        json_kstr(j, "note", p->note);
        json_kstr(j, "subject", p->subject);
        json_kstr(j, "clocks", p->clocks);
        json_kstr(j, "route", p->route);
        json_kstr(j, "other", p->other);
        json_kc(j, "code", code);
        json_kint(j, "opened", p->opened.us);
        json_kbool(j, "urgent", p->urgent);
        if (p->has_point) {
                json_key(j, "point");
                json_open(j);
                json_key(j, "lat");
                json_double(j, p->point.lat, 7);
                json_key(j, "lon");
                json_double(j, p->point.lon, 7);
                json_kc(j, "datum", datum_name(p->datum));
                if (p->accuracy_m >= 0) {
                        json_key(j, "accuracy");
                        json_double(j, p->accuracy_m, 1);
                }
                json_close(j);
        }
        if (p->has_contact)
                write_contact(j, &p->contact);
        if (str_is(p->how, "order"))
                write_ruling(j, &p->ruling);
        json_key(j, "added");
        json_list(j);
        for (size_t i = 0; i < p->n_added; i++) {
                json_open(j);
                json_kint(j, "n", p->added[i].n);
                json_kstr(j, "text", p->added[i].text);
                json_close(j);
        }
        json_end(j);
}

struct str parcel_write(struct arena *a, const struct parcel *p)
{
        BUF_AUTO out = BUF(PARCEL_CONTENT_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kc(&j, "kind", "parcel");
        json_kstr(&j, "id", p->id);
        json_kc(&j, "nonce", p->nonce);
        json_kbool(&j, "over", p->over);
        json_kbool(&j, "full", p->full);
        if (p->full)
                write_full(&j, p);
        json_close(&j);
        return out.over ? (struct str){ 0 } : str_dup(a, buf_view(&out));
}

void parcel_seen_json(struct json *j, const struct parcel_seen *s)
{
        json_open(j);
        json_kstr(j, "state_zh", s->state_zh);
        json_kstr(j, "state_en", s->state_en);
        json_kstr(j, "unit", s->unit);
        json_kint(j, "due", instant_is_none(s->due) ? 0 : s->due.us);
        json_kbool(j, "open", s->open);
        json_close(j);
}

struct str parcel_answer_write(struct arena *a, const struct parcel_answer *p)
{
        BUF_AUTO out = BUF(PARCEL_CONTENT_MAX);
        struct json j = json_to(&out);
        json_open(&j);
        json_kc(&j, "kind", "answer");
        json_kstr(&j, "id", p->id);
        json_kc(&j, "nonce", p->nonce);
        json_kc(&j, "state", parcel_state_names[p->state]);
        json_kint(&j, "matter", p->matter);
        json_kstr(&j, "reason", p->reason);
        if (p->state == PARCEL_RULED)
                write_ruling(&j, &p->ruling);
        if (p->state == PARCEL_TAKEN) {
                json_key(&j, "seen");
                parcel_seen_json(&j, &p->seen);
        }
        json_close(&j);
        return str_dup(a, buf_view(&out));
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

struct reading {
        struct arena *a;
        struct err *err;
        int rc;
};

static void wrong(struct reading *r, const char *key)
{
        if (r->rc == OK)
                r->rc = err_set(r->err, ERR_BAD, "box", "包裹里的 %s 写法不对", "%s in the parcel is not well formed", key);
}

/* Lines may break in what people wrote, nothing else is a control character. */
static bool clean(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n' && s.p[i] != '\t') || s.p[i] == 0x7f)
                        return false;
        return utf8_valid(s);
}

static struct str text_of(struct reading *r, struct json_object *o, const char *key, size_t max)
{
        struct json_object *v = json_get(o, key);
        struct str s = json_text(v);
        if ((v && !s.p) || !clean(s) || utf8_count(s) > max)
                wrong(r, key);
        return r->rc == OK && s.p ? str_dup(r->a, s) : STR("");
}

static int64_t int_of(struct reading *r, struct json_object *o, const char *key, int64_t lo, int64_t hi)
{
        struct json_object *v = json_get(o, key);
        int64_t n = v && json_object_is_type(v, json_type_int) ? json_object_get_int64(v) : INT64_MIN;
        if (n < lo || n > hi)
                wrong(r, key);
        return r->rc == OK ? n : lo;
}

static double number_of(struct reading *r, struct json_object *o, const char *key, double lo, double hi)
{
        struct json_object *v = json_get(o, key);
        double d = v && (json_object_is_type(v, json_type_double) || json_object_is_type(v, json_type_int)) ? json_object_get_double(v) : lo - 1;
        if (!(d >= lo && d <= hi))
                wrong(r, key);
        return r->rc == OK ? d : lo;
}

static bool flag_of(struct reading *r, struct json_object *o, const char *key)
{
        struct json_object *v = json_get(o, key);
        if (!v || !json_object_is_type(v, json_type_boolean))
                wrong(r, key);
        return v && json_object_get_boolean(v);
}

static void hex_of(struct reading *r, struct json_object *o, const char *key, unsigned char *ret, size_t n)
{
        struct str s = json_text(json_get(o, key));
        size_t got = 0;
        if (s.n != 2 * n || sodium_hex2bin(ret, n, s.p, s.n, NULL, &got, NULL) != 0 || got != n)
                wrong(r, key);
}

static bool is_town(struct str s)
{
        int64_t n;
        return s.n == 12 && str_int(s, INT64_C(100000000000), INT64_C(999999999999), &n) == OK;
}

static struct str town_of(struct reading *r, struct json_object *o, const char *key)
{
        struct str s = text_of(r, o, key, 12);
        if (!is_town(s))
                wrong(r, key);
        return s;
}

static void read_head(struct reading *r, struct json_object *o, const char *kind, struct str *ret_id, char ret_nonce[static PARCEL_NONCE + 1])
{
        struct str id = text_of(r, o, "id", PARCEL_ID_MAX), nonce = text_of(r, o, "nonce", PARCEL_NONCE);
        if (!str_is(json_text(json_get(o, "kind")), kind))
                wrong(r, "kind");
        if (!code_valid(id))
                wrong(r, "id");
        if (nonce.n != PARCEL_NONCE || !code_valid(nonce))
                wrong(r, "nonce");
        else
                memcpy(ret_nonce, nonce.p, PARCEL_NONCE);
        ret_nonce[PARCEL_NONCE] = '\0';
        *ret_id = id;
}

#define INSTANT_MAX INT64_C(4102444800000000) /* 2100 */

static void read_ruling(struct reading *r, struct json_object *o, struct parcel_ruling *ret)
{
        struct json_object *v = json_get(o, "ruling");
        *ret = (struct parcel_ruling){ .by = town_of(r, v, "by"), .sender = town_of(r, v, "sender"), .parcel = text_of(r, v, "parcel", PARCEL_ID_MAX),
                                       .taker = town_of(r, v, "taker"), .at = { int_of(r, v, "at", 1, INSTANT_MAX) } };
        hex_of(r, v, "sig", ret->sig, sizeof(ret->sig));
}

static void read_point(struct reading *r, struct json_object *o, struct parcel *p)
{
        struct json_object *v = json_get(o, "point");
        p->accuracy_m = -1;
        p->has_point = v != NULL;
        if (!v)
                return;
        p->point = (struct point){ number_of(r, v, "lat", -90, 90), number_of(r, v, "lon", -180, 180) };
        if (datum_parse(json_text(json_get(v, "datum")), &p->datum) != OK)
                wrong(r, "datum");
        if (json_get(v, "accuracy"))
                p->accuracy_m = number_of(r, v, "accuracy", 0, 1e6);
}

static void read_contact(struct reading *r, struct json_object *o, struct parcel *p)
{
        struct json_object *v = json_get(o, "contact");
        p->has_contact = v != NULL;
        if (v)
                p->contact = (struct identity){ .name = text_of(r, v, "name", VAULT_NAME_CHARS), .phone = text_of(r, v, "phone", VAULT_PHONE_CHARS),
                                                .address = text_of(r, v, "address", VAULT_ADDRESS_CHARS), .note = text_of(r, v, "note", VAULT_NOTE_CHARS),
                                                .mail = text_of(r, v, "mail", VAULT_MAIL_CHARS), .code = text_of(r, v, "code", VAULT_CODE_CHARS) };
}

static void read_added(struct reading *r, struct json_object *o, struct parcel *p)
{
        struct json_object *v = json_get(o, "added");
        size_t n = v && json_object_is_type(v, json_type_array) ? json_object_array_length(v) : PARCEL_NOTES_MAX + 1;
        if (n > PARCEL_NOTES_MAX) {
                wrong(r, "added");
                return;
        }
        for (size_t i = 0; i < n && r->rc == OK; i++) {
                struct json_object *one = json_object_array_get_idx(v, i);
                p->added[p->n_added++] = (struct parcel_note){ (int32_t)int_of(r, one, "n", 1, INT32_MAX), text_of(r, one, "text", 2000) };
        }
}

static void read_route(struct reading *r, struct parcel *p)
{
        struct str rest = p->route, one;
        size_t n = 0;
        while (str_split(&rest, ';', &one))
                if (!is_town(one) || ++n > PASSAGE_TOWNS_MAX)
                        wrong(r, "route");
        if (n == 0)
                wrong(r, "route");
}

static void read_full(struct reading *r, struct json_object *o, struct parcel *p)
{
        struct clock_set unused;
        p->edition = (int32_t)int_of(r, o, "edition", 1, INT32_MAX);
        p->how = text_of(r, o, "how", 10);
        p->title = text_of(r, o, "title", 200);
        p->words = text_of(r, o, "words", INTAKE_WORDS_MAX + 1000);
        p->note = text_of(r, o, "note", PARCEL_NOTE_CHARS);
        p->subject = text_of(r, o, "subject", 64);
        p->clocks = text_of(r, o, "clocks", CLOCKS_TEXT_MAX);
        p->route = text_of(r, o, "route", PASSAGE_TOWNS_MAX * 13);
        p->other = text_of(r, o, "other", 12);
        p->opened.us = int_of(r, o, "opened", 1, INSTANT_MAX);
        p->urgent = flag_of(r, o, "urgent");
        hex_of(r, o, "code", p->code, sizeof(p->code));
        if (!str_is(p->how, "offer") && !str_is(p->how, "appeal") && !str_is(p->how, "order"))
                wrong(r, "how");
        if (utf8_count(p->words) < 2)
                wrong(r, "words");
        if (str_is(p->how, "appeal") != is_town(p->other))
                wrong(r, "other");
        if (clock_set_parse(p->clocks, &unused) != OK)
                wrong(r, "clocks");
        read_route(r, p);
        read_point(r, o, p);
        read_contact(r, o, p);
        read_added(r, o, p);
        if (str_is(p->how, "order"))
                read_ruling(r, o, &p->ruling);
}

int parcel_read(struct arena *a, struct str json, struct parcel *ret, struct err *err)
{
        struct reading r = { a, err, OK };
        JSON_AUTO o = NULL;
        *ret = (struct parcel){ 0 };
        if (json.n > PARCEL_CONTENT_MAX || json_parse(json, &o, err) != OK || !json_object_is_type(o, json_type_object)) {
                wrong(&r, "JSON");
                return r.rc;
        }
        read_head(&r, o, "parcel", &ret->id, ret->nonce);
        ret->over = flag_of(&r, o, "over");
        ret->full = flag_of(&r, o, "full");
        if (ret->full && r.rc == OK)
                read_full(&r, o, ret);
        return r.rc;
}

int parcel_seen_read(struct arena *a, struct json_object *o, struct parcel_seen *ret)
{
        struct reading r = { a, NULL, OK };
        int64_t due = int_of(&r, o, "due", 0, INSTANT_MAX);
        *ret = (struct parcel_seen){ text_of(&r, o, "state_zh", 200), text_of(&r, o, "state_en", 200), text_of(&r, o, "unit", 200),
                                     due ? (struct instant){ due } : INSTANT_NONE, flag_of(&r, o, "open") };
        return r.rc;
}

int parcel_answer_read(struct arena *a, struct str json, struct parcel_answer *ret, struct err *err)
{
        struct reading r = { a, err, OK };
        JSON_AUTO o = NULL;
        *ret = (struct parcel_answer){ 0 };
        if (json.n > PARCEL_CONTENT_MAX || json_parse(json, &o, err) != OK || !json_object_is_type(o, json_type_object)) {
                wrong(&r, "JSON");
                return r.rc;
        }
        read_head(&r, o, "answer", &ret->id, ret->nonce);
        struct str state = text_of(&r, o, "state", 10);
        while (ret->state < PARCEL_STATES && !str_is(state, parcel_state_names[ret->state]))
                ret->state++;
        if (ret->state == PARCEL_STATES)
                wrong(&r, "state");
        ret->matter = int_of(&r, o, "matter", 0, INT64_MAX);
        ret->reason = text_of(&r, o, "reason", 2000);
        if (r.rc == OK && ret->state == PARCEL_RULED)
                read_ruling(&r, o, &ret->ruling);
        if (r.rc == OK && ret->state == PARCEL_TAKEN && parcel_seen_read(a, json_get(o, "seen"), &ret->seen) != OK)
                wrong(&r, "seen");
        return r.rc;
}
