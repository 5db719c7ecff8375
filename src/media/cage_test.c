/* Inside the cage: what can still be done, and what cannot. Each try is made by a child of its own. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/test.h"
#include "media/inner/keeper.h"

static int given; /* a descriptor that the child has */

static bool opens_a_file(void) { return open("/etc/passwd", O_RDONLY) >= 0; }
static bool makes_a_file(void) { return open("/tmp/linli-cage-test", O_WRONLY | O_CREAT, 0600) >= 0; }
static bool talks_to_the_network(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool talks_to_neighbours(void) { return socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }
static bool makes_a_process(void)
{
        pid_t pid = fork();
        if (pid == 0)
                _exit(0);
        return pid > 0;
}
static bool runs_a_program(void)
{
        char name[] = "/bin/true", *argv[] = { name, NULL };
        execv(name, argv);
        return false;
}
static bool kills_its_parent(void) { return kill(getppid(), 0) == 0; }
static bool writes_programs(void) { return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED; }
static bool reads_what_it_has(void)
{
        char c;
        return pread(given, &c, 1, 0) == 1;
}
static bool takes_memory(void) { return mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED; }
static void *nothing(void *arg) { return arg; }
static bool makes_a_thread(void)
{
        pthread_t t;
        return pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0;
}

static const struct {
        const char *what;
        bool (*try)(void);
        bool can;
} row[] = {
        { "open a file", opens_a_file, false },
        { "make a file", makes_a_file, false },
        { "talk to the network", talks_to_the_network, false },
        { "talk to other processes", talks_to_neighbours, false },
        { "make a process", makes_a_process, false },
        { "run a program", runs_a_program, false },
        { "signal its parent", kills_its_parent, false },
        { "make memory that can be run", writes_programs, false },
        { "read what it was given", reads_what_it_has, true },
        { "take memory", takes_memory, true },
        { "make a thread", makes_a_thread, true },
};

TEST(whoever_reads_a_strangers_file_can_do_nothing_else)
{
        FILE *f = tmpfile();
        CHECK(f && fputs("x", f) >= 0 && fflush(f) == 0);
        given = fileno(f);
        for (size_t i = 0; i < COUNT(row); i++) {
                int status = 0;
                pid_t pid = fork();
                if (pid == 0)
                        _exit(cage_close() != 0 ? 9 : row[i].try() ? 1 : 2);
                CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
                if (!WIFEXITED(status) || WEXITSTATUS(status) != (row[i].can ? 1 : 2))
                        fail_msg("%s: status %x", row[i].what, (unsigned)status);
        }
        fclose(f);
}
