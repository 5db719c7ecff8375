/* notice/box.c — reading the messages, and what people do with them. */
#include "notice/inner/row.h"
#include "base/json.h"
#include "notice/inner/derive.h"
#include "notice/notice_sql.h"
#include "people/audit.h"

const char *const notice_channel_names[NOTICE_CHANNELS + 1] = { "app", "sms", "mail", "hook" };
const char *const notice_way_names[WAYS + 1] = { "sms", "mail", "none" };

static int index_of(const char *const *names, struct str word)
{
        int i = 0;
        while (names[i] && !str_is(word, names[i]))
                i++;
        return i;
}

/* The many lists give rows of one shape; the compiler sees to it that they stay so. */
struct notice notice_of(const struct sql_notice_get_row *r)
{
        return (struct notice){
                .id = r->id, .matter = r->matter, .n = r->n, .kind = (enum notice_kind)index_of(notice_kind_names, r->kind),
                .recipient = r->recipient, .channel = (enum notice_channel)index_of(notice_channel_names, r->channel),
                .lang = str_is(r->lang, "en") ? LANG_EN : LANG_ZH, .proc = r->proc, .step = r->step, .unit = r->unit, .why = r->why,
                .clock = r->clock, .due = r->due, .was = r->was, .at = r->at, .urgent = r->urgent, .state = r->state, .error = r->error,
                .settled = r->settled, .tries = r->tries, .next_at = r->next_at, .done_at = r->done_at, .read_at = r->read_at,
        };
}
_Static_assert(sizeof(struct sql_notice_get_row) == sizeof(struct sql_notice_box_row), "one shape");
_Static_assert(sizeof(struct sql_notice_get_row) == sizeof(struct sql_notice_of_reporter_row), "one shape");
_Static_assert(sizeof(struct sql_notice_get_row) == sizeof(struct sql_notice_due_row), "one shape");
_Static_assert(sizeof(struct sql_notice_get_row) == sizeof(struct sql_notice_lost_row), "one shape");

void notices_of(struct arena *a, const void *rows, size_t n, struct notices *ret)
{
        const char *at = rows;
        *ret = (struct notices){ arena_array(a, struct notice, n), n };
        for (size_t i = 0; i < n; i++) {
                struct sql_notice_get_row row;
                memcpy(&row, at + i * sizeof(row), sizeof(row));
                ret->row[i] = notice_of(&row);
        }
}

/* ---- in the app ------------------------------------------------------------------------------------------------------ */

static struct str staff_of(struct ctx *ctx, struct str login)
{
        return str_printf(ctx->arena, "staff:%.*s", STR_ARG(login));
}

int notice_box(struct ctx *ctx, struct str login, bool unread_only, int64_t before, struct notices *ret)
{
        struct sql_notice_box_rows rows;
        int rc = sql_notice_box(ctx->tx, ctx->arena,
                                &(struct sql_notice_box_in){ ctx->town, staff_of(ctx, login), unread_only, before, NOTICE_PAGE }, &rows);
        if (rc == OK)
                notices_of(ctx->arena, rows.row, rows.n, ret);
        return rc;
}

int notice_unread(struct ctx *ctx, struct str login, int64_t *ret)
{
        struct sql_notice_unread_row row;
        int rc = sql_notice_unread(ctx->tx, ctx->arena, &(struct sql_notice_unread_in){ ctx->town, staff_of(ctx, login) }, &row);
        if (rc == OK)
                *ret = row.n;
        return rc;
}

int notice_read(struct ctx *ctx, struct str login, int64_t since, int64_t upto, int64_t *ret_n)
{
        return sql_notice_mark_read(ctx->tx, &(struct sql_notice_mark_read_in){ ctx->town, staff_of(ctx, login), since, upto, ctx->now }, ret_n);
}

/* The reason that was written down for it, so that a change of date says why in words. */
static int take_reason(struct ctx *ctx, struct notice *n)
{
        JSON_AUTO doc = NULL;
        struct str words;
        if (n->kind != NOTICE_DATE && n->kind != NOTICE_RESTORE && n->kind != NOTICE_HANDED)
                return OK;
        int rc = matter_words(ctx, n->matter, n->n, &words);
        if (rc != OK || words.n == 0 || json_parse(words, &doc, NULL) != OK)
                return rc;
        struct str reason = json_text(json_get(doc, "reason"));
        n->reason = str_dup(ctx->arena, (struct str){ reason.p, reason.n ? utf8_prefix(reason, NOTICE_REASON_CHARS) : 0 });
        return OK;
}

int notices_reasons(struct ctx *ctx, struct notices *all)
{
        int rc = OK;
        for (size_t i = 0; i < all->n && rc == OK; i++)
                rc = take_reason(ctx, &all->row[i]);
        return rc;
}

