/* What an order says: from cells, from text that a person pasted. */
#include "matter/matter.h"
#include "matter/order_text.h"
#include "people/vault.h"
#include "sheet/cell.h"

#define TITLE_CHARS 200
#define PLACE_CHARS 200

/* ---- one order ------------------------------------------------------------------------------------------------------ */

static int wrong(struct ctx *ctx, int code, enum order_field f, struct say why)
{
        return err_set(ctx->err, code, order_field_words[f], "%s%.0s", "%.0s%s", why.zh, why.en);
}

static int read_number(struct ctx *ctx, const struct cell *c, struct str *ret)
{
        enum cell_fault fault = cell_code_text(ctx->arena, c, ret);
        if (fault == CELL_LOST_DIGITS)
                return wrong(ctx, ERR_TYPE, ORDER_NUMBER,
                             (struct say){ "工单编号被表格软件改成了数字并丢了位数，请把该列设为文本后重新导出",
                                           "The spreadsheet has cut digits off the number; make the column text and export again" });
        if (fault != CELL_FINE || ret->n == 0)
                return wrong(ctx, ERR_MISSING, ORDER_NUMBER, (struct say){ "缺少工单编号", "The number of the order is missing" });
        if (utf8_count(*ret) > ORDER_NUMBER_CHARS || utf8_has_control(*ret))
                return wrong(ctx, ERR_RANGE, ORDER_NUMBER, (struct say){ "工单编号最多 64 个字", "A number has at most 64 characters" });
        return OK;
}

/* @late: a day without a time means its end. */
static int read_time(struct ctx *ctx, const struct cell *c, enum order_field f, bool late, struct instant *ret)
{
        bool has_time;
        struct instant at;
        if (cell_line(ctx->arena, c->text).n == 0)
                return OK;
        if (cell_instant(ctx->arena, c, DAY_YMD, &at, &has_time) != CELL_FINE)
                return wrong(ctx, ERR_TYPE, f, (struct say){ "时间写法不认识，请写成 2026-01-05 14:30", "This does not read as a time; write 2026-01-05 14:30" });
        *ret = late && !has_time ? day_end(instant_day(at)) : at;
        return OK;
}

static int read_times(struct ctx *ctx, const struct cell *cell, struct order_in *in)
{
        in->received = ctx->now;
        in->dated = cell[ORDER_RECEIVED].text.n > 0;
        in->due = in->return_until = INSTANT_NONE;
        int rc = read_time(ctx, &cell[ORDER_RECEIVED], ORDER_RECEIVED, false, &in->received);
        if (rc == OK)
                rc = read_time(ctx, &cell[ORDER_DUE], ORDER_DUE, true, &in->due);
        if (rc == OK)
                rc = read_time(ctx, &cell[ORDER_RETURN_UNTIL], ORDER_RETURN_UNTIL, true, &in->return_until);
        if (rc == OK && in->received.us > ctx->now.us + US_PER_HOUR)
                rc = wrong(ctx, ERR_RANGE, ORDER_RECEIVED, (struct say){ "派单时间在将来", "It was sent in the future" });
        if (rc == OK && !instant_is_none(in->due) && in->due.us < in->received.us)
                rc = wrong(ctx, ERR_RANGE, ORDER_DUE, (struct say){ "时限早于派单时间", "The deadline lies before it was sent" });
        return rc;
}

/* "无", "-": somebody filled in that there is nothing. */
static struct str unless_empty(struct str s)
{
        static const char *const nothing[] = { "无", "-", "—", "/", "匿名", "不详", "不愿透露", "未提供", "保密" };
        for (size_t i = 0; i < COUNT(nothing); i++)
                if (str_is(s, nothing[i]))
                        return STR("");
        return s.p ? s : STR("");
}

/* A deadline runs whatever the level above wrote into the column: what is no number, or lost its digits in a spreadsheet, is kept as it stands,
 * sealed beside the contact. */
static int read_contact(struct ctx *ctx, const struct cell *cell, struct order_in *in)
{
        in->name = unless_empty(cell_line(ctx->arena, cell[ORDER_NAME].text));
        in->address = unless_empty(cell_line(ctx->arena, cell[ORDER_ADDRESS].text));
        in->phone = unless_empty(cell_line(ctx->arena, cell[ORDER_PHONE].text));
        in->note = STR("");
        if (in->phone.n == 0 || cell_phone(ctx->arena, &cell[ORDER_PHONE], &in->phone) == CELL_FINE)
                return OK;
        in->note = str_printf(ctx->arena, "上级所写电话（不能拨打）：" STR_FMT, STR_ARG(in->phone));
        in->phone = STR("");
        return OK;
}

