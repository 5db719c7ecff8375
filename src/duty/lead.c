#include "duty/lead.h"
#include "base/err.h"
#include "duty/inner/list.h"

static const struct {
        const char *name;
        struct say say;
} hows[LEAD_HOWS] = {
        [LEAD_KEEPER] = { "keeper", { "设施的管养单位", "who keeps the thing" } },
        [LEAD_CONDITION] = { "condition", { "条件成立的职责", "a duty whose condition holds" } },
        [LEAD_PLAIN] = { "plain", { "清单中的职责", "a duty of the lists" } },
        [LEAD_AGREEMENT] = { "agreement", { "按协议暂由其牵头", "leads for the time being by agreement" } },
        [LEAD_TIE] = { "tie",
                       { "职责重叠，暂由兜底单位牵头并会商",
                         "duties overlap: the fallback unit leads for the time being, a joint look is due" } },
        [LEAD_FALLBACK] = { "fallback",
                            { "清单未列，暂由兜底单位牵头（首接负责）并会商",
                              "no duty covers it: the fallback unit leads for the time being, a joint look is due" } },
};

static const struct {
        const char *name;
        struct say say;
} losts[LEAD_LOSTS] = {
        [LEAD_WON] = { "won", { "由它决定", "it decides" } },
        [LOST_EARLY] = { "early", { "当日尚未生效", "not yet in force on that day" } },
        [LOST_LATE] = { "late", { "当日已失效", "no longer in force on that day" } },
        [LOST_ORG] = { "org", { "牵头单位不存在", "its lead is not a known organisation" } },
        [LOST_ASSIST] = { "assist",
                          { "配合事项不得由本级单位牵头", "an assisting duty never makes our own unit the lead" } },
        [LOST_COMMITTEE] = { "committee",
                             { "居（村）委会只牵头自己的依法履职事项",
                               "a committee leads only duties of its own list" } },
        [LOST_CAPACITY] = { "capacity",
                            { "下放事项未写明人员、证件和经费",
                              "handed down without staff, certificates and money named" } },
        [LOST_FALSE] = { "false", { "条件不成立", "its condition does not hold" } },
        [LOST_UNKNOWN] = { "unknown", { "条件所需的事实不明", "a fact that its condition needs is not known" } },
        [LOST_KEEPER] = { "keeper",
                          { "管养单位优先，时限和依据从它",
                            "the keeper comes first; limit and basis come from this row" } },
        [LOST_CONDITION] = { "condition", { "条件成立的职责优先", "a duty whose condition holds comes first" } },
        [LOST_PLACE] = { "place", { "地点更具体的职责优先", "a duty for a more specific place comes first" } },
        [LOST_SUBJECT] = { "subject", { "事项更具体的职责优先", "a duty for a more specific subject comes first" } },
        [LOST_WIDER] = { "wider", { "条件更具体的职责优先", "a duty whose condition demands more comes first" } },
        [LOST_RECALLED] = { "recalled", { "该事项已被上级收回", "the duty was taken back by an upper organ" } },
        [LOST_SAME] = { "same", { "与前一行牵头单位相同", "an earlier row names the same lead" } },
        [LOST_AGREEMENT] = { "agreement", { "协议指定了另一单位", "an agreement names another of the equals" } },
        [LOST_TIED] = { "tied", { "与另一行职责重叠", "it overlaps with another row" } },
};

const char *lead_how_name(enum lead_how how)
{
        return hows[how].name;
}

struct say lead_how_say(enum lead_how how)
{
        return hows[how].say;
}

const char *lead_lost_name(enum lead_lost lost)
{
        return losts[lost].name;
}

struct say lead_lost_say(enum lead_lost lost)
{
        return losts[lost].say;
}

/* Rank of a row that takes part; the larger wins, field by field. */
struct rank {
        bool condition;
        uint32_t place, subject;
};
struct ranked {
        struct rank rank;
        uint32_t duty;
};

struct finding_lead {
        const struct duty_book *book;
        const struct lead_in *in;
        struct arena *arena;
        struct lead *out;
        struct ranked *at; /* rank of each row of out->row */
        struct {
                uint32_t number, depth;
        } place[1 + LEAD_PATH_MAX]; /* places that rows know, whole town first */
        uint32_t n_places;
};

static const struct duty *duty_at(const struct finding_lead *f, uint32_t row)
{
        return &f->book->duties->row[f->out->row[row].duty];
}

/* ---- which rows there are ---- */

