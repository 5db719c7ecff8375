/* Other units are called in, report in, answer, or do not: each script is one matter's life in the small town. */
#include "matter/matter_test_util.h"
#include <pthread.h>
#include "matter/task.h"

struct task_line {
        const char *at; /* "" = no time passes */
        const char *who, *action, *form;
        int code;
        const char *then; /* OK: the task's state, "" when it is no step of a task; else the field that is named */
};

static struct matter_tasks tasks_of(struct store *, struct test_ctx *, int64_t id);

static void play_tasks(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const struct task_line *line, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                struct matter before = get_one(store, c, id), after;
                if (line[i].at[0])
                        set_now(c, line[i].at);
                int rc = act_as(store, c, t, id, line[i].who, line[i].action, line[i].form, &after);
                if (rc != line[i].code)
                        fail_msg("%s %s %s: got %d (%s: %s), want %d", line[i].who, line[i].action, line[i].form, rc, c->err.field, c->err.en,
                                 line[i].code);
                if (rc != OK) {
                        CHECK_STR(str_of(c->err.field), line[i].then);
                        CHECK(c->err.zh[0] && c->err.en[0]);
                        CHECK_EQ(get_one(store, c, id).rev, before.rev); /* a refusal changes nothing */
                } else if (line[i].then[0]) {
                        struct matter_tasks all = tasks_of(store, c, id);
                        ptrdiff_t at = str_find(str_of(line[i].form), STR("task="));
                        size_t k = at < 0 ? all.n : (size_t)(line[i].form[at + 5] - '0');
                        CHECK_STR(str_of(task_words[all.row[k - 1].state].code), line[i].then);
                }
        }
}

struct reading {
        int64_t id;
        struct matter_tasks all;
        struct task_items items;
        struct str unit;
};

static int tasks_op(struct ctx *ctx, void *arg)
{
        struct reading *r = arg;
        struct matter m;
        int rc = matter_get(ctx, r->id, &m);
        return rc == OK ? matter_tasks(ctx, &m, &r->all) : rc;
}

static struct matter_tasks tasks_of(struct store *store, struct test_ctx *c, int64_t id)
{
        struct reading r = { .id = id };
        CHECK_EQ(test_read(store, c, tasks_op, &r), OK);
        return r.all;
}

static int owed_op(struct ctx *ctx, void *arg)
{
        struct reading *r = arg;
        return matter_task_list(ctx, &(struct task_filter){ .unit = r->unit, .due = INSTANT_NONE, .max = MATTER_LIST_MAX }, &r->items);
}

static size_t owed(struct store *store, struct test_ctx *c, const char *unit)
{
        struct reading r = { .unit = str_of(unit) };
        CHECK_EQ(test_read(store, c, owed_op, &r), OK);
        return r.items.n;
}

static int verify_op(struct ctx *ctx, void *arg)
{
        return matter_verify(ctx, arg);
}

static void sound(struct store *store, struct test_ctx *c)
{
        struct matter_check check;
        c->err = (struct err){ 0 };
        if (test_read(store, c, verify_op, &check) != OK)
                fail_msg("verify: %s", c->err.en);
}

#define WORK "|work=请清理绿化带内的垃圾|reason=涉及物业管理区域"

/* One in hand at the urban management unit (cgb), whose duty row names wuye and pab to assist. */
static int64_t in_hand(struct store *store, struct test_ctx *c, const struct town *t)
{
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.anonymous = false;
        int64_t id = open_one(store, c, t, &in, NULL);
        CHECK_EQ(act_as(store, c, t, id, "cg1", "sign", "", NULL), OK);
        return id;
}

/* ---- the whole way --------------------------------------------------------------------------------------------------- */

