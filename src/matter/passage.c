#include "matter/inner/passage.h"
#include <json-c/json.h>
#include "matter/inner/verify.h"
#include "matter/inner/write.h"
#include "matter/matter_sql.h"
#include "matter/passage_sql.h"

bool town_listed(struct str list, struct str code)
{
        struct str one;
        while (str_split(&list, ';', &one))
                if (one.n && str_eq(one, code))
                        return true;
        return false;
}

static struct str listed_too(struct arena *a, struct str list, struct str code)
{
        if (town_listed(list, code))
                return list;
        return list.n ? str_printf(a, STR_FMT ";" STR_FMT, STR_ARG(list), STR_ARG(code)) : code;
}

static size_t list_count(struct str list)
{
        size_t n = 0;
        struct str one;
        while (str_split(&list, ';', &one))
                n += one.n > 0;
        return n;
}

/* ---- the row ------------------------------------------------------------------------------------------------------ */

int matter_passage_get(struct ctx *ctx, int64_t id, struct matter_passage *ret)
{
        struct sql_matter_passage_get_row r;
        int rc = sql_matter_passage_get(ctx->tx, ctx->arena, &(struct sql_matter_passage_get_in){ ctx->town, id }, &r);
        *ret = (struct matter_passage){ .to = STR(""), .tried = STR(""), .route = STR("") };
        if (rc == OK)
                *ret = (struct matter_passage){ r.underway, r.to_town, r.tried, r.route, r.times };
        return rc == ERR_NONE ? OK : rc;
}

int passage_save(struct ctx *ctx, int64_t matter, const struct matter_passage *p)
{
        return sql_matter_passage_put(ctx->tx,
                                      &(struct sql_matter_passage_put_in){ ctx->town, matter, p->underway, p->to, p->tried, p->route, p->times }, NULL);
}

int matter_underway(struct ctx *ctx, int64_t after, int max, int64_t **ret_ids, size_t *ret_n)
{
        struct sql_matter_underway_rows rows;
        int rc = sql_matter_underway(ctx->tx, ctx->arena, &(struct sql_matter_underway_in){ ctx->town, after, max }, &rows);
        if (rc != OK)
                return rc;
        *ret_ids = arena_array(ctx->arena, int64_t, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++)
                (*ret_ids)[i] = rows.row[i].matter;
        return OK;
}

int matter_code_hash(struct ctx *ctx, int64_t id, unsigned char ret[CODE_HASH_BYTES])
{
        struct sql_matter_code_hash_row r;
        int rc = sql_matter_code_hash(ctx->tx, ctx->arena, &(struct sql_matter_code_hash_in){ ctx->town, id }, &r);
        if (rc == OK && r.code.n != CODE_HASH_BYTES)
                return ERR_SCHEMA;
        if (rc == OK)
                memcpy(ret, r.code.p, CODE_HASH_BYTES);
        return rc;
}

int matter_by_hash(struct ctx *ctx, const unsigned char code[CODE_HASH_BYTES], struct matter *ret)
{
        struct sql_matter_by_code_row row;
        struct sql_matter_by_code_in in = { .town = ctx->town, .code = { (const char *)code, CODE_HASH_BYTES } };
        int rc = sql_matter_by_code(ctx->tx, ctx->arena, &in, &row);
        return rc == OK ? matter_get(ctx, row.id, ret) : rc;
}

/* ---- steps -------------------------------------------------------------------------------------------------------- */

