#include "insight/why_text.h"
#include <json-c/json.h>
#include "base/json.h"
#include "matter/matter.h"

#define ROWS_TOLD 6

struct telling {
        struct json_object *why;
        const struct town *t;
        enum lang lang;
        struct buf *out;
        struct arena arena;
};

/* ---- writing --------------------------------------------------------------------------------------------------------
 */

/* Both texts take the same arguments in the same order. English parts its sentences by a blank, Chinese does not. */
__attribute__((format(printf, 2, 4))) __attribute__((format(printf, 3, 4))) static void say(struct telling *w,
                                                                                            const char *zh,
                                                                                            const char *en, ...)
{
        size_t n;
        va_list ap;
        bool ended = w->out->n && w->out->p[w->out->n - 1] == '.';
        if (w->lang == LANG_EN && ended && en[0] >= 'A' && en[0] <= 'Z')
                buf_char(w->out, ' ');
        va_start(ap, en);
        char *text = arena_vprintf(&w->arena, &n, w->lang == LANG_ZH ? zh : en, ap);
        va_end(ap);
        buf_add(w->out, text, n);
}

static void end_line(struct telling *w)
{
        buf_char(w->out, '\n');
}

/* ---- reading --------------------------------------------------------------------------------------------------------
 */

static struct str text(struct json_object *o, const char *key)
{
        struct str s = o ? json_text(json_get(o, key)) : (struct str){ 0 };
        return s.p ? s : STR("");
}

static bool flag(struct json_object *o, const char *key)
{
        return o && json_object_get_boolean(json_get(o, key));
}

static int64_t number(struct json_object *o, const char *key)
{
        return o ? json_object_get_int64(json_get(o, key)) : 0;
}

static struct json_object *list(struct json_object *o, const char *key, size_t *ret_n)
{
        struct json_object *l = o ? json_get(o, key) : NULL;
        bool is = l && json_object_is_type(l, json_type_array);
        *ret_n = is ? json_object_array_length(l) : 0;
        return is ? l : NULL;
}

/* ---- names ----------------------------------------------------------------------------------------------------------
 */

static struct str named(struct telling *w, struct str name, struct str code)
{
        if (name.n == 0 || str_eq(name, code))
                return code;
        return str_printf(&w->arena, w->lang == LANG_ZH ? STR_FMT "（" STR_FMT "）" : STR_FMT " (" STR_FMT ")",
                          STR_ARG(name), STR_ARG(code));
}

static struct str org(struct telling *w, struct str code)
{
        const struct org *o = org_find(&w->t->orgs, code);
        return named(w, o ? o->name : STR(""), code);
}

static struct str place(struct telling *w, struct str code)
{
        const struct place *p = place_find(&w->t->places, code);
        return named(w, p ? p->name : STR(""), code);
}

static struct str subject(struct telling *w, struct str code)
{
        uint32_t i = subject_find(&w->t->subjects, code);
        if (i == SUBJECT_NONE)
                return code;
        const struct subject *s = &w->t->subjects.row[i];
        return named(w, w->lang == LANG_ZH ? s->name_zh : s->name_en, code);
}

static struct str duty(struct telling *w, struct str code)
{
        uint32_t i = duty_find(&w->t->duties, code);
        return i == DUTY_NONE ? code : named(w, w->t->duties.row[i].title, code);
}

static struct str clock_name(struct telling *w, struct str code)
{
        for (size_t i = 0; i < w->t->n_procedures; i++) {
                const struct procedure *p = w->t->procedures[i];
                int at = procedure_clock_find(p, code);
                if (at >= 0)
                        return str_of(say_in(p->clock[at].name, w->lang));
        }
        return code;
}

/* Members of a list of codes, named and joined. */
static struct str names_of(struct telling *w, struct json_object *o, const char *key,
                           struct str (*name)(struct telling *, struct str))
{
        size_t n;
        struct json_object *l = list(o, key, &n);
        struct str all = STR("");
        for (size_t i = 0; i < n; i++) {
                struct str one = json_text(json_object_array_get_idx(l, i));
                if (one.p && name)
                        one = name(w, one);
                all = str_printf(&w->arena, STR_FMT "%s" STR_FMT, STR_ARG(all),
                                 i == 0               ? ""
                                 : w->lang == LANG_ZH ? "、"
                                                      : ", ",
                                 STR_ARG(one));
        }
        return all;
}

