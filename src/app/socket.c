#include "app/socket.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/log.h"

#define WORDS_MAX 65536
#define ARGC_MAX 128

struct socket_server {
        int fd;
        char path[sizeof(((struct sockaddr_un *)0)->sun_path)];
        struct world *lent;
        pthread_t thread;
        _Atomic bool stop;
};

bool socket_path(const char *url, char *out, size_t n)
{
        struct str u = str_of(url);
        if (!str_starts(u, STR("sqlite:")))
                return false;
        return snprintf(out, n, "%s.sock", url + 7) < (int)n;
}

static int make_address(const char *path, struct sockaddr_un *ret)
{
        *ret = (struct sockaddr_un){ .sun_family = AF_UNIX };
        if (strlen(path) >= sizeof(ret->sun_path))
                return ERR_RANGE;
        memcpy(ret->sun_path, path, strlen(path) + 1);
        return OK;
}

/* ---- the words: language, directory and arguments, each ended by NUL; with them three descriptors ------------- */

static bool send_words(int fd, const char *words, size_t n)
{
        union {
                struct cmsghdr head;
                char room[CMSG_SPACE(3 * sizeof(int))];
        } control = { 0 };
        struct iovec part = { .iov_base = (void *)(uintptr_t)words, .iov_len = n };
        struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof(control.room) };
        const int streams[3] = { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO };
        struct cmsghdr *c = CMSG_FIRSTHDR(&m);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(streams));
        memcpy(CMSG_DATA(c), streams, sizeof(streams));
        return sendmsg(fd, &m, MSG_NOSIGNAL) == (ssize_t)n;
}

static ssize_t receive_words(int fd, char *words, size_t max, int streams[3])
{
        union {
                struct cmsghdr head;
                char room[CMSG_SPACE(3 * sizeof(int))];
        } control = { 0 };
        struct iovec part = { .iov_base = words, .iov_len = max };
        struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof(control.room) };
        ssize_t n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
        struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&m) : NULL;
        if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(3 * sizeof(int)))
                return -1;
        memcpy(streams, CMSG_DATA(c), 3 * sizeof(int));
        return n;
}

bool socket_forward(struct args *a, int argc, char **argv, int *ret_exit)
{
        char path[512];
        struct sockaddr_un to;
        if (!socket_path(world_url(a), path, sizeof(path)) || make_address(path, &to) != OK)
                return false;
        int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return false;
        if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
                close(fd);
                return false;
        }
        BUF_AUTO words = BUF(WORDS_MAX);
        char cwd[4096];
        buf_puts(&words, a->lang == LANG_ZH ? "zh" : "en");
        buf_char(&words, '\0');
        buf_puts(&words, getcwd(cwd, sizeof(cwd)) ? cwd : "/");
        buf_char(&words, '\0');
        for (int i = 0; i < argc; i++) {
                buf_puts(&words, argv[i]);
                buf_char(&words, '\0');
        }
        unsigned char code = EXIT_FAILED;
        fflush(NULL);
        if (words.over || !send_words(fd, words.p, words.n) || recv(fd, &code, 1, 0) != 1)
                fprintf(stderr, a->lang == LANG_ZH ? "linli：运行中的服务没有回应\n" : "linli: the running server did not answer\n");
        close(fd);
        *ret_exit = code;
        return true;
}

/* ---- the server's side ------------------------------------------------------------------------------------------ */

static const struct verb *command_of(const char *name)
{
        for (const struct verb *const *c = verbs; *c; c++)
                if (strcmp((*c)->name, name) == 0 && (*c)->writes)
                        return *c;
        return NULL;
}

static int run_words(struct socket_server *s, char *words, size_t n, const int streams[3])
{
        ARENA_AUTO arena = { 0 };
        char *argv[ARGC_MAX];
        int argc = 0;
        for (char *p = words; p < words + n && argc < ARGC_MAX; p += strlen(p) + 1)
                argv[argc++] = p;
        const struct verb *c = argc > 2 ? command_of(argv[2]) : NULL;
        if (!c)
                return EXIT_USAGE;
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        struct args a = { .lang = strcmp(argv[0], "en") == 0 ? LANG_EN : LANG_ZH,
                          .cwd = argv[1],
                          .arena = &arena,
                          .now = { t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 },
                          .in = fdopen(dup(streams[0]), "r"),
                          .out = fdopen(dup(streams[1]), "w"),
                          .errors = fdopen(dup(streams[2]), "w") };
        int rc = EXIT_FAILED;
        if (a.in && a.out && a.errors) {
                world_lent = s->lent;
                rc = args_parse(c, argc - 3, argv + 3, &a);
                if (rc == EXIT_FINE)
                        rc = c->run(&a);
                world_lent = NULL;
        }
        if (a.in)
                fclose(a.in);
        if (a.out)
                fclose(a.out);
        if (a.errors)
                fclose(a.errors);
        return rc;
}

static bool same_user(int fd)
{
        struct ucred who;
        socklen_t n = sizeof(who);
        return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &n) == 0 && (who.uid == geteuid() || who.uid == 0);
}

static void serve_one(struct socket_server *s, int fd)
{
        static const struct timeval patience = { .tv_sec = 5 };
        int streams[3] = { -1, -1, -1 };
        char *words = calloc(1, WORDS_MAX + 1);
        if (!words)
                BUG("out of memory");
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ssize_t n = same_user(fd) ? receive_words(fd, words, WORDS_MAX, streams) : -1;
        unsigned char code = n > 0 ? (unsigned char)run_words(s, words, (size_t)n, streams) : EXIT_FAILED;
        if (send(fd, &code, 1, MSG_NOSIGNAL) != 1)
                log_warn("socket: the caller went away");
        for (int i = 0; i < 3; i++)
                if (streams[i] >= 0)
                        close(streams[i]);
        free(words);
        close(fd);
}

static void *serve_thread(void *arg)
{
        struct socket_server *s = arg;
        struct pollfd p = { .fd = s->fd, .events = POLLIN };
        while (!atomic_load(&s->stop)) {
                if (poll(&p, 1, 200) <= 0)
                        continue;
                int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC);
                if (fd >= 0)
                        serve_one(s, fd);
        }
        return NULL;
}

int socket_serve(const char *path, struct world *lent, struct socket_server **ret, struct err *err)
{
        struct sockaddr_un at;
        if (make_address(path, &at) != OK)
                return err_set(err, ERR_RANGE, "db", "路径太长：%s", "The path is too long: %s", path);
        int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
        unlink(path); /* we hold the store's lock, so nobody else serves it */
        mode_t mask = umask(0177);
        bool bound = fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof(at)) == 0 && listen(fd, 8) == 0;
        umask(mask);
        if (!bound) {
                if (fd >= 0)
                        close(fd);
                return err_set(err, ERR_IO, "db", "无法建立 %s：%s", "%s cannot be made: %s", path, strerror(errno));
        }
        struct socket_server *s = calloc(1, sizeof(*s));
        if (!s)
                BUG("out of memory");
        s->fd = fd;
        s->lent = lent;
        memcpy(s->path, at.sun_path, sizeof(s->path));
        if (pthread_create(&s->thread, NULL, serve_thread, s) != 0)
                BUG("no thread");
        *ret = s;
        return OK;
}

void socket_stop(struct socket_server *s)
{
        if (!s)
                return;
        atomic_store(&s->stop, true);
        pthread_join(s->thread, NULL);
        close(s->fd);
        unlink(s->path);
        free(s);
}
