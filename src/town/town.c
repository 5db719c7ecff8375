#include "town/town.h"
#include "base/map.h"
#include "people/right.h"
#include "procedure/check.h"
#include "town/inner/read.h"

#define TOWN_BLOCK (size_t)(256 << 10)

/* What one reading works on. */
struct reading {
        const struct folder *folder;
        const struct town_load_options *opt;
        struct town *t;
        struct arena *a; /* the town's */
        struct findings *f;
};

/* The text of a file, or @head where there is none, so that every reader leaves a table that can be asked. */
static struct str text_or(const struct reading *r, const char *name, const char *head, bool *ret_absent)
{
        const struct folder_file *file = folder_find(r->folder, name);
        bool absent = !file || !file->text.p;
        if (ret_absent)
                *ret_absent = absent;
        return absent ? str_of(head) : file->text;
}

/* ---- the ground ------------------------------------------------------------------------------------------------- */

#define NO_GRIDS "{\"type\":\"FeatureCollection\",\"features\":[]}"

static void read_grids(struct reading *r, struct findings *f)
{
        struct town *t = r->t;
        bool absent;
        struct findings unheard = { .arena = f->arena };
        struct str text = text_or(r, "grids.geojson", NO_GRIDS, &absent);
        /* That the file is missing was said; every grid without a polygon need not be. */
        grids_parse(r->a, text, &t->places, absent ? &unheard : f, &t->grids);
        if (grids_index(r->a, &t->grids, &t->index) == OK)
                return;
        finding_add(f, "grid.index", SEV_ERROR, STR("grids.geojson"), 0,
                    (struct say){ "检查是否有大量重叠或跨度过大的多边形",
                                  "Look for many overlapping or very wide polygons" },
                    "网格索引无法建立", "The index of the grids cannot be built");
        grids_parse(r->a, STR(NO_GRIDS), &t->places, &unheard, &t->grids);
        if (grids_index(r->a, &t->grids, &t->index) != OK)
                BUG("no grids cannot be indexed");
}

static void read_ground(struct reading *r, struct findings *f)
{
        struct town *t = r->t;
        places_read(r->a, text_or(r, "places.csv", "code,kind,name\n", NULL), f, &t->places);
        read_grids(r, f);
        agreements_read(r->a, text_or(r, "agreements.csv", "code,kind,places,lead,document\n", NULL), &t->places, f,
                        &t->agreements);
        things_read(r->a, text_or(r, "things.csv", "code,kind\n", NULL), &t->places, f, &t->things);
        aliases_read(r->a, text_or(r, "aliases.csv", "said\n", NULL), &t->places, &t->things, f, &t->aliases);
        t->gazetteer = gazetteer_new(r->a, &t->places, &t->things, &t->aliases);
        const struct place *own = place_find(&t->places, t->code);
        t->path = own ? own->path : t->code;
        t->ground = (struct locator){ .places = &t->places,
                                      .grids = &t->grids,
                                      .index = t->index,
                                      .things = &t->things,
                                      .agreements = &t->agreements,
                                      .nearest_metres = t->nearest_metres };
}

/* ---- people ----------------------------------------------------------------------------------------------------- */

static struct str path_of_place(const void *places, struct str code)
{
        const struct place *p = place_find(places, code);
        return p ? p->path : (struct str){ 0 };
}

/* A keeper or owner that is no organisation is as good as none: nobody is asked who does not exist. */
static void bind_things(struct reading *r, struct findings *f)
{
        for (size_t i = 0; i < r->t->things.n; i++) {
                struct thing *x = &r->t->things.row[i];
                struct str *part[] = { &x->owner, &x->keeper };
                for (size_t k = 0; k < COUNT(part); k++) {
                        if (part[k]->n == 0 || org_find(&r->t->orgs, *part[k]))
                                continue;
                        finding_add(f, "thing.org-unknown", SEV_ERROR, STR("things.csv"), x->line,
                                    (struct say){ "改为 orgs.csv 中的代码", "Use a code of orgs.csv" },
                                    "设施 %.*s 的单位 %.*s 不存在",
                                    "The organisation of the thing %.*s, %.*s, does not exist", STR_ARG(x->code),
                                    STR_ARG(*part[k]));
                        *part[k] = STR("");
                }
        }
}

