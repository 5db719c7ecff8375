#include "import/matters.h"
#include "import/import_sql.h"
#include "matter/retract.h"
#include "place/spoken.h"

/* Fields of a matter, as kinds.c names them. */
struct said {
        const struct import_rows *r;
        size_t row;
};

static struct str said(const struct said *s, const char *field)
{
        size_t at = import_field_of(s->r->target, str_of(field));
        struct str text = at < s->r->target->n ? s->r->row[s->row].cell[at] : (struct str){ 0 };
        return text.p ? text : STR("");
}

static struct instant received(const struct said *s)
{
        struct instant at = INSTANT_NONE;
        instant_parse(said(s, "received"), &at);
        return at;
}

static bool has_contact(const struct said *s) { return said(s, "name").n || said(s, "phone").n || said(s, "address").n; }

/* ---- orders from upstream ------------------------------------------------------------------------------------------ */

static bool is_named(struct arena *a, const struct upstream *up, struct str what)
{
        struct str key = cell_key(a, what);
        return str_eq(key, cell_key(a, up->code)) || str_eq(key, cell_key(a, up->name_zh)) || str_eq(key, cell_key(a, up->name_en));
}

static const struct upstream *system_named(struct arena *a, const struct town *t, struct str what)
{
        for (size_t i = 0; what.n && i < t->upstreams.n; i++)
                if (is_named(a, &t->upstreams.row[i], what))
                        return &t->upstreams.row[i];
        return NULL;
}

/* Which system above sent it, and under which number? A ledger kept by that system has the number as its own; any other has it in a column
 * of its own. NULL when it came from nobody above; else *ret_field says what is missing, or is NULL. */
static const struct upstream *order_of_row(struct arena *a, const struct town *t, const struct said *s, struct str *ret_number, const char **ret_field)
{
        const struct upstream *up = system_named(a, t, said(s, "origin"));
        struct str order = said(s, "order");
        *ret_field = NULL;
        *ret_number = up ? said(s, "number") : order;
        if (up || (order.n == 0 && !str_is(said(s, "source"), "upstream")))
                return up;
        up = said(s, "system").n || t->upstreams.n != 1 ? system_named(a, t, said(s, "system")) : &t->upstreams.row[0];
        *ret_field = !up ? "system" : order.n == 0 ? "order" : NULL;
        return up;
}

/* OK or the reason why not; a day without a time means its end. */
static enum import_reason order_in_of(struct arena *a, const struct said *s, struct str number, struct order_in *ret)
{
        const struct cell due = { .text = said(s, "due"), .kind = CELL_TEXT };
        bool has_time;
        *ret = (struct order_in){ .number = number, .dated = true, .received = received(s), .due = INSTANT_NONE, .return_until = INSTANT_NONE,
                                  .title = said(s, "title"), .words = said(s, "words"), .place = said(s, "where") };
        if (utf8_count(number) > ORDER_NUMBER_CHARS)
                return REASON_TOO_LONG;
        if (due.text.n == 0)
                return REASON_NONE;
        if (cell_instant(a, &due, DAY_YMD, &ret->due, &has_time) != CELL_FINE)
                return REASON_NOT_A_DAY;
        if (!has_time)
                ret->due = day_end(instant_day(ret->due));
        return ret->due.us < ret->received.us ? REASON_OUT_OF_RANGE : REASON_NONE;
}

static void intake_of(struct arena *a, const struct import_run *run, const struct said *s, struct intake_in *in)
{
        struct str where = said(s, "where"), lat = said(s, "lat"), source = said(s, "source");
        *in = (struct intake_in){ .title = said(s, "title"), .words = said(s, "words"), .subject = said(s, "subject"), .place = said(s, "place"), .thing = said(s, "thing"),
                                  .unit = said(s, "unit"), .respondent = STR(""), .source = source.n ? source : STR("letter"), .accuracy_m = -1, .anonymous = !has_contact(s),
                                  .batch = run->batch, .taken_in = run->now };
        if (where.n && utf8_count(where) <= SPOKEN_MAX)
                in->said = where;
        else if (where.n)
                in->words = str_printf(a, STR_FMT "\n地点：" STR_FMT, STR_ARG(in->words), STR_ARG(where));
        in->has_point = lat.n && str_double(lat, &in->point.lat) == OK && str_double(said(s, "lon"), &in->point.lon) == OK;
}

bool import_has_contact(const struct import_rows *r)
{
        for (size_t i = 0; i < r->n; i++)
                if (r->row[i].reason == REASON_NONE && has_contact(&(struct said){ r, i }))
                        return true;
        return false;
}

/* ---- judging ------------------------------------------------------------------------------------------------------ */

static enum import_reason judge_words(const struct intake_in *in)
{
        size_t words = utf8_count(in->words);
        return words < 2 ? REASON_MISSING : words > INTAKE_WORDS_MAX || utf8_count(in->title) > 200 ? REASON_TOO_LONG : REASON_NONE;
}

