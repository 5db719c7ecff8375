/* Messages from the reporting to the telephone: in the app, by a gateway that is there, slow to come back, or gone. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "api/inner/house_story.h"
#include "notice/carry.h"
#include "notice/notice.h"
#include "store/event.h"
#include "store/lease.h"

#define AT_G1 "\"lat\":39.905,\"lon\":116.405"
#define ANY_HOUR "\"notify_hours\":\"00:00-24:00\""
#define SECRET "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"

/* ---- a gateway on this machine --------------------------------------------------------------------------------------- */

struct sink {
        int listening, port;
        _Atomic int status;
        pthread_t thread;
        char got[32][8192];
        _Atomic int n;
};

static void serve_one(struct sink *s, int fd)
{
        char *text = s->got[s->n % 32];
        size_t n = 0, body = 0, want = SIZE_MAX;
        while (n < want && n < sizeof(s->got[0]) - 1) {
                ssize_t more = read(fd, text + n, sizeof(s->got[0]) - 1 - n);
                if (more <= 0)
                        break;
                n += (size_t)more;
                text[n] = '\0';
                const char *end = strstr(text, "\r\n\r\n"), *length = strcasestr(text, "content-length: ");
                int64_t bytes;
                if (!end || !length)
                        continue;
                body = (size_t)(end - text) + 4;
                struct str digits = { length + 16, strcspn(length + 16, "\r") };
                want = str_int(digits, 0, 8000, &bytes) == OK ? body + (size_t)bytes : n;
        }
        char answer[96];
        int len = snprintf(answer, sizeof(answer), "HTTP/1.1 %d X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", s->status);
        CHECK(write(fd, answer, (size_t)len) == len);
        s->n++;
}

static void *sink_run(void *arg)
{
        struct sink *s = arg;
        int fd;
        while ((fd = accept(s->listening, NULL, NULL)) >= 0) {
                serve_one(s, fd);
                close(fd);
        }
        return NULL;
}

static struct sink *sink_open(struct open_house *h)
{
        struct sink *s = arena_new(&h->c.arena, struct sink);
        struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof(at);
        s->status = 200;
        s->listening = socket(AF_INET, SOCK_STREAM, 0);
        CHECK_EQ(bind(s->listening, (struct sockaddr *)&at, n), 0);
        CHECK_EQ(listen(s->listening, 16), 0);
        CHECK_EQ(getsockname(s->listening, (struct sockaddr *)&at, &n), 0);
        s->port = ntohs(at.sin_port);
        CHECK_EQ(pthread_create(&s->thread, NULL, sink_run, s), 0);
        return s;
}

static void sink_close(struct sink *s)
{
        shutdown(s->listening, SHUT_RDWR);
        pthread_join(s->thread, NULL);
        close(s->listening);
}

static int count(const struct sink *s, const char *part)
{
        int n = 0;
        for (int i = 0; i < s->n && i < 32; i++)
                n += strstr(s->got[i], part) != NULL;
        return n;
}

/* ---- the post office ------------------------------------------------------------------------------------------------- */

struct office {
        struct open_house *h;
        struct sink *sink;
        struct notice_config config;
        struct carrier carrier;
        const struct town *t;
        struct notice_ways ways;
};

static void office_open(struct open_house *h, struct office *o)
{
        *o = (struct office){ .h = h, .sink = sink_open(h) };
        const char *text = target_of(h,
                                     "link: https://town.example\nsms: {url: 'http://127.0.0.1:%d/sms', body: '{\"to\":\"{phone}\",\"text\":\"{text}\",\"id\":\"{id}\"}'}\n"
                                     "hooks:\n  - {name: one, url: 'http://127.0.0.1:%d/hook', secret: " SECRET ", events: [opened, sign]}\n",
                                     o->sink->port, o->sink->port);
        if (notice_config_read("notices.conf", str_of(text), &o->config, &h->c.err) != OK)
                fail_msg("%s: %s", h->c.err.field, h->c.err.en);
        carry_init();
        o->carrier = (struct carrier){ .config = &o->config, .store = h->store, .shelf = h->house.shelf, .keys = h->house.keys, .holder = STR("test") };
        notice_ways_of(&o->config, TEST_TOWN, &o->ways);
}

