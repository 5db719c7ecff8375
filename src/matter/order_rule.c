/* What an order from upstream asks of us: deadlines, facts, and what a step changes. Pure. */
#include "matter/inner/order.h"

const char *const order_state_words[ORDER_STATES] = { "", "received", "redo", "returned", "taken_back", "answered" };
const char *const order_outcome_words[ORDER_OUTCOMES + 1] = { "opened", "same", "noted", "redone", NULL };

struct say order_state_say(enum order_state s)
{
        static const struct say say[ORDER_STATES] = {
                [ORDER_NONE] = { "", "" },
                [ORDER_IS_RECEIVED] = { "待办", "to be dealt with" },
                [ORDER_IS_REDO] = { "重办", "to be dealt with again" },
                [ORDER_IS_RETURNED] = { "已退回，待上级确认", "sent back, upstream has not agreed yet" },
                [ORDER_IS_TAKEN_BACK] = { "上级已收回", "taken back by upstream" },
                [ORDER_IS_ANSWERED] = { "已回复", "answered" },
        };
        return say[s < ORDER_STATES ? s : ORDER_NONE];
}

enum order_state order_state_find(struct str word)
{
        for (int i = ORDER_IS_RECEIVED; i < ORDER_STATES; i++)
                if (str_is(word, order_state_words[i]))
                        return (enum order_state)i;
        return ORDER_NONE;
}

static int64_t margin_us(const struct upstream *up)
{
        return up ? up->margin.limit * (up->margin.unit == DUE_DAY ? US_PER_DAY : US_PER_HOUR) : 0;
}

struct instant order_ours(const struct upstream *up, struct instant received, struct instant due)
{
        if (instant_is_none(due) || due.us <= received.us)
                return due;
        int64_t half = (due.us - received.us) / 2, margin = margin_us(up);
        return (struct instant){ due.us - (margin < half ? margin : half) };
}

struct instant order_window(const struct town *t, const struct upstream *up, struct instant received, struct instant said)
{
        struct working_time time = town_time(t, NULL);
        struct due due;
        if (!instant_is_none(said) || !up)
                return said;
        struct due_spec spec = { .start = received, .limit = up->window.limit, .unit = up->window.unit };
        return due_compute(time.calendar, time.hours, &spec, &due, NULL) == OK ? due.at : INSTANT_NONE;
}

uint32_t order_facts(const struct order *o, struct instant now)
{
        uint32_t facts = o->state == ORDER_NONE ? 0 : FACT_BIT(FACT_HAS_ORDER);
        bool ours = o->state == ORDER_IS_RECEIVED || o->state == ORDER_IS_REDO;
        if (order_owed(o))
                facts |= FACT_BIT(FACT_ORDER_OWED);
        if (ours && !o->refused && !instant_is_none(o->return_until) && now.us <= o->return_until.us)
                facts |= FACT_BIT(FACT_ORDER_RETURN_OPEN);
        return facts;
}

void order_ground(const struct order *o, struct clock_ground *g)
{
        if (!order_owed(o) || instant_is_none(o->ours))
                return;
        g->order_system = o->system;
        g->order_due = o->ours;
}

static struct instant at_field(const struct step *s, const char *name, struct instant otherwise)
{
        const struct step_value *v = step_value(s, name);
        return v ? (struct instant){ v->number } : otherwise;
}

static void begin_round(const struct town *t, struct order *o, const struct upstream *up, const struct step *s, const struct order_in *in,
                        struct instant now)
{
        o->state = ORDER_IS_REDO;
        o->round++;
        o->refused = false;
        o->received = in && in->received.us < now.us ? in->received : now;
        o->due = at_field(s, "due", INSTANT_NONE);
        o->ours = order_ours(up, o->received, o->due);
        o->return_until = order_window(t, up, o->received, in ? in->return_until : INSTANT_NONE);
}

static void reply(struct order *o, const struct step *s, struct instant now)
{
        o->state = ORDER_IS_ANSWERED;
        o->answered = at_field(s, "time", now);
        if (instant_is_none(o->due) || o->answered.us <= o->due.us)
                o->kept++;
        else
                o->late++;
}

void order_step(const struct town *t, struct matter *m, const struct step *s, const struct order_in *in, struct instant now, bool *ret_changed)
{
        struct order *o = &m->order;
        const struct upstream *up = upstream_find(&t->upstreams, o->system);
        static const uint64_t ours = UINT64_C(1) << RECORD_RETURN_UPSTREAM | UINT64_C(1) << RECORD_TAKEN_BACK | UINT64_C(1) << RECORD_GIVEN_BACK |
                                     UINT64_C(1) << RECORD_REPLY_UPSTREAM | UINT64_C(1) << RECORD_SUPPLEMENT | UINT64_C(1) << RECORD_REDO_UPSTREAM;
        *ret_changed = o->state != ORDER_NONE && (s->records & ours);
        if (!*ret_changed)
                return;
        if (s->records >> RECORD_RETURN_UPSTREAM & 1) {
                o->state = ORDER_IS_RETURNED;
                o->returned = now;
                o->returns++;
        }
        if (s->records >> RECORD_TAKEN_BACK & 1)
                o->state = ORDER_IS_TAKEN_BACK;
        if (s->records >> RECORD_GIVEN_BACK & 1) {
                o->state = o->round > 1 ? ORDER_IS_REDO : ORDER_IS_RECEIVED;
                o->refused = true;
                o->refusals++;
        }
        if (s->records >> RECORD_REPLY_UPSTREAM & 1)
                reply(o, s, now);
        if (s->records >> RECORD_SUPPLEMENT & 1) {
                o->due = at_field(s, "due", o->due);
                o->received = in && in->dated && in->received.us < now.us ? in->received : o->received;
                o->return_until = in && !instant_is_none(in->return_until) ? in->return_until : o->return_until;
                o->ours = order_ours(up, o->received, o->due);
        }
        if (s->records >> RECORD_REDO_UPSTREAM & 1)
                begin_round(t, o, up, s, in, now);
}

void order_body(struct json *j, const struct order *o)
{
        json_key(j, "order");
        json_open(j);
        json_kstr(j, "system", o->system);
        json_kc(j, "state", order_state_words[o->state]);
        json_kint(j, "round", o->round);
        json_kinstant(j, "due", o->due);
        json_kinstant(j, "ours", o->ours);
        json_close(j);
}
