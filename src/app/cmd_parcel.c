/* linli parcel: what is on its way between towns; keys of towns; a pass without a server. */
#include <stdlib.h>
#include "app/parcels.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"
#include "notice/carry.h"
#include "parcel/carry.h"
#include "people/apikey.h"

static const struct option options[] = {
        OPTION_DB, OPTION_TOWN_CODE, OPTION_KEY, OPTION_PARCELS, OPTION_JSON,
        { "in", NULL, false, { "list：看移交来的", "list: what came in" } },
        { "limit", "N", false, { "list：最多几件（默认 50）", "list: at most so many (default 50)" } },
        { 0 },
};

const char *parcels_path(const struct args *a)
{
        const char *path = arg_has(a, "parcels") ? arg_path(a, arg_text(a, "parcels", "")) : getenv("LINLI_PARCELS");
        return path && path[0] ? path : NULL;
}

int parcels_config(const struct args *a, struct parcel_config *config, const struct parcel_config **ret, struct err *err)
{
        const char *path = parcels_path(a);
        int rc = path ? parcel_config_load(path, config, err) : OK;
        *ret = path && rc == OK ? config : NULL;
        return rc;
}

/* ---- what is on its way ------------------------------------------------------------------------------------------- */

struct looking {
        struct args *a;
        struct town *t;
        struct ctx ctx;
        struct parcel_outs outs;
        struct parcel_ins ins;
};

static struct str name_of(const struct looking *l, struct str code)
{
        const struct neighbour *n = neighbour_find(&l->t->neighbours, code);
        return !n ? code : l->a->lang == LANG_ZH ? n->name_zh : n->name_en;
}

static const char *stage_say(enum parcel_stage s, enum lang lang)
{
        static const struct say word[STAGES] = { { "待接收", "to be taken" }, { "待裁定", "to be ruled on" }, { "已责成", "ordered" }, { "已接收", "taken" }, { "已退回本地", "came back" } };
        return say_in(word[s], lang);
}

static const char *when(struct instant t, char out[40])
{
        return instant_is_none(t) ? "-" : instant_format(t, out);
}

static void out_words(struct looking *l, const struct parcel_out *p)
{
        char sent[40], received[40];
        struct parcel_seen seen;
        bool zh = l->a->lang == LANG_ZH;
        fprintf(l->a->out, "%lld-%d  → " STR_FMT "  %s  %s %.16s  %s %.16s", (long long)p->matter, (int)p->times, STR_ARG(name_of(l, p->to)),
                stage_say(p->stage, l->a->lang), zh ? "寄出" : "sent", when(p->sent, sent), zh ? "送到" : "there", when(p->received, received));
        if (p->error.n)
                fprintf(l->a->out, "  %s (%d)", say_in(parcel_error_say(p->error), l->a->lang), (int)p->tries);
        if (parcel_seen_of(&l->ctx, p, &seen) == OK)
                fprintf(l->a->out, "  " STR_FMT " (" STR_FMT ")", STR_ARG(zh ? seen.state_zh : seen.state_en), STR_ARG(seen.unit));
        fputc('\n', l->a->out);
}

static void in_words(struct looking *l, const struct parcel_in *p)
{
        char at[40];
        struct matter m;
        if (matter_get(&l->ctx, p->matter, &m) != OK)
                return;
        fprintf(l->a->out, "%lld  ← " STR_FMT "  " STR_FMT "  %.16s  " STR_FMT "\n", (long long)p->matter, STR_ARG(name_of(l, p->sender)), STR_ARG(p->how),
                when(p->at, at), STR_ARG(m.state));
}

static void out_json(struct looking *l, struct json *j, const struct parcel_out *p)
{
        struct parcel_seen seen;
        json_open(j);
        json_kid(j, "matter", p->matter);
        json_kstr(j, "parcel", parcel_id(l->ctx.arena, p));
        json_kstr(j, "first", p->first);
        json_kstr(j, "to", p->to);
        json_kc(j, "stage", parcel_stage_names[p->stage]);
        json_kinstant(j, "sent", p->sent);
        json_kinstant(j, "received", p->received);
        json_kinstant(j, "ended", p->ended);
        json_kint(j, "tries_in_vain", p->tries);
        json_kstr(j, "error", p->error);
        json_kinstant(j, "asked_again", p->next_at);
        json_key(j, "there");
        if (parcel_seen_of(&l->ctx, p, &seen) == OK)
                parcel_seen_json(j, &seen);
        else
                json_null(j);
        json_close(j);
}

