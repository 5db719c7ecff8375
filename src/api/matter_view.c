#include "api/matter_view.h"
#include <json-c/json.h>
#include "matter/files.h"
#include "media/media.h"
#include "people/mask.h"

static void state_of(struct json *j, const struct town *t, struct str proc, struct str state, bool public_view)
{
        const struct procedure *p = town_procedure(t, proc);
        int i = procedure_state_find(p, state);
        json_kstr(j, "state", state);
        if (i >= 0)
                view_say(j, "state_name", public_view ? p->state[i].public_word : p->state[i].name);
}

static const char *const solved_words[] = { "no", "partly", "yes", NULL };

static const struct member rating_members[] = {
        { .name = "solved", .type = FIELD_ENUM, .choices = solved_words },
        { .name = "satisfied", .type = FIELD_INT, .help = { "1 到 5；未评为 0", "1 to 5; 0 when it was not said" } },
        { 0 },
};
static const struct shape rating_shape = { NULL, rating_members, NULL };

static const struct member matter_common_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT, .help = { "版本，写入时放在 If-Match 里", "Revision, for If-Match" } },
        { .name = "state", .type = FIELD_STR, .help = { "流程中的状态代码", "Code of its state in the procedure" } },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "open", .type = FIELD_BOOL },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "post", .type = FIELD_OBJECT, .of = &post_held_shape, .null = true },
        { .name = "opened", .type = FIELD_INSTANT },
        { .name = "due", .type = FIELD_INSTANT, .null = true, .help = { "承诺答复的时间", "When an answer is promised" } },
        { .name = "answered", .type = FIELD_INSTANT, .null = true },
        { .name = "closed", .type = FIELD_INSTANT, .null = true },
        { .name = "reopened", .type = FIELD_INT, .help = { "重办过几次", "How often it was taken up again" } },
        { .name = "shelved_until", .type = FIELD_INSTANT, .null = true },
        { .name = "rating", .type = FIELD_OBJECT, .of = &rating_shape, .null = true },
        { 0 },
};
static const struct shape matter_common_shape = { NULL, matter_common_members, NULL };

/* What stays the same for everybody who may see the matter at all. */
static void common(struct json *j, const struct town *t, const struct matter *m, bool public_view, struct arena *a)
{
        json_kid(j, "id", m->id);
        json_kint(j, "rev", m->rev);
        state_of(j, t, m->proc, m->state, public_view);
        json_kbool(j, "open", m->open);
        json_kbool(j, "urgent", m->urgent);
        view_subject(j, "subject", t, m->subject);
        view_place(j, "grid", t, m->grid);
        view_org(j, "unit", t, m->unit);
        view_post(j, "post", t, m->post, m->holder, public_view, a);
        json_kinstant(j, "opened", m->opened);
        json_kinstant(j, "due", m->due);
        json_kinstant(j, "answered", m->answered);
        json_kinstant(j, "closed", m->closed);
        json_kint(j, "reopened", m->reopened);
        json_kinstant(j, "shelved_until", m->shelved_until);
        json_key(j, "rating");
        if (m->satisfied == INT32_MIN) {
                json_null(j);
        } else {
                json_open(j);
                json_kc(j, "solved", solved_words[m->solved < 0 || m->solved > 2 ? 0 : m->solved]);
                json_kint(j, "satisfied", m->satisfied);
                json_close(j);
        }
}

static const struct member pause_members[] = {
        { .name = "from", .type = FIELD_INSTANT },
        { .name = "to", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
static const struct shape pause_shape = { NULL, pause_members, NULL };

static const struct member clock_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "kind", .type = FIELD_ENUM, .choices = clock_kind_words, .maybe = true },
        { .name = "source", .type = FIELD_STR, .maybe = true, .help = { "依据", "On what it rests" } },
        { .name = "started", .type = FIELD_INSTANT, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "provisional", .type = FIELD_BOOL, .help = { "日历未公布，可能变动", "The calendar is not out yet; it may move" } },
        { .name = "stopped", .type = FIELD_INSTANT, .null = true },
        { .name = "alarmed", .type = FIELD_INT, .help = { "提醒到第几级", "Up to which level it rang" } },
        { .name = "extended", .type = FIELD_INT },
        { .name = "pauses", .type = FIELD_LIST, .of = &pause_shape },
        { 0 },
};
static const struct shape clock_shape = { "Clock", clock_members, NULL };

