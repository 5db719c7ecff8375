/* Taking orders in, and their rows. */
#include "matter/inner/order.h"
#include "matter/inner/verify.h"
#include <sodium.h>
#include "matter/known.h"
#include "matter/order_sql.h"
#include "people/vault.h"

#define CHASE_LAST ((struct instant){ INT64_MAX })

static struct instant chase_of(const struct order *o)
{
        return instant_is_none(o->ours) ? CHASE_LAST : o->ours;
}

/* ---- rows ----------------------------------------------------------------------------------------------------------- */

int order_add(struct ctx *ctx, int64_t matter, const struct order *o, const struct order_content *c)
{
        int64_t changed = 0;
        int rc = sql_matter_order_add(ctx->tx,
                                      &(struct sql_matter_order_add_in){
                                              .town = ctx->town, .system = o->system, .number = o->number, .matter = matter,
                                              .state = str_of(order_state_words[o->state]), .owed = order_owed(o), .round = o->round,
                                              .refused = o->refused, .received = o->received, .due = o->due, .ours = o->ours,
                                              .return_until = o->return_until, .returned = o->returned, .answered = o->answered,
                                              .returns = o->returns, .refusals = o->refusals, .kept = o->kept, .late = o->late,
                                              .chase = chase_of(o), .salt = { (const char *)c->salt, sizeof(c->salt) },
                                              .content = { (const char *)c->hash, sizeof(c->hash) } },
                                      &changed);
        return rc == OK && changed == 0 ? ERR_CONFLICT : rc;
}

int order_save(struct ctx *ctx, int64_t matter, const struct order *o)
{
        return sql_matter_order_save(ctx->tx, &(struct sql_matter_order_save_in){
                                                      .town = ctx->town, .matter = matter, .state = str_of(order_state_words[o->state]),
                                                      .owed = order_owed(o), .round = o->round, .refused = o->refused, .received = o->received,
                                                      .due = o->due, .ours = o->ours, .return_until = o->return_until, .returned = o->returned,
                                                      .answered = o->answered, .returns = o->returns, .refusals = o->refusals,
                                                      .kept = o->kept, .late = o->late, .chase = chase_of(o) });
}

int order_forget(struct ctx *ctx, int64_t matter)
{
        return sql_matter_order_forget(ctx->tx, &(struct sql_matter_order_forget_in){ ctx->town, matter }, NULL);
}

int order_of(struct ctx *ctx, int64_t matter, struct order *ret)
{
        struct sql_matter_order_of_row r;
        int rc = sql_matter_order_of(ctx->tx, ctx->arena, &(struct sql_matter_order_of_in){ ctx->town, matter }, &r);
        *ret = (struct order){ .state = ORDER_NONE };
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc;
        *ret = (struct order){ order_state_find(r.state), r.system, r.number, r.round, r.refused, r.received, r.due, r.ours, r.return_until,
                               r.returned, r.answered, r.returns, r.refusals, r.kept, r.late };
        return OK;
}

int order_find(struct ctx *ctx, struct str system, struct str number, int64_t *ret_matter)
{
        struct sql_matter_order_find_row r;
        int rc = sql_matter_order_find(ctx->tx, ctx->arena, &(struct sql_matter_order_find_in){ ctx->town, system, number }, &r);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "number", "没有这个编号的上级派单", "There is no order with this number");
        if (rc == OK)
                *ret_matter = r.matter;
        return rc;
}

int order_list(struct ctx *ctx, bool owed, struct instant chase, int64_t after, int32_t max, struct order_items *ret)
{
        struct sql_matter_order_list_rows rows;
        struct sql_matter_order_list_in in = { .town = ctx->town, .owed = owed, .after = after, .max = max < 1 || max > ORDER_LIST_MAX ? ORDER_LIST_MAX : max,
                                               .chase = instant_is_none(chase) ? (struct instant){ INT64_MIN + 1 } : chase };
        int rc = sql_matter_order_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct order_items){ arena_array(ctx->arena, struct order_item, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_order_list_row *r = &rows.row[i];
                ret->row[i] = (struct order_item){ .order = { .state = order_state_find(r->state), .system = r->system, .number = r->number,
                                                              .round = r->round, .received = r->received, .due = r->due, .ours = r->ours,
                                                              .return_until = r->return_until, .returned = INSTANT_NONE, .answered = r->answered },
                                                   .matter = r->matter, .chase = r->chase, .state = r->matter_state, .open = r->open, .path = r->path,
                                                   .unit = r->unit, .unit_path = r->unit_path, .assist = r->assist, .called = r->called, .respondent = r->respondent };
        }
        return OK;
}

/* ---- taking one in -------------------------------------------------------------------------------------------------- */