static const struct task_line whole[] = {
        { "2026-01-05T10:00:00+08:00", "pa1", "call_in", "unit=wuye" WORK, ERR_RIGHT, "action" }, /* not theirs */
        { "", "reporter", "call_in", "unit=wuye" WORK, ERR_RIGHT, "action" },
        { "", "cg1", "call_in", "unit=wuye|work=请清理绿化带内的垃圾", ERR_MISSING, "reason" },
        { "", "cg1", "call_in", "unit=nobody" WORK, ERR_UNKNOWN, "unit" },
        { "", "cg1", "call_in", "unit=cgb" WORK, ERR_RULE, "unit" }, /* it leads */
        { "", "cg1", "call_in", "unit=wuye|by=2026-01-05T09:59:00+08:00" WORK, ERR_RANGE, "by" },
        { "", "cg1", "call_in", "unit=wuye|by=2027-01-05T09:59:00+08:00" WORK, ERR_RANGE, "by" }, /* past the statutory limit */
        { "", "cg1", "call_in", "unit=wuye" WORK, OK, "asked" },
        { "", "cg1", "call_in", "unit=wuye" WORK, ERR_EXISTS, "unit" },
        { "", "cg1", "call_in", "unit=pab|by=2026-01-06T10:00:00+08:00" WORK, OK, "asked" },
        { "", "cg1", "answer", "text=已经处理完毕了", ERR_RULE, "tasks_open" }, /* it waits for both */
        { "", "cg1", "return", "unit=pab|reason=不是我们的职责", ERR_RULE, "tasks_open" }, /* who called others in keeps it */
        { "", "wy1", "report_in", "", ERR_MISSING, "task" },
        { "", "wy1", "report_in", "task=3", ERR_UNKNOWN, "task" },
        { "", "pa1", "report_in", "task=1", ERR_RIGHT, "action" }, /* another unit's */
        { "", "cg1", "report_in", "task=1", ERR_RIGHT, "action" }, /* the lead does not report in for others */
        { "", "wg1", "report_in", "task=1", ERR_RIGHT, "action" }, /* nor who merely sees the grid */
        { "", "diaodu1", "report_in", "task=1", ERR_RIGHT, "action" }, /* nor the desk */
        { "", "wy1", "report_in", "task=1|channel=phone|time=2026-01-05T10:00:00+08:00", ERR_RULE, "channel" }, /* nobody dates it back */
        { "2026-01-05T10:30:00+08:00", "wy1", "report_in", "task=1|text=下午派两人到场", OK, "reported" },
        { "", "wy1", "report_in", "task=1", ERR_STATE, "task" },
        { "", "wy1", "override", "task=2|reason=不想再等下去", ERR_RIGHT, "action" }, /* the lead's own */
        { "", "wy1", "sign", "", ERR_RIGHT, "action" }, /* its own task and nothing else */
        { "", "wy1", "rate_call", "task=1|cooperation=5", ERR_STATE, "task" }, /* not over yet */
        { "2026-01-05T16:00:00+08:00", "wy1", "task_answer", "task=1|text=绿化带已清理干净", OK, "answered" },
        { "", "wy1", "task_answer", "task=1|text=绿化带已清理干净", ERR_STATE, "task" },
        { "", "cg1", "answer", "text=已经处理完毕了", ERR_RULE, "tasks_open" },
        { "", "cg1", "override", "task=2", ERR_MISSING, "reason" },
        { "", "cg1", "override", "task=2|reason=现场已无占道情况", OK, "overridden" },
        { "", "pa1", "task_answer", "task=2|text=已经劝离占道车辆", ERR_STATE, "task" },
        { "", "cg1", "rate_help", "task=1|cooperation=6", ERR_RANGE, "cooperation" },
        { "", "cg1", "rate_help", "task=1|cooperation=5|text=来得很快", OK, "answered" },
        { "", "cg1", "rate_help", "task=1|cooperation=1", ERR_STATE, "task" }, /* nobody changes a rating */
        { "", "wy1", "rate_help", "task=2|cooperation=1", ERR_RIGHT, "action" },
        { "", "cg1", "rate_call", "task=1|cooperation=5", ERR_RIGHT, "action" }, /* not for the other side */
        { "2026-01-05T17:00:00+08:00", "cg1", "answer", "text=已会同物业清理完毕", OK, "" },
        { "", "diaodu1", "tell", "channel=phone|time=2026-01-05T17:00:00+08:00|outcome=reached", OK, "" },
        { "", "wy1", "rate_call", "task=1|cooperation=4", OK, "answered" }, /* after the end too */
        { "", "pa1", "rate_call", "task=2|cooperation=2", OK, "overridden" },
        { "", "wy1", "report_in", "task=1", ERR_STATE, "action" },
};

