#include "matter/source.h"

const struct source_kind source_kinds[SOURCES] = {
        [SOURCE_WEB] = { "web", { "网上", "Online" }, TOLD_BY_ANYBODY, false },
        [SOURCE_PHONE] = { "phone", { "电话", "Telephone" }, TOLD_BY_STAFF, true },
        [SOURCE_COUNTER] = { "counter", { "窗口", "Counter" }, TOLD_BY_STAFF, true },
        [SOURCE_LETTER] = { "letter", { "信件", "Letter" }, TOLD_BY_STAFF, false },
        [SOURCE_VISIT] = { "visit", { "走访", "Home visit" }, TOLD_BY_STAFF, true },
        [SOURCE_GRID] = { "grid", { "网格员代报", "Grid worker for a resident" }, TOLD_BY_STAFF, true },
        [SOURCE_LEADER] = { "leader", { "领导批示", "Leader's note" }, TOLD_BY_STAFF, false },
        [SOURCE_MEDIA] = { "media", { "媒体", "Media" }, TOLD_BY_STAFF, false },
        [SOURCE_OPEN311] = { "open311", { "Open311 接口", "Open311" }, TOLD_BY_DOOR, false },
        [SOURCE_UPSTREAM] = { "upstream", { "上级交办", "Order from above" }, TOLD_BY_ORDER, false },
        [SOURCE_SYSTEM] = { "system", { "系统生成", "The program itself" }, TOLD_BY_DOOR, false },
        [SOURCE_REPLAY] = { "replay", { "历史数据回放", "Replayed from a file" }, TOLD_BY_DOOR, false },
        [SOURCE_HANDOVER] = { "handover", { "移交", "Another town" }, TOLD_BY_DOOR, false },
};

const char *const source_codes[SOURCES + 1] = { "web",   "phone",   "counter",  "letter", "visit",  "grid", "leader",
                                                "media", "open311", "upstream", "system", "replay", "handover", NULL };

enum source source_find(struct str code)
{
        enum source s = 0;
        while (s < SOURCES && !str_is(code, source_kinds[s].code))
                s++;
        return s;
}

static int teller_check(struct ctx *ctx, const struct source_kind *k, bool opens)
{
        int code = ctx->actor.kind == ACTOR_PUBLIC ? ERR_AUTH : ERR_RIGHT;
        switch (k->teller) {
        case TOLD_BY_ANYBODY:
                return OK;
        case TOLD_BY_STAFF:
                if (opens && ctx->actor.kind == ACTOR_STAFF)
                        return OK;
                return err_set(ctx->err, code, "source", "来源为“%s”%.0s的须由有登记权限的工作人员登录后登记",
                               "%.0s\"%s\": only staff who may open matters for others say so", k->name.zh, k->name.en);
        case TOLD_BY_ORDER:
                return err_set(ctx->err, opens ? ERR_MISSING : code, "source", "来源为“%s”%.0s的须有上级系统和工单编号，请用 POST /api/orders 登记",
                               "%.0s\"%s\" needs the system and its number: take it in with POST /api/orders", k->name.zh, k->name.en);
        case TOLD_BY_DOOR:
                break;
        }
        return err_set(ctx->err, code, "source", "来源“%s”%.0s不由人填写", "%.0s\"%s\" is not said by anybody: its own door gives it",
                       k->name.zh, k->name.en);
}

int source_check(struct ctx *ctx, enum source s, bool opens, enum read_back read_back)
{
        const struct source_kind *k = &source_kinds[s];
        int rc = teller_check(ctx, k, opens);
        if (rc != OK)
                return rc;
        if (k->spoken && read_back == READ_BACK_NOT_ASKED)
                return err_set(ctx->err, ERR_MISSING, "read_back", "请把记下的内容念给诉求人听，并填写是否确认",
                               "Read what you wrote back to the resident and say whether they confirmed it");
        if (!k->spoken && read_back != READ_BACK_NOT_ASKED)
                return err_set(ctx->err, ERR_RULE, "read_back", "只有代他人口述登记时才填写是否确认",
                               "Only words written down for somebody are read back");
        return OK;
}
