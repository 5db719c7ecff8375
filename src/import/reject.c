#include "import/inner/reject.h"
#include "base/csv.h"
#include "people/mask.h"

#define FAULTS_MAX 1000000
#define SHOWN_CHARS 60

static const struct { const char *name; struct say say; } reasons[IMPORT_REASONS] = {
        [REASON_NONE] = { "none", { "", "" } },
        [REASON_MISSING] = { "missing", { "这一格不能为空", "the cell may not be empty" } },
        [REASON_CELL_ERROR] = { "cell-error", { "单元格是公式错误（如 #REF!）或不存在的日期", "the cell holds an error such as #REF!, or a day that never was" } },
        [REASON_LOST_DIGITS] = { "lost-digits", { "数字已丢位（如 1.38E+10 或超过 15 位）：把列设为文本后重新填写", "digits were lost (1.38E+10, or more than 15 of them): make the column text and type it again" } },
        [REASON_BAD_CODE] = { "bad-code", { "编码只能用 1 到 64 个字母、数字、点、下划线和横线", "a code has 1 to 64 letters, digits, dots, underscores and hyphens" } },
        [REASON_UNKNOWN_WORD] = { "unknown-word", { "不认识的取值：在映射的 values 中写明它对应什么", "an unknown value: say in the mapping's values what it stands for" } },
        [REASON_NOT_A_NUMBER] = { "not-a-number", { "应为数字", "a number is needed" } },
        [REASON_NOT_A_DAY] = { "not-a-day", { "日期读不懂或不存在", "the day cannot be read or does not exist" } },
        [REASON_DAY_UNCLEAR] = { "day-unclear", { "分不清日和月（或只有两位年份）：在映射中写 dates: mdy 或 dmy，或补全年份", "day and month, or the century, are unclear: write dates: mdy or dmy in the mapping, or the whole year" } },
        [REASON_NOT_A_PHONE] = { "not-a-phone", { "不是一个电话号码（缺位、多个号码，或不是号码）", "not one telephone number (a digit short, several, or none)" } },
        [REASON_OUT_OF_RANGE] = { "out-of-range", { "超出允许范围（坐标请看经纬度是否颠倒）", "out of range (of coordinates: are they the wrong way round?)" } },
        [REASON_TOO_LONG] = { "too-long", { "内容过长", "too long" } },
        [REASON_UNKNOWN_REFERENCE] = { "unknown-reference", { "文件夹里没有这个编码或名称", "the folder has no such code or name" } },
        [REASON_UNCLEAR_REFERENCE] = { "unclear-reference", { "有几个同名的：请用编码", "several have this name: use the code" } },
        [REASON_TWICE] = { "twice", { "同一编码在表中出现两次且内容不同", "the same code stands twice with different content" } },
        [REASON_PERSONAL_NUMBER] = { "personal-number", { "含有公民身份号码：删去后再导入", "holds a citizen's identity number: remove it first" } },
        [REASON_NO_OUTLINE] = { "no-outline", { "没有面状边界（Polygon）", "it has no outline (polygon)" } },
        [REASON_LATER_THAN_NOW] = { "later-than-now", { "时间晚于现在", "a moment later than now" } },
        [REASON_TOUCHED] = { "touched", { "已有人办理过", "somebody has worked on it" } },
        [REASON_REFUSED] = { "refused", { "系统不能收下这一件", "it cannot be taken in" } },
};

const char *import_reason_name(enum import_reason r) { return reasons[r].name; }
struct say import_reason_say(enum import_reason r) { return reasons[r].say; }

/* What may be shown of a value: of persons and numbers of persons only a mask, of long words the beginning. */
static struct str shown(struct arena *a, const struct import_field *f, struct str value)
{
        struct str s = cell_line(a, value);
        bool digits = false;
        for (size_t i = 0, run = 0; i < s.n; i++) {
                run = s.p[i] >= '0' && s.p[i] <= '9' ? run + 1 : 0;
                digits = digits || run >= 11;
        }
        if (f && f->type == FIELD_PHONE)
                return mask_phone(a, s);
        if (f && f->type == FIELD_WORDS)
                return str_printf(a, STR_FMT "…", (int)utf8_prefix(s, 8), s.p);
        if (f && f->personal)
                return mask_name(a, s);
        if (digits && (!f || (f->type != FIELD_CODE && f->type != FIELD_REF && f->type != FIELD_REFS)))
                return str_printf(a, STR_FMT "***", (int)utf8_prefix(s, 3), s.p);
        return (struct str){ s.p, utf8_prefix(s, SHOWN_CHARS) };
}

static void add_fault(struct arena *a, struct import_rows *r, struct import_fault fault)
{
        if (r->n_faults == FAULTS_MAX)
                return;
        if (r->n_faults == r->cap_faults) {
                size_t cap = r->cap_faults ? r->cap_faults * 2 : 64;
                struct import_fault *all = arena_raw(a, cap * sizeof(*all));
                if (r->n_faults)
                        memcpy(all, r->fault, r->n_faults * sizeof(*all));
                r->fault = all;
                r->cap_faults = cap;
        }
        r->fault[r->n_faults++] = fault;
}

void reject_row(struct arena *a, struct import_rows *r, size_t row, const struct import_field *f, struct fault_place at, enum import_reason reason)
{
        add_fault(a, r, (struct import_fault){ r->row[row].line, at.column, at.head, shown(a, f, at.value), reason, { NULL, NULL } });
        if (r->row[row].reason == REASON_NONE)
                r->row[row].reason = reason;
}

void import_reject(struct arena *a, struct import_rows *r, size_t row, size_t field, enum import_reason reason, const struct err *why)
{
        const struct import_field *f = field < r->target->n ? &r->target->field[field] : NULL;
        struct str value = f && r->row[row].cell[field].p ? r->row[row].cell[field] : STR("");
        bool was_fine = r->row[row].reason == REASON_NONE;
        reject_row(a, r, row, f, (struct fault_place){ STR(""), f ? str_of(f->name) : STR(""), value }, reason);
        if (why && why->code != OK && r->n_faults > 0)
                r->fault[r->n_faults - 1].why = (struct say){ str_c(a, str_of(err_text(why, LANG_ZH))), str_c(a, str_of(err_text(why, LANG_EN))) };
        if (!was_fine)
                return;
        r->accepted--;
        r->rejected++;
        r->by_reason[reason]++;
}

void import_rejects_csv(const struct import_rows *r, struct buf *out)
{
        buf_puts(out, CSV_MARK "row,column,head,value,reason,原因,explanation\r\n");
        for (size_t i = 0; i < r->n_faults; i++) {
                const struct import_fault *f = &r->fault[i];
                buf_printf(out, "%d,", (int)f->line);
                csv_put(out, f->column, false);
                csv_put(out, f->head, false);
                csv_put(out, f->value, false);
                csv_put(out, str_of(reasons[f->reason].name), false);
                csv_put(out, str_of(f->why.zh ? f->why.zh : reasons[f->reason].say.zh), false);
                csv_put(out, str_of(f->why.en ? f->why.en : reasons[f->reason].say.en), true);
        }
}
