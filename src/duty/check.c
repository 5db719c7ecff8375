#include "duty/check.h"
#include "duty/inner/cover.h"

static const struct say hint_org = { "改为 orgs.csv 中的代码", "Use a code of orgs.csv" };
static const struct say hint_place = { "改为 places.csv 中的代码，或留空表示全域",
                                       "Use a code of places.csv, or leave it empty for the whole town" };
static const struct say hint_recalled = { "在 lead 写明收回的上级部门",
                                          "Name in lead the upper department that took it back" };
static const struct say hint_assist = {
        "lead 写牵头的上级部门，本级单位写在 assist；确属本级职责的，改列其他清单",
        "Name the upper department in lead and our unit in assist, or move the row to another list"
};
static const struct say hint_committee = {
        "改由街道（乡镇）科室牵头；依法由居（村）委会办理的，改列 committee",
        "Let a unit of the township lead; what the law gives to the committee goes on its own list"
};
static const struct say hint_committee_list = {
        "committee 清单的 lead 写居（村）委会", "On the list committee, lead names a residents' or villagers' committee"
};
static const struct say hint_worker = { "检查和处罚改由有执法资格的单位牵头",
                                        "Let a unit with officers and certificates inspect and punish" };
static const struct say hint_capacity = { "写明人员、证件和经费，否则不得下放",
                                          "Name staff, certificates and money, or it may not be handed down" };
static const struct say hint_old = { "删去这一行，或改写结束日期", "Remove the row or give it another last day" };

#define FOUND(c, d, rule, sev, hint, ...) finding_add((c)->out, rule, sev, STR(DUTY_FILE), (d)->line, hint, __VA_ARGS__)

struct checking {
        const struct duty_check *in;
        struct findings *out;
};

static bool org_of(const struct checking *c, struct str code, struct duty_org *ret)
{
        *ret = (struct duty_org){ 0 };
        return c->in->orgs.find(c->in->orgs.self, code, ret);
}

static void check_recalled_lead(const struct checking *c, const struct duty *d, bool known, struct duty_org lead)
{
        if (d->lead.n == 0)
                FOUND(c, d, "duty.recalled-by-missing", SEV_ERROR, hint_recalled, "收回事项“%.*s”没有写由谁收回",
                      "Duty \"%.*s\" was taken back, but not by whom", STR_ARG(d->code));
        else if (!known)
                FOUND(c, d, "duty.recalled-by-missing", SEV_ERROR, hint_recalled,
                      "收回事项“%.*s”的收回单位“%.*s”不存在",
                      "Duty \"%.*s\" was taken back by \"%.*s\", which does not exist", STR_ARG(d->code),
                      STR_ARG(d->lead));
        else if (lead.own || lead.committee)
                FOUND(c, d, "duty.recalled-by-missing", SEV_ERROR, hint_recalled, "收回事项“%.*s”的“%.*s”不是上级部门",
                      "Duty \"%.*s\" was taken back, but \"%.*s\" is not an upper organ", STR_ARG(d->code),
                      STR_ARG(d->lead));
}