static int judge_town(struct ctx *ctx, const struct town *t, const struct matter_passage *p, struct str town)
{
        const struct neighbour *to = neighbour_find(&t->neighbours, town);
        if (!to)
                return err_set(ctx->err, ERR_UNKNOWN, "town", "neighbours.yaml 里没有这个地方：%.12s", "There is no such town in neighbours.yaml: %.12s",
                               str_c(ctx->arena, town));
        if (town_listed(p->route, town))
                return err_set(ctx->err, ERR_RULE, "town", "它就是从那里移交来的，不能再移交回去，可请共同上级裁定",
                               "It came through that town and does not go back: the common superior rules");
        if (town_listed(p->tried, town))
                return err_set(ctx->err, ERR_RULE, "town", "已经移交过那里，不再来回移交", "That town was asked before: nothing goes to and fro");
        if (list_count(p->route) + list_count(p->tried) >= PASSAGE_TOWNS_MAX)
                return err_set(ctx->err, ERR_RULE, "town", "移交次数已达上限，请自行办理或报共同上级", "It was handed over as often as it may be");
        return OK;
}

int passage_judge(struct ctx *ctx, const struct town *t, const struct matter *m, uint64_t records, struct str town, struct passing *ret)
{
        struct matter_passage *p = &ret->now;
        if (!(records & PASSAGE_RECORDS))
                return OK;
        int rc = matter_passage_get(ctx, m->id, p);
        if (rc == OK && (records & RECORD_BIT(RECORD_HANDOVER)))
                rc = judge_town(ctx, t, p, town);
        if (rc != OK)
                return rc;
        ret->changed = true;
        if (records & (RECORD_BIT(RECORD_HANDOVER) | RECORD_BIT(RECORD_PASSED_ON))) {
                p->underway = true;
                p->to = str_dup(ctx->arena, town);
                p->tried = listed_too(ctx->arena, p->tried, p->to);
                p->times += (records & RECORD_BIT(RECORD_HANDOVER)) != 0;
        } else {
                p->underway = false;
                if (records & RECORD_BIT(RECORD_HANDED_BACK))
                        p->to = STR("");
        }
        return OK;
}

void passage_body(struct json *j, const struct matter_passage *p)
{
        json_key(j, "passage");
        json_open(j);
        json_kbool(j, "underway", p->underway);
        json_kstr(j, "to", p->to);
        json_kstr(j, "tried", p->tried);
        json_kstr(j, "route", p->route);
        json_kint(j, "times", p->times);
        json_close(j);
}

/* ---- coming in ---------------------------------------------------------------------------------------------------- */

/* The limit and the days are theirs; where the limit is to be found is said by our own clock, which was started beside it. */
void passage_clocks(const struct procedure *p, struct str theirs, struct clock_set *set)
{
        struct clock_set other;
        if (clock_set_parse(theirs, &other) != OK)
                return;
        for (size_t i = 0; i < other.n; i++) {
                struct clock c = other.row[i];
                int at = procedure_clock_find(p, c.code);
                struct clock *own = clock_set_find(set, c.code);
                bool residents = c.kind == CLOCK_CONTACT || c.kind == CLOCK_PROMISED || c.kind == CLOCK_STATUTORY;
                if (!own || at < 0 || !residents || p->clock[at].kind != c.kind)
                        continue;
                c.code = own->code;
                c.from = own->from;
                c.source = own->source;
                *own = c;
        }
}

static int decide(struct ctx *ctx, const struct town *t, const struct arrival *a, struct intake *k)
{
        struct intake_in in = a->in;
        in.source = STR("handover");
        in.desk_first = true;
        int rc = intake_settle(ctx, t, &in, k);
        if (rc != OK)
                return rc;
        const struct procedure *p = town_procedure(t, STR("request"));
        struct form_value how = { STR("how"), a->how };
        struct step_ask ask = { .state = STATE_NONE, .action = STR("arrive"), .actor = ACTOR_TOWN, .value = &how, .n_values = 1,
                                .facts = intake_facts(k), .now = ctx->now, .since = INSTANT_NONE };
        struct step step;
        k->urgent = k->urgent || a->urgent;
        struct clock_ground ground = intake_ground(t, k);
        rc = procedure_step(p, &ask, &step, ctx->err);
        if (rc == OK)
                rc = clock_set_step(&k->clocks, p, &step, &ground, ctx->now, ctx->err);
        if (rc != OK)
                return rc;
        passage_clocks(p, a->clocks, &k->clocks);
        k->state = p->state[step.to].code;
        k->notify = step.notify;
        k->due = promised_due(&k->clocks);
        intake_explain(ctx, t, k);
        return OK;
}

