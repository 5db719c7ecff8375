#include "people/vault.h"
#include "base/phone.h"
#include "people/audit.h"
#include "people/inner/identity.h"
#include "people/mask.h"
#include "people/people_sql.h"

/* ---- checking what comes in ------------------------------------------------------------------------- */

static int check_text(struct ctx *ctx, const char *field, struct str s, size_t chars, bool lines)
{
        if (!utf8_valid(s))
                return err_set(ctx->err, ERR_UTF8, field, "%s 不是有效的文本", "%s is not valid text", field);
        bool broken = !lines && s.n > 0 && (memchr(s.p, '\n', s.n) || memchr(s.p, '\t', s.n));
        if (broken || utf8_has_control(s))
                return err_set(ctx->err, ERR_TYPE, field, "%s 含有控制字符", "%s has control characters", field);
        if (utf8_count(s) > chars)
                return err_set(ctx->err, ERR_RANGE, field, "%s 最多 %zu 个字符", "%s has at most %zu characters", field,
                               chars);
        return OK;
}

static int check_identity(struct ctx *ctx, const struct identity *id)
{
        const struct {
                const char *field;
                struct str text;
                size_t chars;
                bool lines;
        } row[] = {
                { "name", id->name, VAULT_NAME_CHARS, false },
                { "phone", id->phone, VAULT_PHONE_CHARS, false },
                { "address", id->address, VAULT_ADDRESS_CHARS, false },
                { "note", id->note, VAULT_NOTE_CHARS, true },
                { "mail", id->mail, VAULT_MAIL_CHARS, false },
        };
        size_t bytes = 0;
        if (str_trim(id->mail).n && !mail_valid(str_trim(id->mail)))
                return err_set(ctx->err, ERR_TYPE, "mail", "邮箱写法不对", "This is not a mail address");
        for (size_t i = 0; i < COUNT(row); i++) {
                int rc = check_text(ctx, row[i].field, row[i].text, row[i].chars, row[i].lines);
                if (rc != OK)
                        return rc;
                bytes += str_trim(row[i].text).n;
        }
        if (bytes == 0)
                return err_set(ctx->err, ERR_MISSING, "name", "姓名、电话、地址至少填一项",
                               "Give at least a name, a phone or an address");
        return OK;
}

bool vault_basis_known(struct str basis)
{
        static const char *const known[] = { "consent", "contract",    "statutory_duty", "emergency",
                                             "news",    "public_info", "other_law" };
        for (size_t i = 0; i < COUNT(known); i++)
                if (str_is(basis, known[i]))
                        return true;
        return false;
}

static int check_purpose(struct ctx *ctx, struct str purpose)
{
        purpose = str_trim(purpose);
        if (purpose.n == 0)
                return err_set(ctx->err, ERR_MISSING, "purpose", "请写明查看的目的", "Say for what purpose you look");
        int rc = check_text(ctx, "purpose", purpose, VAULT_PURPOSE_CHARS_MAX, false);
        if (rc != OK)
                return rc;
        if (utf8_count(purpose) < VAULT_PURPOSE_CHARS_MIN)
                return err_set(ctx->err, ERR_RANGE, "purpose", "目的至少 %d 个字",
                               "A purpose has at least %d characters", VAULT_PURPOSE_CHARS_MIN);
        return OK;
}

/* ---- putting in ------------------------------------------------------------------------------------- */

int vault_seal(const struct vault_keys *keys, struct ctx *ctx, int64_t person, const struct identity *id,
               struct str basis, struct str class, struct vault_sealed *ret)
{
        int rc = check_identity(ctx, id);
        if (rc != OK)
                return rc;
        if (!vault_basis_known(basis))
                return err_set(ctx->err, ERR_RULE, "basis", "请写明处理个人信息的法律依据", "Name the legal basis");
        struct arena *a = ctx->arena;
        struct identity kept = { str_trim(id->name), str_trim(id->phone), str_trim(id->address),
                                 str_trim(id->note), str_trim(id->mail), str_trim(id->code) };
        struct seal_place at = identity_place(ctx->town, person);
        *ret = (struct vault_sealed){
                .person = person,
                .key_id = vault_keys_newest(keys),
                .box = seal_close(keys, ctx->chance, a, &at, identity_pack(a, &kept)),
                .blind = identity_blind(keys, keys->n - 1, a, ctx->town, kept.phone),
                .name = mask_name(a, kept.name),
                .phone = mask_phone(a, kept.phone),
                .address = mask_address(a, kept.address),
                .basis = basis,
                .class = class,
        };
        return OK;
}

