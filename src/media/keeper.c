/* The program linli-media: waits for files to read, and lets a caged child read each of them. Started by linli, ends with it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "media/inner/keeper.h"

#define CHILDREN_MAX 4

struct child {
        pid_t pid; /* 0 = free */
        int64_t deadline_ms;
};
static struct child children[CHILDREN_MAX];

static int64_t now_ms(void)
{
        struct timespec t;
        clock_gettime(CLOCK_MONOTONIC, &t);
        return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- a child ---------------------------------------------------------------------------------------- */

static enum media_verdict make(enum media_kind kind, const int fd[MEDIA_FDS], struct media_answer *ret)
{
        if (cage_close() != 0)
                return MEDIA_CAGE;
        if (kind == MEDIA_PHOTO)
                return photo_make(fd[MEDIA_FD_IN], fd[MEDIA_FD_OUT], fd[MEDIA_FD_THUMB], ret);
        if (kind == MEDIA_VOICE)
                return voice_make(fd[MEDIA_FD_IN], fd[MEDIA_FD_OUT], ret);
        return paper_make(fd[MEDIA_FD_IN], fd[MEDIA_FD_OUT], ret);
}

_Noreturn static void be_child(enum media_kind kind, const int fd[MEDIA_FDS], int signals)
{
        struct media_answer made = { 0 }, answer = { .magic = MEDIA_MAGIC };
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(signals);
        close(0); /* other people's questions */
        enum media_verdict v = make(kind, fd, &made);
        if (v == MEDIA_DONE)
                answer = made;
        answer.magic = MEDIA_MAGIC;
        answer.verdict = (uint32_t)v;
        _exit(write(fd[MEDIA_FD_REPLY], &answer, sizeof answer) == (ssize_t)sizeof answer ? 0 : 1);
}

/* ---- the keeper ------------------------------------------------------------------------------------- */

static struct child *free_place(void)
{
        for (size_t i = 0; i < CHILDREN_MAX; i++)
                if (children[i].pid == 0)
                        return &children[i];
        return NULL;
}

static void bury(void)
{
        pid_t pid;
        while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
                for (size_t i = 0; i < CHILDREN_MAX; i++)
                        if (children[i].pid == pid)
                                children[i].pid = 0;
}

/* Milliseconds until somebody's time is over, after killing whose it is; -1: nobody is there. */
static int kill_late(void)
{
        int64_t now = now_ms(), next = -1;
        for (size_t i = 0; i < CHILDREN_MAX; i++) {
                struct child *c = &children[i];
                if (c->pid && c->deadline_ms <= now)
                        kill(c->pid, SIGKILL);
                int64_t left = !c->pid ? -1 : c->deadline_ms <= now ? 100 : c->deadline_ms - now;
                if (left >= 0 && (next < 0 || left < next))
                        next = left;
        }
        return (int)next;
}

/* One question with its descriptors. 0 when there will be no more. */
static ssize_t receive(struct media_ask *ask, int fd[MEDIA_FDS], bool *ret_sound)
{
        char raw[sizeof *ask + 1];
        struct iovec piece = { raw, sizeof raw };
        union { char room[CMSG_SPACE(sizeof(int) * MEDIA_FDS)]; struct cmsghdr align; } control = { 0 };
        struct msghdr msg = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room };
        ssize_t n = recvmsg(0, &msg, MSG_CMSG_CLOEXEC);
        size_t got = 0;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&msg); n > 0 && c; c = CMSG_NXTHDR(&msg, c)) {
                if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
                        continue;
                got = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
                memcpy(fd, CMSG_DATA(c), (got < MEDIA_FDS ? got : MEDIA_FDS) * sizeof(int));
        }
        *ret_sound = n > 0 && got == MEDIA_FDS && media_ask_sound(raw, (size_t)n, ask);
        for (size_t i = 0; !*ret_sound && i < got && i < MEDIA_FDS; i++)
                close(fd[i]);
        return n;
}

static bool take(struct child *place, int signals)
{
        struct media_ask ask;
        int fd[MEDIA_FDS];
        bool sound;
        ssize_t n = receive(&ask, fd, &sound);
        if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
                return false;
        if (!sound)
                return true;
        pid_t pid = fork();
        if (pid == 0)
                be_child((enum media_kind)ask.kind, fd, signals);
        if (pid > 0)
                *place = (struct child){ pid, now_ms() + MEDIA_WALL_SECONDS * 1000 };
        for (size_t i = 0; i < MEDIA_FDS; i++)
                close(fd[i]); /* who asked hears that nobody is left to answer, should the child die */
        return true;
}

static void keep(int signals)
{
        for (;;) {
                struct signalfd_siginfo info;
                struct child *place = free_place();
                struct pollfd p[2] = { { .fd = signals, .events = POLLIN }, { .fd = place ? 0 : -1, .events = POLLIN } };
                if (poll(p, 2, kill_late()) < 0 && errno != EINTR)
                        return;
                if (p[0].revents && read(signals, &info, sizeof info) > 0)
                        bury();
                if (place && p[1].revents && !take(place, signals))
                        return;
        }
}

static bool is_socket(int fd)
{
        int type;
        socklen_t n = sizeof type;
        return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) == 0 && type == SOCK_SEQPACKET;
}

int main(void)
{
        sigset_t set;
        if (!is_socket(0)) {
                fputs("linli-media 由 linli 启动，不能单独使用 / linli-media is started by linli and does nothing by itself\n", stderr);
                return 2;
        }
        close_range(3, ~0U, 0);
        signal(SIGINT, SIG_IGN); /* it ends when linli closes the socket, not before */
        signal(SIGTERM, SIG_IGN);
        signal(SIGHUP, SIG_IGN);
        sigemptyset(&set);
        sigaddset(&set, SIGCHLD);
        sigprocmask(SIG_BLOCK, &set, NULL);
        int signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
        if (signals < 0 || !photo_begin() || !kind_begin())
                return 1;
        keep(signals);
        for (size_t i = 0; i < CHILDREN_MAX; i++)
                if (children[i].pid)
                        kill(children[i].pid, SIGKILL);
        _exit(0); /* what the libraries hold is let go by the system */
}
