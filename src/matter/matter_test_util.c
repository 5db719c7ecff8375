#include "matter/matter_test_util.h"
#include <stdio.h>
#include "town/shelf.h"

/* ---- the small town ---------------------------------------------------------------------------------------------- */

static const char town_yaml[] = "code: \"110101002000\"\n"
                                "name: {zh: 测试街道, en: Test Subdistrict}\n"
                                "languages: [zh, en]\n"
                                "office_hours: [\"09:00-12:00\", \"14:00-18:00\"]\n"
                                "fallback: desk\n"
                                "upper: district\n"
                                "map_approval: \"\"\n"
                                "nearest_metres: 50\n"
                                "limits:\n"
                                "  sign:           {limit: 2,  unit: workhour, source: 测试规程, review: 2027-06-30}\n"
                                "  contact:        {limit: 24, unit: hour, source: 测试规程, review: 2027-06-30}\n"
                                "  contact_urgent: {limit: 2,  unit: hour, source: 测试规程, review: 2027-06-30}\n"
                                "  answer:         {limit: 5,  unit: workday, source: 测试规程, review: 2027-06-30}\n"
                                "  answer_urgent:  {limit: 24, unit: hour, source: 测试规程, review: 2027-06-30}\n"
                                "  statutory:      {limit: 60, unit: day, roll: statutory, source: 信访工作条例 "
                                "第三十四条, review: 2027-06-30}\n"
                                "  joint_look:     {limit: 2,  unit: workday, source: 测试规程, review: 2027-06-30}\n";

static const char places_csv[] = "code,parent,kind,name\n"
                                 "110101000000,,county,测试区\n"
                                 "110101002000,110101000000,township,测试街道\n"
                                 "110101002001,110101002000,community,甲社区\n"
                                 "110101002002,110101002000,community,乙社区\n"
                                 "110101002001001,110101002001,grid,第一网格\n"
                                 "110101002001002,110101002001,grid,第二网格\n"
                                 "110101002002001,110101002002,grid,第三网格\n"
                                 "110101002002002,110101002002,grid,第四网格\n"
                                 "110101002001001-1,110101002001001,building,1号楼\n";

#define SQUARE(code, west, east)                                                                                       \
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"" code "\"},\"geometry\":{\"type\":\"Polygon\","             \
        "\"coordinates\":[[[" west ",39.90],[" east ",39.90],[" east ",39.91],[" west ",39.91],[" west ",39.90]]]}}"
static const char grids_geojson[] =
        "{\"type\":\"FeatureCollection\",\"features\":[" SQUARE(G1, "116.40", "116.41") "," SQUARE(
                G2, "116.41", "116.42") "," SQUARE(G3, "116.42", "116.43") "," SQUARE(G4, "116.43", "116.44") "]}";

static const char orgs_csv[] = "code,parent,kind,relation,reach,name,credit_code\n"
                               "district,,government,upper,upstream,测试区政府,\n"
                               "qsw,district,department,upper,letter,区水务局,\n"
                               "qcg,district,department,upper,upstream,区城管委,\n"
                               "jiedao,district,government,own,account,测试街道办,\n"
                               "desk,jiedao,institution,own,account,诉求中心,\n"
                               "cgb,jiedao,department,own,account,城管办,\n"
                               "cgb-team,cgb,institution,own,account,城管办巡查组,\n"
                               "pab,jiedao,department,own,account,平安办,\n"
                               "wuye,,enterprise,contractor,account,测试物业,\n"
                               "lamp,,enterprise,utility,account,测试路灯公司,\n"
                               "linjie,,government,based_here,letter,邻街道,\n"
                               "jw1,,committee,based_here,account,甲社区居委会,\n";

static const char subjects_csv[] = "code,parent,name_zh,name_en,keywords,level,publicity\n"
                                   "garbage,,垃圾清运,Refuse,垃圾;清运;垃圾桶,small,summary\n"
                                   "light,,照明,Lighting,照明设施,small,summary\n"
                                   "light.lamp,light,路灯不亮,Street lamp out,路灯;灯杆,small,summary\n"
                                   "lift,,电梯故障,Lift,电梯,big,summary\n"
                                   "noise,,噪声扰民,Noise,噪声;噪音;扰民,small,count\n"
                                   "river,,河道污染,River,河道;黑臭水体,small,summary\n"
                                   "demolish,,违法建设,Unlawful building,违法建设;违建,hard,none\n"
                                   "neighbour,,邻里纠纷,Neighbours,邻里纠纷,hard,none\n"
                                   "fire,,消防隐患,Fire hazard,消防通道;消防隐患,big,none\n"
                                   "stray,,流浪动物,Stray animals,流浪猫;流浪狗,small,summary\n";

