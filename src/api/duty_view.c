#include "api/duty_view.h"

static const struct member duty_person_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "away", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape duty_person_shape = { NULL, duty_person_members, NULL };

static const struct member swapped_members[] = {
        { .name = "from", .type = FIELD_OBJECT, .of = &duty_person_shape, .null = true },
        { .name = "to", .type = FIELD_OBJECT, .of = &duty_person_shape, .null = true },
        { .name = "leads", .type = FIELD_BOOL },
        { .name = "why", .type = FIELD_STR },
        { .name = "approved_by", .type = FIELD_STR },
        { 0 },
};
static const struct shape swapped_shape = { NULL, swapped_members, NULL };

static const struct member duty_now_members[] = {
        { .name = "leader", .type = FIELD_OBJECT, .of = &duty_person_shape, .null = true },
        { .name = "officer", .type = FIELD_OBJECT, .of = &duty_person_shape, .null = true },
        { 0 },
};
static const struct shape duty_now_shape = { NULL, duty_now_members, NULL };

static const struct member duty_shift_members[] = {
        { .name = "date", .type = FIELD_DAY },
        { .name = "shift", .type = FIELD_STR },
        { .name = "from", .type = FIELD_INSTANT },
        { .name = "to", .type = FIELD_INSTANT },
        { .name = "leader", .type = FIELD_OBJECT, .of = &duty_person_shape, .null = true },
        { .name = "officers", .type = FIELD_LIST, .of = &duty_person_shape },
        { .name = "swaps", .type = FIELD_LIST, .of = &swapped_shape, .maybe = true },
        { 0 },
};
static const struct shape duty_shift_shape = { "Shift", duty_shift_members, NULL };

static const struct member roster_members[] = {
        { .name = "from", .type = FIELD_DAY },
        { .name = "to", .type = FIELD_DAY },
        { .name = "now", .type = FIELD_OBJECT, .of = &duty_now_shape },
        { .name = "shifts", .type = FIELD_LIST, .of = &duty_shift_shape },
        { 0 },
};
const struct shape roster_shape = { "Roster", roster_members, NULL };

static const struct member who_members[] = {
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { 0 },
};
static const struct shape who_shape = { NULL, who_members, NULL };

static const struct member turn_members[] = {
        { .name = "date", .type = FIELD_DAY },
        { .name = "shift", .type = FIELD_STR },
        { 0 },
};
static const struct shape turn_shape = { NULL, turn_members, NULL };

static const struct member swap_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "date", .type = FIELD_DAY },
        { .name = "shift", .type = FIELD_STR },
        { .name = "leads", .type = FIELD_BOOL },
        { .name = "asker", .type = FIELD_OBJECT, .of = &who_shape },
        { .name = "with", .type = FIELD_OBJECT, .of = &who_shape },
        { .name = "back", .type = FIELD_OBJECT, .of = &turn_shape, .null = true, .help = { "还哪一班", "The turn taken in return" } },
        { .name = "reason", .type = FIELD_STR },
        { .name = "state", .type = FIELD_STR },
        { .name = "ruled_by", .type = FIELD_OBJECT, .of = &who_shape, .maybe = true },
        { .name = "at", .type = FIELD_INSTANT },
        { 0 },
};
const struct shape swap_shape = { "Swap", swap_members, NULL };

static const struct member leave_members[] = {
        { .name = "id", .type = FIELD_ID },
        { .name = "login", .type = FIELD_STR },
        { .name = "name", .type = FIELD_STR },
        { .name = "since", .type = FIELD_DAY },
        { .name = "until", .type = FIELD_DAY },
        { 0 },
};
const struct shape leave_shape = { "Leave", leave_members, NULL };

static void person(struct json *j, const struct town *t, const struct leaves *l, uint32_t who, struct day on)
{
        if (who == STAFF_NONE) {
                json_null(j);
                return;
        }
        const struct staff_member *s = &t->staff.row[who];
        json_open(j);
        json_kstr(j, "login", s->login);
        json_kstr(j, "name", s->name);
        json_kbool(j, "away", leave_away(l, s->login, on));
        json_close(j);
}

static uint32_t at_of(const struct town *t, const struct staff_member *s)
{
        return s ? (uint32_t)(s - t->staff.row) : STAFF_NONE;
}