static void office_close(struct office *o)
{
        sink_close(o->sink);
        notice_config_free(&o->config);
}

static int seal_op(struct ctx *ctx, void *arg)
{
        int n;
        (void)arg;
        return event_seal(ctx, 4096, &n);
}

static int hear_op(struct ctx *ctx, void *arg)
{
        struct office *o = arg;
        int n;
        return notice_catch_up(ctx, o->t, &o->ways, 1000, &n);
}

static void hear(struct office *o)
{
        struct town *t;
        CHECK_EQ(test_write(o->h->store, &o->h->c, seal_op, NULL), OK);
        CHECK_EQ(shelf_town(o->h->house.shelf, TEST_TOWN, o->h->c.ctx.now, &t, NULL), OK);
        o->t = t;
        CHECK_EQ(test_write(o->h->store, &o->h->c, hear_op, o), OK);
        town_unref(t);
}

/* One pass at the house's time; how many were tried or put off. */
static int post(struct office *o)
{
        struct ctx ctx = o->h->c.ctx;
        int n = -1;
        ctx.actor = (struct actor){ ACTOR_SYSTEM, STR("") };
        CHECK_EQ(carry(&o->carrier, &ctx, &n), OK);
        return n;
}

static void open_with(struct open_house *h, const char *more, char id[24], char track[40])
{
        ask(h, NULL, "POST", "/api/matters", target_of(h, "{\"words\":\"小区门口的垃圾没有清运\"," AT_G1 ",%s}", more), "", &g);
        answers(201);
        snprintf(id, 24, STR_FMT, STR_ARG(got_text(h, &g, "id")));
        snprintf(track, 40, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
}

/* ---- stories --------------------------------------------------------------------------------------------------------- */

HOUSE_TEST(after_reporting_one_message_says_who_by_when_the_code_and_what_if_not)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        open_with(h, "\"name\":\"张三丰\",\"phone\":\"138 0000 5678\"," ANY_HOUR, id, track);
        hear(&o);
        CHECK_EQ(post(&o), 2);
        CHECK_EQ(post(&o), 0);
        CHECK_EQ(count(o.sink, "POST /sms"), 1);
        CHECK_EQ(count(o.sink, "\"to\":\"13800005678\""), 1);
        CHECK_EQ(count(o.sink, track + 6), 1); /* the code */
        CHECK_EQ(count(o.sink, "1月8日前答复"), 1);
        CHECK_EQ(count(o.sink, "重办"), 1);
        CHECK_EQ(count(o.sink, "垃圾"), 0); /* never what it is about */
        CHECK_EQ(count(o.sink, "张三丰"), 0);
        CHECK_EQ(count(o.sink, "POST /hook"), 1);
        CHECK_EQ(count(o.sink, "webhook-signature: v1,"), 1);
        CHECK_EQ(count(o.sink, "\"type\":\"matter.opened\""), 1);
        ask(h, track, "GET", "/api/track/notices", NULL, "", &g);
        answers(200);
        has(h, "items.0.kind", "receipt");
        CHECK(got_has(&g, "1月8日前答复"));
        ask(h, track, "GET", "/api/track/looks", NULL, "", &g); /* opening the number left its row */
        CHECK(got_has(&g, "发送通知"));
        ask(h, "cg1", "GET", "/api/notices", NULL, "", &g);
        answers(200);
        has(h, "unread", "1");
        has(h, "items.0.kind", "task");
        has(h, "items.0.matter", id);
        int64_t none = strtoll(str_c(&h->c.arena, got_text(h, &g, "items.0.id")), NULL, 10) + 1;
        const char *other = target_of(h, "{\"upto\":\"%lld\",\"only\":true}", (long long)none);
        const char *upto = target_of(h, "{\"upto\":\"" STR_FMT "\"}", STR_ARG(got_text(h, &g, "items.0.id")));
        ask(h, "cg1", "POST", "/api/notices/read", other, "", &g);
        answers(200);
        ask(h, "pa1", "POST", "/api/notices/read", upto, "", &g);
        answers(200);
        ask(h, "cg1", "GET", "/api/notices", NULL, "", &g);
        has(h, "unread", "1"); /* neither by naming another one alone, nor by somebody else */
        ask(h, "cg1", "POST", "/api/notices/read", upto, "", &g);
        answers(200);
        ask(h, "cg1", "GET", "/api/notices?unread=true", NULL, "", &g);
        has(h, "unread", "0");
        has(h, "items", "[]");
        ask(h, "pa1", "GET", "/api/notices", NULL, "", &g);
        has(h, "items", "[]"); /* somebody else's */
        office_close(&o);
}

