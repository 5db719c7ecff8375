#include <microhttpd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bare.h"

static enum MHD_Result answer(void *arg, struct MHD_Connection *c, const char *url, const char *method, const char *version,
                              const char *data, size_t *n, void **context)
{
        static int seen;
        (void)url, (void)method, (void)version, (void)data;
        if (!*context) {
                *context = &seen;
                return MHD_YES;
        }
        if (*n > 0) {
                *n = 0;
                return MHD_YES;
        }
        return MHD_queue_response(c, 200, arg);
}

_Noreturn static void serve(size_t size, unsigned loops, int tell)
{
        char *body = malloc(size);
        if (!body)
                _exit(1);
        memset(body, 'x', size);
        struct MHD_Response *r = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
        MHD_add_response_header(r, "Content-Type", "application/json");
        struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TURBO, 0, NULL, NULL, answer, r, MHD_OPTION_THREAD_POOL_SIZE,
                                                loops, MHD_OPTION_CONNECTION_LIMIT, 1024u, MHD_OPTION_END);
        uint16_t port = d ? MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT)->port : 0;
        if (write(tell, &port, sizeof(port)) != sizeof(port))
                _exit(1);
        for (;;)
                pause();
}

int bare_http_start(struct bench *b, size_t size, unsigned loops, uint16_t *ret_port, int *ret_pid)
{
        int pipe_fd[2];
        if (pipe(pipe_fd) != 0)
                return EXIT_FAILED;
        pid_t pid = fork();
        if (pid == 0) {
                prctl(PR_SET_PDEATHSIG, SIGKILL);
                serve(size, loops, pipe_fd[1]);
        }
        close(pipe_fd[1]);
        ssize_t n = pid > 0 ? read(pipe_fd[0], ret_port, sizeof(*ret_port)) : -1;
        close(pipe_fd[0]);
        *ret_pid = pid;
        if (n == sizeof(*ret_port) && *ret_port)
                return EXIT_FINE;
        bench_say(b, "%s", "bare libmicrohttpd did not start");
        bare_http_stop(pid);
        return EXIT_FAILED;
}

void bare_http_stop(int pid)
{
        if (pid <= 0)
                return;
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
}