static void pauses_of(struct json *j, const struct clock *c)
{
        json_key(j, "pauses");
        json_list(j);
        for (size_t i = 0; i < c->n_pauses; i++) {
                json_open(j);
                json_kinstant(j, "from", c->pause[i].from);
                json_kinstant(j, "to", c->pause[i].to);
                json_close(j);
        }
        json_end(j);
}

static void clocks_of(struct json *j, const struct town *t, const struct matter *m, bool public_view)
{
        const struct procedure *p = town_procedure(t, m->proc);
        struct clock_set clocks;
        json_key(j, "clocks");
        json_list(j);
        if (clock_set_parse(m->clocks, &clocks) == OK) {
                for (size_t i = 0; i < clocks.n; i++) {
                        const struct clock *c = &clocks.row[i];
                        int at = procedure_clock_find(p, c->code);
                        if (public_view && at >= 0 && p->clock[at].kind != CLOCK_PROMISED && p->clock[at].kind != CLOCK_STATUTORY &&
                            p->clock[at].kind != CLOCK_CONTACT)
                                continue;
                        json_open(j);
                        json_kstr(j, "code", c->code);
                        if (at >= 0) {
                                view_say(j, "name", p->clock[at].name);
                                json_kc(j, "kind", clock_kind_words[p->clock[at].kind]);
                                json_kstr(j, "source", p->clock[at].source);
                        }
                        json_kinstant(j, "started", c->started);
                        json_kinstant(j, "due", c->due);
                        json_kbool(j, "provisional", c->provisional);
                        json_kinstant(j, "stopped", c->stopped);
                        json_kint(j, "alarmed", c->level);
                        json_kint(j, "extended", c->extended);
                        pauses_of(j, c);
                        json_close(j);
                }
        }
        json_end(j);
}

/* Steps that are the office's own affair, or would name staff. @action NULL: no action of the procedure. */
static bool for_reporter(struct str kind, const struct procedure_action *action)
{
        static const uint64_t inner = RECORD_BIT(RECORD_CONFERENCE) | RECORD_BIT(RECORD_RETURN) | RECORD_BIT(RECORD_OVERRULED) |
                                      RECORD_BIT(RECORD_CALL_IN) | RECORDS_OF_A_TASK | RECORD_BIT(RECORD_REQUEST) | RECORD_BIT(RECORD_REFUSAL) |
                                      RECORD_BIT(RECORD_VERIFICATION) | RECORD_BIT(RECORD_MISSED_CALL) | RECORD_BIT(RECORD_RETURN_UPSTREAM) |
                                      RECORD_BIT(RECORD_GIVEN_BACK) | RECORD_BIT(RECORD_REPLY_UPSTREAM);
        if (action && (action_records(action) & inner))
                return false;
        return !str_is(kind, "alarm") && !str_is(kind, "task_alarm") && !str_is(kind, "task_raised");
}

/* The step is told, not what was written about it: why the desk thinks it the same may speak of others. */
static bool only_named(const struct procedure_action *action)
{
        for (size_t i = 0; i < action->effects.n; i++)
                if (action->effects.row[i].kind == EFFECT_RECORD && action->effects.row[i].record == RECORD_JOINING)
                        return true;
        return false;
}

/* Duties that should have been another person's, and were not: those who read are not deceived about it. */
static void apart_of(struct json *j, struct str body)
{
        JSON_AUTO o = NULL;
        struct err err = { 0 };
        if (str_find(body, STR("\"apart\":")) < 0 || json_parse(body, &o, &err) != OK)
                return;
        struct str apart = json_text(json_get(o, "apart"));
        if (str_is(apart, "desk"))
                view_say(j, "apart", (struct say){ "由调度中心的人员办理", "Done by the dispatch desk" });
        else if (str_is(apart, "alone"))
                view_say(j, "apart", (struct say){ "没有其他人员，由参与过办理的同一人完成", "Done by somebody who had a part in it: there is nobody else" });
}

static const struct member step_members[] = {
        { .name = "n", .type = FIELD_INT },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "kind", .type = FIELD_STR, .help = { "动作代码，如 sign", "Code of the action, as sign" } },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "apart", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true,
          .help = { "本应由他人办理而没有", "That somebody else should have done it, and did not" } },
        { .name = "words", .type = FIELD_MAP, .item = FIELD_ANY, .maybe = true,
          .help = { "当时写下的话，按字段名", "What was written, by the name of its field" } },
        { .name = "erased", .type = FIELD_STR, .maybe = true, .help = { "话已删除的依据", "The words are gone, on this basis" } },
        { 0 },
};
static const struct shape step_shape = { "Step", step_members, NULL };

