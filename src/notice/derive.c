#include "notice/inner/derive.h"
#include "notice/notice_sql.h"
#include <json-c/json.h>
#include "base/json.h"

/* ---- what an event says ---------------------------------------------------------------------------------------------- */

struct deriving {
        struct ctx *ctx;
        const struct town *t;
        const struct notice_ways *ways;
        const struct event *e;
        struct json_object *body;
        struct matter m; /* as it stands now */
        const struct procedure *p;
        const struct procedure_action *action; /* NULL: an event that is no action of the procedure */
        struct notice_batch *b;
        struct sql_notice_add_in like; /* what all rows of this event share */
};

static struct str said(const struct deriving *d, const char *key)
{
        struct str s = json_text(json_get(d->body, key));
        return s.p ? str_dup(d->ctx->arena, s) : STR("");
}

static bool tells(const struct deriving *d, enum procedure_notify whom)
{
        struct str rest = json_text(json_get(d->body, "tell")), word;
        while (str_split(&rest, ' ', &word))
                if (str_is(word, procedure_notify_words[whom]))
                        return true;
        return false;
}

static bool records(const struct procedure_action *a, uint64_t any)
{
        for (size_t i = 0; a && i < a->effects.n; i++)
                if (a->effects.row[i].kind == EFFECT_RECORD && (any >> a->effects.row[i].record & 1))
                        return true;
        return false;
}


/* ---- rows ------------------------------------------------------------------------------------------------------------ */

void notice_append(struct ctx *ctx, struct notice_batch *b, const struct sql_notice_add_in *like)
{
        if (b->n == b->cap) {
                b->cap = b->cap ? 2 * b->cap : 64;
                struct sql_notice_add_in *more = arena_array(ctx->arena, struct sql_notice_add_in, b->cap);
                if (b->n)
                        memcpy(more, b->row, b->n * sizeof(*more));
                b->row = more;
        }
        b->row[b->n] = *like;
        b->row[b->n++].id = id_next(ctx->ids, ctx->now);
}

static void add(struct deriving *d, enum notice_kind kind, struct str recipient, enum notice_channel channel, struct instant go)
{
        struct sql_notice_add_in row = d->like;
        row.kind = str_of(notice_kind_names[kind]);
        row.recipient = recipient;
        row.channel = str_of(notice_channel_names[channel]);
        row.urgent = d->m.urgent || kind == NOTICE_DANGER;
        row.state = str_of(channel == NOTICE_BY_APP ? SENT : WAITING);
        row.next_at = channel == NOTICE_BY_APP ? INSTANT_NONE : go;
        row.done_at = channel == NOTICE_BY_APP ? d->ctx->now : INSTANT_NONE;
        notice_append(d->ctx, d->b, &row);
}

/* ---- staff ----------------------------------------------------------------------------------------------------------- */

/* What cannot wait for somebody to look into the app. */
static bool goes_by_sms(enum notice_kind kind)
{
        return kind == NOTICE_DANGER || kind == NOTICE_RAISED;
}

static bool goes_by_mail(enum notice_kind kind)
{
        return kind != NOTICE_REMIND && kind != NOTICE_NEWS;
}

/* Danger wakes people; what is urgent does too. */
static struct instant staff_go(const struct deriving *d, enum notice_kind kind)
{
        static const struct quiet_hours any = { 0, 0 };
        return kind == NOTICE_DANGER || d->m.urgent ? d->ctx->now : notice_when(d->ctx->now, d->t->quiet, any);
}

static void tell_staff(struct deriving *d, enum notice_kind kind, struct str login)
{
        const struct staff_member *who = staff_find(&d->t->staff, login);
        struct str recipient = str_printf(d->ctx->arena, "staff:%.*s", STR_ARG(login));
        if (!who || str_eq(recipient, d->e->actor)) /* nobody is told what they did themselves */
                return;
        add(d, kind, recipient, NOTICE_BY_APP, INSTANT_NONE);
        if (d->ways->sms && who->phone.n && goes_by_sms(kind))
                add(d, kind, recipient, NOTICE_BY_SMS, staff_go(d, kind));
        if (d->ways->mail && who->mail.n && goes_by_mail(kind))
                add(d, kind, recipient, NOTICE_BY_MAIL, d->ctx->now);
}

static void tell_all(struct deriving *d, enum notice_kind kind, enum procedure_notify whom)
{
        struct str login[MATTER_TOLD_MAX];
        size_t n = matter_told(d->ctx, d->t, &d->m, whom, login);
        for (size_t i = 0; i < n; i++)
                tell_staff(d, kind, login[i]);
}