static void find_places(struct finding_lead *f)
{
        f->place[f->n_places++].depth = 0; /* number 0: the whole town */
        if (f->book->duties->n_places == 0)
                return;
        for (uint32_t i = 0; i < f->in->n_path && f->n_places <= LEAD_PATH_MAX; i++) {
                uint32_t number = map_get(&f->book->duties->places, f->in->path[i]);
                if (number == MAP_NONE)
                        continue;
                f->place[f->n_places].number = number;
                f->place[f->n_places++].depth = i + 1;
        }
}

/* Calls @take for each cell of the subject, those above it, and the places known. */
static void each_cell(struct finding_lead *f,
                      void (*take)(struct finding_lead *, const struct duty_cell *, struct rank))
{
        const struct subject *all = f->book->subjects->row;
        for (uint32_t s = f->in->subject; s != SUBJECT_NONE; s = all[s].up) {
                if (f->book->duties->of_subject[s].n == 0)
                        continue;
                for (uint32_t p = 0; p < f->n_places; p++) {
                        const struct duty_cell *cell = duty_cell_at(f->book->duties, s, f->place[p].number);
                        if (cell)
                                take(f, cell, (struct rank){ .place = f->place[p].depth, .subject = all[s].depth });
                }
        }
}

static void count_cell(struct finding_lead *f, const struct duty_cell *cell, struct rank rank)
{
        (void)rank;
        f->out->n_rows += cell->n;
}

/* What the known facts say of a condition. */
static enum lead_lost condition_holds(const struct finding_lead *f, const struct duty *d)
{
        enum lead_lost result = LEAD_WON;
        for (uint32_t i = 0; i < d->n_condition; i++) {
                const struct duty_pair *want = &d->condition[i];
                uint32_t k = 0;
                while (k < f->in->n_fact && !str_eq(f->in->fact[k].fact, want->fact))
                        k++;
                if (k == f->in->n_fact)
                        result = LOST_UNKNOWN;
                else if (!str_eq(f->in->fact[k].value, want->value))
                        return LOST_FALSE;
        }
        return result;
}

/* Whether the row takes part at all. */
static enum lead_lost takes_part(const struct finding_lead *f, const struct duty *d)
{
        struct day day = f->in->day;
        if (!day_is_none(d->since) && day.n < d->since.n)
                return LOST_EARLY;
        if (!duty_holds_on(d, day))
                return LOST_LATE;
        if (d->lead_unknown)
                return LOST_ORG;
        if (d->list == DUTY_ASSIST && d->lead_own)
                return LOST_ASSIST;
        if (d->lead_committee && d->list != DUTY_COMMITTEE)
                return LOST_COMMITTEE;
        if (!duty_has_capacity(d))
                return LOST_CAPACITY;
        return condition_holds(f, d);
}

static void take_cell(struct finding_lead *f, const struct duty_cell *cell, struct rank rank)
{
        for (uint32_t i = cell->first; i < cell->first + cell->n; i++) {
                uint32_t duty = f->book->duties->order[i];
                const struct duty *d = &f->book->duties->row[duty];
                rank.condition = d->n_condition > 0;
                f->at[f->out->n_rows] = (struct ranked){ rank, duty };
                f->out->row[f->out->n_rows++] = (struct lead_row){ duty, takes_part(f, d) };
        }
}

static void gather(struct finding_lead *f)
{
        find_places(f);
        each_cell(f, count_cell);
        f->out->row = arena_raw(f->arena, f->out->n_rows * sizeof *f->out->row);
        f->at = arena_raw(f->arena, f->out->n_rows * sizeof *f->at);
        f->out->n_rows = 0;
        each_cell(f, take_cell);
}

/* ---- which of them wins ---- */

/* LEAD_WON when equal or better, else by what it is beaten. */
static enum lead_lost beaten_by(struct rank me, struct rank best)
{
        if (me.condition != best.condition)
                return me.condition ? LEAD_WON : LOST_CONDITION;
        if (me.place != best.place)
                return me.place > best.place ? LEAD_WON : LOST_PLACE;
        return me.subject < best.subject ? LOST_SUBJECT : LEAD_WON;
}

static bool best_rank(const struct finding_lead *f, struct rank *ret)
{
        bool any = false;
        for (uint32_t i = 0; i < f->out->n_rows; i++) {
                if (f->out->row[i].lost != LEAD_WON || (any && beaten_by(f->at[i].rank, *ret) != LEAD_WON))
                        continue;
                *ret = f->at[i].rank;
                any = true;
        }
        return any;
}

static void lose_by_rank(struct finding_lead *f, struct rank best)
{
        for (uint32_t i = 0; i < f->out->n_rows; i++)
                if (f->out->row[i].lost == LEAD_WON)
                        f->out->row[i].lost = beaten_by(f->at[i].rank, best);
}