static void check_lead(const struct checking *c, const struct duty *d)
{
        struct duty_org lead;
        bool known = org_of(c, d->lead, &lead);
        if (d->list == DUTY_RECALLED) {
                check_recalled_lead(c, d, known, lead);
                return;
        }
        if (!known) {
                FOUND(c, d, "duty.unknown-org", SEV_ERROR, hint_org, "职责“%.*s”的牵头单位“%.*s”不存在",
                      "The lead of duty \"%.*s\", \"%.*s\", does not exist", STR_ARG(d->code), STR_ARG(d->lead));
                return;
        }
        if (d->list == DUTY_ASSIST && lead.own)
                FOUND(c, d, "duty.assist-lead", SEV_ERROR, hint_assist, "配合事项“%.*s”由本级单位“%.*s”牵头",
                      "Our own unit leads the assisting duty \"%.*s\": \"%.*s\"", STR_ARG(d->code), STR_ARG(d->lead));
        if (d->list == DUTY_COMMITTEE && !lead.committee)
                FOUND(c, d, "duty.committee-list", SEV_WARNING, hint_committee_list,
                      "居（村）委会事项“%.*s”的“%.*s”不是居（村）委会",
                      "\"%.*s\" is on the committee's list, but \"%.*s\" is not a committee", STR_ARG(d->code),
                      STR_ARG(d->lead));
        if (!lead.committee || d->list == DUTY_COMMITTEE)
                return;
        if (duty_list_is_handed_down(d->list))
                FOUND(c, d, "duty.grid-worker", SEV_ERROR, hint_worker,
                      "下放的执法事项“%.*s”由居（村）委会“%.*s”牵头，网格员和社区工作者不得检查、处罚",
                      "The handed-down duty \"%.*s\" is led by the committee \"%.*s\"; grid workers and community "
                      "staff neither inspect nor punish",
                      STR_ARG(d->code), STR_ARG(d->lead));
        else
                FOUND(c, d, "duty.committee-lead", SEV_ERROR, hint_committee,
                      "事项“%.*s”由居（村）委会“%.*s”牵头，但不在其依法履职清单上",
                      "Duty \"%.*s\" is led by the committee \"%.*s\" but is not on its own list", STR_ARG(d->code),
                      STR_ARG(d->lead));
}

static void check_assists(const struct checking *c, const struct duty *d)
{
        uint32_t committees = 0;
        for (uint32_t i = 0; i < d->n_assist; i++) {
                struct duty_org o;
                if (!org_of(c, d->assist[i], &o))
                        FOUND(c, d, "duty.unknown-org", SEV_ERROR, hint_org, "职责“%.*s”的配合单位“%.*s”不存在",
                              "The assisting unit of duty \"%.*s\", \"%.*s\", does not exist", STR_ARG(d->code),
                              STR_ARG(d->assist[i]));
                committees += o.committee;
        }
        if (d->list == DUTY_ASSIST && committees > 0 && committees == d->n_assist)
                FOUND(c, d, "duty.committee-lead", SEV_ERROR, hint_committee,
                      "配合事项“%.*s”只由居（村）委会承担，等于让其主办",
                      "The assisting duty \"%.*s\" rests on a committee alone, which makes it the main handler",
                      STR_ARG(d->code));
}

static void check_capacity(const struct checking *c, const struct duty *d)
{
        const struct {
                struct str given;
                const char *zh, *en;
        } needs[] = {
                { d->staff, "下放事项“%.*s”没有写明人员", "The handed-down duty \"%.*s\" names no staff" },
                { d->certificates, "下放事项“%.*s”没有写明证件",
                  "The handed-down duty \"%.*s\" names no certificates" },
                { d->money, "下放事项“%.*s”没有写明经费", "The handed-down duty \"%.*s\" names no money" },
        };
        for (size_t i = 0; i < COUNT(needs) && duty_list_is_handed_down(d->list); i++)
                if (needs[i].given.n == 0)
                        FOUND(c, d, "duty.capacity", SEV_ERROR, hint_capacity, needs[i].zh, needs[i].en,
                              STR_ARG(d->code));
}

static void check_row(const struct checking *c, const struct duty *d)
{
        check_lead(c, d);
        check_assists(c, d);
        if (d->place.n && !c->in->place_exists(c->in->places, d->place))
                FOUND(c, d, "duty.unknown-place", SEV_ERROR, hint_place, "职责“%.*s”的地点“%.*s”不存在",
                      "The place of duty \"%.*s\", \"%.*s\", does not exist", STR_ARG(d->code), STR_ARG(d->place));
        check_capacity(c, d);
        if (!day_is_none(d->until) && d->until.n < c->in->today.n) {
                char until[11];
                FOUND(c, d, "duty.out-of-date", SEV_WARNING, hint_old, "职责“%.*s”已于 %s 失效",
                      "Duty \"%.*s\" ended on %s", STR_ARG(d->code), day_format(d->until, until));
        }
}

void duties_check(const struct duty_check *in, struct findings *out)
{
        struct checking c = { .in = in, .out = out };
        for (uint32_t i = 0; i < in->book->duties->n; i++)
                check_row(&c, &in->book->duties->row[i]);
        check_rivals(in, out);
        check_gaps(in, out);
}
