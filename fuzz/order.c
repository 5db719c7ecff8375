/* A pasted order against a system that names labels, some of which begin alike. */
#include "fuzz.h"
#include "matter/order_text.h"

static const char yaml[] = "systems:\n"
                           "  s:\n"
                           "    name: 热线\n"
                           "    margin: {limit: 4, unit: hour, source: s, review: 2027-06-30}\n"
                           "    return: {limit: 1, unit: workday, source: s, review: 2027-06-30}\n"
                           "    columns: {number: [编号, n], words: [内容, 内容补充], due: 时限, received: 派单, phone: [电话, 联系电话], name: 诉求人, place: 地点,\n"
                           "      kind: 类型, title: 标题, address: 地址, return_until: 退单}\n"
                           "    redo: [重办]\n"
                           "    skip: [性别]\n"
                           "    reply: {fields: [{code: n, label: n, from: number}], template: \"{n}\"}\n";
static struct arena kept;
static struct upstreams known;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct findings f = { .arena = &kept };
        (void)argc, (void)argv;
        upstreams_read(&kept, str_of(yaml), DAY_NONE, &f, &known);
        MUST(f.errors == 0 && known.n == 1);
        return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct err err = { 0 };
        struct ctx ctx = { .arena = &a, .err = &err, .now = { INT64_C(1767600000000000) } };
        struct cell cell[ORDER_FIELDS];
        struct order_in in;
        struct str text = fuzz_bytes(data, n);
        int rc = order_paste(&a, &known.row[0], text, cell, &err);
        MUST(rc == OK || rc == ERR_MISSING || rc == ERR_UTF8 || rc == ERR_TOO_BIG);
        if (rc != OK)
                return 0;
        for (int i = 0; i < ORDER_FIELDS; i++)
                MUST(utf8_valid(cell[i].text) && cell[i].text.n <= n && (cell[i].kind == CELL_TEXT) == (cell[i].text.n > 0));
        rc = order_read(&ctx, &known.row[0], cell, &in);
        MUST(rc == OK || (err.field[0] && err.zh[0] && err.en[0]));
        if (rc != OK)
                return 0;
        MUST(in.number.n > 0 && utf8_count(in.number) <= ORDER_NUMBER_CHARS && !utf8_has_control(in.number));
        MUST(utf8_count(in.words) >= 2 && utf8_valid(in.words) && utf8_valid(in.title) && utf8_valid(in.place));
        MUST(utf8_valid(in.name) && utf8_valid(in.phone) && utf8_valid(in.address) && !utf8_has_control(in.name));
        MUST(in.received.us <= ctx.now.us + US_PER_HOUR && (instant_is_none(in.due) || in.due.us >= in.received.us));
        struct instant ours = order_ours(&known.row[0], in.received, in.due);
        MUST(instant_is_none(in.due) || (ours.us <= in.due.us && ours.us >= in.received.us));
        return 0;
}
