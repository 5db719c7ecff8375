#include "app/starter.h"
#include "base/buf.h"
#include "people/role.h"
#include "procedure/procedure.h"

#define TEXT_MAX ((size_t)256 << 10)
#define ROSTER_DAYS 92

/* In these texts @CODE@ is the township, @COUNTY@ what it lies in, @V@ its community, @NAME@ its name, @SINCE@ and
 * @UNTIL@ the terms. */
static const char town_yaml[] =
        "# 乡镇（街道）自己的设置；每项说明见《乡镇文件夹》手册。\n"
        "code: \"@CODE@\"\n"
        "name: {zh: \"@NAME@\", en: \"@NAME@\"}\n"
        "languages: [zh, en]\n"
        "office_hours: [\"09:00-12:00\", \"14:00-18:00\"]\n"
        "fallback: desk        # 兜底单位：清单没有覆盖的事项由它首接\n"
        "upper: county         # 上级单位\n"
        "map_approval: \"\"      # 审图号\n"
        "contact: {phone: \"\", duty_phone: \"\", counter: {zh: \"\", en: \"\"}, hours: {zh: \"\", en: \"\"}} # 居民怎样找到人：每一页都显示\n"
        "nearest_metres: 50\n"
        "quiet_hours: {hours: \"21:00-08:00\", source: 待定, review: @UNTIL@}  # 这段时间不发短信和邮件，紧急除外\n"
        "similar: {metres: 150, days: 30, percent: 30, source: 待定, review: @UNTIL@} # 何时提示可能是同一件事\n"
        "standing: {months: 3, reports: 5, before: 6, source: 待定, review: @UNTIL@} # 何时提示反复出现（每月一题）\n"
        "limits:               # 本地时限：写明出处和复核日期\n"
        "  sign:           {limit: 2,  unit: workhour, source: 待定, review: @UNTIL@}\n"
        "  contact:        {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  contact_urgent: {limit: 2,  unit: hour, source: 待定, review: @UNTIL@}\n"
        "  place:          {limit: 1,  unit: workhour, source: 待定, review: @UNTIL@}\n"
        "  place_urgent:   {limit: 1,  unit: hour, source: 待定, review: @UNTIL@}\n"
        "  answer:         {limit: 5,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  answer_urgent:  {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  statutory:      {limit: 60, unit: day, roll: statutory, source: 信访工作条例 第三十四条, review: @UNTIL@}\n"
        "  joint_look:     {limit: 2,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  report_in:      {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  report_in_urgent: {limit: 1,  unit: hour, source: 待定, review: @UNTIL@}\n"
        "  assist_answer:  {limit: 3,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  assist_answer_urgent: {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  sign_urgent:    {limit: 1,  unit: hour, source: 待定, review: @UNTIL@}\n"
        "  return:         {limit: 1,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  ruling:         {limit: 2,  unit: workhour, source: 待定, review: @UNTIL@}\n"
        "  reopen:         {limit: 15, unit: day, source: 待定, review: @UNTIL@}\n"
        "  review:         {limit: 2,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  consent:        {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  pause:          {limit: 10, unit: day, source: 待定, review: @UNTIL@}\n"
        "  extend:         {limit: 5,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  shelf:          {limit: 180, unit: day, source: 待定, review: @UNTIL@}\n"
        "  verify:         {limit: 48, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  callback:       {limit: 3,  unit: workday, source: 待定, review: @UNTIL@}\n"
        "  restore:        {limit: 365, unit: day, source: 待定, review: @UNTIL@}\n"
        "  parcel:         {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  upload:         {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n"
        "  draft:          {limit: 30, unit: day, source: 待定, review: @UNTIL@}\n"
        "  upstream_return: {limit: 5, unit: day, source: 待定, review: @UNTIL@}\n"
        "  upstream_reply: {limit: 24, unit: hour, source: 待定, review: @UNTIL@}\n";

static const char places_csv[] = "code,parent,kind,name,aliases,households,population\n"
                                 "@COUNTY@,,county,上级（示例）,,,\n"
                                 "@CODE@,@COUNTY@,township,@NAME@,,,\n"
                                 "@V@,@CODE@,community,第一社区（示例）,,,\n"
                                 "@V@001,@V@,grid,第一网格（示例）,,400,1000\n"
                                 "@V@002,@V@,grid,第二网格（示例）,,400,1000\n";