static bool demands_less_than_another(const struct finding_lead *f, uint32_t row)
{
        for (uint32_t i = 0; i < f->out->n_rows; i++)
                if ((f->out->row[i].lost == LEAD_WON || f->out->row[i].lost == LOST_WIDER) &&
                    duty_condition_narrower(duty_at(f, i), duty_at(f, row)))
                        return true;
        return false;
}

/* Among the rows left, all of the same subject and place, the condition that demands more wins, then what was
 * taken back. Each step judges all rows alike, so the order of the file does not matter. */
static void lose_among_equals(struct finding_lead *f)
{
        bool recalled = false;
        for (uint32_t i = 0; i < f->out->n_rows; i++) {
                if (f->out->row[i].lost != LEAD_WON)
                        continue;
                if (demands_less_than_another(f, i))
                        f->out->row[i].lost = LOST_WIDER;
                else if (duty_at(f, i)->list == DUTY_RECALLED)
                        recalled = true;
        }
        for (uint32_t i = 0; i < f->out->n_rows && recalled; i++)
                if (f->out->row[i].lost == LEAD_WON && duty_at(f, i)->list != DUTY_RECALLED)
                        f->out->row[i].lost = LOST_RECALLED;
}

static uint32_t winners(const struct finding_lead *f, uint32_t *ret)
{
        uint32_t n = 0;
        for (uint32_t i = 0; i < f->out->n_rows; i++)
                if (f->out->row[i].lost == LEAD_WON)
                        ret[n++] = i;
        return n;
}

/* Rows that name the lead of an earlier winner add nothing. Returns how many different leads are left. */
static uint32_t lose_same(struct finding_lead *f, uint32_t *equal, uint32_t n)
{
        uint32_t kept = 0;
        for (uint32_t i = 0; i < n; i++) {
                uint32_t k = 0;
                while (k < kept && !str_eq(duty_at(f, equal[i])->lead, duty_at(f, equal[k])->lead))
                        k++;
                if (k == kept)
                        equal[kept++] = equal[i];
                else
                        f->out->row[equal[i]].lost = LOST_SAME;
        }
        return kept;
}

/* ---- what follows ---- */

/* The units that help: those of the row, and @also, without the lead itself. */
static void set_assists(struct finding_lead *f, const struct duty *d, const struct str *also, uint32_t n_also)
{
        if (d && n_also == 0 && !list_has(d->assist, d->n_assist, f->out->org)) {
                f->out->assist = d->assist;
                f->out->n_assist = d->n_assist;
                return;
        }
        uint32_t most = n_also + (d ? d->n_assist : 0), n = 0;
        struct str *list = arena_array(f->arena, struct str, most);
        for (uint32_t i = 0; i < most; i++) {
                struct str org = i < n_also ? also[i] : d->assist[i - n_also];
                if (!str_eq(org, f->out->org) && !list_has(list, n, org))
                        list[n++] = org;
        }
        f->out->assist = list;
        f->out->n_assist = n;
}

static void set_row(struct finding_lead *f, enum lead_how how, uint32_t row)
{
        const struct duty *d = duty_at(f, row);
        f->out->how = how;
        f->out->duty = f->out->row[row].duty;
        f->out->org = d->lead;
        f->out->recalled = d->list == DUTY_RECALLED;
        set_assists(f, d, NULL, 0);
}

static void set_fallback(struct finding_lead *f, enum lead_how how)
{
        f->out->how = how;
        f->out->org = f->book->fallback;
        f->out->interim = f->out->joint_look = true;
}

/* The equal that an agreement names, or @n. */
static uint32_t agreed(struct finding_lead *f, const uint32_t *equal, uint32_t n, struct str *ret_code)
{
        struct str lead;
        if (f->book->concurrent == NULL)
                return n;
        for (uint32_t nth = 0;
             f->book->concurrent(f->book->agreements, f->in->path, f->in->n_path, f->in->day, nth, ret_code, &lead);
             nth++)
                for (uint32_t i = 0; i < n; i++)
                        if (str_eq(duty_at(f, equal[i])->lead, lead))
                                return i;
        return n;
}

static void settle_equals(struct finding_lead *f, const uint32_t *equal, uint32_t n)
{
        struct str *leads = arena_array(f->arena, struct str, n);
        struct str code;
        uint32_t chosen = agreed(f, equal, n, &code);
        for (uint32_t i = 0; i < n; i++) {
                leads[i] = duty_at(f, equal[i])->lead;
                if (i != chosen)
                        f->out->row[equal[i]].lost = chosen < n ? LOST_AGREEMENT : LOST_TIED;
        }
        if (chosen == n) {
                set_fallback(f, LEAD_TIE);
                set_assists(f, NULL, leads, n);
                return;
        }
        set_row(f, LEAD_AGREEMENT, equal[chosen]);
        f->out->agreement = code;
        f->out->interim = true;
        set_assists(f, duty_at(f, equal[chosen]), leads, n);
}

