#include "town/inner/sample_test.h"

/* A sentence: when this is written in that file, this rule speaks on that line. */
struct mutation {
        const char *file, *find, *put;
        const char *rule;
        char severity;  /* e, w; E: an error that a trial load lets pass as a labelled warning */
        const char *at; /* the line is where this text stands; NULL: where @put begins */
        const char *in; /* ... in this file; NULL: in @file */
};

static const struct mutation mutations[] = {
        /* town.yaml */
        { "town.yaml", "code: \"110101012000\"", "code: \"1101010\"", "town.value", 'e', 0, 0 },
        { "town.yaml", "code: \"110101012000\"", "code: \"110101013000\"", "town.place", 'e', 0, 0 },
        { "town.yaml", "code: \"110101012000\"", "code: \"110101012001\"", "town.place", 'e', 0, 0 },
        { "town.yaml", "name: {zh: 崇文门外街道（示例）, en: Chongwenmenwai Subdistrict (sample)}", "name: {}",
          "town.value", 'e', 0, 0 },
        { "town.yaml", "languages: [zh, en]", "languages: [zh, fr]", "town.value", 'e', 0, 0 },
        { "town.yaml", "\"09:00-12:00\"", "\"13:00-12:00\"", "town.value", 'e', "office_hours", 0 },
        { "town.yaml", "fallback: desk", "fallback: nobody", "town.fallback", 'e', 0, 0 },
        { "town.yaml", "fallback: desk", "fallback: u-water", "town.fallback", 'e', 0, 0 },
        { "town.yaml", "fallback: desk", "fallback: jw-001", "town.fallback", 'e', 0, 0 },
        { "town.yaml", "fallback: desk", "fallback: zhb", "town.fallback", 'e', 0, 0 },
        { "town.yaml", "upper: district", "upper: nobody", "town.upper", 'e', 0, 0 },
        { "town.yaml", "upper: district", "upper: desk", "town.upper", 'e', 0, 0 },
        { "town.yaml", "upper: district", "upper: \"\"", "town.upper", 'w', 0, 0 },
        { "town.yaml", "map_approval", "map_approvel", "town.key-unknown", 'w', 0, 0 },
        { "town.yaml", "phone: \"13800000000\"", "phone: \"ask us\"", "town.value", 'e', "contact", 0 },
        { "town.yaml", "nearest_metres: 50", "nearest_metres: -1", "town.value", 'e', 0, 0 },
        { "town.yaml", "nearest_metres: 50", "nearest_metres: 5e", "town.value", 'e', 0, 0 },
        { "town.yaml", "{limit: 5,  unit: workday", "{limit: 0,  unit: workday", "town.value", 'e', "  answer:", 0 },
        { "town.yaml", "{limit: 5,  unit: workday", "{limit: 5,  unit: moon", "town.value", 'e', "  answer:", 0 },
        { "town.yaml", "{limit: 5,  unit: workday, source: 示例：街道接诉即办工作规程,", "{limit: 5, unit: workday,",
          "town.limit-source", 'w', "  answer:", 0 },
        { "town.yaml", "review: 2027-06-30}\n  contact:", "review: 2026-06-30}\n  contact:", "town.limit-review", 'w',
          "  sign:", 0 },
        { "town.yaml", "review: 2027-06-30}\n  contact:", "review: 2027-06-31}\n  contact:", "town.value", 'e',
          "  sign:", 0 },
        { "town.yaml", "  answer: ", "  anwser: ", "town.limit-unused", 'w', 0, 0 },
        { "town.yaml", "  answer: ", "  anwser: ", "town.limit-default", 'w', "  sign:", 0 },
        { "town.yaml", "unit: day, roll: statutory", "unit: hour, roll: none", "procedure.too-long", 'E',
          "  statutory:\n", "procedures/request.yaml" },
        { "town.yaml", "code:", "code: *x\nother:", "yaml.parse", 'e', 0, 0 },
        { "town.yaml", "upper: district", "\"fallback\": desk", "yaml.parse", 'e', 0, 0 },
        /* places.csv */
        { "places.csv", "110101012001,110101012000,community", "110101012001,110101012000,comunity", "place.kind", 'E',
          0, 0 },
        { "places.csv", "", "110101099000,110101000000,township,邻街道,,,\n", "place.outside", 'E', 0, 0 },
        { "places.csv", "", "110101012013,110101012000,community,新社区,,,\n", "place.community-no-grid", 'w', 0, 0 },
        { "places.csv", "", "110101012001005,110101012001,grid,新网格,,400,900\n", "grid.no-polygon", 'E', 0, 0 },
        { "places.csv", "110101012001001,110101012001,grid", "110101012001009,110101012001,grid", "grid.unknown", 'E',
          "\"110101012001001\"", "grids.geojson" },
        { "places.csv", ",346,899", ",3460,899", "place.grid-size", 'w', "110101012001001,", 0 },
        { "places.csv", ",346,899", ",many,899", "place.number", 'E', "110101012001001,", 0 },
        { "places.csv", "", "110101012001,110101012000,community,又一个,,,\n", "place.duplicate", 'E', 0, 0 },
        { "places.csv", "110101012001001,110101012001,", "110101012001001,110101012099,", "place.parent-missing", 'E',
          0, 0 },
        { "places.csv", "code,parent", "kode,parent", "csv.column-missing", 'e', 0, 0 },
        /* grids.geojson */
        { "grids.geojson", "\"110101012001001\"", "\"110101012001002\"", "grid.duplicate", 'E',
          "\"110101012001002\",\"community\":\"110101012001\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[["
          "116.4051720",
          0 },
        { "grids.geojson", "[116.4074363,39.8979183],[116.4074363,39.8984333]",
          "[116.4174363,39.8979183],[116.4074363,39.8984333]", "grid.ring", 'E', "\"110101012001001\"", 0 },
        { "grids.geojson", "[116.4074363,39.8984333]", "[116.4084363,39.8984333]", "grid.overlap", 'E',
          "\"110101012002001\"", 0 },
        { "grids.geojson", "{\"type\":\"FeatureCollection\"", "{\"type\":\"FeatureColection\"", "grid.type", 'e', 0,
          0 },
        { "grids.geojson", "{\"type\":\"FeatureCollection\"", "\"type\":\"FeatureCollection\"", "grid.parse", 'e', 0,
          0 },
        /* orgs.csv */
        { "orgs.csv", "desk,jiedao,institution,own,account", "desk,jiedao,institution,ours,account",
          "org.relation-unknown", 'e', 0, 0 },
        { "orgs.csv", "desk,jiedao,institution,own,account", "desk,desk,institution,own,account", "org.parent-circle",
          'E', 0, 0 },
        { "orgs.csv", "desk,jiedao,institution,own,account", "desk,jiedao,institution,own,letter", "town.fallback", 'e',
          "fallback:", "town.yaml" },
        { "orgs.csv", "zhb,jiedao,department,own,account", "zhb,jiedao,department,own,phone", "org.without-account",
          'w', 0, 0 },
        { "orgs.csv", "市民诉求处置中心,", "市民诉求处置中心,91110000000000000A", "org.credit-code", 'E', "desk,", 0 },
        /* staff.csv, posts.csv, roles.yaml, roster.csv */
        { "staff.csv", "chuli04,示例·承办4,cgb", "chuli04,示例·承办4,nowhere", "staff.org-unknown", 'e', 0, 0 },
        { "staff.csv", "", "diaodu01,示例·重名,desk,,\n", "staff.login-twice", 'E', 0, 0 },
        { "posts.csv", "handler-cgb,承办岗,handler,cgb,110101012000,chuli04,chuli05,2026-01-01,2028-12-31\n", "",
          "post.lead-without-post", 'w', "basic-001,", "duties.csv" },
        { "posts.csv", "handler-u-lamp,单位联络岗,handler,u-lamp,110101012000,",
          "handler-u-lamp,单位联络岗,handler,u-lamp,110101012001,", "post.lead-without-post", 'E', "service-046,",
          "duties.csv" },
        { "posts.csv", "chuli01,chuli02,2026-01-01,2028-12-31", "chuli01,chuli02,2026-01-01,2026-10-31",
          "post.term-over", 'E', "handler-zhb,", 0 },
        { "posts.csv", "desk-day,调度岗（白班）,dispatcher", "desk-day,调度岗（白班）,director", "post.role-unknown",
          'E', 0, 0 },
        { "posts.csv", "chuli04,chuli05,", "nobody,chuli05,", "post.holder-unknown", 'E', "handler-cgb,", 0 },
        { "posts.csv", "admin-1,系统管理岗,admin,zhb,110101012000,daiban02,",
          "admin-1,系统管理岗,admin,zhb,110101012000,,", "post.no-holder", 'E', 0, 0 },
        { "posts.csv", "handler-desk,兜底承办岗,handler,desk,110101012000",
          "handler-desk,兜底承办岗,handler,desk,110101012001001", "town.fallback", 'e', "fallback:", "town.yaml" },
        { "roles.yaml", "may: [matter.read, matter.sign, matter.contact, matter.answer, person.unmask, town.read]}",
          "may: [matter.read, matter.sign, matter.contact, person.unmask, town.read]}", "town.fallback", 'e',
          "fallback:", "town.yaml" },
        { "roles.yaml", "matter.decline", "matter.refuse", "role.right-unknown", 'e', 0, 0 },
        { "roles.yaml", "  grid_worker:  {name: {zh: 网格员, en: Grid worker}, sees: place,\n                 may: [",
          "  grid_worker:  {name: {zh: 网格员, en: Grid worker}, sees: place,\n                 may: [matter.decline, ",
          "role.grid-worker", 'e', "  grid_worker:", 0 },
        { "roster.csv", "2026-11-25,day,daiban01,diaodu01\n", "", "roster.gap", 'w', "", 0 },
        { "roster.csv", "2026-11-25,day,daiban01,diaodu01", "2026-11-25,day,daiban01,nobody", "roster.staff-unknown",
          'E', 0, 0 },
        { "roster.csv", "2026-11-25,day,daiban01,diaodu01", "2026-11-25,day,daiban01,danwei-water2",
          "roster.staff-unknown", 'E', 0, 0 },
        { "roster.csv", "2026-11-25,night", "2026-11-32,night", "roster.date-bad", 'E', 0, 0 },
        /* subjects.csv, duties.csv */
        { "subjects.csv", "water.outage,water,", "water.outage,watre,", "subject.parent-unknown", 'E', 0, 0 },
        { "subjects.csv", "big,summary,SAMPLE-002", "huge,summary,SAMPLE-002", "subject.level", 'E', "water.outage,",
          0 },
        { "duties.csv", "basic-001,basic,water,", "basic-001,basic,watre,", "duty.unknown-subject", 'E', 0, 0 },
        { "duties.csv", "basic-001,basic,water,供水与排水,,cgb", "basic-001,basic,water,供水与排水,,nobody",
          "duty.unknown-org", 'E', 0, 0 },
        { "duties.csv", "service-002,service,water.quality,自来水水质,,u-water,q-wjw,,3,",
          "service-002,service,water.quality,自来水水质,,u-water,q-wjw,,300,", "duty.limit-long", 'E', 0, 0 },
        { "duties.csv", "assist-001,assist,water.river,河道水体,,q-sww", "assist-001,assist,water.river,河道水体,,cgb",
          "duty.assist-lead", 'E', 0, 0 },
        { "duties.csv", "recalled-001,recalled,edu.training,校外培训,,q-jyw",
          "recalled-001,recalled,edu.training,校外培训,,", "duty.recalled-by-missing", 'E', 0, 0 },
        { "duties.csv", "basic-001,basic,water,供水与排水,,cgb", "basic-001,basic,water,供水与排水,,jw-001",
          "duty.committee-lead", 'E', 0, 0 },
        { "duties.csv", "conferred-001,conferred,env.noise.site,施工噪声,,zfd",
          "conferred-001,conferred,env.noise.site,施工噪声,,jw-001", "duty.grid-worker", 'E', 0, 0 },
        { "duties.csv", "2026-01-01,,在编人员12名（示例）,行政执法证12本（示例）",
          "2026-01-01,,,行政执法证12本（示例）", "duty.capacity", 'E', "conferred-001,", 0 },
        { "duties.csv", "", "basic-900,basic,water,又一行,,msb,,,5,workday,示例,2026-01-01,,,,\n", "duty.tie", 'E', 0,
          0 },
        { "duties.csv", "履行职责事项清单（示例）,2026-01-01,,,,", "履行职责事项清单（示例）,2026-02-30,,,,",
          "duty.dates", 'E', 0, 0 },
        { "duties.csv", "履行职责事项清单（示例）,2026-01-01,,,,", "履行职责事项清单（示例）,2026-01-01,2026-10-31,,,",
          "duty.out-of-date", 'w', 0, 0 },
        { "duties.csv", "basic-001,basic", "basic-001,basics", "duty.list", 'E', 0, 0 },
        { "duties.csv", "committee-001,committee,self.convention,兴隆都市馨园社区居民公约与议事,,jw-001,,110101012001,",
          "committee-001,committee,self.convention,兴隆都市馨园社区居民公约与议事,,jw-001,,110101012099,",
          "duty.unknown-place", 'E', 0, 0 },
        /* agreements.csv, things.csv */
        { "agreements.csv", ",110101012004001,zfd,", ",110101012004001,nobody,", "agreement.lead-unknown", 'E', 0, 0 },
        { "agreements.csv", ",110101012004001,zfd,", ",110101012004001,110101012004001,", "agreement.lead-grid", 'E', 0,
          0 },
        { "agreements.csv", "第3号,2026-01-01,", "第3号,2026-01-01,2026-06-30", "agreement.out-of-date", 'w',
          "concurrent-1,", 0 },
        { "agreements.csv", "enclave-1,enclave,", "enclave-1,exclave,", "agreement.kind", 'E', 0, 0 },
        { "aliases.csv", "110101012001001-01", "110101012001001-99", "alias.unknown", 'E', 0, 0 },
        { "aliases.csv", "tree-003", "tree-999", "alias.unknown", 'E', 0, 0 },
        { "aliases.csv", "110101012001001-01", "", "alias.target", 'E', 0, 0 },
        { "aliases.csv", "老供销社", "老", "alias.said", 'E', 0, 0 },
        { "aliases.csv", "2026-01-01", "2026-01-32", "alias.day", 'E', 0, 0 },
        { "aliases.csv", "老供销社", "老张家", "alias.person", 'w', 0, 0 },
        { "aliases.csv", "", "歪脖子树,,tree-003,2026-02-01,\n", "alias.twice", 'w', 0, 0 },
        { "things.csv", "u-lamp,u-lamp", "u-lamp,nobody", "thing.org-unknown", 'E', "lamp-001,", 0 },
        { "things.csv", "u-lamp,u-lamp", "nobody,u-lamp", "thing.org-unknown", 'E', "lamp-001,", 0 },
        { "things.csv", "lamp-001,lamp,110101012001001", "lamp-001,lamp,110101012009001", "thing.elsewhere", 'w', 0,
          0 },
        { "things.csv", "lamp-001,lamp,110101012001001", "lamp-001,lamp,110101012099001", "thing.place", 'E', 0, 0 },
        /* calendar.csv, retention.csv */
        { "calendar.csv", "2026-12-12", "2026-12-32", "calendar.date", 'E', 0, 0 },
        { "calendar.csv", ",yes,", ",maybe,", "calendar.work", 'E', "2026-12-12", 0 },
        { "calendar.csv", ",fwzx", ",nobody", "calendar.org-unknown", 'E', "2026-12-12", 0 },
        { "calendar.csv", "", "2026-12-12,no,又一次,fwzx\n", "calendar.twice", 'E', 0, 0 },
        { "retention.csv", "matter,5y", "matter,5 years", "retention.period", 'w', 0, 0 },
        { "retention.csv", ",archive", ",burn", "retention.action", 'w', "matter,", 0 },
        { "retention.csv", "voice,3y", "matter,3y", "retention.twice", 'E', 0, 0 },
        { "retention.csv", "voice,3y", "gossip,3y", "retention.class", 'w', 0, 0 },
        { "retention.csv", "audit,3y", "audit,60d", "retention.audit-short", 'w', 0, 0 },
        /* upstreams.yaml */
        { "upstreams.yaml", "margin: {limit: 4, unit: hour", "margin: {limit: 4, unit: workhour", "upstream.value", 'e', "margin:", 0 },
        { "upstreams.yaml", "  \"12345\":", "  \"1 2\":", "upstream.value", 'e', "    name:", 0 },
        { "upstreams.yaml", "      number: [工单编号, 工单号]\n", "", "upstream.columns", 'e', "      kind:", 0 },
        { "upstreams.yaml", "words: [诉求内容, 主要内容]", "words: [诉求内容, 工单号]", "upstream.columns", 'e', 0, 0 },
        { "upstreams.yaml", "from: unit, required: yes", "from: holder, required: yes", "upstream.reply", 'e', "{code: unit", 0 },
        { "upstreams.yaml", "承办单位：{unit}\n        ", "", "upstream.reply", 'e', "template:", 0 },
        { "upstreams.yaml", "填报单位：{by}", "填报单位：{bye}", "upstream.reply", 'e', "template:", 0 },
        { "upstreams.yaml", "source: 示例：市级", "sauce: 示例：市级", "upstream.key-unknown", 'w', "return:", 0 },
        { "upstreams.yaml", "source: 示例：街道承接上级派单制度, ", "", "upstream.source", 'w', "margin:", 0 },
        /* procedures */
        { "procedures/request.yaml", "watch: place", "watch: plaice", "procedure.clock-unknown", 'E', 0, 0 },
        { "procedures/request.yaml", "limit: joint_look", "limit: joint_luck", "procedure.limit-unknown", 'E', 0, 0 },
        { "procedures/request.yaml", "code: request", "kode: request", "procedure.key-unknown", 'E', 0, 0 },
};