/* Whatever came from above has its number, and that number is one order: known when it came in by any other door. */
static int judge_order(struct ctx *ctx, const struct import_run *run, const struct said *s, struct order *ret, bool *ret_known, const char **ret_field)
{
        struct str number;
        struct order_in in;
        int64_t matter;
        const struct upstream *up = order_of_row(ctx->arena, run->town, s, &number, ret_field);
        *ret = (struct order){ .state = ORDER_NONE };
        if (*ret_field)
                return strcmp(*ret_field, "order") == 0 ? REASON_MISSING : REASON_UNKNOWN_REFERENCE;
        if (!up)
                return OK;
        *ret_field = "due";
        enum import_reason reason = order_in_of(ctx->arena, s, number, &in);
        if (reason != REASON_NONE)
                return (int)reason;
        struct ctx quiet = *ctx;
        struct err none = { 0 };
        quiet.err = &none;
        int rc = order_find(&quiet, up->code, number, &matter);
        *ret_known = *ret_known || rc == OK;
        order_begin(run->town, up, &in, ret);
        return rc == ERR_NONE ? OK : rc;
}

/* A code, or the reason why not as a number above zero; *ret_why and *ret_field then say more. */
static int judge_one(struct ctx *ctx, const struct import_run *run, struct import_rows *r, size_t row, bool *ret_known, struct err *ret_why, const char **ret_field)
{
        struct order order;
        struct said s = { r, row };
        struct sql_import_number_get_in in = { .town = ctx->town, .origin = said(&s, "origin"), .number = said(&s, "number") };
        struct sql_import_number_get_row known;
        struct intake_in ask;
        struct intake k;
        struct ctx then = *ctx;
        int rc = sql_import_number_get(ctx->tx, ctx->arena, &in, &known);
        *ret_known = rc == OK;
        if (rc != ERR_NONE)
                return rc;
        rc = judge_order(ctx, run, &s, &order, ret_known, ret_field);
        if (rc != OK || *ret_known)
                return rc;
        intake_of(ctx->arena, run, &s, &ask);
        ask.order = order.state == ORDER_NONE ? NULL : &order;
        *ret_field = received(&s).us > run->now.us ? "received" : "words";
        enum import_reason reason = received(&s).us > run->now.us ? REASON_LATER_THAN_NOW : judge_words(&ask);
        then.now = received(&s);
        then.err = ret_why;
        if (reason == REASON_NONE && intake_decide(&then, run->town, &ask, &k) != OK)
                reason = REASON_REFUSED;
        return reason == REASON_NONE ? OK : (int)reason;
}

/* Memory of a decision goes after each row; what a fault keeps is written with the rows' own arena. */
int import_judge_matters(struct ctx *ctx, const struct import_run *run, struct import_rows *r, size_t *ret_added, size_t *ret_known)
{
        *ret_added = *ret_known = 0;
        for (size_t i = 0; i < r->n; i++) {
                ARENA_AUTO scratch = { 0 };
                struct ctx one = *ctx;
                struct err why = { 0 };
                const char *field = NULL;
                bool known = false;
                if (r->row[i].reason != REASON_NONE)
                        continue;
                one.arena = &scratch;
                int rc = judge_one(&one, run, r, i, &known, &why, &field);
                if (rc < 0)
                        return rc;
                if (rc > 0)
                        import_reject(ctx->arena, r, i, import_field_of(r->target, str_of(field)), (enum import_reason)rc, &why);
                else
                        *(known ? ret_known : ret_added) += 1;
                if (i % 1000 == 999 && (rc = store_read_renew(ctx->tx)) != OK)
                        return rc;
        }
        return OK;
}

/* ---- opening ------------------------------------------------------------------------------------------------------ */

static int seal_contact(struct ctx *ctx, const struct import_run *run, const struct said *s, int64_t *ret_person)
{
        *ret_person = MATTER_ANONYMOUS;
        if (!has_contact(s))
                return OK;
        struct identity id = { .name = said(s, "name"), .phone = said(s, "phone"), .address = said(s, "address"), .note = STR("") };
        return vault_put(run->keys, ctx, &id, STR("statutory_duty"), STR("contact"), ret_person);
}

/* Taken in by another door since it was judged? Then nothing is added. */
static int order_for(struct ctx *ctx, const struct import_run *run, const struct said *s, struct order_in *in, struct order *ret, bool *ret_known)
{
        struct str number;
        const char *field;
        *ret_known = false;
        int rc = judge_order(ctx, run, s, ret, ret_known, &field);
        if (rc == OK && ret->state != ORDER_NONE && order_of_row(ctx->arena, run->town, s, &number, &field))
                order_in_of(ctx->arena, s, number, in);
        return rc > 0 ? ERR_CONFLICT : rc;
}

