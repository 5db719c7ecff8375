#include "matter/inner/fair.h"
#include "matter/matter.h"

const struct org *accused_org(const struct town *t, struct str respondent)
{
        const struct org *org = org_find(&t->orgs, respondent);
        const struct staff_member *person = org ? NULL : staff_find(&t->staff, respondent);
        return person ? org_find(&t->orgs, person->org) : org; /* their whole unit keeps out */
}

static void also_sees(const struct town *t, struct str codes, struct scope_object *ret)
{
        struct str rest = codes, code;
        while (ret->n_assist < COUNT(ret->assist_paths) && str_split(&rest, ';', &code)) {
                const struct org *o = org_find(&t->orgs, code);
                if (o)
                        ret->assist_paths[ret->n_assist++] = o->path;
        }
}

void matter_item_scope(const struct town *t, struct str path, struct str unit_path, struct str assist, struct str called,
                       struct str respondent, struct scope_object *ret)
{
        *ret = (struct scope_object){ .path = path, .org_path = unit_path, .respondent = respondent };
        also_sees(t, called, ret);
        also_sees(t, assist, ret);
        const struct org *accused = accused_org(t, respondent);
        if (accused)
                ret->respondent_path = accused->path;
}

void matter_scope(const struct town *t, const struct matter *m, struct scope_object *ret)
{
        matter_item_scope(t, m->path, m->unit_path, m->assist, m->called, m->respondent, ret);
}

bool kept_out(const struct town *t, struct arena *a, struct str login, struct day on, struct str respondent)
{
        struct scope_object object;
        struct scopes scopes;
        if (respondent.n == 0)
                return false;
        matter_item_scope(t, STR(""), STR(""), STR(""), STR(""), respondent, &object);
        scopes_of(a, &t->posts, login, on, &scopes);
        return scope_kept_out(&scopes, login, &object);
}

int fair_post(const struct town *t, struct arena *a, const struct post_query *q, struct str respondent,
              struct post_choice *ret)
{
        struct post_choice found;
        int rc = post_for(&t->posts, q, &found);
        if (rc == OK && kept_out(t, a, found.login, q->day, respondent))
                rc = ERR_NONE;
        if (rc == OK)
                *ret = found;
        return rc;
}
