/* Where it is, in somebody's own words: one form, a finder that comes to an end, at most one certain place, and it is of the town. */
#include "fuzz.h"
#include "place/gazetteer.h"
#include "place/spoken.h"

static const char places_text[] = "code,parent,kind,name,aliases\n"
                                  "110101002000,,township,示例街道,示例\n"
                                  "110101002001,110101002000,community,馨园社区,东风大队;老供销社\n"
                                  "110101002001001,110101002001,grid,馨园一网格,\n"
                                  "b-1,110101002001001,building,1号楼,\n"
                                  "b-2,110101002001001,building,2号楼,\n"
                                  "u-1,b-1,unit,1单元,\n"
                                  "u-2,b-2,unit,1单元,\n";
static const char things_text[] = "code,kind,place,lat,lon\nlamp-003,lamp,110101002001001,39.9,116.4\nlamp-013,lamp,,39.91,116.4\ngate,building,b-2,39.9,116.41\n";
static const char aliases_text[] = "said,place,thing,since,until\n歪脖子树,110101002001,,,\n大槐树,,lamp-003,,\n大槐树,110101002001,,,\n";

static struct arena kept;
static struct places places;
static struct things things;
static struct aliases aliases;
static const struct gazetteer *gazetteer;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct findings f = { .arena = &kept };
        (void)argc, (void)argv;
        places_read(&kept, str_of(places_text), &f, &places);
        things_read(&kept, str_of(things_text), &places, &f, &things);
        aliases_read(&kept, str_of(aliases_text), &places, &things, &f, &aliases);
        gazetteer = gazetteer_new(&kept, &places, &things, &aliases);
        return 0;
}

static void found(struct arena *a, struct str said)
{
        struct place_hits hits;
        struct day on = { 20000 };
        gazetteer_find(gazetteer, a, NULL, said, on, true, &hits);
        MUST(hits.n <= FOUND_MAX);
        for (size_t i = 0; i < hits.n; i++) {
                const struct place_hit *h = &hits.row[i];
                MUST(h->how < FOUND_HOWS && (i == 0 || !h->certain));
                MUST(h->place || h->thing || h->has_point);
                MUST(!h->certain || (h->how <= FOUND_SAID && (h->place || h->thing)));
                MUST(h->percent > 0 && h->percent <= 100 && utf8_valid(h->words));
        }
}

/* A row that is written reads back, and ending it leaves the rest. */
static void written(struct arena *a, struct str said)
{
        struct findings f = { .arena = a };
        struct alias x = { .said = str_trim(said), .place = STR("110101002001"), .thing = STR(""), .since = { 20000 }, .until = DAY_NONE };
        struct aliases back;
        struct str text = alias_added(a, str_of(aliases_text), &x), ended;
        aliases_read(a, text, &places, &things, &f, &back);
        MUST(back.n >= 3 && back.n <= 4);
        if (alias_ended(a, text, &x, (struct day){ 19999 }, &ended) == OK)
                MUST(str_eq(ended, str_of(aliases_text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str said = fuzz_bytes(data, n);
        if (!utf8_valid(said))
                return 0;
        struct str form = spoken_form(&a, said), name = spoken_name(&a, said);
        MUST(utf8_valid(form) && str_eq(spoken_form(&a, form), form));
        MUST(utf8_valid(name) && str_find(form, name) >= 0);
        MUST(spoken_names_person(&a, said) == spoken_names_person(&a, form));
        found(&a, said);
        if (!utf8_has_control(said) && utf8_count(said) <= ALIAS_CHARS_MAX && str_find(said, STR("\n")) < 0)
                written(&a, said);
        return 0;
}