static void bind_agreements(struct reading *r, struct findings *f)
{
        for (size_t i = 0; i < r->t->agreements.n; i++) {
                const struct agreement *a = &r->t->agreements.row[i];
                if (a->lead_is_grid || org_find(&r->t->orgs, a->lead))
                        continue;
                finding_add(
                        f, "agreement.lead-unknown", SEV_ERROR, STR("agreements.csv"), a->line,
                        (struct say){ "改为 orgs.csv 中的代码或网格代码", "Use a code of orgs.csv or that of a grid" },
                        "约定 %.*s 的牵头方 %.*s 不存在", "The lead of the agreement %.*s, %.*s, does not exist",
                        STR_ARG(a->code), STR_ARG(a->lead));
        }
}

static void read_people(struct reading *r, struct findings *f)
{
        struct town *t = r->t;
        bool own_roles;
        struct day today = r->opt->today;
        orgs_read(r->a, text_or(r, "orgs.csv", "code,kind,relation,reach,name\n", NULL), f, &t->orgs);
        bind_things(r, f);
        bind_agreements(r, f);
        staff_read(r->a, text_or(r, "staff.csv", "login,name,org\n", NULL), &t->orgs, f, &t->staff);
        struct str roles = text_or(r, "roles.yaml", roles_default_yaml, &own_roles);
        if (own_roles || roles_read(r->a, roles, f, &t->roles) != OK)
                roles_default(r->a, &t->roles);
        struct post_world world = { .orgs = &t->orgs,
                                    .staff = &t->staff,
                                    .roles = &t->roles,
                                    .place_path = path_of_place,
                                    .places = &t->places,
                                    .town_path = t->path };
        posts_read(r->a, text_or(r, "posts.csv", "code,title,role,org,place\n", &t->absent.posts), &world, today, f,
                   &t->posts);
        struct str roster = text_or(r, "roster.csv", "date,shift,leader,officer\n", &t->absent.roster);
        roster_read(r->a, roster, &t->staff, t->absent.roster ? DAY_NONE : today, f, &t->roster);
}

/* ---- duties ----------------------------------------------------------------------------------------------------- */

static bool org_for_duty(const void *orgs, struct str code, struct duty_org *ret)
{
        const struct org *o = org_find(orgs, code);
        if (o)
                *ret = (struct duty_org){ .own = o->relation == ORG_OWN, .committee = o->kind == ORG_COMMITTEE };
        return o != NULL;
}

struct duty_orgs town_duty_orgs(const struct town *t)
{
        return (struct duty_orgs){ .find = org_for_duty, .self = &t->orgs };
}

static bool lists_any(const struct agreement *a, const struct str *path, uint32_t n_path)
{
        for (size_t i = 0; i < a->n_places; i++)
                for (uint32_t k = 0; k < n_path; k++)
                        if (str_eq(a->places[i], path[k]))
                                return true;
        return false;
}

/* The callback of struct duty_book: agreements on concurrent powers by number, the lowest code first. */
static bool concurrent(const void *town, const struct str *path, uint32_t n_path, struct day on, uint32_t nth,
                       struct str *ret_code, struct str *ret_lead)
{
        const struct agreements *all = &((const struct town *)town)->agreements;
        for (size_t i = 0; i < all->n; i++) {
                const struct agreement *a = &all->row[i];
                if (a->kind != AGREEMENT_CONCURRENT || a->lead_is_grid || !agreement_holds(a, on) ||
                    !lists_any(a, path, n_path) || nth-- > 0)
                        continue;
                *ret_code = a->code;
                *ret_lead = a->lead;
                return true;
        }
        return false;
}