STORE_TEST(units_are_called_in_report_in_and_answer)
{
        struct test_ctx c;
        struct instant want;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        int64_t id = in_hand(store, &c, t);
        play_tasks(store, &c, t, id, whole, COUNT(whole));
        struct matter m = get_one(store, &c, id);
        struct matter_tasks all = tasks_of(store, &c, id);
        CHECK_EQ(m.tasks, 2);
        CHECK_EQ(m.tasks_open, 0);
        CHECK_STR(m.called, "wuye;pab");
        CHECK_STR(m.unit, "cgb"); /* the lead kept it */
        CHECK_STR(all.row[0].post, "h-wuye");
        CHECK_STR(all.row[0].holder, "wy1");
        CHECK_STR(all.row[0].lead, "cgb");
        CHECK_EQ(all.row[0].help, 5);
        CHECK_EQ(all.row[0].calling, 4);
        CHECK_EQ(all.row[1].help, INT32_MIN);
        CHECK_EQ(all.row[1].calling, 2);
        instant_parse(STR("2026-01-05T10:30:00+08:00"), &want);
        CHECK_EQ(all.row[0].reported.us, want.us);
        instant_parse(STR("2026-01-06T10:00:00+08:00"), &want);
        CHECK_EQ(all.row[0].report_due.us, want.us); /* 24 hours */
        CHECK_EQ(all.row[1].answer_due.us, want.us); /* as the lead asked, and so to report in */
        CHECK_EQ(all.row[1].report_due.us, want.us);
        instant_parse(STR("2026-01-08T23:59:59.999999+08:00"), &want);
        CHECK_EQ(all.row[0].answer_due.us, want.us); /* 3 working days */
        CHECK_EQ(owed(store, &c, "wuye"), 0);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- no account -------------------------------------------------------------------------------------------------------- */

#define CAME(channel, when) "|channel=" channel "|time=" when

static const struct task_line by_letter[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "call_in", "unit=qsw" WORK, OK, "asked" }, /* a bureau of the district, reached by letter */
        { "2026-01-05T15:00:00+08:00", "cg1", "report_in", "task=1", ERR_MISSING, "channel" },
        { "", "cg1", "report_in", "task=1|channel=letter", ERR_MISSING, "time" },
        { "", "cg1", "report_in", "task=1" CAME("letter", "2026-01-05T09:59:00+08:00"), ERR_RANGE, "time" }, /* before it was asked */
        { "", "pa1", "report_in", "task=1" CAME("phone", "2026-01-05T14:00:00+08:00"), ERR_RIGHT, "action" },
        { "", "diaodu1", "report_in", "task=1" CAME("phone", "2026-01-05T14:00:00+08:00"), OK, "reported" },
        { "2026-01-06T10:00:00+08:00", "cg1", "task_answer", "task=1|text=水务局回函已列入清淤计划" CAME("letter", "2026-01-06T09:00:00+08:00"), OK, "answered" },
        { "", "cg1", "rate_call", "task=1|cooperation=5", ERR_RIGHT, "action" }, /* the lead does not rate itself */
        { "", "diaodu1", "rate_call", "task=1|cooperation=3", OK, "answered" },
        { "", "cg1", "answer", "text=已会同水务部门处理", OK, "" },
};