static void in_json(struct looking *l, struct json *j, const struct parcel_in *p)
{
        struct matter m;
        if (matter_get(&l->ctx, p->matter, &m) != OK)
                return;
        json_open(j);
        json_kid(j, "matter", p->matter);
        json_kstr(j, "parcel", p->parcel);
        json_kstr(j, "from", p->sender);
        json_kstr(j, "how", p->how);
        json_kstr(j, "not_taken_by", p->other);
        json_kinstant(j, "arrived", p->at);
        json_kinstant(j, "over", p->over);
        json_kstr(j, "state", m.state);
        json_close(j);
}

static void print(struct looking *l)
{
        BUF_AUTO out = BUF(1u << 20);
        struct json j = json_to(&out);
        if (!arg_has(l->a, "json")) {
                for (size_t i = 0; i < l->outs.n; i++)
                        out_words(l, &l->outs.row[i]);
                for (size_t i = 0; i < l->ins.n; i++)
                        in_words(l, &l->ins.row[i]);
                if (l->outs.n + l->ins.n == 0)
                        fputs(l->a->lang == LANG_ZH ? "没有移交\n" : "Nothing was handed over\n", l->a->out);
                return;
        }
        json_open(&j);
        json_key(&j, "items");
        json_list(&j);
        for (size_t i = 0; i < l->outs.n; i++)
                out_json(l, &j, &l->outs.row[i]);
        for (size_t i = 0; i < l->ins.n; i++)
                in_json(l, &j, &l->ins.row[i]);
        json_end(&j);
        json_close(&j);
        tell_buf(l->a, &out);
}

static int look(struct args *a, struct world *w, int64_t town, int (*read)(struct looking *))
{
        struct looking l = { .a = a, .ctx = world_ctx(a, w, town) };
        if (shelf_town(w->shelf, town, a->now, &l.t, &w->err) != OK)
                return fail(a, &w->err);
        int rc = store_read_begin(w->store, &l.ctx.tx, &w->err);
        if (rc == OK) {
                rc = read(&l);
                if (rc == OK)
                        print(&l);
                store_read_end(l.ctx.tx);
        }
        town_unref(l.t);
        return rc == OK ? EXIT_FINE : rc == ERR_BAD ? EXIT_USAGE : fail(a, &w->err);
}

static int read_list(struct looking *l)
{
        int64_t max;
        if (arg_int(l->a, "limit", 50, 1, 1000, &max) != EXIT_FINE)
                return ERR_BAD;
        return arg_has(l->a, "in") ? parcel_in_list(&l->ctx, INT64_MAX, (int32_t)max, &l->ins) : parcel_out_list(&l->ctx, INT64_MAX, (int32_t)max, &l->outs);
}

static int id_at(struct args *a, int64_t *ret)
{
        if (a->n_at > 1 && str_int(a->at[1], 1, INT64_MAX, ret) == OK)
                return OK;
        usage_error(a, "MATTER", (struct say){ "应为事项编号", "the id of a matter is needed" });
        return ERR_BAD;
}

static int read_one(struct looking *l)
{
        int64_t id;
        l->outs.row = arena_new(l->ctx.arena, struct parcel_out);
        int rc = id_at(l->a, &id);
        if (rc == OK)
                rc = parcel_out_last(&l->ctx, id, l->outs.row);
        if (rc == ERR_NONE)
                return err_set(l->ctx.err, ERR_NONE, "MATTER", "这件事没有移交过", "This matter was never handed over");
        l->outs.n = rc == OK;
        return rc;
}

/* ---- asking ------------------------------------------------------------------------------------------------------- */

struct asking {
        struct ctx ctx;
        int64_t id;
};

static int ask_run(struct tx *tx, struct command *self)
{
        struct asking *o = self->arg;
        struct ctx ctx = o->ctx;
        ctx.tx = tx;
        return parcel_ask_now(&ctx, o->id);
}

static int ask(struct args *a, struct world *w, int64_t town)
{
        struct asking o = { .ctx = world_ctx(a, w, town) };
        if (id_at(a, &o.id) != OK)
                return EXIT_USAGE;
        return store_write(w->store, ask_run, &o, PRIO_REQUEST, &w->err) == OK ? EXIT_FINE : fail(a, &w->err);
}

static int send(struct args *a, struct world *w, int64_t town)
{
        struct parcel_config config = { 0 };
        struct parcel_carrier c = { .store = w->store, .shelf = w->shelf, .holder = STR("command") };
        int n = 1, passes = 0;
        int rc = world_keys(a, w, false);
        if (rc != EXIT_FINE)
                return rc;
        if (parcels_config(a, &config, &c.config, &w->err) != OK)
                return fail(a, &w->err);
        c.keys = w->keys;
        carry_init();
        for (rc = OK; rc == OK && n > 0 && passes < 100; passes++) {
                struct ctx ctx = world_ctx(a, w, town);
                ctx.actor = (struct actor){ .kind = ACTOR_SYSTEM, .name = STR("") };
                rc = parcels_carry(&c, &ctx, &n);
        }
        parcel_config_free(&config);
        if (rc != OK)
                return fail(a, &w->err);
        fprintf(a->out, a->lang == LANG_ZH ? "问了 %llu 次，%llu 次没有结果\n" : "asked %llu times, %llu in vain\n", (unsigned long long)c.asked,
                (unsigned long long)c.failed);
        return EXIT_FINE;
}

