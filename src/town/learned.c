#include "town/learned.h"
#include "people/audit.h"
#include "place/spoken.h"
#include "town/town_sql.h"

const char *const learned_states[] = { "proposed", "accepted", "refused", "withdrawn", NULL };
static const char *const aliases_file = "aliases.csv";

/* ---- proposing ------------------------------------------------------------------------------------------------------------ */

static int fits_target(struct ctx *ctx, const struct town *t, const struct learned *l)
{
        if ((l->place.n > 0) == (l->thing.n > 0))
                return err_set(ctx->err, ERR_MISSING, "place", "写 place 或 thing，只写一个", "Name a place or a thing, one of them");
        if (l->place.n && !place_find(&t->places, l->place))
                return err_set(ctx->err, ERR_UNKNOWN, "place", "没有这个地点：" STR_FMT, "There is no such place: " STR_FMT, STR_ARG(l->place));
        if (l->thing.n && !thing_find(&t->things, l->thing))
                return err_set(ctx->err, ERR_UNKNOWN, "thing", "没有这个编号的设施：" STR_FMT, "There is no thing with number " STR_FMT, STR_ARG(l->thing));
        return OK;
}

/* Is it what these words are certain to mean already? */
static bool means_that(struct ctx *ctx, const struct town *t, const struct learned *l)
{
        struct place_hits hits;
        gazetteer_find(t->gazetteer, ctx->arena, NULL, l->said, instant_day(ctx->now), false, &hits);
        if (hits.n == 0 || !hits.row[0].certain)
                return false;
        const struct place_hit *h = &hits.row[0];
        return l->thing.n ? h->thing && str_eq(h->thing->code, l->thing) : !h->thing && h->place && str_eq(h->place->code, l->place);
}

int learned_fits(struct ctx *ctx, const struct town *t, const struct learned *l)
{
        size_t chars = utf8_count(l->said);
        if (chars < ALIAS_CHARS_MIN || chars > ALIAS_CHARS_MAX)
                return err_set(ctx->err, ERR_RANGE, "said", "叫法应为 2 到 40 个字", "A name has 2 to 40 characters");
        if (spoken_names_person(ctx->arena, l->said))
                return err_set(ctx->err, ERR_RULE, "said", "像是人名、称呼或电话，不能作为地点的叫法", "It looks like a person's name, title or number, not like the name of a place");
        int rc = fits_target(ctx, t, l);
        if (rc != OK || !means_that(ctx, t, l))
                return rc;
        return err_set(ctx->err, ERR_RULE, "said", "这个叫法已经能找到那里", "These words are found to mean that already");
}

int learned_propose(struct ctx *ctx, const struct learned *l, int64_t *ret_id)
{
        struct sql_town_alias_waiting_row same;
        struct sql_town_alias_waiting_in ask = { .town = ctx->town, .said = l->said, .place = l->place, .thing = l->thing };
        int rc = sql_town_alias_waiting(ctx->tx, ctx->arena, &ask, &same);
        *ret_id = rc == OK ? same.id : l->id;
        if (rc != ERR_NONE)
                return rc;
        struct sql_town_alias_add_in in = { .town = ctx->town, .id = l->id, .said = l->said, .place = l->place, .thing = l->thing, .matter = l->matter,
                                            .proposer = actor_text(ctx->arena, ctx->actor), .at = ctx->now };
        return sql_town_alias_add(ctx->tx, &in, NULL);
}

/* ---- reviewing ------------------------------------------------------------------------------------------------------------ */

static struct folder_file *file_of(struct folder *fo)
{
        struct folder_file *f = (struct folder_file *)folder_find(fo, aliases_file);
        if (f || fo->n == FOLDER_FILES_MAX)
                return f;
        f = &fo->row[fo->n++];
        *f = (struct folder_file){ .name = str_of(aliases_file), .bytes = STR(""), .text = STR("") };
        return f;
}

/* A new version of the folder in which this one file says something else; every other one keeps its bytes. */
static int store_changed(struct ctx *ctx, struct folder *fo, struct folder_file *file, struct str text)
{
        struct town_label label;
        int64_t version;
        file->bytes = file->text = text;
        folder_seal(fo);
        int rc = town_label(ctx, 0, &label);
        return rc == OK ? town_store(ctx, fo, label.trial, &version) : rc;
}

static int into_folder(struct ctx *ctx, const struct learned *l, enum learned_step step)
{
        struct folder *fo = arena_new(ctx->arena, struct folder);
        struct alias a = { .said = l->said, .place = l->place, .thing = l->thing, .since = instant_day(ctx->now), .until = DAY_NONE };
        int rc = town_folder_of(ctx, ctx->arena, 0, fo);
        if (rc != OK)
                return rc;
        struct folder_file *file = file_of(fo);
        struct str text;
        if (!file)
                return err_set(ctx->err, ERR_TOO_BIG, "said", "文件夹里的文件太多", "The folder has too many files");
        if (step == LEARNED_ACCEPT)
                return store_changed(ctx, fo, file, alias_added(ctx->arena, file->text, &a));
        rc = alias_ended(ctx->arena, file->text, &a, (struct day){ a.since.n - 1 }, &text);
        return rc == OK ? store_changed(ctx, fo, file, text) : rc == ERR_NONE ? OK : rc; /* a load took it out before */
}