static void read_duties(struct reading *r, struct findings *f)
{
        struct town *t = r->t;
        subjects_read(r->a, text_or(r, "subjects.csv", "code,parent,name_zh,name_en\n", NULL), f, &t->subjects);
        t->matcher = matcher_new(r->a, &t->subjects);
        t->signposts = signposts_new(r->a);
        duties_read(r->a, text_or(r, "duties.csv", "code,list,subject,title,lead,basis\n", NULL), &t->subjects, f,
                    &t->duties);
        duties_bind(&t->duties, town_duty_orgs(t));
        t->book = (struct duty_book){ .subjects = &t->subjects,
                                      .duties = &t->duties,
                                      .fallback = t->fallback,
                                      .concurrent = concurrent,
                                      .agreements = t };
}

/* ---- procedures ------------------------------------------------------------------------------------------------- */

static unsigned right_number(struct str name)
{
        return (unsigned)right_of(name);
}

static const struct procedure_names names = { .right = right_number };

static int limit_of(const void *town, struct str id, struct clock_limit *ret)
{
        const struct town_limit *l = town_limit(town, id);
        if (!l)
                return ERR_NONE;
        *ret = (struct clock_limit){ l->limit, l->unit, l->roll ? DUE_ROLL_STATUTORY : DUE_ROLL_NONE };
        return OK;
}

/* A procedure is judged by the town's own limits first. */
static struct procedure_town limits_of(const struct town *t)
{
        return (struct procedure_town){ .limit = limit_of, .arg = t };
}

static bool code_taken(struct reading *r, const struct procedure *p)
{
        for (size_t i = 0; i < r->t->n_procedures; i++)
                if (str_eq(r->t->procedures[i]->code, p->code)) {
                        finding_add(r->f, "procedure.code-twice", SEV_ERROR, p->file, 1,
                                    (struct say){ "每个流程一个代码", "One code a procedure" },
                                    "流程代码 %.*s 与 %.*s 重复", "The code %.*s is also that of %.*s",
                                    STR_ARG(p->code), STR_ARG(r->t->procedures[i]->file));
                        return true;
                }
        return false;
}

/* May it be used? One that may take too long can: the statutory clock runs beside it. */
static bool sound(struct reading *r, const struct procedure *p, const struct procedure_town *town)
{
        size_t before = r->f->n;
        bool good = true;
        if (procedure_check(p, town, r->f) == OK)
                return true;
        for (size_t i = before; i < r->f->n; i++)
                good = good &&
                       (r->f->row[i].severity != SEV_ERROR || strcmp(r->f->row[i].rule, "procedure.too-long") == 0);
        return good && r->f->dropped == 0;
}

static void read_procedure(struct reading *r, const struct folder_file *file, const struct procedure_town *town)
{
        struct town *t = r->t;
        const struct procedure *p;
        if (!file->text.p || procedure_read(r->a, file->name, file->text, &names, r->f, &p) != OK)
                return;
        if (!sound(r, p, town) || code_taken(r, p))
                return;
        if (t->n_procedures == TOWN_PROCEDURES_MAX) {
                finding_add(r->f, "procedure.too-many", SEV_ERROR, file->name, 0,
                            (struct say){ "请合并或删去流程", "Merge or remove procedures" }, "流程超过 %d 个",
                            "There are more than %d procedures", TOWN_PROCEDURES_MAX);
                return;
        }
        t->procedures[t->n_procedures++] = p;
}

/* The product's procedure is sound in itself; what it may miss lies in the limits of town.yaml. */
static void check_default(struct reading *r, const struct procedure *p, const struct procedure_town *town)
{
        struct findings found = { .arena = r->f->arena };
        procedure_check(p, town, &found);
        for (size_t i = 0; i < found.n; i++)
                finding_add(r->f, found.row[i].rule, found.row[i].severity, STR("town.yaml"), r->t->line.limits,
                            found.row[i].hint, "自带流程：%s%.0s", "The product's procedure: %.0s%s", found.row[i].zh.p,
                            found.row[i].en.p);
}

static void add_default(struct reading *r, const struct procedure_town *town)
{
        struct town *t = r->t;
        const struct procedure *p;
        struct findings none = { .arena = r->f->arena };
        if (procedure_read(r->a, STR("procedures/request.yaml"), procedure_default(), &names, &none, &p) != OK)
                BUG("the procedure that ships does not read");
        if (!folder_find(r->folder, "procedures/request.yaml"))
                check_default(r, p, town);
        t->absent.request = true;
        if (t->n_procedures == TOWN_PROCEDURES_MAX)
                t->n_procedures--;
        t->procedures[t->n_procedures++] = p;
}