static const struct member staff_step_members[] = {
        { .name = "actor", .type = FIELD_STR },
        { .name = "codes", .type = FIELD_MAP, .item = FIELD_ANY, .null = true, .help = { "事件所记的代码", "The codes that the event holds" } },
        { 0 },
};
static const struct shape staff_step_shape = { "StaffStep", staff_step_members, &step_shape };

/* Names of what happens to a matter beside its procedure. */
static void name_event(struct json *j, struct str kind)
{
        static const struct {
                const char *kind;
                struct say name;
        } named[] = {
                { "made-public", { "公开摘要", "A summary was made public" } },
                { "public-changed", { "改写公开的摘要", "The public summary was changed" } },
                { "public-ended", { "收回公开的摘要", "The public summary was taken back" } },
        };
        for (size_t i = 0; i < COUNT(named); i++)
                if (str_is(kind, named[i].kind))
                        view_say(j, "name", named[i].name);
}

static void story_of(struct json *j, const struct procedure *p, const struct matter_story *s, bool public_view)
{
        json_key(j, "story");
        json_list(j);
        for (size_t i = 0; i < s->n; i++) {
                const struct matter_step *step = &s->row[i];
                int action = procedure_action_find(p, step->e.kind);
                if (public_view && !for_reporter(step->e.kind, action < 0 ? NULL : &p->action[action]))
                        continue;
                json_open(j);
                json_kint(j, "n", step->e.n);
                json_kinstant(j, "at", step->e.at);
                json_kstr(j, "kind", step->e.kind);
                if (action >= 0)
                        view_say(j, "name", p->action[action].name);
                else
                        name_event(j, step->e.kind);
                apart_of(j, step->e.body);
                if (!public_view) {
                        json_kstr(j, "actor", step->e.actor);
                        json_key(j, "codes");
                        json_raw(j, step->e.body.n ? step->e.body : STR("null"));
                }
                if (step->words.n && !(public_view && action >= 0 && only_named(&p->action[action]))) {
                        json_key(j, "words");
                        json_raw(j, step->words);
                }
                if (step->erased.n)
                        json_kstr(j, "erased", step->erased);
                json_close(j);
        }
        json_end(j);
}

static const char *const file_by_words[] = { "reporter", "staff", NULL };

static const struct member file_members[] = {
        { .name = "k", .type = FIELD_INT, .help = { "附件号，用于取它", "Its number, to fetch it by" } },
        { .name = "n", .type = FIELD_INT, .help = { "随经过的哪一步", "With which step of the story it came" } },
        { .name = "kind", .type = FIELD_ENUM, .choices = media_kind_names },
        { .name = "type", .type = FIELD_STR },
        { .name = "bytes", .type = FIELD_INT },
        { .name = "width", .type = FIELD_INT, .maybe = true },
        { .name = "height", .type = FIELD_INT, .maybe = true },
        { .name = "ms", .type = FIELD_INT, .maybe = true, .help = { "录音时长，毫秒", "Milliseconds, of a recording" } },
        { .name = "name", .type = FIELD_STR, .maybe = true },
        { .name = "by", .type = FIELD_ENUM, .choices = file_by_words },
        { .name = "thumb", .type = FIELD_BOOL, .help = { "有小图", "There is a small picture" } },
        { .name = "withheld", .type = FIELD_BOOL, .maybe = true, .help = { "您不能听", "Not for you to hear" } },
        { .name = "erased", .type = FIELD_STR, .maybe = true },
        { 0 },
};
static const struct shape file_shape = { "MatterFile", file_members, NULL };

static void file_of(struct json *j, const struct matter_file *f)
{
        json_open(j);
        json_kint(j, "k", f->k);
        json_kint(j, "n", f->n);
        json_kstr(j, "kind", f->of.kind);
        json_kstr(j, "type", f->of.type);
        json_kint(j, "bytes", f->of.bytes);
        if (f->of.width) {
                json_kint(j, "width", f->of.width);
                json_kint(j, "height", f->of.height);
        }
        if (f->of.ms)
                json_kint(j, "ms", f->of.ms);
        if (f->of.name.n)
                json_kstr(j, "name", f->of.name);
        json_kc(j, "by", file_by_words[f->reporter ? 0 : 1]);
        json_kbool(j, "thumb", f->of.thumb.n > 0 && !f->erased.p);
        if (f->withheld)
                json_kbool(j, "withheld", true);
        if (f->erased.p)
                json_kstr(j, "erased", f->erased);
        json_close(j);
}