int import_open_matter(struct ctx *ctx, const struct import_run *run, const struct import_rows *r, size_t row, bool *ret_added)
{
        struct order order;
        struct order_in from;
        bool known;
        struct said s = { r, row };
        struct intake_in in;
        struct intake k;
        int64_t id = id_next(ctx->ids, run->now), person, changed = 0;
        struct code code = code_new(run->now, ctx->chance);
        struct ctx then = *ctx;
        *ret_added = false;
        int rc = order_for(ctx, run, &s, &from, &order, &known);
        if (rc != OK || known)
                return rc;
        rc = sql_import_number_add(ctx->tx, &(struct sql_import_number_add_in){ .town = ctx->town, .origin = said(&s, "origin"), .number = said(&s, "number"),
                                                                                    .batch = run->batch, .matter = id }, &changed);
        if (rc != OK || changed == 0)
                return rc;
        intake_of(ctx->arena, run, &s, &in);
        if (order.state != ORDER_NONE) {
                in.order = &order;
                in.source = STR("upstream");
        }
        then.now = received(&s);
        rc = intake_decide(&then, run->town, &in, &k);
        if (rc == OK)
                rc = seal_contact(ctx, run, &s, &person);
        if (rc == OK)
                rc = in.order ? order_open(&then, run->town, &k, id, &code, person, &from) : matter_open(&then, run->town, &k, id, &code, person);
        *ret_added = rc == OK;
        return rc;
}

int import_begin(struct ctx *ctx, const struct import_batch *b)
{
        int64_t changed = 0;
        int rc = sql_import_batch_add(ctx->tx, &(struct sql_import_batch_add_in){ .town = ctx->town, .id = b->id, .at = b->at, .actor = b->by, .source = b->source, .mapping = b->mapping,
                                                                                  .total = (int32_t)b->rows, .accepted = (int32_t)b->accepted, .rejected = (int32_t)b->rejected }, &changed);
        return rc == OK && changed == 0 ? ERR_EXISTS : rc;
}

int import_batches(struct ctx *ctx, int max, struct import_batch **ret, size_t *ret_n)
{
        struct sql_import_batch_list_rows rows;
        int rc = sql_import_batch_list(ctx->tx, ctx->arena, &(struct sql_import_batch_list_in){ .town = ctx->town, .max = max }, &rows);
        if (rc != OK)
                return rc;
        *ret = arena_array(ctx->arena, struct import_batch, rows.n);
        *ret_n = rows.n;
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_import_batch_list_row *x = &rows.row[i];
                (*ret)[i] = (struct import_batch){ .id = x->id, .kind = STR("matters"), .file = STR(""), .by = x->actor, .at = x->at, .source = x->source, .mapping = x->mapping,
                                                   .basis = STR(""), .expires = DAY_NONE, .rows = x->total, .accepted = x->accepted, .rejected = x->rejected,
                                                   .undone_at = x->undone_at, .undone_by = x->undone_by };
        }
        return OK;
}

/* ---- taking back -------------------------------------------------------------------------------------------------- */

int import_undo_look(struct ctx *ctx, struct str batch)
{
        struct sql_import_batch_get_row b;
        int rc = sql_import_batch_get(ctx->tx, ctx->arena, &(struct sql_import_batch_get_in){ .town = ctx->town, .id = batch }, &b);
        if (rc == ERR_NONE)
                return err_set(ctx->err, rc, "--undo", "没有这个批次：%.*s（linli import --batches 列出全部）", "No such batch: %.*s (linli import --batches lists them)", STR_ARG(batch));
        if (rc == OK && b.undone_by.n)
                return err_set(ctx->err, ERR_STATE, "--undo", "批次 %.*s 已由 %.*s 撤销过", "Batch %.*s was undone before, by %.*s", STR_ARG(batch), STR_ARG(b.undone_by));
        return rc;
}

int import_undo_next(struct ctx *ctx, struct str batch, int64_t *after, struct import_number *ret)
{
        struct sql_import_of_batch_rows rows;
        int rc = sql_import_of_batch(ctx->tx, ctx->arena, &(struct sql_import_of_batch_in){ .town = ctx->town, .batch = batch, .after = *after, .max = 1 }, &rows);
        if (rc != OK || rows.n == 0)
                return rc == OK ? ERR_NONE : rc;
        *ret = (struct import_number){ rows.row[0].origin, rows.row[0].number, rows.row[0].matter };
        *after = ret->matter;
        return OK;
}

int import_undo_one(struct ctx *ctx, const struct town *t, struct str batch, const struct import_number *n)
{
        int64_t changed;
        int rc = matter_retract(ctx, t, n->matter, batch);
        if (rc == OK)
                rc = sql_import_number_drop(ctx->tx, &(struct sql_import_number_drop_in){ .town = ctx->town, .origin = n->origin, .number = n->number, .batch = batch }, &changed);
        return rc;
}

int import_undo_done(struct ctx *ctx, struct str batch)
{
        int64_t changed;
        return sql_import_batch_undone(ctx->tx, &(struct sql_import_batch_undone_in){ .town = ctx->town, .id = batch, .at = ctx->now, .actor = ctx->actor.name }, &changed);
}
