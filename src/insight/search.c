#include "insight/search.h"
#include "base/json.h"
#include "insight/inner/listener.h"
#include "insight/search_sql.h"
#include "insight/tokens.h"

#define REPORT_BYTES_MAX 65536

/* What a listener found: the words to index, or that they have to go. */
struct entry {
        int64_t matter;
        bool gone;
        struct str words, tokens;
};

static bool wants(const struct heard *h)
{
        return h->opened || h->erased;
}

/* The two texts of a report; a line apart, so that no pair of characters spans both. */
static int report_words(struct ctx *ctx, struct str json, struct str *ret)
{
        JSON_AUTO doc = NULL;
        BUF_AUTO out = BUF(REPORT_BYTES_MAX);
        int rc = json_parse(json, &doc, ctx->err);
        if (rc != OK)
                return rc;
        struct str title = json_text(json_get(doc, "title")), words = json_text(json_get(doc, "words"));
        buf_str(&out, title);
        if (title.n && words.n)
                buf_char(&out, '\n');
        buf_str(&out, words);
        if (out.over)
                return ERR_TOO_BIG;
        if (out.n && memchr(out.p, 0, out.n))
                return ERR_BAD; /* JSON can say it, PostgreSQL cannot keep it */
        *ret = str_dup(ctx->arena, buf_view(&out));
        return OK;
}

static int tokens_in_arena(struct ctx *ctx, struct str words, struct str *ret)
{
        BUF_AUTO out = BUF(TOKENS_BYTES_MAX);
        tokens_of(ctx->town, words, &out);
        if (out.over)
                return ERR_TOO_BIG;
        *ret = str_dup(ctx->arena, buf_view(&out));
        return OK;
}

static int entry_of(struct ctx *ctx, const struct sql_insight_reports_row *report, struct found *ret)
{
        struct entry *e = arena_new(ctx->arena, struct entry);
        *e = (struct entry){ .matter = report->matter, .gone = report->words.p == NULL };
        *ret = (struct found){ .item = e, .cost = LISTEN_COST_ROW };
        if (e->gone)
                return OK;
        int rc = report_words(ctx, report->words, &e->words);
        if (rc == OK)
                rc = tokens_in_arena(ctx, e->words, &e->tokens);
        ret->cost += e->tokens.n;
        return rc;
}

static int read_entries(struct ctx *ctx, const struct heard *h, size_t n, struct found *ret)
{
        struct sql_insight_reports_rows rows;
        int rc = sql_insight_reports(ctx->tx, ctx->arena,
                                     &(struct sql_insight_reports_in){ .town = ctx->town, .ids = heard_ids(ctx->arena, h, n) }, &rows);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < n; i++)
                ret[i].rc = ERR_NONE;
        for (size_t k = 0; k < rows.n; k++) {
                size_t i = heard_find(h, n, rows.row[k].matter);
                if (i < n)
                        ret[i].rc = entry_of(ctx, &rows.row[k], &ret[i]);
        }
        return OK;
}

/* Tokens are ASCII without quotes, so they stand in JSON as they are. */
static void batch_add(struct buf *batch, const struct entry *e)
{
        buf_puts(batch, batch->n ? ",\"" : "{\"");
        buf_int(batch, e->matter);
        buf_puts(batch, "\":\"");
        buf_str(batch, e->tokens);
        buf_char(batch, '"');
}

static int batch_write(struct ctx *ctx, struct buf *batch)
{
        if (batch->n == 0)
                return OK;
        buf_char(batch, '}');
        if (batch->over)
                BUG("a batch past its ceiling");
        return sql_insight_words_add(ctx->tx, &(struct sql_insight_words_add_in){ .town = ctx->town, .batch = buf_view(batch) }, NULL);
}

static int take_out(struct ctx *ctx, int64_t matter)
{
        struct sql_insight_text_get_row was;
        struct str tokens;
        int rc = sql_insight_text_get(ctx->tx, ctx->arena,
                                      &(struct sql_insight_text_get_in){ .town = ctx->town, .matter = matter }, &was);
        if (rc == ERR_NONE)
                return OK;
        if (rc == OK)
                rc = tokens_in_arena(ctx, was.words, &tokens);
        if (rc == OK)
                rc = sql_insight_words_drop(
                        ctx->tx,
                        &(struct sql_insight_words_drop_in){ .town = ctx->town, .matter = matter, .tokens = tokens },
                        NULL);
        if (rc == OK)
                rc = sql_insight_text_drop(
                        ctx->tx, &(struct sql_insight_text_drop_in){ .town = ctx->town, .matter = matter }, NULL);
        return rc;
}

