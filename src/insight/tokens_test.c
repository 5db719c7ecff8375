#include "insight/tokens.h"
#include "base/test.h"

#define T "110"

static const struct {
        const char *text, *tokens, *query;
} row[] = {
        { "漏水", T "z6f0f6c34 " T "z6c34", T "z6f0f6c34" },
        { "小区漏水", T "z5c0f533a " T "z533a6f0f " T "z6f0f6c34 " T "z6c34",
          T "z5c0f533a " T "z533a6f0f " T "z6f0f6c34" },
        { "水", T "z6c34", T "z6c34*" }, /* one character asks for a beginning */
        { "3号楼，水", T "x3 " T "z53f7697c " T "z697c " T "z6c34", T "x3 " T "z53f7697c " T "z6c34*" },
        { "CCTV ｃｃｔｖ", T "xcctv " T "xcctv", T "xcctv" }, /* capitals and full width; a question asks once */
        { "B2栋", T "xb2 " T "z680b", T "xb2 " T "z680b*" },
        { "Café", T "y00630061006600e9", T "y00630061006600e9" },
        { "مەھەللە",
          T "y064506d506be06d506440644"
            "06d5",
          T "y064506d506be06d506440644"
            "06d5" },
        { "𠀀井", T "zg200004e95 " T "z4e95", T "zg200004e95" }, /* past the basic plane */
        { "！？ ……\n", "", "" },
        { "", "", "" },
        { "电话13800000000",
          T "z7535"
            "8bdd " T "z8bdd",
          T "z7535"
            "8bdd" }, /* a person's number is no key */
        { "138 0000 0000", "", "" },
        { "010-0000-0000转2", T "z8f6c " T "x2", T "z8f6c* " T "x2" },
        { "证１１０１０１１９９００３０７００１Ｘ", T "z8bc1 " T "xx", T "z8bc1* " T "xx" },
        { "wx1234567", "", "" },
        { "010 123 4567", "", "" },
        { "12-34-56789", T "x12 " T "x34 " T "x56789", T "x12 " T "x34 " T "x56789" },
        { "138  0000 0000", T "x138 " T "x0000 " T "x0000", T "x138 " T "x0000" },
        { "Ёлка", T "y0451043b043a0430", T "y0451043b043a0430" },
        { "2026-01-05", T "x2026 " T "x01 " T "x05", T "x2026 " T "x01 " T "x05" },
        { "12-3-1201", T "x12 " T "x3 " T "x1201", T "x12 " T "x3 " T "x1201" },
};

TEST(tokens_as_written)
{
        for (size_t i = 0; i < COUNT(row); i++) {
                BUF_AUTO made = BUF(4096);
                BUF_AUTO asked = BUF(4096);
                tokens_of(110, str_of(row[i].text), &made);
                tokens_query(110, str_of(row[i].text), &asked);
                CHECK_STR(buf_view(&made), row[i].tokens);
                CHECK_STR(buf_view(&asked), row[i].query);
        }
}

static bool holds(struct str tokens, struct str asked)
{
        struct str one;
        bool beginning = asked.p[asked.n - 1] == '*';
        struct str want = { asked.p, asked.n - beginning };
        while (str_split(&tokens, ' ', &one))
                if (beginning ? str_starts(one, want) : str_eq(one, want))
                        return true;
        return false;
}

/* Whatever part of a text is asked for, the text is found by it, unless the part holds no token at all. */
TEST(every_part_of_a_text_finds_it)
{
        struct str text = STR("A2区景蓉华苑 3栋2单元1201号：水管漏水，物业公司无人处理！联系13800000000，谢谢。");
        BUF_AUTO made = BUF(65536);
        tokens_of(110, text, &made);
        size_t asked_for = 0;
        for (size_t from = 0; from < text.n; utf8_next(text, &from)) {
                for (size_t to = from; to < text.n;) {
                        utf8_next(text, &to);
                        struct str part = { text.p + from, to - from }, one;
                        if (from && (unsigned char)text.p[from - 1] < 0x80 && text.p[from - 1] != ' ')
                                continue; /* the middle of a word */
                        if (to < text.n && (unsigned char)text.p[to - 1] < 0x80 && (unsigned char)text.p[to] < 0x80)
                                continue;
                        BUF_AUTO asked = BUF(65536);
                        tokens_query(110, part, &asked);
                        struct str rest = buf_view(&asked);
                        while (str_split(&rest, ' ', &one)) {
                                asked_for++;
                                CHECK(holds(buf_view(&made), one));
                        }
                }
        }
        CHECK(asked_for > 2000);
}

TEST(a_long_question_stays_short)
{
        BUF_AUTO text = BUF(65536);
        BUF_AUTO asked = BUF(65536);
        for (int i = 0; i < 5000; i++)
                buf_puts(&text, i % 2 ? "水" : "漏");
        CHECK_EQ(tokens_query(110, buf_view(&text), &asked), 2);
        buf_clear(&text);
        buf_clear(&asked);
        for (int i = 0; i < 500; i++)
                buf_printf(&text, "w%d ", i);
        CHECK_EQ(tokens_query(110, buf_view(&text), &asked), TOKENS_QUERY_MAX);
}