struct order_taking {
        const struct town *t;
        const struct upstream *up;
        const struct vault_keys *keys;
        struct order_in in;
        uint64_t rights;
        struct intake_in said;
        struct intake k;
        struct order order;
        struct order_content content;
        int64_t id, person;
        struct code code;
        struct vault_sealed contact;
        const struct matter_draft *draft;
};

/* Everything a supplement could change. When it was sent is not part of it: the same order may be exported every day. */
static void hash_content(const struct order_in *in, const unsigned char salt[ORDER_SALT_BYTES], unsigned char out[16])
{
        const struct str part[] = { in->title, in->words, in->place };
        crypto_generichash_state h;
        crypto_generichash_init(&h, salt, ORDER_SALT_BYTES, 16);
        for (size_t i = 0; i < COUNT(part); i++) {
                crypto_generichash_update(&h, (const unsigned char *)part[i].p, part[i].n);
                crypto_generichash_update(&h, (const unsigned char *)"", 1);
        }
        crypto_generichash_final(&h, out, 16);
}

static void say_content(struct ctx *ctx, const struct order_in *in, struct order_content *ret)
{
        chance_fill(ctx->chance, ret->salt, sizeof(ret->salt));
        hash_content(in, ret->salt, ret->hash);
}

void order_begin(const struct town *t, const struct upstream *up, const struct order_in *in, struct order *ret)
{
        *ret = (struct order){ .state = in->redo ? ORDER_IS_REDO : ORDER_IS_RECEIVED, .system = up->code, .number = in->number, .round = in->redo ? 2 : 1,
                               .received = in->received, .due = in->due, .ours = order_ours(up, in->received, in->due),
                               .return_until = order_window(t, up, in->received, in->return_until), .returned = INSTANT_NONE,
                               .answered = INSTANT_NONE };
}

int order_open(struct ctx *ctx, const struct town *t, const struct intake *k, int64_t id, const struct code *code, int64_t person, const struct order_in *in)
{
        struct order_content content;
        say_content(ctx, in, &content);
        int rc = matter_open(ctx, t, k, id, code, person);
        return rc == OK ? order_add(ctx, id, k->in.order, &content) : rc;
}

int order_drop(struct ctx *ctx, int64_t matter)
{
        return sql_matter_order_leave(ctx->tx, &(struct sql_matter_order_leave_in){ ctx->town, matter });
}

/* The place stands in the words as upstream wrote it, so that people read it; and counts as chosen when it is exactly one place's name. */
static void say_order(struct ctx *ctx, struct order_taking *o)
{
        const struct place *named[2];
        const struct order_in *in = &o->in;
        o->said = (struct intake_in){ .title = in->title, .words = in->words, .subject = STR(""), .place = STR(""), .thing = STR(""),
                                      .respondent = STR(""), .unit = STR(""), .source = STR("upstream"), .accuracy_m = -1, .order = &o->order,
                                      .anonymous = o->person == MATTER_ANONYMOUS };
        if (in->place.n == 0)
                return;
        o->said.words = str_printf(ctx->arena, STR_FMT "\n地点：" STR_FMT, STR_ARG(in->words), STR_ARG(in->place));
        if (places_by_name(&o->t->places, in->place, named, 2) == 1)
                o->said.place = named[0]->code;
}

static int seal(struct ctx *ctx, struct order_taking *o)
{
        const struct order_in *in = &o->in;
        struct identity id = { .name = in->name, .phone = in->phone, .address = in->address, .note = in->note, .code = { o->code.text, CODE_CHARS } };
        o->person = MATTER_ANONYMOUS;
        if (in->name.n + in->phone.n + in->address.n + in->note.n == 0)
                return OK;
        o->person = id_next(ctx->ids, ctx->now);
        return vault_seal(o->keys, ctx, o->person, &id, STR("statutory_duty"), STR("contact"), &o->contact);
}

static int decide(struct ctx *ctx, struct order_taking *o)
{
        int rc = intake_decide(ctx, o->t, &o->said, &o->k);
        if (rc == OK)
                o->draft = matter_draft(ctx, o->t, &o->k, o->id, &o->code, o->person, NULL);
        return rc;
}

int order_prepare(struct ctx *ctx, const struct town *t, const struct vault_keys *keys, const struct upstream *up, const struct order_in *in,
                  uint64_t rights, struct order_taking **ret)
{
        struct order_taking *o = arena_new(ctx->arena, struct order_taking);
        *o = (struct order_taking){ .t = t, .up = up, .keys = keys, .in = *in, .rights = rights };
        order_begin(t, up, in, &o->order);
        say_content(ctx, in, &o->content);
        o->id = id_next(ctx->ids, ctx->now);
        o->code = code_new(ctx->now, ctx->chance);
        int rc = seal(ctx, o);
        if (rc != OK)
                return rc;
        say_order(ctx, o);
        *ret = o;
        return decide(ctx, o);
}

