/* api/standing_api.c — problems that come back: owner, plan, and whether reports fall. */
#include "api/matter_view.h"
#include "api/routes.h"
#include "api/standing.h"

static struct str last_of(struct str path)
{
        size_t at = path.n;
        while (at > 0 && path.p[at - 1] != '/')
                at--;
        return (struct str){ path.p + at, path.n - at };
}

static const struct member counts_members[] = {
        { .name = "before", .type = FIELD_INT },
        { .name = "months_before", .type = FIELD_INT },
        { .name = "since", .type = FIELD_INT },
        { .name = "months_since", .type = FIELD_INT },
        { .name = "last_month", .type = FIELD_INT },
        { 0 },
};
static const struct shape counts_shape = { "StandingCounts", counts_members, NULL };

static const struct member measure_members[] = {
        { .name = "verdict", .type = FIELD_ENUM, .choices = standing_verdict_names },
        { .name = "goal_met", .type = FIELD_BOOL },
        { .name = "overdue", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape measure_shape = { "StandingMeasure", measure_members, &counts_shape };

static const struct member standing_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "place", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "post", .type = FIELD_STR },
        { .name = "plan", .type = FIELD_STR },
        { .name = "goal", .type = FIELD_INT, .help = { "目标：每月几件", "Goal: reports a month" } },
        { .name = "since", .type = FIELD_DAY },
        { .name = "due", .type = FIELD_DAY },
        { .name = "opened_by", .type = FIELD_STR },
        { .name = "opened", .type = FIELD_INSTANT },
        { .name = "ended", .type = FIELD_INSTANT, .null = true },
        { .name = "outcome", .type = FIELD_STR },
        { .name = "measure", .type = FIELD_OBJECT, .of = &measure_shape, .maybe = true },
        { 0 },
};
static const struct shape standing_shape = { "Standing", standing_members, NULL };

static const struct member comes_back_members[] = {
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "reports", .type = FIELD_INT },
        { 0 },
};
static const struct shape comes_back_shape = { NULL, comes_back_members, NULL };

static const struct member standings_members[] = {
        { .name = "items", .type = FIELD_LIST, .of = &standing_shape },
        { .name = "comes_back", .type = FIELD_LIST, .of = &comes_back_shape, .help = { "反复出现、可以立项的", "What comes back and might become one" } },
        { 0 },
};
static const struct shape standings_shape = { "Standings", standings_members, NULL };

static const struct member standing_step_members[] = {
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "by", .type = FIELD_STR },
        { .name = "kind", .type = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "post", .type = FIELD_STR },
        { .name = "goal", .type = FIELD_INT },
        { .name = "due", .type = FIELD_DAY, .null = true },
        { .name = "counted", .type = FIELD_OBJECT, .of = &counts_shape, .maybe = true },
        { 0 },
};
static const struct shape standing_step_shape = { NULL, standing_step_members, NULL };

static const struct member standing_story_members[] = {
        { .name = "standing", .type = FIELD_OBJECT, .of = &standing_shape },
        { .name = "story", .type = FIELD_LIST, .of = &standing_step_shape },
        { 0 },
};
static const struct shape standing_story_shape = { "StandingStory", standing_story_members, NULL };

static void counts(struct json *j, const struct standing_count *c)
{
        json_kint(j, "before", c->before);
        json_kint(j, "months_before", c->months_before);
        json_kint(j, "since", c->since);
        json_kint(j, "months_since", c->months_since);
        json_kint(j, "last_month", c->last);
}

static void count_of(struct json *j, const char *key, const struct standing_count *c)
{
        json_key(j, key);
        json_open(j);
        counts(j, c);
        json_close(j);
}

