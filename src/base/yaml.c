#include "base/yaml.h"
#include <yaml.h>
#include "base/err.h"
#include "base/map.h"

#define DEPTH_MAX 32
#define NODES_MAX 100000

struct reader {
        struct arena *a;
        struct findings *out;
        struct str file;
        yaml_parser_t parser;
        yaml_event_t event; /* the current one; owned */
        size_t nodes;
        int depth;
};

static const struct say hint = {
        "对照手册和样例检查缩进、引号和冒号后的空格",
        "Check indentation, quotes and the blank after a colon against the manual and the sample"
};

static int refuse(struct reader *r, size_t line, const char *zh, const char *en)
{
        /* Both sentences are arguments of both formats; each prints its own. */
        finding_add(r->out, "yaml.parse", SEV_ERROR, r->file, (int32_t)line + 1, hint, "%1$s%2$.0s", "%1$.0s%2$s", zh,
                    en);
        return ERR_BAD;
}

/* Step to the next event. */
static int next(struct reader *r)
{
        yaml_event_delete(&r->event);
        if (yaml_parser_parse(&r->parser, &r->event))
                return OK;
        if (r->parser.error == YAML_MEMORY_ERROR)
                out_of_memory(sizeof(yaml_event_t));
        size_t line = r->parser.problem_mark.line;
        return refuse(r, line, "YAML 写法不对", r->parser.problem ? r->parser.problem : "Not valid YAML");
}

static int read_node(struct reader *r, struct yaml_node **ret);

/* Growing arrays of a list or a map. */
static void room_for(struct reader *r, struct yaml_node *node, size_t *cap)
{
        if (node->n < *cap)
                return;
        size_t more = *cap ? *cap * 2 : 8;
        struct yaml_node **item = arena_array(r->a, struct yaml_node *, more);
        struct str *key = arena_array(r->a, struct str, more);
        int32_t *line = arena_array(r->a, int32_t, more);
        if (node->n > 0) {
                memcpy(item, node->item, node->n * sizeof *item);
                memcpy(key, node->key, node->n * sizeof *key);
                memcpy(line, node->key_line, node->n * sizeof *line);
        }
        node->item = item;
        node->key = key;
        node->key_line = line;
        *cap = more;
}

static int read_list(struct reader *r, struct yaml_node *node)
{
        size_t cap = 0;
        for (;;) {
                int e = next(r);
                if (e < 0 || r->event.type == YAML_SEQUENCE_END_EVENT)
                        return e;
                room_for(r, node, &cap);
                e = read_node(r, &node->item[node->n]);
                if (e < 0)
                        return e;
                node->n++;
        }
}

static int read_pair(struct reader *r, struct yaml_node *node, struct map *seen)
{
        size_t line = r->event.start_mark.line;
        struct yaml_node *key = NULL;
        if (r->event.type != YAML_SCALAR_EVENT)
                return refuse(r, line, "键必须是一段文字", "A key must be a piece of text");
        int e = read_node(r, &key);
        if (e < 0)
                return e;
        if (map_put(seen, r->a, key->text, 0) != MAP_NONE)
                return refuse(r, line, "同一层里有重复的键", "The same key stands twice on one level");
        node->key[node->n] = key->text;
        node->key_line[node->n] = key->line;
        e = next(r);
        if (e == OK)
                e = read_node(r, &node->item[node->n]);
        if (e == OK)
                node->n++;
        return e;
}

static int read_map(struct reader *r, struct yaml_node *node)
{
        size_t cap = 0;
        struct map seen = { 0 };
        for (;;) {
                int e = next(r);
                if (e < 0 || r->event.type == YAML_MAPPING_END_EVENT)
                        return e;
                room_for(r, node, &cap);
                e = read_pair(r, node, &seen);
                if (e < 0)
                        return e;
        }
}

