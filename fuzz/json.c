/* A JSON body, alone and as the body that opens a matter. */
#include "api/house.h"
#include "api/routes.h"
#include "fuzz.h"

static const struct field *intake_body(void)
{
        for (size_t i = 0; i < public_route_table.n; i++)
                if (strcmp(public_route_table.route[i].name, "matter.open") == 0)
                        return public_route_table.route[i].body;
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct err err = { 0 };
        struct values v = { 0 };
        JSON_AUTO doc = NULL;
        int rc = json_parse(fuzz_bytes(data, n), &doc, &err);
        if (rc == OK)
                rc = schema_read_json(intake_body(), doc, &a, &v, &err);
        if (rc == OK) {
                MUST(v.n == schema_count(intake_body()));
        } else {
                MUST(err.code == rc && err.zh[0] && err.en[0]);
                MUST(utf8_valid(str_of(err.zh)) && utf8_valid(str_of(err.en)) && utf8_valid(str_of(err.field)));
        }
        return 0;
}
