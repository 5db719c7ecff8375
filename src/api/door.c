#include "api/door.h"
#include <json-c/json.h>
#include <sodium.h>
#include <strings.h>
#include "api/inner/job.h"

/* ---- the body, judged from the headers -------------------------------------------------------------- */

/* "application/json; charset=utf-8" is of type application/json. */
static bool type_is(struct str content_type, const char *type)
{
        const char *semicolon = content_type.n ? memchr(content_type.p, ';', content_type.n) : NULL;
        if (semicolon)
                content_type.n = (size_t)(semicolon - content_type.p);
        content_type = str_trim(content_type);
        return content_type.n == strlen(type) && strncasecmp(content_type.p, type, content_type.n) == 0;
}

#define FORM_PLAIN "application/x-www-form-urlencoded"
#define FORM_PARTS "multipart/form-data"

int door_body(const struct route *r, struct str content_type, int64_t length, size_t *ret_max, struct err *err)
{
        const char *type = r->body ? "application/json" : r->body_type;
        size_t max = r->body_max ? r->body_max : r->body ? ROUTE_BODY_DEFAULT : 0;
        *ret_max = max;
        if (length == 0)
                return OK;
        if (max == 0)
                return err_set(err, ERR_BAD, "", "这里不接受请求体", "No body belongs here");
        if (length > 0 && (uint64_t)length > max)
                return err_set(err, ERR_TOO_BIG, "", "内容过大，最多 %zu 字节", "Too large: at most %zu bytes", max);
        if (r->form && !type_is(content_type, FORM_PLAIN) && !type_is(content_type, FORM_PARTS))
                return err_set(err, ERR_TYPE, "Content-Type", "请求体须是 %s 或 %s", "The body must be %s or %s", FORM_PLAIN, FORM_PARTS);
        if (!r->form && type && !type_is(content_type, type))
                return err_set(err, ERR_TYPE, "Content-Type", "请求体须是 %s", "The body must be %s", type);
        return OK;
}

/* ---- which town ------------------------------------------------------------------------------------- */

/* "[::1]:8080" to "::1", "Town.example:80" to "town.example". */
static struct str host_name(struct arena *arena, struct str host)
{
        const char *end = NULL;
        if (host.n && host.p[0] == '[') {
                end = memchr(host.p, ']', host.n);
                host = (struct str){ host.p + 1, end ? (size_t)(end - host.p - 1) : 0 };
        } else if (host.n && (end = memchr(host.p, ':', host.n))) {
                host.n = (size_t)(end - host.p);
        }
        char *low = arena_strndup(arena, host.p, host.n);
        for (size_t i = 0; i < host.n; i++)
                if (low[i] >= 'A' && low[i] <= 'Z')
                        low[i] = (char)(low[i] + 32);
        return (struct str){ low, host.n };
}

/* A parameter of the query or the form, before either is judged. Empty stands for "not given". */
static struct str parameter(struct request *req, const char *name)
{
        struct str rest = req->query_text, pair, value = form_value_of(&req->form, name);
        size_t n = strlen(name);
        while (value.n == 0 && str_split(&rest, '&', &pair))
                if (pair.n > n && pair.p[n] == '=' && memcmp(pair.p, name, n) == 0 &&
                    percent_decode(req->ctx.arena, (struct str){ pair.p + n + 1, pair.n - n - 1 }, true, &value) != OK)
                        return (struct str){ 0 };
        return value;
}

static int no_such_town(struct request *req)
{
        return err_set(&req->err, ERR_NONE, req->route->manner->town, "%s：没有这个乡镇（街道）", "%s: there is no such town here",
                       req->route->manner->town);
}

/* A foreign standard names the town by a parameter, and tells apart that none was named and that there is no such one. */
static int town_by_parameter(const struct door *d, struct request *req)
{
        const char *name = req->route->manner->town;
        struct str code = parameter(req, name), path = req->town_code;
        if ((code.n && !code_valid(code)) || (code.n && path.n && !str_eq(code, path)))
                return no_such_town(req);
        int rc = d->town(d->arg, req, code.n ? code : path, STR(""), &req->ctx.town);
        if (rc != ERR_NONE)
                return rc;
        if (code.n || path.n)
                return no_such_town(req);
        return err_set(&req->err, ERR_MISSING, name, "缺少 %s：这里有不止一个乡镇（街道）", "%s is missing: more than one town is served here",
                       name);
}

static int door_town(const struct door *d, struct request *req)
{
        if (!d->town)
                return req->town_code.n ? ERR_NONE : OK;
        if (req->town_code.n && !code_valid(req->town_code))
                return ERR_NONE;
        if (req->route->manner && req->route->manner->town)
                return town_by_parameter(d, req);
        return d->town(d->arg, req, req->town_code, host_name(req->ctx.arena, req->in.host), &req->ctx.town);
}

/* ---- who asks --------------------------------------------------------------------------------------- */

static enum credential credential_of(const struct door *d, const struct request *req)
{
        if (req->in.authorization.n)
                return CRED_KEY;
        if (req->in.cookie.n && request_cookie(req, d->cookie ? d->cookie : "linli").n)
                return CRED_COOKIE;
        return req->in.tracking.n ? CRED_TRACK : CRED_NONE;
}