/* Anchors let a small file grow without end, and tags change what a value means. */
static int event_plain(struct reader *r)
{
        const yaml_event_t *v = &r->event;
        const void *anchor = NULL, *tag = NULL;
        if (v->type == YAML_SCALAR_EVENT) {
                anchor = v->data.scalar.anchor;
                tag = v->data.scalar.tag;
        } else if (v->type == YAML_SEQUENCE_START_EVENT) {
                anchor = v->data.sequence_start.anchor;
                tag = v->data.sequence_start.tag;
        } else if (v->type == YAML_MAPPING_START_EVENT) {
                anchor = v->data.mapping_start.anchor;
                tag = v->data.mapping_start.tag;
        }
        if (v->type == YAML_ALIAS_EVENT || anchor)
                return refuse(r, v->start_mark.line, "不允许使用锚点和别名（& 和 *）",
                              "Anchors and aliases (& and *) are not allowed");
        return tag ? refuse(r, v->start_mark.line, "不允许使用标签（!）", "Tags (!) are not allowed") : OK;
}

static int read_nested(struct reader *r, struct yaml_node *node)
{
        if (r->depth >= DEPTH_MAX)
                return refuse(r, r->event.start_mark.line, "嵌套太深，最多 32 层",
                              "Nested too deep; at most 32 levels");
        r->depth++;
        int e = node->kind == YAML_LIST ? read_list(r, node) : read_map(r, node);
        r->depth--;
        return e;
}

/* The node that the current event begins. */
static int read_node(struct reader *r, struct yaml_node **ret)
{
        int e = event_plain(r);
        if (e < 0)
                return e;
        if (++r->nodes > NODES_MAX)
                return refuse(r, r->event.start_mark.line, "节点太多，最多 100,000 个",
                              "Too many nodes; at most 100,000");
        struct yaml_node *node = arena_new(r->a, struct yaml_node);
        node->line = (int32_t)r->event.start_mark.line + 1;
        if (r->event.type == YAML_SCALAR_EVENT) {
                const char *value = (const char *)r->event.data.scalar.value;
                node->quoted = r->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
                node->text = str_dup(r->a, (struct str){ value, r->event.data.scalar.length });
        } else {
                node->kind = r->event.type == YAML_SEQUENCE_START_EVENT ? YAML_LIST : YAML_MAP;
                e = read_nested(r, node);
        }
        if (e == OK)
                *ret = node;
        return e;
}

/* Stream start, document start, one node, document end, stream end. */
static int read_document(struct reader *r, struct yaml_node **ret)
{
        int e = next(r);
        if (e == OK)
                e = next(r);
        if (e == OK && r->event.type == YAML_STREAM_END_EVENT)
                return refuse(r, 0, "文件是空的", "The file is empty");
        if (e == OK)
                e = next(r);
        if (e == OK)
                e = read_node(r, ret);
        if (e == OK)
                e = next(r);
        if (e == OK)
                e = next(r);
        if (e == OK && r->event.type != YAML_STREAM_END_EVENT)
                return refuse(r, r->event.start_mark.line, "一个文件只能有一个文档", "A file holds one document only");
        return e;
}

int yaml_read(struct arena *a, struct str file, struct str text, struct findings *out, struct yaml_node **ret)
{
        struct reader r = { .a = a, .out = out, .file = file };
        struct yaml_node *root = NULL;
        if (!utf8_valid(text))
                return refuse(&r, 0, "不是有效的 UTF-8 文本", "Not valid UTF-8 text");
        if (!yaml_parser_initialize(&r.parser))
                out_of_memory(sizeof r.parser);
        yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
        int e = read_document(&r, &root);
        yaml_event_delete(&r.event);
        yaml_parser_delete(&r.parser);
        if (e == OK)
                *ret = root;
        return e;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
        if (!map || map->kind != YAML_MAP)
                return NULL;
        for (size_t i = 0; i < map->n; i++)
                if (str_is(map->key[i], key))
                        return map->item[i];
        return NULL;
}

struct str yaml_text(const struct yaml_node *node)
{
        return node && node->kind == YAML_SCALAR ? node->text : (struct str){ NULL, 0 };
}
