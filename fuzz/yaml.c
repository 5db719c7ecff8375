/* A YAML document as a tree of nodes. */
#include "base/yaml.h"
#include "fuzz.h"

static void walk(const struct yaml_node *node, int depth)
{
        MUST(node && node->line > 0 && depth <= 40);
        if (node->kind == YAML_SCALAR)
                MUST(utf8_valid(node->text));
        for (size_t i = 0; i < node->n; i++) {
                if (node->kind == YAML_MAP)
                        MUST(node->key_line[i] > 0 && utf8_valid(node->key[i]));
                walk(node->item[i], depth + 1);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        struct yaml_node *root = NULL;
        int rc = yaml_read(&a, STR("x.yaml"), fuzz_bytes(data, n), &f, &root);
        MUST(rc == OK || (rc == ERR_BAD && f.errors > 0));
        fuzz_findings(&f);
        if (rc == OK)
                walk(root, 0);
        return 0;
}