int order_again(struct ctx *ctx, const struct town *t, struct order_taking *o)
{
        const struct upstream *up = upstream_find(&t->upstreams, o->up->code);
        if (!up)
                return err_set(ctx->err, ERR_UNKNOWN, "system", "没有这个上级系统", "There is no such system");
        o->t = t;
        o->up = up;
        say_order(ctx, o);
        return decide(ctx, o);
}

/* What is announced already is not sent to a unit once more: it is answered with its cause, by upstream's deadline all the same. */
static int join_known(struct ctx *ctx, struct order_taking *o, struct order_taken *ret)
{
        struct known_causes all;
        struct matter after;
        int rc = o->order.round > 1 ? OK : known_list(ctx, &all);
        if (rc != OK || o->order.round > 1)
                return rc;
        const struct known_cause *c = known_for(o->t, &all, &o->k, ctx->now);
        if (!c)
                return OK;
        rc = known_join(ctx, o->t, o->id, c, &after);
        if (rc != OK)
                return rc;
        ret->rev = after.rev;
        ret->state = after.state;
        ret->due = after.due;
        return OK;
}

static int open_new(struct ctx *ctx, struct order_taking *o, struct order_taken *ret)
{
        int rc = o->person == MATTER_ANONYMOUS ? OK : vault_insert(ctx, &o->contact);
        if (rc == OK)
                rc = matter_open_draft(ctx, o->draft);
        if (rc == OK)
                rc = order_add(ctx, o->id, &o->order, &o->content);
        if (rc != OK)
                return rc;
        *ret = (struct order_taken){ .outcome = ORDER_OPENED, .id = o->id, .rev = 1, .state = o->k.state, .due = o->k.due, .order = o->order };
        memcpy(ret->code, o->code.text, sizeof(o->code.text) < sizeof(ret->code) ? sizeof(o->code.text) : sizeof(ret->code) - 1);
        return join_known(ctx, o, ret);
}

/* It is taken up again, and nobody could deal with it: what was said is erased. The number goes over to a new matter, with its count. */
static int open_instead(struct ctx *ctx, struct order_taking *o, const struct matter *old, struct order_taken *ret)
{
        o->order.round = old->order.round + 1;
        o->order.state = ORDER_IS_REDO;
        o->order.returns = old->order.returns;
        o->order.refusals = old->order.refusals;
        o->order.kept = old->order.kept;
        o->order.late = old->order.late;
        int rc = order_drop(ctx, old->id);
        if (rc == OK)
                rc = decide(ctx, o);
        return rc == OK ? open_new(ctx, o, ret) : rc;
}

static struct str time_text(struct ctx *ctx, struct instant t)
{
        char text[40];
        return str_dup(ctx->arena, str_of(instant_format(t, text)));
}

static int step_of(struct ctx *ctx, struct order_taking *o, const struct matter *m, const char *action, enum order_outcome outcome,
                   struct order_taken *ret)
{
        struct matter after;
        struct form_value form[2] = { { STR("text"), o->said.words } };
        struct matter_action a = { .id = m->id, .action = str_of(action), .rights = o->rights, .form = form, .n_form = 1, .order = &o->in };
        if (!instant_is_none(o->in.due) && o->in.due.us >= m->opened.us) /* a form takes no time before the opening */
                form[a.n_form++] = (struct form_value){ STR("due"), time_text(ctx, o->in.due) };
        int rc = matter_act(ctx, o->t, &a, &after);
        struct sql_matter_order_said_in said = { ctx->town, m->id, { (const char *)o->content.salt, sizeof(o->content.salt) },
                                                 { (const char *)o->content.hash, sizeof(o->content.hash) } };
        if (rc == OK)
                rc = sql_matter_order_said(ctx->tx, &said);
        if (rc == OK)
                *ret = (struct order_taken){ .outcome = outcome, .id = m->id, .rev = after.rev, .state = after.state, .due = after.due, .order = after.order };
        return rc;
}

/* Erased words compare to nothing: then only what was sent after the end counts as new. */
static bool same_content(const struct order_in *in, const struct sql_matter_order_find_row *known)
{
        unsigned char hash[16];
        if (!known->salt.p || known->salt.n != ORDER_SALT_BYTES || known->content.n != sizeof(hash))
                return true;
        hash_content(in, (const unsigned char *)known->salt.p, hash);
        return memcmp(hash, known->content.p, sizeof(hash)) == 0;
}

/* The number has come before. While upstream waits, what is new is added; once it had our reply, or has taken it back, whatever it sends
 * is meant to be dealt with. Yesterday's file once more is neither. */