static int get(struct ctx *ctx, int64_t id, struct learned *ret)
{
        struct sql_town_alias_get_row r;
        int rc = sql_town_alias_get(ctx->tx, ctx->arena, &(struct sql_town_alias_get_in){ ctx->town, id }, &r);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这条叫法", "There is no such name");
        if (rc == OK)
                *ret = (struct learned){ id, r.said, r.place, r.thing, r.state, r.matter, r.proposer, r.reviewer, r.proposed, r.reviewed };
        return rc;
}

static int save(struct ctx *ctx, struct learned *l, enum learned_step step)
{
        static const char *const to[] = { "accepted", "refused", "withdrawn" }, *const act[] = { "alias-accept", "alias-refuse", "alias-withdraw" };
        struct str was = l->state;
        l->state = str_of(to[step]);
        l->reviewer = actor_text(ctx->arena, ctx->actor);
        l->reviewed = ctx->now;
        if (step == LEARNED_REFUSE)
                l->said = STR("");
        struct sql_town_alias_rule_in in = { .town = ctx->town, .id = l->id, .was = was, .state = l->state, .said = l->said, .reviewer = l->reviewer,
                                             .at = ctx->now };
        int rc = sql_town_alias_rule(ctx->tx, &in);
        return rc == OK ? audit_add(ctx, act[step], str_printf(ctx->arena, "%lld", (long long)l->id), true) : rc;
}

int learned_step(struct ctx *ctx, int64_t id, enum learned_step step, struct learned *ret)
{
        struct learned l;
        int rc = get(ctx, id, &l);
        if (rc != OK)
                return rc;
        if (!str_is(l.state, step == LEARNED_WITHDRAW ? "accepted" : "proposed"))
                return err_set(ctx->err, ERR_STATE, "state", "已经复核过或撤销了", "It was reviewed or withdrawn already");
        if (step != LEARNED_WITHDRAW && str_eq(l.proposer, actor_text(ctx->arena, ctx->actor)))
                return err_set(ctx->err, ERR_RIGHT, "id", "提出的人不能自己复核", "Who proposed it does not review it");
        if (step != LEARNED_REFUSE)
                rc = into_folder(ctx, &l, step);
        if (rc == OK)
                rc = save(ctx, &l, step);
        if (rc == OK)
                *ret = l;
        return rc;
}

int learned_list(struct ctx *ctx, struct str state, int64_t after, struct learneds *ret)
{
        struct sql_town_alias_list_rows rows;
        int rc = sql_town_alias_list(ctx->tx, ctx->arena, &(struct sql_town_alias_list_in){ ctx->town, state, after, LEARNED_PAGE }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct learneds){ arena_array(ctx->arena, struct learned, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_town_alias_list_row *r = &rows.row[i];
                ret->row[i] = (struct learned){ r->id, r->said, r->place, r->thing, r->state, r->matter, r->proposer, r->reviewer, r->proposed, r->reviewed };
        }
        return OK;
}

int learned_forget(struct ctx *ctx, int64_t matter)
{
        int rc = sql_town_alias_forget(ctx->tx, &(struct sql_town_alias_forget_in){ ctx->town, matter }, NULL);
        return rc == OK ? sql_town_alias_apart(ctx->tx, &(struct sql_town_alias_apart_in){ ctx->town, matter }, NULL) : rc;
}

/* ---- beside a folder that is loaded ------------------------------------------------------------------------------------------ */

int learned_keep(struct ctx *ctx, struct folder *folder, bool *ret_kept)
{
        struct folder *now = arena_new(ctx->arena, struct folder);
        *ret_kept = false;
        if (folder_find(folder, aliases_file) || folder->n == FOLDER_FILES_MAX)
                return OK;
        int rc = town_folder_of(ctx, ctx->arena, 0, now);
        if (rc != OK)
                return rc == ERR_NONE ? OK : rc; /* the first load */
        const struct folder_file *file = folder_find(now, aliases_file);
        if (!file)
                return OK;
        folder->row[folder->n++] = *file;
        folder_seal(folder);
        *ret_kept = true;
        return OK;
}

static bool in_force(struct ctx *ctx, const struct town *t, const struct learned *l)
{
        for (size_t i = 0; i < t->aliases.n; i++) {
                const struct alias *a = &t->aliases.row[i];
                if (str_eq(a->said, l->said) && str_eq(a->place, l->place) && str_eq(a->thing, l->thing) && alias_in_force(a, instant_day(ctx->now)))
                        return true;
        }
        return false;
}

int learned_missing(struct ctx *ctx, const struct town *t, size_t *ret_n)
{
        struct learneds page = { .n = LEARNED_PAGE };
        int64_t after = 0;
        *ret_n = 0;
        while (page.n == LEARNED_PAGE) {
                int rc = learned_list(ctx, STR("accepted"), after, &page);
                if (rc != OK)
                        return rc;
                for (size_t i = 0; i < page.n; i++)
                        *ret_n += !in_force(ctx, t, &page.row[i]);
                after = page.n ? page.row[page.n - 1].id : after;
        }
        return OK;
}
