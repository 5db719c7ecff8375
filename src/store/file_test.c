#include "store/file.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/store_test_util.h"

/* A file as an upload makes it. */
struct made { struct store *store; const char *bytes; size_t times; struct file_ref ref; struct file_draft draft; };

static int settle(struct test_ctx *t, struct made *m)
{
        int rc = file_begin(m->store, &m->draft, &t->err);
        for (size_t i = 0; rc == OK && i < m->times; i++)
                rc = write(m->draft.fd, m->bytes, strlen(m->bytes)) == (ssize_t)strlen(m->bytes) ? OK : ERR_IO;
        return rc == OK ? file_settle(&t->ctx, &m->draft, &m->ref) : rc;
}

static int add(struct ctx *ctx, void *arg)
{
        struct made *m = arg;
        return file_add(ctx, &m->ref, &m->draft);
}

static void keep(struct test_ctx *t, struct made *m)
{
        CHECK_EQ(settle(t, m), OK);
        CHECK_EQ(test_write(m->store, t, add, m), OK);
        file_draft_end(&m->draft);
}

static struct str digest_of(const struct made *m)
{
        return (struct str){ (const char *)m->ref.digest, sizeof m->ref.digest };
}

static int forget(struct ctx *ctx, void *arg)
{
        return file_forget(ctx, digest_of(arg));
}

static int look(struct ctx *ctx, void *arg)
{
        struct made *m = arg;
        char got[64] = "";
        int64_t bytes;
        int fd;
        int rc = file_open(ctx, digest_of(m), &fd, &bytes);
        if (rc != OK)
                return rc;
        CHECK_EQ(bytes, (int64_t)(strlen(m->bytes) * m->times));
        CHECK_EQ(pread(fd, got, strlen(m->bytes), bytes - (int64_t)strlen(m->bytes)), (ssize_t)strlen(m->bytes));
        CHECK_STR(str_of(got), m->bytes);
        close(fd);
        return OK;
}

static int verify(struct ctx *ctx, void *arg)
{
        return file_verify(ctx, arg);
}

/* Where the bytes lie on SQLite; "" on PostgreSQL. */
static const char *path_of(struct test_ctx *t, const char *url, const struct made *m)
{
        char hex[65];
        for (size_t i = 0; i < 32; i++)
                snprintf(hex + 2 * i, 3, "%02x", m->ref.digest[i]);
        return strncmp(url, "sqlite:", 7) ? "" : arena_printf(&t->arena, "%s.files/%lld/%.2s/%s", url + 7, (long long)TEST_TOWN, hex, hex);
}

static void flip(struct test_ctx *t, const char *url, const struct made *m)
{
        const char *path = path_of(t, url, m);
        if (!*path) {
                test_store_edit(url, "UPDATE store_file_chunk SET bytes = set_byte(bytes, 1, get_byte(bytes, 1) # 1)");
                return;
        }
        int fd = open(path, O_RDWR);
        char c = 0;
        CHECK(fd >= 0 && pread(fd, &c, 1, 1) == 1);
        c ^= 1;
        CHECK_EQ(pwrite(fd, &c, 1, 1), 1);
        close(fd);
}

static void life(enum store_engine engine)
{
        const char *url = test_store_url(engine);
        struct test_ctx t;
        struct file_check c;
        int n;
        if (!url)
                SKIP("no PostgreSQL");
        struct store *s = test_store_open(url);
        struct made a = { .store = s, .bytes = "a photo, perhaps. ", .times = 40000 }, b = a;
        test_ctx_init(&t);

        keep(&t, &a);
        keep(&t, &b);
        CHECK_EQ(test_read(s, &t, look, &a), OK);
        CHECK(memcmp(a.ref.digest, b.ref.digest, sizeof a.ref.digest) != 0); /* the same bytes, another name */
        CHECK_EQ(test_read(s, &t, verify, &c), OK);
        CHECK_EQ(c.files, 2);
        CHECK_EQ(c.bytes, 2 * a.ref.bytes);

        CHECK_EQ(test_write(s, &t, forget, &a), OK);
        CHECK_EQ(test_write(s, &t, forget, &a), OK); /* what is gone is gone */
        CHECK_EQ(test_read(s, &t, look, &a), ERR_NONE);
        CHECK_EQ(file_sweep(s, &t.ctx, true, &n), OK);
        CHECK_EQ(n, engine == STORE_SQLITE ? 1 : 0);
        CHECK(access(path_of(&t, url, &a), F_OK) != 0);
        CHECK_EQ(test_read(s, &t, look, &b), OK);
        CHECK_EQ(test_read(s, &t, verify, &c), OK);
        CHECK_EQ(c.files, 1);

        flip(&t, url, &b);
        CHECK_EQ(test_read(s, &t, verify, &c), ERR_RULE);
        CHECK_EQ(c.damaged, 1);
        CHECK(strstr(t.err.en, "damaged") && strstr(t.err.zh, "指纹"));
        test_ctx_free(&t);
        store_close(s);
}

