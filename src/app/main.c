#include "app/command.h"
#include "app/socket.h"
#include <signal.h>
#include <sodium.h>
#include <stdlib.h>
#include <time.h>

static enum lang language(void)
{
        const char *name[] = { "LINLI_LANG", "LC_ALL", "LC_MESSAGES", "LANG" };
        for (size_t i = 0; i < COUNT(name); i++) {
                const char *v = getenv(name[i]);
                if (v && *v)
                        return lang_of(v);
        }
        return LANG_ZH;
}

static const struct verb *find(const char *name)
{
        for (const struct verb *const *c = verbs; *c; c++)
                if (strcmp((*c)->name, name) == 0)
                        return *c;
        return NULL;
}

static bool asks_help(int argc, char **argv)
{
        for (int i = 0; i < argc; i++)
                if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
                        return true;
        return false;
}

static int run(const struct verb *c, struct args *a, int argc, char **argv)
{
        int rc = args_parse(c, argc - 2, argv + 2, a);
        if (rc != EXIT_FINE)
                return rc;
        if (c->writes && (!c->forwards || c->forwards(a)) && socket_forward(a, argc - 1, argv + 1, &rc))
                return rc;
        return c->run(a);
}

int main(int argc, char **argv)
{
        ARENA_AUTO arena = { 0 };
        struct timespec t;
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of that write, told like a full disk */
        if (sodium_init() < 0)
                BUG("libsodium does not start");
        clock_gettime(CLOCK_REALTIME, &t);
        struct args a = { .lang = language(), .arena = &arena, .in = stdin, .out = stdout, .errors = stderr,
                          .now = { t.tv_sec * US_PER_SECOND + t.tv_nsec / 1000 } };
        const struct verb *c = argc > 1 ? find(argv[1]) : NULL;
        if (argc < 2 || (!c && asks_help(argc, argv))) {
                help_print(stdout, a.lang, NULL);
                return argc < 2 ? EXIT_USAGE : EXIT_FINE;
        }
        if (!c) {
                fprintf(stderr, a.lang == LANG_ZH ? "linli：没有命令 %s；见 linli help\n" : "linli: no command %s; see linli help\n",
                        argv[1]);
                return EXIT_USAGE;
        }
        if (asks_help(argc - 2, argv + 2)) {
                help_print(stdout, a.lang, c->name);
                return EXIT_FINE;
        }
        int rc = run(c, &a, argc, argv);
        if (fflush(stdout) != 0 || ferror(stdout)) {
                fprintf(stderr, a.lang == LANG_ZH ? "linli：输出写不进去\n" : "linli: the output cannot be written\n");
                return EXIT_FAILED;
        }
        return rc;
}