static void files_of(struct json *j, const struct matter_story *s, bool public_view)
{
        json_key(j, "files");
        json_list(j);
        for (size_t i = 0; i < s->files->n; i++)
                if (!public_view || s->files->row[i].shown)
                        file_of(j, &s->files->row[i]);
        json_end(j);
}

static const struct member form_choice_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape form_choice_shape = { NULL, form_choice_members, NULL };

static const struct member form_field_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "label", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "type", .type = FIELD_ENUM, .choices = form_type_words },
        { .name = "required", .type = FIELD_BOOL },
        { .name = "min", .type = FIELD_INT, .maybe = true },
        { .name = "max", .type = FIELD_INT, .maybe = true },
        { .name = "choices", .type = FIELD_LIST, .of = &form_choice_shape, .maybe = true },
        { 0 },
};
static const struct shape form_field_shape = { "FormField", form_field_members, NULL };

static const struct member action_members[] = {
        { .name = "action", .type = FIELD_STR, .help = { "放进路径的代码", "Its code, for the path" } },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "form", .type = FIELD_LIST, .of = &form_field_shape },
        { 0 },
};
const struct shape action_shape = { "Action", action_members, NULL };

static void form_of(struct json *j, const struct procedure_action *a)
{
        json_key(j, "form");
        json_list(j);
        for (size_t i = 0; i < a->n_fields; i++) {
                const struct procedure_field *f = &a->field[i];
                json_open(j);
                json_kstr(j, "name", f->name);
                view_say(j, "label", f->label);
                json_kc(j, "type", form_type_words[f->type]);
                json_kbool(j, "required", f->required);
                if (f->type == FORM_TEXT || f->type == FORM_INT || f->type == FORM_FILES) {
                        json_kint(j, "min", f->min);
                        json_kint(j, "max", f->max);
                }
                if (f->n_choices) {
                        json_key(j, "choices");
                        json_list(j);
                        for (size_t k = 0; k < f->n_choices; k++) {
                                json_open(j);
                                json_kstr(j, "code", f->choice[k].code);
                                view_say(j, "name", f->choice[k].name);
                                json_close(j);
                        }
                        json_end(j);
                }
                json_close(j);
        }
        json_end(j);
}

void matter_view_may(struct json *j, const struct procedure_action *const *may, size_t n)
{
        json_key(j, "may");
        json_list(j);
        for (size_t i = 0; i < n; i++) {
                json_open(j);
                json_kstr(j, "action", may[i]->code);
                view_say(j, "name", may[i]->name);
                form_of(j, may[i]);
                json_close(j);
        }
        json_end(j);
}

static void may_of(struct json *j, const struct town *t, const struct matter *m, enum actor_kind kind, uint64_t rights, struct instant now)
{
        const struct procedure_action *may[PROCEDURE_ACTIONS_MAX];
        matter_view_may(j, may, matter_may(t, m, kind, rights, now, may));
}

static const struct member together_members[] = {
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "known", .type = FIELD_OBJECT, .of = &known_shape, .maybe = true },
        { 0 },
};
static const struct shape together_shape = { NULL, together_members, NULL };

static const struct member tracked_members[] = {
        { .name = "together", .type = FIELD_OBJECT, .of = &together_shape, .null = true,
          .help = { "与其他诉求一并办理", "It waits for the answer of another matter" } },
        { .name = "elsewhere", .type = FIELD_OBJECT, .of = &elsewhere_shape, .null = true },
        { .name = "clocks", .type = FIELD_LIST, .of = &clock_shape },
        { .name = "helping", .type = FIELD_LIST, .of = &helping_shape, .help = { "还请了哪些单位", "Which other units were asked" } },
        { .name = "story", .type = FIELD_LIST, .of = &step_shape },
        { .name = "files", .type = FIELD_LIST, .of = &file_shape },
        { .name = "may", .type = FIELD_LIST, .of = &action_shape, .help = { "现在可以做什么", "What may be done now" } },
        { 0 },
};
const struct shape tracked_shape = { "TrackedMatter", tracked_members, &matter_common_shape };