static int32_t line_of(struct sample *s, const struct mutation *m)
{
        const char *what = m->at ? m->at : m->put;
        if (what[0] == '\0')
                return -1; /* anywhere in the file */
        struct str t = sample_file(s, m->in ? m->in : m->file)->text;
        ptrdiff_t at = str_find(t, str_of(what));
        if (at < 0)
                fail_msg("no \"%s\" in %s", what, m->in ? m->in : m->file);
        int32_t line = 1;
        for (ptrdiff_t i = 0; i < at; i++)
                line += t.p[i] == '\n';
        return line;
}

static const struct finding *found_at(const struct sample *s, const struct mutation *m, int32_t line)
{
        for (size_t i = 0; i < s->found.n; i++) {
                const struct finding *f = &s->found.row[i];
                if (strcmp(f->rule, m->rule) == 0 && str_is(f->file, m->in ? m->in : m->file) &&
                    (line < 0 || f->line == line))
                        return f;
        }
        return NULL;
}

static const char *wrong_with(const struct mutation *m, struct sample *s)
{
        sample_open(s);
        sample_edit(s, m->file, m->find, m->put);
        int32_t line = line_of(s, m);
        sample_check(s);
        const struct finding *f = found_at(s, m, line);
        if (!f)
                return arena_printf(&s->arena, "not at line %d", (int)line);
        if ((f->severity == SEV_ERROR) != (m->severity != 'w'))
                return "other severity";
        if (f->zh.n == 0 || f->en.n == 0 || !utf8_valid(f->zh) || !utf8_valid(f->en))
                return "no sentence";
        return f->hint.zh[0] && f->hint.en[0] ? NULL : "no hint";
}

