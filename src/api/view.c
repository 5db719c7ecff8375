#include "api/house.h"
#include "people/mask.h"

static const struct member say_members[] = {
        { .name = "zh", .type = FIELD_STR },
        { .name = "en", .type = FIELD_STR },
        { 0 },
};
const struct shape say_shape = { "Say", say_members, NULL };

static const struct member named_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
const struct shape named_shape = { "Named", named_members, NULL };

static const struct member post_held_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "title", .type = FIELD_STR },
        { .name = "who", .type = FIELD_STR, .maybe = true, .help = { "任职的人；公众看到的是张*", "Who holds it; the public sees 张*" } },
        { .name = "login", .type = FIELD_STR, .maybe = true, .help = { "工作人员才看得到", "For staff alone" } },
        { 0 },
};
const struct shape post_held_shape = { "PostHeld", post_held_members, NULL };

static const struct member look_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "他们的单位", "Their unit" } },
        { .name = "who", .type = FIELD_STR, .help = { "张*；本人则为 reporter", "As 张*; reporter: yourself" } },
        { .name = "purpose", .type = FIELD_STR, .help = { "他们写的目的", "The purpose they wrote" } },
        { 0 },
};
const struct shape look_shape = { "Look", look_members, NULL };

static const struct member audited_look_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "matter", .type = FIELD_ID },
        { .name = "actor", .type = FIELD_STR },
        { .name = "purpose", .type = FIELD_STR },
        { 0 },
};
const struct shape audited_look_shape = { "AuditedLook", audited_look_members, NULL };

void view_say(struct json *j, const char *key, struct say s)
{
        json_key(j, key);
        json_open(j);
        json_kc(j, "zh", s.zh);
        json_kc(j, "en", s.en);
        json_close(j);
}

void view_name(struct json *j, const char *key, struct str zh, struct str en)
{
        json_key(j, key);
        json_open(j);
        json_kstr(j, "zh", zh);
        json_kstr(j, "en", en);
        json_close(j);
}

static void named(struct json *j, const char *key, struct str code, struct str zh, struct str en)
{
        json_key(j, key);
        if (code.n == 0) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "code", code);
        view_name(j, "name", zh.n ? zh : code, en.n ? en : code);
        json_close(j);
}

void view_org(struct json *j, const char *key, const struct town *t, struct str code)
{
        const struct org *o = org_find(&t->orgs, code);
        struct str name = o ? o->name : code;
        named(j, key, code, name, name);
}

void view_place(struct json *j, const char *key, const struct town *t, struct str code)
{
        const struct place *p = place_find(&t->places, code);
        struct str name = p ? p->name : code;
        named(j, key, code, name, name);
}

void view_subject(struct json *j, const char *key, const struct town *t, struct str code)
{
        uint32_t i = subject_find(&t->subjects, code);
        if (i == SUBJECT_NONE)
                named(j, key, code, code, code);
        else
                named(j, key, code, t->subjects.row[i].name_zh, t->subjects.row[i].name_en);
}

void view_post(struct json *j, const char *key, const struct town *t, struct str post, struct str holder, bool public_view,
               struct arena *a)
{
        const struct post *p = post_find(&t->posts, post);
        json_key(j, key);
        if (!p) {
                json_null(j);
                return;
        }
        const struct staff_member *who = staff_find(&t->staff, holder);
        json_open(j);
        json_kstr(j, "code", p->code);
        json_kstr(j, "title", p->title);
        if (who && public_view)
                json_kstr(j, "who", mask_name(a, who->name));
        else if (who)
                json_kstr(j, "who", who->name);
        if (who && !public_view)
                json_kstr(j, "login", holder);
        json_close(j);
}

/* A reporter learns which unit looked and who, as 张*: enough to ask, and no list of logins for everybody. */
static void looker(struct json *j, const struct town *t, struct str actor, struct arena *a)
{
        struct str login = str_starts(actor, STR("staff:")) ? (struct str){ actor.p + 6, actor.n - 6 } : (struct str){ 0 };
        const struct staff_member *who = login.n ? staff_find(&t->staff, login) : NULL;
        view_org(j, "unit", t, who ? who->org : STR(""));
        json_kstr(j, "who", who ? mask_name(a, who->name) : login.n ? STR("*") : actor);
}

void view_looks(struct json *j, const struct vault_looks *rows, const struct town *for_reporter, struct arena *a)
{
        json_open(j);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < rows->n; i++) {
                json_open(j);
                json_kinstant(j, "at", rows->row[i].at);
                if (for_reporter) {
                        looker(j, for_reporter, rows->row[i].actor, a);
                } else {
                        json_kid(j, "matter", rows->row[i].matter);
                        json_kstr(j, "actor", rows->row[i].actor);
                }
                json_kstr(j, "purpose", rows->row[i].purpose);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

void view_html(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                if (c == '<' || c == '>' || c == '&' || c == '"')
                        buf_puts(out, c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : "&quot;");
                else
                        buf_char(out, c);
        }
}
