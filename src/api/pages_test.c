/* The web face behind the door: the same bytes for everybody, pressed when the browser takes it, and none of it in the API's documents. */
#include "api/pages.h"
#include "base/test.h"

static const struct web_file pressed = { .path = { "/assets/a.js", 12 }, .bytes = { { "plain", 5 }, { "gz", 2 }, { "br", 2 } } };
static const struct web_file plain = { .path = { "/a.png", 6 }, .bytes = { { "plain", 5 } } };

TEST(a_browser_gets_what_it_says_it_takes)
{
        static const struct { const char *accept; enum web_coding want; } row[] = {
                { "", CODING_PLAIN },
                { "gzip, deflate", CODING_GZIP },
                { "gzip, deflate, br", CODING_BROTLI },
                { "br;q=0, gzip", CODING_GZIP },
                { "br ; q=0.5", CODING_BROTLI },
                { "gzip;q=0.000", CODING_PLAIN },
                { "identity", CODING_PLAIN },
                { "brotli, gzippy", CODING_PLAIN },
        };
        for (size_t i = 0; i < COUNT(row); i++) {
                CHECK_EQ(web_coding_pick(&pressed, str_of(row[i].accept)), row[i].want);
                CHECK_EQ(web_coding_pick(&plain, str_of(row[i].accept)), CODING_PLAIN);
        }
}

TEST(files_stand_in_order_and_are_found)
{
        for (size_t i = 0; i < web_files_n; i++) {
                CHECK(i == 0 || str_cmp(web_files[i - 1].path, web_files[i].path) < 0);
                CHECK(web_file_find(web_files[i].path) == &web_files[i]);
        }
        CHECK(web_file_find(STR("/assets/../index.html")) == NULL);
        CHECK(web_file_find(STR("")) == NULL);
}
