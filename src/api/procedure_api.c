/* api/procedure_api.c — procedures as graphs: states, actions, clocks, for whoever draws them. */
#include "api/house.h"
#include "api/routes.h"

static const struct member procedure_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "version", .type = FIELD_INT },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "source", .type = FIELD_STR },
        { .name = "own", .type = FIELD_BOOL, .help = { "本乡镇自己的；否则是产品自带的", "The town's own; else the product's" } },
        { 0 },
};
static const struct shape procedure_item_shape = { "ProcedureItem", procedure_members, NULL };

static const struct member state_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "public", .type = FIELD_OBJECT, .of = &say_shape, .help = { "诉求人看到的说法", "What the reporter reads" } },
        { .name = "final", .type = FIELD_BOOL },
        { .name = "watch", .type = FIELD_STR, .null = true, .help = { "看着这个状态的时钟", "The clock that watches it" } },
        { 0 },
};
static const struct shape state_shape = { "ProcedureState", state_members, NULL };

static const struct member row_members[] = {
        { .name = "to", .type = FIELD_STR, .null = true, .help = { "空为留在原状态", "null: it stays where it is" } },
        { .name = "when", .type = FIELD_LIST, .of = &say_shape, .help = { "都成立时", "When all of this holds" } },
        { 0 },
};
static const struct shape row_shape = { NULL, row_members, NULL };
static const struct member graph_action_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "by", .type = FIELD_LIST, .item = FIELD_STR, .help = { "谁：anybody、reporter、system、town 或权限名", "Who: anybody, reporter, system, town, or names of rights" } },
        { .name = "opens", .type = FIELD_BOOL },
        { .name = "reopens", .type = FIELD_BOOL },
        { .name = "from", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "when", .type = FIELD_LIST, .of = &say_shape },
        { .name = "to", .type = FIELD_LIST, .of = &row_shape, .help = { "第一条成立的决定去向", "The first that holds decides" } },
        { .name = "fields", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "starts", .type = FIELD_LIST, .item = FIELD_STR, .help = { "起动的时钟", "Clocks that it starts" } },
        { .name = "stops", .type = FIELD_LIST, .item = FIELD_STR },
        { 0 },
};
static const struct shape graph_action_shape = { "ProcedureAction", graph_action_members, NULL };

static const struct member clock_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "kind", .type = FIELD_STR },
        { .name = "limit", .type = FIELD_STR },
        { .name = "length", .type = FIELD_INT, .null = true },
        { .name = "unit", .type = FIELD_STR, .null = true },
        { .name = "source", .type = FIELD_STR },
        { .name = "then", .type = FIELD_STR, .null = true, .help = { "到期后系统自动做的", "What the system does when it has run out" } },
        { 0 },
};
static const struct shape clock_shape = { "ProcedureClock", clock_members, NULL };

static const struct member graph_members[] = {
        { .name = "states", .type = FIELD_LIST, .of = &state_shape },
        { .name = "actions", .type = FIELD_LIST, .of = &graph_action_shape },
        { .name = "clocks", .type = FIELD_LIST, .of = &clock_shape },
        { 0 },
};
static const struct shape graph_shape = { "Procedure", graph_members, &procedure_item_shape };

/* ---- writing it -------------------------------------------------------------------------------------------------------------- */

static void head_of(struct json *j, const struct town *t, const struct procedure *p)
{
        json_kstr(j, "code", p->code);
        json_kint(j, "version", p->version);
        view_say(j, "name", p->name);
        json_kstr(j, "source", p->source);
        json_kbool(j, "own", !t->absent.request || !str_is(p->code, "request"));
}

static void state_of(struct json *j, const struct procedure *p, const struct procedure_state *s)
{
        json_open(j);
        json_kstr(j, "code", s->code);
        view_say(j, "name", s->name);
        view_say(j, "public", s->public_word);
        json_kbool(j, "final", s->final);
        json_key(j, "watch");
        if (s->watch >= 0)
                json_str(j, p->clock[s->watch].code);
        else
                json_null(j);
        json_close(j);
}

static void said(struct json *j, struct str zh, struct str en)
{
        json_open(j);
        json_kstr(j, "zh", zh);
        json_kstr(j, "en", en);
        json_close(j);
}

/* "the place is known", or the choices of a field that the form has. */
static void term_of(struct json *j, const struct procedure_action *a, const struct procedure_term *term)
{
        BUF_AUTO zh = BUF(4096);
        BUF_AUTO en = BUF(4096);
        if (term->field < 0) {
                const struct procedure_fact_word *w = &procedure_facts[term->fact];
                struct say s = term->any == 3 ? (struct say){ "", "" } : term->any & 2 ? w->yes : w->no;
                said(j, str_of(s.zh), str_of(s.en));
                return;
        }
        const struct procedure_field *f = &a->field[term->field];
        buf_printf(&zh, "%s：", f->label.zh);
        buf_printf(&en, "%s: ", f->label.en);
        bool first = true;
        for (unsigned i = 0; i < 32; i++) {
                if (!(term->any >> i & 1) || (f->type == FORM_CHOICE && i >= f->n_choices) || (f->type != FORM_CHOICE && i > 1))
                        continue;
                struct say s = f->type == FORM_CHOICE ? f->choice[i].name : i ? (struct say){ "是", "yes" } : (struct say){ "否", "no" };
                buf_printf(&zh, "%s%s", first ? "" : "、", s.zh);
                buf_printf(&en, "%s%s", first ? "" : ", ", s.en);
                first = false;
        }
        said(j, buf_view(&zh), buf_view(&en));
}

