#include "base/test.h"
#include "basemap/tile.h"

static int tile_of(const char *layer, const char *z, const char *x, const char *y, struct tile_id *ret)
{
        return tile_read(str_of(layer), str_of(z), str_of(x), str_of(y), 2, 3, 18, ret);
}

TEST(tiles_that_are_none_are_not_read)
{
        struct tile_id t;
        CHECK_EQ(tile_of("1", "10", "843", "388", &t), OK);
        CHECK(t.layer == 1 && t.z == 10 && t.x == 843 && t.y == 388);
        CHECK_EQ(tile_of("2", "10", "843", "388", &t), ERR_NONE); /* two layers: 0 and 1 */
        CHECK_EQ(tile_of("0", "2", "0", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("0", "19", "0", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("0", "3", "8", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("0", "3", "7", "7", &t), OK);
        CHECK_EQ(tile_of("0", "3", "-1", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("0", "3", "0x1", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("0", "99999999999999999999", "0", "0", &t), ERR_NONE);
        CHECK_EQ(tile_of("", "", "", "", &t), ERR_NONE);
}

static struct box box_of(double west, double south, double east, double north)
{
        struct box b = BOX_EMPTY;
        box_add(&b, vertex_at((struct point){ south, west }));
        box_add(&b, vertex_at((struct point){ north, east }));
        return b;
}

TEST(a_town_reaches_its_own_tiles_and_those_beside_it)
{
        struct box town = box_of(116.40, 39.90, 116.42, 39.91), around = tile_around(town);
        /* The tile of 116.41 E, 39.905 N at zoom 14, its neighbour half a town away, and one that is not. */
        CHECK(tile_touches((struct tile_id){ 0, 14, 13490, 6208 }, town));
        CHECK(!tile_touches((struct tile_id){ 0, 14, 13493, 6208 }, town));
        CHECK(!tile_touches((struct tile_id){ 0, 14, 13493, 6208 }, around));
        CHECK(tile_touches((struct tile_id){ 0, 14, 13491, 6208 }, around));
        CHECK(tile_touches((struct tile_id){ 0, 3, 6, 3 }, around));
        CHECK(!tile_touches((struct tile_id){ 0, 3, 2, 3 }, around)); /* the Americas */
        CHECK(!tile_touches((struct tile_id){ 0, 14, 13490, 6300 }, around));
        struct box empty = BOX_EMPTY;
        CHECK(!tile_touches((struct tile_id){ 0, 3, 6, 3 }, empty));
}

TEST(at_the_ends_of_the_earth_a_box_stays_on_it)
{
        struct box b = tile_around(box_of(-179.999, -84.999, 179.999, 84.999));
        CHECK(b.x0 == -180 * VERTEX_PER_DEGREE && b.x1 == 180 * VERTEX_PER_DEGREE);
        CHECK(b.y0 == -85 * VERTEX_PER_DEGREE && b.y1 == 85 * VERTEX_PER_DEGREE);
        CHECK(tile_touches((struct tile_id){ 0, 0, 0, 0 }, b));
}
