#include "parcel/inner/parcel.h"
#include "base/json.h"
#include "parcel/parcel_sql.h"

const char *const parcel_stage_names[STAGES + 1] = { "offer", "appeal", "order", "follow", "back", NULL };

const struct parcel_error_word parcel_error_words[] = {
        { "no_key", { "本地没有移交密钥（linli parcel key）", "this town has no key (linli parcel key)" } },
        { "no_way", { "parcels.conf 没有通往那里的 links，本库中也没有那个地方", "parcels.conf has no link to it, and it is not in this store" } },
        { "not_neighbour", { "那里已不在 neighbours.yaml 中", "it stands in neighbours.yaml no more" } },
        { "unreachable", { "对方连不上", "it cannot be reached" } },
        { "tls", { "对方证书不可信", "its certificate is not to be trusted" } },
        { "refused", { "对方服务器拒收：请核对密钥、公钥和网址", "its server does not take it: look at keys and address" } },
        { "damaged", { "对方的回音打不开或不是对这个包裹的", "its answer does not open or is not to this parcel" } },
        { "too_big", { "内容过大", "too large" } },
        { "failed", { "出错，见日志", "an error, see the log" } },
        { NULL, { "", "" } },
};

struct say parcel_error_say(struct str code)
{
        for (const struct parcel_error_word *w = parcel_error_words; w->code; w++)
                if (str_is(code, w->code))
                        return w->say;
        return (struct say){ "", "" };
}

struct str parcel_id(struct arena *a, const struct parcel_out *p)
{
        return str_printf(a, "%lld-%d", (long long)p->matter, (int)p->times);
}

static enum parcel_stage stage_of(struct str s)
{
        enum parcel_stage i = 0;
        while (i < STAGES - 1 && !str_is(s, parcel_stage_names[i]))
                i++;
        return i;
}

/* The three statements return rows of one shape; only their C types differ. */
#define TAKE_OUTS(rows, ret, ctx)                                                                                      \
        do {                                                                                                           \
                (ret)->n = (rows).n;                                                                                   \
                (ret)->row = arena_array((ctx)->arena, struct parcel_out, (rows).n);                                   \
                for (size_t i_ = 0; i_ < (rows).n; i_++) {                                                             \
                        const __typeof__((rows).row[0]) *r_ = &(rows).row[i_];                                         \
                        struct parcel_out *o_ = &(ret)->row[i_];                                                       \
                        *o_ = (struct parcel_out){ r_->matter, r_->times, r_->first, r_->to_town, stage_of(r_->stage), \
                                                   r_->edition, r_->tries, r_->error, r_->next_at, r_->sent_at,        \
                                                   r_->received_at, r_->ended_at, .there = r_->there,                  \
                                                   .seen = r_->seen, .seen_at = r_->seen_at, .owing = r_->owing };     \
                        o_->ruling.by = r_->order_by;                                                                  \
                        o_->ruling.at = r_->order_at;                                                                  \
                        if (r_->order_sig.n == PARCEL_RULING_BYTES)                                                    \
                                memcpy(o_->ruling.sig, r_->order_sig.p, PARCEL_RULING_BYTES);                          \
                }                                                                                                      \
        } while (0)

int parcel_out_due(struct ctx *ctx, int32_t max, struct parcel_outs *ret)
{
        struct sql_parcel_out_due_rows rows;
        int rc = sql_parcel_out_due(ctx->tx, ctx->arena, &(struct sql_parcel_out_due_in){ ctx->town, ctx->now, max }, &rows);
        if (rc == OK)
                TAKE_OUTS(rows, ret, ctx);
        return rc;
}

int parcel_out_list(struct ctx *ctx, int64_t before, int32_t max, struct parcel_outs *ret)
{
        struct sql_parcel_out_list_rows rows;
        int rc = sql_parcel_out_list(ctx->tx, ctx->arena, &(struct sql_parcel_out_list_in){ ctx->town, before, max }, &rows);
        if (rc == OK)
                TAKE_OUTS(rows, ret, ctx);
        return rc;
}

int parcel_out_last(struct ctx *ctx, int64_t matter, struct parcel_out *ret)
{
        struct sql_parcel_out_of_rows rows;
        struct parcel_outs all;
        int rc = sql_parcel_out_of(ctx->tx, ctx->arena, &(struct sql_parcel_out_of_in){ ctx->town, matter }, &rows);
        if (rc != OK || rows.n == 0)
                return rc == OK ? ERR_NONE : rc;
        TAKE_OUTS(rows, &all, ctx);
        *ret = all.row[0];
        return OK;
}

int parcel_out_save(struct ctx *ctx, const struct parcel_out *p)
{
        struct str sig = { (const char *)p->ruling.sig, p->ruling.by.n ? PARCEL_RULING_BYTES : 0 };
        if (sig.n == 0)
                sig.p = NULL;
        return sql_parcel_out_save(ctx->tx, &(struct sql_parcel_out_save_in){
                                                    .town = ctx->town, .matter = p->matter, .times = p->times, .to_town = p->to,
                                                    .stage = str_of(parcel_stage_names[p->stage]), .edition = p->edition, .tries = p->tries,
                                                    .error = p->error, .next_at = p->next_at, .sent_at = p->sent, .received_at = p->received,
                                                    .ended_at = p->ended, .order_by = p->ruling.by.p ? p->ruling.by : STR(""),
                                                    .order_at = p->ruling.by.n ? p->ruling.at : INSTANT_NONE, .order_sig = sig, .there = p->there,
                                                    .seen = p->seen, .seen_at = p->seen_at, .owing = p->owing });
}

int parcel_seen_of(struct ctx *ctx, const struct parcel_out *p, struct parcel_seen *ret)
{
        JSON_AUTO o = NULL;
        if (p->seen.n == 0)
                return ERR_NONE;
        int rc = json_parse(p->seen, &o, NULL);
        return rc == OK ? parcel_seen_read(ctx->arena, o, ret) : rc;
}

int parcel_in_list(struct ctx *ctx, int64_t before, int32_t max, struct parcel_ins *ret)
{
        struct sql_parcel_in_list_rows rows;
        int rc = sql_parcel_in_list(ctx->tx, ctx->arena, &(struct sql_parcel_in_list_in){ ctx->town, before, max }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct parcel_ins){ arena_array(ctx->arena, struct parcel_in, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_parcel_in_list_row *r = &rows.row[i];
                ret->row[i] = (struct parcel_in){ r->sender, r->parcel, r->how, r->other, r->matter, r->edition, r->at, r->over_at };
        }
        return OK;
}
