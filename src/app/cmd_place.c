/* linli place: what place do these words mean? */
#include "api/place_view.h"
#include "app/tell.h"
#include "app/world.h"
#include "base/json.h"
#include "place/spoken.h"

#define ANSWER_MAX ((size_t)1 << 20)

static const struct option options[] = {
        OPTION_DB,
        OPTION_TOWN_CODE,
        { "town", "DIR", false, { "用这个乡镇文件夹，不用数据库", "ask this town folder instead of the store" } },
        { "on", "DAY", false, { "按哪一天的叫法，默认今天", "by the names of which day; today by default" } },
        OPTION_JSON,
        { 0 },
};

static struct str words_of(struct args *a)
{
        struct str all = STR("");
        for (size_t i = 1; i < a->n_at; i++)
                all = str_printf(a->arena, STR_FMT "%s" STR_FMT, STR_ARG(all), i > 1 ? " " : "", STR_ARG(a->at[i]));
        return all;
}

static void tell_hit(struct args *a, const struct town *t, const struct place_hit *f)
{
        bool zh = a->lang == LANG_ZH;
        struct str code = f->place ? f->place->code : STR("");
        fprintf(a->out, "%s  ", f->certain ? (zh ? "确定" : "certain") : (zh ? "可能" : "perhaps"));
        if (f->thing)
                fprintf(a->out, zh ? "设施 " STR_FMT "  " : "thing " STR_FMT "  ", STR_ARG(f->thing->code));
        fprintf(a->out, STR_FMT, STR_ARG(code));
        for (const struct place *p = f->place; p; p = p->up == MAP_NONE || t->places.row[p->up].kind <= PLACE_TOWNSHIP ? NULL : &t->places.row[p->up])
                fprintf(a->out, "%s" STR_FMT, p == f->place ? " " : " < ", STR_ARG(p->name));
        fprintf(a->out, zh ? "  （%s：" STR_FMT : "  (%s: " STR_FMT, say_in(found_how_say(f->how), a->lang), STR_ARG(f->words));
        if (f->how == FOUND_ALIKE)
                fprintf(a->out, " %d%%", (int)f->percent);
        fputs(zh ? "）\n" : ")\n", a->out);
}

static int answer(struct args *a, const struct town *t, struct day on)
{
        struct place_hits hits;
        struct str said = words_of(a);
        if (!utf8_valid(said) || utf8_has_control(said) || utf8_count(said) > SPOKEN_MAX || str_trim(said).n == 0)
                return usage_error(a, "WORDS", (struct say){ "应为 1 到 200 个字", "needs 1 to 200 characters" });
        gazetteer_find(t->gazetteer, a->arena, &t->ground, said, on, true, &hits);
        if (arg_has(a, "json")) {
                BUF_AUTO out = BUF(ANSWER_MAX);
                struct json j = json_to(&out);
                json_open(&j);
                place_hits_view(&j, t, &hits);
                json_close(&j);
                tell_buf(a, &out);
                return EXIT_FINE;
        }
        for (size_t i = 0; i < hits.n; i++)
                tell_hit(a, t, &hits.row[i]);
        if (hits.n == 0)
                fputs(a->lang == LANG_ZH ? "没有找到；由调度员定位\n" : "nothing found; the desk places it\n", a->out);
        return EXIT_FINE;
}

static int from_store(struct args *a, struct day on)
{
        WORLD_AUTO w = { 0 };
        int64_t town;
        struct town *t;
        int rc = world_open(a, false, &w);
        if (rc == EXIT_FINE)
                rc = world_town(a, &w, &town);
        if (rc != EXIT_FINE)
                return rc;
        if (shelf_town(w.shelf, town, a->now, &t, &w.err) != OK)
                return fail(a, &w.err);
        rc = answer(a, t, on);
        town_unref(t);
        return rc;
}

static int run(struct args *a)
{
        struct day on = instant_day(a->now);
        struct town *t;
        if (!str_is(a->at[0], "find"))
                return usage_error(a, str_c(a->arena, a->at[0]), (struct say){ "应为 find", "needs find" });
        if (arg_has(a, "on") && day_parse(arg_text(a, "on", ""), &on) != OK)
                return usage_error(a, "--on", (struct say){ "应为存在的日期，如 2026-12-31", "needs a date that exists, such as 2026-12-31" });
        if (!arg_has(a, "town"))
                return from_store(a, on);
        int rc = ground_for_asking(a, arg_text(a, "town", ""), &t);
        if (rc != EXIT_FINE)
                return rc;
        rc = answer(a, t, on);
        town_unref(t);
        return rc;
}

const struct verb cmd_place = {
        .name = "place",
        .usage = "find WORDS... [--db URL | --town DIR] [--on DAY] [--json]",
        .min_at = 2,
        .max_at = 16,
        .summary = { "这样说是哪里", "what place do these words mean" },
        .details = { "按标准名称、别名、设施编号和大家的叫法找地点：全角数字、中文数字、幢/栋/号楼都认。只给候选和理由，不作决定；"
                     "只有一个确定的，登记时会直接采用并写明。",
                     "Looks for a place by names, aliases, numbers of things and what people call it; full-width digits, Chinese numerals and the "
                     "several words for a building are alike. It gives candidates with their reasons and decides nothing; one certain match is taken at "
                     "intake, which then says so." },
        .options = options,
        .run = run,
};
