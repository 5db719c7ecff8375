#include "import/kinds.h"

static const struct import_word org_kinds[] = {
        { "党组织", "party" },        { "党委", "party" },          { "党工委", "party" },        { "机关", "government" },     { "政府", "government" },
        { "内设机构", "department" }, { "科室", "department" },     { "部门", "department" },     { "办公室", "department" },   { "事业单位", "institution" },
        { "站所", "institution" },    { "居委会", "committee" },    { "村委会", "committee" },    { "社区居委会", "committee" }, { "居民委员会", "committee" },
        { "村民委员会", "committee" }, { "社区", "committee" },     { "企业", "enterprise" },     { "公司", "enterprise" },     { "物业公司", "enterprise" },
        { "社会组织", "social" },     { NULL, NULL },
};
static const struct import_word org_relations[] = {
        { "本级", "own" },       { "街道", "own" },           { "乡镇", "own" },         { "派驻", "stationed" },    { "派驻机构", "stationed" }, { "派出机构", "stationed" },
        { "上级", "upper" },     { "上级部门", "upper" },     { "区直部门", "upper" },   { "县直部门", "upper" },    { "公用事业", "utility" },   { "水电气热", "utility" },
        { "承包单位", "contractor" }, { "外包", "contractor" }, { "驻区单位", "based_here" }, { "驻区", "based_here" }, { NULL, NULL },
};
static const struct import_word org_reaches[] = {
        { "账号", "account" }, { "系统", "account" }, { "公函", "letter" }, { "发函", "letter" }, { "函", "letter" }, { "上报", "upstream" },
        { "上级平台", "upstream" }, { "电话", "phone" }, { NULL, NULL },
};
static const struct import_field orgs[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编码 单位编码 机构编码 部门编码 代码 编号" },
        { .name = "parent", .type = FIELD_REF, .heads = "上级 上级单位 隶属 主管单位 上级机构", .refers = IMPORT_ORGS },
        { .name = "kind", .type = FIELD_WORD, .needed = true, .heads = "性质 单位性质 类别 类型 机构类型", .words = org_kinds },
        { .name = "relation", .type = FIELD_WORD, .needed = true, .heads = "隶属关系 关系 与街道关系", .words = org_relations },
        { .name = "reach", .type = FIELD_WORD, .needed = true, .heads = "联系方式类型 送达方式 交办方式", .words = org_reaches },
        { .name = "name", .type = FIELD_TEXT, .needed = true, .heads = "名称 单位名称 机构名称 部门名称 单位" },
        { .name = "credit_code", .type = FIELD_CODE, .heads = "统一社会信用代码 信用代码" },
        { .name = "office_hours", .type = FIELD_TEXT, .heads = "办公时间 工作时间" },
};

static const struct import_word place_kinds[] = {
        { "省", "province" },  { "市", "city" },       { "县", "county" },      { "区", "county" },     { "区县", "county" },    { "街道", "township" }, { "乡镇", "township" },
        { "乡", "township" },  { "镇", "township" },   { "社区", "community" }, { "村", "community" },  { "行政村", "community" }, { "网格", "grid" },   { "楼栋", "building" },
        { "楼", "building" },  { "楼宇", "building" }, { "幢", "building" },    { "单元", "unit" },     { "门", "unit" },        { NULL, NULL },
};
static const struct import_field places[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编码 地址编码 网格编码 楼栋编码 区划代码 代码 编号" },
        { .name = "parent", .type = FIELD_REF, .heads = "上级 所属网格 所属社区 上级编码 网格 社区", .refers = IMPORT_PLACES },
        { .name = "kind", .type = FIELD_WORD, .needed = true, .heads = "类型 级别 类别", .words = place_kinds },
        { .name = "name", .type = FIELD_TEXT, .needed = true, .heads = "名称 地址 网格名称 楼栋名称 楼号" },
        { .name = "aliases", .type = FIELD_LIST, .heads = "别名 俗称 曾用名 老地名" },
        { .name = "households", .type = FIELD_COUNT, .heads = "户数 总户数" },
        { .name = "population", .type = FIELD_COUNT, .heads = "人口 人口数 常住人口" },
};

static const struct import_field grids[] = {
        { .name = "code", .type = FIELD_REF, .needed = true, .heads = "网格编码 编码 代码 GRIDCODE CODE 网格名称", .refers = IMPORT_PLACES },
        { .name = "shape", .type = FIELD_SHAPE, .needed = true, .heads = "" },
};