/* ---- keys --------------------------------------------------------------------------------------------------------- */

/* Needs no store: the pair stands in the operator's file alone. */
static int key(struct args *a)
{
        char public_key[PARCEL_KEY_TEXT];
        struct parcel_config c;
        struct err err = { 0 };
        const char *path = parcels_path(a);
        struct str town = arg_text(a, "town-code", "");
        if (a->n_at > 1)
                town = a->at[1];
        if (!path)
                return usage_error(a, "--parcels", (struct say){ "缺少密钥文件", "the file of keys is missing" });
        int rc = parcel_key_make(path, town, public_key, &err);
        if (rc == ERR_EXISTS && parcel_config_load(path, &c, &err) == OK) { /* shown again as often as wanted: it is no secret */
                parcel_public_text(parcel_secret_of(&c, town), public_key);
                parcel_config_free(&c);
                rc = OK;
        }
        if (rc != OK)
                return fail(a, &err);
        fprintf(a->out, "%s\n", public_key);
        return EXIT_FINE;
}

struct admitting {
        struct ctx ctx;
        struct apikey key;
        char text[APIKEY_TEXT];
};

static int admit_run(struct tx *tx, struct command *self)
{
        struct admitting *o = self->arg;
        struct ctx ctx = o->ctx;
        ctx.tx = tx;
        return apikey_make(&ctx, &o->key, o->text);
}

/* A key with which another town's server may bring parcels, and do nothing else. */
static int admit(struct args *a, struct world *w, int64_t town)
{
        struct admitting o = { .ctx = world_ctx(a, w, town) };
        struct town *t;
        if (shelf_town(w->shelf, town, a->now, &t, &w->err) != OK)
                return fail(a, &w->err);
        bool known = a->n_at > 1 && neighbour_find(&t->neighbours, a->at[1]);
        town_unref(t);
        if (!known)
                return usage_error(a, "CODE", (struct say){ "neighbours.yaml 里没有这个地方", "no such town in neighbours.yaml" });
        char day[24];
        o.key = (struct apikey){ .name = str_printf(a->arena, "town-" STR_FMT "-%s", STR_ARG(a->at[1]), day_format(instant_day(a->now), day)),
                                 .rights = right_bit(RIGHT_PARCEL_PUT), .place = STR(""), .org = STR(""), .until = DAY_NONE };
        if (store_write(w->store, admit_run, &o, PRIO_REQUEST, &w->err) != OK)
                return fail(a, &w->err);
        fprintf(a->out, "%s\n", o.text);
        return EXIT_FINE;
}

static int run(struct args *a)
{
        WORLD_AUTO w = { 0 };
        int64_t town;
        struct str what = a->n_at ? a->at[0] : STR("list");
        bool reads = str_is(what, "list") || str_is(what, "show");
        if (str_is(what, "key"))
                return key(a);
        if (!reads && !str_is(what, "send") && !str_is(what, "ask") && !str_is(what, "admit"))
                return usage_error(a, NULL, (struct say){ "应为 list、show、ask、send、key 或 admit", "list, show, ask, send, key or admit is needed" });
        int rc = world_open(a, !reads, &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        if (rc != EXIT_FINE)
                return rc;
        if (reads)
                return look(a, &w, town, str_is(what, "show") ? read_one : read_list);
        return str_is(what, "send") ? send(a, &w, town) : str_is(what, "ask") ? ask(a, &w, town) : admit(a, &w, town);
}

const struct verb cmd_parcel = {
        .name = "parcel",
        .usage = "[list [--in]|show MATTER|ask MATTER|send|key CODE|admit CODE] [--parcels FILE] [--json] [--db URL]",
        .max_at = 2,
        .summary = { "移交：走到哪一步，各地的密钥", "hand-overs between towns: how far they got, and the keys of towns" },
        .details = { "list（默认）列出移交出去的，--in 列出移交来的；show 看一件；ask 马上再问一次；send 在没有服务时寄一遍；key 为本机的一个地方生成密钥并打印公钥；"
                     "admit 给别处的服务器一个只能送包裹的密钥。",
                     "list (the default) says what was handed over, with --in what came in; show tells of one; ask asks again at once; send makes a pass where no server runs; key makes "
                     "the pair of a town of this machine and prints the public key; admit gives another town's server a key that may bring parcels and nothing else." },
        .options = options,
        .writes = true,
        .run = run,
};