HOUSE_TEST(a_discreet_message_says_nothing_but_that_there_is_one)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        open_with(h, "\"phone\":\"13800005678\",\"discreet\":true,\"safe_contact\":\"不留言，不打家里电话\"," ANY_HOUR, id, track);
        hear(&o);
        post(&o);
        CHECK_EQ(count(o.sink, "您有一条新消息"), 1);
        CHECK_EQ(count(o.sink, track + 6), 0);
        CHECK_EQ(count(o.sink, "反映"), 0);
        ask(h, "cg1", "GET", target_of(h, "/api/matters/%s", id), NULL, "", &g);
        CHECK(!got_has(&g, "不留言")); /* sealed */
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%s/contact-details", id), "{\"purpose\":\"电话核实情况\"}", "", &g);
        answers(200);
        has(h, "note", "不留言，不打家里电话");
        CHECK(!got_has(&g, track + 6)); /* the code is nobody's but the reporter's */
        office_close(&o);
}

HOUSE_TEST(at_night_it_waits_until_the_morning_unless_there_is_danger)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        house_now(h, "2026-01-05T22:30:00+08:00");
        open_with(h, "\"phone\":\"13800005678\"", id, track);
        hear(&o);
        CHECK_EQ(post(&o), 1); /* the hook alone */
        CHECK_EQ(count(o.sink, "POST /sms"), 0);
        house_now(h, "2026-01-06T08:00:00+08:00");
        CHECK_EQ(post(&o), 1);
        CHECK_EQ(count(o.sink, "POST /sms"), 1);
        office_close(&o);
}

HOUSE_TEST(what_fails_is_tried_again_with_the_same_id_then_somebody_must_act)
{
        struct office o;
        char id[24], track[40], first[64] = "";
        static const char *const at[] = { "2026-01-05T09:01:00+08:00", "2026-01-05T09:06:00+08:00", "2026-01-05T09:36:00+08:00",
                                          "2026-01-05T11:36:00+08:00", "2026-01-05T17:36:00+08:00", "2026-01-06T05:36:00+08:00" };
        office_open(h, &o);
        o.ways.n_hooks = 0;
        o.sink->status = 503;
        open_with(h, "\"phone\":\"13800005678\"," ANY_HOUR, id, track);
        hear(&o);
        CHECK_EQ(post(&o), 1);
        const char *found = strstr(o.sink->got[0], "\"id\":\"");
        CHECK(found != NULL);
        snprintf(first, sizeof(first), "%.30s", found);
        for (size_t i = 0; i < COUNT(at); i++) {
                CHECK_EQ(post(&o), 0); /* not yet */
                house_now(h, at[i]);
                CHECK_EQ(post(&o), 1);
        }
        CHECK_EQ(o.sink->n, 7);
        CHECK_EQ(count(o.sink, first), 7);
        CHECK_EQ(rows_of(h, "notice_out WHERE state = 'undelivered'"), 1);
        ask(h, "diaodu1", "GET", "/api/notices", NULL, "", &g);
        has(h, "items.0.kind", "undelivered");
        CHECK(got_has(&g, "网关出错"));
        ask(h, "diaodu1", "GET", "/api/notices/undelivered", NULL, "", &g);
        answers(200);
        has(h, "items.0.matter", id);
        has(h, "items.0.tries", "7");
        CHECK(!got_has(&g, "5678")); /* no number anywhere */
        const char *lost = target_of(h, "/api/notices/" STR_FMT, STR_ARG(got_text(h, &g, "items.0.id")));
        o.sink->status = 200;
        ask(h, "diaodu1", "POST", target_of(h, "%s/again", lost), "{}", "", &g);
        answers(200);
        CHECK_EQ(post(&o), 1);
        CHECK_EQ(count(o.sink, first), 8);
        ask(h, "diaodu1", "GET", "/api/notices/undelivered", NULL, "", &g);
        has(h, "items", "[]");
        ask(h, "diaodu1", "POST", target_of(h, "%s/settle", lost), "{\"how\":\"phone\"}", "", &g);
        answers(409);
        office_close(&o);
}

