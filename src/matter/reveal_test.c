#include "matter/reveal.h"
#include "base/buf.h"
#include "base/test.h"

TEST(what_tells_who_somebody_is)
{
        static const struct { const char *text, *kind, *what; } row[] = {
                { "请打13800001234找我", "phone", "13800001234" },
                { "电话 138 0000 1234", "phone", "138 0000 1234" },
                { "电话１３８００００１２３４", "phone", "１３８００００１２３４" },
                { "+86 138-0000-1234", "phone", "86 138-0000-1234" },
                { "座机010-61234567", "phone", "010-61234567" },
                { "座机61234567", "phone", "61234567" },
                { "11010119900101123X", "id", "11010119900101123X" },
                { "身份证110101199001011234。", "id", "110101199001011234" },
                { "卡号6222 0212 3456 7890", "account", "6222 0212 3456 7890" },
                { "京A12345占道", "plate", "京A12345" },
                { "车牌沪A·D12345", "plate", "沪A·D12345" },
                { "写信到 zhang@example.com", "mail", "zhang@example.com" },
                { "3号楼门口", "door", "3号楼" },
                { "住501室", "door", "501室" },
                { "Room 501 has no water", "door", "Room 501" },
                { "老张家门口的井盖", "person", "" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct reveal got[REVEAL_MAX];
                if (reveal_find(&a, str_of(row[i].text), got) == 0)
                        fail_msg("%s: nothing was found", row[i].text);
                CHECK_STR(str_of(reveal_kind_names[got[0].kind]), row[i].kind);
                CHECK_STR(got[0].what, row[i].what);
        }
}

TEST(what_tells_nobody_who_it_is)
{
        static const char *const row[] = {
                "幸福路路灯不亮，约120米，已报修", "2026-11-23 起停水，预计11月24日恢复", "热线12345", "20261123上午", "18号上午清运", "约300户停水",
                "京津冀", "The lamp at lamp-001 is out", "building works at the corner", "",
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ARENA_AUTO a = { 0 };
                struct reveal got[REVEAL_MAX];
                size_t n = reveal_find(&a, str_of(row[i]), got);
                if (n)
                        fail_msg("%s: %s", row[i], reveal_kind_names[got[0].kind]);
        }
}

TEST(a_text_full_of_numbers_has_an_end)
{
        ARENA_AUTO a = { 0 };
        struct reveal got[REVEAL_MAX];
        BUF_AUTO text = BUF(4096);
        for (size_t i = 0; i < 90; i++)
                buf_puts(&text, "13800001234，");
        CHECK_EQ(reveal_find(&a, buf_view(&text), got), REVEAL_MAX);
}
