#include "duty/signpost.h"

const char danger_source[] =
        "国办发〔2020〕53号：110、119、120、122 等紧急热线不归并；北京市接诉即办工作条例 第十一条（一）、第二十九条";

/* 12356 is the national line for psychological help (国家卫生健康委, since 2025), 12110 the short-message alarm of the
 * police. */
const struct danger_kind danger_kinds[DANGERS] = {
        [DANGER_FIRE] = { "fire",
                          { "119" },
                          { "火情", "Fire" },
                          { "请先离开火场到安全处，立即拨打 119，说清地址和有无人员被困。",
                            "Leave first, then dial 119 from a safe place; say where, and whether anyone is "
                            "inside." } },
        [DANGER_GAS] = { "gas",
                         { "119" },
                         { "燃气泄漏", "Gas leak" },
                         { "不要开关电器、不要点火；能做到时关阀开窗，离开室内后再拨打 119 和燃气公司抢修电话。",
                           "Touch no switch and light nothing; close the valve and open windows if you safely can, go "
                           "outside, "
                           "then dial 119 and the gas company." } },
        [DANGER_EXPLOSION] = { "explosion",
                               { "119", "120" },
                               { "爆炸", "Explosion" },
                               { "请远离现场，立即拨打 119；有人受伤同时拨打 120。",
                                 "Keep away and dial 119 at once; 120 as well if anyone is hurt." } },
        [DANGER_CHEMICAL] = { "chemical",
                              { "119", "120" },
                              { "有毒有害物质泄漏", "Release of dangerous substances" },
                              { "请往上风方向撤离，立即拨打 119；有人中毒拨打 120。",
                                "Move away upwind and dial 119 at once; 120 if anyone is poisoned." } },
        [DANGER_COLLAPSE] = { "collapse",
                              { "119", "120" },
                              { "坍塌", "Collapse" },
                              { "请撤到安全处，立即拨打 119；有人被埋或受伤同时拨打 120。",
                                "Move to safety and dial 119 at once; 120 as well if anyone is buried or hurt." } },
        [DANGER_TRAPPED] = { "trapped",
                             { "119" },
                             { "人员被困", "People trapped" },
                             { "请立即拨打 119；困在电梯里请按紧急呼叫按钮，不要扒门。",
                               "Dial 119 at once; in a lift press the alarm button and do not force the doors." } },
        [DANGER_DROWNING] = { "drowning",
                              { "119", "110", "120" },
                              { "溺水落水", "Drowning" },
                              { "请立即拨打 119 或 110，并拨打 120；不会救援的人不要下水，可递竿、抛绳和救生圈。",
                                "Dial 119 or 110 at once, and 120; do not go in untrained: reach out a pole, throw a "
                                "rope or a ring." } },
        [DANGER_ELECTRIC] = { "electric",
                              { "120", "119" },
                              { "触电", "Electric shock" },
                              { "请先断开电源，不要用手直接拉人，立即拨打 120。",
                                "Cut the power first, do not touch the person with bare hands, and dial 120 at "
                                "once." } },
        [DANGER_SICK] = { "sick",
                          { "120" },
                          { "急病重伤", "Sudden illness or injury" },
                          { "请立即拨打 120，按调度员的指导急救，派人到路口接应。",
                            "Dial 120 at once, follow the dispatcher's instructions, and send someone to meet the "
                            "ambulance." } },
        [DANGER_CRASH] = { "crash",
                           { "122", "120" },
                           { "交通事故", "Traffic crash" },
                           { "有人受伤请立即拨打 120 和 122；打开警示灯，人员撤到路外。",
                             "If anyone is hurt dial 120 and 122 at once; switch on hazard lights and get everyone off "
                             "the road." } },
        [DANGER_VIOLENCE] = { "violence",
                              { "110", "120" },
                              { "正在发生的暴力", "Violence" },
                              { "请先到安全处，立即拨打 110；不便说话可发短信到 12110，有人受伤拨打 120。",
                                "Get to safety and dial 110 at once; if you cannot speak, text 12110; 120 if anyone is "
                                "hurt." } },
        [DANGER_SELF_HARM] = { "self_harm",
                               { "110", "120", "12356" },
                               { "轻生", "Life in danger" },
                               { "您或身边的人有生命危险时请立即拨打 110 或 120；想找人说说话，可拨打心理援助热线 "
                                 "12356。",
                                 "If a life is in danger dial 110 or 120 at once; to talk to someone, the "
                                 "psychological help line is 12356." } },
        [DANGER_MISSING] = { "missing",
                             { "110" },
                             { "人员走失", "Missing person" },
                             { "请立即拨打 110，不必等 24 小时；说清衣着、最后出现的时间和地点。",
                               "Dial 110 at once, there is no need to wait 24 hours; say what they wore, and when and "
                               "where last seen." } },
        [DANGER_HELP] = { "help",
                          { "110", "119", "120" },
                          { "紧急求救", "Call for help" },
                          { "生命正受威胁时请立即拨打 110、119 或 120。",
                            "If a life is in danger dial 110, 119 or 120 at once." } },
};

