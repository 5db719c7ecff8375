/* api/shape.h — what does an answer look like?
 *
 * A shape is a const table of members, ended by a row without a name. It stands beside the function that writes it, so that who
 * changes the one sees the other:
 *
 *      static const struct member town_members[] = {
 *              { .name = "code", .type = FIELD_CODE },
 *              { .name = "name", .type = FIELD_OBJECT, .of = &say_shape },
 *              { .name = "until", .type = FIELD_DAY, .null = true, .help = { "至哪天", "Until which day" } },
 *              { 0 },
 *      };
 *      static const struct shape town_shape = { "Town", town_members, NULL };
 *
 * A member is always there and never null, unless it says so. Types are those of fields (api/schema.h) without their limits, and two
 * more, FIELD_MAP and FIELD_ANY. The OpenAPI document, docs/api.md and the web's types are made of these tables; the tests hold every
 * answer they get against them (api/inner/answer_test.h, t/house.py), so what stands here is true.
 */
#pragma once
#include "api/schema.h"

struct shape;
struct member {
        const char *name;
        enum field_type type;
        bool maybe;                 /* it may be absent */
        bool null;                  /* it may be null */
        enum field_type item;       /* FIELD_LIST, FIELD_MAP of anything but objects */
        const struct shape *of;     /* FIELD_OBJECT, and FIELD_LIST, FIELD_MAP of objects */
        const char *const *choices; /* FIELD_ENUM, also as item: ended by NULL */
        struct say help;            /* where the name does not say it */
};
struct shape {
        const char *name; /* "Matter": under components.schemas; NULL = written where it is used */
        const struct member *member;
        const struct shape *base; /* whose members it has too, in front; NULL = none */
};

/* How a route gives what its shape describes. */
enum answer_form {
        ANSWER_ONE,   /* as it is */
        ANSWER_ITEMS, /* {"items":[…]} */
        ANSWER_PAGE,  /* {"items":[…],"next":cursor or null} */
        ANSWER_ARRAY, /* […], of a foreign standard */
        ANSWER_FORMS
};

/* Members of a shape one after the other, its base's first: for (struct shape_walk w = { .of = s }; (m = shape_next(&w));) */
struct shape_walk {
        const struct shape *of, *in;
        const struct member *at;
};
const struct member *shape_next(struct shape_walk *);
/* What is not sound about it, or NULL: for route_check. */
const char *shape_wrong(const struct shape *, enum answer_form);

extern const struct shape problem_shape; /* of every refusal (openapi.c) */

/* The named shapes within, each once, behind those that stand there already. Two of one name: ERR_RULE. */
struct shape_set {
        const struct shape **row;
        size_t n, cap;
};
int shape_collect(struct arena *, struct shape_set *, const struct shape *, struct err *);

/* JSON Schema: of a named shape itself; of an answer; of one member. Named shapes are referred to. */
void shape_write(struct json *, const struct shape *);
void shape_write_answer(struct json *, const struct shape *, enum answer_form);
/* "instant or null", "list (Matter)": for the readable page. */
struct str member_type_text(struct arena *, const struct member *, enum lang);
/* The shape whose members are to be told together with this one, since it has no name of its own; else NULL. */
const struct shape *member_inside(const struct member *);