static void tell_one(struct deriving *d, enum notice_kind kind, struct str login)
{
        if (login.n && matter_may_know(d->ctx, d->t, &d->m, login))
                tell_staff(d, kind, login);
        else
                tell_all(d, kind, NOTIFY_DESK);
}

/* ---- the reporter ---------------------------------------------------------------------------------------------------- */

/* The day they were told last: by a row of this batch, or an earlier one. INSTANT_NONE = none. */
static int told_due(const struct deriving *d, struct instant *ret)
{
        struct sql_notice_told_row row;
        *ret = INSTANT_NONE;
        if (d->e->n == 1)
                return OK;
        for (size_t i = d->b->n; i-- > 0;) {
                const struct sql_notice_add_in *r = &d->b->row[i];
                if (r->matter == d->m.id && str_is(r->recipient, "reporter") && str_is(r->channel, "app") && !instant_is_none(r->due) &&
                    !str_is(r->kind, notice_kind_names[NOTICE_KNOWN]) && !str_is(r->kind, notice_kind_names[NOTICE_RESTORE])) {
                        *ret = r->due;
                        return OK;
                }
        }
        int rc = sql_notice_told(d->ctx->tx, d->ctx->arena, &(struct sql_notice_told_in){ d->ctx->town, d->m.id }, &row);
        *ret = rc == OK ? row.due : INSTANT_NONE;
        return rc == ERR_NONE ? OK : rc;
}

static enum notice_kind kind_for_reporter(const struct deriving *d)
{
        if (str_is(d->e->kind, "opened"))
                return NOTICE_RECEIPT;
        if (records(d->action, RECORD_BIT(RECORD_ANSWER) | RECORD_BIT(RECORD_FOLLOWING)))
                return NOTICE_ANSWERED;
        if (records(d->action, RECORD_BIT(RECORD_HANDED)))
                return NOTICE_HANDED;
        return records(d->action, RECORD_BIT(RECORD_DECLINE)) ? NOTICE_DECLINED : NOTICE_PROGRESS;
}

static int wish_of(const struct deriving *d, struct notice_wish *ret)
{
        *ret = (struct notice_wish){ .way = WAY_SMS, .lang = LANG_ZH };
        if (!d->ways->sms && !d->ways->mail)
                return OK; /* nothing leaves the app: no wish to ask for */
        int rc = notice_wish_get(d->ctx, d->m.id, ret);
        return rc == ERR_NONE ? OK : rc;
}

static int send_reporter(struct deriving *d, enum notice_kind kind)
{
        struct notice_wish wish;
        int rc = wish_of(d, &wish);
        if (rc != OK)
                return rc;
        d->like.lang = wish.lang == LANG_EN ? STR("en") : STR("zh");
        add(d, kind, STR("reporter"), NOTICE_BY_APP, INSTANT_NONE);
        struct instant go = notice_when(d->ctx->now, d->t->quiet, wish.hours);
        bool reachable = d->m.person != MATTER_ANONYMOUS;
        if (reachable && wish.way == WAY_SMS && d->ways->sms)
                add(d, kind, STR("reporter"), NOTICE_BY_SMS, go);
        if (reachable && wish.way == WAY_MAIL && d->ways->mail)
                add(d, kind, STR("reporter"), NOTICE_BY_MAIL, go);
        return OK;
}

/* Of an announced cause: until when, who sees to it, and until when it was before. The promised day of their own answer stands
 * beside it, so neither is taken for the other. */
static int tell_known(struct deriving *d, struct json_object *said_of)
{
        struct instant until, was;
        struct sql_notice_add_in like = d->like;
        if (instant_parse(json_text(json_get(said_of, "until")), &until) != OK)
                return OK;
        bool moved = instant_parse(json_text(json_get(said_of, "was")), &was) == OK;
        d->like.due = until;
        d->like.was = moved ? was : INSTANT_NONE;
        if (json_get(said_of, "unit"))
                d->like.unit = str_dup(d->ctx->arena, json_text(json_get(said_of, "unit")));
        int rc = send_reporter(d, moved ? NOTICE_RESTORE : NOTICE_KNOWN);
        d->like = like;
        return rc;
}

