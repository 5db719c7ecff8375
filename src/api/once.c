/* One conversation without a network: raw bytes in, raw bytes out, through the very same server. */
#include <errno.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <linux/sockios.h>
#include "api/inner/job.h"

#define ONCE_MS 60000
#define CHUNK ((size_t)16 << 10)

struct talk {
        struct server *server;
        int fd, theirs;
        FILE *in, *out;
        char buf[CHUNK];
        size_t n, at; /* read from in, sent so far */
        bool all_read, shut, ended;
};

static bool talk_fill(struct talk *t)
{
        if (t->at < t->n || t->all_read)
                return t->at < t->n;
        t->at = 0;
        t->n = fread(t->buf, 1, sizeof t->buf, t->in);
        t->all_read = t->n == 0;
        return t->n > 0;
}

static int talk_send(struct talk *t)
{
        ssize_t n = send(t->fd, t->buf + t->at, t->n - t->at, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n > 0)
                t->at += (size_t)n;
        else if (n < 0 && errno != EAGAIN)
                t->at = t->n = 0, t->all_read = true; /* the server closed: what it said is still to be read */
        return OK;
}

static int talk_receive(struct talk *t)
{
        char got[CHUNK];
        ssize_t n = recv(t->fd, got, sizeof got, MSG_DONTWAIT);
        if (n < 0 && errno == EAGAIN)
                return OK;
        t->ended = n <= 0;
        return n > 0 && fwrite(got, 1, (size_t)n, t->out) != (size_t)n ? ERR_IO : OK;
}

/* The loop's turn passes: a second connection with a line that is no request is opened, refused and closed. Whatever
 * the loop was doing with the first one before that is done then. */
static void loop_turn(struct server *s)
{
        int pair[2];
        char c;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
                return;
        if (server_adopt(s, pair[0]) == OK && send(pair[1], "x\r\n\r\n", 5, MSG_NOSIGNAL) == 5) {
                struct pollfd p = { .fd = pair[1], .events = POLLIN };
                while (poll(&p, 1, 1000) > 0 && recv(pair[1], &c, 1, 0) > 0)
                        ;
        }
        close(pair[1]);
}

/* Has the server read all, answered all, and nothing begun? Then what is left is no whole request. */
static bool talk_quiet(struct talk *t)
{
        int unread = 0;
        if (ioctl(t->fd, SIOCOUTQ, &unread) != 0 || unread > 0 || !http_idle(t->server->http, t->theirs))
                return false;
        loop_turn(t->server);
        return http_idle(t->server->http, t->theirs);
}

static int talk_step(struct talk *t)
{
        bool more = talk_fill(t);
        struct pollfd p = { .fd = t->fd, .events = (short)(POLLIN | (more ? POLLOUT : 0)) };
        if (poll(&p, 1, 5) < 0 && errno != EINTR)
                return ERR_IO;
        if (p.revents & (POLLIN | POLLHUP | POLLERR))
                return talk_receive(t);
        if (p.revents & POLLOUT)
                return talk_send(t);
        if (!more && !t->shut && talk_quiet(t)) {
                shutdown(t->fd, SHUT_WR);
                t->shut = true;
        }
        return OK;
}

int http_once(struct server *s, FILE *in, FILE *out)
{
        int pair[2], rc = OK;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
                return ERR_IO;
        struct talk t = { .server = s, .fd = pair[1], .theirs = pair[0], .in = in, .out = out };
        rc = server_adopt(s, pair[0]);
        int64_t until = clock_us() + ONCE_MS * 1000;
        while (rc == OK && !t.ended && clock_us() < until)
                rc = talk_step(&t);
        close(t.fd);
        if (fflush(out) != 0)
                rc = ERR_IO;
        return rc;
}