HOUSE_TEST(what_the_gateway_refuses_is_not_tried_again_and_is_settled_by_a_call)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        o.ways.n_hooks = 0;
        o.sink->status = 422;
        open_with(h, "\"phone\":\"13800005678\"," ANY_HOUR, id, track);
        hear(&o);
        CHECK_EQ(post(&o), 1);
        CHECK_EQ(post(&o), 0);
        ask(h, "diaodu1", "GET", "/api/notices/undelivered", NULL, "", &g);
        has(h, "items.0.error", "refused");
        const char *lost = target_of(h, "/api/notices/" STR_FMT, STR_ARG(got_text(h, &g, "items.0.id")));
        ask(h, "cg1", "POST", target_of(h, "%s/settle", lost), "{\"how\":\"phone\"}", "", &g);
        answers(403);
        ask(h, "diaodu1", "POST", target_of(h, "%s/settle", lost), "{\"how\":\"pigeon\"}", "", &g);
        answers(422);
        ask(h, "diaodu1", "POST", target_of(h, "%s/settle", lost), "{\"how\":\"phone\"}", "", &g);
        answers(200);
        CHECK_EQ(rows_of(h, "notice_out WHERE settled = 'staff:diaodu1 phone'"), 1);
        office_close(&o);
}

HOUSE_TEST(who_had_it_erased_gets_nothing_more)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        o.ways.n_hooks = 0;
        house_now(h, "2026-01-05T22:30:00+08:00");
        open_with(h, "\"phone\":\"13800005678\",\"discreet\":true", id, track);
        hear(&o);
        CHECK_EQ(rows_of(h, "notice_wish"), 1);
        ask(h, track, "POST", "/api/track/withdraw", "{}", "", &g);
        answers(200);
        ask(h, track, "POST", "/api/track/erase", NULL, "", &g);
        answers(200);
        house_now(h, "2026-01-06T09:00:00+08:00");
        CHECK_EQ(post(&o), 1); /* before the listener heard of it: it finds nobody */
        CHECK_EQ(o.sink->n, 0);
        hear(&o);
        CHECK_EQ(rows_of(h, "notice_wish"), 0);
        CHECK_EQ(rows_of(h, "notice_out WHERE state = 'waiting'"), 0);
        office_close(&o);
}

static int hold_op(struct ctx *ctx, void *arg)
{
        int64_t epoch;
        return lease_take(ctx, STR("notice"), STR("other"), *(int *)arg, &epoch);
}

HOUSE_TEST(two_servers_do_not_send_it_twice)
{
        struct office o;
        char id[24], track[40];
        struct ctx ctx = h->c.ctx;
        int n, seconds = 30;
        office_open(h, &o);
        open_with(h, "\"phone\":\"13800005678\"," ANY_HOUR, id, track);
        hear(&o);
        CHECK_EQ(test_write(h->store, &h->c, hold_op, &seconds), OK);
        CHECK_EQ(carry(&o.carrier, &ctx, &n), ERR_BUSY); /* another is at it */
        CHECK_EQ(o.sink->n, 0);
        seconds = 0;
        CHECK_EQ(test_write(h->store, &h->c, hold_op, &seconds), OK);
        CHECK_EQ(post(&o), 2);
        struct carrier other = o.carrier;
        other.holder = STR("other");
        CHECK_EQ(carry(&other, &ctx, &n), OK); /* and what one has sent the other finds done */
        CHECK_EQ(n, 0);
        CHECK_EQ(o.sink->n, 2);
        office_close(&o);
}