static const char duties_csv[] =
        "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
        "b-garbage,basic,garbage,垃圾清运,,cgb,wuye;pab,,3,workday,测试清单一,2026-01-01,\n"
        "b-light,basic,light,照明,,cgb,lamp,,5,workday,测试清单二,2026-01-01,\n"
        "b-lift,basic,lift,电梯,,pab,,,4,workday,测试清单三,2026-01-01,\n"
        "c-lift,basic,lift,物业电梯,owner=wuye,wuye,pab,,2,workday,测试清单四,2026-01-01,\n"
        "b-noise,basic,noise,噪声,,pab,,,,,测试清单五,2026-01-01,\n"
        "b-noise-a,basic,noise,甲社区噪声,,cgb,,110101002001,,,测试清单六,2026-01-01,\n"
        "a-river,assist,river,河道,,qsw,cgb,,10,workday,测试清单七,2026-01-01,\n"
        "r-demolish,recalled,demolish,违建查处,,qcg,cgb,,,,测试清单八,2026-01-01,\n"
        "k-neighbour,committee,neighbour,邻里纠纷,,jw1,,110101002001,10,workday,测试清单十,2026-01-01,\n"
        "b-fire,basic,fire,消防隐患,,pab,,,2,workday,测试清单十一,2026-01-01,\n";

static const char agreements_csv[] = "code,kind,places,lead,document,since,until\n"
                                     "street-1,street," G2 ";" G3 "," G2 ",共管纪要,2026-01-01,\n"
                                     "enclave-1,enclave," G4 ",linjie,飞地协议,2026-01-01,\n";

static const char things_csv[] = "code,kind,place,lat,lon,owner,keeper,warranty_until\n"
                                 "lamp-1,lamp," G1 ",39.905,116.405,lamp,lamp,\n"
                                 "lift-1,lift,110101002001001-1,,,wuye,,2026-12-31\n"
                                 "board-1,board," G1 ",39.906,116.406,,jw1,\n";

static const char staff_csv[] = "login,name,org,phone,until\n"
                                "daiban1,测试带班一,jiedao,,\n"
                                "daiban2,测试带班二,jiedao,,\n"
                                "diaodu1,测试调度一,desk,,\n"
                                "diaodu2,测试调度二,desk,,\n"
                                "zhiban1,测试值班一,desk,,\n"
                                "duban1,测试督办一,jiedao,,\n"
                                "cg1,测试城管一,cgb,,\n"
                                "cg2,测试城管二,cgb,,\n"
                                "xc1,测试巡查一,cgb-team,,\n"
                                "pa1,测试平安一,pab,,\n"
                                "wy1,测试物业一,wuye,,\n"
                                "ld1,测试路灯一,lamp,,\n"
                                "jw1,测试居委一,jw1,,\n"
                                "wg1,测试网格一,pab,,\n"
                                "wg3,测试网格三,pab,,\n"
                                "ck1,测试窗口一,desk,,\n"
                                "sj1,测试审计一,jiedao,,\n"
                                "gl1,测试管理一,jiedao,,\n";