STORE_TEST(a_unit_without_an_account)
{
        struct test_ctx c;
        struct instant want;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        int64_t id = in_hand(store, &c, t);
        play_tasks(store, &c, t, id, by_letter, COUNT(by_letter));
        struct matter_tasks all = tasks_of(store, &c, id);
        CHECK_STR(all.row[0].reach, "letter");
        CHECK_STR(all.row[0].holder, "cg1"); /* who has it sees to the letter */
        instant_parse(STR("2026-01-05T14:00:00+08:00"), &want);
        CHECK_EQ(all.row[0].reported.us, want.us); /* when it came, not when it was written down */
        instant_parse(STR("2026-01-06T09:00:00+08:00"), &want);
        CHECK_EQ(all.row[0].ended.us, want.us);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- who is kept out ------------------------------------------------------------------------------------------------- */

STORE_TEST(a_respondent_is_not_called_in)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        struct intake_in in = say_at("小区门口的垃圾没有清运", 39.905, 116.405);
        in.respondent = STR("wuye");
        int64_t id = open_one(store, &c, t, &in, NULL);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "call_in", "unit=wuye" WORK, NULL), ERR_RULE);
        CHECK_STR(str_of(c.err.field), "unit");
        const struct org *whom[TASK_WHOM_MAX];
        struct matter m = get_one(store, &c, id);
        CHECK_EQ(matter_task_whom(t, &m, &(struct matter_tasks){ 0 }, whom), 1); /* of wuye and pab */
        CHECK_STR(whom[0]->code, "pab");
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- clocks ------------------------------------------------------------------------------------------------------------ */

struct ringing {
        const struct town *t;
        int64_t id;
        int alarms;
};

static int ring_op(struct ctx *ctx, void *arg)
{
        struct ringing *r = arg;
        return matter_ring(ctx, r->t, r->id, &r->alarms);
}

static int ring(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, const char *now)
{
        struct ringing r = { .t = t, .id = id };
        set_now(c, now);
        CHECK_EQ(test_write(store, c, ring_op, &r), OK);
        return r.alarms;
}

struct renewing {
        const struct town *t;
        int64_t id;
        bool moved;
};

static int renew_op(struct ctx *ctx, void *arg)
{
        struct renewing *r = arg;
        return matter_renew(ctx, r->t, r->id, &r->moved);
}

/* A town where nothing else rings while a task does. */
static const struct town_file patient[] = {
        { "town.yaml", "code: \"110101002000\"\nname: {zh: 测试街道, en: Test Subdistrict}\nlanguages: [zh, en]\n"
                       "office_hours: [\"09:00-12:00\", \"14:00-18:00\"]\nfallback: desk\nupper: district\nmap_approval: \"\"\n"
                       "limits:\n"
                       "  sign: {limit: 2, unit: workhour, source: 测试规程, review: 2027-06-30}\n"
                       "  contact: {limit: 2000, unit: hour, source: 测试规程, review: 2027-06-30}\n"
                       "  answer: {limit: 40, unit: workday, source: 测试规程, review: 2027-06-30}\n"
                       "  statutory: {limit: 600, unit: day, source: 测试规程, review: 2027-06-30}\n"
                       "  report_in: {limit: 4, unit: workhour, source: 测试规程, review: 2027-06-30}\n"
                       "  assist_answer: {limit: 2, unit: workday, source: 测试规程, review: 2027-06-30}\n" },
        { "duties.csv", "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
                        "b-garbage,basic,garbage,垃圾清运,,cgb,wuye;pab,,40,workday,测试清单一,2026-01-01,\n" },
        { "calendar.csv", "date,work,name,org\n2026-01-06,no,物业休息,wuye\n" },
        { 0 },
};

