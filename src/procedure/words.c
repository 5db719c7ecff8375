/* The closed lists of the file format. */
#include "procedure/procedure.h"

const struct procedure_fact_word procedure_facts[FACT_COUNT] = {
        [FACT_PLACE_KNOWN] = { "place_known",
                               { "地点已确定", "the place is known" },
                               { "地点尚未确定", "the place is not known" } },
        [FACT_SUBJECT_KNOWN] = { "subject_known",
                                 { "事项类别已确定", "the subject is known" },
                                 { "事项类别尚未确定", "the subject is not known" } },
        [FACT_LEAD_KNOWN] = { "lead_known",
                              { "负责单位已确定", "the unit in charge is known" },
                              { "负责单位尚未确定", "the unit in charge is not known" } },
        [FACT_COVERED] = { "covered",
                           { "履职清单有对应条目", "a row of a duty list covers it" },
                           { "履职清单没有对应条目", "no row of a duty list covers it" } },
        [FACT_ANONYMOUS] = { "anonymous",
                             { "诉求人没有留下联系方式", "the reporter left no way to be reached" },
                             { "诉求人留有联系方式", "the reporter can be reached" } },
        [FACT_URGENT] = { "urgent", { "属于紧急事项", "it is urgent" }, { "不属于紧急事项", "it is not urgent" } },
        [FACT_RETURNED] = { "returned",
                            { "已经退过一次单", "it has been returned once" },
                            { "没有退过单", "it has not been returned" } },
        [FACT_RETURN_OPEN] = { "return_open",
                               { "还在退单期限内", "it may still be returned" },
                               { "退单期限已过", "the time to return it is over" } },
        [FACT_REOPEN_OPEN] = { "reopen_open",
                               { "还在要求重办的期限内", "the time to have it taken up again is not over" },
                               { "要求重办的期限已过，可以重新反映", "the time to have it taken up again is over; report it anew" } },
        [FACT_MAY_REOPEN] = { "may_reopen",
                              { "还可以要求重办", "it may be taken up again" },
                              { "重办次数已用完或期限已过", "it was taken up again as often as it may be, or the time is over" } },
        [FACT_REVIEWED] = { "reviewed",
                            { "上级已经复核过", "a supervisor has looked at it" },
                            { "上级还没有复核", "no supervisor has looked at it" } },
        [FACT_CAUSE_ANSWERED] = { "cause_answered",
                                  { "同因事项已有答复", "the matter it was joined to is answered" },
                                  { "同因事项还没有答复", "the matter it was joined to is not answered yet" } },
        [FACT_RATED] = { "rated", { "已经评价过", "it has been rated" }, { "尚未评价", "it has not been rated" } },
};

const char *const form_type_words[FORM_TYPES] = { "text", "choice", "bool", "int", "instant" };
const char *const procedure_notify_words[NOTIFY_COUNT] = { "reporter", "lead", "desk", "next" };
const char *const procedure_told_words[TOLD_WAYS] = { "form", "reading", "posting" };
const char *const clock_kind_words[CLOCK_KINDS] = { "stage", "sign", "contact", "promised", "statutory" };
const char *const alarm_kind_words[ALARM_KINDS] = { "remind", "up" };

const struct procedure_record_word procedure_records[RECORD_COUNT] = {
        [RECORD_PLACEMENT] = { "placement", { "reason" }, true },
        [RECORD_ASSIGNMENT] = { "assignment", { "unit", "reason" }, true },
        [RECORD_CONFERENCE] = { "conference", { "text" }, true },
        [RECORD_CONTACT] = { "contact", { "channel", "time", "outcome" }, true },
        [RECORD_ANSWER] = { "answer", { "text" }, true },
        [RECORD_TOLD] = { "told", { "channel", "time" }, false },
        [RECORD_DECLINE] = { "decline", { "reason", "basis", "elsewhere" }, true },
        [RECORD_WITHDRAWAL] = { "withdrawal", { 0 }, false },
        [RECORD_NOTE] = { "note", { "text" }, false },
        [RECORD_RATING] = { "rating", { "solved", "satisfied" }, false },
        [RECORD_RETURN] = { "return", { "unit", "reason" }, true },
        [RECORD_UPHELD] = { "upheld", { "unit", "reason" }, true },
        [RECORD_OVERRULED] = { "overruled", { "reason" }, true },
        [RECORD_REOPENING] = { "reopening", { "text" }, false },
        [RECORD_APPEAL] = { "appeal", { "text" }, false },
        [RECORD_JOINING] = { "joining", { "cause", "reason" }, true },
        [RECORD_PARTING] = { "parting", { 0 }, false },
        [RECORD_FOLLOWING] = { "following", { "text" }, true },
};
