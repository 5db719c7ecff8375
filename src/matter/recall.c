/* What was known when a matter was last sent somewhere, read back from the explanation that was kept: so that a desk
 * which sends it on need not ask for the point, the lamp's number and the facts again. */
#include <json-c/json.h>
#include "base/json.h"
#include "matter/inner/write.h"

static struct str text_of(struct ctx *ctx, struct json_object *o, const char *key)
{
        struct json_object *v = json_get(o, key);
        return v ? str_dup(ctx->arena, json_text(v)) : STR("");
}

static void recall_point(struct json_object *place, struct intake_in *in)
{
        struct json_object *lat = json_get(place, "lat"), *lon = json_get(place, "lon"),
                           *accuracy = json_get(place, "accuracy");
        in->has_point = lat && lon && datum_parse(json_text(json_get(place, "datum")), &in->datum) == OK;
        if (!in->has_point)
                return;
        in->point = (struct point){ json_object_get_double(lat), json_object_get_double(lon) };
        in->accuracy_m = accuracy ? json_object_get_double(accuracy) : -1;
}

static void recall_facts(struct ctx *ctx, struct json_object *facts, struct intake_in *in)
{
        if (!facts || !json_object_is_type(facts, json_type_object))
                return;
        struct json_object_iterator at = json_object_iter_begin(facts), end = json_object_iter_end(facts);
        for (; !json_object_iter_equal(&at, &end) && in->n_facts < INTAKE_FACTS_MAX; json_object_iter_next(&at))
                in->fact[in->n_facts++] =
                        (struct duty_pair){ str_dup(ctx->arena, str_of(json_object_iter_peek_name(&at))),
                                            str_dup(ctx->arena, json_text(json_object_iter_peek_value(&at))) };
}

int matter_recall(struct ctx *ctx, const struct town *t, int64_t id, struct intake_in *in)
{
        struct str why;
        JSON_AUTO doc = NULL;
        int rc = matter_why(ctx, id, &why);
        if (rc != OK)
                return rc;
        if (json_parse(why, &doc, NULL) != OK)
                return err_set(ctx->err, ERR_SCHEMA, "why", "派单说明数据损坏",
                               "The explanation of this matter is damaged");
        struct json_object *place = json_get(doc, "place");
        if (in->thing.n) { /* the desk says which */
                recall_facts(ctx, json_get(doc, "facts"), in);
                return OK;
        }
        in->thing = text_of(ctx, place, "thing");
        if (!thing_find(&t->things, in->thing))
                in->thing = STR(""); /* gone from the folder since */
        recall_facts(ctx, json_get(doc, "facts"), in);
        if (in->place.n)
                return OK; /* the desk says where */
        in->place = text_of(ctx, place, "chosen");
        if (!place_find(&t->places, in->place))
                in->place = STR("");
        if (in->place.n == 0)
                recall_point(place, in);
        return OK;
}

int matter_would_go(struct ctx *ctx, const struct town *t, const struct matter_open_row *row, struct str *ret_unit,
                    enum lead_how *ret_how)
{
        struct matter m;
        struct intake k;
        bool known = subject_find(&t->subjects, row->subject) != SUBJECT_NONE;
        int rc = matter_get(ctx, row->id, &m);
        if (rc != OK)
                return rc;
        bool respondent = org_find(&t->orgs, m.respondent) || staff_find(&t->staff, m.respondent);
        struct intake_in in = { .title = STR(""), .words = STR(""), .place = STR(""), .unit = STR(""), .thing = STR(""),
                                .subject = known ? row->subject : STR(""), .source = m.source, .accuracy_m = -1,
                                .respondent = respondent ? m.respondent : STR(""),
                                .anonymous = m.person == MATTER_ANONYMOUS };
        rc = matter_recall(ctx, t, row->id, &in);
        if (rc == OK)
                rc = intake_settle(ctx, t, &in, &k);
        if (rc != OK)
                return rc;
        *ret_unit = k.suggested ? k.suggested->code : k.unit->code;
        *ret_how = k.lead.how;
        return OK;
}