int notice_of_reporter(struct ctx *ctx, int64_t matter, struct notices *ret)
{
        struct sql_notice_of_reporter_rows rows;
        int rc = sql_notice_of_reporter(ctx->tx, ctx->arena, &(struct sql_notice_of_reporter_in){ ctx->town, matter, NOTICE_PAGE }, &rows);
        if (rc != OK)
                return rc;
        notices_of(ctx->arena, rows.row, rows.n, ret);
        return notices_reasons(ctx, ret);
}

/* ---- what did not arrive --------------------------------------------------------------------------------------------- */

int notice_lost(struct ctx *ctx, bool hooks, int64_t before, struct notices *ret)
{
        struct sql_notice_lost_rows rows;
        int rc = sql_notice_lost(ctx->tx, ctx->arena, &(struct sql_notice_lost_in){ ctx->town, hooks, before, NOTICE_PAGE }, &rows);
        if (rc == OK)
                notices_of(ctx->arena, rows.row, rows.n, ret);
        return rc;
}

int notice_get(struct ctx *ctx, int64_t id, struct notice *ret)
{
        struct sql_notice_get_row row;
        int rc = sql_notice_get(ctx->tx, ctx->arena, &(struct sql_notice_get_in){ ctx->town, id }, &row);
        if (rc == OK)
                *ret = notice_of(&row);
        return rc;
}

static int must_be_lost(struct ctx *ctx, int rc, int64_t changed)
{
        if (rc != OK || changed == 1)
                return rc;
        return err_set(ctx->err, ERR_STATE, "id", "这条消息不是“没有送到”", "This message is not an undelivered one");
}

static int note_down(struct ctx *ctx, const char *act, int64_t id)
{
        return audit_add(ctx, act, str_printf(ctx->arena, "%lld", (long long)id), true);
}

int notice_again(struct ctx *ctx, int64_t id)
{
        int64_t changed = 0;
        int rc = sql_notice_again(ctx->tx, &(struct sql_notice_again_in){ ctx->town, id, ctx->now }, &changed);
        rc = must_be_lost(ctx, rc, changed);
        return rc == OK ? note_down(ctx, "notice-again", id) : rc;
}

int notice_settle(struct ctx *ctx, int64_t id, struct str how)
{
        int64_t changed = 0;
        struct str by = actor_text(ctx->arena, ctx->actor);
        struct str settled = str_printf(ctx->arena, "%.*s %.*s", STR_ARG(by), STR_ARG(how));
        int rc = sql_notice_settle(ctx->tx, &(struct sql_notice_settle_in){ ctx->town, id, ctx->now, settled }, &changed);
        rc = must_be_lost(ctx, rc, changed);
        return rc == OK ? note_down(ctx, "notice-settled", id) : rc;
}

int notice_count(struct ctx *ctx, struct notice_counts *ret)
{
        struct sql_notice_count_rows rows;
        int rc = sql_notice_count(ctx->tx, ctx->arena, &(struct sql_notice_count_in){ ctx->town }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct notice_counts){ arena_array(ctx->arena, struct notice_count, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct notice_count){ rows.row[i].channel, rows.row[i].state, rows.row[i].n };
        return OK;
}

int notice_sweep(struct ctx *ctx, struct instant before, int max, int64_t *ret_n)
{
        return sql_notice_sweep(ctx->tx, &(struct sql_notice_sweep_in){ ctx->town, id_floor(before), max }, ret_n);
}

/* ---- what a reporter wishes ------------------------------------------------------------------------------------------ */

int notice_wish_put(struct ctx *ctx, int64_t matter, const struct notice_wish *w)
{
        return sql_notice_wish_put(ctx->tx,
                                   &(struct sql_notice_wish_put_in){ .town = ctx->town, .matter = matter, .way = str_of(notice_way_names[w->way]),
                                                                     .lang = w->lang == LANG_EN ? STR("en") : STR("zh"),
                                                                     .from_min = w->hours.from, .to_min = w->hours.to, .discreet = w->discreet },
                                   NULL);
}

int notice_wish_get(struct ctx *ctx, int64_t matter, struct notice_wish *ret)
{
        struct sql_notice_wish_get_row row;
        int rc = sql_notice_wish_get(ctx->tx, ctx->arena, &(struct sql_notice_wish_get_in){ ctx->town, matter }, &row);
        if (rc != OK)
                return rc;
        int way = index_of(notice_way_names, row.way);
        *ret = (struct notice_wish){ .way = way < WAYS ? (enum notice_way)way : WAY_NONE, .lang = str_is(row.lang, "en") ? LANG_EN : LANG_ZH,
                                     .hours = { row.from_min, row.to_min }, .discreet = row.discreet };
        return OK;
}
