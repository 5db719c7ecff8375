/* The cage of a child that reads a stranger's file. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/sanitized.h"
#include "media/inner/keeper.h"

#define MEMORY_MAX ((rlim_t)2 << 30)
#define DESCRIPTORS_MAX 24

static int limit(int what, rlim_t most)
{
        struct rlimit r = { most, most };
        return setrlimit(what, &r);
}

static int limits(void)
{
        int rc = limit(RLIMIT_CPU, MEDIA_WALL_SECONDS) | limit(RLIMIT_FSIZE, (rlim_t)MEDIA_BYTES_MAX) | limit(RLIMIT_NOFILE, DESCRIPTORS_MAX) |
                 limit(RLIMIT_CORE, 0);
#if !SANITIZED /* whose shadow memory alone is terabytes of addresses */
        rc |= limit(RLIMIT_AS, MEMORY_MAX);
#endif
        return rc;
}

/* No part of any file tree may be opened. Older kernels have no Landlock: then the filter below, which refuses to open anything, is all. */
static void no_files(void)
{
        struct landlock_ruleset_attr none = { .handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };
        int fd = (int)syscall(SYS_landlock_create_ruleset, &none, sizeof none, 0);
        if (fd < 0)
                return;
        syscall(SYS_landlock_restrict_self, fd, 0);
        close(fd);
}

/* Reading and writing what is open, memory, threads, time. Anything else fails with EPERM and does nothing: a library that asks for what it can
 * do without goes on, and a new version that asks for one thing more does not take the service down. */
static const int calls[] = {
        SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(preadv), SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(lseek), SCMP_SYS(_llseek),
        SCMP_SYS(fstat), SCMP_SYS(close), SCMP_SYS(dup), SCMP_SYS(fcntl), SCMP_SYS(ftruncate),
        SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk),
        SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(gettid), SCMP_SYS(getpid),
        SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(tgkill), SCMP_SYS(restart_syscall),
        SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom),
        SCMP_SYS(getrusage), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

/* fstat by another name, memory that is not to be run, and threads but no processes. */
static int special(scmp_filter_ctx f)
{
        return seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) |
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) |
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) |
               seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) |
               seccomp_rule_add(f, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0); /* its flags lie in memory: the C library then takes clone */
}

static int filter(void)
{
        scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
        int rc = f ? 0 : -1;
        for (size_t i = 0; rc == 0 && i < COUNT(calls); i++)
                rc = seccomp_rule_add(f, SCMP_ACT_ALLOW, calls[i], 0);
        if (rc == 0)
                rc = special(f);
        if (rc == 0)
                rc = seccomp_load(f); /* sets no_new_privs, which Landlock wants too */
        if (f)
                seccomp_release(f);
        return rc == 0 ? 0 : -1;
}

int cage_close(void)
{
        if (limits() != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
                return -1;
        no_files();
        return filter();
}
