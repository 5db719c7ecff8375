/* matter/told.c — who of the staff is meant when the procedure says lead, desk or next. */
#include <stdio.h>
#include "matter/inner/told.h"
#include "matter/inner/fair.h"
#include "matter/matter.h"
#include "matter/voices_sql.h"

void told_body(struct json *j, uint32_t notify)
{
        char text[64] = "";
        size_t n = 0;
        for (int i = 0; i < NOTIFY_COUNT; i++)
                if (notify >> i & 1)
                        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", n ? " " : "", procedure_notify_words[i]);
        if (n)
                json_kc(j, "tell", text);
}

bool matter_may_know(struct ctx *ctx, const struct town *t, const struct matter *m, struct str login)
{
        const struct staff_member *who = staff_find(&t->staff, login);
        struct day today = instant_day(ctx->now);
        return who && staff_serves(who, today) && !kept_out(t, ctx->arena, login, today, m->respondent);
}

struct telling {
        struct ctx *ctx;
        const struct town *t;
        const struct matter *m;
        struct str *ret;
        size_t n;
};

static void add(struct telling *w, struct str login)
{
        for (size_t i = 0; i < w->n; i++)
                if (str_eq(w->ret[i], login))
                        return;
        if (w->n < MATTER_TOLD_MAX && matter_may_know(w->ctx, w->t, w->m, login))
                w->ret[w->n++] = login;
}

static void add_post(struct telling *w)
{
        const struct post *p = post_find(&w->t->posts, w->m->post);
        bool backup;
        const struct staff_member *who = p ? post_acting(&w->t->posts, p, instant_day(w->ctx->now), &backup) : NULL;
        if (who)
                add(w, who->login);
}

/* Everybody who acts at the desk: whoever is there looks. */
static void add_desk(struct telling *w)
{
        const struct posts *posts = &w->t->posts;
        struct day today = instant_day(w->ctx->now);
        bool backup;
        for (size_t i = 0; i < posts->n; i++) {
                const struct post *p = &posts->row[i];
                if (p->org == POST_NONE || p->role == POST_NONE || !str_eq(w->t->orgs.row[p->org].code, w->t->fallback) ||
                    !(w->t->roles.row[p->role].rights & right_bit(RIGHT_MATTER_DISPATCH)) || !path_within(w->m->path, p->place_path))
                        continue;
                const struct staff_member *who = post_acting(posts, p, today, &backup);
                if (who)
                        add(w, who->login);
        }
}

size_t matter_told(struct ctx *ctx, const struct town *t, const struct matter *m, enum procedure_notify whom, struct str *ret)
{
        struct telling w = { ctx, t, m, ret, 0 };
        struct post_choice up;
        if (whom == NOTIFY_LEAD && m->holder.n)
                add(&w, m->holder);
        if (whom == NOTIFY_LEAD && m->urgent)
                add_post(&w); /* by night it is with who is on duty, and the unit hears of it all the same */
        if (whom == NOTIFY_NEXT && ladder_next(ctx, t, m, &up))
                add(&w, up.login);
        if (whom == NOTIFY_DESK || (whom != NOTIFY_REPORTER && w.n == 0)) /* nobody to be told: the desk sees to it */
                add_desk(&w);
        return w.n;
}

int matter_words(struct ctx *ctx, int64_t id, int32_t n, struct str *ret)
{
        struct sql_matter_said_row row;
        int rc = sql_matter_said(ctx->tx, ctx->arena, &(struct sql_matter_said_in){ ctx->town, id, n }, &row);
        if (rc == ERR_NONE)
                row.words = (struct str){ 0 };
        else if (rc != OK)
                return rc;
        *ret = row.words;
        return OK;
}
