/* K writers, each with a connection of its own. When more waits than there are writers, one takes several requests into
 * one transaction: one round trip and one sync for all. When any of them fails nothing is kept and each runs again in a
 * transaction of its own, so a failing command undoes itself alone. */
#include <time.h>
#include "base/log.h"
#include "store/inner/pg.h"

#define WAIT_MS 200
#define AWAY_NAP_US 50000
#define BATCH_MAX 16
#define BACKGROUND_TURN 8 /* every so many takes the second lane goes first */

/* ---- away and back ---------------------------------------------------------------------------------- */
static void set_down(struct store *s, struct pg_writer *w, bool down)
{
        struct pg *p = pg_of(s);

        if (w->counted == down)
                return;
        w->counted = down;
        pthread_mutex_lock(&p->down_lock);
        p->down += down ? 1 : -1;
        int before = atomic_load(&s->away), after = p->down == p->n ? ERR_STORE : OK;
        atomic_store(&s->away, after);
        pthread_mutex_unlock(&p->down_lock);
        if (before != OK && after == OK)
                log_info("store: PostgreSQL is back");
        if (before == OK && after != OK)
                log_error("store: PostgreSQL is away; commands are refused until it is back");
}

static int connect(struct store *s, struct pg_writer *w)
{
        int rc = pg_conn_open(&w->conn);
        set_down(s, w, rc != OK);
        return rc;
}

static void refuse_waiting(struct store *s)
{
        struct command *c;
        while ((c = queue_take(&s->queue, PRIO_REQUEST)) || (c = queue_take(&s->queue, PRIO_BACKGROUND)))
                command_answer(s, c, ERR_STORE);
}

static void nap(int64_t us)
{
        struct timespec t = { us / 1000000, us % 1000000 * 1000 };
        nanosleep(&t, NULL);
}

/* ---- one command ------------------------------------------------------------------------------------ */
static int run_once(struct store *s, struct pg_writer *w, struct command *c)
{
        pg_begin(&w->conn, NULL);
        int rc = command_run(c, &w->conn.tx);
        if (rc != OK) {
                pg_rollback(&w->conn);
                return rc;
        }
        int64_t start = mono_us();
        rc = pg_commit(&w->conn);
        store_commit_seen(s, 1, mono_us() - start);
        return rc;
}

/* True when @c is to be run again: a conflict, or a line that broke before COMMIT went out. */
static bool again(struct store *s, struct pg_writer *w, struct command *c, int *rc)
{
        if (!w->conn.lost)
                return command_again(s, c, *rc);
        bool sure = !w->conn.commit_sent;
        pg_conn_close(&w->conn);
        if (!sure || ++c->tries >= STORE_TRIES_MAX)
                return false;
        atomic_fetch_add(&s->retried, 1);
        *rc = ERR_STORE;
        return connect(s, w) == OK;
}

static void serve(struct store *s, struct pg_writer *w, struct command *c)
{
        int rc;

        if (w->conn.c && !pg_conn_alive(&w->conn))
                pg_conn_close(&w->conn);
        rc = connect(s, w);
        if (rc == OK) {
                do
                        rc = run_once(s, w, c);
                while (again(s, w, c, &rc));
        }
        set_down(s, w, !w->conn.c);
        command_answer(s, c, rc);
}

/* ---- several in one transaction ---------------------------------------------------------------------- */
struct batch {
        struct command *c[BATCH_MAX];
        int n;
};

/* What waits, shared among the writers. */
static void gather(struct store *s, struct batch *b, struct command *first)
{
        size_t share = 1 + queue_length(&s->queue) / (size_t)pg_of(s)->n;

        b->c[0] = first;
        b->n = 1;
        while (first->priority == PRIO_REQUEST && (size_t)b->n < share && b->n < BATCH_MAX) {
                struct command *c = queue_take(&s->queue, PRIO_REQUEST);
                if (!c)
                        break;
                b->c[b->n++] = c;
        }
}