static const char grids_geojson[] =
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"@V@001\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[116.40,39.90],[116.41,39.90],[116.41,39.91],[116.40,39.91],[116.40,39.90]]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"code\":\"@V@002\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[116.41,39.90],[116.42,39.90],[116.42,39.91],[116.41,39.91],[116.41,39.90]]]}}\n"
        "]}\n";

static const char orgs_csv[] = "code,parent,kind,relation,reach,name,credit_code\n"
                               "county,,government,upper,upstream,上级人民政府（示例）,\n"
                               "office,,government,own,account,@NAME@,\n"
                               "desk,office,institution,own,account,诉求处置中心（示例）,\n"
                               "urban,office,department,own,account,城乡管理办公室（示例）,\n"
                               "civil,office,department,own,account,民生保障办公室（示例）,\n"
                               "water,,enterprise,utility,letter,供水企业（示例）,\n"
                               "committee-1,,committee,based_here,account,第一社区居民委员会（示例）,\n";

static const char staff_csv[] = "login,name,org,phone,until\n"
                                "leader01,示例·带班,office,,\n"
                                "desk01,示例·调度一,desk,,\n"
                                "desk02,示例·调度二,desk,,\n"
                                "urban01,示例·承办一,urban,,\n"
                                "civil01,示例·承办二,civil,,\n"
                                "grid01,示例·网格员一,civil,,\n"
                                "grid02,示例·网格员二,civil,,\n"
                                "community01,示例·社区,committee-1,,\n"
                                "admin01,示例·管理,office,,\n"
                                "audit01,示例·审计,office,,\n";

static const char posts_csv[] = "code,title,role,org,place,holder,backup,since,until\n"
                                "leader,带班领导,leader,office,@CODE@,leader01,desk01,@SINCE@,@UNTIL@\n"
                                "dispatch,调度岗,dispatcher,desk,@CODE@,desk01,desk02,@SINCE@,@UNTIL@\n"
                                "duty,值班岗,duty_officer,desk,@CODE@,desk02,desk01,@SINCE@,@UNTIL@\n"
                                "desk,兜底承办岗,handler,desk,@CODE@,desk02,desk01,@SINCE@,@UNTIL@\n"
                                "urban,承办岗,handler,urban,@CODE@,urban01,civil01,@SINCE@,@UNTIL@\n"
                                "civil,承办岗,handler,civil,@CODE@,civil01,urban01,@SINCE@,@UNTIL@\n"
                                "supervise,督办岗,supervisor,office,@CODE@,leader01,desk02,@SINCE@,@UNTIL@\n"
                                "community,社区书记,secretary,committee-1,@V@,community01,,@SINCE@,@UNTIL@\n"
                                "grid-1,网格员,grid_worker,civil,@V@001,grid01,grid02,@SINCE@,@UNTIL@\n"
                                "grid-2,网格员,grid_worker,civil,@V@002,grid02,grid01,@SINCE@,@UNTIL@\n"
                                "admin,系统管理岗,admin,office,@CODE@,admin01,,@SINCE@,@UNTIL@\n"
                                "audit,审计岗,auditor,office,@CODE@,audit01,,@SINCE@,@UNTIL@\n";

static const char subjects_csv[] = "code,parent,name_zh,name_en,keywords,level,publicity\n"
                                   "env,,市容环境,Streets and cleaning,,small,count\n"
                                   "env.rubbish,env,垃圾清运,Rubbish,垃圾;清运;垃圾桶;堆放,small,summary\n"
                                   "env.road,env,道路破损,Damaged road,道路破损;路面;坑洼;井盖,small,summary\n"
                                   "env.lamp,env,路灯,Street lamp,路灯;灯不亮,small,summary\n"
                                   "env.noise,env,噪声扰民,Noise,噪声;噪音;扰民,small,count\n"
                                   "water,,供水,Water,停水;水压;漏水;自来水,small,summary\n"
                                   "civil,,民生保障,Welfare,,small,none\n"
                                   "civil.aid,civil,困难救助,Aid,低保;救助;困难,big,none\n"
                                   "civil.elder,civil,养老服务,Care for the elderly,养老;老年人;助餐,small,none\n"
                                   "self,,居民自治,Self-government,居民公约;议事;邻里互助,small,summary\n"
                                   "other,,其他诉求,Anything else,,small,none\n";

