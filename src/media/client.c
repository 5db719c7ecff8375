#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/arena.h"
#include "base/log.h"
#include "media/inner/protocol.h"

#define PATH_BYTES 4096
#define PATIENCE_MS ((MEDIA_WALL_SECONDS + 5) * 1000)

extern char **environ;

struct media {
        struct arena arena;
        pthread_mutex_t lock; /* of the two below */
        pid_t pid;
        int fd; /* to the helper; -1 = not running */
        char program[PATH_BYTES];
};

/* ---- the helper's life ------------------------------------------------------------------------------ */

static void beside_us(char out[PATH_BYTES])
{
        ssize_t n = readlink("/proc/self/exe", out, PATH_BYTES - sizeof "linli-media");
        out[n < 0 ? 0 : n] = '\0';
        char *slash = strrchr(out, '/');
        memcpy(slash ? slash + 1 : out, "linli-media", sizeof "linli-media");
}

struct media *media_new(const char *program)
{
        struct arena a = { 0 };
        struct media *m = arena_new(&a, struct media);
        *m = (struct media){ .arena = a, .fd = -1 };
        const char *set = getenv("LINLI_MEDIA");
        pthread_mutex_init(&m->lock, NULL);
        if (program || (set && *set))
                snprintf(m->program, sizeof m->program, "%s", program ? program : set);
        else
                beside_us(m->program);
        return m;
}

/* The helper has its own group: Ctrl-C in a terminal is for the server, which still needs it while it drains. */
static int spawn(struct media *m, int theirs)
{
        posix_spawn_file_actions_t files;
        posix_spawnattr_t attr;
        sigset_t none;
        char name[] = "linli-media", *argv[] = { name, NULL };
        sigemptyset(&none);
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, theirs, 0);
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attr);
        posix_spawnattr_setsigmask(&attr, &none);
        posix_spawnattr_setpgroup(&attr, 0);
        posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
        int error = posix_spawn(&m->pid, m->program, &files, &attr, argv, environ);
        posix_spawnattr_destroy(&attr);
        posix_spawn_file_actions_destroy(&files);
        return error;
}

static void stop(struct media *m)
{
        if (m->fd < 0)
                return;
        close(m->fd); /* it ends when nobody can ask it any more */
        m->fd = -1;
        while (waitpid(m->pid, NULL, 0) < 0 && errno == EINTR)
                ;
}

static int start(struct media *m, struct err *err)
{
        int pair[2] = { -1, -1 };
        if (m->fd >= 0)
                return OK;
        int error = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0 ? 0 : errno;
        if (error == 0) {
                error = spawn(m, pair[1]);
                close(pair[1]);
        }
        if (error == 0) {
                m->fd = pair[0];
                return OK;
        }
        if (pair[0] >= 0)
                close(pair[0]);
        log_error("media: %s cannot be started: %s", m->program, strerror(error));
        return err_set(err, ERR_BUSY, "file", "现在不能接收附件：处理程序 linli-media 不能启动", "No files can be taken now: the helper linli-media cannot be started");
}

int media_start(struct media *m, struct err *err)
{
        pthread_mutex_lock(&m->lock);
        int rc = start(m, err);
        pthread_mutex_unlock(&m->lock);
        return rc;
}

void media_end(struct media *m)
{
        if (!m)
                return;
        stop(m);
        pthread_mutex_destroy(&m->lock);
        struct arena a = m->arena;
        arena_free(&a);
}

/* ---- one question ----------------------------------------------------------------------------------- */

static bool send_ask(int fd, enum media_kind kind, const int fds[MEDIA_FDS])
{
        struct media_ask ask = { .magic = MEDIA_MAGIC, .kind = (uint32_t)kind };
        struct iovec piece = { &ask, sizeof ask };
        union { char room[CMSG_SPACE(sizeof(int) * MEDIA_FDS)]; struct cmsghdr align; } control = { 0 };
        struct msghdr msg = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room };
        struct cmsghdr *c = CMSG_FIRSTHDR(&msg);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int) * MEDIA_FDS);
        memcpy(CMSG_DATA(c), fds, sizeof(int) * MEDIA_FDS);
        return sendmsg(fd, &msg, MSG_NOSIGNAL) == (ssize_t)sizeof ask;
}

/* A helper that died is found out when it is asked; then there is a new one. */
static int ask_helper(struct media *m, enum media_kind kind, const int fds[MEDIA_FDS], struct err *err)
{
        pthread_mutex_lock(&m->lock);
        int rc = start(m, err);
        if (rc == OK && !send_ask(m->fd, kind, fds)) {
                log_warn("media: the helper had ended; it is started again");
                stop(m);
                rc = start(m, err);
                if (rc == OK && !send_ask(m->fd, kind, fds))
                        rc = err_set(err, ERR_BUSY, "file", "现在不能接收附件，请稍后再试", "No files can be taken now; try again later");
        }
        pthread_mutex_unlock(&m->lock);
        return rc;
}

