/* Runs a harness over kept inputs: each argument is a file, or a directory whose files are meant. */
#include <dirent.h>
#include <sys/stat.h>
#include "base/buf.h"
#include "fuzz.h"

#define INPUT_MAX ((size_t)4 << 20)

__attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        (void)argc, (void)argv;
        return 0;
}

/* In a block of exactly its size, so that reading past the end is seen. */
static void run_bytes(struct str bytes)
{
        uint8_t *copy = malloc(bytes.n ? bytes.n : 1);
        if (!copy)
                abort();
        if (bytes.n)
                memcpy(copy, bytes.p, bytes.n);
        LLVMFuzzerTestOneInput(copy, bytes.n);
        free(copy);
}

static int run_file(const char *path)
{
        BUF_AUTO b = BUF(INPUT_MAX);
        if (buf_read_file(&b, path) != OK) {
                fprintf(stderr, "%s: cannot be read\n", path);
                return 0;
        }
        fprintf(stderr, "%s\n", path); /* the last line before a crash is its input */
        run_bytes(buf_view(&b));
        return 1;
}

static int run_dir(const char *path)
{
        struct dirent **entry;
        char inner[4096];
        int n = scandir(path, &entry, NULL, alphasort), ran = 0;
        for (int i = 0; i < n; i++) {
                snprintf(inner, sizeof inner, "%s/%s", path, entry[i]->d_name);
                if (entry[i]->d_name[0] != '.')
                        ran += run_file(inner);
                free(entry[i]);
        }
        if (n >= 0)
                free(entry);
        return ran;
}

int main(int argc, char **argv)
{
        int ran = 0;
        LLVMFuzzerInitialize(&argc, &argv);
        for (int i = 1; i < argc; i++) {
                struct stat st;
                bool dir = stat(argv[i], &st) == 0 && S_ISDIR(st.st_mode);
                ran += dir ? run_dir(argv[i]) : run_file(argv[i]);
        }
        run_bytes((struct str){ 0 });
        printf("%d inputs\n", ran);
        return ran > 0 ? 0 : 1;
}
