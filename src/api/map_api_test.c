/* The town on a map, over HTTP: what everybody sees, what those who work in it see, and what is open where. */
#include <stdio.h>
#include "api/inner/house_story.h"

static void asks(struct open_house *h, const char *as, const char *target, int status)
{
        ask(h, as, "GET", target, NULL, "", &g);
        answers(status);
}

HOUSE_TEST(without_an_approval_number_nothing_is_drawn_for_the_public)
{
        asks(h, NULL, "/api/map", 200);
        has(h, "drawn", "false");
        has(h, "bbox", "");
        has(h, "grids", "");
        has(h, "things.0.code", "lamp-1");
        CHECK(got_text(h, &g, "things.0.lat").p == NULL);
        CHECK(!got_has(&g, "\"lat\"")); /* nor any place */
        asks(h, NULL, "/api/map/desk", 401);
        asks(h, "diaodu1", "/api/map/desk", 200);
        has(h, "drawn", "true");
        has(h, "grids.features.0.properties.code", G1);
        has(h, "grids.features.0.properties.community", A_COMMUNITY);
        has(h, "grids.features.0.geometry.type", "Polygon");
        has(h, "things.0.lat", "39.905000");
        has(h, "bbox.0", "116.400000");
        has(h, "bbox.3", "39.910000");
        /* A browser that has it already is told so. */
        const char *tag = target_of(h, "If-None-Match: %s\r\n", got_header(&g, "ETag"));
        ask(h, "diaodu1", "GET", "/api/map/desk", NULL, tag, &g);
        answers(304);
}

HOUSE_TEST(a_schematic_is_an_order_and_no_map)
{
        asks(h, NULL, "/api/map/schematic", 200);
        has(h, "columns", "2");
        has(h, "items.0.code", A_COMMUNITY);
        has(h, "items.0.row", "0");
        has(h, "items.1.column", "1");
        CHECK(!got_has(&g, "116.") && !got_has(&g, "39.") && !got_has(&g, "lat"));
}

static const struct town_file approved[] = {
        { "town.yaml", "code: \"110101002000\"\nname: {zh: 测试街道, en: Test Subdistrict}\nlanguages: [zh, en]\noffice_hours: [\"09:00-12:00\", \"14:00-18:00\"]\n"
                       "fallback: desk\nupper: district\nmap_approval: \"京S(2026)001号\"\nnearest_metres: 50\n" },
        { 0 }
};

HOUSE_TEST_IN(a_map_with_its_number_is_for_everybody, approved)
{
        asks(h, NULL, "/api/map", 200);
        has(h, "drawn", "true");
        has(h, "approval", "京S(2026)001号");
        has(h, "grids.features.3.properties.code", G4);
}

static void report(struct open_house *h, const char *body)
{
        ask(h, NULL, "POST", "/api/matters", body, "", &g);
        answers(201);
}

HOUSE_TEST(what_is_open_lies_where_it_was_said_to_be)
{
        report(h, "{\"words\":\"门口的垃圾没有清运\",\"lat\":39.9042,\"lon\":116.4033}");
        report(h, "{\"words\":\"路灯不亮了\",\"thing\":\"lamp-1\"}");
        report(h, "{\"words\":\"晚上噪音太大睡不着\",\"place\":\"" G3 "\"}");
        asks(h, NULL, "/api/map/load", 401);
        asks(h, "diaodu1", "/api/map/load", 200);
        has(h, "open", "3");
        has(h, "more", "false");
        has(h, "matters.0.at", "point");
        has(h, "matters.0.lat", "39.904200");
        has(h, "matters.1.at", "thing");
        has(h, "matters.1.lon", "116.405000");
        has(h, "matters.2.at", "grid");
        has(h, "matters.2.lat", "39.905000"); /* the same for all that happens there */
        has(h, "grids.0.code", G1);
        has(h, "grids.0.open", "2");
        has(h, "grids.0.late", "0");
        has(h, "grids.1.code", G3);
        /* A unit sees its own. */
        asks(h, "cg1", "/api/map/load", 200);
        has(h, "open", "1");
        has(h, "matters.0.subject.code", "garbage");
        /* What is over time is counted apart. */
        house_now(h, "2026-03-02T09:00:00+08:00");
        asks(h, "diaodu1", "/api/map/load", 200);
        has(h, "grids.0.late", "2");
}