static struct str quoted(struct telling *w, struct str word)
{
        return str_printf(&w->arena, "“" STR_FMT "”", STR_ARG(word));
}

/* "2026-01-12（周一）15:30"; the last microsecond of a day is its end. */
static struct str moment(struct telling *w, struct str rfc3339)
{
        struct instant t;
        char day[11];
        if (instant_parse(rfc3339, &t) != OK)
                return rfc3339;
        int64_t minute = instant_us_of_day(t) / US_PER_MINUTE;
        bool end = instant_us_of_day(t) == US_PER_DAY - 1;
        return str_printf(&w->arena, w->lang == LANG_ZH ? "%s（%s）%02d:%02d" : "%s (%s) %02d:%02d",
                          day_format(instant_day(t), day), say_in(day_name(instant_day(t)), w->lang),
                          end ? 24 : (int)(minute / 60), end ? 0 : (int)(minute % 60));
}

/* ---- where ----------------------------------------------------------------------------------------------------------
 */

/* Nobody chose it: it was read out of what the reporter said of the place. */
static void tell_found(struct telling *w, struct json_object *p)
{
        struct str by = text(p, "found_by"), code = text(p, "found");
        struct say how = { "", "" };
        for (int i = 0; i < FOUND_HOWS; i++)
                if (str_is(by, found_how_name((enum found_how)i)))
                        how = found_how_say((enum found_how)i);
        say(w, "按所说的地点认出%s（%s%.0s），没有别的可能。", "What was said of the place can only be %s (%.0s%s).",
            str_c(&w->arena, place_find(&w->t->places, code) ? place(w, code) : code), how.zh, how.en);
}

static void tell_point(struct telling *w, struct json_object *p)
{
        if (text(p, "found").n)
                tell_found(w, p);
        else if (text(p, "chosen").n)
                say(w, "选择的地点是 " STR_FMT "。", "The place chosen was " STR_FMT ".",
                    STR_ARG(place(w, text(p, "chosen"))));
        if (text(p, "thing").n && !text(p, "found").n)
                say(w, "报的是设施 " STR_FMT "。", "The thing reported was " STR_FMT ".", STR_ARG(text(p, "thing")));
        if (!json_get(p, "lat"))
                return;
        say(w, "坐标为北纬 %.6f、东经 %.6f（" STR_FMT "）", "The point was %.6f north, %.6f east (" STR_FMT ")",
            json_object_get_double(json_get(p, "lat")), json_object_get_double(json_get(p, "lon")),
            STR_ARG(text(p, "datum")));
        if (json_get(p, "accuracy"))
                say(w, "，精度约 %.0f 米。", ", accurate to some %.0f m.",
                    json_object_get_double(json_get(p, "accuracy")));
        else
                say(w, "。", ".");
}

static void tell_grid(struct telling *w, struct json_object *p)
{
        struct str how = text(p, "how"), grid = place(w, text(p, "grid"));
        if (str_is(how, "inside") && text(p, "grid").n)
                say(w, "位于网格 " STR_FMT "。", "It lies in the grid " STR_FMT ".", STR_ARG(grid));
        else if (str_is(how, "nearest"))
                say(w, "不在任何网格内，归入最近的网格 " STR_FMT "，相距 %.1f 米。",
                    "It lies in no grid and was given to the nearest, " STR_FMT ", %.1f m away.", STR_ARG(grid),
                    json_object_get_double(json_get(p, "metres")));
        else if (str_is(how, "agreement"))
                say(w, "属共管地段，按协议 " STR_FMT " 归网格 " STR_FMT "。",
                    "It is shared ground; by agreement " STR_FMT " it goes to the grid " STR_FMT ".",
                    STR_ARG(text(p, "agreement")), STR_ARG(grid));
        else
                say(w, "尚不能确定网格，由调度员核实。", "The grid is not known yet; the desk finds out.");
        if (text(p, "building").n)
                say(w, "楼栋：" STR_FMT "。", "Building: " STR_FMT ".", STR_ARG(place(w, text(p, "building"))));
        if (flag(p, "tie"))
                say(w, "该点在网格边界上，按固定规则取其一。",
                    "It lies on a boundary; a fixed rule took one of the grids.");
        struct str others = names_of(w, p, "others", place);
        if (others.n && flag(p, "ask"))
                say(w, "精度范围还跨到 " STR_FMT "，需向诉求人核实。",
                    "Its accuracy also reaches " STR_FMT ": the reporter is to be asked.", STR_ARG(others));
        else if (others.n)
                say(w, "相关网格还有 " STR_FMT "。", "Other grids concerned: " STR_FMT ".", STR_ARG(others));
}

