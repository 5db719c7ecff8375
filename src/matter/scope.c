#include "matter/matter.h"

void matter_item_scope(const struct town *t, struct str path, struct str unit_path, struct str assist, struct str respondent,
                       struct scope_object *ret)
{
        *ret = (struct scope_object){ .path = path, .org_path = unit_path, .respondent = respondent };
        struct str rest = assist, code;
        while (ret->n_assist < COUNT(ret->assist_paths) && str_split(&rest, ';', &code)) {
                const struct org *o = org_find(&t->orgs, code);
                if (o)
                        ret->assist_paths[ret->n_assist++] = o->path;
        }
        const struct org *accused = org_find(&t->orgs, respondent);
        const struct staff_member *person = accused ? NULL : staff_find(&t->staff, respondent);
        if (person)
                accused = org_find(&t->orgs, person->org); /* their whole unit keeps out */
        if (accused)
                ret->respondent_path = accused->path;
}

void matter_scope(const struct town *t, const struct matter *m, struct scope_object *ret)
{
        matter_item_scope(t, m->path, m->unit_path, m->assist, m->respondent, ret);
}
