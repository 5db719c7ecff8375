#include "matter/reply.h"
#include <json-c/json.h>
#include "base/buf.h"
#include "base/json.h"
#include "people/mask.h"

#define REPLY_BYTES ((size_t)256 << 10)
#define MOBILE_DIGITS 11
#define CITIZEN_DIGITS 18

/* ---- numbers of persons ------------------------------------------------------------------------------------------------ */

static size_t digits(struct str s, size_t from)
{
        size_t n = 0;
        while (from + n < s.n && s.p[from + n] >= '0' && s.p[from + n] <= '9')
                n++;
        return n;
}

static bool check_character(struct str s, size_t i)
{
        return i < s.n && (s.p[i] == 'X' || s.p[i] == 'x');
}

struct str reply_hide_numbers(struct arena *a, struct str text)
{
        BUF_AUTO out = BUF(REPLY_BYTES);
        for (size_t i = 0; i < text.n;) {
                size_t n = digits(text, i);
                size_t all = n + (n == CITIZEN_DIGITS - 1 && check_character(text, i + n));
                struct str run = { text.p + i, all };
                if (n == MOBILE_DIGITS && run.p[0] == '1' && run.p[1] >= '3')
                        buf_str(&out, mask_phone(a, run));
                else if (all == CITIZEN_DIGITS)
                        buf_str(&out, STR("******************"));
                else
                        buf_str(&out, n ? run : (struct str){ text.p + i, 1 });
                i += n ? all : 1;
        }
        return str_dup(a, buf_view(&out));
}

/* ---- where the fields come from ---------------------------------------------------------------------------------------- */

struct replying {
        struct ctx *ctx;
        const struct town *t;
        const struct matter *m;
        const struct procedure *p;
        struct matter_story story;
};

static struct str moment(struct replying *r, struct instant t)
{
        char text[40];
        if (instant_is_none(t))
                return STR("");
        instant_format(t, text);
        return str_printf(r->ctx->arena, "%.10s %.5s", text, text + 11);
}

static uint64_t records_of(const struct replying *r, const struct matter_step *s)
{
        int at = procedure_action_find(r->p, s->e.kind);
        uint64_t set = 0;
        for (size_t i = 0; at >= 0 && i < r->p->action[at].effects.n; i++)
                if (r->p->action[at].effects.row[i].kind == EFFECT_RECORD)
                        set |= UINT64_C(1) << r->p->action[at].effects.row[i].record;
        return set;
}

/* The last step of this round that has one of @records; NULL = none since upstream sent it. */
static const struct matter_step *last_step(const struct replying *r, uint64_t records)
{
        for (size_t i = r->story.n; i-- > 0;) {
                uint64_t set = records_of(r, &r->story.row[i]);
                if (set & records)
                        return &r->story.row[i];
                if (set >> RECORD_REDO_UPSTREAM & 1)
                        return NULL;
        }
        return NULL;
}

static struct str said(struct replying *r, struct str json, const char *name)
{
        JSON_AUTO doc = NULL;
        if (json.n == 0 || json_parse(json, &doc, NULL) != OK || !json_get(doc, name))
                return STR("");
        return str_dup(r->ctx->arena, json_text(json_get(doc, name)));
}

/* What was done; where it never came to that, why. */
static struct str answer(struct replying *r)
{
        static const uint64_t done = UINT64_C(1) << RECORD_ANSWER | UINT64_C(1) << RECORD_AMENDMENT;
        static const uint64_t ended = UINT64_C(1) << RECORD_WITHDRAWAL | UINT64_C(1) << RECORD_RETURN_UPSTREAM;
        const struct matter_step *s = last_step(r, done | ended);
        bool zh = r->ctx->lang == LANG_ZH;
        if (!s)
                return STR("");
        uint64_t set = records_of(r, s);
        if (set >> RECORD_WITHDRAWAL & 1)
                return zh ? STR("诉求人已撤回。") : STR("The reporter took it back.");
        if (!(set >> RECORD_RETURN_UPSTREAM & 1))
                return reply_hide_numbers(r->ctx->arena, said(r, s->words, "text"));
        struct str why = said(r, s->words, "reason"), where = said(r, s->words, "elsewhere");
        return reply_hide_numbers(r->ctx->arena,
                                  str_printf(r->ctx->arena, zh ? "申请退回：" STR_FMT "；建议承办单位：" STR_FMT : "Sent back: " STR_FMT "; it is due to: " STR_FMT,
                                             STR_ARG(why), STR_ARG(where)));
}

static struct str told(struct replying *r)
{
        const struct matter_step *s = last_step(r, UINT64_C(1) << RECORD_TOLD);
        struct instant at;
        if (!s)
                return STR("");
        return moment(r, instant_parse(said(r, s->e.body, "time"), &at) == OK ? at : s->e.at);
}

static struct str rated(struct replying *r, bool solved)
{
        static const struct say word[] = { { "未解决", "not solved" }, { "部分解决", "partly solved" }, { "已解决", "solved" } };
        const struct matter *m = r->m;
        if (m->satisfied == INT32_MIN)
                return STR("");
        if (!solved)
                return str_printf(r->ctx->arena, "%d/5", (int)m->satisfied);
        return m->solved >= 0 && m->solved < (int32_t)COUNT(word) ? str_of(say_in(word[m->solved], r->ctx->lang)) : STR("");
}

