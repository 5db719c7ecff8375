/* A procedure file: read, and whatever reads is judged; what is judged good takes the product's limits. */
#include "fuzz.h"
#include "people/right.h"
#include "procedure/check.h"

static unsigned right_number(struct str name)
{
        return (unsigned)right_of(name);
}

static int limit(const void *arg, struct str id, struct clock_limit *ret)
{
        (void)arg;
        if (id.n == 0 || id.n > 20)
                return ERR_NONE;
        *ret = (struct clock_limit){ (int32_t)id.n, (enum due_unit)(id.n % (DUE_HOUR + 1)), DUE_ROLL_NONE };
        return OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        static const struct procedure_names names = { .right = right_number };
        static const struct procedure_town town = { .limit = limit, .duty = { 15, DUE_WORKDAY, DUE_ROLL_NONE } };
        ARENA_AUTO a = { 0 };
        struct findings f = { .arena = &a };
        const struct procedure *p = NULL;
        int rc = procedure_read(&a, STR("procedures/x.yaml"), fuzz_bytes(data, n), &names, &f, &p);
        MUST(rc == OK || (rc == ERR_BAD && f.errors > 0));
        if (rc == OK) {
                size_t before = f.errors;
                rc = procedure_check(p, &town, &f);
                MUST((rc == OK) == (f.errors == before));
                procedure_check(p, NULL, &f);
        }
        fuzz_findings(&f);
        return 0;
}
