#include "api/house.h"
#include <sodium.h>
#include <stdlib.h>
#include "matter/matter.h"
#include "matter/files.h"
#include "media/media.h"
#include "people/apikey.h"
#include "people/audit.h"
#include "people/session.h"

/* ---- towns held for a request -------------------------------------------------------------------------------------- */

struct held { struct town *town; struct held *next; };

static void let_go(struct request *req)
{
        for (struct held *h = req->held; h; h = h->next)
                town_unref(h->town);
        req->held = NULL;
}

static const struct town *hold(struct request *req, struct town *t)
{
        struct held *h = arena_new(req->ctx.arena, struct held);
        *h = (struct held){ .town = t, .next = req->held };
        req->held = h;
        req->release = let_go;
        return t;
}

int house_town(struct request *req, const struct town **ret)
{
        struct town *t;
        for (struct held *h = req->held; h; h = h->next) {
                if (!h->next) { /* the first one held is the current one */
                        *ret = h->town;
                        return OK;
                }
        }
        int rc = shelf_town(house_of(req)->shelf, req->ctx.town, req->ctx.now, &t, &req->err);
        if (rc == OK)
                *ret = hold(req, t);
        return rc;
}

int house_read(struct request *req, const struct town **ret)
{
        struct tx *tx;
        int rc = house_town(req, ret);
        return rc == OK ? request_tx(req, &tx) : rc;
}

void house_wake(struct request *req)
{
        struct house *h = house_of(req);
        if (h->wake)
                h->wake(h);
}

static const struct member ok_members[] = {
        { .name = "ok", .type = FIELD_BOOL },
        { 0 },
};
const struct shape ok_shape = { "Ok", ok_members, NULL };

static const struct member made_members[] = {
        { .name = "id", .type = FIELD_ID },
        { 0 },
};
const struct shape made_shape = { "Made", made_members, NULL };

int house_ok(struct request *req, int rc)
{
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_kbool(&j, "ok", true);
        json_close(&j);
        return OK;
}

int house_done(struct request *req, int rc)
{
        rc = house_ok(req, rc);
        if (rc == OK)
                house_wake(req);
        return rc;
}

int house_in_person(struct request *req)
{
        return req->who.by == CRED_COOKIE ? OK : err_set(&req->err, ERR_RIGHT, "session", "须由本人登录办理", "Somebody does this in person, signed in");
}

int house_town_anew(struct request *req, const struct town **ret)
{
        struct town *t;
        shelf_drop(house_of(req)->shelf, req->ctx.town);
        int rc = shelf_town(house_of(req)->shelf, req->ctx.town, req->ctx.now, &t, &req->err);
        if (rc == OK)
                *ret = hold(req, t);
        return rc;
}

int house_town_on(struct request *req, struct day on, const struct town **ret)
{
        const struct town *now;
        struct town *t;
        int rc = house_town(req, &now);
        if (rc == OK)
                rc = shelf_town_on(house_of(req)->shelf, req->ctx.town, on, req->ctx.now, &t, &req->err);
        if (rc == OK)
                *ret = hold(req, t);
        return rc;
}

/* ---- the door ------------------------------------------------------------------------------------------------------ */

/* A foreign standard wants to hear of a town that is not there before anything else. */
static int town_is_there(struct request *req, int64_t town)
{
        const struct town *t;
        if (!req->route->manner)
                return OK;
        req->ctx.town = town;
        return house_town(req, &t);
}

static int which_town(void *arg, struct request *req, struct str code, struct str host, int64_t *ret)
{
        struct house *h = arg;
        (void)host;
        if (code.n == 0) {
                *ret = h->only_town;
                if (*ret || req->route->scope == SCOPE_NONE) /* /health and /docs are the server's, not a town's */
                        return OK;
                *ret = shelf_only(h->shelf); /* loaded since the start? */
                if (*ret)
                        return OK;
                return err_set(&req->err, ERR_NONE, "town", "请在网址中注明乡镇：/t/区划代码/…", "Name the town in the address: /t/CODE/…");
        }
        if (str_int(code, 1, INT64_MAX, ret) != OK)
                return err_set(&req->err, ERR_NONE, "town", "没有这个乡镇（街道）", "There is no such town here");
        return town_is_there(req, *ret);
}

/* Everything held anywhere; whoever may read a matter may read why it went where it went. */
static void sum_rights(struct request *req)
{
        uint64_t all = right_bit(RIGHT_SIGNED_IN);
        for (size_t i = 0; i < req->who.scopes.n; i++)
                all |= req->who.scopes.row[i].rights;
        if (all & right_bit(RIGHT_MATTER_READ))
                all |= right_bit(RIGHT_WHY);
        req->who.rights = all;
}

static int by_tracking(struct request *req)
{
        struct matter m;
        struct tx *tx;
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = matter_by_code(&req->ctx, req->in.tracking, &m);
        if (rc == ERR_NONE)
                return err_set(&req->err, ERR_AUTH, "X-Tracking-Code", "查询码不对，请核对后再试", "There is no matter with this tracking code; check it and try again");
        if (rc != OK)
                return rc;
        req->who.id = m.id;
        req->who.rights = right_bit(RIGHT_TRACK) | right_bit(RIGHT_WHY);
        req->ctx.actor = (struct actor){ .kind = ACTOR_REPORTER, .name = STR("") };
        return OK;
}