static void when_of(struct json *j, const struct procedure_action *a, const struct procedure_when *w)
{
        json_key(j, "when");
        json_list(j);
        for (size_t i = 0; i < w->n; i++)
                term_of(j, a, &w->term[i]);
        json_end(j);
}

static void who_of(struct json *j, const struct procedure_action *a)
{
        json_key(j, "by");
        json_list(j);
        if (a->anybody)
                json_c(j, "anybody");
        if (a->reporter)
                json_c(j, "reporter");
        if (a->system)
                json_c(j, "system");
        if (a->town)
                json_c(j, "town");
        for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                if (a->rights & right_bit(r))
                        json_c(j, right_name(r));
        json_end(j);
}

static void clocks_set(struct json *j, const char *key, const struct procedure *p, const struct procedure_action *a, enum effect_kind kind)
{
        uint32_t set = 0;
        for (size_t i = 0; i < a->effects.n; i++)
                if (a->effects.row[i].kind == kind)
                        set |= a->effects.row[i].set;
        json_key(j, key);
        json_list(j);
        for (size_t i = 0; i < p->n_clocks; i++)
                if (set >> i & 1)
                        json_str(j, p->clock[i].code);
        json_end(j);
}

static void action_of(struct json *j, const struct procedure *p, const struct procedure_action *a)
{
        json_open(j);
        json_kstr(j, "code", a->code);
        view_say(j, "name", a->name);
        who_of(j, a);
        json_kbool(j, "opens", a->opens);
        json_kbool(j, "reopens", a->reopens);
        json_key(j, "from");
        json_list(j);
        for (size_t i = 0; i < p->n_states; i++)
                if (a->from >> i & 1)
                        json_str(j, p->state[i].code);
        json_end(j);
        when_of(j, a, &a->when);
        json_key(j, "to");
        json_list(j);
        for (size_t i = 0; i < a->n_rows; i++) {
                json_open(j);
                json_key(j, "to");
                if (a->row[i].to == STATE_SAME)
                        json_null(j);
                else
                        json_str(j, p->state[a->row[i].to].code);
                when_of(j, a, &a->row[i].when);
                json_close(j);
        }
        json_end(j);
        json_key(j, "fields");
        json_list(j);
        for (size_t i = 0; i < a->n_fields; i++)
                json_str(j, a->field[i].name);
        json_end(j);
        clocks_set(j, "starts", p, a, EFFECT_START);
        clocks_set(j, "stops", p, a, EFFECT_STOP);
        json_close(j);
}

static void clock_of(struct json *j, const struct town *t, const struct procedure *p, const struct procedure_clock *c)
{
        const struct town_limit *l = town_limit(t, c->limit);
        json_open(j);
        json_kstr(j, "code", c->code);
        view_say(j, "name", c->name);
        json_kc(j, "kind", clock_kind_words[c->kind]);
        json_kstr(j, "limit", c->limit);
        json_key(j, "length");
        if (l)
                json_int(j, l->limit);
        else
                json_null(j);
        json_kc(j, "unit", l ? due_unit_name(l->unit) : NULL);
        json_kstr(j, "source", l && l->source.n ? l->source : c->source);
        json_key(j, "then");
        if (c->then >= 0)
                json_str(j, p->action[c->then].code);
        else
                json_null(j);
        json_close(j);
}

/* ---- routes -------------------------------------------------------------------------------------------------------------------- */

static int list(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < t->n_procedures; i++) {
                json_open(&j);
                head_of(&j, t, t->procedures[i]);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        return OK;
}

static int get(struct request *req)
{
        const struct town *t;
        const struct procedure *p = NULL;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < t->n_procedures; i++)
                if (str_eq(t->procedures[i]->code, request_param(req, "code")->text))
                        p = t->procedures[i];
        if (!p)
                return err_set(&req->err, ERR_NONE, "code", "没有这个流程", "There is no such procedure");
        struct json j = request_json(req, 0);
        json_open(&j);
        head_of(&j, t, p);
        json_key(&j, "states");
        json_list(&j);
        for (size_t i = 0; i < p->n_states; i++)
                state_of(&j, p, &p->state[i]);
        json_end(&j);
        json_key(&j, "actions");
        json_list(&j);
        for (size_t i = 0; i < p->n_actions; i++)
                action_of(&j, p, &p->action[i]);
        json_end(&j);
        json_key(&j, "clocks");
        json_list(&j);
        for (size_t i = 0; i < p->n_clocks; i++)
                clock_of(&j, t, p, &p->clock[i]);
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

static const struct route procedure_routes[] = {
        { .name = "procedure.list", .method = HTTP_GET, .path = "/api/procedures", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .answer = &procedure_item_shape, .answer_form = ANSWER_ITEMS, .run = list, .help = { "在用的流程", "The procedures in use" } },
        { .name = "procedure.get", .method = HTTP_GET, .path = "/api/procedures/{code}", .may = RIGHT_TOWN_READ, .scope = SCOPE_TOWN, .run_on = RUN_READ,
          .cached = true, .answer = &graph_shape, .run = get, .help = { "一个流程：状态、动作、时钟", "One procedure: states, actions, clocks" } },
};
const struct route_table procedure_route_table = ROUTES(procedure_routes);