static void read_procedures(struct reading *r)
{
        struct town *t = r->t;
        struct procedure_town town = limits_of(t);
        for (size_t i = 0; i < r->folder->n; i++)
                if (str_starts(r->folder->row[i].name, STR("procedures/")))
                        read_procedure(r, &r->folder->row[i], &town);
        size_t at = 0;
        while (at < t->n_procedures && !str_is(t->procedures[at]->code, "request"))
                at++;
        if (at == t->n_procedures) {
                add_default(r, &town);
                at = t->n_procedures - 1;
        }
        const struct procedure *request = t->procedures[at];
        t->procedures[at] = t->procedures[0];
        t->procedures[0] = request;
}

/* ---- orders from upstream ----------------------------------------------------------------------------------------- */

static bool records(const struct procedure *p, enum procedure_record record)
{
        for (size_t i = 0; i < p->n_actions; i++)
                for (size_t k = 0; k < p->action[i].effects.n; k++)
                        if (p->action[i].effects.row[k].kind == EFFECT_RECORD && p->action[i].effects.row[k].record == record)
                                return true;
        return false;
}

/* Without these steps an order could be taken in and never be answered, sent back or taken up again. */
static void check_upstreams(struct reading *r)
{
        static const enum procedure_record needed[] = { RECORD_RETURN_UPSTREAM, RECORD_TAKEN_BACK, RECORD_GIVEN_BACK, RECORD_REPLY_UPSTREAM,
                                                        RECORD_SUPPLEMENT,      RECORD_REDO_UPSTREAM };
        for (size_t i = 0; r->t->upstreams.n > 0 && i < COUNT(needed); i++)
                if (!records(r->t->procedures[0], needed[i]))
                        finding_add(r->f, "upstream.procedure", SEV_ERROR, STR(UPSTREAM_FILE), 1,
                                    (struct say){ "自带的 request.yaml 有这些步骤，可以照抄", "The product's request.yaml has these steps; copy them" },
                                    "本地有上级派单，办理流程却没有记录“%s”的步骤", "The town takes orders from upstream, and its procedure has no step that records \"%s\"",
                                    procedure_records[needed[i]].name);
}

/* ---- limits of duty rows ------------------------------------------------------------------------------------------
 */

#define LONG_LIMITS_MAX 32

static struct clock_limit limit_of_duty(const struct duty *d)
{
        return (struct clock_limit){ d->limit, d->unit, DUE_ROLL_NONE };
}

/* The longest limit of a usable row below @below hours; limit 0 when there is none. */
static struct clock_limit longest_below(const struct duties *all, int64_t below)
{
        struct clock_limit most = { 0 };
        for (uint32_t i = 0; i < all->n; i++) {
                struct clock_limit l = limit_of_duty(&all->row[i]);
                if (all->row[i].usable && l.limit > 0 && limit_hours_most(l) < below &&
                    (most.limit == 0 || limit_hours_most(l) > limit_hours_most(most)))
                        most = l;
        }
        return most;
}

/* With this limit for the answer, may the stages of the request take longer than the law allows? */
static bool too_long(struct reading *r, struct clock_limit duty, const char **ret_why, const char **ret_why_en)
{
        struct findings found = { .arena = r->f->arena };
        struct procedure_town town = limits_of(r->t);
        town.duty = duty;
        procedure_check(r->t->procedures[0], &town, &found);
        for (size_t i = 0; i < found.n; i++) {
                if (strcmp(found.row[i].rule, "procedure.too-long") != 0)
                        continue;
                *ret_why = found.row[i].zh.p;
                *ret_why_en = found.row[i].en.p;
                return true;
        }
        return false;
}

