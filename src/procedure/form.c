/* Is the form filled in as it asks? */
#include "procedure/step.h"
#include <stdio.h>

/* A sentence about one field, with its label in both languages before it. */
static int refuse(struct err *err, int code, const struct procedure_field *f, const char *zh, const char *en)
{
        return err_set(err, code, f->name.p, "“%1$s”%2$.0s%3$s%4$.0s", "%1$.0s\"%2$s\" %3$.0s%4$s", f->label.zh,
                       f->label.en, zh, en);
}

static int refuse_range(struct err *err, const struct procedure_field *f, const char *zh, const char *en)
{
        char say_zh[96], say_en[96];
        snprintf(say_zh, sizeof say_zh, zh, (long long)f->min, (long long)f->max);
        snprintf(say_en, sizeof say_en, en, (long long)f->min, (long long)f->max);
        return refuse(err, ERR_RANGE, f, say_zh, say_en);
}

/* Blanks at both ends do not count, nor does the wide blank that Chinese keyboards give. */
static struct str trim(struct str s)
{
        static const struct str wide = { "\u3000", 3 };
        for (;;) {
                struct str t = str_trim(s);
                while (str_starts(t, wide))
                        t = (struct str){ t.p + 3, t.n - 3 };
                while (str_ends(t, wide))
                        t.n -= 3;
                if (t.n == s.n)
                        return t;
                s = t;
        }
}

static int take_text(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v, struct err *err)
{
        (void)ask;
        int64_t n = (int64_t)utf8_count(v->text);
        if (n < f->min || n > f->max)
                return refuse_range(err, f, "应为 %lld 到 %lld 个字", "must have %lld to %lld characters");
        return OK;
}

static int take_choice(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v,
                       struct err *err)
{
        (void)ask;
        for (size_t i = 0; i < f->n_choices; i++) {
                if (!str_eq(f->choice[i].code, v->text))
                        continue;
                v->number = (int64_t)i;
                return OK;
        }
        return refuse(err, ERR_RANGE, f, "不在可选范围内", "is not one of the choices");
}

static int take_bool(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v, struct err *err)
{
        (void)ask;
        bool yes = str_is(v->text, "yes") || str_is(v->text, "true");
        if (!yes && !str_is(v->text, "no") && !str_is(v->text, "false"))
                return refuse(err, ERR_TYPE, f, "应为是或否", "must be yes or no");
        v->number = yes;
        return OK;
}

static int take_int(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v, struct err *err)
{
        (void)ask;
        int e = str_int(v->text, f->min, f->max, &v->number);
        if (e == ERR_TYPE)
                return refuse(err, e, f, "应为整数", "must be a whole number");
        return e == OK ? OK : refuse_range(err, f, "应在 %lld 到 %lld 之间", "must be from %lld to %lld");
}

static int take_instant(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v,
                        struct err *err)
{
        struct instant t;
        if (instant_parse(v->text, &t) != OK)
                return refuse(err, ERR_TYPE, f, "应为日期和时间，如 2026-11-23 09:00",
                              "must be a date and time such as 2026-11-23 09:00");
        if (!f->future && t.us > ask->now.us)
                return refuse(err, ERR_RANGE, f, "不能晚于现在", "must not lie in the future");
        if (!instant_is_none(ask->since) && t.us < ask->since.us)
                return refuse(err, ERR_RANGE, f, "不能早于事项登记的时间", "must not lie before the matter was opened");
        v->number = t.us;
        return OK;
}

/* Tokens of uploads, parted by blanks; whether they are good the caller finds out. */
static int take_files(const struct procedure_field *f, const struct step_ask *ask, struct step_value *v, struct err *err)
{
        (void)ask;
        struct str rest = v->text, token;
        v->number = 0;
        while (str_split(&rest, ' ', &token)) {
                if (!code_valid(token))
                        return refuse(err, ERR_TYPE, f, "应为上传后得到的凭证", "must be the tokens that the uploads gave");
                v->number++;
        }
        if (v->number > f->max)
                return refuse_range(err, f, "应有 %lld 到 %lld 个文件", "must be %lld to %lld files");
        return OK;
}

static int (*const take[FORM_TYPES])(const struct procedure_field *, const struct step_ask *, struct step_value *,
                                     struct err *) = {
        [FORM_TEXT] = take_text, [FORM_CHOICE] = take_choice,   [FORM_BOOL] = take_bool,
        [FORM_INT] = take_int,   [FORM_INSTANT] = take_instant, [FORM_FILES] = take_files,
};

static int field_of(const struct procedure_action *a, struct str name)
{
        for (size_t i = 0; i < a->n_fields; i++)
                if (str_eq(a->field[i].name, name))
                        return (int)i;
        return -1;
}

/* One value of the request to its place; what is blank counts as not given. */
static int place(const struct procedure_action *a, const struct form_value *in, struct step_value *value,
                 struct err *err)
{
        int at = field_of(a, in->name);
        if (at < 0) {
                char name[65];
                bool fit = in->name.n < sizeof name && utf8_valid(in->name) && !utf8_has_control(in->name);
                snprintf(name, sizeof name, "%.*s", fit ? (int)in->name.n : 0, fit ? in->name.p : "");
                return err_set(err, ERR_UNKNOWN, name, "“%1$s”%2$.0s没有这个字段", "\"%1$.0s%2$s\" has no such field",
                               a->name.zh, a->name.en);
        }
        const struct procedure_field *f = &a->field[at];
        if (value[at].given)
                return refuse(err, ERR_UNKNOWN, f, "给了两次", "is given twice");
        if (!utf8_valid(in->value))
                return refuse(err, ERR_UTF8, f, "不是有效的 UTF-8 文本", "is not valid UTF-8 text");
        if (utf8_has_control(in->value))
                return refuse(err, ERR_TYPE, f, "含有控制字符", "contains control characters");
        value[at].text = trim(in->value);
        value[at].given = value[at].text.n > 0;
        return OK;
}

int form_take(const struct procedure_action *a, const struct step_ask *ask, struct step_value *value, struct err *err)
{
        memset(value, 0, PROCEDURE_FIELDS_MAX * sizeof *value);
        for (size_t i = 0; i < ask->n_values; i++) {
                int e = place(a, &ask->value[i], value, err);
                if (e != OK)
                        return e;
        }
        for (size_t i = 0; i < a->n_fields; i++) {
                const struct procedure_field *f = &a->field[i];
                if (!value[i].given && f->required)
                        return refuse(err, ERR_MISSING, f, "必须填写", "is required");
                int e = value[i].given ? take[f->type](f, ask, &value[i], err) : OK;
                if (e != OK)
                        return e;
        }
        return OK;
}