static void tell_where(struct telling *w)
{
        struct json_object *p = json_get(w->why, "place");
        if (!p)
                return;
        say(w, "地点：", "Where: ");
        tell_point(w, p);
        tell_grid(w, p);
        end_line(w);
}

/* ---- about what -----------------------------------------------------------------------------------------------------
 */

static struct say how_matched(struct str how)
{
        for (int i = 0; i < MATCH_HOWS; i++)
                if (str_is(how, match_how_name((enum match_how)i)))
                        return match_how_say((enum match_how)i);
        return (struct say){ "", "" };
}

static void tell_subject(struct telling *w)
{
        struct json_object *s = json_get(w->why, "subject");
        if (!s)
                return;
        struct str how = str_of(say_in(how_matched(text(s, "how")), w->lang));
        struct str words = names_of(w, s, "words", quoted), others = names_of(w, s, "others", subject);
        if (text(s, "code").n)
                say(w, "事项：" STR_FMT "，" STR_FMT, "About: " STR_FMT ". " STR_FMT,
                    STR_ARG(subject(w, text(s, "code"))), STR_ARG(how));
        else
                say(w, "事项：从文字看不出类别，" STR_FMT, "About: the words do not tell. " STR_FMT, STR_ARG(how));
        if (words.n)
                say(w, "：" STR_FMT, ": " STR_FMT, STR_ARG(words));
        if (str_is(text(s, "how"), "keyword") || str_is(text(s, "how"), "ngram"))
                say(w, "（明确度 %lld/1000）", " (clear to %lld in 1000)", (long long)number(s, "score"));
        say(w, "。", ".");
        if (others.n)
                say(w, "也可能是 " STR_FMT "。", "It might also be " STR_FMT ".", STR_ARG(others));
        end_line(w);
}

static void tell_danger(struct telling *w)
{
        size_t n;
        struct json_object *l = list(w->why, "danger", &n);
        for (size_t i = 0; i < n; i++) {
                enum danger d = danger_of(json_text(json_object_array_get_idx(l, i)));
                if (d == DANGERS)
                        continue;
                say(w, "险情：提到%s，应先拨 %s。", "Danger: the words speak of %s; dial %s first.",
                    say_in(danger_kinds[d].name, w->lang),
                    danger_kinds[d].numbers[0] ? danger_kinds[d].numbers[0] : "");
                end_line(w);
        }
        if (flag(w->why, "urgent")) {
                say(w, "按紧急事项办理", "It is dealt with as urgent");
                if (flag(w->why, "duty_officer_alarmed"))
                        say(w, "，当班人员已被提醒", "; whoever is on duty was alarmed");
                if (flag(w->why, "with_duty_officer"))
                        say(w, "；现在不是办公时间，先由值班员办理，未按时签收的报带班领导", "; the office is closed, so the officer on duty sees to it first, and the leader of the shift when it is not signed for in time");
                say(w, "。\n", ".\n");
        }
        l = list(w->why, "other_doors", &n);
        for (size_t i = 0; i < n; i++) {
                enum channel c = channel_of(json_text(json_object_array_get_idx(l, i)));
                if (c == CHANNELS)
                        continue;
                say(w, "另有渠道：%s（仅供参考，不影响受理）。\n",
                    "Another door may fit: %s (advice only; the matter is taken up all the same).\n",
                    say_in(channel_kinds[c].door, w->lang));
        }
}

/* ---- who ------------------------------------------------------------------------------------------------------------
 */

static struct str condition(struct telling *w, struct json_object *lead)
{
        size_t n;
        struct json_object *l = list(lead, "condition", &n);
        struct str all = STR("");
        for (size_t i = 0; i + 1 < n; i += 2)
                all = str_printf(&w->arena, STR_FMT "%s" STR_FMT "=" STR_FMT, STR_ARG(all), i ? ";" : "",
                                 STR_ARG(json_text(json_object_array_get_idx(l, i))),
                                 STR_ARG(json_text(json_object_array_get_idx(l, i + 1))));
        return all;
}