static int come_anew(struct ctx *ctx, const struct town *t, const struct arrival *a, int64_t id, int64_t person)
{
        struct intake k;
        struct matter_passage p = { .to = STR(""), .tried = STR(""), .route = a->route };
        int rc = decide(ctx, t, a, &k);
        if (rc == OK)
                rc = matter_open_draft(ctx, matter_draft_arrived(ctx, t, &k, id, person, a));
        return rc == OK ? passage_save(ctx, id, &p) : rc;
}

static int come_again(struct ctx *ctx, const struct town *t, const struct arrival *a, const struct matter *m, int64_t person, struct matter *ret)
{
        const struct form_value form[] = { { STR("how"), a->how }, { STR("title"), a->in.title }, { STR("words"), a->in.words } };
        struct matter_action act = { .id = m->id, .action = STR("arrive_again"), .login = STR(""), .form = form, .n_form = COUNT(form) };
        int rc = matter_act_again(ctx, t, &act, a, person, ret);
        if (rc == ERR_STATE || rc == ERR_RULE || rc == ERR_RIGHT)
                return err_set(ctx->err, ERR_EXISTS, "code", "这件事已经在这里", "This matter is here already");
        return rc;
}

int matter_arrive(struct ctx *ctx, const struct town *t, const struct arrival *a, int64_t id, int64_t person, struct matter *ret)
{
        struct matter m;
        int rc = matter_by_hash(ctx, a->code, &m);
        if (rc == OK)
                return come_again(ctx, t, a, &m, person, ret);
        if (rc == ERR_NONE)
                rc = come_anew(ctx, t, a, id, person);
        return rc == OK ? matter_get(ctx, id, ret) : rc;
}

int passage_again(struct ctx *ctx, struct matter *m, struct passing *pass)
{
        const struct arrival *a = pass->again;
        int rc = matter_passage_get(ctx, m->id, &pass->now);
        if (rc != OK)
                return rc;
        pass->now.route = a->route;
        pass->now.to = STR("");
        pass->changed = true;
        m->open = true;
        m->closed = m->answered = m->contacted = m->signed_at = INSTANT_NONE;
        m->clocks = STR("1");
        return OK;
}

/* ---- proof -------------------------------------------------------------------------------------------------------- */

static void take(struct arena *a, struct json_object *o, const char *key, struct str *ret)
{
        *ret = str_dup(a, json_text(json_get(o, key)));
}

void passage_fold_event(struct passage_fold *f, struct arena *a, struct json_object *body)
{
        struct json_object *p = json_get(body, "passage");
        if (!p || !json_get(p, "times"))
                return;
        f->any = true;
        f->now.underway = json_object_get_boolean(json_get(p, "underway"));
        f->now.times = json_object_get_int(json_get(p, "times"));
        take(a, p, "to", &f->now.to);
        take(a, p, "tried", &f->now.tried);
        take(a, p, "route", &f->now.route);
}

int passage_fold_agrees(struct ctx *ctx, int64_t matter, const struct passage_fold *f, bool *ret)
{
        struct matter_passage is;
        const struct matter_passage *said = &f->now;
        int rc = matter_passage_get(ctx, matter, &is);
        *ret = is.underway == said->underway && is.times == said->times && str_eq(is.to, said->to) && str_eq(is.tried, said->tried) &&
               str_eq(is.route, said->route);
        return rc;
}

int passage_verify(struct ctx *ctx, struct matter_check *c)
{
        struct sql_matter_passage_stray_rows rows;
        int rc = sql_matter_passage_stray(ctx->tx, ctx->arena, &(struct sql_matter_passage_stray_in){ ctx->town }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                verify_fault(ctx, c, rows.row[i].matter, "登记的移交没有所属的事项", "a hand-over is there without its matter");
        return rc;
}
