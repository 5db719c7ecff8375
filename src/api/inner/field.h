/* api/inner/field.h — one piece of text as one field's value; shared by bodies and query strings. */
#pragma once
#include "api/schema.h"

/* Where in the input we are, from the inside out; becomes text only when something is wrong. */
struct spot {
        const struct spot *up;
        const char *name; /* a member, or NULL: item @index */
        size_t index;
};

struct reader {
        struct arena *arena;
        struct err *err;
        int depth;
};

/* How a type is told to programs (JSON Schema) and to people. */
struct field_told {
        const char *type, *format, *pattern, *zh, *en;
};
extern const struct field_told field_told[FIELD_TYPES];

/* The most characters or items a field may have, its default included. */
static inline int64_t field_most(const struct field *f)
{
        if (f->max)
                return f->max;
        return f->type == FIELD_STR ? 200 : f->type == FIELD_TEXT ? 2000 : 100;
}

/* Fill the error: both formats take the spot as %s, then @lo and @hi as %lld. Returns @code. */
int field_refuse(const struct reader *, const struct spot *, int code, const char *zh, const char *en, int64_t lo,
                 int64_t hi);
/* Refuse a name that no row of the table has. @name is not trusted. */
int field_unknown(const struct reader *, const struct spot *up, struct str name);
/* The row called @name, or @n. Looks from @from on first: clients send in the order of the document. */
size_t field_find(const struct field *, size_t n, size_t from, struct str name);
/* A number already read, against the field's limits. */
int field_number(const struct reader *, const struct field *, const struct spot *, double, struct value *ret);
int field_int(const struct reader *, const struct field *, const struct spot *, int64_t, struct value *ret);
/* Text as STR, TEXT, CODE, ID, DAY, INSTANT or ENUM; copied into the arena where the value is text. */
int field_text(const struct reader *, const struct field *, const struct spot *, struct str, struct value *ret);
/* OK when every required row is given. */
int field_required(const struct reader *, const struct field *, const struct value *, size_t n, const struct spot *up);