static struct str place_name(const struct replying *r)
{
        struct str path = r->m->path, last = STR(""), part;
        while (str_split(&path, '/', &part))
                last = part;
        const struct place *p = place_find(&r->t->places, last);
        return p && !str_eq(r->m->path, r->t->path) ? p->name : STR("");
}

static struct str subject_name(const struct replying *r)
{
        uint32_t s = subject_find(&r->t->subjects, r->m->subject);
        if (s == SUBJECT_NONE)
                return STR("");
        return r->ctx->lang == LANG_ZH ? r->t->subjects.row[s].name_zh : r->t->subjects.row[s].name_en;
}

static struct str value_of(struct replying *r, const struct upstream_field *f)
{
        const struct matter *m = r->m;
        const struct org *unit = org_find(&r->t->orgs, m->unit);
        const struct post *post = post_find(&r->t->posts, m->post);
        int state = procedure_state_find(r->p, m->state);
        switch (f->from) {
        case REPLY_VALUE: return f->value;
        case REPLY_NUMBER: return m->order.number;
        case REPLY_RECEIVED: return moment(r, m->order.received);
        case REPLY_DUE: return moment(r, m->order.due);
        case REPLY_UNIT: return unit ? unit->name : m->unit;
        case REPLY_POST: return post ? post->title : STR("");
        case REPLY_SUBJECT: return subject_name(r);
        case REPLY_PLACE: return place_name(r);
        case REPLY_STATE: return state < 0 ? m->state : str_of(say_in(r->p->state[state].name, r->ctx->lang));
        case REPLY_SIGNED: return moment(r, m->signed_at);
        case REPLY_CONTACTED: return moment(r, m->contacted);
        case REPLY_ANSWERED: return moment(r, m->answered);
        case REPLY_TOLD: return told(r);
        case REPLY_ANSWER: return answer(r);
        case REPLY_SOLVED: return rated(r, true);
        case REPLY_SATISFIED: return rated(r, false);
        case REPLY_ROUND: return str_printf(r->ctx->arena, "%d", (int)m->order.round);
        case REPLY_FROMS: break;
        }
        return STR("");
}

/* ---- the text ------------------------------------------------------------------------------------------------------------ */

static void fill_template(struct ctx *ctx, struct reply *reply)
{
        BUF_AUTO out = BUF(REPLY_BYTES);
        struct str rest = reply->up->template, before, code;
        bool more = true;
        while (more) {
                more = upstream_template_next(&rest, &before, &code);
                buf_str(&out, before);
                for (size_t i = 0; more && i < reply->n; i++)
                        if (str_eq(reply->field[i].as->code, code))
                                buf_str(&out, reply->field[i].value);
        }
        reply->text = str_dup(ctx->arena, buf_view(&out));
}

int reply_make(struct ctx *ctx, const struct town *t, const struct matter *m, struct reply *ret)
{
        struct replying r = { .ctx = ctx, .t = t, .m = m, .p = town_procedure(t, m->proc) };
        const struct upstream *up = upstream_find(&t->upstreams, m->order.system);
        if (m->order.state == ORDER_NONE)
                return err_set(ctx->err, ERR_NONE, "number", "这件事项不是上级派单", "This matter did not come from upstream");
        if (!up)
                return err_set(ctx->err, ERR_UNKNOWN, "system", "upstreams.yaml 里已没有这个系统", "upstreams.yaml no longer names this system");
        int rc = matter_story(ctx, m->id, &r.story);
        if (rc != OK)
                return rc;
        *ret = (struct reply){ .up = up, .n = up->n_fields, .field = arena_array(ctx->arena, struct reply_field, up->n_fields) };
        for (size_t i = 0; i < ret->n; i++) {
                struct reply_field *f = &ret->field[i];
                f->as = &up->field[i];
                f->value = value_of(&r, f->as);
                if (f->as->required && f->value.n == 0)
                        f->fault = REPLY_MISSING;
                else if (utf8_count(f->value) > (size_t)f->as->max)
                        f->fault = REPLY_TOO_LONG;
                ret->faults += f->fault != REPLY_FINE;
        }
        fill_template(ctx, ret);
        return OK;
}

/* ---- the files ------------------------------------------------------------------------------------------------------------ */

int reply_files(struct ctx *ctx, const struct town *t, const struct matter *m, struct matter_file_rows *ret)
{
        struct replying r = { .ctx = ctx, .t = t, .m = m, .p = town_procedure(t, m->proc) };
        struct matter_file_rows all;
        int32_t since = 0;
        int rc = matter_story(ctx, m->id, &r.story);
        if (rc == OK)
                rc = matter_files(ctx, m->id, &all);
        if (rc != OK)
                return rc;
        for (size_t i = 0; i < r.story.n; i++)
                if (records_of(&r, &r.story.row[i]) >> RECORD_REDO_UPSTREAM & 1)
                        since = r.story.row[i].e.n;
        *ret = (struct matter_file_rows){ .row = arena_array(ctx->arena, struct matter_file, all.n) };
        for (size_t i = 0; i < all.n; i++)
                if (all.row[i].shown && !all.row[i].reporter && !all.row[i].erased.p && all.row[i].n > since)
                        ret->row[ret->n++] = all.row[i];
        return OK;
}
