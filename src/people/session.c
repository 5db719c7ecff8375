#include "people/session.h"
#include <assert.h>
#include <sodium.h>
#include "people/audit.h"
#include "people/inner/token.h"
#include "people/link.h"
#include "people/people_sql.h"

#define TRY_MEMORY_US (24 * US_PER_HOUR)

static_assert(sizeof(((struct session_given *)0)->token) == TOKEN_TEXT, "token");
static_assert(sizeof(((struct session_given *)0)->csrf) == TOKEN_TIED, "csrf");

bool session_csrf(struct str token, char ret[static TOKEN_TIED])
{
        return token_tied(token, "linli csrf", ret);
}

bool session_csrf_ok(struct str token, struct str given)
{
        char want[TOKEN_TIED];
        return session_csrf(token, want) && given.n == TOKEN_TIED - 1 && sodium_memcmp(want, given.p, given.n) == 0;
}

int session_begin(struct ctx *ctx, struct str login, int factors, struct session_given *ret)
{
        struct token t;
        token_make(ctx->chance, "session", &t);
        struct sql_people_session_add_in in = { .town = ctx->town,
                                                .hash = hash_view(t.hash),
                                                .login = login,
                                                .at = ctx->now,
                                                .until = { ctx->now.us + SESSION_MAX_US },
                                                .factors = factors };
        int rc = sql_people_session_add(ctx->tx, &in, NULL);
        if (rc != OK)
                return rc;
        struct session_given out = { .until = in.until };
        memcpy(out.token, t.text, sizeof out.token);
        session_csrf(str_of(t.text), out.csrf);
        *ret = out;
        return OK;
}

static int no_session(struct ctx *ctx)
{
        return err_set(ctx->err, ERR_AUTH, "", "登录已失效，请重新登录", "You are no longer signed in; sign in again");
}

int session_find(struct ctx *ctx, struct str token, struct session *ret)
{
        unsigned char hash[TOKEN_HASH];
        if (!token_hash(token, "session", hash))
                return no_session(ctx);
        struct sql_people_session_get_in in = { ctx->town, hash_view(hash) };
        struct sql_people_session_get_row row;
        int rc = sql_people_session_get(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK)
                return rc == ERR_NONE ? no_session(ctx) : rc;
        int64_t idle = ctx->now.us - row.seen.us;
        if (ctx->now.us >= row.until.us || idle >= SESSION_IDLE_US)
                return no_session(ctx);
        *ret = (struct session){ row.login, row.at, row.seen, row.until, row.factors, idle >= SESSION_TOUCH_US };
        return OK;
}

int session_touch(struct ctx *ctx, struct str token)
{
        unsigned char hash[TOKEN_HASH];
        if (!token_hash(token, "session", hash))
                return no_session(ctx);
        struct sql_people_session_touch_in in = { ctx->town, hash_view(hash), ctx->now };
        return sql_people_session_touch(ctx->tx, &in, NULL);
}

int session_end(struct ctx *ctx, struct str token)
{
        unsigned char hash[TOKEN_HASH];
        if (!token_hash(token, "session", hash))
                return OK;
        struct sql_people_session_drop_in in = { ctx->town, hash_view(hash) };
        int64_t n;
        int rc = sql_people_session_drop(ctx->tx, &in, &n);
        return rc == OK && n > 0 ? audit_add(ctx, "sign-out", ctx->actor.name, true) : rc;
}

int session_end_all(struct ctx *ctx, struct str login)
{
        struct sql_people_session_drop_login_in in = { ctx->town, login };
        int rc = sql_people_session_drop_login(ctx->tx, &in, NULL);
        return rc == OK ? audit_add(ctx, "sign-out", login, true) : rc;
}

int session_list(struct ctx *ctx, struct str login, struct sessions *ret)
{
        struct sql_people_session_list_in in = { ctx->town, login };
        struct sql_people_session_list_rows rows;
        int rc = sql_people_session_list(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK)
                return rc;
        struct sessions out = { .row = arena_array(ctx->arena, struct session, rows.n) };
        for (size_t i = 0; i < rows.n; i++) {
                int64_t idle = ctx->now.us - rows.row[i].seen.us;
                if (ctx->now.us < rows.row[i].until.us && idle < SESSION_IDLE_US)
                        out.row[out.n++] =
                                (struct session){ STR(""),           rows.row[i].at,      rows.row[i].seen,
                                                  rows.row[i].until, rows.row[i].factors, idle >= SESSION_TOUCH_US };
        }
        *ret = out;
        return OK;
}

int people_sweep(struct ctx *ctx)
{
        struct sql_people_session_sweep_in sessions = { ctx->town, ctx->now, { ctx->now.us - SESSION_IDLE_US } };
        struct sql_people_invite_sweep_in invites = { ctx->town, ctx->now };
        struct sql_people_try_sweep_in tries = { ctx->town, { ctx->now.us - TRY_MEMORY_US } };
        int rc = sql_people_session_sweep(ctx->tx, &sessions, NULL);
        if (rc == OK)
                rc = sql_people_invite_sweep(ctx->tx, &invites, NULL);
        if (rc == OK)
                rc = sql_people_try_sweep(ctx->tx, &tries, NULL);
        return rc == OK ? once_sweep(ctx) : rc;
}
