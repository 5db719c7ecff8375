/* What retention.csv means for the rows of this house. */
#include "matter/retain.h"
#include "people/audit.h"

/* What each class holds, and what happens to it. In the order in which a matter's classes are looked at. */
static const struct {
        const char *class;
        enum retention_action action;
        enum matter_held held[2];
        int n;
} works[] = {
        { "contact", RETENTION_ERASE, { HELD_CONTACT }, 1 },
        { "contact", RETENTION_ANONYMISE, { HELD_CONTACT }, 1 },
        { "voice", RETENTION_ERASE, { HELD_WORDS }, 1 },
        { "voice", RETENTION_ANONYMISE, { HELD_SAID, HELD_CONTACT }, 2 },
        { "matter", RETENTION_ERASE, { HELD_WORDS, HELD_CONTACT }, 2 },
        { "matter", RETENTION_ANONYMISE, { HELD_SAID, HELD_CONTACT }, 2 },
};

static int work_of(const struct retention *r)
{
        for (size_t i = 0; i < COUNT(works); i++)
                if (str_is(r->class, works[i].class) && r->action == works[i].action)
                        return (int)i;
        return -1;
}

const enum matter_held *retain_held(const struct retention *r, int *ret_n)
{
        int work = work_of(r);
        *ret_n = work < 0 ? 0 : works[work].n;
        return work < 0 ? NULL : works[work].held;
}

bool retain_audit(const struct retention *r)
{
        return str_is(r->class, "audit") && (r->action == RETENTION_ERASE || r->action == RETENTION_ANONYMISE);
}

static int64_t held_of(const struct matter_over_count *c, enum matter_held held)
{
        return held == HELD_CONTACT ? c->contacts : held == HELD_SAID ? c->said : c->words;
}

/* ---- the plan ------------------------------------------------------------------------------------------------------- */

static int due_of(struct ctx *ctx, const struct retention *r, struct instant before, int64_t *ret)
{
        struct matter_over_count c;
        int work = work_of(r);
        if (str_is(r->class, "audit"))
                return audit_over(ctx, before, ret);
        int rc = matter_over_count(ctx, before, &c);
        *ret = str_is(r->class, "contact") ? c.contacts : str_is(r->class, "voice") ? c.words : str_is(r->class, "matter") ? c.ended : 0;
        for (int i = 0; work >= 0 && i < works[work].n; i++)
                if (i == 0 || held_of(&c, works[work].held[i]) > *ret)
                        *ret = held_of(&c, works[work].held[i]);
        return rc;
}

int retain_plan(struct ctx *ctx, const struct town *t, struct retain_plan *ret)
{
        int rc = OK;
        *ret = (struct retain_plan){ 0 };
        for (size_t i = 0; rc == OK && i < t->retention.n; i++) {
                struct retain_row *row = &ret->row[ret->n++];
                row->rule = &t->retention.row[i];
                row->before = retention_before(row->rule, instant_day(ctx->now));
                row->by_itself = work_of(row->rule) >= 0 || retain_audit(row->rule);
                if (!day_is_none(row->before))
                        rc = due_of(ctx, row->rule, day_start(row->before), &row->due);
        }
        return rc;
}
