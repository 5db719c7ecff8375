#include "people/role.h"
#include "base/err.h"
#include "base/yaml.h"

#define FILE_NAME STR("roles.yaml")

/* Who answers does not also close (承办与核实分开), and who manages people does not read the audit. */
const char roles_default_yaml[] =
        "# Role to rights. sees: place = every matter within the post's place; org = those its organisation leads.\n"
        "roles:\n"
        "  dispatcher:   {name: {zh: 调度员, en: Dispatcher}, sees: place,\n"
        "                 may: [matter.read, matter.open, matter.contact, matter.close, matter.dispatch,\n"
        "                       matter.decline, matter.callback, matter.handover, matter.receive, person.unmask,\n"
        "                       report.read, place.review, town.read]}\n"
        "  duty_officer: {name: {zh: 值班员, en: Duty officer}, sees: place,\n"
        "                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.dispatch,\n"
        "                       person.unmask, town.read]}\n"
        "  handler:      {name: {zh: 承办人, en: Handler}, sees: org,\n"
        "                 may: [matter.read, matter.sign, matter.contact, matter.answer, person.unmask, town.read]}\n"
        "  grid_worker:  {name: {zh: 网格员, en: Grid worker}, sees: place,\n"
        "                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.answer, town.read]}\n"
        "  secretary:    {name: {zh: 社区（村）书记, en: Community secretary}, sees: place,\n"
        "                 may: [matter.read, matter.open, matter.sign, matter.contact, matter.answer,\n"
        "                       matter.dispatch, matter.verify, report.read, place.review, town.read]}\n"
        "  supervisor:   {name: {zh: 督办员, en: Supervisor}, sees: place,\n"
        "                 may: [matter.read, matter.contact, matter.close, matter.dispatch, matter.approve, matter.verify,\n"
        "                       matter.callback, matter.handover, matter.receive, person.unmask, report.read, place.review, town.read]}\n"
        "  leader:       {name: {zh: 带班领导, en: Duty leader}, sees: place,\n"
        "                 may: [matter.read, matter.open, matter.dispatch, matter.decline, matter.close,\n"
        "                       matter.approve, matter.handover, matter.receive, report.read, place.review, town.read, town.load]}\n"
        "  clerk:        {name: {zh: 窗口人员, en: Desk clerk}, sees: place,\n"
        "                 may: [matter.read, matter.open, town.read]}\n"
        "  auditor:      {name: {zh: 审计员, en: Auditor}, sees: place, may: [audit.read, town.read]}\n"
        "  admin:        {name: {zh: 系统管理员, en: Administrator}, sees: place,\n"
        "                 may: [town.read, town.load, people.manage, parcel.put]}\n";

static void read_name(const struct yaml_node *n, struct role *r, struct findings *f)
{
        const struct yaml_node *name = yaml_get(n, "name");
        r->name_zh = yaml_text(yaml_get(name, "zh"));
        r->name_en = yaml_text(yaml_get(name, "en"));
        if (r->name_zh.n > 0 && r->name_en.n > 0)
                return;
        finding_add(
                f, "role.name-missing", SEV_ERROR, FILE_NAME, r->line,
                (struct say){ "写成 name: {zh: 调度员, en: Dispatcher}", "Write name: {zh: 调度员, en: Dispatcher}" },
                "角色 %.*s 缺少中文或英文名称", "The role %.*s lacks its Chinese or English name", STR_ARG(r->code));
}

static void read_sees(const struct yaml_node *n, struct role *r, struct findings *f)
{
        const struct yaml_node *sees = yaml_get(n, "sees");
        struct str word = yaml_text(sees);
        r->sees = str_is(word, "place") ? SEES_PLACE : SEES_ORG;
        if (str_is(word, "place") || str_is(word, "org"))
                return;
        finding_add(f, "role.sees-unknown", SEV_ERROR, FILE_NAME, sees ? sees->line : r->line,
                    (struct say){ "sees 只能是 place 或 org", "sees is place or org" }, "角色 %.*s 的 sees 不认识",
                    "The role %.*s has an unknown sees", STR_ARG(r->code));
}