void matter_view_reporter(struct json *j, const struct town *t, const struct matter *m, const struct matter_tasks *tasks,
                          const struct matter_story *s, const struct together *with, const struct elsewhere *e, struct instant now, struct arena *a)
{
        json_open(j);
        common(j, t, m, true, a);
        json_key(j, "together");
        if (with) {
                json_open(j);
                view_org(j, "unit", t, with->cause.unit);
                json_kinstant(j, "due", with->cause.due);
                if (with->announced) {
                        json_key(j, "known");
                        known_view(j, t, &with->known);
                }
                json_close(j);
        } else {
                json_null(j);
        }
        elsewhere_view(j, t, e, false);
        clocks_of(j, t, m, true);
        task_view_reporter(j, t, tasks);
        story_of(j, town_procedure(t, m->proc), s, true);
        files_of(j, s, true);
        may_of(j, t, m, ACTOR_REPORTER, 0, now);
        json_close(j);
}

static const char *const outcome_words[] = { "waiting", "overruled", "upheld", NULL };

static const struct member returned_members[] = {
        { .name = "by", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "duty", .type = FIELD_STR },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "ruled", .type = FIELD_INSTANT, .null = true },
        { .name = "outcome", .type = FIELD_ENUM, .choices = outcome_words },
        { 0 },
};
static const struct shape returned_shape = { NULL, returned_members, NULL };

/* Whether it may be returned until when, or was, and how that ended. */
static void return_of(struct json *j, const struct town *t, const struct matter *m)
{
        json_kinstant(j, "return_until", m->open && instant_is_none(m->returned_at) ? matter_return_until(t, m) : INSTANT_NONE);
        json_key(j, "returned");
        if (instant_is_none(m->returned_at)) {
                json_null(j);
                return;
        }
        json_open(j);
        view_org(j, "by", t, m->returned_by);
        json_kstr(j, "duty", m->returned_duty);
        json_kinstant(j, "at", m->returned_at);
        json_kinstant(j, "ruled", m->ruled_at);
        json_kc(j, "outcome", outcome_words[m->upheld == 1 ? 2 : m->upheld == 0 ? 1 : 0]);
        json_close(j);
}

/* What is asked for and not decided, what was granted, and the calls after the end. */
static void asked_of(struct json *j, const struct matter *m)
{
        json_kstr(j, "asked", m->asked);
        json_kint(j, "pauses", m->pauses);
        json_kint(j, "extensions", m->extensions);
        json_key(j, "call_back");
        json_open(j);
        json_kbool(j, "open", m->call_open);
        json_kint(j, "calls", m->calls);
        json_kint(j, "days", m->call_days);
        json_kinstant(j, "last", m->last_call);
        json_kbool(j, "rated", m->call_rated);
        json_close(j);
}

/* Is the reporter to be asked where it is, how often was it tried, and who was named to find it by. */
static void placing_of(struct json *j, const struct matter *m, const struct vault_masked *householder)
{
        json_key(j, "placing");
        json_open(j);
        json_kbool(j, "call", m->place_call);
        json_kint(j, "calls", m->place_calls);
        json_key(j, "householder");
        if (householder)
                json_str(j, householder->name);
        else
                json_null(j);
        json_close(j);
}

