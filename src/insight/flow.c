#include "insight/flow.h"
#include <json-c/json.h>
#include <stdlib.h>
#include "insight/insight_sql.h"
#include "matter/matter.h"

#define PAGE 2000
#define CODES 6
#define UNITS_OF_ONE 64 /* decisions of one matter that are looked at */

/* One key while the period is read. */
struct cell {
        struct str key;
        struct flow_figures f;
};

struct counting {
        struct ctx *ctx;
        const struct town *t;
        const struct flow_in *in;
        struct cell *cell;
        struct cell_units *units; /* that lead the cell's matters */
        size_t n;
        struct map by_key;
        /* The matter under way. */
        int64_t matter;
        struct str subject, lead;
        struct flow_matter m;
        struct str unit[UNITS_OF_ONE];
        bool placing; /* the desk still looks: its own unit is none that was dispatched to */
};

/* ---- which events send a matter somewhere ------------------------------------------------------------------------------ */

static bool sends(const struct procedure_action *a)
{
        for (size_t i = 0; i < a->effects.n; i++)
                if (a->effects.row[i].kind == EFFECT_RECORD && (a->effects.row[i].record == RECORD_PLACEMENT ||
                                                                a->effects.row[i].record == RECORD_ASSIGNMENT || a->effects.row[i].record == RECORD_UPHELD))
                        return true;
        return false;
}

static void codes_that_send(const struct town *t, struct sql_insight_flow_in *in)
{
        const struct procedure *p = town_procedure(t, STR("request"));
        struct str *k[CODES] = { &in->k1, &in->k2, &in->k3, &in->k4, &in->k5, &in->k6 };
        size_t n = 0;
        for (size_t i = 0; i < CODES; i++)
                *k[i] = STR("");
        for (size_t i = 0; i < p->n_actions && n < CODES; i++)
                if (sends(&p->action[i]))
                        *k[n++] = p->action[i].code;
}

/* ---- counting ------------------------------------------------------------------------------------------------------------ */

static struct str key_of(const struct counting *c)
{
        return c->in->group == FLOW_BY_UNIT ? c->lead : c->in->group == FLOW_BY_SUBJECT ? c->subject : STR("");
}

static int cell_of(struct counting *c, struct str key, struct cell **ret)
{
        uint32_t at = map_get(&c->by_key, key);
        if (at == MAP_NONE && c->n == FLOW_ROWS_MAX)
                return err_set(c->ctx->err, ERR_TOO_BIG, "by", "分组太多", "Too many groups");
        if (at == MAP_NONE) {
                at = (uint32_t)c->n++;
                c->cell[at] = (struct cell){ .key = str_dup(c->ctx->arena, key) };
                map_put(&c->by_key, c->ctx->arena, c->cell[at].key, at);
        }
        *ret = &c->cell[at];
        return OK;
}

static int matter_end(struct counting *c)
{
        struct cell *cell;
        if (!c->matter)
                return OK;
        int rc = cell_of(c, key_of(c), &cell);
        if (rc != OK)
                return rc;
        c->m.unit = c->unit;
        flow_take(&cell->f, &c->m);
        if (c->in->seen) {
                struct flow_figures alone = { 0 };
                flow_take(&alone, &c->m);
                c->in->seen(c->in->arg, c->matter, cell->key, &alone);
        }
        cell_add_unit(c->ctx->arena, &c->units[cell - c->cell], c->lead);
        c->matter = 0;
        return OK;
}

static void matter_begin(struct counting *c, struct arena *page, const struct sql_insight_flow_row *r)
{
        c->matter = r->matter;
        c->subject = str_dup(page, r->subject);
        c->lead = str_dup(page, r->unit);
        c->m = (struct flow_matter){ .owed = !r->anonymous && !instant_is_none(r->contact_due),
                                     .opened = r->opened,
                                     .contacted = r->contacted,
                                     .answered = !instant_is_none(r->answered),
                                     .reopened = r->reopened > 0 };
}

static void decision(struct counting *c, struct arena *a, const struct sql_insight_flow_row *r)
{
        JSON_AUTO body = NULL;
        if (json_parse(r->body, &body, NULL) != OK)
                return;
        struct str unit = json_text(json_get(body, "unit")), state = json_text(json_get(body, r->n == 1 ? "state" : "to"));
        const struct procedure *p = town_procedure(c->t, STR("request"));
        int at = procedure_state_find(p, state);
        bool looking = at >= 0 && p->state[at].watch >= 0 && str_is(p->clock[p->state[at].watch].code, "place");
        if (unit.n && !looking && c->m.n < UNITS_OF_ONE)
                c->unit[c->m.n++] = str_dup(a, unit);
}

/* Texts of the matter under way outlive a page: its events may stand on two. */
static int count_page(struct counting *c, const struct sql_insight_flow_rows *rows)
{
        for (size_t i = 0; i < rows->n; i++) {
                const struct sql_insight_flow_row *r = &rows->row[i];
                if (r->matter != c->matter) {
                        int rc = matter_end(c);
                        if (rc != OK)
                                return rc;
                        matter_begin(c, c->ctx->arena, r);
                }
                decision(c, c->ctx->arena, r);
        }
        return OK;
}

