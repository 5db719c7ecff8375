/* procedure/inner/reader.h — from a YAML tree to plain values, saying what is wrong and where.
 *
 * A value that is missing or wrong gives a finding and a harmless stand-in, so that one reading
 * tells a clerk everything at once; procedure_read refuses the whole at the end.
 */
#pragma once
#include "base/yaml.h"
#include "procedure/procedure.h"

struct reader {
        struct arena *arena;
        struct findings *out;
        const struct procedure_names *names;
        struct procedure *p;
        const struct yaml_node *states, *actions, *clocks; /* maps: code to body */
        const struct procedure_field *form;                /* of the action at hand; NULL in a state */
        size_t n_form;
        struct procedure_right *right; /* = p->right, still growing */
};

/* One key a map may have. */
struct reader_key {
        const char *name;
        bool required;
};

/* An error at @line; then both sentences, as finding_add takes them. */
#define reader_error(r, rule, line, ...)                                                                               \
        finding_add((r)->out, (rule), SEV_ERROR, (r)->p->file, (line), (struct say){ "", "" }, __VA_ARGS__)

/* @s for a message: at most 64 characters, no line breaks. */
const char *reader_quote(struct reader *, struct str s);
/* Is @node a map? Unknown and missing keys are findings too. @what names it in both languages. */
bool reader_map(struct reader *, const struct yaml_node *node, int32_t line, struct say what,
                const struct reader_key *key, size_t n_keys);
/* The body of a map from codes to bodies, such as `states`: not a map, empty, longer than @max or with a bad code is
 * a finding; NULL then, else @node. */
const struct yaml_node *reader_table(struct reader *, const struct yaml_node *node, int32_t line, struct say what,
                                     size_t max);
/* Items of a list; a single scalar or map counts as a list of one. */
size_t reader_count(const struct yaml_node *);
const struct yaml_node *reader_item(const struct yaml_node *, size_t i);
/* Text of 1 … @max code points on one line; absent gives "" without a finding. */
struct str reader_text(struct reader *, const struct yaml_node *map, const char *key, size_t max);
struct str reader_code(struct reader *, const struct yaml_node *map, const char *key);
/* {zh: …, en: …}; absent gives empty sentences. */
struct say reader_say(struct reader *, const struct yaml_node *map, const char *key);
struct say reader_say_of(struct reader *, const struct yaml_node *node);
bool reader_bool(struct reader *, const struct yaml_node *map, const char *key);
int64_t reader_int(struct reader *, const struct yaml_node *map, const char *key, int64_t lo, int64_t hi,
                   int64_t fallback);
/* Place of the word in @words, or -1 with a finding; -1 without one when @node is NULL. */
int reader_word(struct reader *, const struct yaml_node *node, struct say what, const char *const *words, size_t n);
/* Place of a code in one of the tables, or -1 with the finding @rule. */
int reader_ref(struct reader *, const struct yaml_node *node, const struct yaml_node *table, const char *rule,
               struct say what);
/* One or several codes of @table as bits; absent gives 0. */
uint32_t reader_refs(struct reader *, const struct yaml_node *node, const struct yaml_node *table, const char *rule,
                     struct say what);

/* `when`, `needs`: conditions on facts, and on the fields of r->form. */
struct procedure_when reader_when(struct reader *, const struct yaml_node *);
struct procedure_effects reader_effects(struct reader *, const struct yaml_node *);
/* The fields of `form`; *ret_n of them. */
const struct procedure_field *reader_form(struct reader *, const struct yaml_node *, size_t *ret_n);
