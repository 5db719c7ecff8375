/* What another town says, once its seal is off: a parcel, an answer, and the operator's file of keys. */
#include "fuzz.h"
#include "parcel/content.h"

/* What was read is written as it was read. */
static void parcels(struct str text)
{
        ARENA_AUTO a = { 0 };
        struct parcel p, q;
        struct err err = { 0 };
        if (parcel_read(&a, text, &p, &err) != OK) {
                MUST(err.zh[0] && err.en[0]);
                return;
        }
        MUST(code_valid(p.id) && strlen(p.nonce) == PARCEL_NONCE && p.n_added <= PARCEL_NOTES_MAX);
        if (p.full)
                MUST(utf8_valid(p.words) && utf8_count(p.words) >= 2 && p.route.n && p.edition > 0);
        struct str again = parcel_write(&a, &p);
        MUST(again.p && parcel_read(&a, again, &q, &err) == OK && str_eq(parcel_write(&a, &q), again));
}

static void answers(struct str text)
{
        ARENA_AUTO a = { 0 };
        struct parcel_answer p, q;
        struct err err = { 0 };
        if (parcel_answer_read(&a, text, &p, &err) != OK)
                return;
        MUST(p.state < PARCEL_STATES && p.matter >= 0 && utf8_valid(p.reason));
        struct str again = parcel_answer_write(&a, &p);
        MUST(parcel_answer_read(&a, again, &q, &err) == OK && q.state == p.state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct parcel_config c;
        struct err err = { 0 };
        parcels(fuzz_bytes(data, n));
        answers(fuzz_bytes(data, n));
        if (parcel_config_read("parcels.conf", fuzz_bytes(data, n), &c, &err) == OK) {
                MUST(c.every >= 1 && c.every <= 3600 && c.n_links <= PARCEL_LINKS_MAX);
                parcel_config_free(&c);
        }
        return 0;
}