HOUSE_TEST(a_wish_that_cannot_be_met_is_refused_with_its_field)
{
        static const struct {
                const char *more, *field;
        } row[] = {
                { "\"notify_by\":\"sms\"", "phone" },
                { "\"notify_by\":\"mail\",\"phone\":\"13800005678\"", "mail" },
                { "\"notify_hours\":\"25:00-26:00\",\"phone\":\"13800005678\"", "notify_hours" },
                { "\"notify_by\":\"pigeon\"", "notify_by" },
                { "\"safe_contact\":\"不留言\"", "phone" },
                { "\"mail\":\"not a mail\"", "mail" },
                { "\"mail\":\"a@b.example>,<c@d.example\"", "mail" },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                ask(h, NULL, "POST", "/api/matters", target_of(h, "{\"words\":\"门口的垃圾没有清运\",%s}", row[i].more), "", &g);
                answers(422);
                has(h, "field", row[i].field);
        }
        CHECK_EQ(rows_of(h, "matter_case"), 0);
        CHECK_EQ(rows_of(h, "notice_wish"), 0);
}

HOUSE_TEST(who_wants_no_more_of_it_says_so_and_is_left_in_peace)
{
        struct office o;
        char id[24], track[40];
        office_open(h, &o);
        o.ways.n_hooks = 0;
        open_with(h, "\"phone\":\"13800005678\"," ANY_HOUR, id, track);
        hear(&o);
        ask(h, track, "POST", "/api/track/notify", "{\"notify_by\":\"none\"}", "", &g);
        answers(200);
        CHECK_EQ(post(&o), 1);
        CHECK_EQ(o.sink->n, 0); /* also what was on its way */
        CHECK_EQ(rows_of(h, "notice_out WHERE channel = 'sms' AND state = 'dropped'"), 1);
        ask(h, track, "POST", "/api/track/notify", "{\"notify_by\":\"sms\",\"notify_hours\":\"noon\"}", "", &g);
        answers(422);
        office_close(&o);
}

static const struct town_file with_phones[] = {
        { "staff.csv",
          "login,name,org,phone\n"
          "daiban1,测试带班一,jiedao,13800000001\n"
          "daiban2,测试带班二,jiedao,\n"
          "diaodu1,测试调度一,desk,13800000003\n"
          "diaodu2,测试调度二,desk,\n"
          "zhiban1,测试值班一,desk,13800000004\n"
          "duban1,测试督办一,jiedao,\n"
          "cg1,测试城管一,cgb,13800000005\n"
          "cg2,测试城管二,cgb,\n"
          "xc1,测试巡查一,cgb-team,\n"
          "pa1,测试平安一,pab,\n"
          "wy1,测试物业一,wuye,\n"
          "ld1,测试路灯一,lamp,\n"
          "jw1,测试居委一,jw1,\n"
          "wg1,测试网格一,pab,\n"
          "wg3,测试网格三,pab,\n"
          "ck1,测试窗口一,desk,\n"
          "sj1,测试审计一,jiedao,\n"
          "gl1,测试管理一,jiedao,\n" },
        { 0 }
};

HOUSE_TEST_IN(danger_wakes_whoever_is_on_duty, with_phones)
{
        struct office o;
        office_open(h, &o);
        o.ways.n_hooks = 0;
        house_now(h, "2026-01-05T23:30:00+08:00");
        ask(h, NULL, "POST", "/api/matters", "{\"words\":\"楼道里煤气味很重，有人晕倒了\"," AT_G1 "}", "", &g);
        answers(201);
        hear(&o);
        int n = post(&o);
        CHECK(n >= 1);
        CHECK_EQ(count(o.sink, "紧急：有人反映正有危险"), 1);
        CHECK_EQ(count(o.sink, "煤气"), 0);
        office_close(&o);
}