int vault_insert(struct ctx *ctx, const struct vault_sealed *s)
{
        struct sql_people_vault_add_in in = {
                .town = ctx->town,
                .person = s->person,
                .key_id = s->key_id,
                .box = s->box,
                .blind = s->blind,
                .masked_name = s->name,
                .masked_phone = s->phone,
                .masked_address = s->address,
                .basis = s->basis,
                .class = s->class.n > 0 ? s->class : STR(""),
                .at = ctx->now,
        };
        return sql_people_vault_add(ctx->tx, &in, NULL);
}

int vault_put(const struct vault_keys *keys, struct ctx *ctx, const struct identity *id, struct str basis,
              struct str class, int64_t *ret_person)
{
        struct vault_sealed s;
        int64_t person = id_next(ctx->ids, ctx->now);
        int rc = vault_seal(keys, ctx, person, id, basis, class, &s);
        if (rc == OK)
                rc = vault_insert(ctx, &s);
        if (rc == OK)
                *ret_person = person;
        return rc;
}

/* ---- looking ---------------------------------------------------------------------------------------- */

static int no_person(struct ctx *ctx)
{
        return err_set(ctx->err, ERR_NONE, "person", "保险柜中没有这个人", "There is no such person in the vault");
}

static int tombstone(struct ctx *ctx, int64_t person, struct vault_masked *ret)
{
        struct sql_people_erased_get_in in = { ctx->town, person };
        struct sql_people_erased_get_row row;
        int rc = sql_people_erased_get(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK)
                return rc == ERR_NONE ? no_person(ctx) : rc;
        *ret = (struct vault_masked){ .name = STR(""),
                                      .phone = STR(""),
                                      .address = STR(""),
                                      .basis = STR(""),
                                      .class = STR(""),
                                      .at = row.at,
                                      .erased = true,
                                      .erased_by = row.actor,
                                      .erased_basis = row.basis };
        return OK;
}

int vault_masked(struct ctx *ctx, int64_t person, struct vault_masked *ret)
{
        struct sql_people_vault_masked_in in = { ctx->town, person };
        struct sql_people_vault_masked_row row;
        int rc = sql_people_vault_masked(ctx->tx, ctx->arena, &in, &row);
        if (rc == ERR_NONE)
                return tombstone(ctx, person, ret);
        if (rc == OK)
                *ret = (struct vault_masked){ .name = row.masked_name,
                                              .phone = row.masked_phone,
                                              .address = row.masked_address,
                                              .basis = row.basis,
                                              .class = row.class,
                                              .at = row.at };
        return rc;
}

/* ret_changed makes PostgreSQL answer at once: nothing opens before its audit row stands. */
static int log_look(struct ctx *ctx, int64_t person, int64_t matter, struct str purpose)
{
        if (!ctx->tx)
                return err_set(ctx->err, ERR_STATE, "", "打开保险柜须在写事务内",
                               "The vault opens inside a write transaction only");
        struct sql_people_look_add_in in = { .town = ctx->town,
                                             .id = id_next(ctx->ids, ctx->now),
                                             .person = person,
                                             .matter = matter,
                                             .actor = actor_text(ctx->arena, ctx->actor),
                                             .purpose = str_trim(purpose),
                                             .at = ctx->now };
        int64_t n = 0;
        int rc = sql_people_look_add(ctx->tx, &in, &n);
        return rc == OK && n != 1 ? ERR_INTERNAL : rc;
}

int vault_open(const struct vault_keys *keys, struct ctx *ctx, int64_t person, int64_t matter, struct str purpose,
               struct identity *ret)
{
        int rc = check_purpose(ctx, purpose);
        if (rc == OK)
                rc = log_look(ctx, person, matter, purpose);
        struct sql_people_vault_box_in in = { ctx->town, person };
        struct sql_people_vault_box_row row;
        if (rc == OK)
                rc = sql_people_vault_box(ctx->tx, ctx->arena, &in, &row);
        if (rc != OK)
                return rc == ERR_NONE ? no_person(ctx) : rc;
        struct seal_place at = identity_place(ctx->town, person);
        struct str plain;
        rc = seal_open(keys, ctx->arena, &at, row.box, &plain, ctx->err);
        return rc == OK ? identity_unpack(plain, ret) : rc;
}