TEST(the_sample_town_is_clean)
{
        struct sample s;
        sample_open(&s);
        CHECK_EQ(sample_check(&s), OK);
        if (s.found.n > 0)
                fail_msg("findings:%s", sample_list(&s));
        sample_close(&s);
}

TEST(each_fault_is_found_where_it_stands)
{
        int failed = 0;
        for (size_t i = 0; i < COUNT(mutations); i++) {
                const struct mutation *m = &mutations[i];
                struct sample s;
                const char *wrong = wrong_with(m, &s);
                if (wrong) {
                        print_message("%s, \"%s\", %s: %s%s\n", m->file, m->put, m->rule, wrong, sample_list(&s));
                        failed++;
                }
                sample_close(&s);
        }
        CHECK_EQ(failed, 0);
}

/* A trial load lets pass what a fallback covers, says so, and nothing else. */
static const char *wrong_on_trial(const struct mutation *m, struct sample *s)
{
        sample_open(s);
        s->opt.trial = true;
        sample_edit(s, m->file, m->find, m->put);
        int32_t line = line_of(s, m);
        sample_check(s);
        const struct finding *f = found_at(s, m, line);
        if (!f)
                return "not found";
        if ((f->severity == SEV_ERROR) != (m->severity == 'e'))
                return "other severity";
        if (str_starts(f->en, STR("[trial: ")) != (m->severity == 'E') ||
            str_starts(f->zh, STR("【试运行：")) != (m->severity == 'E'))
                return "label";
        return m->severity != 'e' && s->found.errors > 0 ? "other errors are left" : NULL;
}

TEST(a_trial_relaxes_what_has_a_fallback)
{
        int failed = 0;
        for (size_t i = 0; i < COUNT(mutations); i++) {
                const struct mutation *m = &mutations[i];
                struct sample s;
                const char *wrong = wrong_on_trial(m, &s);
                if (wrong) {
                        print_message("%s, \"%s\", %s: %s%s\n", m->file, m->put, m->rule, wrong, sample_list(&s));
                        failed++;
                }
                sample_close(&s);
        }
        CHECK_EQ(failed, 0);
}
