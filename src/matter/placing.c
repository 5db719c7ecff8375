#include "matter/inner/placing.h"
#include "place/spoken.h"
#include "town/learned.h"

void placing_opened_body(struct json *j, const struct matter *m)
{
        if (!m->place_call && m->householder == MATTER_ANONYMOUS)
                return;
        json_key(j, "placing");
        json_open(j);
        json_kbool(j, "call", m->place_call);
        if (m->householder != MATTER_ANONYMOUS)
                json_kbool(j, "householder", true);
        json_close(j);
}

void placing_take(const struct town *t, struct matter *m, uint64_t records, struct str from, struct str outcome)
{
        bool unknown = str_eq(m->path, t->path);
        if (records & RECORD_BIT(RECORD_PLACE_CALL)) {
                m->place_calls++;
                m->place_call = m->place_call && !str_is(outcome, "reached");
        }
        if (!str_eq(from, m->state)) /* back at the desk on its own, it is asked for as it was at first */
                m->place_call = (records & RECORD_BIT(RECORD_PARTING)) && unknown && m->open && m->person != MATTER_ANONYMOUS;
}

void placing_body(struct json *j, const struct matter *m, bool called, int32_t calls)
{
        if (m->place_call == called && m->place_calls == calls)
                return;
        json_key(j, "placing");
        json_open(j);
        json_kbool(j, "call", m->place_call);
        json_kint(j, "calls", m->place_calls);
        json_close(j);
}

/* ---- learning ---------------------------------------------------------------------------------------------------------------- */

int matter_place_said(struct ctx *ctx, int64_t id, struct str *ret, bool *ret_unlearned)
{
        struct matter_story story;
        *ret = STR("");
        *ret_unlearned = false;
        int rc = matter_story(ctx, id, &story);
        for (size_t i = 0; rc == OK && i < story.n; i++) {
                JSON_AUTO words = NULL;
                if (story.row[i].words.n == 0 || json_parse(story.row[i].words, &words, NULL) != OK)
                        continue;
                struct json_object *said = json_get(words, "said");
                if (said)
                        *ret = str_dup(ctx->arena, json_text(said)); /* the last one: a call may have made it clearer */
                *ret_unlearned = *ret_unlearned || json_object_get_boolean(json_get(words, "unlearned"));
        }
        return rc;
}

static int for_alias(struct ctx *ctx, const struct err *err, int rc)
{
        return err_set(ctx->err, rc, "alias", "%s%.0s", "%.0s%s", err->zh, err->en);
}

int placing_learns(struct ctx *ctx, const struct town *t, const struct matter *m, struct str alias, struct str place, struct str thing, struct learned *ret,
                   bool *ret_any)
{
        struct err err = { 0 };
        struct ctx own = *ctx;
        struct str said;
        bool unlearned;
        own.err = &err;
        *ret_any = false;
        if (str_is(alias, "-") || place.n + thing.n == 0)
                return OK;
        int rc = matter_place_said(ctx, m->id, &said, &unlearned);
        if (rc != OK)
                return rc;
        if (unlearned && alias.n)
                return err_set(ctx->err, ERR_RULE, "alias", "所说的地点里有人名，不从这件事项里记叫法",
                               "A person is named in what was said: no name of a place is learned from this matter");
        *ret = (struct learned){ .said = alias.n ? alias : unlearned ? STR("") : spoken_name(ctx->arena, said), .place = thing.n ? STR("") : place,
                                 .thing = thing.n ? thing : STR(""), .matter = m->id };
        rc = learned_fits(&own, t, ret);
        *ret_any = rc == OK;
        return rc == OK || alias.n == 0 ? OK : for_alias(ctx, &err, rc);
}

void placing_learned_body(struct json *j, const struct learned *l)
{
        json_key(j, "learned");
        json_open(j);
        json_kid(j, "id", l->id);
        json_kstr(j, "place", l->place);
        json_kstr(j, "thing", l->thing);
        json_close(j);
}

void placing_fold_event(struct placing_fold *f, struct json_object *body)
{
        struct json_object *placing = json_get(body, "placing"), *gone = json_get(body, "gone");
        if (json_get(placing, "call"))
                f->call = json_object_get_boolean(json_get(placing, "call"));
        if (json_get(placing, "calls"))
                f->calls = json_object_get_int(json_get(placing, "calls"));
        if (json_get(placing, "householder"))
                f->householder = true;
        if (json_get(gone, "place_call"))
                f->call = false;
        if (json_get(gone, "householder"))
                f->householder = false;
}