static const char posts_csv[] = "code,title,role,org,place,holder,backup,since,until\n"
                                "leader,带班领导,leader,jiedao,110101002000,daiban1,daiban2,2026-01-01,2028-12-31\n"
                                "desk,调度岗,dispatcher,desk,110101002000,diaodu1,diaodu2,2026-01-01,2028-12-31\n"
                                "duty,值班岗,duty_officer,desk,110101002000,zhiban1,,2026-01-01,2028-12-31\n"
                                "h-desk,兜底承办岗,handler,desk,110101002000,diaodu2,,2026-01-01,2028-12-31\n"
                                "watch,督办岗,supervisor,jiedao,110101002000,duban1,,2026-01-01,2028-12-31\n"
                                "h-cgb,承办岗,handler,cgb,110101002000,cg1,cg2,2026-01-01,2028-12-31\n"
                                "h-team,巡查岗,handler,cgb-team,110101002000,xc1,,2026-01-01,2028-12-31\n"
                                "h-pab,承办岗,handler,pab,110101002000,pa1,,2026-01-01,2028-12-31\n"
                                "h-wuye,联络岗,handler,wuye,110101002000,wy1,,2026-01-01,2028-12-31\n"
                                "h-lamp,联络岗,handler,lamp,110101002000,ld1,,2026-01-01,2028-12-31\n"
                                "k-jw1,社区书记,secretary,jw1,110101002001,jw1,,2026-01-01,2028-12-31\n"
                                "g-1,网格员,grid_worker,pab," G1 ",wg1,,2026-01-01,2028-12-31\n"
                                "g-3,网格员,grid_worker,pab," G3 ",wg3,,2026-01-01,2028-12-31\n"
                                "clerk,综合窗口岗,clerk,desk,110101002000,ck1,,2026-01-01,2028-12-31\n"
                                "audit,审计岗,auditor,jiedao,110101002000,sj1,,2026-01-01,2028-12-31\n"
                                "admin,系统管理岗,admin,jiedao,110101002000,gl1,,2026-01-01,2028-12-31\n";

static const char roster_csv[] = "date,shift,leader,officer\n"
                                 "2026-01-05,all,daiban1,zhiban1\n"
                                 "2026-01-06,all,daiban2,zhiban1\n";

/* Whom a matter may be handed to; nobody holds the other half of the key. */
static const char neighbours_yaml[] = "neighbours:\n"
                                      "  - {code: \"110101003000\", name: {zh: 乙镇, en: Yi Town}, superior: \"110101000009\", key: \"OGLLGDgm+xjBGtsTefcLB7GguJfRQqj/LzhU/FAUZHM=\"}\n"
                                      "  - {code: \"110101000009\", name: {zh: 测试区诉求中心, en: District desk}, key: \"OGLLGDgm+xjBGtsTefcLB7GguJfRQqj/LzhU/FAUZHM=\"}\n";

static const struct town_file small[] = {
        { "town.yaml", town_yaml },           { "places.csv", places_csv },
        { "grids.geojson", grids_geojson },   { "orgs.csv", orgs_csv },
        { "subjects.csv", subjects_csv },     { "duties.csv", duties_csv },
        { "agreements.csv", agreements_csv }, { "things.csv", things_csv },
        { "staff.csv", staff_csv },           { "posts.csv", posts_csv },
        { "roster.csv", roster_csv },         { "neighbours.yaml", neighbours_yaml },
};

static void put(struct arena *a, struct folder *fo, const struct town_file *f)
{
        size_t at = 0;
        while (at < fo->n && !str_is(fo->row[at].name, f->name))
                at++;
        if (!f->text) {
                if (at < fo->n)
                        fo->row[at] = fo->row[--fo->n];
                return;
        }
        fo->row[at] = (struct folder_file){ .name = str_of(f->name), .bytes = str_of(f->text) };
        if (folder_file_text(a, &fo->row[at]) != OK)
                fail_msg("%s is not UTF-8", f->name);
        fo->n += at == fo->n;
}

void small_folder(struct arena *a, const struct town_file *change, struct folder *ret)
{
        *ret = (struct folder){ 0 };
        for (size_t i = 0; i < COUNT(small); i++)
                put(a, ret, &small[i]);
        for (; change && change->name; change++)
                put(a, ret, change);
        folder_seal(ret);
}

static struct day today(void)
{
        struct day d;
        if (day_parse(STR("2026-01-05"), &d) != OK)
                abort();
        return d;
}

struct town *small_town(const struct town_file *change)
{
        ARENA_AUTO a = { 0 };
        struct findings found = { .arena = &a };
        struct folder *fo = arena_new(&a, struct folder);
        struct town_load_options opt = { .today = today() };
        struct town *t = NULL;
        small_folder(&a, change, fo);
        if (town_parse(fo, &opt, &found, &t) == OK)
                town_check(t, &opt, &found);
        for (size_t i = 0; i < found.n; i++)
                if (found.row[i].severity == SEV_ERROR)
                        fail_msg(STR_FMT ":%d %s " STR_FMT, STR_ARG(found.row[i].file), found.row[i].line,
                                 found.row[i].rule, STR_ARG(found.row[i].en));
        t->version = 1;
        return t;
}

