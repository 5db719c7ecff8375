#include <stdio.h>
#include "base/test.h"
#include "basemap/keep.h"

static struct tile_id at(uint32_t x) { return (struct tile_id){ 0, 15, x, 7 }; }

TEST(what_was_fetched_is_there_until_it_is_too_old)
{
        ARENA_AUTO a = { 0 };
        struct tile_keep k;
        struct instant now = { 1000 };
        tile_keep_init(&k, &a, 100, 50);
        CHECK(!tile_keep_find(&k, at(1), now));
        tile_keep_put(&k, at(1), "image/png", STR("one"), now);
        tile_keep_put(&k, at(2), NULL, STR(""), now);
        CHECK_STR(buf_view(&tile_keep_find(&k, at(1), now)->bytes), "one");
        CHECK(tile_keep_find(&k, at(2), now)->type == NULL);
        tile_keep_put(&k, at(1), "image/png", STR("newer"), now);
        CHECK_STR(buf_view(&tile_keep_find(&k, at(1), (struct instant){ 1049 })->bytes), "newer");
        CHECK(!tile_keep_find(&k, at(1), (struct instant){ 1050 }));
        CHECK(!tile_keep_find(&k, at(1), now)); /* and is gone */
        tile_keep_free(&k);
}

TEST(the_longest_unused_goes_when_the_room_is_full)
{
        ARENA_AUTO a = { 0 };
        struct tile_keep k;
        struct instant now = { 0 };
        tile_keep_init(&k, &a, 10, 50);
        tile_keep_put(&k, at(1), "t", STR("1234"), now);
        tile_keep_put(&k, at(2), "t", STR("1234"), now);
        CHECK(tile_keep_find(&k, at(1), now)); /* used again: now 2 is the oldest */
        tile_keep_put(&k, at(3), "t", STR("1234"), now);
        CHECK(tile_keep_find(&k, at(1), now) && !tile_keep_find(&k, at(2), now) && tile_keep_find(&k, at(3), now));
        CHECK_EQ(k.bytes, 8);
        tile_keep_put(&k, at(4), "t", STR("12345678901"), now); /* larger than all there is */
        CHECK(!tile_keep_find(&k, at(4), now) && tile_keep_find(&k, at(3), now));
        tile_keep_free(&k);
}

TEST(many_tiles_come_and_go_within_their_number)
{
        ARENA_AUTO a = { 0 };
        struct tile_keep k;
        struct instant now = { 0 };
        tile_keep_init(&k, &a, (size_t)1 << 20, 50);
        for (uint32_t i = 0; i < 3 * KEEP_TILES; i++) {
                tile_keep_put(&k, at(i), "t", STR("x"), now);
                if (i % 7 == 0)
                        tile_keep_put(&k, at(i), "t", STR("xy"), now);
        }
        CHECK_EQ(k.n, KEEP_TILES);
        for (uint32_t i = 0; i < 3 * KEEP_TILES; i++)
                CHECK(!!tile_keep_find(&k, at(i), now) == (i >= 2 * KEEP_TILES));
        tile_keep_free(&k);
}
