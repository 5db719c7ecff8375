/* api/told_api.c — the explanation in sentences, and which systems upstream send orders: a form at the desk chooses from them. */
#include "api/matter_view.h"
#include "api/routes.h"
#include "base/json.h"
#include "insight/why_text.h"
#include "town/shelf.h"
#include <json-c/json.h>

#define TOLD_MAX (64u << 10)

int told_lines(struct json *j, struct str why, const struct town *t, enum lang lang)
{
        BUF_AUTO text = BUF(TOLD_MAX);
        int rc = why_sentences(why, t, lang, &text);
        if (rc != OK)
                return rc;
        struct str rest = { text.p, text.n }, line;
        while (str_split(&rest, '\n', &line))
                if (line.n)
                        json_str(j, line);
        return OK;
}

/* The day the decision was made: names are told as they were then. */
static struct day day_decided(struct str why)
{
        struct instant at;
        JSON_AUTO doc = NULL;
        if (json_parse(why, &doc, NULL) != OK || instant_parse(json_text(json_get(doc, "at")), &at) != OK)
                return DAY_NONE;
        return instant_day(at);
}

static int told(struct request *req)
{
        const struct town *t;
        struct matter m;
        struct scope_object object;
        struct str why;
        int rc = house_matter(req, &t, &m, &object);
        if (rc == OK)
                rc = matter_why(&req->ctx, m.id, &why);
        if (rc != OK)
                return rc;
        struct day on = day_decided(why);
        if (!day_is_none(on))
                rc = house_town_on(req, on, &t);
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 0);
        json_open(&j);
        json_key(&j, "lines");
        json_list(&j);
        rc = told_lines(&j, why, t, req->ctx.lang);
        if (rc != OK)
                return err_set(&req->err, rc, "id", "存下的说明读不出来", "The stored explanation cannot be read");
        json_end(&j);
        json_close(&j);
        return OK;
}

static int systems(struct request *req)
{
        const struct town *t;
        int rc = house_town(req, &t);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (size_t i = 0; i < t->upstreams.n; i++) {
                const struct upstream *u = &t->upstreams.row[i];
                json_open(&j);
                json_kstr(&j, "code", u->code);
                view_name(&j, "name", u->name_zh, u->name_en);
                json_close(&j);
        }
        json_end(&j);
        json_close(&j);
        request_etag_body(req);
        return OK;
}

static const struct member told_members[] = {
        { .name = "lines", .type = FIELD_LIST, .item = FIELD_STR, .help = { "一句一条", "One line a point" } },
        { 0 },
};
static const struct shape told_shape = { "Told", told_members, NULL };

static const struct route told_routes[] = {
        { .name = "matter.told", .method = HTTP_GET, .path = "/api/matters/{id}/why/told", .may = RIGHT_WHY, .scope = SCOPE_MATTER, .run_on = RUN_READ,
          .run = told, .answer = &told_shape, .help = { "为什么派到这里：用句子说", "Why here: told in sentences" } },
        { .name = "upstream.list", .method = HTTP_GET, .path = "/api/upstreams", .may = RIGHT_SIGNED_IN, .scope = SCOPE_SELF, .run_on = RUN_READ,
          .cached = true, .run = systems, .answer = &named_shape, .answer_form = ANSWER_ITEMS, .help = { "会派单来的上级系统", "Systems upstream that send orders" } },
};
const struct route_table told_route_table = ROUTES(told_routes);