static int check_find_rate(struct ctx *ctx)
{
        struct sql_people_look_recent_in in = {
                ctx->town, actor_text(ctx->arena, ctx->actor), { ctx->now.us - US_PER_HOUR }, 0
        };
        struct sql_people_look_recent_row row;
        int rc = sql_people_look_recent(ctx->tx, ctx->arena, &in, &row);
        if (rc == OK && row.n >= VAULT_FINDS_PER_HOUR)
                return err_set(ctx->err, ERR_RATE, "", "一小时内最多查 %d 次电话",
                               "At most %d look-ups by phone an hour", VAULT_FINDS_PER_HOUR);
        return rc;
}

static int find_blind(struct ctx *ctx, struct str blind, struct vault_persons *out)
{
        struct sql_people_vault_blind_in in = { ctx->town, blind };
        struct sql_people_vault_blind_rows rows;
        int rc = sql_people_vault_blind(ctx->tx, ctx->arena, &in, &rows);
        if (rc != OK || rows.n == 0)
                return rc;
        int64_t *all = arena_array(ctx->arena, int64_t, out->n + rows.n);
        if (out->n > 0)
                memcpy(all, out->row, out->n * sizeof *all);
        for (size_t i = 0; i < rows.n; i++)
                all[out->n++] = rows.row[i].person;
        out->row = all;
        return OK;
}

int vault_find(const struct vault_keys *keys, struct ctx *ctx, struct str phone, struct str purpose,
               struct vault_persons *ret)
{
        int rc = check_purpose(ctx, purpose);
        if (rc == OK)
                rc = check_text(ctx, "phone", phone, VAULT_PHONE_CHARS, false);
        if (rc != OK)
                return rc;
        (void)phone_read(ctx->arena, phone, &phone); /* as it was kept; older ones stand as they were written */
        if (!identity_blind(keys, 0, ctx->arena, ctx->town, phone).p)
                return err_set(ctx->err, ERR_TYPE, "phone", "电话至少 7 位数字", "A phone has at least 7 digits");
        rc = check_find_rate(ctx);
        if (rc == OK)
                rc = log_look(ctx, 0, 0, purpose);
        struct vault_persons out = { 0 };
        for (size_t i = 0; i < keys->n && rc == OK; i++) /* rows not yet rekeyed stand under older keys */
                rc = find_blind(ctx, identity_blind(keys, i, ctx->arena, ctx->town, phone), &out);
        if (rc == OK)
                *ret = out;
        return rc;
}

/* ---- other bytes ------------------------------------------------------------------------------------ */

int vault_seal_bytes(const struct vault_keys *keys, struct ctx *ctx, struct str label, struct str plain,
                     struct str *ret_box)
{
        struct seal_place at = { ctx->town, 0, label };
        *ret_box = seal_close(keys, ctx->chance, ctx->arena, &at, plain);
        return OK;
}

int vault_open_bytes(const struct vault_keys *keys, struct ctx *ctx, struct str label, struct str box,
                     struct str *ret_plain)
{
        struct seal_place at = { ctx->town, 0, label };
        return seal_open(keys, ctx->arena, &at, box, ret_plain, ctx->err);
}

int vault_reseal_bytes(const struct vault_keys *keys, struct ctx *ctx, struct str label, struct str box,
                       struct str *ret_box)
{
        if (seal_key_of(box) == vault_keys_newest(keys)) {
                *ret_box = box;
                return OK;
        }
        struct str plain;
        int rc = vault_open_bytes(keys, ctx, label, box, &plain);
        return rc == OK ? vault_seal_bytes(keys, ctx, label, plain, ret_box) : rc;
}

static void fill_zero(struct chance *c, void *p, size_t n)
{
        (void)c;
        memset(p, 0, n);
}

int vault_seal_phone(void *arg, struct arena *a, struct str phone, struct str *ret_box)
{
        const struct vault_phone *v = arg;
        struct chance none = { fill_zero };
        struct seal_place at = { v->ctx->town, 0, STR("staff.phone") };
        *ret_box = seal_close(v->keys, &none, a, &at, phone);
        return OK;
}

int vault_open_phone(void *arg, struct arena *a, struct str box, struct str *ret_phone)
{
        const struct vault_phone *v = arg;
        struct seal_place at = { v->ctx->town, 0, STR("staff.phone") };
        return seal_open(v->keys, a, &at, box, ret_phone, v->ctx->err);
}