static void read_right(const struct yaml_node *item, struct role *r, struct findings *f)
{
        enum right right = right_of(yaml_text(item));
        if (right != RIGHT_UNDECIDED) {
                r->rights |= right_bit(right);
                return;
        }
        finding_add(
                f, "role.right-unknown", SEV_ERROR, FILE_NAME, item->line,
                (struct say){ "权限名见手册，如 matter.read", "See the manual for the rights, such as matter.read" },
                "没有名为 “%.*s” 的权限", "There is no right named '%.*s'", STR_ARG(yaml_text(item)));
}

static void read_may(const struct yaml_node *n, struct role *r, struct findings *f)
{
        const struct yaml_node *may = yaml_get(n, "may");
        for (size_t i = 0; may && may->kind == YAML_LIST && i < may->n; i++)
                read_right(may->item[i], r, f);
        if (!may || may->kind != YAML_LIST || may->n == 0)
                finding_add(f, "role.right-none", SEV_WARNING, FILE_NAME, r->line,
                            (struct say){ "在 may 列表中写上权限", "List its rights under may" },
                            "角色 %.*s 没有任何权限", "The role %.*s has no right at all", STR_ARG(r->code));
}

static void check_keys(const struct yaml_node *n, const struct role *r, struct findings *f)
{
        for (size_t i = 0; n->kind == YAML_MAP && i < n->n; i++)
                if (!str_is(n->key[i], "name") && !str_is(n->key[i], "sees") && !str_is(n->key[i], "may"))
                        finding_add(f, "role.key-unknown", SEV_WARNING, FILE_NAME, n->key_line[i],
                                    (struct say){ "可用：name sees may", "Known: name sees may" },
                                    "角色 %.*s 有不认识的项 %.*s", "The role %.*s has an unknown key %.*s",
                                    STR_ARG(r->code), STR_ARG(n->key[i]));
}

static void check_apart(const struct role *r, struct findings *f)
{
        uint64_t both = right_bit(RIGHT_PEOPLE_MANAGE) | right_bit(RIGHT_AUDIT_READ);
        if ((r->rights & both) != both)
                return;
        finding_add(f, "role.three-admins", SEV_WARNING, FILE_NAME, r->line,
                    (struct say){ "把 people.manage 与 audit.read 分给不同角色（三员分立）",
                                  "Give people.manage and audit.read to different roles" },
                    "角色 %.*s 既管理人员又查看审计", "The role %.*s both manages people and reads the audit",
                    STR_ARG(r->code));
}

static void read_role(struct str code, int32_t line, const struct yaml_node *n, struct findings *f, struct role *ret)
{
        *ret = (struct role){ .code = code, .line = line };
        if (!code_valid(code))
                finding_add(f, "role.code-bad", SEV_ERROR, FILE_NAME, line,
                            (struct say){ "1 到 64 个字母、数字或 . _ -", "1 to 64 letters, digits or . _ -" },
                            "角色代码 %.*s 写法不对", "The role code %.*s is not well formed", STR_ARG(code));
        read_name(n, ret, f);
        read_sees(n, ret, f);
        read_may(n, ret, f);
        check_keys(n, ret, f);
        check_apart(ret, f);
}

int roles_read(struct arena *a, struct str text, struct findings *f, struct roles *ret)
{
        struct yaml_node *root;
        int rc = yaml_read(a, FILE_NAME, text, f, &root);
        if (rc != OK)
                return rc;
        const struct yaml_node *list = yaml_get(root, "roles");
        if (!list || list->kind != YAML_MAP || list->n == 0) {
                finding_add(f, "role.none", SEV_ERROR, FILE_NAME, list ? list->line : 1,
                            (struct say){ "在 roles: 下逐个写角色；不需要时删去整个文件",
                                          "Write the roles under roles:, or drop the file" },
                            "文件里没有角色", "There are no roles in this file");
                return ERR_BAD;
        }
        struct roles out = { .row = arena_array(a, struct role, list->n), .n = list->n };
        for (size_t i = 0; i < list->n; i++)
                read_role(list->key[i], list->key_line[i], list->item[i], f, &out.row[i]);
        *ret = out;
        return OK;
}

void roles_default(struct arena *a, struct roles *ret)
{
        struct findings f = { .arena = a };
        if (roles_read(a, str_of(roles_default_yaml), &f, ret) != OK || f.errors + f.warnings > 0)
                BUG("the product's own roles do not read");
}

const struct role *role_find(const struct roles *t, struct str code)
{
        for (size_t i = 0; i < t->n; i++)
                if (str_eq(t->row[i].code, code))
                        return &t->row[i];
        return NULL;
}