int order_read(struct ctx *ctx, const struct upstream *up, const struct cell cell[static ORDER_FIELDS], struct order_in *ret)
{
        struct order_in in = { 0 };
        int rc = read_number(ctx, &cell[ORDER_NUMBER], &in.number);
        if (rc == OK)
                rc = read_times(ctx, cell, &in);
        if (rc == OK)
                rc = read_contact(ctx, cell, &in);
        if (rc != OK)
                return rc;
        struct str kind = cell_line(ctx->arena, cell[ORDER_KIND].text);
        for (size_t i = 0; i < up->n_redo; i++)
                in.redo = in.redo || str_eq(kind, up->redo[i]);
        in.title = cell_line(ctx->arena, cell[ORDER_TITLE].text);
        in.title.n = utf8_prefix(in.title, TITLE_CHARS);
        in.place = unless_empty(cell_line(ctx->arena, cell[ORDER_PLACE].text));
        in.place.n = utf8_prefix(in.place, PLACE_CHARS);
        in.words = str_trim(cell_words(ctx->arena, cell[ORDER_WORDS].text));
        if (utf8_count(in.words) < 2)
                return wrong(ctx, ERR_MISSING, ORDER_WORDS, (struct say){ "缺少诉求内容", "It does not say what it is about" });
        if (utf8_count(in.words) > INTAKE_WORDS_MAX - PLACE_CHARS - 10)
                return wrong(ctx, ERR_RANGE, ORDER_WORDS, (struct say){ "诉求内容最多 3790 个字", "At most 3790 characters" });
        *ret = in;
        return OK;
}

/* ---- pasted --------------------------------------------------------------------------------------------------------- */

#define SKIPPED ORDER_FIELDS
#define NOT_A_LABEL (ORDER_FIELDS + 1)

/* A colon behind the label, of either width. Bytes of it, 0 when there is none. */
static size_t colon(struct str s)
{
        size_t blanks = 0;
        while (blanks < s.n && (s.p[blanks] == ' ' || s.p[blanks] == '\t'))
                blanks++;
        s = (struct str){ s.p + blanks, s.n - blanks };
        if (str_starts(s, STR(":")))
                return blanks + 1;
        return str_starts(s, STR("：")) ? blanks + 3 : 0;
}

/* Which label begins here, and how long is it with its colon? The longest counts: 联系电话 goes before 电话. */
static int label_at(const struct upstream *up, struct str s, size_t *ret_n)
{
        int best = NOT_A_LABEL;
        *ret_n = 0;
        for (int f = 0; f <= SKIPPED; f++) {
                const struct str *head = f == SKIPPED ? up->skip : up->head[f];
                size_t n = f == SKIPPED ? up->n_skip : up->n_head[f];
                for (size_t k = 0; k < n; k++) {
                        size_t mark = str_starts(s, head[k]) ? colon((struct str){ s.p + head[k].n, s.n - head[k].n }) : 0;
                        if (mark && head[k].n + mark > *ret_n) {
                                best = f;
                                *ret_n = head[k].n + mark;
                        }
                }
        }
        return best;
}

/* A label stands at the beginning, or behind a blank or the end of a line. */
static bool may_begin(struct str text, size_t i)
{
        return i == 0 || memchr(" \t\n\r", text.p[i - 1], 4) || (i >= 3 && memcmp(text.p + i - 3, "\xE3\x80\x80", 3) == 0);
}

static void close_value(struct str text, int field, size_t from, size_t to, struct cell *cell)
{
        if (field >= ORDER_FIELDS)
                return;
        struct str value = str_trim((struct str){ text.p + from, to - from });
        if (value.n)
                cell[field] = (struct cell){ .text = value, .kind = CELL_TEXT };
}

int order_paste(struct arena *a, const struct upstream *up, struct str text, struct cell ret_cell[static ORDER_FIELDS], struct err *err)
{
        int field = NOT_A_LABEL;
        size_t from = 0, n;
        bool seen[ORDER_FIELDS + 2] = { 0 };
        if (text.n > ORDER_TEXT_BYTES)
                return err_set(err, ERR_TOO_BIG, "text", "粘贴的文字超过 64 KiB", "The pasted text is longer than 64 KiB");
        if (!utf8_valid(text))
                return err_set(err, ERR_UTF8, "text", "不是有效的 UTF-8 文本", "Not valid UTF-8 text");
        for (int f = 0; f < ORDER_FIELDS; f++)
                ret_cell[f] = (struct cell){ .text = STR(""), .kind = CELL_EMPTY };
        text = str_dup(a, text);
        for (size_t i = 0; i < text.n; i++) {
                int f = may_begin(text, i) ? label_at(up, (struct str){ text.p + i, text.n - i }, &n) : NOT_A_LABEL;
                if (f == NOT_A_LABEL || (f != SKIPPED && seen[f])) /* said twice: part of what stands there */
                        continue;
                close_value(text, field, from, i, ret_cell);
                seen[f] = true;
                field = f;
                from = i + n;
                i = from - 1;
        }
        close_value(text, field, from, text.n, ret_cell);
        for (int f = 0; f < ORDER_FIELDS; f++)
                if (seen[f])
                        return OK;
        return err_set(err, ERR_MISSING, "text", "没有认出任何标题，例如“" STR_FMT "：”；标题写在 upstreams.yaml",
                       "No known label is in it, such as \"" STR_FMT ":\"; they are named in upstreams.yaml", STR_ARG(up->head[ORDER_NUMBER][0]));
}