/* After reporting there is one message: who was joined to an announced cause in the same moment hears of that, and of no receipt. */
static int joined_at_once(const struct deriving *d, bool *ret)
{
        struct event_rows events;
        JSON_AUTO body = NULL;
        *ret = false;
        if (d->m.cause == MATTER_NO_CAUSE)
                return OK;
        int rc = event_of(d->ctx, d->m.id, &events);
        if (rc == OK && events.n > 1 && json_parse(events.row[1].e.body, &body, NULL) == OK)
                *ret = json_object_get_boolean(json_get(json_get(body, "joined"), "intake"));
        return rc;
}

/* Told because the procedure says so, or because the day they were promised is another one now. */
static int tell_reporter(struct deriving *d)
{
        bool asked = tells(d, NOTIFY_REPORTER), known = false;
        enum notice_kind kind = kind_for_reporter(d);
        static const char *const announces[] = { "joined", "news", "known" };
        for (size_t i = 0; asked && i < COUNT(announces); i++)
                if (json_get(json_get(d->body, announces[i]), "until"))
                        return tell_known(d, json_get(d->body, announces[i]));
        struct instant was = INSTANT_NONE, due = d->m.open || kind == NOTICE_HANDED ? d->m.due : INSTANT_NONE;
        int rc = kind == NOTICE_RECEIPT ? joined_at_once(d, &known) : OK;
        bool first_or_last = kind == NOTICE_RECEIPT || kind == NOTICE_ANSWERED; /* no day that was promised moves then */
        if (rc == OK && !first_or_last)
                rc = told_due(d, &was);
        if (rc != OK || known)
                return rc;
        bool moved = !first_or_last && !instant_is_none(was) && !instant_is_none(due) && was.us != due.us;
        if (!asked && !moved)
                return OK;
        struct sql_notice_add_in like = d->like;
        d->like.due = due;
        d->like.was = moved ? was : INSTANT_NONE;
        if (kind == NOTICE_HANDED) /* who has it now is another town */
                d->like.unit = str_dup(d->ctx->arena, json_text(json_get(json_get(d->body, "passage"), "to")));
        rc = send_reporter(d, moved ? NOTICE_DATE : kind);
        d->like = like;
        return rc;
}

/* ---- hooks ----------------------------------------------------------------------------------------------------------- */

static void tell_hooks(struct deriving *d)
{
        for (size_t i = 0; i < d->ways->n_hooks; i++) {
                struct sql_notice_add_in row = d->like;
                row.kind = STR("event");
                row.recipient = str_printf(d->ctx->arena, "hook:%.*s", STR_ARG(d->ways->hook[i]));
                row.channel = str_of(notice_channel_names[NOTICE_BY_HOOK]);
                row.urgent = d->m.urgent;
                row.state = STR(WAITING);
                row.next_at = d->ctx->now;
                row.due = d->m.due;
                notice_append(d->ctx, d->b, &row);
        }
}

/* ---- one event ------------------------------------------------------------------------------------------------------- */

static void tell_alarm(struct deriving *d)
{
        struct instant due;
        d->like.clock = said(d, "clock");
        d->like.due = instant_parse(said(d, "due"), &due) == OK ? due : INSTANT_NONE;
        if (!d->m.open)
                return;
        if (str_is(d->e->kind, "alarm"))
                tell_all(d, NOTICE_REMIND, NOTIFY_LEAD);
        else
                tell_one(d, NOTICE_RAISED, json_object_get_boolean(json_get(d->body, "raised")) ? said(d, "holder") : STR(""));
        d->like.due = INSTANT_NONE;
        d->like.clock = STR("");
}

/* A unit called in (吹哨): the event says how its task stands, and who sees to it. */
static void tell_task(struct deriving *d, struct json_object *task)
{
        struct instant due;
        struct str holder = str_dup(d->ctx->arena, json_text(json_get(task, "holder")));
        bool asked = records(d->action, RECORD_BIT(RECORD_CALL_IN)), over = records(d->action, RECORD_BIT(RECORD_OVERRIDE) | RECORD_BIT(RECORD_CALL_OFF));
        bool rung = str_is(d->e->kind, "task_alarm"), raised = str_is(d->e->kind, "task_raised");
        if (!d->m.open || !(asked || over || rung || raised))
                return;
        struct str by = json_text(json_get(task, "answer_due"));
        d->like.due = instant_parse(asked ? by : said(d, "due"), &due) == OK ? due : INSTANT_NONE;
        d->like.clock = said(d, "clock");
        tell_one(d, asked ? NOTICE_TASK : over ? NOTICE_NEWS : rung ? NOTICE_REMIND : NOTICE_RAISED, holder);
        d->like.due = INSTANT_NONE;
        d->like.clock = STR("");
}