static void view(struct json *j, const struct town *t, const struct standing *s, const struct standing_measure *m)
{
        json_open(j);
        json_kid(j, "id", s->id);
        json_kint(j, "rev", s->rev);
        view_subject(j, "subject", t, s->subject);
        view_place(j, "place", t, last_of(s->path));
        view_org(j, "unit", t, s->unit);
        json_kstr(j, "post", s->post);
        json_kstr(j, "plan", s->plan);
        json_kint(j, "goal", s->goal);
        json_kday(j, "since", s->since);
        json_kday(j, "due", s->due);
        json_kstr(j, "opened_by", s->opener);
        json_kinstant(j, "opened", s->opened);
        json_kinstant(j, "ended", s->ended);
        json_kstr(j, "outcome", s->outcome);
        if (m) {
                json_key(j, "measure");
                json_open(j);
                json_kc(j, "verdict", standing_verdict_names[m->verdict]);
                counts(j, &m->count);
                json_kbool(j, "goal_met", m->goal_met);
                json_kbool(j, "overdue", m->overdue);
                json_close(j);
        }
        json_close(j);
}

void standing_view_all(struct json *j, const struct town *t, const struct standings *all, const struct standing_figures *f)
{
        json_open(j);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < all->n; i++)
                view(j, t, &all->row[i], &f->of[i]);
        json_end(j);
        json_key(j, "comes_back");
        json_list(j);
        for (size_t i = 0; i < f->n_again; i++) {
                json_open(j);
                view_subject(j, "subject", t, f->again[i].subject);
                view_place(j, "grid", t, f->again[i].grid);
                json_kint(j, "reports", f->again[i].reports);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

static void view_step(struct json *j, const struct town *t, const struct standing_step *s)
{
        json_open(j);
        json_kinstant(j, "at", s->at);
        json_kstr(j, "by", s->by);
        json_kstr(j, "kind", s->kind);
        view_org(j, "unit", t, s->unit);
        json_kstr(j, "post", s->post);
        json_kint(j, "goal", s->goal);
        json_kday(j, "due", s->due);
        if (s->counted)
                count_of(j, "counted", &s->count);
        json_close(j);
}

static int list(struct request *req)
{
        const struct town *t;
        struct standings all;
        struct standing_figures f;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = standing_list(&req->ctx, &all);
        if (rc == OK)
                rc = insight_standing(&req->ctx, t, &all, &f);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        standing_view_all(&j, t, &all, &f);
        return OK;
}

/* ---- opening, changing, ending ---------------------------------------------------------------------------------------------- */

enum { NEW_SUBJECT, NEW_PLACE, NEW_UNIT, NEW_POST, NEW_PLAN, NEW_GOAL, NEW_SINCE, NEW_DUE, NEW_FIELDS };
static const struct field new_body[] = {
        [NEW_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .required = true, .help = { "事项类别，含其下各类", "The subject, with those below it" } },
        [NEW_PLACE] = { .name = "place", .type = FIELD_CODE, .help = { "地点，默认整个乡镇（街道）", "The place, the whole town by default" } },
        [NEW_UNIT] = { .name = "unit", .type = FIELD_CODE, .required = true, .help = { "谁来治理", "The unit that owns it" } },
        [NEW_POST] = { .name = "post", .type = FIELD_CODE, .help = { "具体岗位", "The post" } },
        [NEW_PLAN] = { .name = "plan", .type = FIELD_TEXT, .required = true, .min = 5, .max = STANDING_TEXT_MAX, .help = { "怎么治理", "The plan" } },
        [NEW_GOAL] = { .name = "goal", .type = FIELD_INT, .required = true, .min = 0, .max = STANDING_GOAL_MAX, .help = { "目标：每月至多几件", "The goal: reports a month at most" } },
        [NEW_SINCE] = { .name = "since", .type = FIELD_DAY, .help = { "从哪天起治理，默认今天", "When the plan begins, today by default" } },
        [NEW_DUE] = { .name = "due", .type = FIELD_DAY, .required = true, .help = { "到哪天应达到目标", "By when the goal is to be reached" } },
        [NEW_FIELDS] = { 0 },
};
enum { SET_UNIT, SET_POST, SET_PLAN, SET_GOAL, SET_DUE, SET_FIELDS };
static const struct field set_body[] = {
        [SET_UNIT] = { .name = "unit", .type = FIELD_CODE, .help = { "换谁来治理", "Another owner" } },
        [SET_POST] = { .name = "post", .type = FIELD_CODE, .help = { "换岗位", "Another post" } },
        [SET_PLAN] = { .name = "plan", .type = FIELD_TEXT, .min = 5, .max = STANDING_TEXT_MAX, .help = { "改后的做法", "The plan as it is now" } },
        [SET_GOAL] = { .name = "goal", .type = FIELD_INT, .min = 0, .max = STANDING_GOAL_MAX, .help = { "改后的目标", "The goal as it is now" } },
        [SET_DUE] = { .name = "due", .type = FIELD_DAY, .help = { "改后的日期", "Another day" } },
        [SET_FIELDS] = { 0 },
};
enum { END_OUTCOME, END_FIELDS };
static const struct field end_body[] = {
        [END_OUTCOME] = { .name = "outcome", .type = FIELD_TEXT, .required = true, .min = 5, .max = STANDING_TEXT_MAX, .help = { "结果怎样，为什么结束", "What came of it, and why it ends" } },
        [END_FIELDS] = { 0 },
};

enum doing { OPEN, CHANGE, END };
struct owning {
        struct request *req;
        const struct town *t;
        enum doing what;
        struct standing s;
        struct standing_measure measure; /* the end: what was counted */
        int64_t id;
        int32_t rev;
};

static int within_reach(struct ctx *ctx, const struct owning *o, struct str path)
{
        struct scope_object object;
        const struct org *unit = org_find(&o->t->orgs, o->s.unit);
        matter_item_scope(o->t, path, unit ? unit->path : STR(""), STR(""), STR(""), STR(""), &object);
        if (house_rights_over(o->req, &object) & right_bit(RIGHT_MATTER_DISPATCH))
                return OK;
        return err_set(ctx->err, ERR_RIGHT, "place", "这个地点不归您调度", "This place is not yours to dispatch for");
}

static int change(struct ctx *ctx, struct owning *o)
{
        const struct values *b = &o->req->body;
        struct standing_change c = { .rev = o->rev, .unit = value_given(b, SET_UNIT) ? value_str(b, SET_UNIT) : STR(""),
                                     .post = value_given(b, SET_POST) ? value_str(b, SET_POST) : STR(""),
                                     .plan = value_given(b, SET_PLAN) ? value_str(b, SET_PLAN) : STR(""), .goal = (int32_t)value_int(b, SET_GOAL, -1),
                                     .due = value_given(b, SET_DUE) ? value_day(b, SET_DUE) : DAY_NONE };
        return standing_change(ctx, o->t, o->id, &c, &o->s);
}

static int measure_of(struct ctx *ctx, const struct town *t, struct standing *s, struct standing_measure *ret)
{
        struct standings one = { s, 1 };
        struct standing_figures f;
        int rc = insight_standing(ctx, t, &one, &f);
        if (rc == OK)
                *ret = f.of[0];
        return rc;
}

/* Nobody ends it without what was counted beside it. */
static int end(struct ctx *ctx, struct owning *o)
{
        int rc = measure_of(ctx, o->t, &o->s, &o->measure);
        return rc == OK ? standing_end(ctx, o->id, o->rev, value_str(&o->req->body, END_OUTCOME), &o->measure.count, &o->s) : rc;
}

static int own_run(struct tx *tx, struct command *self)
{
        struct owning *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        int rc = o->what == OPEN ? OK : standing_get(&ctx, o->id, &o->s);
        if (rc == OK)
                rc = within_reach(&ctx, o, o->s.path);
        if (rc != OK)
                return rc;
        if (o->what == OPEN)
                return standing_open(&ctx, o->t, &o->s, o->id);
        return o->what == CHANGE ? change(&ctx, o) : end(&ctx, o);
}

static int own_finish(struct request *req, int rc)
{
        struct owning *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, o->what == OPEN ? 201 : 0);
        view(&j, o->t, &o->s, o->what == END ? &o->measure : NULL);
        request_etag(req, o->s.rev);
        house_wake(req);
        return OK;
}