static const struct import_word thing_kinds[] = {
        { "路灯", "lamp" }, { "井盖", "manhole" }, { "消火栓", "hydrant" }, { "消防栓", "hydrant" }, { "电梯", "lift" }, { "垃圾箱", "bin" }, { "树木", "tree" }, { NULL, NULL },
};
static const struct import_field things[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编号 编码 部件编码 设施编号 灯杆号" },
        { .name = "kind", .type = FIELD_TEXT, .needed = true, .heads = "类型 类别 部件类型 设施类型", .words = thing_kinds },
        { .name = "place", .type = FIELD_REF, .heads = "位置编码 所属网格 网格 楼栋 所在位置", .refers = IMPORT_PLACES },
        { .name = "lat", .type = FIELD_DEGREES, .heads = "纬度 Y LAT" },
        { .name = "lon", .type = FIELD_DEGREES, .heads = "经度 X LON LNG" },
        { .name = "owner", .type = FIELD_REF, .heads = "权属单位 产权单位 产权人", .refers = IMPORT_ORGS },
        { .name = "keeper", .type = FIELD_REF, .heads = "管养单位 养护单位 管理单位 责任单位 维护单位", .refers = IMPORT_ORGS },
        { .name = "warranty_until", .type = FIELD_DAY, .heads = "质保期至 质保到期 保修期至" },
};

static const struct import_word levels[] = { { "小事", "small" }, { "大事", "big" }, { "难事", "hard" }, { NULL, NULL } };
static const struct import_word publicities[] = { { "不公开", "none" }, { "公开数量", "count" }, { "公开摘要", "summary" }, { NULL, NULL } };
static const struct import_field subjects[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编码 事项编码 代码" },
        { .name = "parent", .type = FIELD_REF, .heads = "上级 上级事项 大类", .refers = IMPORT_SUBJECTS },
        { .name = "name_zh", .type = FIELD_TEXT, .needed = true, .heads = "名称 事项名称 事项 小类" },
        { .name = "name_en", .type = FIELD_TEXT, .needed = true, .heads = "英文名称" },
        { .name = "keywords", .type = FIELD_LIST, .heads = "关键词 关键字" },
        { .name = "level", .type = FIELD_WORD, .heads = "分级 级别", .words = levels },
        { .name = "publicity", .type = FIELD_WORD, .heads = "公开方式 公开", .words = publicities },
        { .name = "external_codes", .type = FIELD_LIST, .heads = "外部编码 12345编码 上级编码" },
};

static const struct import_word duty_lists[] = {
        { "基本", "basic" },        { "基本履职", "basic" },       { "基本履职事项", "basic" },   { "基本履职事项清单", "basic" }, { "配合", "assist" },     { "配合履职", "assist" },
        { "配合履职事项", "assist" }, { "配合履职事项清单", "assist" }, { "上级收回", "recalled" }, { "收回", "recalled" },          { "上级部门收回事项", "recalled" },
        { "上级部门收回事项清单", "recalled" }, { "公共服务", "service" }, { "公共服务事项", "service" }, { "赋权", "conferred" },      { "赋权事项", "conferred" },
        { "委托", "entrusted" },    { "委托事项", "entrusted" },   { "居委会", "committee" },     { "社区依法履职", "committee" }, { NULL, NULL },
};
static const struct import_word units[] = {
        { "工作日", "workday" }, { "个工作日", "workday" }, { "天", "day" }, { "日", "day" }, { "自然日", "day" }, { "个自然日", "day" }, { "月", "month" },
        { "个月", "month" },     { "工作小时", "workhour" }, { "个工作小时", "workhour" }, { "小时", "hour" }, { "个小时", "hour" }, { NULL, NULL },
};
static const struct import_field duties[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编码 编号 序号 职责编码" },
        { .name = "list", .type = FIELD_WORD, .needed = true, .heads = "清单 清单类别 清单名称 类别", .words = duty_lists },
        { .name = "subject", .type = FIELD_REF, .needed = true, .heads = "事项类别 对应事项 事项编码", .refers = IMPORT_SUBJECTS },
        { .name = "title", .type = FIELD_TEXT, .needed = true, .heads = "事项名称 职责事项 事项 职责名称" },
        { .name = "condition", .type = FIELD_TEXT, .heads = "条件 适用条件" },
        { .name = "lead", .type = FIELD_REF, .needed = true, .heads = "牵头单位 牵头 对应上级部门 责任单位 主责单位 承接部门", .refers = IMPORT_ORGS },
        { .name = "assist", .type = FIELD_REFS, .heads = "配合单位 配合 协办单位 协同单位", .refers = IMPORT_ORGS },
        { .name = "place", .type = FIELD_REF, .heads = "适用范围 区域", .refers = IMPORT_PLACES },
        { .name = "limit", .type = FIELD_LIMIT, .heads = "时限 办理时限 时限数值", .words = units },
        { .name = "unit", .type = FIELD_WORD, .heads = "时限单位", .words = units },
        { .name = "basis", .type = FIELD_TEXT, .needed = true, .heads = "依据 法律依据 设定依据 政策依据" },
        { .name = "since", .type = FIELD_DAY, .heads = "生效日期 起始日期" },
        { .name = "until", .type = FIELD_DAY, .heads = "失效日期 截止日期" },
        { .name = "staff", .type = FIELD_TEXT, .heads = "人员保障" },
        { .name = "certificates", .type = FIELD_TEXT, .heads = "资格证件" },
        { .name = "money", .type = FIELD_TEXT, .heads = "经费保障" },
};