static void decide_rows(struct finding_lead *f)
{
        struct rank best;
        if (!best_rank(f, &best)) {
                set_fallback(f, LEAD_FALLBACK);
                return;
        }
        lose_by_rank(f, best);
        uint32_t *equal = arena_raw(f->arena, f->out->n_rows * sizeof *equal);
        lose_among_equals(f);
        uint32_t n = lose_same(f, equal, winners(f, equal));
        if (n == 1)
                set_row(f, best.condition ? LEAD_CONDITION : LEAD_PLAIN, equal[0]);
        else
                settle_equals(f, equal, n);
}

/* The keeper comes before every row; limit, basis and assists stay those of the row that would have led. */
static void put_keeper_first(struct finding_lead *f)
{
        struct lead *out = f->out;
        const struct duty *d = out->duty == DUTY_NONE ? NULL : &f->book->duties->row[out->duty];
        bool own_list = d && d->list == DUTY_COMMITTEE && str_eq(d->lead, f->in->keeper);
        if (f->in->keeper_committee && !own_list) {
                out->keeper_passed_over = true;
                return;
        }
        for (uint32_t i = 0; i < out->n_rows; i++)
                if (out->row[i].lost == LEAD_WON)
                        out->row[i].lost = LOST_KEEPER;
        const struct str *assist = out->assist;
        uint32_t n_assist = out->n_assist;
        out->how = LEAD_KEEPER;
        out->org = f->in->keeper;
        out->agreement = STR("");
        out->interim = out->joint_look = out->recalled = false;
        set_assists(f, NULL, assist, n_assist);
}

/* Facts that some row asks for which could still come before what leads now. */
static void find_missing(struct finding_lead *f)
{
        struct lead *out = f->out;
        if (out->how == LEAD_KEEPER)
                return;
        uint32_t most = 0;
        for (uint32_t i = 0; i < out->n_rows; i++)
                most += out->row[i].lost == LOST_UNKNOWN ? DUTY_CONDITIONS_MAX : 0;
        if (most == 0)
                return;
        struct rank best;
        bool any = best_rank(f, &best);
        out->missing = arena_array(f->arena, struct str, most);
        for (uint32_t i = 0; i < out->n_rows; i++) {
                if (out->row[i].lost != LOST_UNKNOWN || (any && beaten_by(f->at[i].rank, best) != LEAD_WON))
                        continue;
                const struct duty *d = duty_at(f, i);
                for (uint32_t k = 0; k < d->n_condition; k++) {
                        struct str fact = d->condition[k].fact;
                        bool known = list_has(out->missing, out->n_missing, fact);
                        for (uint32_t j = 0; j < f->in->n_fact && !known; j++)
                                known = str_eq(f->in->fact[j].fact, fact);
                        if (!known)
                                out->missing[out->n_missing++] = fact;
                }
        }
}

void lead_find(const struct duty_book *book, struct arena *a, const struct lead_in *in, struct lead *ret)
{
        *ret = (struct lead){ .duty = DUTY_NONE };
        struct finding_lead f = { .book = book, .in = in, .arena = a, .out = ret };
        gather(&f);
        decide_rows(&f);
        find_missing(&f);
        if (in->keeper.n)
                put_keeper_first(&f);
}

uint32_t lead_path(struct str path, struct str ret[static LEAD_PATH_MAX])
{
        uint32_t n = 0;
        struct str part;
        while (n < LEAD_PATH_MAX && str_split(&path, '/', &part))
                if (part.n)
                        ret[n++] = part;
        return n;
}

int lead_facts(struct arena *a, struct str text, struct duty_pair **ret, uint32_t *ret_n)
{
        struct str *part;
        bool empty;
        uint32_t n = list_split(a, text, &part, &empty);
        struct duty_pair *fact = arena_array(a, struct duty_pair, n);
        for (uint32_t i = 0; i < n; i++) {
                struct str rest = part[i];
                if (!str_split(&rest, '=', &fact[i].fact) || rest.n == 0)
                        return ERR_TYPE;
                fact[i].fact = str_trim(fact[i].fact);
                fact[i].value = str_trim(rest);
                if (!code_valid(fact[i].fact) || fact[i].value.n == 0)
                        return ERR_TYPE;
        }
        *ret = fact;
        *ret_n = n;
        return OK;
}