static enum order_outcome outcome_of(const struct order_in *in, const struct matter *m, const struct sql_matter_order_find_row *known)
{
        const struct order *o = &m->order;
        bool same = same_content(in, known) && (instant_is_none(in->due) || in->due.us == o->due.us);
        bool sent_later = in->dated && in->received.us > o->received.us;
        if (order_owed(o))
                return same && !sent_later ? ORDER_SAME : ORDER_NOTED;
        struct instant end = o->state == ORDER_IS_ANSWERED ? o->answered : m->closed;
        bool after_end = in->dated && !instant_is_none(end) && in->received.us > end.us;
        bool redo = in->redo && (in->dated ? sent_later : o->round == 1);
        return same && !after_end && !redo ? ORDER_SAME : ORDER_REDONE;
}

static int take_redo(struct ctx *ctx, struct order_taking *o, const struct matter *m, struct order_taken *ret)
{
        struct str why;
        if (m->open)
                return step_of(ctx, o, m, "redo_open", ORDER_REDONE, ret);
        int rc = matter_why(ctx, m->id, &why);
        if (rc == ERR_NONE)
                return open_instead(ctx, o, m, ret);
        return rc == OK ? step_of(ctx, o, m, "redo_up", ORDER_REDONE, ret) : rc;
}

/* What is known of the number; ERR_NONE: nothing. */
static int look_up(struct ctx *ctx, const struct upstream *up, const struct order_in *in, struct matter *m, enum order_outcome *ret)
{
        struct sql_matter_order_find_row known;
        int rc = sql_matter_order_find(ctx->tx, ctx->arena, &(struct sql_matter_order_find_in){ ctx->town, up->code, in->number }, &known);
        if (rc == OK)
                rc = matter_get(ctx, known.matter, m);
        if (rc == OK)
                *ret = outcome_of(in, m, &known);
        return rc;
}

int order_look(struct ctx *ctx, const struct upstream *up, const struct order_in *in, struct order_taken *ret)
{
        struct matter m;
        *ret = (struct order_taken){ .outcome = ORDER_OPENED, .state = STR(""), .due = INSTANT_NONE };
        int rc = look_up(ctx, up, in, &m, &ret->outcome);
        if (rc == OK)
                *ret = (struct order_taken){ .outcome = ret->outcome, .id = m.id, .rev = m.rev, .state = m.state, .due = m.due, .order = m.order };
        return rc == ERR_NONE ? OK : rc;
}

int order_take(struct ctx *ctx, struct order_taking *o, struct order_taken *ret)
{
        struct matter m;
        enum order_outcome outcome;
        int rc = look_up(ctx, o->up, &o->in, &m, &outcome);
        if (rc == ERR_NONE)
                return open_new(ctx, o, ret);
        if (rc != OK)
                return rc;
        if (outcome == ORDER_REDONE)
                return take_redo(ctx, o, &m, ret);
        if (outcome == ORDER_NOTED)
                return step_of(ctx, o, &m, "supplement", ORDER_NOTED, ret);
        *ret = (struct order_taken){ .outcome = ORDER_SAME, .id = m.id, .rev = m.rev, .state = m.state, .due = m.due, .order = m.order };
        return OK;
}

/* ---- proof ---------------------------------------------------------------------------------------------------------- */

static void verify_order(struct ctx *ctx, struct matter_check *c, const struct sql_matter_order_page_row *r)
{
        struct order o = { .state = order_state_find(r->state) };
        if (!r->source.p || !str_is(r->source, "upstream"))
                verify_fault(ctx, c, r->matter, "上级派单没有对应的事项", "an order from upstream has no matter");
        else if (o.state == ORDER_NONE || r->owed != order_owed(&o))
                verify_fault(ctx, c, r->matter, "上级派单的状态不对", "the state of its order from upstream is wrong");
        else if (r->owed && !r->open)
                verify_fault(ctx, c, r->matter, "事项已结束，上级派单还没有回复", "it has ended, and upstream was not answered");
}

int verify_orders(struct ctx *ctx, struct matter_check *c)
{
        for (int64_t after = 0;;) {
                ARENA_AUTO page = { 0 };
                struct sql_matter_order_page_rows rows;
                int rc = store_read_renew(ctx->tx);
                if (rc == OK)
                        rc = sql_matter_order_page(ctx->tx, &page, &(struct sql_matter_order_page_in){ .town = ctx->town, .after = after, .max = VERIFY_PAGE }, &rows);
                if (rc != OK || rows.n == 0)
                        return rc;
                for (size_t i = 0; i < rows.n; i++)
                        verify_order(ctx, c, &rows.row[i]);
                after = rows.row[rows.n - 1].matter;
        }
}
