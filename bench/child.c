#include "child.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_S 60
#define ANSWER_MAX ((size_t)64 << 20)

/* ---- a request, one connection each ------------------------------------------------------------------------------- */

static int connect_to(uint16_t port)
{
        struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return -1;
        if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
                return fd;
        close(fd);
        return -1;
}

static bool send_all(int fd, struct str s)
{
        while (s.n > 0) {
                ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
                if (n <= 0)
                        return false;
                s.p += n;
                s.n -= (size_t)n;
        }
        return true;
}

static int exchange(const struct child *c, struct arena *a, struct str head, struct str body, struct str *ret_body)
{
        BUF_AUTO in = BUF(ANSWER_MAX);
        char piece[16384];
        ssize_t n = 0;
        int fd = connect_to(c->port);
        if (fd < 0)
                return -1;
        if (send_all(fd, head) && send_all(fd, body))
                while ((n = recv(fd, piece, sizeof(piece), 0)) > 0)
                        buf_add(&in, piece, (size_t)n);
        close(fd);
        const char *end = in.n ? memmem(in.p, in.n, "\r\n\r\n", 4) : NULL;
        if (n < 0 || in.over || !end || in.n < 13)
                return -1;
        *ret_body = str_dup(a, (struct str){ end + 4, in.n - (size_t)(end + 4 - in.p) });
        return atoi(in.p + 9);
}

int child_get(const struct child *c, struct arena *a, const char *path, const char *headers, struct str *ret_body)
{
        struct str head = str_printf(a, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", path, headers);
        return exchange(c, a, head, STR(""), ret_body);
}

int child_post(const struct child *c, struct arena *a, const char *path, const char *headers, struct str body, struct str *ret_body)
{
        struct str head = str_printf(a, "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                        "Content-Length: %zu\r\n%s\r\n", path, body.n, headers);
        return exchange(c, a, head, body, ret_body);
}

double child_metric(const struct child *c, const char *name)
{
        ARENA_AUTO a = { 0 };
        struct str rest, line;
        size_t n = strlen(name);
        if (child_get(c, &a, "/metrics", "", &rest) != 200)
                return -1;
        while (str_split(&rest, '\n', &line))
                if (line.n > n && memcmp(line.p, name, n) == 0 && line.p[n] == ' ')
                        return strtod(str_c(&a, (struct str){ line.p + n + 1, line.n - n - 1 }), NULL);
        return -1;
}

/* ---- the process ----------------------------------------------------------------------------------------------------- */

_Noreturn static void become(const struct bench *b, const char *url, const char *log)
{
        const char *town = arg_path(b->a, b->town);
        const char *key = arena_printf(b->a->arena, "%s/bench.key", b->folder);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0600), none = open("/dev/null", O_RDWR);
        dup2(none, 0);
        dup2(none, 1);
        dup2(fd, 2);
        setenv("LANG", "en", 1);
        execl("/proc/self/exe", "linli", "serve", "--listen", "127.0.0.1:0", "--db", url, "--town", town, "--key", key, "--no-limits",
              "--trial", (char *)NULL);
        _exit(127);
}

static uint16_t port_told(const char *log)
{
        static const char sign[] = "http://127.0.0.1:";
        BUF_AUTO text = BUF(1u << 20);
        if (buf_read_file(&text, log) != OK || text.n == 0)
                return 0;
        const char *at = memmem(text.p, text.n, sign, sizeof(sign) - 1);
        const char *end = at ? memchr(at, ';', text.n - (size_t)(at - text.p)) : NULL;
        return end ? (uint16_t)atoi(at + sizeof(sign) - 1) : 0;
}

static int not_started(struct bench *b, const struct child *c)
{
        BUF_AUTO text = BUF(1u << 20);
        buf_read_file(&text, c->log);
        bench_say(b, "the server did not start: %.*s", (int)text.n, text.p ? text.p : "");
        return EXIT_FAILED;
}

int child_start(struct bench *b, const char *url, struct child *ret)
{
        ARENA_AUTO a = { 0 };
        struct str body;
        *ret = (struct child){ 0 };
        snprintf(ret->log, sizeof(ret->log), "%s/bench.log", b->folder);
        unlink(ret->log);
        double begin = bench_clock();
        ret->pid = fork();
        if (ret->pid == 0)
                become(b, url, ret->log);
        while (ret->pid > 0 && bench_clock() < begin + WAIT_S && waitpid(ret->pid, NULL, WNOHANG) == 0) {
                ret->port = ret->port ? ret->port : port_told(ret->log);
                if (ret->port && child_get(ret, &a, "/health", "", &body) == 200) {
                        ret->started_s = bench_clock() - begin;
                        return EXIT_FINE;
                }
                usleep(500);
        }
        return not_started(b, ret);
}

void child_stop(struct child *c)
{
        if (c->pid <= 0)
                return;
        kill(c->pid, SIGTERM);
        waitpid(c->pid, NULL, 0);
        c->pid = 0;
}

static double status_mb(const struct child *c, const char *key)
{
        char path[64], line[256];
        double kb = 0;
        snprintf(path, sizeof(path), "/proc/%d/status", (int)c->pid);
        FILE *f = fopen(path, "r");
        while (f && fgets(line, sizeof(line), f))
                if (strncmp(line, key, strlen(key)) == 0)
                        kb = strtod(line + strlen(key), NULL);
        if (f)
                fclose(f);
        return kb / 1024;
}

double child_rss_mb(const struct child *c) { return status_mb(c, "VmRSS:"); }
double child_rss_peak_mb(const struct child *c) { return status_mb(c, "VmHWM:"); }

double child_cpu(const struct child *c)
{
        char path[64];
        unsigned long user = 0, system = 0;
        snprintf(path, sizeof(path), "/proc/%d/stat", (int)c->pid);
        FILE *f = fopen(path, "r");
        if (f && fscanf(f, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
                user = system = 0;
        if (f)
                fclose(f);
        return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}