static int own(struct request *req, enum doing what, struct owning **ret)
{
        int64_t rev = -1;
        struct owning *o = arena_new(req->ctx.arena, struct owning);
        o->req = req;
        o->what = what;
        int rc = house_town(req, &o->t);
        if (rc == OK)
                rc = request_if_match(req, &rev);
        o->rev = rev < 0 ? 0 : rev > 0 && rev < INT32_MAX ? (int32_t)rev : INT32_MAX;
        o->id = what == OPEN ? id_next(req->ctx.ids, req->ctx.now) : request_param(req, "id")->id;
        req->state = o;
        req->finish = own_finish;
        *ret = o;
        return rc;
}

static int open_one(struct request *req)
{
        const struct values *b = &req->body;
        struct owning *o;
        int rc = own(req, OPEN, &o);
        if (rc != OK)
                return rc;
        const struct place *p = value_given(b, NEW_PLACE) ? place_find(&o->t->places, value_str(b, NEW_PLACE)) : NULL;
        if (value_given(b, NEW_PLACE) && !p)
                return err_set(&req->err, ERR_UNKNOWN, "place", "没有这个地点", "There is no such place");
        o->s = (struct standing){ .subject = value_str(b, NEW_SUBJECT), .path = p ? p->path : o->t->path, .unit = value_str(b, NEW_UNIT),
                                  .post = value_given(b, NEW_POST) ? value_str(b, NEW_POST) : STR(""), .plan = value_str(b, NEW_PLAN), .outcome = STR(""),
                                  .goal = (int32_t)value_int(b, NEW_GOAL, 0),
                                  .since = value_given(b, NEW_SINCE) ? value_day(b, NEW_SINCE) : instant_day(req->ctx.now),
                                  .due = value_day(b, NEW_DUE) };
        return request_submit(req, own_run, o);
}

