#include "town/draft.h"
#include "base/json.h"
#include "people/audit.h"
#include "people/vault.h"
#include "town/town_sql.h"

/* ---- rows -------------------------------------------------------------------------------------------------------------------- */

static struct str chain_of(const struct draft *d)
{
        return (struct str){ (const char *)d->chain, sizeof(d->chain) };
}

int draft_get(struct ctx *ctx, int64_t id, struct draft *ret)
{
        struct sql_town_draft_get_row r;
        int rc = sql_town_draft_get(ctx->tx, ctx->arena, &(struct sql_town_draft_get_in){ ctx->town, id }, &r);
        if (rc == ERR_NONE)
                return err_set(ctx->err, ERR_NONE, "id", "没有这份草稿", "There is no such draft");
        if (rc != OK)
                return rc;
        *ret = (struct draft){ .id = id, .rev = r.rev, .n = r.n, .state = r.state, .why = r.why, .proposer = r.proposer, .judge = r.judge, .said = r.said,
                               .version = r.version, .opened = r.opened, .touched = r.touched, .ended = r.ended };
        if (r.chain.n == sizeof(ret->chain))
                memcpy(ret->chain, r.chain.p, sizeof(ret->chain));
        return OK;
}

int draft_list(struct ctx *ctx, bool ended, int64_t before, struct drafts *ret)
{
        struct sql_town_draft_list_rows rows;
        int rc = sql_town_draft_list(ctx->tx, ctx->arena, &(struct sql_town_draft_list_in){ ctx->town, ended, before, DRAFT_PAGE }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct drafts){ arena_array(ctx->arena, struct draft, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_town_draft_list_row *r = &rows.row[i];
                ret->row[i] = (struct draft){ .id = r->id, .rev = r->rev, .state = r->state, .why = r->why, .proposer = r->proposer, .judge = r->judge,
                                              .said = r->said, .version = r->version, .opened = r->opened, .touched = r->touched, .ended = r->ended };
        }
        return OK;
}

int draft_files(struct ctx *ctx, int64_t id, struct draft_files *ret)
{
        struct sql_town_draft_sizes_rows rows;
        int rc = sql_town_draft_sizes(ctx->tx, ctx->arena, &(struct sql_town_draft_sizes_in){ ctx->town, id }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct draft_files){ arena_array(ctx->arena, struct draft_file, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++)
                ret->row[i] = (struct draft_file){ rows.row[i].name, rows.row[i].base, rows.row[i].gone ? -1 : rows.row[i].size };
        return OK;
}

/* One that may still be changed, at the revision that was read. */
static int load(struct ctx *ctx, int64_t id, int32_t rev, struct draft *ret)
{
        int rc = draft_get(ctx, id, ret);
        if (rc != OK)
                return rc;
        if (rev != 0 && ret->rev != rev)
                return err_set(ctx->err, ERR_REV, "If-Match", "草稿已被改动，请重新打开后再办", "The draft has changed; open it again first");
        if (!instant_is_none(ret->ended))
                return err_set(ctx->err, ERR_STATE, "state", "这份草稿已经结束", "This draft has ended");
        return OK;
}

static bool own(const struct ctx *ctx, const struct draft *d)
{
        return str_eq(d->proposer, ctx->actor.name);
}

static int save(struct ctx *ctx, struct draft *d)
{
        struct sql_town_draft_save_in in = { .town = ctx->town, .id = d->id, .rev = d->rev, .n = d->n, .chain = chain_of(d), .state = d->state, .why = d->why,
                                             .judge = d->judge, .said = d->said, .version = d->version, .touched = d->touched, .ended = d->ended };
        int rc = sql_town_draft_save(ctx->tx, &in);
        if (rc == OK)
                d->rev++;
        return rc;
}

/* ---- the journal --------------------------------------------------------------------------------------------------------------- */

/* Names of files and logins, never the words. */
static int note(struct ctx *ctx, struct draft *d, const char *kind, struct event *e)
{
        BUF_AUTO out = BUF(EVENT_BODY_MAX);
        struct json j = json_to(&out);
        struct draft_files files;
        int rc = draft_files(ctx, d->id, &files);
        if (rc != OK)
                return rc;
        json_open(&j);
        json_kstr(&j, "proposer", d->proposer);
        if (d->version != INT64_MIN)
                json_kint(&j, "version", d->version);
        json_key(&j, "files");
        json_list(&j);
        for (size_t i = 0; i < files.n && out.n < EVENT_BODY_MAX - 2 * FOLDER_NAME_MAX; i++)
                json_str(&j, files.row[i].name);
        json_end(&j);
        json_close(&j);
        *e = (struct event){ .matter = d->id, .n = ++d->n, .at = ctx->now, .kind = str_of(kind), .actor = actor_text(ctx->arena, ctx->actor),
                             .body = str_dup(ctx->arena, buf_view(&out)) };
        event_hash(ctx->town, e, d->chain, d->chain);
        return OK;
}

/* Save with an event; what has ended keeps no files. */
static int save_told(struct ctx *ctx, struct draft *d, const char *kind)
{
        struct event e;
        d->touched = ctx->now;
        int rc = note(ctx, d, kind, &e);
        if (rc == OK)
                rc = save(ctx, d);
        if (rc == OK && !instant_is_none(d->ended))
                rc = sql_town_draft_clear(ctx->tx, &(struct sql_town_draft_clear_in){ ctx->town, d->id }, NULL);
        return rc == OK ? event_put(ctx, &e, d->chain) : rc;
}

/* ---- writing --------------------------------------------------------------------------------------------------------------------- */

int draft_open(struct ctx *ctx, struct str why, int64_t id, struct draft *ret)
{
        struct sql_town_draft_count_row count;
        struct draft d = { .id = id, .rev = 1, .state = STR("open"), .why = why, .proposer = ctx->actor.name, .judge = STR(""), .said = STR(""),
                           .version = INT64_MIN, .opened = ctx->now, .touched = ctx->now, .ended = INSTANT_NONE };
        int rc = sql_town_draft_count(ctx->tx, ctx->arena, &(struct sql_town_draft_count_in){ ctx->town, d.proposer }, &count);
        if (rc != OK)
                return rc;
        if (count.own >= DRAFTS_OWN || count.n >= DRAFTS_OPEN)
                return err_set(ctx->err, ERR_RULE, "why", "未结束的草稿太多（一人 %d 份，全域 %d 份），请先结束一份",
                               "Too many drafts are open (%d of one person, %d in the town); end one first", DRAFTS_OWN, DRAFTS_OPEN);
        rc = sql_town_draft_add(ctx->tx, &(struct sql_town_draft_add_in){ .town = ctx->town, .id = id, .chain = chain_of(&d), .why = why,
                                                                          .proposer = d.proposer, .at = ctx->now }, NULL);
        if (rc == OK)
                *ret = d;
        return rc;
}

static int writes(struct ctx *ctx, int64_t id, int32_t rev, struct str name, struct draft *ret)
{
        int rc = load(ctx, id, rev, ret);
        if (rc != OK)
                return rc;
        if (!own(ctx, ret))
                return err_set(ctx->err, ERR_RIGHT, "id", "只有提出的人可以修改这份草稿", "Only who proposes it writes in this draft");
        if (!str_is(ret->state, "open"))
                return err_set(ctx->err, ERR_STATE, "state", "草稿正在等待复核；要改，先收回", "The draft waits for the second person; take it back to change it");
        if (!folder_knows(name))
                return err_set(ctx->err, ERR_UNKNOWN, "file", "乡镇文件夹里没有这种文件", "This is no file of a town folder");
        return OK;
}

/* Do they all fit, with @bytes in place of what stands under @name? */
static int fits(struct ctx *ctx, int64_t id, struct str name, size_t bytes)
{
        struct draft_files files;
        int rc = draft_files(ctx, id, &files);
        if (rc != OK)
                return rc;
        size_t all = bytes, n = 1;
        for (size_t i = 0; i < files.n; i++) {
                if (str_eq(files.row[i].name, name))
                        continue;
                n++;
                all += files.row[i].bytes > 0 ? (size_t)files.row[i].bytes : 0;
        }
        if (bytes > DRAFT_FILE_BYTES || all > DRAFT_BYTES || n > FOLDER_FILES_MAX)
                return err_set(ctx->err, ERR_TOO_BIG, "file", "草稿过大：一个文件最多 %d MiB，全部最多 %d MiB；更大的请用 linli load",
                               "The draft is too large: at most %d MiB a file and %d MiB in all; use linli load for more",
                               (int)(DRAFT_FILE_BYTES >> 20), (int)(DRAFT_BYTES >> 20));
        return OK;
}

int draft_put(struct ctx *ctx, int64_t id, int32_t rev, struct str name, int64_t base, const struct str *bytes, struct draft *ret)
{
        struct town_label label;
        struct draft d;
        int rc = writes(ctx, id, rev, name, &d);
        if (rc == OK && (base < 1 || town_label(ctx, base, &label) != OK))
                rc = err_set(ctx->err, ERR_UNKNOWN, "base", "没有这一版", "There is no such version");
        if (rc == OK)
                rc = fits(ctx, id, name, bytes ? bytes->n : 0);
        if (rc == OK)
                rc = sql_town_draft_put(ctx->tx, &(struct sql_town_draft_put_in){ .town = ctx->town, .draft = id, .name = name, .base = base,
                                                                                  .gone = !bytes, .bytes = bytes && bytes->n ? *bytes : STR("") }, NULL);
        d.touched = ctx->now;
        if (rc == OK)
                rc = save(ctx, &d);
        if (rc == OK)
                *ret = d;
        return rc;
}

int draft_leave(struct ctx *ctx, int64_t id, int32_t rev, struct str name, struct draft *ret)
{
        struct draft d;
        int64_t n = 0;
        int rc = writes(ctx, id, rev, name, &d);
        if (rc == OK)
                rc = sql_town_draft_drop(ctx->tx, &(struct sql_town_draft_drop_in){ ctx->town, id, name }, &n);
        if (rc == OK && n == 0)
                rc = err_set(ctx->err, ERR_NONE, "file", "草稿没有改动这个文件", "The draft does not change this file");
        d.touched = ctx->now;
        if (rc == OK)
                rc = save(ctx, &d);
        if (rc == OK)
                *ret = d;
        return rc;
}

int draft_seal(struct ctx *ctx, const struct vault_keys *keys, struct str name, struct str bytes, struct str *ret)
{
        struct folder *one = arena_new(ctx->arena, struct folder);
        *ret = bytes;
        if (!str_is(name, "staff.csv"))
                return OK;
        one->n = 1;
        one->row[0] = (struct folder_file){ .name = name, .bytes = bytes };
        int rc = town_seal(ctx, keys, one);
        if (rc == OK)
                *ret = one->row[0].bytes;
        return rc;
}

/* ---- steps ------------------------------------------------------------------------------------------------------------------------ */

static const struct {
        const char *from, *to, *event; /* from NULL: open or proposed */
        bool own, ends;
} steps[DRAFT_STEPS] = {
        [DRAFT_PROPOSE] = { "open", "proposed", "draft_proposed", true, false },
        [DRAFT_BACK] = { "proposed", "open", "draft_taken_back", true, false },
        [DRAFT_WITHDRAW] = { NULL, "withdrawn", "draft_withdrawn", true, true },
        [DRAFT_REFUSE] = { "proposed", "refused", "draft_refused", false, true },
};

static int may_step(struct ctx *ctx, const struct draft *d, enum draft_step step)
{
        if (steps[step].own && !own(ctx, d))
                return err_set(ctx->err, ERR_RIGHT, "id", "只有提出的人可以这样办", "Only who proposes it may do this");
        if (!steps[step].own && own(ctx, d))
                return err_set(ctx->err, ERR_RIGHT, "id", "提出的人不能自己复核", "Who proposed it does not judge it");
        if (steps[step].from && !str_is(d->state, steps[step].from))
                return err_set(ctx->err, ERR_STATE, "state", "草稿当前状态下不能这样办", "Not possible in the draft's present state");
        return OK;
}

int draft_step(struct ctx *ctx, int64_t id, int32_t rev, enum draft_step step, struct str said, struct draft *ret)
{
        struct draft d;
        struct draft_files files = { 0 };
        int rc = load(ctx, id, rev, &d);
        if (rc == OK)
                rc = may_step(ctx, &d, step);
        if (rc == OK && steps[step].ends && said.n == 0)
                rc = err_set(ctx->err, ERR_MISSING, "said", "请写明原因", "Say why");
        if (rc == OK && step == DRAFT_PROPOSE)
                rc = draft_files(ctx, id, &files);
        if (rc == OK && step == DRAFT_PROPOSE && files.n == 0)
                rc = err_set(ctx->err, ERR_RULE, "files", "草稿没有改动任何文件", "The draft changes no file");
        if (rc != OK)
                return rc;
        d.state = str_of(steps[step].to);
        if (steps[step].ends) {
                d.judge = ctx->actor.name;
                d.said = said;
                d.ended = ctx->now;
        }
        rc = save_told(ctx, &d, steps[step].event);
        if (rc == OK)
                *ret = d;
        return rc;
}

/* ---- the folder as it would be ---------------------------------------------------------------------------------------------------- */

/* Is the file in force what it was in version @base? */
static int unchanged(struct ctx *ctx, const struct draft_folder *f, struct str name, int64_t base, bool *ret)
{
        struct sql_town_file_names_rows rows;
        const struct folder_file *now = folder_find(f->before, str_c(ctx->arena, name));
        struct str was = { 0 };
        *ret = true;
        if (base == f->head)
                return OK;
        int rc = sql_town_file_names(ctx->tx, ctx->arena, &(struct sql_town_file_names_in){ ctx->town, base }, &rows);
        for (size_t i = 0; rc == OK && i < rows.n; i++)
                if (str_eq(rows.row[i].name, name))
                        was = rows.row[i].sha;
        *ret = now ? str_eq(was, (struct str){ (const char *)now->sha, sizeof(now->sha) }) : was.n == 0;
        return rc;
}

static void tell_conflict(struct findings *f, struct str name, int64_t base, int64_t head)
{
        finding_add(f, "draft.conflict", SEV_ERROR, name, 0,
                    (struct say){ "与现行版本比较后，在现行版本上重新保存", "Compare it with the version in force and save it again on top of that" },
                    "第 %lld 版之后别人改过这个文件，现行为第 %lld 版", "Since version %lld somebody else changed this file; version %lld is in force", (long long)base,
                    (long long)head);
}

static void put_file(struct arena *a, struct folder *fo, const struct sql_town_draft_files_row *r, struct findings *f)
{
        struct folder_file *file = (struct folder_file *)folder_find(fo, str_c(a, r->name));
        if (r->gone) {
                if (file)
                        *file = fo->row[--fo->n];
                return;
        }
        if (!file && fo->n == FOLDER_FILES_MAX) {
                finding_add(f, "folder.too-many", SEV_ERROR, r->name, 0, (struct say){ "合并或删去流程文件", "Merge or remove procedures" }, "文件超过 %d 个",
                            "More than %d files", FOLDER_FILES_MAX);
                return;
        }
        if (!file)
                file = &fo->row[fo->n++];
        *file = (struct folder_file){ .name = r->name, .bytes = r->bytes };
        if (folder_file_text(a, file) != OK)
                finding_add(f, "folder.encoding", SEV_ERROR, file->name, 0, (struct say){ "请另存为 UTF-8 或 GB18030", "Save it as UTF-8 or GB18030" },
                            "文件既不是 UTF-8 也不是 GB18030", "The file is neither UTF-8 nor GB18030");
}

int draft_folder(struct ctx *ctx, struct arena *a, int64_t id, struct findings *f, struct draft_folder *ret)
{
        struct town_label label;
        struct sql_town_draft_files_rows rows;
        struct draft_folder out = { arena_new(a, struct folder), arena_new(a, struct folder), 0, false };
        int rc = town_label(ctx, 0, &label);
        if (rc == OK)
                rc = town_folder_of(ctx, a, label.version, out.before);
        if (rc == OK)
                rc = sql_town_draft_files(ctx->tx, a, &(struct sql_town_draft_files_in){ ctx->town, id }, &rows);
        if (rc != OK)
                return rc;
        out.head = label.version;
        out.trial = label.trial;
        *out.after = *out.before;
        for (size_t i = 0; i < rows.n; i++) {
                bool same;
                rc = unchanged(ctx, &out, rows.row[i].name, rows.row[i].base, &same);
                if (rc != OK)
                        return rc;
                if (!same)
                        tell_conflict(f, rows.row[i].name, rows.row[i].base, out.head);
                put_file(a, out.after, &rows.row[i], f);
        }
        folder_seal(out.after);
        folder_missing(out.after, f);
        *ret = out;
        return OK;
}

int draft_load(struct ctx *ctx, int64_t id, int32_t rev, const struct draft_folder *f, bool trial, struct draft *ret)
{
        struct draft d;
        struct town_label label;
        int rc = load(ctx, id, rev, &d);
        if (rc == OK && own(ctx, &d))
                rc = err_set(ctx->err, ERR_RIGHT, "id", "提出的人不能自己装入，须由第二人复核", "Who proposed it does not load it: a second person does");
        if (rc == OK && !str_is(d.state, "proposed"))
                rc = err_set(ctx->err, ERR_STATE, "state", "草稿还没有提交复核", "The draft was not handed in yet");
        if (rc == OK)
                rc = town_label(ctx, 0, &label);
        if (rc == OK && label.version != f->head)
                rc = err_set(ctx->err, ERR_STATE, "state", "现行版本刚刚变了，请重新查看后再装入", "The version in force has just changed; look again before loading");
        if (rc == OK)
                rc = town_store(ctx, f->after, trial, &d.version);
        if (rc == OK && d.version == f->head)
                rc = err_set(ctx->err, ERR_RULE, "files", "与现行版本没有差别", "It does not differ from the version in force");
        if (rc != OK)
                return rc;
        d.state = STR("loaded");
        d.judge = ctx->actor.name;
        d.ended = ctx->now;
        rc = save_told(ctx, &d, "draft_loaded");
        if (rc == OK)
                *ret = d;
        return rc;
}

int64_t draft_life_us(const struct town *t)
{
        const struct town_limit *l = town_limit(t, STR("draft"));
        bool hours = l->unit == DUE_HOUR || l->unit == DUE_WORKHOUR;
        return l->limit * (hours ? US_PER_HOUR : l->unit == DUE_MONTH ? 30 * US_PER_DAY : US_PER_DAY);
}

int draft_sweep(struct ctx *ctx, struct instant before, int max, int *ret_n)
{
        struct sql_town_draft_old_rows rows;
        int rc = sql_town_draft_old(ctx->tx, ctx->arena, &(struct sql_town_draft_old_in){ ctx->town, before, max }, &rows);
        *ret_n = 0;
        for (size_t i = 0; rc == OK && i < rows.n; i++) {
                struct draft d;
                rc = load(ctx, rows.row[i].id, 0, &d);
                if (rc != OK)
                        continue;
                d.state = STR("expired");
                d.ended = ctx->now;
                rc = save_told(ctx, &d, "draft_expired");
                ++*ret_n;
        }
        return rc;
}