/* OK: all are committed. ERR_UNSURE: nobody knows. Else nothing was kept. */
static int run_together(struct store *s, struct pg_writer *w, struct batch *b)
{
        int rc = connect(s, w);
        if (rc != OK)
                return rc;
        pg_begin(&w->conn, NULL);
        for (int i = 0; i < b->n && rc == OK; i++)
                rc = command_run(b->c[i], &w->conn.tx);
        if (rc == OK) {
                int64_t start = mono_us();
                rc = pg_commit(&w->conn);
                store_commit_seen(s, (size_t)b->n, mono_us() - start);
        } else {
                pg_rollback(&w->conn);
        }
        bool unsure = rc != OK && w->conn.lost && w->conn.commit_sent;
        if (w->conn.lost)
                pg_conn_close(&w->conn);
        return unsure ? ERR_UNSURE : rc;
}

static void serve_batch(struct store *s, struct pg_writer *w, struct batch *b)
{
        if (w->conn.c && !pg_conn_alive(&w->conn))
                pg_conn_close(&w->conn);
        int rc = b->n > 1 ? run_together(s, w, b) : ERR_CONFLICT;
        if (b->n > 1 && rc != OK && rc != ERR_UNSURE)
                atomic_fetch_add(&s->retried, (uint_fast64_t)b->n);
        for (int i = 0; i < b->n; i++) {
                if (rc == OK || rc == ERR_UNSURE)
                        command_answer(s, b->c[i], rc);
                else
                        serve(s, w, b->c[i]);
        }
}

/* ---- a writer --------------------------------------------------------------------------------------- */
static int background_max(const struct pg *p)
{
        return p->n < 4 ? 1 : p->n / 4;
}

static struct command *take_background(struct store *s)
{
        struct pg *p = pg_of(s);

        if (atomic_fetch_add(&p->background, 1) < background_max(p)) {
                struct command *c = queue_take(&s->queue, PRIO_BACKGROUND);
                if (c)
                        return c;
        }
        atomic_fetch_sub(&p->background, 1);
        return NULL;
}

static struct command *take(struct store *s, struct pg_writer *w)
{
        struct command *c = ++w->turn % BACKGROUND_TURN == 0 ? take_background(s) : NULL;
        if (!c)
                c = queue_take(&s->queue, PRIO_REQUEST);
        return c ? c : take_background(s);
}

static void *writer_thread(void *arg)
{
        struct pg_writer *w = arg;
        struct store *s = w->conn.tx.store;
        struct pg *p = pg_of(s);

        connect(s, w);
        while (queue_wait(&s->queue, WAIT_MS, atomic_load(&p->background) >= background_max(p))) {
                if (!w->conn.c && connect(s, w) != OK) {
                        if (atomic_load(&s->away))
                                refuse_waiting(s);
                        nap(AWAY_NAP_US);
                        continue;
                }
                struct command *c = take(s, w);
                if (!c)
                        continue;
                bool background = c->priority == PRIO_BACKGROUND;
                struct batch b;
                gather(s, &b, c);
                serve_batch(s, w, &b);
                if (background)
                        atomic_fetch_sub(&p->background, 1);
        }
        return NULL;
}

int pg_write_start(struct store *s)
{
        struct pg *p = pg_of(s);

        p->n = s->options.connections;
        p->writer = arena_array(&p->arena, struct pg_writer, (size_t)p->n);
        for (int i = 0; i < p->n; i++)
                pg_conn_init(&p->writer[i].conn, s, &p->arena, true);
        for (int i = 0; i < p->n; i++) {
                if (pthread_create(&p->writer[i].thread, NULL, writer_thread, &p->writer[i]))
                        return ERR_STORE;
                p->writer[i].running = true;
        }
        return OK;
}

void pg_write_stop(struct store *s)
{
        struct pg *p = pg_of(s);

        for (int i = 0; p->writer && i < p->n; i++) {
                if (p->writer[i].running)
                        pthread_join(p->writer[i].thread, NULL);
                pg_conn_close(&p->writer[i].conn);
        }
        refuse_waiting(s);
}