static const struct import_field posts[] = {
        { .name = "code", .type = FIELD_CODE, .needed = true, .heads = "编码 岗位编码 编号" },
        { .name = "title", .type = FIELD_TEXT, .needed = true, .heads = "岗位 岗位名称 职务" },
        { .name = "role", .type = FIELD_CODE, .needed = true, .heads = "角色 系统角色" },
        { .name = "org", .type = FIELD_REF, .needed = true, .heads = "单位 所在单位 部门", .refers = IMPORT_ORGS },
        { .name = "place", .type = FIELD_REF, .needed = true, .heads = "辖区 负责区域 网格", .refers = IMPORT_PLACES },
        { .name = "holder", .type = FIELD_REF, .heads = "在岗人 A岗 姓名 负责人", .refers = IMPORT_STAFF, .personal = true },
        { .name = "backup", .type = FIELD_REF, .heads = "备岗 B岗 替岗", .refers = IMPORT_STAFF, .personal = true },
        { .name = "since", .type = FIELD_DAY, .heads = "任职日期 起始日期" },
        { .name = "until", .type = FIELD_DAY, .heads = "任期至 届满日期 截止日期" },
};

static const struct import_field staff[] = {
        { .name = "login", .type = FIELD_CODE, .needed = true, .heads = "登录名 账号 工号" },
        { .name = "name", .type = FIELD_TEXT, .needed = true, .heads = "姓名", .personal = true },
        { .name = "org", .type = FIELD_REF, .needed = true, .heads = "单位 所在单位 部门 科室", .refers = IMPORT_ORGS },
        { .name = "phone", .type = FIELD_PHONE, .heads = "电话 手机 联系电话 手机号 办公电话", .personal = true },
        { .name = "until", .type = FIELD_DAY, .heads = "聘期至 合同到期 截止日期" },
};

static const struct import_word shifts[] = { { "白班", "day" }, { "日班", "day" }, { "白天", "day" }, { "夜班", "night" }, { "晚班", "night" }, { "夜间", "night" }, { NULL, NULL } };
static const struct import_field roster[] = {
        { .name = "date", .type = FIELD_DAY, .needed = true, .heads = "日期 值班日期" },
        { .name = "shift", .type = FIELD_TEXT, .needed = true, .heads = "班次", .words = shifts },
        { .name = "leader", .type = FIELD_REF, .needed = true, .heads = "带班领导 带班", .refers = IMPORT_STAFF, .personal = true },
        { .name = "officer", .type = FIELD_REF, .needed = true, .heads = "值班员 值班人员 值班", .refers = IMPORT_STAFF, .personal = true },
};

