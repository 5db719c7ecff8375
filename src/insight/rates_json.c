#include "insight/rates.h"

/* Four digits: a share of 1, null without a denominator. */
static void one_rate(struct json *j, const char *name, const struct rate *r, bool partly, bool quiet)
{
        json_key(j, name);
        json_open(j);
        json_kbool(j, "withheld", quiet);
        if (quiet) {
                json_key(j, "rate");
                json_null(j);
                json_close(j);
                return;
        }
        json_key(j, "rate");
        if (r->denominator)
                json_double(j, (double)r->numerator / (double)r->denominator, 4);
        else
                json_null(j);
        double low, high;
        rate_band(r, &low, &high);
        json_key(j, "low");
        json_double(j, low, 4);
        json_key(j, "high");
        json_double(j, high, 4);
        json_kint(j, "numerator", r->numerator);
        json_kint(j, "denominator", r->denominator);
        json_kint(j, "excluded", r->excluded);
        if (partly)
                json_kint(j, "partly", r->partly);
        json_close(j);
}

static void one_reading(struct json *j, const char *name, const struct reading *r, bool quiet)
{
        json_key(j, name);
        json_open(j);
        one_rate(j, "response", &r->response, false, false);
        one_rate(j, "solution", &r->solution, true, quiet);
        one_rate(j, "satisfaction", &r->satisfaction, true, quiet);
        one_rate(j, "on_time", &r->on_time, false, false);
        json_close(j);
}

static void figures_json(struct json *j, const struct rates_row *row)
{
        json_kint(j, "matters", row->matters);
        json_kint(j, "open_overdue", row->open_overdue);
        if (!row->quiet) {
                json_kint(j, "unrated", row->unrated);
                json_kint(j, "reopened", row->reopened);
                json_kint(j, "called", row->called);
                json_kint(j, "unreachable", row->unreachable);
        }
        json_kint(j, "moved", row->moved);
        json_kint(j, "shelved", row->shelved);
        json_kint(j, "ended_unanswered", row->ended);
        one_reading(j, "official", &row->official, row->quiet_official);
        one_reading(j, "honest", &row->honest, row->quiet);
}

void rates_json(struct json *j, const struct rates_in *in, const struct rates *r,
                void (*name)(struct json *, const char *key, enum rate_group, struct str code, void *arg), void *arg)
{
        json_open(j);
        json_kday(j, "from", in->from);
        json_kday(j, "to", in->to);
        json_kc(j, "by", rate_group_names[in->group]);
        json_kinstant(j, "end", r->end);
        json_kinstant(j, "as_of", r->as_of);
        json_kint(j, "lag_seals", r->lag_seals);
        json_kint(j, "parked", r->parked);
        json_kint(j, "rank_min", in->reader.town ? in->reader.town->rank_min : 0);
        json_key(j, "rows");
        json_list(j);
        for (size_t i = 0; i < r->n; i++) {
                const struct rates_row *row = &r->row[i];
                json_open(j);
                json_kstr(j, "key", row->key);
                cell_json(j, row->cells, row->withheld);
                if (name && row->cells == 1 && in->group != RATE_ALL)
                        name(j, rate_group_names[in->group], in->group, row->key, arg);
                if (!row->withheld)
                        figures_json(j, row);
                json_close(j);
        }
        json_end(j);
        json_close(j);
}
