/* linli notices: the outbox, what could not be delivered, and a pass of the carrier without a server. */
#include <stdlib.h>
#include "app/command.h"
#include "app/postman.h"
#include "app/rounds.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        OPTION_KEY,
        { "notices", "FILE", false, { "send：网关设置（见《消息》手册；默认环境变量 LINLI_NOTICES）", "send: the gateways (docs/notices.md; default LINLI_NOTICES)" } },
        OPTION_JSON,
        { 0 },
};

/* ---- what stands in the outbox --------------------------------------------------------------------------------------- */

struct outbox {
        struct notice_counts counts;
        struct notices lost;
};

static int look(struct args *a, struct world *w, int64_t town, struct outbox *ret)
{
        struct ctx ctx = world_ctx(a, w, town);
        int rc = store_read_begin(w->store, &ctx.tx, &w->err);
        if (rc != OK)
                return rc;
        rc = notice_count(&ctx, &ret->counts);
        if (rc == OK)
                rc = notice_lost(&ctx, true, INT64_MAX, &ret->lost);
        store_read_end(ctx.tx);
        return rc;
}

static const char *kind_of(const struct notice *n)
{
        return n->kind < NOTICE_KINDS ? notice_kind_names[n->kind] : "event";
}

static void print_json(const struct args *a, const struct outbox *o)
{
        BUF_AUTO out = BUF(1 << 20);
        struct json j = json_to(&out);
        json_open(&j);
        json_key(&j, "outbox");
        json_list(&j);
        for (size_t i = 0; i < o->counts.n; i++) {
                json_open(&j);
                json_kstr(&j, "channel", o->counts.row[i].channel);
                json_kstr(&j, "state", o->counts.row[i].state);
                json_kint(&j, "n", o->counts.row[i].n);
                json_close(&j);
        }
        json_end(&j);
        json_key(&j, "undelivered");
        json_list(&j);
        for (size_t i = 0; i < o->lost.n; i++) {
                const struct notice *n = &o->lost.row[i];
                json_open(&j);
                json_kid(&j, "id", n->id);
                json_kid(&j, "matter", n->matter);
                json_kc(&j, "kind", kind_of(n));
                json_kstr(&j, "to", n->recipient);
                json_kc(&j, "channel", notice_channel_names[n->channel]);
                json_kint(&j, "tries", n->tries);
                json_kinstant(&j, "given_up", n->done_at);
                json_kstr(&j, "error", n->error);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        fprintf(a->out, STR_FMT "\n", STR_ARG(buf_view(&out)));
}

static void print_words(const struct args *a, const struct town *t, const struct outbox *o)
{
        if (o->counts.n == 0)
                fputs(a->lang == LANG_ZH ? "没有消息\n" : "No messages\n", a->out);
        for (size_t i = 0; i < o->counts.n; i++)
                fprintf(a->out, "%-5.*s %-12.*s %lld\n", STR_ARG(o->counts.row[i].channel), STR_ARG(o->counts.row[i].state), (long long)o->counts.row[i].n);
        if (o->lost.n)
                fputs(a->lang == LANG_ZH ? "没有送到，须另想办法告知：\n" : "Not delivered; somebody must tell them another way:\n", a->out);
        for (size_t i = 0; i < o->lost.n; i++) {
                struct notice n = o->lost.row[i];
                n.why = n.error;
                fprintf(a->out, "  %lld %s %s → " STR_FMT " (%lld) " STR_FMT "\n", (long long)n.id, kind_of(&n), notice_channel_names[n.channel],
                        STR_ARG(n.recipient), (long long)n.matter, STR_ARG(notice_why(t, &n, a->lang)));
        }
}

static int list(struct args *a, struct world *w, int64_t town)
{
        struct outbox o = { 0 };
        struct town *t;
        int rc = look(a, w, town, &o);
        if (rc == OK)
                rc = shelf_town(w->shelf, town, a->now, &t, &w->err);
        if (rc != OK)
                return fail(a, &w->err);
        if (arg_has(a, "json"))
                print_json(a, &o);
        else
                print_words(a, t, &o);
        town_unref(t);
        return EXIT_FINE;
}

/* ---- once more ------------------------------------------------------------------------------------------------------- */

struct once_more {
        struct ctx ctx;
        int64_t id;
};

static int again_run(struct tx *tx, struct command *self)
{
        struct once_more *o = self->arg;
        o->ctx.tx = tx;
        return notice_again(&o->ctx, o->id);
}

static int again(struct args *a, struct world *w, int64_t town)
{
        struct once_more o = { .ctx = world_ctx(a, w, town) };
        if (a->n_at < 2 || str_int(a->at[1], 1, INT64_MAX, &o.id) != OK)
                return usage_error(a, "ID", (struct say){ "应为消息编号", "the id of a message is needed" });
        int rc = store_write(w->store, again_run, &o, PRIO_REQUEST, &w->err);
        return rc == OK ? EXIT_FINE : fail(a, &w->err);
}

/* ---- a pass without a server ----------------------------------------------------------------------------------------- */

static int hear_all(struct house *h, struct ctx *ctx)
{
        bool more = true;
        int rc = OK;
        for (int i = 0; rc == OK && more && i < 10000; i++) {
                rc = round_listen(h, ctx, &more);
                if (rc == OK)
                        rc = notices_hear(h, ctx, STR(""), &more);
        }
        return rc;
}

static int carry_all(struct args *a, struct world *w, const struct notice_config *config, int64_t town)
{
        struct house h = { .store = w->store, .shelf = w->shelf, .keys = w->keys, .notices = config };
        struct carrier c = { .config = config, .store = w->store, .shelf = w->shelf, .keys = w->keys, .holder = STR("command") };
        struct ctx ctx = world_ctx(a, w, town);
        int n = 1;
        ctx.actor = (struct actor){ .kind = ACTOR_SYSTEM, .name = STR("") };
        int rc = hear_all(&h, &ctx);
        while (rc == OK && n > 0)
                rc = carry(&c, &ctx, &n);
        if (rc != OK)
                return fail(a, &w->err);
        fprintf(a->out, a->lang == LANG_ZH ? "已送 %llu 条，失败 %llu 条，其中不再重试 %llu 条\n" : "%llu sent, %llu failed, %llu of them given up\n",
                (unsigned long long)c.sent, (unsigned long long)c.failed, (unsigned long long)c.lost);
        return EXIT_FINE;
}

static int send(struct args *a, struct world *w, int64_t town)
{
        struct notice_config config = { 0 };
        const char *path = arg_has(a, "notices") ? arg_path(a, arg_text(a, "notices", "")) : getenv("LINLI_NOTICES");
        if (!path || !path[0])
                return usage_error(a, "--notices", (struct say){ "缺少网关设置", "the gateways are missing" });
        if (notice_config_load(path, &config, &w->err) != OK)
                return fail(a, &w->err);
        int rc = world_keys(a, w, false);
        carry_init();
        if (rc == EXIT_FINE)
                rc = carry_all(a, w, &config, town);
        notice_config_free(&config);
        return rc;
}

static int run(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t town;
        struct str what = a->n_at ? a->at[0] : STR("list");
        bool known = str_is(what, "list") || str_is(what, "again") || str_is(what, "send");
        if (!known)
                return usage_error(a, NULL, (struct say){ "应为 list、send 或 again", "list, send or again is needed" });
        int rc = world_open(a, !str_is(what, "list"), &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        if (rc != EXIT_FINE)
                return rc;
        if (str_is(what, "again"))
                return again(a, &w, town);
        return str_is(what, "send") ? send(a, &w, town) : list(a, &w, town);
}

const struct verb cmd_notices = {
        .name = "notices",
        .usage = "[list|send|again ID] [--notices FILE] [--json] [--db URL]",
        .max_at = 2,
        .summary = { "消息的去向", "messages: what was sent, what waits, what did not arrive" },
        .details = { "list（默认）按渠道和状态数一数发件箱，列出没有送到的；send 在没有服务时发一遍；again 把没有送到的一条再发一次。",
                     "list (the default) counts the outbox by channel and state and names what was not delivered; send makes one pass where no server runs; again tries an undelivered one once more." },
        .options = options,
        .writes = true,
        .run = run,
};