static const struct member call_back_members[] = {
        { .name = "open", .type = FIELD_BOOL },
        { .name = "calls", .type = FIELD_INT },
        { .name = "days", .type = FIELD_INT },
        { .name = "last", .type = FIELD_INSTANT, .null = true },
        { .name = "rated", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape call_back_shape = { NULL, call_back_members, NULL };

static const struct member masked_contact_members[] = {
        { .name = "name", .type = FIELD_STR },
        { .name = "phone", .type = FIELD_STR },
        { .name = "address", .type = FIELD_STR },
        { .name = "erased", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape masked_contact_shape = { NULL, masked_contact_members, NULL };

static const struct member placing_members[] = {
        { .name = "call", .type = FIELD_BOOL, .help = { "要问诉求人在哪里", "The reporter is to be asked where it is" } },
        { .name = "calls", .type = FIELD_INT },
        { .name = "householder", .type = FIELD_STR, .null = true, .help = { "户主，张*", "The householder, as 张*" } },
        { 0 },
};
static const struct shape placing_shape = { NULL, placing_members, NULL };

static const struct member staff_matter_members[] = {
        { .name = "procedure", .type = FIELD_STR },
        { .name = "town_version", .type = FIELD_INT },
        { .name = "matched", .type = FIELD_STR },
        { .name = "located", .type = FIELD_STR },
        { .name = "level", .type = FIELD_STR },
        { .name = "duty", .type = FIELD_STR, .help = { "职责清单条目", "Row of the duty list" } },
        { .name = "assist", .type = FIELD_STR, .help = { "协办单位，分号隔开", "Units that assist, parted by semicolons" } },
        { .name = "path", .type = FIELD_STR },
        { .name = "source", .type = FIELD_STR },
        { .name = "source_name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "raised", .type = FIELD_INT, .help = { "升级到第几级", "How far it was raised" } },
        { .name = "order", .type = FIELD_OBJECT, .of = &order_shape, .maybe = true, .help = { "上级工单", "The order from upstream" } },
        { .name = "cause", .type = FIELD_ID, .null = true, .help = { "并入的事项", "The matter it was joined to" } },
        { .name = "waits", .type = FIELD_BOOL, .help = { "等待该事项的答复", "It waits for the answer of that one" } },
        { .name = "signed", .type = FIELD_INSTANT, .null = true },
        { .name = "contacted", .type = FIELD_INSTANT, .null = true },
        { .name = "return_until", .type = FIELD_INSTANT, .null = true, .help = { "何时前可以退单", "Until when it may be returned" } },
        { .name = "returned", .type = FIELD_OBJECT, .of = &returned_shape, .null = true },
        { .name = "asked", .type = FIELD_STR, .help = { "申请中而未批的", "What was asked for and not decided" } },
        { .name = "pauses", .type = FIELD_INT },
        { .name = "extensions", .type = FIELD_INT },
        { .name = "call_back", .type = FIELD_OBJECT, .of = &call_back_shape },
        { .name = "reporter", .type = FIELD_OBJECT, .of = &masked_contact_shape, .null = true,
          .help = { "打了掩码；您不能看则为 null", "Masked; null where it is not for you to see" } },
        { .name = "placing", .type = FIELD_OBJECT, .of = &placing_shape },
        { .name = "elsewhere", .type = FIELD_OBJECT, .of = &elsewhere_staff_shape, .null = true },
        { .name = "clocks", .type = FIELD_LIST, .of = &clock_shape },
        { .name = "tasks", .type = FIELD_LIST, .of = &task_shape },
        { .name = "call_whom", .type = FIELD_LIST, .of = &call_whom_shape, .help = { "清单指定可请谁协助", "Whom the duty list names to assist" } },
        { .name = "story", .type = FIELD_LIST, .of = &staff_step_shape },
        { .name = "files", .type = FIELD_LIST, .of = &file_shape },
        { .name = "may", .type = FIELD_LIST, .of = &action_shape },
        { 0 },
};
const struct shape staff_matter_shape = { "Matter", staff_matter_members, &matter_common_shape };

void matter_view_staff(struct json *j, const struct town *t, const struct matter *m, const struct matter_tasks *tasks, const struct matter_story *s,
                       const struct vault_masked *reporter, const struct vault_masked *householder, const struct task_actor *who, const struct elsewhere *e, struct instant now, struct arena *a)
{
        json_open(j);
        common(j, t, m, false, a);
        json_kstr(j, "procedure", m->proc);
        json_kint(j, "town_version", m->version);
        json_kstr(j, "matched", m->matched);
        json_kstr(j, "located", m->located);
        json_kstr(j, "level", m->level);
        json_kstr(j, "duty", m->duty);
        json_kstr(j, "assist", m->assist);
        json_kstr(j, "path", m->path);
        enum source source = source_find(m->source);
        json_kstr(j, "source", m->source);
        if (source < SOURCES)
                view_say(j, "source_name", source_kinds[source].name);
        json_kint(j, "raised", m->raised);
        if (m->order.state != ORDER_NONE) {
                json_key(j, "order");
                json_open(j);
                order_view(j, t, &m->order);
                json_close(j);
        }
        json_key(j, "cause");
        if (m->cause == MATTER_NO_CAUSE)
                json_null(j);
        else
                json_id(j, m->cause);
        json_kbool(j, "waits", m->waits);
        json_kinstant(j, "signed", m->signed_at);
        json_kinstant(j, "contacted", m->contacted);
        return_of(j, t, m);
        asked_of(j, m);
        json_key(j, "reporter");
        if (reporter) {
                json_open(j);
                json_kstr(j, "name", reporter->name);
                json_kstr(j, "phone", reporter->phone);
                json_kstr(j, "address", reporter->address);
                json_kbool(j, "erased", reporter->erased);
                json_close(j);
        } else {
                json_null(j);
        }
        placing_of(j, m, householder);
        elsewhere_view(j, t, e, true);
        clocks_of(j, t, m, false);
        task_view_staff(j, t, m, tasks, who);
        story_of(j, town_procedure(t, m->proc), s, false);
        files_of(j, s, false);
        may_of(j, t, m, who->kind, who->rights, now);
        json_close(j);
}

static const struct member matter_item_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "rev", .type = FIELD_INT },
        { .name = "state", .type = FIELD_STR },
        { .name = "state_name", .type = FIELD_OBJECT, .of = &say_shape, .maybe = true },
        { .name = "open", .type = FIELD_BOOL },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "post", .type = FIELD_STR },
        { .name = "holder", .type = FIELD_STR },
        { .name = "raised", .type = FIELD_INT },
        { .name = "voices", .type = FIELD_INT, .help = { "并入了几件", "How many were joined to it" } },
        { .name = "cause", .type = FIELD_ID, .null = true },
        { .name = "opened", .type = FIELD_INSTANT },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { 0 },
};
const struct shape matter_item_shape = { "MatterRow", matter_item_members, NULL };

void matter_view_item_members(struct json *j, const struct town *t, const struct matter_item *m)
{
        json_kid(j, "id", m->id);
        json_kint(j, "rev", m->rev);
        state_of(j, t, STR("request"), m->state, false);
        json_kbool(j, "open", m->open);
        json_kbool(j, "urgent", m->urgent);
        view_subject(j, "subject", t, m->subject);
        view_place(j, "grid", t, m->grid);
        view_org(j, "unit", t, m->unit);
        json_kstr(j, "post", m->post);
        json_kstr(j, "holder", m->holder);
        json_kint(j, "raised", m->raised);
        json_kint(j, "voices", m->voices);
        json_key(j, "cause");
        if (m->cause == MATTER_NO_CAUSE)
                json_null(j);
        else
                json_id(j, m->cause);
        json_kinstant(j, "opened", m->opened);
        json_kinstant(j, "due", m->due);
}

void matter_view_item(struct json *j, const struct town *t, const struct matter_item *m)
{
        json_open(j);
        matter_view_item_members(j, t, m);
        json_close(j);
}

static const struct member danger_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "now", .type = FIELD_BOOL, .help = { "正在发生", "It is happening now" } },
        { .name = "dial", .type = FIELD_LIST, .item = FIELD_STR, .help = { "马上拨打", "Numbers to dial at once" } },
        { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "advice", .type = FIELD_OBJECT, .of = &say_shape },
        { 0 },
};
static const struct shape danger_shape = { "Danger", danger_members, NULL };

