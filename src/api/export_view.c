#include "api/export_view.h"
#include "api/matter_view.h"

int held_read(struct ctx *ctx, int64_t matter, struct held_all *ret)
{
        *ret = (struct held_all){ 0 };
        int rc = matter_get(ctx, matter, &ret->m);
        if (rc == OK)
                rc = matter_tasks(ctx, &ret->m, &ret->tasks);
        if (rc == OK)
                rc = matter_story(ctx, matter, &ret->story);
        if (rc == OK && ret->m.waits)
                rc = matter_get(ctx, ret->m.cause, &ret->cause);
        if (rc == OK)
                rc = matter_why(ctx, matter, &ret->why);
        if (rc == ERR_NONE && ret->story.n) {
                ret->why = (struct str){ 0 };
                rc = OK;
        }
        if (rc == OK)
                rc = vault_looks_of_matter(ctx, matter, INT64_MAX, &ret->looks);
        ret->contact = rc == OK && ret->m.person != MATTER_ANONYMOUS;
        return ret->contact ? vault_masked(ctx, ret->m.person, &ret->masked) : rc;
}

int held_open(const struct vault_keys *keys, struct ctx *ctx, struct str purpose, struct held_all *h)
{
        if (!h->contact || h->masked.erased)
                return OK;
        int rc = vault_open(keys, ctx, h->m.person, h->m.id, purpose, &h->clear);
        h->opened = rc == OK;
        return rc == OK ? vault_looks_of_matter(ctx, h->m.id, INT64_MAX, &h->looks) : rc; /* this look too */
}

static void contact_of(struct json *j, const struct held_all *h)
{
        json_key(j, "contact");
        if (!h->contact) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "name", h->opened ? h->clear.name : h->masked.name);
        json_kstr(j, "phone", h->opened ? h->clear.phone : h->masked.phone);
        json_kstr(j, "address", h->opened ? h->clear.address : h->masked.address);
        if (h->opened)
                json_kstr(j, "note", h->clear.note);
        json_kbool(j, "masked", !h->opened);
        json_kstr(j, "basis", h->masked.basis);
        json_kinstant(j, "since", h->masked.at);
        json_close(j);
}

static void until_of(struct json *j, const struct town *t, const struct matter *m)
{
        static const char *const classes[] = { "contact", "voice", "matter" };
        json_key(j, "kept_until");
        json_open(j);
        for (size_t i = 0; i < COUNT(classes); i++) {
                const struct retention *r = retention_of(&t->retention, str_of(classes[i]));
                if (r && !m->open && !instant_is_none(m->closed))
                        json_kday(j, classes[i], retention_last(r, instant_day(m->closed)));
        }
        json_close(j);
}

static const struct member held_contact_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "phone", .type = FIELD_STR },
        { .name = "address", .type = FIELD_STR },
        { .name = "note", .type = FIELD_STR, .maybe = true, .help = { "怎样联系才安全；打开后才有", "How to reach them safely, once it is opened" } },
        { .name = "masked", .type = FIELD_BOOL },
        { .name = "basis", .type = FIELD_STR },
        { .name = "since", .type = FIELD_INSTANT },
        { 0 },
};
static const struct shape held_contact_shape = { NULL, held_contact_members, NULL };

static const struct member held_looks_members[] = {
        { .name = "items", .type = FIELD_LIST, .of = &look_shape },
        { 0 },
};
static const struct shape held_looks_shape = { NULL, held_looks_members, NULL };

static const struct member held_until_members[] = {
        { .name = "contact", .type = FIELD_DAY, .maybe = true },
        { .name = "voice", .type = FIELD_DAY, .maybe = true },
        { .name = "matter", .type = FIELD_DAY, .maybe = true },
        { 0 },
};
static const struct shape held_until_shape = { NULL, held_until_members, NULL };

static const struct member held_members[] = {
        { .name = "matter", .type = FIELD_OBJECT, .of = &tracked_shape },
        { .name = "explanation", .type = FIELD_OBJECT, .of = &explanation_shape, .null = true },
        { .name = "contact", .type = FIELD_OBJECT, .of = &held_contact_shape, .null = true },
        { .name = "looks", .type = FIELD_OBJECT, .of = &held_looks_shape },
        { .name = "kept_until", .type = FIELD_OBJECT, .of = &held_until_shape },
        { 0 },
};
const struct shape held_shape = { "HeldData", held_members, NULL };

void held_view(struct json *j, const struct town *t, const struct held_all *h, struct instant now, struct arena *a)
{
        struct together with = { .cause = h->cause };
        json_open(j);
        json_key(j, "matter");
        matter_view_reporter(j, t, &h->m, &h->tasks, &h->story, h->m.waits ? &with : NULL, NULL, now, a);
        json_key(j, "explanation");
        if (h->why.n)
                json_raw(j, h->why);
        else
                json_null(j);
        contact_of(j, h);
        json_key(j, "looks");
        view_looks(j, &h->looks, t, a);
        until_of(j, t, &h->m);
        json_close(j);
}

static const struct member retained_members[] = {
        { .name = "class", .type = FIELD_STR },
        { .name = "period", .type = FIELD_STR },
        { .name = "action", .type = FIELD_STR },
        { .name = "basis", .type = FIELD_STR },
        { .name = "before", .type = FIELD_DAY, .null = true },
        { .name = "due", .type = FIELD_INT },
        { .name = "by_itself", .type = FIELD_BOOL, .help = { "到期自动处理", "Done by itself when it is due" } },
        { 0 },
};
static const struct shape retained_shape = { "RetentionRow", retained_members, NULL };

static const struct member retention_members[] = {
        { .name = "classes", .type = FIELD_LIST, .of = &retained_shape },
        { 0 },
};
const struct shape retention_shape = { "Retention", retention_members, NULL };

void retain_view(struct json *j, const struct retain_plan *plan)
{
        json_open(j);
        json_key(j, "classes");
        json_list(j);
        for (size_t i = 0; i < plan->n; i++) {
                const struct retain_row *r = &plan->row[i];
                json_open(j);
                json_kstr(j, "class", r->rule->class);
                json_kstr(j, "period", r->rule->period);
                json_kc(j, "action", retention_action_names[r->rule->action]);
                json_kstr(j, "basis", r->rule->basis);
                json_kday(j, "before", r->before);
                json_kint(j, "due", r->due);
                json_kbool(j, "by_itself", r->by_itself);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}