static int change_one(struct request *req)
{
        struct owning *o;
        int rc = own(req, CHANGE, &o);
        return rc == OK ? request_submit(req, own_run, o) : rc;
}

static int end_one(struct request *req)
{
        struct owning *o;
        int rc = own(req, END, &o);
        return rc == OK ? request_submit(req, own_run, o) : rc;
}

static int get_one(struct request *req)
{
        const struct town *t;
        struct standing s;
        struct standing_measure m;
        struct standing_steps story;
        struct tx *tx;
        int rc = house_town(req, &t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = standing_get(&req->ctx, request_param(req, "id")->id, &s);
        if (rc == OK)
                rc = measure_of(&req->ctx, t, &s, &m);
        if (rc == OK)
                rc = standing_story(&req->ctx, s.id, &story);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "standing");
        view(&j, t, &s, &m);
        json_key(&j, "story");
        json_list(&j);
        for (size_t i = 0; i < story.n; i++)
                view_step(&j, t, &story.row[i]);
        json_end(&j);
        json_close(&j);
        request_etag(req, s.rev);
        return OK;
}

static const struct route standing_routes[] = {
        { .name = "standing.get", .method = HTTP_GET, .path = "/api/standing/{id}", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = get_one, .answer = &standing_story_shape,
          .help = { "一项专项治理：治理前后来件，和每次改动由谁作出", "One standing problem: reports before and since, and who changed what" } },
        { .name = "standing.list", .method = HTTP_GET, .path = "/api/standing", .may = RIGHT_REPORT_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = list, .answer = &standings_shape,
          .help = { "专项治理：谁负责、怎么办、来件是否减少；以及反复出现、可以考虑立项的", "Standing problems: owner, plan, and whether reports fall; and what comes back and might become one" } },
        { .name = "standing.open", .method = HTTP_POST, .path = "/api/standing", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = new_body, .status = 201, .run = open_one, .answer = &standing_shape, .help = { "立项：某类事项在某地反复出现", "A subject comes back at a place: give it an owner, a plan and a goal" } },
        { .name = "standing.change", .method = HTTP_POST, .path = "/api/standing/{id}", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = set_body, .run = change_one, .answer = &standing_shape, .help = { "换人、改做法或目标", "Another owner, plan or goal" } },
        { .name = "standing.end", .method = HTTP_POST, .path = "/api/standing/{id}/end", .may = RIGHT_MATTER_DISPATCH, .scope = SCOPE_TOWN, .run_on = RUN_WRITE,
          .rate = RATE_WRITE, .body = end_body, .run = end_one, .answer = &standing_shape, .help = { "结束，写明结果", "End it, saying what came of it" } },
};
const struct route_table standing_route_table = ROUTES(standing_routes);