static void swapped(struct json *j, const struct town *t, const struct leaves *l, const struct shift *s)
{
        if (s->n_swaps == 0)
                return;
        json_key(j, "swaps");
        json_list(j);
        for (size_t i = 0; i < s->n_swaps; i++) {
                const struct shift_swap *w = &s->swap[i];
                json_open(j);
                json_key(j, "from");
                person(j, t, l, w->from, s->date);
                json_key(j, "to");
                person(j, t, l, w->to, s->date);
                json_kbool(j, "leads", w->leads);
                json_kstr(j, "why", w->why);
                json_kstr(j, "approved_by", w->by);
                json_close(j);
        }
        json_end(j);
}

void roster_view(struct json *j, const struct town *t, const struct leaves *l, struct day from, struct day to, struct instant now)
{
        json_open(j);
        json_kday(j, "from", from);
        json_kday(j, "to", to);
        json_key(j, "now");
        json_open(j);
        json_key(j, "leader");
        person(j, t, l, at_of(t, roster_leader(&t->roster, now)), instant_day(now));
        json_key(j, "officer");
        person(j, t, l, at_of(t, roster_officer(&t->roster, now)), instant_day(now));
        json_close(j);
        json_key(j, "shifts");
        json_list(j);
        for (size_t i = 0; i < t->roster.n; i++) {
                const struct shift *s = &t->roster.row[i];
                if (s->date.n < from.n || s->date.n > to.n)
                        continue;
                json_open(j);
                json_kday(j, "date", s->date);
                json_kstr(j, "shift", s->name);
                json_kinstant(j, "from", s->from);
                json_kinstant(j, "to", s->to);
                json_key(j, "leader");
                person(j, t, l, s->leader, s->date);
                json_key(j, "officers");
                json_list(j);
                for (size_t k = 0; k < s->n_officers; k++)
                        person(j, t, l, s->officer[k], s->date);
                json_end(j);
                swapped(j, t, l, s);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

static void who(struct json *j, const char *key, const struct town *t, struct str login)
{
        const struct staff_member *s = staff_find(&t->staff, login);
        json_key(j, key);
        json_open(j);
        json_kstr(j, "login", login);
        json_kstr(j, "name", s ? s->name : STR(""));
        json_close(j);
}

void swaps_view(struct json *j, const struct town *t, const struct swaps *all)
{
        json_open(j);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < all->n; i++) {
                const struct swap *s = &all->row[i];
                json_open(j);
                json_kid(j, "id", s->id);
                json_kday(j, "date", s->turn.date);
                json_kstr(j, "shift", s->turn.shift);
                json_kbool(j, "leads", s->leads);
                who(j, "asker", t, s->asker);
                who(j, "with", t, s->other);
                json_key(j, "back");
                if (day_is_none(s->back.date)) {
                        json_null(j);
                } else {
                        json_open(j);
                        json_kday(j, "date", s->back.date);
                        json_kstr(j, "shift", s->back.shift);
                        json_close(j);
                }
                json_kstr(j, "reason", s->reason);
                json_kstr(j, "state", s->state);
                if (s->ruler.n)
                        who(j, "ruled_by", t, s->ruler);
                json_kinstant(j, "at", s->at);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}

static void html(struct buf *out, struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                if (s.p[i] == '<')
                        buf_puts(out, "&lt;");
                else if (s.p[i] == '&')
                        buf_puts(out, "&amp;");
                else
                        buf_char(out, s.p[i]);
        }
}

/* For whom @who has this turn, and why; NULL when it is their own. */
static const struct shift_swap *taken(const struct shift *s, uint32_t who)
{
        for (size_t i = s->n_swaps; i-- > 0;)
                if (s->swap[i].to == who)
                        return &s->swap[i];
        return NULL;
}

static void cell(struct buf *out, const struct town *t, const struct leaves *l, const uint32_t *who, size_t n, const struct shift *shift, enum lang lang)
{
        struct day on = shift->date;
        buf_puts(out, "<td>");
        for (size_t i = 0; i < n; i++) {
                if (who[i] == STAFF_NONE)
                        continue;
                const struct staff_member *s = &t->staff.row[who[i]];
                if (i)
                        buf_puts(out, "<br>");
                html(out, s->name);
                if (leave_away(l, s->login, on))
                        buf_puts(out, lang == LANG_ZH ? "（休假）" : " (away)");
                const struct shift_swap *w = taken(shift, who[i]);
                if (!w)
                        continue;
                buf_puts(out, lang == LANG_ZH ? "（替 " : " (for ");
                html(out, t->staff.row[w->from].name);
                buf_puts(out, w->why.n == 0 ? "" : lang == LANG_ZH ? "：" : ": ");
                html(out, w->why);
                buf_puts(out, lang == LANG_ZH ? "）" : ")");
        }
        buf_puts(out, "</td>");
}

void roster_page(struct buf *out, const struct town *t, const struct leaves *l, struct day from, struct day to, enum lang lang)
{
        bool zh = lang == LANG_ZH;
        char day[11], a[40], b[40];
        buf_printf(out, "<!doctype html><html lang=\"%s\"><meta charset=\"utf-8\"><title>%s</title><style>table{border-collapse:collapse;width:100%%}"
                   "td,th{border:1px solid;padding:4px 8px;font-size:12pt}@page{margin:15mm}</style><h1>",
                   zh ? "zh" : "en", zh ? "值班表" : "Duty roster");
        html(out, zh ? t->name_zh : t->name_en);
        buf_printf(out, " %s</h1><table><tr><th>%s<th>%s<th>%s<th>%s</tr>\n", zh ? "值班表" : "duty roster", zh ? "日期" : "Date", zh ? "时间" : "Time",
                   zh ? "带班领导" : "Leader", zh ? "值班员" : "Officers");
        for (size_t i = 0; i < t->roster.n; i++) {
                const struct shift *s = &t->roster.row[i];
                if (s->date.n < from.n || s->date.n > to.n)
                        continue;
                buf_printf(out, "<tr><td>%s</td><td>%.5s-%.5s</td>", day_format(s->date, day), instant_format(s->from, a) + 11, instant_format(s->to, b) + 11);
                cell(out, t, l, &s->leader, 1, s, lang);
                cell(out, t, l, s->officer, s->n_officers, s, lang);
                buf_puts(out, "</tr>\n");
        }
        buf_puts(out, "</table></html>\n");
}

static void name_of(FILE *out, const struct town *t, const struct leaves *l, uint32_t who, const struct shift *shift, enum lang lang)
{
        struct day on = shift->date;
        if (who == STAFF_NONE) {
                fputs("-", out);
                return;
        }
        fprintf(out, STR_FMT "%s", STR_ARG(t->staff.row[who].name), !leave_away(l, t->staff.row[who].login, on) ? "" : lang == LANG_ZH ? "（休假）" : " (away)");
        const struct shift_swap *w = taken(shift, who);
        if (w && lang == LANG_ZH)
                fprintf(out, "（替 " STR_FMT "%s" STR_FMT "）", STR_ARG(t->staff.row[w->from].name), w->why.n ? "：" : "", STR_ARG(w->why));
        else if (w)
                fprintf(out, " (for " STR_FMT "%s" STR_FMT ")", STR_ARG(t->staff.row[w->from].name), w->why.n ? ": " : "", STR_ARG(w->why));
}

void roster_names(FILE *out, const struct town *t, const struct leaves *l, const struct shift *s, enum lang lang)
{
        fputs(lang == LANG_ZH ? "带班 " : "leader ", out);
        name_of(out, t, l, s->leader, s, lang);
        fputs(lang == LANG_ZH ? "  值班 " : "  officers ", out);
        for (size_t i = 0; i < s->n_officers; i++) {
                fputs(i ? ", " : "", out);
                name_of(out, t, l, s->officer[i], s, lang);
        }
}

void leaves_view(struct json *j, const struct town *t, const struct leaves *l)
{
        json_open(j);
        json_key(j, "items");
        json_list(j);
        for (size_t i = 0; i < l->n; i++) {
                const struct staff_member *s = staff_find(&t->staff, l->row[i].login);
                json_open(j);
                json_kid(j, "id", l->row[i].id);
                json_kstr(j, "login", l->row[i].login);
                json_kstr(j, "name", s ? s->name : STR(""));
                json_kday(j, "since", l->row[i].since);
                json_kday(j, "until", l->row[i].until);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}