static struct say list_said(struct str list)
{
        for (int i = 0; i < DUTY_LISTS; i++)
                if (str_is(list, duty_list_name((enum duty_list)i)))
                        return duty_list_say((enum duty_list)i);
        return (struct say){ "", "" };
}

static void tell_duty(struct telling *w, struct json_object *lead)
{
        if (text(lead, "duty").n == 0)
                return;
        struct str when = condition(w, lead);
        say(w, "适用职责 " STR_FMT "（%s）", "The duty is " STR_FMT " (%s)", STR_ARG(duty(w, text(lead, "duty"))),
            say_in(list_said(text(lead, "list")), w->lang));
        if (when.n)
                say(w, "，条件 " STR_FMT " 成立", ", whose condition " STR_FMT " holds", STR_ARG(when));
        if (text(lead, "basis").n)
                say(w, "，依据：" STR_FMT, ", based on " STR_FMT, STR_ARG(text(lead, "basis")));
        say(w, "。", ".");
}

static struct say how_led(struct str how)
{
        for (int i = 0; i < LEAD_HOWS; i++)
                if (str_is(how, lead_how_name((enum lead_how)i)))
                        return lead_how_say((enum lead_how)i);
        return str_is(how, "desk") ? (struct say){ "由调度员指定", "named by the desk" } : (struct say){ "", "" };
}

static void tell_lead(struct telling *w)
{
        struct json_object *lead = json_get(w->why, "lead");
        if (!lead)
                return;
        say(w, "负责：" STR_FMT "，%s。", "Who answers: " STR_FMT ", %s.", STR_ARG(org(w, text(lead, "org"))),
            say_in(how_led(text(lead, "how")), w->lang));
        tell_duty(w, lead);
        if (text(lead, "agreement").n)
                say(w, "按协议 " STR_FMT "。", "By agreement " STR_FMT ".", STR_ARG(text(lead, "agreement")));
        if (flag(lead, "recalled"))
                say(w, "该事项已由上级收回。", "The duty was taken back by an upper organ.");
        struct str missing = names_of(w, lead, "missing", NULL);
        if (missing.n)
                say(w, "尚不清楚 " STR_FMT "；查明后可能改由其他单位负责。",
                    "Not known: " STR_FMT "; it could name another unit.", STR_ARG(missing));
        end_line(w);
}

static struct say why_lost(struct str lost)
{
        for (int i = LEAD_WON + 1; i < LEAD_LOSTS; i++)
                if (str_is(lost, lead_lost_name((enum lead_lost)i)))
                        return lead_lost_say((enum lead_lost)i);
        return (struct say){ NULL, NULL };
}

static void tell_rows(struct telling *w)
{
        size_t n, told = 0;
        struct json_object *lead = json_get(w->why, "lead"), *l = list(lead, "rows", &n);
        for (size_t i = 0; i < n && told < ROWS_TOLD; i++) {
                struct json_object *row = json_object_array_get_idx(l, i);
                struct say lost = why_lost(text(row, "lost"));
                if (!lost.zh)
                        continue;
                if (told++ == 0)
                        say(w, "未采用的职责：", "Duties that do not decide: ");
                else
                        say(w, "；", "; ");
                say(w, STR_FMT "，%s", STR_FMT ", %s", STR_ARG(duty(w, text(row, "duty"))), say_in(lost, w->lang));
        }
        if (told)
                say(w, "（共看过 %lld 条）。\n", " (%lld looked at).\n", (long long)number(lead, "rows_all"));
}

static const struct {
        const char *reach;
        struct say say;
} reaches[] = {
        { "letter", { "该单位没有账号，由调度员发函转办。", "has no account; the desk sends it a letter." } },
        { "upstream", { "该单位经上级系统转办。", "is reached through the upper system." } },
        { "phone", { "该单位没有账号，由调度员电话转办。", "has no account; the desk telephones." } },
};

