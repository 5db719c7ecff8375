#include "people/right.h"
#include <assert.h>

/* What a unit that only assists may do with a matter led by another. */
#define ASSIST_RIGHTS (UINT64_C(1) << RIGHT_MATTER_READ)

static const char *const names[RIGHT_COUNT] = {
        [RIGHT_MATTER_READ] = "matter.read",
        [RIGHT_MATTER_OPEN] = "matter.open",
        [RIGHT_MATTER_SIGN] = "matter.sign",
        [RIGHT_MATTER_CONTACT] = "matter.contact",
        [RIGHT_MATTER_ANSWER] = "matter.answer",
        [RIGHT_MATTER_CLOSE] = "matter.close",
        [RIGHT_MATTER_DISPATCH] = "matter.dispatch",
        [RIGHT_MATTER_DECLINE] = "matter.decline",
        [RIGHT_PERSON_UNMASK] = "person.unmask",
        [RIGHT_REPORT_READ] = "report.read",
        [RIGHT_TOWN_READ] = "town.read",
        [RIGHT_TOWN_LOAD] = "town.load",
        [RIGHT_PEOPLE_MANAGE] = "people.manage",
        [RIGHT_AUDIT_READ] = "audit.read",
        [RIGHT_MATTER_APPROVE] = "matter.approve",
        [RIGHT_MATTER_VERIFY] = "matter.verify",
        [RIGHT_MATTER_CALLBACK] = "matter.callback",
        [RIGHT_PLACE_REVIEW] = "place.review",
        [RIGHT_MATTER_HANDOVER] = "matter.handover",
        [RIGHT_MATTER_RECEIVE] = "matter.receive",
        [RIGHT_PARCEL_PUT] = "parcel.put",
};

static_assert(RIGHT_COUNT <= 63, "rights are kept as bits of a signed 64-bit column");

const char *right_name(enum right r)
{
        return (unsigned)r < RIGHT_COUNT ? names[r] : NULL;
}

enum right right_of(struct str name)
{
        for (unsigned r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                if (str_is(name, names[r]))
                        return (enum right)r;
        return RIGHT_UNDECIDED;
}

bool path_within(struct str path, struct str root)
{
        if (root.n == 0)
                return true;
        return str_starts(path, root) && (path.n == root.n || path.p[root.n] == '/');
}

bool scope_kept_out(const struct scopes *s, struct str login, const struct scope_object *o)
{
        if (o->respondent.n > 0 && str_eq(login, o->respondent))
                return true;
        struct str unit = o->respondent_path;
        if (unit.n > 0 && path_within(s->home, unit))
                return true;
        for (size_t i = 0; i < s->n; i++) {
                if (unit.n > 0 && path_within(s->row[i].home, unit))
                        return true;
                if (o->respondent.n > 0 && str_eq(s->row[i].post, o->respondent))
                        return true;
        }
        return false;
}

static bool assists(const struct scope *s, const struct scope_object *o)
{
        for (size_t i = 0; i < o->n_assist && i < COUNT(o->assist_paths); i++)
                if (o->assist_paths[i].n > 0 && path_within(o->assist_paths[i], s->org))
                        return true;
        return false;
}

static bool reaches(const struct scope *s, uint64_t right, const struct scope_object *o)
{
        if (!(s->rights & right) || !path_within(o->path, s->place))
                return false;
        if (s->org.n == 0 || path_within(o->org_path, s->org))
                return true;
        return (right & ASSIST_RIGHTS) && assists(s, o);
}

int scope_allows(const struct scopes *s, struct str login, enum right r, const struct scope_object *o)
{
        if (r == RIGHT_PUBLIC)
                return 1;
        if (r == RIGHT_SIGNED_IN)
                return login.n > 0;
        if (r < RIGHT_FIRST_GRANTED || r >= RIGHT_COUNT || scope_kept_out(s, login, o))
                return 0;
        for (size_t i = 0; i < s->n; i++)
                if (reaches(&s->row[i], right_bit(r), o))
                        return 1;
        return 0;
}

uint64_t scope_rights_for(const struct scopes *s, struct str login, struct str home, const struct scope_object *o)
{
        uint64_t rights = 0;
        if (home.n == 0 || scope_kept_out(s, login, o))
                return 0;
        for (size_t i = 0; i < s->n; i++)
                for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT && path_within(s->row[i].home, home); r++)
                        if (reaches(&s->row[i], right_bit(r), o))
                                rights |= right_bit(r);
        return rights;
}
