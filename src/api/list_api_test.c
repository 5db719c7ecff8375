/* Boards over HTTP: what stands on which, in what order, and who sees it counted. */
#include "api/inner/house_story.h"

static void open_at(struct open_house *h, const char *words, const char *lon, char id[24])
{
        ask(h, NULL, "POST", "/api/matters", str_c(&h->c.arena, str_printf(&h->c.arena, "{\"words\":\"%s\"%s%s}", words, lon[0] ? ",\"lat\":39.905,\"lon\":" : "", lon)), "", &g);
        answers(201);
        snprintf(id, 24, STR_FMT, STR_ARG(got_text(h, &g, "id")));
}

/* How many @who is told stand on the board that is the @k-th. */
static void counted(struct open_house *h, const char *who, const char *board, const char *want)
{
        char path[40];
        ask(h, who, "GET", "/api/boards", NULL, "", &g);
        answers(200);
        for (int k = 0; k < 12; k++) {
                snprintf(path, sizeof(path), "boards.%d.board", k);
                if (!str_is(got_text(h, &g, path), board))
                        continue;
                snprintf(path, sizeof(path), "boards.%d.count", k);
                has(h, path, want);
                return;
        }
        fail_msg("no board %s", board);
}

/* The board of @who holds these, in this order: "0 2" are indexes of @id. */
static void stands(struct open_house *h, const char *who, const char *board, char id[][24], const char *order)
{
        char path[24];
        size_t k = 0;
        ask(h, who, "GET", target_of(h, "/api/matters?board=%s", board), NULL, "", &g);
        answers(200);
        for (const char *o = order; *o; o++) {
                if (*o == ' ')
                        continue;
                snprintf(path, sizeof(path), "items.%zu.id", k++);
                has(h, path, id[*o - '0']);
        }
        snprintf(path, sizeof(path), "items.%zu.id", k);
        CHECK_EQ(got_text(h, &g, path).n, 0);
}

static void act(struct open_house *h, const char *who, const char *id, const char *action, const char *form)
{
        ask(h, who, "POST", target_of(h, "/api/matters/%s/%s", id, action), form, "", &g);
        answers(200);
}

HOUSE_TEST(boards_show_what_runs_out_first_within_reach)
{
        char id[5][24];
        open_at(h, "小区门口的垃圾没有清运", "116.405", id[0]); /* G1, cgb, three working days: Thursday */
        open_at(h, "路灯不亮", "116.425", id[1]);               /* a shared street of the same unit, five days: 12 January */
        open_at(h, "电梯坏了", "116.405", id[2]);               /* pab: Friday */
        open_at(h, "有一件说不清的事情", "", id[3]);            /* nobody knows what or where */
        counted(h, "diaodu1", "mine", "1");
        counted(h, "diaodu1", "triage", "1");
        counted(h, "cg1", "mine", "2");
        counted(h, "cg1", "triage", "0"); /* not theirs to see */
        counted(h, "ld1", "today", "0");
        stands(h, "diaodu1", "triage", id, "3");
        has(h, "items.0.state", "placing");
        stands(h, "cg1", "mine", id, "0 1");
        has(h, "items.0.next.clock", "sign");
        has(h, "items.0.marks", "[]");
        stands(h, "diaodu1", "overdue", id, "");

        house_now(h, "2026-01-08T10:00:00+08:00");
        counted(h, "diaodu1", "today", "2"); /* the refuse, and the one that nobody has placed */
        counted(h, "pa1", "today", "2"); /* it assists with both */
        house_now(h, "2026-01-13T10:00:00+08:00");
        counted(h, "diaodu1", "today", "0");
        counted(h, "diaodu1", "overdue", "4");
        counted(h, "cg1", "overdue", "2");
        counted(h, "pa1", "overdue", "3");
        stands(h, "cg1", "overdue", id, "0 1");
        has(h, "items.0.marks.0", "overdue");
        stands(h, "pa1", "overdue", id, "0 3 2");
        ask(h, "diaodu1", "GET", "/api/matters?board=overdue&unit=pab", NULL, "", &g);
        has(h, "items.0.id", id[2]);
        CHECK_EQ(got_text(h, &g, "items.1.id").n, 0);
        act(h, "cg1", id[0], "sign", "{}");
        act(h, "cg1", id[0], "answer", "{\"text\":\"已清运，以后每天两次\"}");
        stands(h, "cg1", "overdue", id, "1"); /* answered late is answered */
        counted(h, "cg1", "overdue", "1");
}