STORE_TEST(every_clock_of_a_task_runs_out)
{
        struct test_ctx c;
        struct instant want;
        test_ctx_init(&c);
        set_now(&c, "2026-01-05T09:00:00+08:00");
        struct town *t = load_small(store, &c, patient);
        int64_t id = in_hand(store, &c, t);
        struct matter m = get_one(store, &c, id);
        struct instant own = m.next_at;
        set_now(&c, "2026-01-05T16:00:00+08:00");
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "call_in", "unit=wuye" WORK, NULL), OK);
        m = get_one(store, &c, id);
        struct matter_tasks all = tasks_of(store, &c, id);
        /* four office hours from 16:00, by the days of the unit called in, which rests on the 6th */
        instant_parse(STR("2026-01-07T11:00:00+08:00"), &want);
        CHECK_EQ(all.row[0].report_due.us, want.us);
        instant_parse(STR("2026-01-08T23:59:59.999999+08:00"), &want);
        CHECK_EQ(all.row[0].answer_due.us, want.us);
        instant_parse(STR("2026-01-05T18:00:00+08:00"), &want);
        CHECK_EQ(m.next_at.us, want.us); /* half of it is gone: one index finds matters and tasks */
        CHECK(own.us > want.us);
        CHECK_EQ(ring(store, &c, t, id, "2026-01-05T17:59:59+08:00"), 0);
        CHECK_EQ(ring(store, &c, t, id, "2026-01-05T18:00:00+08:00"), 1);
        CHECK_EQ(ring(store, &c, t, id, "2026-01-05T18:00:00+08:00"), 0); /* each once */
        all = tasks_of(store, &c, id);
        CHECK_STR(all.row[0].holder, "wy1"); /* a reminder moves nothing */
        CHECK_EQ(ring(store, &c, t, id, "2026-01-07T11:00:00+08:00"), 1);
        all = tasks_of(store, &c, id);
        CHECK_EQ(all.row[0].raised, 1);
        CHECK_STR(all.row[0].holder, "diaodu1"); /* nobody stands above the contractor: the desk */
        CHECK_STR(get_one(store, &c, id).holder, "cg1"); /* the matter itself went nowhere */
        CHECK_EQ(ring(store, &c, t, id, "2026-01-09T08:00:00+08:00"), 3); /* 50, 80, 100 of the answer, however late the round comes */
        all = tasks_of(store, &c, id);
        CHECK_EQ(all.row[0].raised, 2);
        CHECK_EQ(all.row[0].state, TASK_ASKED);
        m = get_one(store, &c, id);
        CHECK(instant_is_none(m.tasks_next));
        CHECK_EQ(m.next_at.us, own.us);
        sound(store, &c);
        CHECK_EQ(act_as(store, &c, t, id, "wy1", "task_answer", "task=1|text=绿化带已清理干净", NULL), OK); /* late, and still */
        all = tasks_of(store, &c, id);
        CHECK_EQ(all.row[0].reported.us, all.row[0].ended.us);
        CHECK(all.row[0].ended.us > all.row[0].answer_due.us);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

STORE_TEST(a_unit_by_letter_is_chased_through_the_lead)
{
        struct test_ctx c;
        test_ctx_init(&c);
        set_now(&c, "2026-01-05T09:00:00+08:00");
        struct town *t = load_small(store, &c, patient);
        int64_t id = in_hand(store, &c, t);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "call_in", "unit=qsw" WORK, NULL), OK);
        CHECK_EQ(ring(store, &c, t, id, "2026-01-05T15:00:00+08:00"), 2);
        CHECK_STR(tasks_of(store, &c, id).row[0].holder, "daiban1"); /* above cgb stands the subdistrict's own post */
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- with the matter ------------------------------------------------------------------------------------------------- */

STORE_TEST(tasks_end_with_their_matter_or_when_their_unit_leads)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        int64_t id = in_hand(store, &c, t);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "call_in", "unit=pab" WORK, NULL), OK);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "call_in", "unit=wuye" WORK, NULL), OK);
        CHECK_EQ(owed(store, &c, "pab"), 1);
        CHECK_EQ(owed(store, &c, ""), 2);
        CHECK_EQ(act_as(store, &c, t, id, "diaodu1", "assign", "unit=pab|reason=主要责任在平安办", NULL), OK);
        struct matter m = get_one(store, &c, id);
        CHECK_EQ(m.tasks_open, 1); /* nobody helps itself; the other task goes on */
        CHECK_STR(m.called, "wuye");
        CHECK_EQ(tasks_of(store, &c, id).row[0].state, TASK_CANCELLED);
        CHECK_EQ(act_as(store, &c, t, id, "wy1", "report_in", "task=2", NULL), OK); /* while the new lead has not signed */
        CHECK_EQ(act_as(store, &c, t, id, "pa1", "sign", "", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, id, "cg1", "override", "task=2|reason=现场已无问题了", NULL), ERR_RIGHT); /* no longer theirs */
        CHECK_EQ(act_as(store, &c, t, id, "pa1", "call_off", "task=2|reason=已经不再需要", NULL), OK);
        CHECK_EQ(act_as(store, &c, t, id, "pa1", "call_in", "unit=cgb" WORK, NULL), OK); /* the first lead may help */
        CHECK_EQ(act_as(store, &c, t, id, "reporter", "withdraw", "", NULL), OK);
        m = get_one(store, &c, id);
        CHECK_EQ(m.tasks_open, 0);
        CHECK(instant_is_none(m.next_at));
        CHECK_STR(m.called, "");
        CHECK_EQ(owed(store, &c, ""), 0);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* Three working days from 29 December end on a day whose year's notice is not known. */
