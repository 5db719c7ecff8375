/* base/yaml.h — a YAML document as a tree of nodes, each with its line. Parsed by libyaml. */
#pragma once
#include "base/finding.h"

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };
struct yaml_node {
        enum yaml_kind kind;
        int32_t line;              /* from 1 */
        bool quoted;               /* scalar in quotes: never a number or a bool */
        struct str text;           /* scalar */
        size_t n;                  /* items or pairs */
        struct yaml_node **item;   /* list items, or map values */
        struct str *key;           /* map keys, unique */
        int32_t *key_line;
};

/* One document; aliases and anchors refused, depth at most 32, at most 100,000 nodes, duplicate keys refused.
 * Finding: yaml.parse. Returns OK or ERR_BAD. */
int yaml_read(struct arena *, struct str file, struct str text, struct findings *, struct yaml_node **ret);
/* NULL when @map is NULL, not a map, or has no such key. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
/* Scalar text, or {NULL,0}. */
struct str yaml_text(const struct yaml_node *);