static int count_all(struct counting *c, bool (*late)(void *), void *arg)
{
        struct sql_insight_flow_in at = { .town = c->ctx->town,
                                          .before = day_start((struct day){ c->in->to.n + 1 }),
                                          .opened = { day_start(c->in->from).us - 1 },
                                          .matter = INT64_MAX,
                                          .max = PAGE };
        codes_that_send(c->t, &at);
        for (;;) {
                ARENA_AUTO scratch = { 0 };
                struct sql_insight_flow_rows rows;
                int rc = sql_insight_flow(c->ctx->tx, &scratch, &at, &rows);
                if (rc == OK)
                        rc = count_page(c, &rows);
                if (rc != OK || rows.n < PAGE)
                        return rc == OK ? matter_end(c) : rc;
                if (late && late(arg))
                        return ERR_BUSY;
                at.opened = rows.row[PAGE - 1].opened;
                at.matter = rows.row[PAGE - 1].matter;
                at.n = rows.row[PAGE - 1].n;
        }
}

/* ---- small cells ----------------------------------------------------------------------------------------------------------- */

static void figures_add(struct flow_figures *to, const struct flow_figures *f)
{
        to->sent += f->sent;
        to->straight += f->straight;
        for (size_t i = 0; i < FLOW_HOPS; i++)
                to->hops[i] += f->hops[i];
        for (size_t i = 0; i <= FLOW_STEPS; i++)
                to->contact[i] += f->contact[i];
        to->not_contacted += f->not_contacted;
        to->answered += f->answered;
        to->reopened += f->reopened;
}

static int by_key(const void *a, const void *b)
{
        return str_cmp(((const struct flow_row *)a)->key, ((const struct flow_row *)b)->key);
}

static void rows_of(struct counting *c, struct flow *ret)
{
        struct arena *a = c->ctx->arena;
        struct cell_units rest;
        struct flow_figures sum = { 0 };
        size_t joined = cells_join(a, &c->in->reader, c->units, c->n, &rest);
        *ret = (struct flow){ .row = arena_array(a, struct flow_row, c->n + 1) };
        for (size_t i = 0; i < c->n; i++)
                if (c->units[i].joined)
                        figures_add(&sum, &c->cell[i].f);
                else
                        ret->row[ret->n++] = (struct flow_row){ .key = c->cell[i].key, .cells = 1, .f = c->cell[i].f };
        qsort(ret->row, ret->n, sizeof(*ret->row), by_key);
        bool withheld = cells_withheld(&rest);
        if (joined > 0)
                ret->row[ret->n++] = (struct flow_row){ .key = STR(""), .cells = (int64_t)joined, .withheld = withheld, .f = withheld ? (struct flow_figures){ 0 } : sum };
}

int insight_flow(struct ctx *ctx, const struct flow_in *in, bool (*late)(void *), void *arg, struct flow *ret)
{
        struct counting c = { .ctx = ctx, .t = in->reader.town, .in = in };
        if (in->to.n < in->from.n || (int64_t)in->to.n - in->from.n >= FLOW_DAYS_MAX)
                return err_set(ctx->err, ERR_RANGE, "to", "应不早于 from，期间不超过三年", "Not before from, and within three years of it");
        c.cell = arena_array(ctx->arena, struct cell, FLOW_ROWS_MAX);
        c.units = arena_array(ctx->arena, struct cell_units, FLOW_ROWS_MAX);
        map_init(&c.by_key, ctx->arena, FLOW_ROWS_MAX);
        int rc = count_all(&c, late, arg);
        if (rc == OK)
                rows_of(&c, ret);
        return rc;
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------------- */

static void counts_json(struct json *j, const char *key, const int64_t *n, size_t many)
{
        json_key(j, key);
        json_list(j);
        for (size_t i = 0; i < many; i++)
                json_int(j, n[i]);
        json_end(j);
}

static void row_json(struct json *j, const struct flow_figures *f)
{
        int32_t median = flow_median(f);
        json_kint(j, "sent", f->sent);
        json_kint(j, "straight", f->straight);
        counts_json(j, "hops", f->hops, FLOW_HOPS);
        counts_json(j, "contact", f->contact, FLOW_STEPS + 1);
        json_kint(j, "not_contacted", f->not_contacted);
        json_key(j, "median_hours");
        if (median > 0)
                json_int(j, median);
        else
                json_null(j);
        json_kint(j, "answered", f->answered);
        json_kint(j, "reopened", f->reopened);
}

void flow_json(struct json *j, const struct flow_in *in, const struct flow *flow, void (*name)(struct json *, enum flow_group, struct str code, void *arg),
               void *arg)
{
        json_open(j);
        json_kday(j, "from", in->from);
        json_kday(j, "to", in->to);
        json_kc(j, "by", flow_group_names[in->group]);
        json_key(j, "contact_hours");
        json_list(j);
        for (size_t i = 0; i < FLOW_STEPS; i++)
                json_int(j, flow_hours[i]);
        json_end(j);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < flow->n; i++) {
                const struct flow_row *r = &flow->row[i];
                json_open(j);
                json_kstr(j, "key", r->key);
                cell_json(j, r->cells, r->withheld);
                if (name && r->key.n)
                        name(j, in->group, r->key, arg);
                if (!r->withheld)
                        row_json(j, &r->f);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}