static const char duties_csv[] =
        "code,list,subject,title,condition,lead,assist,place,limit,unit,basis,since,until\n"
        "basic-001,basic,env,市容环境,,urban,,,5,workday,履行职责事项清单（待填）,@SINCE@,\n"
        "service-001,service,water,供水,,water,urban,,3,workday,履行职责事项清单（待填）,@SINCE@,\n"
        "basic-002,basic,civil,民生保障,,civil,,,5,workday,履行职责事项清单（待填）,@SINCE@,\n"
        "committee-001,committee,self,居民公约与议事,,committee-1,,@V@,10,workday,中华人民共和国城市居民委员会组织法,@"
        "SINCE@,\n"
        "basic-003,basic,other,其他诉求,,desk,,,5,workday,履行职责事项清单（待填）,@SINCE@,\n";

static const char agreements_csv[] = "code,kind,places,lead,document,since,until\n";
static const char things_csv[] = "code,kind,place,lat,lon,owner,keeper,warranty_until\n";
static const char calendar_csv[] = "date,work,name,org\n";
static const char retention_csv[] = "class,period,basis,action\n"
                                    "matter,5y,待填,archive\n"
                                    "voice,3y,中华人民共和国个人信息保护法 第四十七条,erase\n"
                                    "contact,1y,中华人民共和国个人信息保护法 第四十七条,erase\n"
                                    "attachment,3y,待填,erase\n";

static const struct {
        const char *name, *text;
} template[] = {
        { "town.yaml", town_yaml },           { "places.csv", places_csv },
        { "grids.geojson", grids_geojson },   { "orgs.csv", orgs_csv },
        { "staff.csv", staff_csv },           { "posts.csv", posts_csv },
        { "subjects.csv", subjects_csv },     { "duties.csv", duties_csv },
        { "agreements.csv", agreements_csv }, { "things.csv", things_csv },
        { "calendar.csv", calendar_csv },     { "retention.csv", retention_csv },
        { "roles.yaml", roles_default_yaml },
};

struct word {
        struct str name, value;
};

/* Copies @text with every @NAME@ replaced. */
static struct str filled(struct arena *a, const char *text, const struct word *word, size_t n)
{
        BUF_AUTO out = BUF(TEXT_MAX);
        struct str rest = str_of(text), part;
        bool inside = false;
        while (str_split(&rest, '@', &part)) {
                struct str value = part;
                for (size_t i = 0; inside && i < n; i++)
                        if (str_eq(part, word[i].name))
                                value = word[i].value;
                buf_str(&out, value);
                inside = !inside;
        }
        return str_dup(a, buf_view(&out));
}

static struct str roster(struct arena *a, struct day from)
{
        BUF_AUTO out = BUF(TEXT_MAX);
        buf_puts(&out, "date,shift,leader,officer\n");
        for (int32_t i = 0; i < ROSTER_DAYS; i++) {
                char date[11];
                buf_printf(&out, "%s,all,leader01,%s\n", day_format((struct day){ from.n + i }, date),
                           i % 2 ? "desk02" : "desk01");
        }
        return str_dup(a, buf_view(&out));
}

static struct str day_text(struct arena *a, int year, int month, int dom)
{
        return str_printf(a, "%04d-%02d-%02d", year, month, dom);
}

static void add(struct folder *fo, struct str name, struct str text)
{
        fo->row[fo->n++] = (struct folder_file){ .name = name, .bytes = text, .text = text };
}

void starter_write(struct arena *a, const struct starter *s, struct folder *ret)
{
        int year, month, dom;
        day_split(s->today, &year, &month, &dom);
        const struct word word[] = {
                { STR("CODE"), s->code },
                { STR("COUNTY"), str_printf(a, "%.6s000000", s->code.p) },
                { STR("V"), str_printf(a, "%.9s001", s->code.p) },
                { STR("NAME"), s->name },
                { STR("SINCE"), day_text(a, year, 1, 1) },
                { STR("UNTIL"), day_text(a, year + 2, 12, 31) },
        };
        *ret = (struct folder){ 0 };
        for (size_t i = 0; i < COUNT(template); i++)
                add(ret, str_of(template[i].name), filled(a, template[i].text, word, COUNT(word)));
        add(ret, STR("roster.csv"), roster(a, s->today));
        add(ret, STR("procedures/request.yaml"), procedure_default());
        folder_seal(ret);
}