#define ART11(item) "北京市接诉即办工作条例 第十一条（" item "）"

const struct channel_kind channel_kinds[CHANNELS] = {
        [CHANNEL_COURT] = { "court",
                            2,
                            "12368",
                            { "人民法院诉讼服务", "Litigation service of the people's courts" },
                            { "诉讼、判决和执行由人民法院办理，可拨打 12368；法律咨询和援助可拨打 12348。",
                              "Lawsuits, judgments and their enforcement are for the courts: 12368; for legal advice "
                              "and aid: 12348." },
                            ART11("二"),
                            false },
        [CHANNEL_PROCURATORATE] = { "procuratorate",
                                    2,
                                    "12309",
                                    { "12309 检察服务中心", "Procuratorate service 12309" },
                                    { "检察监督、控告申诉和公益诉讼线索可向人民检察院反映，电话 12309。",
                                      "Supervision by the procuratorate, complaints to it and leads for "
                                      "public-interest suits: 12309." },
                                    ART11("二"),
                                    false },
        [CHANNEL_LABOUR_ARBITRATION] = { "labour_arbitration",
                                         2,
                                         "12333",
                                         { "劳动人事争议仲裁委员会", "Labour dispute arbitration" },
                                         { "劳动争议可先协商、调解，也可向劳动人事争议仲裁委员会申请仲裁，电话 "
                                           "12333；拖欠工资可同时在此反映。",
                                           "Labour disputes may be settled, mediated or taken to labour arbitration: "
                                           "12333; unpaid wages may be "
                                           "reported here as well." },
                                         ART11("二") "；劳动争议调解仲裁法 第五条",
                                         false },
        [CHANNEL_ARBITRATION] = { "arbitration",
                                  2,
                                  "",
                                  { "约定的仲裁委员会", "The arbitration commission agreed on" },
                                  { "已约定仲裁的合同纠纷由约定的仲裁委员会办理；法律咨询可拨打 12348。",
                                    "A contract dispute under an arbitration clause goes to the commission agreed on; "
                                    "legal advice: 12348." },
                                  ART11("二"),
                                  false },
        [CHANNEL_RECONSIDERATION] = { "reconsideration",
                                      2,
                                      "",
                                      { "行政复议机构（县级以上人民政府）",
                                        "Administrative reconsideration office of the government" },
                                      { "对行政行为不服，可在知道之日起六十日内向行政复议机关申请复议；法律咨询可拨打 "
                                        "12348。",
                                        "Against an administrative act you may apply for reconsideration within 60 "
                                        "days of learning of it; "
                                        "legal advice: 12348." },
                                      ART11("二") "；行政复议法 第二十条",
                                      false },
        [CHANNEL_PETITION] = { "petition",
                               2,
                               "",
                               { "国家信访局网上信访，或原受理的信访部门",
                                 "The National Public Complaints and Proposals Administration online, or the office "
                                 "that took the petition" },
                               { "已进入信访程序的事项由原受理机关办理，可在国家信访局网上信访平台查询进展和评价。",
                                 "A petition under way stays with the office that took it; its progress can be "
                                 "followed and rated on the "
                                 "national petition platform." },
                               ART11("二") "；信访工作条例 第二十一条",
                               false },
        [CHANNEL_DISCIPLINE] = { "discipline",
                                 2,
                                 "12388",
                                 { "纪检监察机关", "Discipline inspection and supervision" },
                                 { "反映党员、公职人员违纪和职务违法，可拨打 12388；材料不会转给被反映人。",
                                   "To report breaches of discipline or duty by party members or officials: 12388; "
                                   "what you send is not "
                                   "passed to the person reported." },
                                 ART11("二") "；信访工作条例 第三十条",
                                 false },
        [CHANNEL_JUSTICE_STAFF] = { "justice_staff",
                                    2,
                                    "12337",
                                    { "政法干警违纪违法举报平台 12337",
                                      "Reports on police, court and procuratorate staff 12337" },
                                    { "反映政法干警违纪违法可用 12337；公安民警另有 12389。",
                                      "To report misconduct of police, court, procuratorate or prison staff: 12337; "
                                      "for police also 12389." },
                                    ART11("二"),
                                    false },
        [CHANNEL_POLICE_CASE] = { "police_case",
                                  2,
                                  "110",
                                  { "公安机关", "The police" },
                                  { "报案和案件进展由公安机关办理；正在发生的请立即拨打 110。",
                                    "Reporting a crime, and how a case stands, is for the police; if it is happening "
                                    "now dial 110." },
                                  ART11("二"),
                                  false },
        [CHANNEL_DISCLOSURE] = { "disclosure",
                                 2,
                                 "",
                                 { "该行政机关的政府信息公开工作机构",
                                   "The information disclosure office of that organ" },
                                 { "申请公开政府信息，请向制作或保存它的行政机关提出，二十个工作日内答复。",
                                   "Apply for government information to the organ that made or keeps it; it answers "
                                   "within 20 working days." },
                                 "政府信息公开条例 第二十七条、第三十三条；" ART11("二"),
                                 false },
        [CHANNEL_ANSWERED] = { "answered",
                               3,
                               "",
                               { "原承办单位", "The unit that handles or handled it" },
                               { "正在办理或已办结且没有新情况的，告知进展或结果；有新情况可以补充。",
                                 "If it is being handled, or was and nothing is new, you are told how it stands; "
                                 "anything new can be added." },
                               ART11("三"),
                               true },
        [CHANNEL_SECRETS] = { "secrets",
                              4,
                              "12339",
                              { "保密、国家安全机关", "State secrecy and state security organs" },
                              { "请勿在此填写国家秘密和商业秘密；危害国家安全的线索可拨打 12339。",
                                "Please write no state or business secrets here; leads on threats to state security: "
                                "12339." },
                              ART11("四"),
                              false },
        [CHANNEL_PRIVACY] = { "privacy",
                              4,
                              "12377",
                              { "网信部门", "Cyberspace administration" },
                              { "请勿填写他人隐私；个人信息在网上被泄露、侵害，可向网信部门举报 12377，涉嫌犯罪的报警 "
                                "110。",
                                "Please write nothing private about others; personal data leaked or abused online: "
                                "12377, a crime: 110." },
                              ART11("四"),
                              false },
        [CHANNEL_MARKET] = { "market",
                             5,
                             "",
                             { "市场或社会服务，必要时转行业主管部门",
                               "Market or social services, or the supervising department" },
                             { "不属于政府职责的，引导到市场或社会渠道，可以转行业主管部门。",
                               "What is not a public duty is pointed to market or social services, and may be passed "
                               "to the supervisor." },
                             ART11("五"),
                             true },
        [CHANNEL_MORALS] = { "morals",
                             6,
                             "",
                             { "由工作人员说明", "A member of staff explains" },
                             { "违反法律法规或公序良俗的请求，由工作人员说明并劝导。",
                               "A request against the law or good morals is explained and advised on by a member of "
                               "staff." },
                             ART11("六"),
                             true },
};

enum danger danger_of(struct str code)
{
        int i = 0;
        while (i < DANGERS && !str_is(code, danger_kinds[i].code))
                i++;
        return (enum danger)i;
}

enum channel channel_of(struct str code)
{
        int i = 0;
        while (i < CHANNELS && !str_is(code, channel_kinds[i].code))
                i++;
        return (enum channel)i;
}