bool sample_folder(struct arena *a, struct folder *ret)
{
        struct findings found = { .arena = a };
        struct err err = { 0 };
        const char *source = getenv("LINLI_SOURCE");
        if (!source)
                return false;
        if (folder_read_dir(a, arena_printf(a, "%s/samples/town", source), &found, ret, &err) != OK || found.errors)
                fail_msg("samples/town: %s", err.en);
        return true;
}

/* ---- in the store
 * ---------------------------------------------------------------------------------------------------- */

struct storing {
        const struct folder *folder;
        int64_t version;
};

static int store_op(struct ctx *ctx, void *arg)
{
        struct storing *s = arg;
        return town_store(ctx, s->folder, false, &s->version);
}

struct town *load_town(struct store *store, struct test_ctx *c, const struct folder *fo)
{
        struct storing s = { .folder = fo };
        struct findings found = { .arena = &c->arena };
        struct town *t = NULL;
        if (town_parse(fo, &(struct town_load_options){ .today = DAY_NONE }, &found, &t) != OK)
                fail_msg("the folder gives no town");
        c->ctx.town = t->id;
        town_unref(t);
        CHECK_EQ(test_write(store, c, store_op, &s), OK);
        struct shelf *shelf = shelf_new(store);
        CHECK_EQ(shelf_town(shelf, c->ctx.town, c->ctx.now, &t, &c->err), OK);
        CHECK_EQ(t->version, s.version);
        shelf_free(shelf);
        return t;
}

struct town *load_small(struct store *store, struct test_ctx *c, const struct town_file *change)
{
        ARENA_AUTO a = { 0 };
        struct folder *fo = arena_new(&a, struct folder);
        small_folder(&a, change, fo);
        return load_town(store, c, fo);
}

/* ---- matters
 * --------------------------------------------------------------------------------------------------------- */

struct intake_in say(const char *words)
{
        return (struct intake_in){ .title = STR(""),
                                   .words = str_of(words),
                                   .subject = STR(""),
                                   .place = STR(""),
                                   .thing = STR(""),
                                   .respondent = STR(""),
                                   .source = STR("web"),
                                   .accuracy_m = -1,
                                   .anonymous = true };
}

struct intake_in say_at(const char *words, double lat, double lon)
{
        struct intake_in in = say(words);
        in.has_point = true;
        in.point = (struct point){ lat, lon };
        return in;
}

struct opening {
        const struct town *t;
        const struct intake_in *in;
        struct code code;
        int64_t id;
};

static int open_op(struct ctx *ctx, void *arg)
{
        struct opening *o = arg;
        struct intake k;
        int rc = intake_decide(ctx, o->t, o->in, &k);
        return rc == OK ? matter_open(ctx, o->t, &k, o->id, &o->code, o->in->anonymous ? MATTER_ANONYMOUS : o->id + 1)
                        : rc;
}

int64_t open_one(struct store *store, struct test_ctx *c, const struct town *t, const struct intake_in *in,
                 struct code *ret_code)
{
        struct opening o = {
                .t = t, .in = in, .id = id_next(&c->ids, c->ctx.now), .code = code_new(c->ctx.now, c->ctx.chance)
        };
        int rc = test_write(store, c, open_op, &o);
        if (rc != OK)
                fail_msg("not opened: %d %s %s", rc, c->err.field, c->err.en);
        if (ret_code)
                *ret_code = o.code;
        return o.id;
}

struct opening_many {
        const struct town *t;
        const struct intake_in *in;
        size_t kinds, n;
        int64_t *ids;
        struct id_gen *ids_of;
};

static int open_many_op(struct ctx *ctx, void *arg)
{
        struct opening_many *o = arg;
        int rc = OK;
        for (size_t i = 0; i < o->n && rc == OK; i++) {
                struct code code = code_new(ctx->now, ctx->chance);
                struct intake k;
                o->ids[i] = id_next(o->ids_of, ctx->now);
                rc = intake_decide(ctx, o->t, &o->in[i % o->kinds], &k);
                if (rc == OK)
                        rc = matter_open(ctx, o->t, &k, o->ids[i], &code, MATTER_ANONYMOUS);
        }
        return rc;
}

void open_many(struct store *store, struct test_ctx *c, const struct town *t, const struct intake_in *in, size_t kinds,
               size_t n, int64_t *ret_ids)
{
        struct opening_many o = { t, in, kinds, n, ret_ids, &c->ids };
        CHECK_EQ(test_write(store, c, open_many_op, &o), OK);
}

struct doing {
        const struct town *t;
        struct matter_action a;
        struct matter after;
};