static const struct import_word sources[] = {
        { "网上", "web" },      { "网络", "web" },        { "微信", "web" },      { "电话", "phone" },      { "来电", "phone" },        { "热线", "phone" },   { "窗口", "counter" },
        { "现场", "counter" },  { "来人", "counter" },    { "信件", "letter" },   { "来信", "letter" },     { "走访", "visit" },        { "入户", "visit" },   { "网格", "grid" },
        { "网格员", "grid" },   { "网格员上报", "grid" }, { "领导批示", "leader" }, { "领导交办", "leader" }, { "媒体", "media" },        { "12345", "upstream" }, { "上级交办", "upstream" },
        { "上级", "upstream" }, { NULL, NULL },
};
static const struct import_field matters[] = {
        { .name = "number", .type = FIELD_TEXT, .needed = true, .heads = "工单号 工单编号 编号 受理编号 登记号 单号" },
        { .name = "origin", .type = FIELD_TEXT, .needed = true, .heads = "平台 台账 来源平台" },
        { .name = "received", .type = FIELD_MOMENT, .needed = true, .heads = "受理时间 登记时间 接件时间 来电时间 派单时间 日期 受理日期" },
        { .name = "words", .type = FIELD_WORDS, .needed = true, .heads = "内容 诉求内容 反映内容 问题描述 事项内容 工单内容" },
        { .name = "title", .type = FIELD_TEXT, .heads = "标题 工单标题 主题" },
        { .name = "source", .type = FIELD_WORD, .heads = "来源 来源渠道 受理方式 诉求来源", .words = sources },
        { .name = "subject", .type = FIELD_REF, .heads = "事项类别 问题类型 诉求类型 类别", .refers = IMPORT_SUBJECTS },
        { .name = "place", .type = FIELD_REF, .heads = "所属社区 社区 网格", .refers = IMPORT_PLACES },
        { .name = "where", .type = FIELD_TEXT, .heads = "地址 地点 发生地点 问题地址" },
        { .name = "lat", .type = FIELD_DEGREES, .heads = "纬度 LAT" },
        { .name = "lon", .type = FIELD_DEGREES, .heads = "经度 LON LNG" },
        { .name = "thing", .type = FIELD_REF, .heads = "部件编号 灯杆号 设施编号", .refers = IMPORT_THINGS },
        { .name = "unit", .type = FIELD_REF, .heads = "承办单位 责任单位 主办单位", .refers = IMPORT_ORGS },
        { .name = "name", .type = FIELD_TEXT, .heads = "诉求人 来电人 反映人 联系人", .personal = true },
        { .name = "phone", .type = FIELD_PHONE, .heads = "联系电话 来电号码 手机 电话", .personal = true },
        { .name = "address", .type = FIELD_TEXT, .heads = "联系地址 诉求人地址", .personal = true },
        { .name = "order", .type = FIELD_TEXT, .heads = "上级工单号 上级编号 热线工单号 12345工单号" },
        { .name = "system", .type = FIELD_TEXT, .heads = "上级系统 上级平台 派单系统" },
        { .name = "due", .type = FIELD_TEXT, .heads = "上级时限 处理时限 办结时限" },
};

#define FIELDS(list) .field = list, .n = COUNT(list)
const struct import_target import_targets[IMPORT_KINDS] = {
        [IMPORT_ORGS] = { .kind = "orgs", .title = { "组织", "organisations" }, .file = "orgs.csv", FIELDS(orgs), .n_key = 1, .name_field = "name" },
        [IMPORT_PLACES] = { .kind = "places", .title = { "地点", "places" }, .file = "places.csv", FIELDS(places), .n_key = 1, .name_field = "name" },
        [IMPORT_GRIDS] = { .kind = "grids", .title = { "网格边界", "outlines of grids" }, .file = "grids.geojson", FIELDS(grids), .n_key = 1 },
        [IMPORT_THINGS] = { .kind = "things", .title = { "公共设施", "public things" }, .file = "things.csv", FIELDS(things), .n_key = 1 },
        [IMPORT_SUBJECTS] = { .kind = "subjects", .title = { "事项类别", "subjects" }, .file = "subjects.csv", FIELDS(subjects), .n_key = 1, .name_field = "name_zh" },
        [IMPORT_DUTIES] = { .kind = "duties", .title = { "职责清单", "duty lists" }, .file = "duties.csv", FIELDS(duties), .n_key = 1 },
        [IMPORT_POSTS] = { .kind = "posts", .title = { "岗位", "posts" }, .file = "posts.csv", FIELDS(posts), .n_key = 1 },
        [IMPORT_STAFF] = { .kind = "staff", .title = { "工作人员", "staff" }, .file = "staff.csv", FIELDS(staff), .n_key = 1, .name_field = "name", .of_persons = true },
        [IMPORT_ROSTER] = { .kind = "roster", .title = { "值班表", "the duty roster" }, .file = "roster.csv", FIELDS(roster), .key = { 0, 1 }, .n_key = 2 },
        [IMPORT_MATTERS] = { .kind = "matters", .title = { "未办结事项", "open matters" }, FIELDS(matters), .key = { 0, 1 }, .n_key = 2 },
};

const struct import_target *import_target_of(struct str kind)
{
        for (size_t i = 0; i < IMPORT_KINDS; i++)
                if (import_targets[i].kind && str_is(kind, import_targets[i].kind))
                        return &import_targets[i];
        return NULL;
}

size_t import_field_of(const struct import_target *t, struct str name)
{
        for (size_t i = 0; i < t->n; i++)
                if (str_is(name, t->field[i].name))
                        return i;
        return SIZE_MAX;
}