static void tell_long(struct reading *r, struct clock_limit limit, const char *zh, const char *en)
{
        for (uint32_t i = 0; i < r->t->duties.n; i++) {
                const struct duty *d = &r->t->duties.row[i];
                if (!d->usable || d->limit == 0 || limit_hours_most(limit_of_duty(d)) != limit_hours_most(limit))
                        continue;
                finding_add(
                        r->f, "duty.limit-long", SEV_ERROR, STR(DUTY_FILE), d->line,
                        (struct say){
                                "缩短该行的 limit；确有更长法定期限的，改 town.yaml 的 statutory 并写明出处",
                                "Shorten the row's limit; where the law gives more, change statutory in town.yaml and "
                                "name the source" },
                        "职责“%.*s”：%s%.0s", "Duty \"%.*s\": %.0s%s", STR_ARG(d->code), zh, en);
        }
}

/* The longest limit decides whether there is anything to say; from there on downwards until the law is kept. */
static void check_duty_limits(struct reading *r)
{
        const char *zh, *en;
        int64_t below = INT64_MAX;
        if (too_long(r, (struct clock_limit){ 0 }, &zh, &en))
                return; /* the procedure alone is too long: that was said */
        for (int i = 0; i < LONG_LIMITS_MAX; i++) {
                struct clock_limit l = longest_below(&r->t->duties, below);
                if (l.limit == 0 || !too_long(r, l, &zh, &en))
                        return;
                tell_long(r, l, zh, en);
                below = limit_hours_most(l);
        }
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static struct town *town_new(const struct folder *fo, const struct town_load_options *opt)
{
        struct arena a = { .block = TOWN_BLOCK };
        struct town *t = arena_new(&a, struct town);
        t->arena = a;
        t->refs = 1;
        t->today = opt->today;
        t->trial = opt->trial;
        t->loaded_at = INSTANT_NONE;
        memcpy(t->digest, fo->digest, sizeof(t->digest));
        return t;
}

/* No finding without something to do about it: for those of rooms that name the fault alone, the manual. */
static void fill_hints(struct findings *f)
{
        static const struct say procedure = {
                "见流程文件手册；自带的 request.yaml 可作样例",
                "See the manual of procedure files; the product's request.yaml is an example"
        };
        static const struct say folder = { "见乡镇文件夹手册", "See the manual of the town folder" };
        for (size_t i = 0; i < f->n; i++)
                if (!f->row[i].hint.zh[0])
                        f->row[i].hint = strncmp(f->row[i].rule, "procedure.", 10) == 0 ? procedure : folder;
}

int town_parse(const struct folder *fo, const struct town_load_options *opt, struct findings *f, struct town **ret)
{
        struct town *t = town_new(fo, opt);
        struct reading r = { .folder = fo, .opt = opt, .t = t, .a = &t->arena, .f = f };
        struct findings unheard = { .arena = f->arena };
        bool absent;
        *ret = NULL;
        struct str text = text_or(&r, "town.yaml", "", &absent);
        int rc = read_town_yaml(t, text, opt->ground_only || absent ? &unheard : f);
        read_ground(&r, f);
        if (opt->ground_only) {
                *ret = t;
                return OK;
        }
        read_people(&r, f);
        read_calendar(t, text_or(&r, "calendar.csv", "date,work,name\n", NULL), f);
        retention_read(&t->arena, text_or(&r, "retention.csv", "class,period,basis,action\n", NULL), f, &t->retention);
        notices_read(r.a, folder_text(fo, "notices.yaml"), f, &t->notices);
        upstreams_read(&t->arena, text_or(&r, UPSTREAM_FILE, "systems: {}\n", NULL), opt->today, f, &t->upstreams);
        neighbours_read(r.a, folder_text(fo, "neighbours.yaml"), t->code, f, &t->neighbours);
        read_duties(&r, f);
        read_procedures(&r);
        check_upstreams(&r);
        check_duty_limits(&r);
        fill_hints(f);
        if (rc != OK)
                town_unref(t);
        else
                *ret = t;
        return rc;
}

void town_ref(struct town *t)
{
        atomic_fetch_add_explicit(&t->refs, 1, memory_order_relaxed);
}

void town_unref(struct town *t)
{
        if (!t || atomic_fetch_sub_explicit(&t->refs, 1, memory_order_acq_rel) != 1)
                return;
        struct arena a = t->arena; /* it holds the town itself */
        arena_free(&a);
}