HOUSE_TEST(a_board_is_read_page_by_page)
{
        char id[8][24], next[256];
        size_t seen = 0;
        for (size_t i = 0; i < COUNT(id); i++)
                open_at(h, i % 2 ? "电梯坏了" : "小区门口的垃圾没有清运", i % 3 ? "116.405" : "116.425", id[i]);
        house_now(h, "2026-01-20T10:00:00+08:00");
        const char *target = "/api/matters?board=overdue&limit=3";
        struct str before = STR("");
        do {
                ask(h, "diaodu1", "GET", target, NULL, "", &g);
                answers(200);
                for (int k = 0; k < 3; k++) {
                        char path[24];
                        snprintf(path, sizeof(path), "items.%d.due", k);
                        struct str due = got_text(h, &g, path);
                        if (due.n == 0)
                                break;
                        CHECK(before.n == 0 || str_cmp(before, due) <= 0);
                        before = str_dup(&h->c.arena, due);
                        seen++;
                }
                struct str cursor = got_text(h, &g, "next");
                snprintf(next, sizeof(next), STR_FMT, STR_ARG(cursor));
                target = target_of(h, "/api/matters?board=overdue&limit=3&cursor=%s", next);
        } while (next[0]);
        CHECK_EQ(seen, COUNT(id));
        ask(h, "diaodu1", "GET", "/api/matters?board=overdue&cursor=made-up", NULL, "", &g);
        answers(400);
        has(h, "field", "cursor");
        ask(h, "diaodu1", "GET", "/api/matters?board=nowhere", NULL, "", &g);
        answers(422);
        has(h, "field", "board");
        ask(h, "diaodu1", "GET", "/api/matters?subject=garbage", NULL, "", &g);
        answers(422);
        has(h, "field", "subject");
}

/* What is asked for, returned, called in and not solved stands where whoever has to decide looks. */
HOUSE_TEST(what_needs_a_decision_stands_on_a_board)
{
        char id[3][24];
        for (int i = 0; i < 3; i++)
                open_at(h, "小区门口的垃圾没有清运", "116.405", id[i]);
        act(h, "cg1", id[0], "return", "{\"unit\":\"pab\",\"reason\":\"不是我们的职责\"}");
        act(h, "cg1", id[1], "sign", "{}");
        act(h, "cg1", id[1], "ask", "{\"what\":\"pause\",\"reason\":\"等待配件到货\"}");
        act(h, "cg1", id[2], "sign", "{}");
        act(h, "cg1", id[2], "call_in", "{\"unit\":\"lamp\",\"work\":\"请清理绿化带内的垃圾\",\"reason\":\"涉及物业管理区域\"}");
        stands(h, "diaodu1", "returned", id, "0");
        has(h, "items.0.returned_by.code", "cgb");
        stands(h, "daiban1", "asked", id, "1");
        has(h, "items.0.asked", "pause");
        stands(h, "diaodu1", "called", id, "2");
        has(h, "items.0.tasks_open", "1");
        stands(h, "ld1", "called", id, "2"); /* the unit called in sees it too */
        stands(h, "ld1", "returned", id, "");
        act(h, "daiban1", id[1], "grant_pause", "{\"until\":\"2026-01-09T12:00:00+08:00\",\"reason\":\"情况属实\",\"word\":\"配件到货后即恢复办理\"}");
        stands(h, "daiban1", "asked", id, "");
        stands(h, "diaodu1", "paused", id, "1");
        has(h, "items.0.next.clock", "pause");
        counted(h, "diaodu1", "paused", "1");
        counted(h, "diaodu1", "returned", "1");
        counted(h, "diaodu1", "called", "1");
}