static void tell_by_procedure(struct deriving *d)
{
        static const uint64_t sends = RECORD_BIT(RECORD_PLACEMENT) | RECORD_BIT(RECORD_ASSIGNMENT) | RECORD_BIT(RECORD_UPHELD) |
                                      RECORD_BIT(RECORD_REOPENING) | RECORD_BIT(RECORD_APPEAL);
        bool sent = str_is(d->e->kind, "opened") || records(d->action, sends);
        d->like.due = sent ? d->m.due : INSTANT_NONE;
        if (tells(d, NOTIFY_LEAD))
                tell_all(d, sent ? NOTICE_TASK : NOTICE_NEWS, NOTIFY_LEAD);
        if (tells(d, NOTIFY_DESK))
                tell_all(d, NOTICE_DESK, NOTIFY_DESK);
        if (tells(d, NOTIFY_NEXT))
                tell_all(d, NOTICE_NEXT, NOTIFY_NEXT);
        d->like.due = INSTANT_NONE;
        if (str_is(d->e->kind, "opened") && said(d, "danger").n)
                tell_one(d, NOTICE_DANGER, said(d, "alarmed"));
}

static void share(struct deriving *d)
{
        struct str to = said(d, "to");
        d->like = (struct sql_notice_add_in){
                .town = d->ctx->town, .matter = d->m.id, .n = d->e->n, .lang = STR("zh"), .proc = d->m.proc,
                .step = to.n ? to : str_is(d->e->kind, "opened") ? said(d, "state") : d->m.state, .unit = d->m.unit, .why = d->e->kind,
                .clock = STR(""), .due = INSTANT_NONE, .was = INSTANT_NONE, .at = d->e->at, .next_at = INSTANT_NONE,
                .done_at = INSTANT_NONE, .error = STR(""),
        };
        d->p = town_procedure(d->t, d->m.proc);
        int at = procedure_action_find(d->p, d->e->kind);
        d->action = at < 0 ? NULL : &d->p->action[at];
}

static int derive_read(struct deriving *d)
{
        int rc = matter_get(d->ctx, d->e->matter, &d->m);
        if (rc != OK)
                return rc;
        share(d);
        if (str_is(d->e->kind, "opened") && said(d, "import").n) { /* a table of old matters is no news to anybody who is in them */
                tell_hooks(d);
                return OK;
        }
        if (str_is(d->e->kind, "alarm") || str_is(d->e->kind, "raised"))
                tell_alarm(d);
        else
                tell_by_procedure(d);
        struct json_object *task = json_get(d->body, "task_is");
        if (task)
                tell_task(d, task);
        rc = tell_reporter(d);
        if (rc == OK)
                tell_hooks(d);
        return rc;
}

int notice_derive(struct ctx *ctx, const struct town *t, const struct notice_ways *ways, const struct event *e, struct notice_batch *b)
{
        JSON_AUTO body = NULL;
        size_t before = b->n;
        if (e->at.us < ctx->now.us - NOTICE_STALE_US || str_is(e->kind, "erased"))
                return OK;
        int rc = json_parse(e->body, &body, NULL);
        if (rc != OK)
                return rc;
        struct deriving d = { .ctx = ctx, .t = t, .ways = ways, .e = e, .body = body, .b = b };
        rc = derive_read(&d);
        if (rc != OK)
                b->n = before;
        return rc;
}

int notice_derive_lost(struct ctx *ctx, const struct town *t, const struct notice *lost, struct notice_batch *b)
{
        struct str login[MATTER_TOLD_MAX];
        struct matter m;
        int rc = matter_get(ctx, lost->matter, &m);
        if (rc != OK)
                return rc;
        size_t n = matter_told(ctx, t, &m, NOTIFY_DESK, login);
        for (size_t i = 0; i < n; i++) {
                struct sql_notice_add_in row = {
                        .town = ctx->town, .matter = lost->matter, .n = lost->n, .kind = str_of(notice_kind_names[NOTICE_UNDELIVERED]),
                        .recipient = str_printf(ctx->arena, "staff:%.*s", STR_ARG(login[i])), .channel = STR("app"), .lang = STR("zh"),
                        .proc = m.proc, .step = m.state, .unit = m.unit, .why = lost->error, .clock = STR(""), .due = INSTANT_NONE,
                        .was = INSTANT_NONE, .at = ctx->now, .urgent = lost->urgent, .state = STR(SENT), .next_at = INSTANT_NONE,
                        .done_at = ctx->now, .error = STR(""),
                };
                notice_append(ctx, b, &row);
        }
        return OK;
}