STORE_TEST(a_provisional_deadline_of_a_task_is_counted_anew)
{
        static const struct town_file known[] = { { "calendar.csv", "date,work,name,org\n2027-01-01,no,元旦,\n2027-01-02,yes,调休上班,\n" }, { 0 } };
        struct test_ctx c;
        struct instant friday, saturday;
        test_ctx_init(&c);
        instant_parse(STR("2027-01-01T23:59:59.999999+08:00"), &friday);
        instant_parse(STR("2027-01-02T23:59:59.999999+08:00"), &saturday);
        set_now(&c, "2026-12-29T09:00:00+08:00");
        struct town *old = load_small(store, &c, NULL);
        int64_t id = in_hand(store, &c, old);
        CHECK_EQ(act_as(store, &c, old, id, "cg1", "call_in", "unit=wuye" WORK, NULL), OK);
        CHECK_EQ(tasks_of(store, &c, id).row[0].answer_due.us, friday.us);
        CHECK(get_one(store, &c, id).tasks_provisional);
        struct town *new = load_small(store, &c, known);
        struct renewing r = { .t = new, .id = id };
        CHECK_EQ(test_write(store, &c, renew_op, &r), OK);
        CHECK(r.moved);
        CHECK_EQ(tasks_of(store, &c, id).row[0].answer_due.us, saturday.us);
        sound(store, &c);
        CHECK_EQ(act_as(store, &c, new, id, "wy1", "task_answer", "task=1|text=绿化带已清理干净", NULL), OK);
        CHECK(!get_one(store, &c, id).tasks_provisional);
        sound(store, &c);
        town_unref(old);
        town_unref(new);
        test_ctx_free(&c);
}

/* ---- two at once ------------------------------------------------------------------------------------------------------- */

struct racer {
        struct store *store;
        const struct town *t;
        int64_t id;
        struct instant now;
        const char *who, *action, *form;
        int rc;
        pthread_t thread;
};

static void *race(void *arg)
{
        struct racer *r = arg;
        struct test_ctx c;
        test_ctx_init(&c);
        c.ctx.town = r->t->id;
        c.ctx.now = r->now;
        r->rc = act_as(r->store, &c, r->t, r->id, r->who, r->action, r->form, NULL);
        test_ctx_free(&c);
        return NULL;
}

static int both(struct store *store, struct test_ctx *c, const struct town *t, int64_t id, struct racer racer[2])
{
        for (int i = 0; i < 2; i++) {
                racer[i].store = store;
                racer[i].t = t;
                racer[i].id = id;
                racer[i].now = c->ctx.now;
                CHECK_EQ(pthread_create(&racer[i].thread, NULL, race, &racer[i]), 0);
        }
        for (int i = 0; i < 2; i++)
                pthread_join(racer[i].thread, NULL);
        return (racer[0].rc == OK) + (racer[1].rc == OK);
}