/* An error made of the verdict. @heard false: the child was killed, or died over it. */
static int judge(bool heard, uint32_t verdict, struct err *err)
{
        if (!heard)
                return err_set(err, ERR_BAD, "file", "文件读不出来，已放弃；请换一种格式再试", "The file could not be read and was given up; try another format");
        switch ((enum media_verdict)verdict) {
        case MEDIA_DONE:
                return OK;
        case MEDIA_OTHER:
                return err_set(err, ERR_TYPE, "file", "文件内容不是所说的类型，或这种类型不接收", "The file is not what it is said to be, or is of a kind that is not taken");
        case MEDIA_PIXELS:
                return err_set(err, ERR_TOO_BIG, "file", "图片太大，最多 %lld 百万像素", "The picture is too large: at most %lld million pixels",
                               (long long)(MEDIA_PIXELS_MAX / 1000000));
        case MEDIA_LONG:
                return err_set(err, ERR_TOO_BIG, "file", "录音太长，最多 %d 秒", "The recording is too long: at most %d seconds", MEDIA_SECONDS_MAX);
        case MEDIA_CAGE:
                log_error("media: the kernel gives no seccomp; without it no file is read");
                return err_set(err, ERR_BUSY, "file", "现在不能接收附件：服务器缺少隔离手段", "No files can be taken now: this server cannot shut its helper in");
        case MEDIA_DAMAGED:
        case MEDIA_VERDICTS:
                break;
        }
        return err_set(err, ERR_BAD, "file", "文件已损坏，读不出来", "The file is damaged and cannot be read");
}

static bool length_is(int fd, int64_t bytes)
{
        struct stat st;
        return fstat(fd, &st) == 0 && st.st_size == bytes;
}

/* The answer of whoever reads it; false when nobody is left to give one, or what came is none. */
static bool hear(int fd, enum media_kind kind, struct media_answer *ret)
{
        char raw[sizeof *ret + 1];
        struct pollfd p = { .fd = fd, .events = POLLIN };
        int ready;
        while ((ready = poll(&p, 1, PATIENCE_MS)) < 0 && errno == EINTR)
                ;
        ssize_t n = ready > 0 ? recv(fd, raw, sizeof raw, MSG_DONTWAIT) : -1;
        return n > 0 && media_answer_sound(raw, (size_t)n, kind, ret);
}

static bool helper_gone(struct media *m)
{
        pthread_mutex_lock(&m->lock);
        struct pollfd p = { .fd = m->fd, .events = POLLIN };
        bool gone = m->fd < 0 || (poll(&p, 1, 0) > 0 && (p.revents & (POLLHUP | POLLERR)));
        if (gone)
                stop(m);
        pthread_mutex_unlock(&m->lock);
        return gone;
}

static int ask_once(struct media *m, enum media_kind kind, int in, int out, int thumb, bool *ret_heard, struct media_answer *ret, struct err *err)
{
        int pair[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
                return ERR_BUSY;
        int rc = ask_helper(m, kind, (int[MEDIA_FDS]){ pair[1], in, out, thumb }, err);
        close(pair[1]);
        if (rc == OK)
                *ret_heard = hear(pair[0], kind, ret);
        close(pair[0]);
        return rc;
}

/* As if nothing had been written. */
static int begin_anew(int fd)
{
        return ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0 ? OK : ERR_IO;
}

int media_make(struct media *m, enum media_kind kind, int in, int out, int thumb, struct media_made *ret, struct err *err)
{
        struct media_answer a = { 0 };
        bool heard = false;
        int rc = ask_once(m, kind, in, out, thumb, &heard, &a, err);
        if (rc == OK && !heard && helper_gone(m)) { /* it was not the file's doing: the helper itself had ended */
                rc = begin_anew(out) == OK ? begin_anew(thumb) : ERR_IO;
                if (rc == OK)
                        rc = ask_once(m, kind, in, out, thumb, &heard, &a, err);
        }
        if (rc == OK)
                rc = judge(heard, a.verdict, err);
        if (rc != OK)
                return rc;
        if (!length_is(out, a.bytes) || (a.thumb_bytes && !length_is(thumb, a.thumb_bytes)))
                return judge(false, 0, err);
        *ret = (struct media_made){ (enum media_type)a.type, a.width, a.height, a.ms, a.bytes, a.thumb_bytes };
        return OK;
}
