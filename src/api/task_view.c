/* Tasks of units called in, as JSON. */
#include "api/matter_view.h"

static void words_view(struct json *j, const char *key, struct str words)
{
        json_key(j, key);
        if (words.n)
                json_raw(j, words);
        else
                json_null(j);
}

static void rating_view(struct json *j, const char *key, int32_t rating)
{
        json_key(j, key);
        if (rating == INT32_MIN)
                json_null(j);
        else
                json_int(j, rating);
}

static const struct member task_common_members[] = {
        { .name = "task", .type = FIELD_INT, .help = { "在本事项中的序号", "Its number within the matter" } },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "lead", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "reach", .type = FIELD_STR },
        { .name = "state", .type = FIELD_STR },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "post", .type = FIELD_STR },
        { .name = "holder", .type = FIELD_STR },
        { .name = "raised", .type = FIELD_INT },
        { .name = "asked", .type = FIELD_INSTANT },
        { .name = "report_due", .type = FIELD_INSTANT, .null = true },
        { .name = "reported", .type = FIELD_INSTANT, .null = true },
        { .name = "answer_due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape task_common_shape = { NULL, task_common_members, NULL };

static void task_common(struct json *j, const struct town *t, const struct matter_task *k)
{
        json_kint(j, "task", k->k);
        view_org(j, "unit", t, k->unit);
        view_org(j, "lead", t, k->lead);
        json_kstr(j, "reach", k->reach);
        json_kc(j, "state", task_words[k->state].code);
        view_say(j, "state_name", task_words[k->state].name);
        json_kstr(j, "post", k->post);
        json_kstr(j, "holder", k->holder);
        json_kint(j, "raised", k->raised);
        json_kinstant(j, "asked", k->asked);
        json_kinstant(j, "report_due", k->report_due);
        json_kinstant(j, "reported", k->reported);
        json_kinstant(j, "answer_due", k->answer_due);
}

/* 居（村）委会 have a lawful list of their own; nobody is refused, somebody looks (北京市接诉即办工作条例 第十七条). */
static void advice_view(struct json *j, const struct town *t, const struct matter *m, const struct matter_task *k)
{
        static const struct say list = { "居（村）委会只办依法由其承担或协助的事：请核对这项任务是否在其清单内，不在的请撤销",
                                         "A residents' or villagers' committee does what its lawful list names: see that this task is on it, and call it off if not" };
        const struct org *o = org_find(&t->orgs, k->unit);
        struct str rest = m->assist, code;
        bool named = false;
        while (str_split(&rest, ';', &code))
                named = named || str_eq(code, k->unit);
        if (o && o->kind == ORG_COMMITTEE && !named && k->open)
                view_say(j, "advice", list);
}

static const struct member task_members[] = {
        { .name = "ended", .type = FIELD_INSTANT, .null = true },
        { .name = "asked_n", .type = FIELD_INT, .help = { "在经过的哪一步请的", "The step of the story that asked for it" } },
        { .name = "ended_n", .type = FIELD_INT },
        { .name = "help", .type = FIELD_INT, .null = true, .help = { "主办单位的评价", "How the lead rated their help" } },
        { .name = "calling", .type = FIELD_INT, .null = true, .help = { "协办单位的评价", "How they rated being called" } },
        { .name = "advice", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "may", .type = FIELD_LIST, .of = &action_shape },
        { 0 },
};
const struct shape task_shape = { "Task", task_members, &task_common_shape };

static void one_task(struct json *j, const struct town *t, const struct matter *m, const struct matter_task *k, const struct task_actor *who)
{
        const struct procedure_action *may[PROCEDURE_ACTIONS_MAX];
        json_open(j);
        task_common(j, t, k);
        json_kinstant(j, "ended", k->ended);
        json_kint(j, "asked_n", k->asked_n);
        json_kint(j, "ended_n", k->ended_n);
        rating_view(j, "help", k->help);
        rating_view(j, "calling", k->calling);
        advice_view(j, t, m, k);
        matter_view_may(j, may, matter_task_may(t, m, k, who, may));
        json_close(j);
}

static const struct member call_whom_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "reach", .type = FIELD_STR },
        { 0 },
};
const struct shape call_whom_shape = { NULL, call_whom_members, NULL };

void task_view_staff(struct json *j, const struct town *t, const struct matter *m, const struct matter_tasks *all, const struct task_actor *who)
{
        const struct org *whom[TASK_WHOM_MAX];
        json_key(j, "tasks");
        json_list(j);
        for (size_t i = 0; i < all->n; i++)
                one_task(j, t, m, &all->row[i], who);
        json_end(j);
        json_key(j, "call_whom");
        json_list(j);
        for (size_t i = 0, n = m->open ? matter_task_whom(t, m, all, whom) : 0; i < n; i++) {
                json_open(j);
                json_kstr(j, "code", whom[i]->code);
                json_kstr(j, "name", whom[i]->name);
                json_kc(j, "reach", org_reach_name(whom[i]->reach));
                json_close(j);
        }
        json_end(j);
}

static const struct member helping_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "asked", .type = FIELD_INSTANT },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
const struct shape helping_shape = { "Helping", helping_members, NULL };

void task_view_reporter(struct json *j, const struct town *t, const struct matter_tasks *all)
{
        json_key(j, "helping");
        json_list(j);
        for (size_t i = 0; i < all->n; i++) {
                if (all->row[i].state == TASK_CANCELLED)
                        continue;
                json_open(j);
                view_org(j, "unit", t, all->row[i].unit);
                json_kinstant(j, "asked", all->row[i].asked);
                view_say(j, "state_name", task_words[all->row[i].state].public_word);
                json_close(j);
        }
        json_end(j);
}

static const struct member task_item_members[] = {
        { .name = "matter", .type = FIELD_ID },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "asked_words", .type = FIELD_MAP, .item = FIELD_ANY, .null = true, .help = { "请他们做什么", "What they were asked to do" } },
        { 0 },
};
const struct shape task_item_shape = { "TaskRow", task_item_members, &task_common_shape };

void task_view_item(struct json *j, const struct town *t, const struct task_item *k)
{
        json_open(j);
        json_kid(j, "matter", k->matter);
        task_common(j, t, &k->task);
        json_kbool(j, "urgent", k->urgent);
        view_subject(j, "subject", t, k->subject);
        view_place(j, "grid", t, k->grid);
        words_view(j, "asked_words", k->words);
        json_close(j);
}