/* All words in one statement; then each is marked as indexed. */
static int write_entries(struct ctx *ctx, const void *const *item, size_t n)
{
        BUF_AUTO batch = BUF(LISTEN_COST_MAX + 2 * TOKENS_BYTES_MAX);
        int rc = OK;
        for (size_t i = 0; i < n && rc == OK; i++) {
                const struct entry *e = item[i];
                if (e->gone)
                        rc = take_out(ctx, e->matter); /* no matter is twice in a batch */
                else if (e->tokens.n)
                        batch_add(&batch, e);
        }
        if (rc == OK)
                rc = batch_write(ctx, &batch);
        for (size_t i = 0; i < n && rc == OK; i++) {
                const struct entry *e = item[i];
                if (!e->gone && e->tokens.n)
                        rc = sql_insight_text_add(
                                ctx->tx, &(struct sql_insight_text_add_in){ .town = ctx->town, .matter = e->matter, .words = e->words }, NULL);
        }
        return rc;
}

const struct listener_kind listener_search = {
        .name = "search", .wants = wants, .read = read_entries, .write = write_entries
};

/* ---- leaving nothing behind -----------------------------------------------------------------------------------------
 */

#define SCRUB_PAGES 64 /* some milliseconds of the commit thread */

static int segments(struct ctx *ctx, struct str *ret)
{
        struct sql_insight_words_segments_row row;
        int rc = sql_insight_words_segments(ctx->tx, ctx->arena, &(struct sql_insight_words_segments_in){ ctx->town }, &row);
        if (rc == OK)
                *ret = row.state;
        return rc;
}

int search_scrub(struct ctx *ctx, bool first, bool *ret_more)
{
        struct str before, after;
        struct sql_insight_words_merge_in in = { .town = ctx->town, .pages = first ? -SCRUB_PAGES : SCRUB_PAGES };
        int rc = segments(ctx, &before);
        if (rc == OK)
                rc = sql_insight_words_merge(ctx->tx, &in, NULL);
        if (rc == OK)
                rc = segments(ctx, &after);
        if (rc == OK)
                *ret_more = !str_eq(before, after);
        return rc;
}

/* ---- asking ---------------------------------------------------------------------------------------------------------
 */

static int question(struct ctx *ctx, struct str query, struct buf *tokens)
{
        if (!utf8_valid(query))
                return err_set(ctx->err, ERR_UTF8, "q", "不是有效的 UTF-8 文本", "Not valid UTF-8 text");
        if (utf8_count(query) > SEARCH_CHARS_MAX)
                return err_set(ctx->err, ERR_TOO_BIG, "q", "最多 %d 个字", "At most %d characters", SEARCH_CHARS_MAX);
        if (tokens_query(ctx->town, query, tokens) == 0)
                return err_set(ctx->err, ERR_MISSING, "q", "请给出要找的字词；不按电话、证件等号码查人",
                               "Give words to look for; people are not looked up by telephone or identity numbers");
        return OK;
}

int insight_search(struct ctx *ctx, struct str query, int64_t before, int32_t max, int64_t **ret_ids, size_t *ret_n)
{
        BUF_AUTO tokens = BUF(TOKENS_BYTES_MAX);
        struct sql_insight_words_find_rows rows;
        if (max < 1 || max > SEARCH_MAX)
                return err_set(ctx->err, ERR_RANGE, "max", "应为 1 到 %d", "From 1 to %d", SEARCH_MAX);
        int rc = question(ctx, query, &tokens);
        if (rc == OK)
                rc = sql_insight_words_find(
                        ctx->tx, ctx->arena,
                        &(struct sql_insight_words_find_in){
                                .town = ctx->town, .query = buf_view(&tokens), .before = before, .max = max },
                        &rows);
        if (rc != OK)
                return rc;
        int64_t *ids = arena_array(ctx->arena, int64_t, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                ids[i] = rows.row[i].matter;
        *ret_ids = ids;
        *ret_n = rows.n;
        return OK;
}