static const struct member other_door_members[] = {
        { .name = "code", .type = FIELD_STR },
        { .name = "dial", .type = FIELD_STR, .null = true },
        { .name = "door", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "advice", .type = FIELD_OBJECT, .of = &say_shape },
        { .name = "basis", .type = FIELD_STR, .null = true },
        { 0 },
};
static const struct shape other_door_shape = { "OtherDoor", other_door_members, NULL };

static void signs_view(struct json *j, const struct signs *s)
{
        json_key(j, "danger");
        json_list(j);
        for (uint32_t i = 0; i < s->n_dangers; i++) {
                const struct danger_kind *d = &danger_kinds[s->danger[i].kind];
                json_open(j);
                json_kc(j, "code", d->code);
                json_kbool(j, "now", s->danger[i].now);
                json_key(j, "dial");
                json_list(j);
                for (size_t k = 0; k < COUNT(d->numbers) && d->numbers[k]; k++)
                        json_c(j, d->numbers[k]);
                json_end(j);
                view_say(j, "name", d->name);
                view_say(j, "advice", d->advice);
                json_close(j);
        }
        json_end(j);
        json_key(j, "other_doors");
        json_list(j);
        for (uint32_t i = 0; i < s->n_channels; i++) {
                const struct channel_kind *c = &channel_kinds[s->channel[i].kind];
                json_open(j);
                json_kc(j, "code", c->code);
                json_kc(j, "dial", c->number);
                view_say(j, "door", c->door);
                view_say(j, "advice", c->advice);
                json_kc(j, "basis", c->basis);
                json_close(j);
        }
        json_end(j);
}