static void tell_unit(struct telling *w)
{
        struct str unit = text(w->why, "unit"), led = text(json_get(w->why, "lead"), "org"),
                   rest = text(w->why, "assist"), one;
        struct json_object *post = json_get(w->why, "post");
        if (unit.n == 0)
                return;
        say(w, "派给：" STR_FMT "。", "Sent to: " STR_FMT ".", STR_ARG(org(w, unit)));
        if (!str_eq(unit, led))
                say(w, "地点或事项尚未查明，先由它接办；查明后预计由 " STR_FMT " 负责。",
                    "Place or subject are still to be found, so it has it for now; then probably " STR_FMT ".",
                    STR_ARG(org(w, led)));
        for (size_t i = 0; i < COUNT(reaches); i++)
                if (str_is(text(w->why, "reach"), reaches[i].reach))
                        say(w, "%s", "It %s", say_in(reaches[i].say, w->lang));
        if (text(post, "code").n)
                say(w, "岗位 " STR_FMT "%s。", "The post is " STR_FMT "%s.",
                    STR_ARG(named(w, text(post, "title"), text(post, "code"))),
                    flag(post, "backup") ? say_in((struct say){ "，由代岗人员承担", ", held by somebody standing in" }, w->lang)
                                         : "");
        else
                say(w, "没有可指派的在岗人员。", "Nobody in service could be named.");
        while (str_split(&rest, ';', &one))
                say(w, "配合单位：" STR_FMT "。", "Assisting: " STR_FMT ".", STR_ARG(org(w, one)));
        end_line(w);
}

/* ---- until when -----------------------------------------------------------------------------------------------------
 */

static void tell_clock(struct telling *w, struct json_object *c)
{
        enum due_unit unit;
        struct str id = text(c, "id");
        if (due_unit_parse(text(c, "unit"), &unit) != OK)
                return;
        say(w, "期限：" STR_FMT "，%lld %s，至 " STR_FMT, "Limit: " STR_FMT ", %lld %s, until " STR_FMT,
            STR_ARG(clock_name(w, text(c, "clock"))), (long long)number(c, "limit"),
            say_in(due_unit_say(unit), w->lang), STR_ARG(moment(w, text(c, "due"))));
        if (str_is(text(c, "from"), "duty"))
                say(w, "；取自职责 " STR_FMT, "; from the duty " STR_FMT, STR_ARG(id));
        else if (str_is(text(c, "from"), "upstream"))
                say(w, "；上级 " STR_FMT " 的时限减去提前量", "; upstream " STR_FMT "'s deadline less the town's margin", STR_ARG(id));
        else
                say(w, "；取自本地规定 " STR_FMT, "; from the town's limit " STR_FMT, STR_ARG(id));
        if (text(c, "source").n)
                say(w, "，依据：" STR_FMT, ", based on " STR_FMT, STR_ARG(text(c, "source")));
        if (flag(c, "roll"))
                say(w, "；末日为休息日的顺延", "; a last day that is a rest day moves on");
        if (flag(c, "provisional"))
                say(w, "；暂定，待国务院公布放假安排后重算",
                    "; provisional until the holidays of that year are published");
        say(w, "。\n", ".\n");
}

static void tell_until(struct telling *w)
{
        size_t n;
        struct json_object *l = list(w->why, "clocks", &n);
        for (size_t i = 0; i < n; i++)
                tell_clock(w, json_object_array_get_idx(l, i));
}

static void tell_head(struct telling *w)
{
        struct str at = moment(w, text(w->why, "at"));
        int64_t version = number(w->why, "town_version");
        if (version)
                say(w, STR_FMT " 按第 %lld 版乡镇资料和日历 " STR_FMT " 决定。\n",
                    "Decided on " STR_FMT " by version %lld of the town's files and calendar " STR_FMT ".\n",
                    STR_ARG(at), (long long)version, STR_ARG(text(w->why, "calendar")));
        else
                say(w, STR_FMT " 按文件夹中的资料和日历 " STR_FMT " 推算。\n",
                    "Worked out for " STR_FMT " by the files of the folder and calendar " STR_FMT ".\n", STR_ARG(at),
                    STR_ARG(text(w->why, "calendar")));
}

int why_sentences(struct str json, const struct town *t, enum lang lang, struct buf *out)
{
        JSON_AUTO doc = NULL;
        int rc = json_parse(json, &doc, NULL);
        if (rc != OK)
                return rc;
        if (!json_object_is_type(doc, json_type_object))
                return ERR_BAD;
        struct telling w = { .why = doc, .t = t, .lang = lang, .out = out };
        tell_head(&w);
        tell_where(&w);
        tell_subject(&w);
        tell_danger(&w);
        tell_lead(&w);
        tell_rows(&w);
        tell_unit(&w);
        tell_until(&w);
        arena_free(&w.arena);
        return OK;
}