STORE_TEST(two_units_and_the_lead_act_at_once)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        for (int round = 0; round < 8; round++) {
                int64_t id = in_hand(store, &c, t);
                struct racer asking[2] = { { .who = "cg1", .action = "call_in", .form = "unit=wuye" WORK },
                                           { .who = "diaodu1", .action = "call_in", .form = "unit=pab" WORK } };
                CHECK_EQ(both(store, &c, t, id, asking), 2);
                CHECK_EQ(get_one(store, &c, id).tasks, 2);
                struct matter_tasks all = tasks_of(store, &c, id);
                bool first = str_is(all.row[0].unit, "wuye");
                struct racer reporting[2] = { { .who = "wy1", .action = "report_in", .form = first ? "task=1" : "task=2" },
                                              { .who = "pa1", .action = "report_in", .form = first ? "task=2" : "task=1" } };
                CHECK_EQ(both(store, &c, t, id, reporting), 2);
                struct racer ending[2] = { { .who = "wy1", .action = "task_answer", .form = first ? "task=1|text=已经清理干净了" : "task=2|text=已经清理干净了" },
                                           { .who = "cg1", .action = "override", .form = first ? "task=1|reason=不再等其答复" : "task=2|reason=不再等其答复" } };
                CHECK_EQ(both(store, &c, t, id, ending), 1); /* either answered or not waited for */
                CHECK_EQ(ending[0].rc == OK ? ending[1].rc : ending[0].rc, ERR_STATE);
                struct racer twice[2] = { { .who = "cg1", .action = "call_in", .form = "unit=lamp" WORK },
                                          { .who = "diaodu1", .action = "call_in", .form = "unit=lamp" WORK } };
                CHECK_EQ(both(store, &c, t, id, twice), 1); /* one task of a unit at a time */
                CHECK_EQ(twice[0].rc == OK ? twice[1].rc : twice[0].rc, ERR_EXISTS);
                CHECK_EQ(get_one(store, &c, id).tasks_open, 2);
        }
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}

/* ---- standing still with the matter ------------------------------------------------------------------------------------ */

static const struct line stands_still[] = {
        { "2026-01-05T10:00:00+08:00", "cg1", "call_in", "unit=wuye" WORK, OK, "received" },
        { "", "cg1", "call_in", "unit=pab|by=2026-01-06T10:00:00+08:00" WORK, OK, "received" },
        { "2026-01-05T11:00:00+08:00", "wy1", "report_in", "task=1", OK, "received" },
        { "2026-01-05T14:00:00+08:00", "cg1", "ask", "what=pause|reason=等待配件到货", OK, "asking" },
        { "", "daiban1", "grant_pause", "until=2026-01-09T14:00:00+08:00|reason=情况属实，同意|word=配件到货后即恢复办理", OK, "paused" },
};
static const struct line goes_on[] = {
        { "2026-01-07T14:00:00+08:00", "cg1", "resume", "", OK, "working" }, /* two days earlier than granted */
};

STORE_TEST(tasks_stand_still_with_their_matter)
{
        struct test_ctx c;
        test_ctx_init(&c);
        struct town *t = load_small(store, &c, NULL);
        int64_t id = in_hand(store, &c, t);
        play(store, &c, t, id, stands_still, 3);
        struct matter_tasks before = tasks_of(store, &c, id);
        CHECK(before.row[1].answer_due.us == before.row[1].asked.us + 24 * US_PER_HOUR); /* the day the lead named */
        play(store, &c, t, id, stands_still + 3, COUNT(stands_still) - 3);
        struct matter_tasks paused = tasks_of(store, &c, id);
        CHECK(paused.row[0].answer_due.us > before.row[0].answer_due.us);
        CHECK_EQ(paused.row[0].report_due.us, before.row[0].report_due.us); /* it did report in */
        CHECK_EQ(paused.row[1].answer_due.us, before.row[1].answer_due.us + 96 * US_PER_HOUR);
        ring(store, &c, t, id, "2026-01-07T12:00:00+08:00");
        for (size_t i = 0; i < paused.n; i++) /* nobody is reminded of what stands still */
                CHECK_STR(tasks_of(store, &c, id).row[i].clocks, str_c(&c.arena, paused.row[i].clocks));
        play(store, &c, t, id, goes_on, COUNT(goes_on));
        struct matter_tasks now = tasks_of(store, &c, id);
        CHECK_EQ(now.row[1].answer_due.us, before.row[1].answer_due.us + 48 * US_PER_HOUR);
        CHECK(now.row[0].answer_due.us < paused.row[0].answer_due.us);
        CHECK_EQ(get_one(store, &c, id).tasks_next.us <= now.row[1].answer_due.us, 1);
        sound(store, &c);
        town_unref(t);
        test_ctx_free(&c);
}