static void subject_view(struct json *j, const struct town *t, const struct intake *k)
{
        view_subject(j, "subject", t, k->subject ? k->subject->code : STR(""));
        json_kc(j, "matched", match_how_name(k->match.how));
        json_key(j, "suggestions");
        json_list(j);
        for (uint32_t i = 0; i < k->match.n_others; i++) {
                const struct subject *s = &t->subjects.row[k->match.others[i].subject];
                json_open(j);
                json_kstr(j, "code", s->code);
                view_name(j, "name", s->name_zh, s->name_en);
                json_close(j);
        }
        json_end(j);
}

static const struct member decision_members[] = {
        { .name = "known", .type = FIELD_OBJECT, .of = &known_shape, .maybe = true, .help = { "已公告的原因", "What is announced already" } },
        { .name = "state", .type = FIELD_STR },
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "matched", .type = FIELD_STR, .help = { "事项类别怎样认出的", "How the subject was found" } },
        { .name = "suggestions", .type = FIELD_LIST, .of = &named_shape, .help = { "也可能是", "What it might be too" } },
        { .name = "grid", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "located", .type = FIELD_STR, .help = { "地点怎样认出的", "How the place was found" } },
        { .name = "is_it_here", .type = FIELD_BOOL, .help = { "请诉求人确认地点", "Ask whether it is here" } },
        { .name = "or_here", .type = FIELD_LIST, .item = FIELD_STR },
        { .name = "unit", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "由哪个单位办", "Who will answer" } },
        { .name = "post", .type = FIELD_OBJECT, .of = &post_held_shape, .null = true },
        { .name = "assist", .type = FIELD_LIST, .of = &named_shape, .help = { "谁配合", "Who assists" } },
        { .name = "duty", .type = FIELD_OBJECT, .of = &decided_duty_shape, .null = true, .help = { "清单的哪一行", "The row of the duty list" } },
        { .name = "likely", .type = FIELD_OBJECT, .of = &named_shape, .null = true,
          .help = { "多半由它办，待人核定", "Who it will probably be, once somebody has looked" } },
        { .name = "due", .type = FIELD_INSTANT, .null = true },
        { .name = "urgent", .type = FIELD_BOOL },
        { .name = "ask_for", .type = FIELD_LIST, .item = FIELD_STR, .help = { "还缺哪些事实", "Facts that would decide it" } },
        { .name = "danger", .type = FIELD_LIST, .of = &danger_shape },
        { .name = "other_doors", .type = FIELD_LIST, .of = &other_door_shape },
        { .name = "why", .type = FIELD_OBJECT, .of = &explanation_shape },
        { .name = "told", .type = FIELD_LIST, .item = FIELD_STR, .help = { "why 用句子说，按询问者的语言", "why in sentences, in the asker's language" } },
        { 0 },
};
const struct shape decision_shape = { "Decision", decision_members, NULL };

void intake_view(struct json *j, const struct town *t, const struct intake *k, const struct known_cause *known, enum lang lang, struct arena *a)
{
        json_open(j);
        if (known) {
                json_key(j, "known");
                known_view(j, t, known);
        }
        json_kstr(j, "state", k->state);
        subject_view(j, t, k);
        view_place(j, "grid", t, k->at.grid);
        json_kc(j, "located", located_name(k->at.how));
        json_kbool(j, "is_it_here", k->at.ask);
        json_key(j, "or_here");
        json_list(j);
        for (size_t i = 0; i < k->at.n_others && i < COUNT(k->at.others); i++)
                json_str(j, k->at.others[i]);
        json_end(j);
        view_org(j, "unit", t, k->unit->code);
        view_post(j, "post", t, k->post.post, k->post.login, true, a);
        decided_by(j, t, k);
        view_org(j, "likely", t, k->suggested ? k->suggested->code : STR(""));
        json_kinstant(j, "due", k->due);
        json_kbool(j, "urgent", k->urgent);
        json_key(j, "ask_for");
        json_list(j);
        for (uint32_t i = 0; i < k->lead.n_missing; i++)
                json_str(j, k->lead.missing[i]);
        json_end(j);
        signs_view(j, &k->signs);
        json_key(j, "why");
        json_raw(j, k->why);
        json_key(j, "told");
        json_list(j);
        told_lines(j, k->why, t, lang);
        json_end(j);
        json_close(j);
}