static uint64_t rights_over(struct ctx *ctx, const struct town *t, const struct matter *m)
{
        struct scope_object object;
        struct scopes scopes;
        uint64_t rights = 0;
        matter_scope(t, m, &object);
        scopes_of(ctx->arena, &t->posts, ctx->actor.name, instant_day(ctx->now), &scopes);
        for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                if (scope_allows(&scopes, ctx->actor.name, r, &object))
                        rights |= right_bit(r);
        return rights;
}

static int act_op(struct ctx *ctx, void *arg)
{
        struct doing *d = arg;
        struct matter m;
        struct scopes scopes = { 0 };
        int rc = matter_get(ctx, d->a.id, &m);
        if (rc == OK && ctx->actor.kind == ACTOR_STAFF) {
                d->a.rights = rights_over(ctx, d->t, &m);
                scopes_of(ctx->arena, &d->t->posts, ctx->actor.name, instant_day(ctx->now), &scopes);
                d->a.scopes = &scopes;
                d->a.login = ctx->actor.name;
        }
        return rc == OK ? matter_act(ctx, d->t, &d->a, &d->after) : rc;
}

static struct actor actor_named(const char *who)
{
        if (strcmp(who, "reporter") == 0)
                return (struct actor){ ACTOR_REPORTER, STR("") };
        if (strcmp(who, "system") == 0)
                return (struct actor){ ACTOR_SYSTEM, STR("") };
        if (strcmp(who, "town") == 0)
                return (struct actor){ ACTOR_TOWN, STR("110101003000") };
        return (struct actor){ ACTOR_STAFF, str_of(who) };
}

int act_seen(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, int32_t rev, const char *who,
             const char *action, const char *form, struct matter *ret)
{
        struct form_value value[PROCEDURE_FIELDS_MAX];
        struct doing d = { .t = t, .a = { .id = id, .rev = rev, .action = str_of(action), .form = value } };
        struct actor was = c->ctx.actor;
        struct str rest = str_of(form), pair;
        while (str_split(&rest, '|', &pair)) {
                ptrdiff_t eq = str_find(pair, STR("="));
                value[d.a.n_form++] =
                        (struct form_value){ { pair.p, (size_t)eq }, { pair.p + eq + 1, pair.n - (size_t)eq - 1 } };
        }
        c->ctx.actor = actor_named(who);
        c->err = (struct err){ 0 };
        int rc = test_write(store, c, act_op, &d);
        c->ctx.actor = was;
        if (rc == OK && ret)
                *ret = d.after;
        return rc;
}

int act_as(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const char *who, const char *action,
           const char *form, struct matter *ret)
{
        return act_seen(store, c, t, id, 0, who, action, form, ret);
}

struct getting {
        int64_t id;
        struct matter m;
};

static int get_op(struct ctx *ctx, void *arg)
{
        struct getting *g = arg;
        return matter_get(ctx, g->id, &g->m);
}

struct matter get_one(struct store *store, struct test_ctx *c, int64_t id)
{
        struct getting g = { .id = id };
        CHECK_EQ(test_read(store, c, get_op, &g), OK);
        return g.m;
}

void set_now(struct test_ctx *c, const char *instant)
{
        if (instant_parse(str_of(instant), &c->ctx.now) != OK)
                fail_msg("%s is no instant", instant);
}

void play(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const struct line *line,
                 size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct matter before = get_one(store, c, id), after;
                if (line[i].at[0])
                        set_now(c, line[i].at);
                int rc = act_as(store, c, t, id, line[i].who, line[i].action, line[i].form, &after);
                if (rc != line[i].code)
                        fail_msg("%s %s %s: got %d (%s: %s), want %d", line[i].who, line[i].action, line[i].form, rc,
                                 c->err.field, c->err.en, line[i].code);
                if (rc != OK) {
                        CHECK_STR(str_of(c->err.field), line[i].then[0] ? line[i].then : "action");
                        CHECK(c->err.zh[0] && c->err.en[0]);
                        after = get_one(store, c, id);
                        CHECK_EQ(after.rev, before.rev); /* a refusal changes nothing */
                        CHECK_EQ(after.n, before.n);
                        continue;
                }
                CHECK_STR(after.state, line[i].then);
                CHECK_EQ(after.rev, before.rev + 1);
                CHECK_EQ(after.n, before.n + 1);
        }
}