static int by_key(struct request *req)
{
        struct apikey key;
        struct tx *tx;
        struct str text = req->in.authorization;
        if (!str_starts(text, STR("Bearer ")))
                return ERR_AUTH;
        text = str_trim((struct str){ text.p + 7, text.n - 7 });
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = apikey_find(&req->ctx, text, &key);
        if (rc != OK)
                return rc;
        apikey_scopes(req->ctx.arena, &key, &req->who.scopes);
        req->who.login = key.name;
        sum_rights(req);
        req->who.rights &= ~right_bit(RIGHT_SIGNED_IN);
        req->ctx.actor = (struct actor){ .kind = ACTOR_KEY, .name = key.name };
        return OK;
}

static int touch(struct tx *tx, struct command *self)
{
        struct request *req = self->arg;
        struct ctx ctx = req->ctx;
        ctx.tx = tx;
        return session_touch(&ctx, request_cookie(req, "linli"));
}

static int by_cookie(struct request *req)
{
        const struct town *t;
        struct session s;
        struct tx *tx;
        struct str token = request_cookie(req, "linli");
        int rc = request_tx(req, &tx);
        if (rc == OK)
                rc = session_find(&req->ctx, token, &s);
        if (rc == OK)
                rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct day today = instant_day(req->ctx.now);
        if (!staff_serves(staff_find(&t->staff, s.login), today))
                return err_set(&req->err, ERR_AUTH, "", "账号已停用", "This account is no longer in use");
        char *csrf = arena_alloc(req->ctx.arena, 23);
        session_csrf(token, csrf);
        scopes_of(req->ctx.arena, &t->posts, s.login, today, &req->who.scopes);
        req->who.login = s.login;
        req->who.csrf = str_of(csrf);
        sum_rights(req);
        req->ctx.actor = (struct actor){ .kind = ACTOR_STAFF, .name = s.login };
        if (s.stale && req->route->run_on == RUN_READ) /* a worker may wait for one small write every ten minutes */
                store_write(house_of(req)->store, touch, req, PRIO_BACKGROUND, NULL);
        return OK;
}

static int who_asks(void *arg, struct request *req, enum credential by)
{
        (void)arg;
        switch (by) {
        case CRED_TRACK:
                return by_tracking(req);
        case CRED_KEY:
                return by_key(req);
        case CRED_COOKIE:
                return by_cookie(req);
        case CRED_NONE:
                break;
        }
        return ERR_AUTH;
}

static bool reaches(void *arg, const struct request *req, const struct scope_object *object)
{
        (void)arg;
        enum right may = req->route->may == RIGHT_WHY ? RIGHT_MATTER_READ : req->route->may;
        return scope_allows(&req->who.scopes, req->who.login, may, object);
}

struct door house_door(struct house *h)
{
        return (struct door){ .arg = h, .town = which_town, .identify = who_asks, .reaches = reaches, .cookie = "linli" };
}

int house_matter(struct request *req, const struct town **t, struct matter *m, struct scope_object *object)
{
        struct tx *tx;
        int rc = house_town(req, t);
        if (rc == OK)
                rc = request_tx(req, &tx);
        if (rc == OK)
                rc = matter_get(&req->ctx, request_param(req, "id")->id, m);
        if (rc != OK)
                return rc;
        matter_scope(*t, m, object);
        if (request_in_scope(req, m->id, object) == OK)
                return OK;
        return err_set(&req->err, ERR_NONE, "id", "没有这件事项", "There is no such matter");
}

uint64_t house_rights_over(const struct request *req, const struct scope_object *object)
{
        uint64_t rights = 0;
        for (enum right r = RIGHT_FIRST_GRANTED; r < RIGHT_COUNT; r++)
                if (scope_allows(&req->who.scopes, req->who.login, r, object))
                        rights |= right_bit(r);
        return rights;
}

bool house_sees_reporter(const struct request *req, const struct scope_object *object)
{
        struct scope_object alone = *object;
        alone.n_assist = 0;
        return scope_allows(&req->who.scopes, req->who.login, RIGHT_MATTER_READ, &alone);
}

bool house_withholds(const struct request *req, const struct scope_object *object, const struct matter_file *f)
{
        return f->reporter && str_is(f->of.kind, media_kind_names[MEDIA_VOICE]) && !house_sees_reporter(req, object);
}

struct idem house_idem(const struct request *req, int64_t object, struct str action)
{
        struct idem k = { .route = str_of(req->route->name), .key = req->in.idempotency };
        struct arena *a = req->ctx.arena;
        if (k.key.n == 0)
                return k;
        k.actor = actor_text(a, req->ctx.actor);
        if (req->who.by == CRED_TRACK)
                k.actor = str_printf(a, "reporter:%lld", (long long)req->who.id);
        request_body_hash(req, k.body);
        if (object) { /* the same key on another matter, or for another step, is another request */
                struct str what = str_printf(a, "%lld " STR_FMT, (long long)object, STR_ARG(action));
                unsigned char body[sizeof(k.body)];
                memcpy(body, k.body, sizeof(body));
                crypto_generichash(k.body, sizeof(k.body), (const unsigned char *)what.p, what.n, body, sizeof(body));
        }
        return k;
}
