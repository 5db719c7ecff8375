#include "duty/inner/sign_words.h"

/* One line of the table; see enum sign_role. */
#define S(w, k)                                                                                                        \
        {                                                                                                              \
                w, SIGN_STRONG, k                                                                                      \
        }
#define W(w, k)                                                                                                        \
        {                                                                                                              \
                w, SIGN_WEAK, k                                                                                        \
        }
#define C(w, k)                                                                                                        \
        {                                                                                                              \
                w, SIGN_CHANNEL, k                                                                                     \
        }
#define H(w)                                                                                                           \
        {                                                                                                              \
                w, SIGN_HARMLESS, 0                                                                                    \
        }
#define U(w)                                                                                                           \
        {                                                                                                              \
                w, SIGN_URGENT, 0                                                                                      \
        }
#define B(w)                                                                                                           \
        {                                                                                                              \
                w, SIGN_BEFORE, 0                                                                                      \
        }
#define R(w)                                                                                                           \
        {                                                                                                              \
                w, SIGN_AROUND, 0                                                                                      \
        }
#define A(w)                                                                                                           \
        {                                                                                                              \
                w, SIGN_AFTER, 0                                                                                       \
        }

/* clang-format off */
const struct sign_word sign_words[] = {
        /* fire */
        W("火势", DANGER_FIRE),
        S("着火了", DANGER_FIRE), S("起火了", DANGER_FIRE), S("失火了", DANGER_FIRE), S("着了火", DANGER_FIRE),
        S("起了火", DANGER_FIRE), S("起大火", DANGER_FIRE),
        S("火光冲天", DANGER_FIRE), S("烧起来了", DANGER_FIRE), S("着起来了", DANGER_FIRE), S("冒烟了", DANGER_FIRE),
        S("冒浓烟", DANGER_FIRE), S("正在着火", DANGER_FIRE), S("正在起火", DANGER_FIRE), S("大火蔓延", DANGER_FIRE),
        S("扑不灭", DANGER_FIRE), S("火扑不", DANGER_FIRE), S("is on fire", DANGER_FIRE),
        S("caught fire", DANGER_FIRE), S("fire broke out", DANGER_FIRE), S("house is burning", DANGER_FIRE),
        S("car is burning", DANGER_FIRE), S("in flames", DANGER_FIRE), W("着火", DANGER_FIRE),
        W("起火", DANGER_FIRE), W("失火", DANGER_FIRE), W("火灾", DANGER_FIRE), W("大火", DANGER_FIRE),
        W("fire", DANGER_FIRE),
        /* gas */
        S("燃气泄漏", DANGER_GAS), S("煤气泄漏", DANGER_GAS), S("天然气泄漏", DANGER_GAS), S("液化气泄漏", DANGER_GAS),
        S("燃气泄露", DANGER_GAS), S("煤气泄露", DANGER_GAS), S("天然气泄露", DANGER_GAS), S("液化气泄露", DANGER_GAS),
        S("燃气漏气", DANGER_GAS), S("煤气漏气", DANGER_GAS), S("天然气漏气", DANGER_GAS), S("漏煤气", DANGER_GAS),
        S("漏天然气", DANGER_GAS), S("漏燃气", DANGER_GAS), S("漏液化气", DANGER_GAS), S("煤气味", DANGER_GAS),
        S("燃气味", DANGER_GAS), S("天然气味", DANGER_GAS), S("液化气味", DANGER_GAS), S("闻到煤气", DANGER_GAS),
        S("闻到燃气", DANGER_GAS), S("闻到天然气", DANGER_GAS), S("煤气罐漏", DANGER_GAS), S("煤气管漏", DANGER_GAS),
        S("燃气管漏", DANGER_GAS), S("燃气管道漏", DANGER_GAS), S("煤气管道漏", DANGER_GAS), S("天然气管漏", DANGER_GAS),
        S("天然气管道漏", DANGER_GAS), S("燃气管道被挖断", DANGER_GAS), S("燃气管被挖断", DANGER_GAS), S("燃气管线被挖断", DANGER_GAS),
        S("gas leak", DANGER_GAS), S("gas is leaking", DANGER_GAS), S("smell gas", DANGER_GAS),
        S("smell of gas", DANGER_GAS), S("gas smell", DANGER_GAS), S("leaking gas", DANGER_GAS),
        /* explosion */
        W("炸了", DANGER_EXPLOSION),
        S("爆炸了", DANGER_EXPLOSION), S("发生爆炸", DANGER_EXPLOSION),
        S("爆燃", DANGER_EXPLOSION), S("闪爆", DANGER_EXPLOSION), S("there was an explosion", DANGER_EXPLOSION),
        S("exploded", DANGER_EXPLOSION), S("has exploded", DANGER_EXPLOSION), W("爆炸", DANGER_EXPLOSION),
        W("explosion", DANGER_EXPLOSION),
        /* chemical */
        S("氨气泄漏", DANGER_CHEMICAL), S("氯气泄漏", DANGER_CHEMICAL), S("液氨泄漏", DANGER_CHEMICAL),
        S("液氯泄漏", DANGER_CHEMICAL), S("化学品泄漏", DANGER_CHEMICAL), S("危化品泄漏", DANGER_CHEMICAL),
        S("毒气泄漏", DANGER_CHEMICAL), S("油罐车泄漏", DANGER_CHEMICAL), S("有毒气体泄漏", DANGER_CHEMICAL),
        S("化学品泄露", DANGER_CHEMICAL), S("氨气泄露", DANGER_CHEMICAL), S("chemical spill", DANGER_CHEMICAL),
        S("chemical leak", DANGER_CHEMICAL), S("toxic gas", DANGER_CHEMICAL),
        /* collapse */
        S("楼塌了", DANGER_COLLAPSE), S("房塌了", DANGER_COLLAPSE), S("房子塌了", DANGER_COLLAPSE),
        S("屋顶塌了", DANGER_COLLAPSE), S("墙塌了", DANGER_COLLAPSE), S("围墙塌了", DANGER_COLLAPSE),
        S("脚手架塌了", DANGER_COLLAPSE), S("塔吊倒", DANGER_COLLAPSE), S("被埋", DANGER_COLLAPSE),
        S("埋在下面", DANGER_COLLAPSE), S("压在下面", DANGER_COLLAPSE), S("压在里面", DANGER_COLLAPSE),
        S("坍塌了", DANGER_COLLAPSE), S("垮塌了", DANGER_COLLAPSE), S("倒塌了", DANGER_COLLAPSE),
        S("building collapsed", DANGER_COLLAPSE), S("roof collapsed", DANGER_COLLAPSE),
        S("wall collapsed", DANGER_COLLAPSE), S("buried under", DANGER_COLLAPSE), W("坍塌", DANGER_COLLAPSE),
        W("倒塌", DANGER_COLLAPSE), W("垮塌", DANGER_COLLAPSE), W("塌方", DANGER_COLLAPSE),
        W("collapsed", DANGER_COLLAPSE),
        /* trapped */
        S("被困电梯", DANGER_TRAPPED), S("困在电梯", DANGER_TRAPPED), S("困电梯", DANGER_TRAPPED),
        S("关在电梯", DANGER_TRAPPED), S("电梯困人", DANGER_TRAPPED), S("电梯关人", DANGER_TRAPPED),
        S("有人被困", DANGER_TRAPPED), S("被困在", DANGER_TRAPPED), S("困在里面", DANGER_TRAPPED),
        S("困在车里", DANGER_TRAPPED), S("出不来了", DANGER_TRAPPED), S("被锁在", DANGER_TRAPPED),
        S("trapped in", DANGER_TRAPPED), S("people trapped", DANGER_TRAPPED),
        S("stuck in the lift", DANGER_TRAPPED), S("stuck in the elevator", DANGER_TRAPPED),
        S("stuck in a lift", DANGER_TRAPPED), S("stuck in an elevator", DANGER_TRAPPED),
        S("stuck inside", DANGER_TRAPPED), W("被困", DANGER_TRAPPED), W("困人", DANGER_TRAPPED),
        W("trapped", DANGER_TRAPPED),
        /* drowning */
        S("有人落水", DANGER_DROWNING), S("有人溺水", DANGER_DROWNING), S("溺水了", DANGER_DROWNING),
        S("落水了", DANGER_DROWNING), S("掉进河", DANGER_DROWNING), S("掉到河", DANGER_DROWNING),
        S("掉河里", DANGER_DROWNING), S("掉进湖", DANGER_DROWNING), S("掉进水", DANGER_DROWNING),
        S("掉水里", DANGER_DROWNING), S("掉进井", DANGER_DROWNING), S("掉井里", DANGER_DROWNING),
        S("掉到井", DANGER_DROWNING), S("掉进窨井", DANGER_DROWNING), S("掉进下水道", DANGER_DROWNING),
        S("掉进化粪池", DANGER_DROWNING), S("坠河", DANGER_DROWNING), S("坠井", DANGER_DROWNING),
        S("is drowning", DANGER_DROWNING), S("drowning", DANGER_DROWNING),
        S("fell into the river", DANGER_DROWNING), S("fell in the water", DANGER_DROWNING),
        S("fell into the lake", DANGER_DROWNING), W("溺水", DANGER_DROWNING), W("落水", DANGER_DROWNING),
        /* electric */
        S("触电了", DANGER_ELECTRIC), S("有人触电", DANGER_ELECTRIC), S("被电倒", DANGER_ELECTRIC),
        S("电倒了", DANGER_ELECTRIC), S("被电击", DANGER_ELECTRIC), S("被电到", DANGER_ELECTRIC),
        S("electrocuted", DANGER_ELECTRIC), S("electric shock", DANGER_ELECTRIC), W("触电", DANGER_ELECTRIC),
        W("漏电", DANGER_ELECTRIC),
        /* sick */
        S("心脏病发作", DANGER_SICK), S("心脏骤停", DANGER_SICK), S("没有呼吸", DANGER_SICK), S("没呼吸", DANGER_SICK),
        S("停止呼吸", DANGER_SICK), W("呼吸困难", DANGER_SICK), S("昏迷不醒", DANGER_SICK), S("晕倒了", DANGER_SICK),
        S("昏倒了", DANGER_SICK), S("晕过去", DANGER_SICK), S("昏过去", DANGER_SICK), S("倒地不起", DANGER_SICK),
        S("大出血", DANGER_SICK), S("口吐白沫", DANGER_SICK), S("心梗发作", DANGER_SICK), S("煤气中毒", DANGER_SICK),
        S("一氧化碳中毒", DANGER_SICK), S("喝农药", DANGER_SICK), S("喝了农药", DANGER_SICK), S("快要生了", DANGER_SICK),
        S("羊水破", DANGER_SICK), S("heart attack", DANGER_SICK), S("not breathing", DANGER_SICK),
        S("unconscious", DANGER_SICK), S("having a stroke", DANGER_SICK), S("collapsed and", DANGER_SICK),
        S("cannot breathe", DANGER_SICK), S("can't breathe", DANGER_SICK), W("昏迷", DANGER_SICK),
        W("晕倒", DANGER_SICK), W("昏倒", DANGER_SICK), W("休克", DANGER_SICK), W("抽搐", DANGER_SICK),
        W("中毒", DANGER_SICK), W("心肌梗", DANGER_SICK),
        /* crash */
        S("出车祸了", DANGER_CRASH), S("发生车祸了", DANGER_CRASH), S("撞车了", DANGER_CRASH), S("撞人了", DANGER_CRASH),
        S("有人被撞", DANGER_CRASH), S("被车撞倒", DANGER_CRASH), S("被撞飞", DANGER_CRASH), S("翻车了", DANGER_CRASH),
        S("车翻了", DANGER_CRASH), S("连环追尾", DANGER_CRASH), S("car crash", DANGER_CRASH),
        S("hit by a car", DANGER_CRASH), S("hit by a truck", DANGER_CRASH),
        S("car accident with", DANGER_CRASH), W("车祸", DANGER_CRASH), W("被车撞", DANGER_CRASH),
        W("撞伤", DANGER_CRASH), W("撞死", DANGER_CRASH), W("翻车", DANGER_CRASH),
        /* violence */
        S("正在打人", DANGER_VIOLENCE), S("正在打架", DANGER_VIOLENCE), S("在打人", DANGER_VIOLENCE),
        S("在打架", DANGER_VIOLENCE), S("打起来了", DANGER_VIOLENCE), S("持刀伤人", DANGER_VIOLENCE),
        S("持刀砍", DANGER_VIOLENCE), S("拿刀砍", DANGER_VIOLENCE), S("拿刀捅", DANGER_VIOLENCE),
        S("持刀", DANGER_VIOLENCE), S("砍人", DANGER_VIOLENCE), S("捅人", DANGER_VIOLENCE), S("捅伤", DANGER_VIOLENCE),
        S("砍伤", DANGER_VIOLENCE), S("杀人了", DANGER_VIOLENCE), S("要杀人", DANGER_VIOLENCE),
        S("要砍人", DANGER_VIOLENCE), S("正在抢劫", DANGER_VIOLENCE), S("正在家暴", DANGER_VIOLENCE),
        S("被绑架", DANGER_VIOLENCE), S("被劫持", DANGER_VIOLENCE), S("打死人", DANGER_VIOLENCE),
        S("正在殴打", DANGER_VIOLENCE), S("being beaten", DANGER_VIOLENCE), S("being attacked", DANGER_VIOLENCE),
        S("stabbed", DANGER_VIOLENCE), S("with a knife", DANGER_VIOLENCE), S("has a gun", DANGER_VIOLENCE),
        S("beating his wife", DANGER_VIOLENCE), W("打人", DANGER_VIOLENCE), W("打架", DANGER_VIOLENCE),
        W("斗殴", DANGER_VIOLENCE), W("家暴", DANGER_VIOLENCE), W("家庭暴力", DANGER_VIOLENCE),
        W("抢劫", DANGER_VIOLENCE), W("杀人", DANGER_VIOLENCE), W("殴打", DANGER_VIOLENCE),
        W("打我", DANGER_VIOLENCE), W("打老婆", DANGER_VIOLENCE), W("打孩子", DANGER_VIOLENCE), W("打小孩", DANGER_VIOLENCE),
        W("打妈妈", DANGER_VIOLENCE), W("打老人", DANGER_VIOLENCE), W("打伤", DANGER_VIOLENCE), W("虐待", DANGER_VIOLENCE),
        W("hits me", DANGER_VIOLENCE), W("beats me", DANGER_VIOLENCE), W("hit me", DANGER_VIOLENCE),
        W("beat me", DANGER_VIOLENCE), W("hits her", DANGER_VIOLENCE), W("beats her", DANGER_VIOLENCE),
        W("domestic violence", DANGER_VIOLENCE), W("fighting", DANGER_VIOLENCE), W("robbery", DANGER_VIOLENCE),
        /* self_harm */
        S("想自杀", DANGER_SELF_HARM), S("要自杀", DANGER_SELF_HARM), S("正在自杀", DANGER_SELF_HARM),
        S("有人自杀", DANGER_SELF_HARM), S("想跳楼", DANGER_SELF_HARM), S("要跳楼", DANGER_SELF_HARM),
        S("有人跳楼", DANGER_SELF_HARM), S("正要跳", DANGER_SELF_HARM), S("要跳下", DANGER_SELF_HARM),
        S("想跳河", DANGER_SELF_HARM), S("要跳河", DANGER_SELF_HARM), S("有人跳河", DANGER_SELF_HARM),
        S("不想活", DANGER_SELF_HARM), S("活不下去了", DANGER_SELF_HARM), S("割腕", DANGER_SELF_HARM),
        S("轻生", DANGER_SELF_HARM), S("结束生命", DANGER_SELF_HARM), S("结束自己", DANGER_SELF_HARM),
        S("寻短见", DANGER_SELF_HARM), S("上吊", DANGER_SELF_HARM), S("烧炭", DANGER_SELF_HARM),
        S("安眠药自", DANGER_SELF_HARM), S("kill myself", DANGER_SELF_HARM), S("killing myself", DANGER_SELF_HARM),
        S("suicidal", DANGER_SELF_HARM), S("suicide", DANGER_SELF_HARM), S("end my life", DANGER_SELF_HARM),
        S("want to die", DANGER_SELF_HARM), S("jump off", DANGER_SELF_HARM), W("自杀", DANGER_SELF_HARM),
        W("跳楼", DANGER_SELF_HARM), W("跳河", DANGER_SELF_HARM), W("服毒", DANGER_SELF_HARM),
        /* missing */
        S("孩子丢了", DANGER_MISSING), S("小孩丢了", DANGER_MISSING), S("孩子不见了", DANGER_MISSING),
        S("小孩不见了", DANGER_MISSING), S("孩子走丢", DANGER_MISSING), S("小孩走丢", DANGER_MISSING),
        S("孩子走失", DANGER_MISSING), S("小孩走失", DANGER_MISSING), S("老人走失", DANGER_MISSING),
        S("老人走丢", DANGER_MISSING), S("老人不见了", DANGER_MISSING), S("孩子被抱走", DANGER_MISSING),
        S("被拐走", DANGER_MISSING), S("抢孩子", DANGER_MISSING), S("抢小孩", DANGER_MISSING),
        S("child is missing", DANGER_MISSING), S("child missing", DANGER_MISSING),
        S("missing child", DANGER_MISSING), S("kidnapped", DANGER_MISSING), W("走失", DANGER_MISSING),
        W("失踪", DANGER_MISSING), W("走丢", DANGER_MISSING), W("missing person", DANGER_MISSING),
        /* help */
        S("救命啊", DANGER_HELP), S("快救人", DANGER_HELP), S("快来救人", DANGER_HELP), S("来人啊", DANGER_HELP),
        S("快来救", DANGER_HELP), W("救命", DANGER_HELP), W("help me", DANGER_HELP),
        /* another door: court */
        C("起诉", CHANNEL_COURT), C("诉讼", CHANNEL_COURT), C("打官司", CHANNEL_COURT), C("法院判决", CHANNEL_COURT),
        C("判决书", CHANNEL_COURT), C("不服判决", CHANNEL_COURT), C("一审", CHANNEL_COURT), C("二审", CHANNEL_COURT),
        C("上诉", CHANNEL_COURT), C("再审", CHANNEL_COURT), C("开庭", CHANNEL_COURT), C("立案庭", CHANNEL_COURT),
        C("强制执行", CHANNEL_COURT), C("执行难", CHANNEL_COURT), C("执行局", CHANNEL_COURT), C("失信被执行人", CHANNEL_COURT),
        C("老赖", CHANNEL_COURT), C("法院执行", CHANNEL_COURT), C("法院不立案", CHANNEL_COURT), C("法官", CHANNEL_COURT),
        C("lawsuit", CHANNEL_COURT), C("court judgment", CHANNEL_COURT), C("court order", CHANNEL_COURT),
        C("sued", CHANNEL_COURT), C("suing", CHANNEL_COURT), C("litigation", CHANNEL_COURT),
        /* another door: procuratorate */
        C("检察院", CHANNEL_PROCURATORATE), C("抗诉", CHANNEL_PROCURATORATE), C("公益诉讼", CHANNEL_PROCURATORATE),
        C("检察官", CHANNEL_PROCURATORATE), C("procuratorate", CHANNEL_PROCURATORATE),
        /* another door: labour arbitration */
        C("劳动仲裁", CHANNEL_LABOUR_ARBITRATION), C("劳动争议仲裁", CHANNEL_LABOUR_ARBITRATION),
        C("劳动人事争议", CHANNEL_LABOUR_ARBITRATION), C("仲裁庭", CHANNEL_LABOUR_ARBITRATION),
        C("仲裁裁决", CHANNEL_LABOUR_ARBITRATION), C("申请仲裁", CHANNEL_LABOUR_ARBITRATION),
        C("labour arbitration", CHANNEL_LABOUR_ARBITRATION), C("labor arbitration", CHANNEL_LABOUR_ARBITRATION),
        /* another door: arbitration */
        C("仲裁委", CHANNEL_ARBITRATION), C("仲裁委员会", CHANNEL_ARBITRATION), C("商事仲裁", CHANNEL_ARBITRATION),
        C("仲裁协议", CHANNEL_ARBITRATION), C("仲裁条款", CHANNEL_ARBITRATION),
        C("commercial arbitration", CHANNEL_ARBITRATION),
        /* another door: reconsideration */
        C("行政复议", CHANNEL_RECONSIDERATION), C("复议决定", CHANNEL_RECONSIDERATION),
        C("申请复议", CHANNEL_RECONSIDERATION), C("复议机关", CHANNEL_RECONSIDERATION),
        C("administrative reconsideration", CHANNEL_RECONSIDERATION),
        /* another door: petition */
        C("信访件", CHANNEL_PETITION), C("信访事项", CHANNEL_PETITION), C("信访局", CHANNEL_PETITION),
        C("信访办", CHANNEL_PETITION), C("信访答复", CHANNEL_PETITION), C("上访", CHANNEL_PETITION),
        C("越级访", CHANNEL_PETITION), C("正在信访", CHANNEL_PETITION), C("已信访", CHANNEL_PETITION),
        C("网上信访", CHANNEL_PETITION), C("信访复查", CHANNEL_PETITION), C("信访复核", CHANNEL_PETITION),
        C("三级终结", CHANNEL_PETITION), C("petition office", CHANNEL_PETITION),
        C("petition under way", CHANNEL_PETITION),
        /* another door: discipline */
        C("贪污", CHANNEL_DISCIPLINE), C("受贿", CHANNEL_DISCIPLINE), C("行贿", CHANNEL_DISCIPLINE),
        C("索贿", CHANNEL_DISCIPLINE), C("贿赂", CHANNEL_DISCIPLINE), C("腐败", CHANNEL_DISCIPLINE),
        C("以权谋私", CHANNEL_DISCIPLINE), C("违纪", CHANNEL_DISCIPLINE), C("中饱私囊", CHANNEL_DISCIPLINE),
        C("侵吞公款", CHANNEL_DISCIPLINE), C("挪用公款", CHANNEL_DISCIPLINE), C("公款吃喝", CHANNEL_DISCIPLINE),
        C("优亲厚友", CHANNEL_DISCIPLINE), C("纪委", CHANNEL_DISCIPLINE), C("纪检", CHANNEL_DISCIPLINE),
        C("监委", CHANNEL_DISCIPLINE), C("双规", CHANNEL_DISCIPLINE), C("留置", CHANNEL_DISCIPLINE),
        C("巡视组", CHANNEL_DISCIPLINE), C("巡察组", CHANNEL_DISCIPLINE), C("吃拿卡要", CHANNEL_DISCIPLINE),
        C("贪官", CHANNEL_DISCIPLINE), C("保护伞", CHANNEL_DISCIPLINE), C("bribe", CHANNEL_DISCIPLINE),
        C("bribery", CHANNEL_DISCIPLINE), C("corrupt", CHANNEL_DISCIPLINE), C("corruption", CHANNEL_DISCIPLINE),
        C("embezzled", CHANNEL_DISCIPLINE), C("embezzlement", CHANNEL_DISCIPLINE),
        /* another door: justice staff */
        C("法官受贿", CHANNEL_JUSTICE_STAFF), C("法官枉法", CHANNEL_JUSTICE_STAFF), C("枉法裁判", CHANNEL_JUSTICE_STAFF),
        C("警察打人", CHANNEL_JUSTICE_STAFF), C("民警打人", CHANNEL_JUSTICE_STAFF), C("警察不作为", CHANNEL_JUSTICE_STAFF),
        C("民警不作为", CHANNEL_JUSTICE_STAFF), C("派出所不作为", CHANNEL_JUSTICE_STAFF),
        C("派出所不立案", CHANNEL_JUSTICE_STAFF), C("刑讯逼供", CHANNEL_JUSTICE_STAFF),
        C("police misconduct", CHANNEL_JUSTICE_STAFF),
        /* another door: police case */
        C("报案", CHANNEL_POLICE_CASE), C("不予立案", CHANNEL_POLICE_CASE), C("立案侦查", CHANNEL_POLICE_CASE),
        C("案件进展", CHANNEL_POLICE_CASE), C("破案", CHANNEL_POLICE_CASE), C("笔录", CHANNEL_POLICE_CASE),
        C("被诈骗", CHANNEL_POLICE_CASE), C("被骗", CHANNEL_POLICE_CASE), C("电信诈骗", CHANNEL_POLICE_CASE),
        C("盗窃", CHANNEL_POLICE_CASE), C("被偷", CHANNEL_POLICE_CASE), C("刑事案件", CHANNEL_POLICE_CASE),
        C("stolen", CHANNEL_POLICE_CASE), C("robbed", CHANNEL_POLICE_CASE), C("scammed", CHANNEL_POLICE_CASE),
        C("burglary", CHANNEL_POLICE_CASE),
        /* another door: disclosure */
        C("政府信息公开", CHANNEL_DISCLOSURE), C("依申请公开", CHANNEL_DISCLOSURE), C("申请公开", CHANNEL_DISCLOSURE),
        C("信息公开申请", CHANNEL_DISCLOSURE), C("公开申请", CHANNEL_DISCLOSURE),
        C("freedom of information", CHANNEL_DISCLOSURE), C("information disclosure", CHANNEL_DISCLOSURE),
        /* another door: secrets */
        C("国家秘密", CHANNEL_SECRETS), C("国家机密", CHANNEL_SECRETS), C("机密文件", CHANNEL_SECRETS),
        C("绝密", CHANNEL_SECRETS), C("涉密", CHANNEL_SECRETS), C("泄密", CHANNEL_SECRETS), C("间谍", CHANNEL_SECRETS),
        C("商业秘密", CHANNEL_SECRETS), C("state secret", CHANNEL_SECRETS), C("state secrets", CHANNEL_SECRETS),
        C("trade secret", CHANNEL_SECRETS), C("espionage", CHANNEL_SECRETS),
        /* another door: privacy */
        C("个人隐私", CHANNEL_PRIVACY), C("侵犯隐私", CHANNEL_PRIVACY), C("泄露隐私", CHANNEL_PRIVACY),
        C("个人信息泄露", CHANNEL_PRIVACY), C("泄露个人信息", CHANNEL_PRIVACY), C("泄露我的信息", CHANNEL_PRIVACY),
        C("偷拍", CHANNEL_PRIVACY), C("人肉搜索", CHANNEL_PRIVACY), C("invasion of privacy", CHANNEL_PRIVACY),
        C("personal data leak", CHANNEL_PRIVACY),
        /* harmless compounds */
        H("一起火"),
        H("被埋入"), H("被埋没"), H("减轻生"), H("年轻生"), H("轻生产"), H("轻生活"), H("玩失踪"), H("三上吊"), H("要炸了"), H("道德绑架"), H("贫困人"), H("特困人"),
        H("消防通道"), H("消防车通道"), H("消防设施"), H("消防设备"), H("消防栓"), H("消火栓"), H("消防器材"), H("消防安全"), H("消防隐患"),
        H("消防演练"), H("消防验收"), H("消防队"), H("消防"), H("灭火器"), H("灭火"), H("火灾隐患"), H("火灾报警"), H("火灾自动报警"),
        H("火灾风险"), H("火灾危险"), H("火灾保险"), H("火灾扑救"), H("火灾责任"), H("着火点"), H("着火源"), H("起火点"), H("起火原因"),
        H("起火锅"), H("起火车"), H("大火锅"), H("大火车"), H("大火腿"), H("对不起"), H("火车"), H("火锅"), H("防火"), H("防火墙"),
        H("着急"), H("易燃易爆"), H("爆炸物"), H("爆炸品"), H("爆炸性"), H("爆炸式"), H("信息爆炸"), H("人口爆炸"), H("知识爆炸"),
        H("气炸了"), H("肺都炸了"), H("炸了锅"), H("爆炸危险"), H("煤气费"), H("燃气费"), H("煤气公司"), H("燃气公司"), H("燃气泄漏报警器"),
        H("燃气泄漏报警"), H("燃气报警器"), H("漏电保护"), H("漏电保护器"), H("漏电开关"), H("漏电保护开关"), H("触电保护"), H("防触电"), H("漏电断路器"),
        H("落水管"), H("雨落水管"), H("落水口"), H("落水洞"), H("落水斗"), H("下落水"), H("段落水平"), H("防溺水"), H("院落水"), H("村落水"),
        H("部落水"), H("角落水"), H("坠落水"), H("天塌了"), H("天塌下来"), H("塌方式"), H("困扰"), H("被困扰"), H("困难"), H("贫困"),
        H("被困难"), H("困人心"), H("困在心"), H("中毒性"), H("食物中毒事件"), H("中毒事件"), H("防中毒"), H("跳楼价"), H("跳楼机"), H("跳楼甩卖"),
        H("跳楼大甩卖"), H("自杀式"), H("救命稻草"), H("救命钱"), H("救命药"), H("救命恩人"), H("救命之恩"), H("救命的钱"), H("救命线"),
        H("救命通道"), H("生命通道"), H("杀人放火"), H("杀人犯"), H("杀人越货"), H("杀人不见血"), H("逼死人"), H("打人脸"), H("拨打人"),
        H("拨打人工"),
        H("打我电话"), H("打我的电话"), H("打我手机"), H("打我的手机"), H("打我们电话"), H("打我号码"), H("打我座机"), H("拨打我"), H("打我脸"),
        H("打孩子电话"), H("打老人电话"), H("打老人机"), H("打老人卡"), H("打伤害"), H("虐待动物"), H("虐待流浪"),
        H("打人工"), H("打人民"), H("打人社"), H("打人力"), H("打人大"), H("殴打民警"), H("打架子"), H("车祸现场"),
        H("反家庭暴力法"), H("反家暴法"), H("反家暴"), H("反家庭暴力"), H("家暴告诫书"), H("安全出口"), H("呼吸困难户"), H("上吊牌"), H("马上吊"),
        H("车上吊"), H("楼上吊"), H("身上吊"), H("墙上吊"), H("上吊灯"), H("上吊顶"), H("会上吊"), H("网上吊"), H("持刀具"), H("拿刀具"),
        H("维持刀"), H("保持刀"), H("支持刀"), H("坚持刀"), H("烧炭火"), H("烧炭烤"), H("烧炭炉"), H("烧炭窑"), H("热线"), H("火势头"),
        H("来人啊呀"), H("fire lane"), H("fire lanes"), H("fire station"), H("fire hydrant"),
        H("fire extinguisher"), H("fire alarm"), H("fire door"), H("fire exit"), H("fire escape"),
        H("fire truck"), H("fire engine"), H("fire safety"), H("fire department"), H("fire drill"),
        H("fire hazard"), H("fire brigade"), H("fire insurance"), H("fire code"), H("fire pit"), H("fireworks"),
        H("drowning in"), H("drowning out"), H("heart attack risk"), H("suicide prevention"), H("fighting for"),
        H("纪委书记信箱"), H("法院路"), H("检察院路"), H("检察院宿舍"), H("法院宿舍"), H("检察院小区"), H("法院小区"), H("纪检组长信箱"), H("信访回复"),
        H("反腐败"), H("推行贿"), H("一审批"), H("二审批"),
        /* urgency */
        U("马上派"), U("赶快派"), U("赶紧派"), U("尽快派人"),
        U("流血"), U("满身是血"), U("求救"),
        U("正在"), U("刚刚"), U("刚才"), U("现在"), U("此刻"), U("目前还在"), U("快来"), U("快点来"), U("赶快来"), U("马上来"), U("赶紧来"),
        U("快派"), U("速来"), U("速派"), U("紧急"), U("十万火急"), U("快点派"), U("有人受伤"), U("有人被埋"), U("压住"),
        U("right now"), U("just now"), U("hurry"), U("urgent"), U("emergency"), U("please come"),
        U("at this moment"),
        /* before a word of danger: a fear, a rule, the past, a figure of speech */
        B("试想"), B("数次"), B("有时"), B("随时"), B("早已"), B("庆幸"), B("没有发生"), B("未发生"), B("没发生"), B("觉得"), B("熏得"),
        B("防"), B("防止"), B("预防"), B("避免"), B("以免"), B("免得"), B("谨防"), B("严防"), B("防范"), B("杜绝"), B("万一"),
        B("一旦"), B("如果"), B("假如"), B("假设"), B("要是"), B("若是"), B("倘若"), B("若"), B("容易"), B("极易"), B("很易"),
        B("易"), B("可能"), B("会不会"), B("怕"), B("害怕"), B("担心"), B("恐怕"), B("唯恐"), B("生怕"), B("潜在"), B("曾经"),
        B("曾"), B("以前"), B("之前"), B("从前"), B("去年"), B("前年"), B("前几年"), B("上个月"), B("上月"), B("上周"), B("上次"),
        B("往年"), B("当年"), B("那年"), B("年前"), B("月前"), B("天前"), B("小时候"),
        B("每次"), B("每年"), B("历史上"), B("据说"), B("听说"), B("新闻"), B("类似"), B("差点"),
        B("险些"), B("几乎"), B("模拟"), B("会导致"), B("易导致"), B("将导致"), B("会引发"), B("会引起"), B("易引发"),
        B("会造成"), B("易造成"), B("导致"), B("造成"), B("引发"), B("引起"), B("等到"), B("非要等"), B("难道"), B("像"), B("就像"),
        B("如同"), B("好像"), B("仿佛"), B("逼"), B("威胁"), B("扬言"), B("涉嫌"), B("因为"), B("由于"), B("因"), B("0年"),
        B("1年"), B("2年"), B("3年"), B("4年"), B("5年"), B("6年"), B("7年"), B("8年"), B("9年"), B("月份"), B("if"),
        B("may"), B("might"), B("could"), B("prevent"), B("risk of"), B("danger of"), B("in case of"),
        B("used to"), B("afraid of"), B("worried about"),
        B("threatened to"),
        /* before or after it */
        R("演练"), R("多次"), R("经常"), R("常常"), R("时常"), R("频繁"), R("屡次"), R("总是"), R("现象"),
        R("years ago"), R("last year"), R("last month"),
        /* after it */
        A("教训"),
        A("隐患"), A("风险"), A("危险"), A("防控"), A("防治"), A("演习"), A("预案"), A("知识"), A("宣传"), A("培训"), A("教育"),
        A("保险"), A("责任险"), A("报警器"), A("报警系统"), A("报警装置"), A("报警设施"), A("探测器"), A("频发"), A("多发"), A("怎么办"),
        A("谁负责"), A("谁来负责"), A("赔偿"), A("赔偿金"), A("后果"), A("案件"), A("案"), A("事件"), A("事故频"), A("时有发生"), A("过"),
        A("后"), A("致死"), A("身亡"), A("死亡"), A("去世"), A("住院"), A("出院"), A("受害"), A("司机"), A("肇事"), A("逃逸"),
        A("认定"), A("责任认定"), A("鉴定"), A("险情排查"), A("费"), A("hazard"), A("risk"), A("drill"), A("insurance"),
        A("prevention"),
};
/* clang-format on */
const uint32_t n_sign_words = COUNT(sign_words);