int rate_wait(struct request *req, int seconds)
{
        req->out.retry_after = seconds;
        metrics_refuse(&job_of(req)->server->metrics, REFUSED_RATE);
        return ERR_RATE;
}

static void key_by_parameter(struct request *req)
{
        const struct manner *m = req->route->manner;
        struct str key = m && m->key && !req->in.authorization.n ? parameter(req, m->key) : (struct str){ 0 };
        if (key.n)
                req->in.authorization = str_printf(req->ctx.arena, "Bearer " STR_FMT, STR_ARG(key));
}

static int door_identify(const struct door *d, struct request *req)
{
        struct server *s = job_of(req)->server;
        key_by_parameter(req);
        enum credential by = credential_of(d, req);
        if (by == CRED_NONE || !d->identify)
                return OK;
        /* Guessing keys, sessions and codes costs what a failed sign-in costs. */
        int wait = rate_look(s->rate, req->address, RATE_SIGN_IN, clock_us());
        if (wait > 0)
                return rate_wait(req, wait);
        int rc = d->identify(d->arg, req, by);
        if (rc == OK) {
                req->who.by = by;
                return OK;
        }
        req->who = (struct who){ 0 };
        req->ctx.actor = (struct actor){ .kind = ACTOR_PUBLIC };
        if (rc != ERR_AUTH)
                return rc;
        rate_take(s->rate, req->address, RATE_SIGN_IN, clock_us());
        if (by == CRED_COOKIE && req->route->may == RIGHT_PUBLIC) {
                req->err = (struct err){ 0 };
                return OK;
        }
        return rc;
}

static int door_csrf(struct request *req)
{
        struct str want = req->who.csrf, got = req->in.csrf;
        if (req->method == HTTP_GET || req->who.by != CRED_COOKIE)
                return OK;
        if (str_is(req->in.fetch_site, "cross-site"))
                return err_set(&req->err, ERR_RIGHT, "", "请求来自别的网站", "The request comes from another site");
        if (want.n == 0 || want.n != got.n || sodium_memcmp(want.p, got.p, want.n) != 0)
                return err_set(&req->err, ERR_RIGHT, "X-CSRF-Token", "缺少或不符的 CSRF 令牌，请刷新页面",
                               "The CSRF token is missing or does not match; reload the page");
        return OK;
}

bool request_holds(const struct request *req, enum right right)
{
        const struct who *w = &req->who;
        bool staff = w->by == CRED_COOKIE || w->by == CRED_KEY, bit = w->rights >> right & 1;
        switch (right) {
        case RIGHT_UNDECIDED:
                return false;
        case RIGHT_PUBLIC:
                return true;
        case RIGHT_TRACK:
                return w->by == CRED_TRACK || bit;
        case RIGHT_SIGNED_IN:
                return w->by == CRED_COOKIE && w->login.n > 0; /* a key is nobody in person */
        case RIGHT_WHY:
                return w->by == CRED_TRACK || bit || (w->rights & right_bit(RIGHT_MATTER_READ));
        default:
                return staff && bit;
        }
}

static int door_right(const struct request *req)
{
        if (request_holds(req, req->route->may))
                return OK;
        return req->who.by == CRED_NONE ? ERR_AUTH : ERR_RIGHT;
}

/* ---- what is asked ---------------------------------------------------------------------------------- */

static int door_key(struct request *req)
{
        struct str key = req->in.idempotency;
        if (!req->route->idempotent || key.n == 0)
                return OK;
        if (key.n < 8 || !code_valid(key))
                return err_set(&req->err, ERR_TYPE, "Idempotency-Key", "幂等键须是 8-64 个字母、数字或 . _ -",
                               "An idempotency key is 8-64 letters, digits or . _ -");
        return OK;
}

static int door_json(struct request *req)
{
        if (!req->route->body)
                return OK;
        if (req->route->form)
                return schema_read_form(req->route->body, &req->form, req->ctx.arena, &req->body, &req->err);
        JSON_AUTO o = NULL;
        int rc = json_parse(req->body_text.n ? req->body_text : STR("{}"), &o, &req->err);
        if (rc != OK)
                return rc;
        return schema_read_json(req->route->body, o, req->ctx.arena, &req->body, &req->err);
}

static int door_read(struct request *req)
{
        bool more = req->route->manner && req->route->manner->more;
        int rc = schema_read_query(req->route->query, req->query_text, more, req->ctx.arena, &req->query, &req->err);
        if (rc != OK)
                return rc;
        rc = door_key(req);
        return rc == OK ? door_json(req) : rc;
}

/* An office behind one address sends in many papers; the public is counted by address, as nothing else is known of it. */
static uint64_t rate_key(const struct request *req)
{
        bool staff = req->route->rate == RATE_FILE && req->who.login.n;
        return staff ? str_hash(req->who.login) : req->address;
}

int door_pass(const struct door *d, struct request *req)
{
        if (req->route->page)
                return OK;
        int rc = door_town(d, req);
        if (rc == OK)
                rc = door_identify(d, req);
        if (rc == OK)
                rc = door_csrf(req);
        if (rc == OK)
                rc = door_right(req);
        if (rc == OK)
                rc = door_read(req);
        if (rc != OK)
                return rc;
        int wait = rate_take(job_of(req)->server->rate, rate_key(req), req->route->rate, clock_us());
        return wait > 0 ? rate_wait(req, wait) : OK;
}
