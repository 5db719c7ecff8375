#include "api/folder_view.h"

/* Nobody reads more; the number of all is told. */
#define FINDINGS_SHOWN 2000

static void finding_of(struct json *j, const struct finding *f)
{
        json_open(j);
        json_kc(j, "rule", f->rule);
        json_kc(j, "severity", f->severity == SEV_ERROR ? "error" : "warning");
        json_kstr(j, "file", f->file);
        json_kint(j, "line", f->line);
        view_name(j, "message", f->zh, f->en);
        view_say(j, "hint", f->hint);
        json_key(j, "geometry");
        if (f->shape.n)
                json_raw(j, f->shape);
        else
                json_null(j);
        json_close(j);
}

void findings_view(struct json *j, const struct findings *f)
{
        size_t shown = f->n < FINDINGS_SHOWN ? f->n : FINDINGS_SHOWN;
        json_open(j);
        json_kint(j, "errors", (int64_t)f->errors);
        json_kint(j, "warnings", (int64_t)f->warnings);
        json_kint(j, "dropped", (int64_t)(f->dropped + f->n - shown));
        json_key(j, "findings");
        json_list(j);
        for (size_t i = 0; i < shown; i++)
                finding_of(j, &f->row[i]);
        json_end(j);
        json_close(j);
}

void person_view(struct json *j, const char *key, const struct town *t, struct str login)
{
        const struct staff_member *who = staff_find(&t->staff, login);
        json_key(j, key);
        if (login.n == 0) {
                json_null(j);
                return;
        }
        json_open(j);
        json_kstr(j, "login", login);
        json_kstr(j, "name", who ? who->name : login);
        json_close(j);
}

static struct instant draft_expires(const struct town *t, const struct draft *d)
{
        return instant_is_none(d->ended) ? (struct instant){ d->touched.us + draft_life_us(t) } : INSTANT_NONE;
}

void draft_fields(struct json *j, const struct town *t, const struct draft *d, struct str reader)
{
        json_kid(j, "id", d->id);
        json_kint(j, "rev", d->rev);
        json_kstr(j, "state", d->state);
        json_kstr(j, "why", d->why);
        person_view(j, "proposer", t, d->proposer);
        person_view(j, "judge", t, d->judge);
        json_kstr(j, "said", d->said);
        json_key(j, "version");
        if (d->version == INT64_MIN)
                json_null(j);
        else
                json_int(j, d->version);
        json_kinstant(j, "opened", d->opened);
        json_kinstant(j, "touched", d->touched);
        json_kinstant(j, "ended", d->ended);
        json_kinstant(j, "expires", draft_expires(t, d));
        json_kbool(j, "own", str_eq(d->proposer, reader));
}
