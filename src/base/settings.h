/* base/settings.h — a file of settings for the server (notices.conf, parcels.conf, basemap.conf, oidc.conf): YAML of known keys, which may hold
 * secrets. An error names file, line and key, so that the operator goes there at once. */
#pragma once
#include "base/err.h"
#include "base/yaml.h"

struct settings {
        const char *name;    /* of the file, as the operator gave it */
        struct arena *arena; /* of what is read */
        struct err *err;
};

/* The whole of @text; *ret is NULL where nothing stands in it. ERR_BAD naming file and line: no YAML, or no keys and values. */
int settings_open(const struct settings *, struct str text, struct yaml_node **ret);
/* Only keys that are known (ended by NULL), so that a slip of the pen is seen. ERR_BAD, ERR_UNKNOWN naming @where. */
int settings_keys(const struct settings *, const struct yaml_node *map, const char *where, const char *const *keys);
/* ERR_UNKNOWN naming @where. */
int settings_unknown(const struct settings *, int32_t line, const char *where, struct str key);
/* ERR_BAD naming @key. */
int settings_wrong(const struct settings *, int32_t line, const char *key, const char *zh, const char *en);
/* A whole number, else ERR_BAD naming @key; *ret stays where the key is not given (NULL). */
int settings_number(const struct settings *, const struct yaml_node *, const char *key, int64_t lo, int64_t hi, int64_t *ret);
/* What a check has said of a value, with the place where that stands: @rc, or ERR_BAD. */
int settings_at(const struct settings *, int32_t line, int rc);

/* The file through secret_file_read, its text to @read, and wiped. */
int settings_load(const char *path, int (*read)(const char *name, struct str text, void *ret, struct err *), void *ret, struct err *);
