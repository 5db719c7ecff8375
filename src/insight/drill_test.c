/* The band of a rate, as a statistician's table has it. */
#include "insight/rates.h"
#include "base/test.h"

TEST(a_band_is_wide_where_few_were_counted)
{
        /* Wilson's interval at 95 %, worked out by hand from the formula of 1927: ten thousandths. */
        static const struct { int64_t kept, of; int low, high; } row[] = {
                { 0, 0, 0, 10000 },        /* nothing counted: nothing is known */
                { 1, 1, 2065, 10000 },     /* one of one proves little */
                { 5, 10, 2366, 7634 },     { 9, 10, 5958, 9821 },
                { 90, 100, 8256, 9448 },   { 900, 1000, 8798, 9171 },
                { 0, 20, 0, 1611 },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                double low, high;
                rate_band(&(struct rate){ .numerator = row[i].kept, .denominator = row[i].of }, &low, &high);
                CHECK_EQ((int)(low * 10000 + 0.5), row[i].low);
                CHECK_EQ((int)(high * 10000 + 0.5), row[i].high);
        }
}