TEST(a_file_is_kept_proved_and_forgotten_sqlite) { life(STORE_SQLITE); }
TEST(a_file_is_kept_proved_and_forgotten_postgres) { life(STORE_POSTGRES); }

static void lost(enum store_engine engine)
{
        const char *url = test_store_url(engine);
        struct test_ctx t;
        struct file_check c;
        if (!url)
                SKIP("no PostgreSQL");
        struct store *s = test_store_open(url);
        struct made a = { .store = s, .bytes = "a voice", .times = 1 };
        test_ctx_init(&t);
        keep(&t, &a);
        if (engine == STORE_SQLITE)
                CHECK_EQ(unlink(path_of(&t, url, &a)), 0);
        else
                test_store_edit(url, "DELETE FROM store_file_chunk");
        CHECK_EQ(test_read(s, &t, verify, &c), ERR_RULE);
        CHECK_EQ(c.missing, 1);
        CHECK_EQ(test_read(s, &t, look, &a), ERR_IO);
        test_ctx_free(&t);
        store_close(s);
}

TEST(a_file_that_is_gone_is_found_out_sqlite) { lost(STORE_SQLITE); }
TEST(a_file_that_is_gone_is_found_out_postgres) { lost(STORE_POSTGRES); }

STORE_TEST(nothing_empty_is_kept)
{
        struct test_ctx t;
        struct made a = { .store = store, .bytes = "", .times = 1 };
        test_ctx_init(&t);
        CHECK_EQ(settle(&t, &a), ERR_RANGE);
        CHECK_STR(str_of(t.err.field), "file");
        file_draft_end(&a.draft);
        test_ctx_free(&t);
}

/* A crash between file and commit, and one while it was being written. */
TEST(what_no_commit_names_is_swept_after_an_hour)
{
        const char *url = test_store_url(STORE_SQLITE);
        struct store *s = test_store_open(url);
        struct test_ctx t;
        struct file_draft draft;
        struct made a = { .store = s, .bytes = "nobody will name me", .times = 1 }, b = a;
        int n;
        test_ctx_init(&t);
        CHECK_EQ(settle(&t, &a), OK);
        file_draft_end(&a.draft);
        keep(&t, &b);
        CHECK_EQ(file_begin(s, &draft, &t.err), OK);
        const char *half = arena_printf(&t.arena, "%s.files/tmp/%s", url + 7, draft.name);
        CHECK_EQ(access(half, F_OK), 0);

        struct stat st;
        CHECK_EQ(stat(path_of(&t, url, &a), &st), 0);
        t.ctx.now = (struct instant){ (int64_t)st.st_mtime * US_PER_SECOND + 59 * US_PER_MINUTE };
        CHECK_EQ(file_sweep(s, &t.ctx, true, &n), OK);
        CHECK_EQ(n, 0); /* its commit may be on its way */
        t.ctx.now.us += 2 * US_PER_MINUTE;
        CHECK_EQ(file_sweep(s, &t.ctx, true, &n), OK);
        CHECK_EQ(n, 1);
        CHECK(access(path_of(&t, url, &a), F_OK) != 0);
        CHECK_EQ(test_read(s, &t, look, &b), OK);

        close(draft.fd); /* as a crash would */
        store_close(s);
        s = test_store_open(url);
        CHECK(access(half, F_OK) != 0);
        b.store = s;
        CHECK_EQ(test_read(s, &t, look, &b), OK);
        test_ctx_free(&t);
        store_close(s);
}

TEST(a_backup_brings_the_files_along)
{
        const char *url = test_store_url(STORE_SQLITE), *copy = test_store_url(STORE_SQLITE);
        struct store *s = test_store_open(url);
        struct test_ctx t;
        struct file_check c;
        struct made a = { .store = s, .bytes = "keep me twice", .times = 9 }, b = a;
        int n;
        test_ctx_init(&t);
        keep(&t, &a);
        keep(&t, &b);
        CHECK_EQ(test_write(s, &t, forget, &b), OK);
        CHECK_EQ(store_backup(s, copy + 7, &t.err), OK);
        CHECK_EQ(file_sweep(s, &t.ctx, true, &n), OK);
        store_close(s);

        s = test_store_open(copy);
        a.store = s;
        CHECK_EQ(test_read(s, &t, look, &a), OK);
        CHECK_EQ(test_read(s, &t, verify, &c), OK);
        CHECK_EQ(c.files, 1);
        CHECK(access(path_of(&t, copy, &b), F_OK) != 0); /* what was forgotten is in no backup made afterwards */
        test_ctx_free(&t);
        store_close(s);
}
