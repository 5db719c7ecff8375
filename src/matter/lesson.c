#include "matter/lesson.h"
#include "base/json.h"
#include "matter/inner/write.h"
#include "matter/lesson_sql.h"
#include "people/audit.h"
#include "place/spoken.h"

/* ---- what may not be proposed ------------------------------------------------------------------------------------------------ */

struct barred {
        struct arena *a;
        const struct town *t;
        struct lesson_decisions decided;
};

/* Part of a name, or with a name in it: it is the name that would be learned. */
static bool shares(struct str word, struct str name)
{
        return name.n >= 6 && (str_find(name, word) >= 0 || str_find(word, name) >= 0);
}

static bool names_something(const struct town *t, struct str word)
{
        for (size_t i = 0; i < t->places.n; i++) {
                const struct place *p = &t->places.row[i];
                if (shares(word, p->name))
                        return true;
                for (size_t k = 0; k < p->n_aliases; k++)
                        if (shares(word, p->aliases[k]))
                                return true;
        }
        for (size_t i = 0; i < t->aliases.n; i++)
                if (shares(word, t->aliases.row[i].said))
                        return true;
        for (size_t i = 0; i < t->staff.n; i++)
                if (shares(word, t->staff.row[i].name))
                        return true;
        for (size_t i = 0; i < t->orgs.n; i++)
                if (shares(word, t->orgs.row[i].name))
                        return true;
        return false;
}

/* A draft that its proposer let go decided nothing. */
static bool stands(const struct lesson_decided *d)
{
        return d->draft == INT64_MIN || !(str_is(d->state, "withdrawn") || str_is(d->state, "expired"));
}

static bool never(void *self, uint32_t to, struct str word)
{
        const struct barred *b = self;
        for (size_t i = 0; i < b->decided.n; i++) {
                const struct lesson_decided *d = &b->decided.row[i];
                if (str_eq(d->word, word) && str_eq(d->subject, b->t->subjects.row[to].code) && stands(d))
                        return true;
        }
        return spoken_names_person(b->a, word) || names_something(b->t, word);
}

int matter_lessons_decided(struct ctx *ctx, struct lesson_decisions *ret)
{
        struct sql_matter_lesson_decided_rows rows;
        int rc = sql_matter_lesson_decided(ctx->tx, ctx->arena, &(struct sql_matter_lesson_decided_in){ ctx->town }, &rows);
        if (rc != OK)
                return rc;
        *ret = (struct lesson_decisions){ arena_array(ctx->arena, struct lesson_decided, rows.n), rows.n };
        for (size_t i = 0; i < rows.n; i++) {
                const struct sql_matter_lesson_decided_row *r = &rows.row[i];
                ret->row[i] = (struct lesson_decided){ r->subject, r->word, r->actor, r->state, r->draft, r->at };
        }
        return OK;
}

/* ---- deriving ------------------------------------------------------------------------------------------------------------------ */

static bool sample_of(struct arena *a, const struct town *t, const struct sql_matter_lesson_look_row *r, struct lesson_sample *ret)
{
        JSON_AUTO doc = NULL;
        uint32_t is = subject_find(&t->subjects, r->subject);
        if (is == SUBJECT_NONE || json_parse(r->words, &doc, NULL) != OK)
                return false;
        struct json_object *title = json_get(doc, "title"), *words = json_get(doc, "words");
        *ret = (struct lesson_sample){ .title = title ? str_dup(a, json_text(title)) : STR(""), .text = words ? str_dup(a, json_text(words)) : STR(""),
                                       .is = is, .corrected = str_is(r->matched, match_how_name(MATCH_DESK)) };
        return ret->text.n > 0;
}

int matter_lessons(struct ctx *ctx, const struct town *t, struct lessons *ret, int64_t *ret_looked)
{
        struct id_gen fresh = { 0 };
        struct instant since = { ctx->now.us - LESSON_DAYS * US_PER_DAY };
        struct sql_matter_lesson_look_rows rows;
        struct barred b = { .a = ctx->arena, .t = t };
        uint32_t n = 0;
        int rc = sql_matter_lesson_look(ctx->tx, ctx->arena, &(struct sql_matter_lesson_look_in){ ctx->town, id_next(&fresh, since) - 1, LESSON_SAMPLES_MAX }, &rows);
        if (rc == OK)
                rc = matter_lessons_decided(ctx, &b.decided);
        if (rc != OK)
                return rc;
        struct lesson_sample *s = arena_array(ctx->arena, struct lesson_sample, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                n += sample_of(ctx->arena, t, &rows.row[i], &s[n]);
        lessons_find(ctx->arena, &t->subjects, s, n, never, &b, ret);
        *ret_looked = n;
        return OK;
}

/* ---- deciding ------------------------------------------------------------------------------------------------------------------- */

static int fits_word(struct ctx *ctx, const struct subject *s, struct str word)
{
        size_t chars = utf8_count(word);
        if (chars < LESSON_WORD_MIN || chars > LESSON_WORD_MAX)
                return err_set(ctx->err, ERR_RANGE, "words", "关键词应为 %d 到 %d 个字", "A keyword has %d to %d characters", LESSON_WORD_MIN, LESSON_WORD_MAX);
        if (spoken_names_person(ctx->arena, word) || str_find(word, STR(";")) >= 0 || str_find(word, STR("；")) >= 0)
                return err_set(ctx->err, ERR_RULE, "words", "不能作为关键词：" STR_FMT, "This cannot be a keyword: " STR_FMT, STR_ARG(word));
        for (uint32_t i = 0; i < s->n_keywords; i++)
                if (str_eq(s->keywords[i], word))
                        return err_set(ctx->err, ERR_RULE, "words", "已经是这个类别的关键词：" STR_FMT, "It is a keyword of this subject already: " STR_FMT, STR_ARG(word));
        return OK;
}

static int fits(struct ctx *ctx, const struct town *t, struct str subject, const struct str *word, size_t n)
{
        uint32_t at = subject_find(&t->subjects, subject);
        int rc = OK;
        if (at == SUBJECT_NONE)
                return err_set(ctx->err, ERR_UNKNOWN, "subject", "没有这个事项类别：" STR_FMT, "There is no such subject: " STR_FMT, STR_ARG(subject));
        for (size_t i = 0; rc == OK && i < n; i++)
                rc = fits_word(ctx, &t->subjects.row[at], word[i]);
        return rc;
}

/* Found among what is proposed for this subject, whole or as the part that is meant. */
static bool proposed(const struct lessons *all, uint32_t to, struct str word)
{
        for (uint32_t i = 0; i < all->n; i++)
                for (uint32_t k = 0; all->row[i].to == to && k < all->row[i].n_words; k++)
                        if (str_find(all->row[i].word[k].text, word) >= 0)
                                return true;
        return false;
}

int matter_lesson_check(struct ctx *ctx, const struct town *t, struct str subject, const struct str *word, size_t n)
{
        struct lessons all;
        int64_t looked;
        int rc = fits(ctx, t, subject, word, n);
        if (rc == OK)
                rc = matter_lessons(ctx, t, &all, &looked);
        for (size_t i = 0; rc == OK && i < n; i++)
                if (!proposed(&all, subject_find(&t->subjects, subject), word[i]))
                        rc = err_set(ctx->err, ERR_RULE, "words", "改正没有教这个词：" STR_FMT "；要加别的词，请直接修改 subjects.csv",
                                     "Corrections do not teach this word: " STR_FMT "; for another one change subjects.csv itself", STR_ARG(word[i]));
        return rc;
}

static int decide(struct ctx *ctx, struct str subject, const struct str *word, size_t n, int64_t draft)
{
        struct sql_matter_lesson_decide_in in = { .town = ctx->town, .subject = subject, .actor = actor_text(ctx->arena, ctx->actor), .at = ctx->now, .draft = draft };
        int rc = OK;
        for (size_t i = 0; rc == OK && i < n; i++) {
                in.word = word[i];
                rc = sql_matter_lesson_decide(ctx->tx, &in, NULL);
        }
        return rc == OK ? audit_add(ctx, draft == INT64_MIN ? "lesson-decline" : "lesson-take", subject, true) : rc;
}

/* The catalogue of the version in force with the words in it. */
static int taught_file(struct ctx *ctx, const struct lesson_take *in, struct str *ret, int64_t *ret_base)
{
        struct folder *fo = arena_new(ctx->arena, struct folder);
        struct town_label label;
        int rc = town_label(ctx, 0, &label);
        if (rc == OK)
                rc = town_folder_of(ctx, ctx->arena, 0, fo);
        const struct folder_file *file = rc == OK ? folder_find(fo, SUBJECT_FILE) : NULL;
        if (rc != OK)
                return rc;
        *ret_base = label.version;
        if (!file || subject_taught(ctx->arena, file->text, in->subject, in->word, in->n, ret) != OK)
                return err_set(ctx->err, ERR_RULE, "subject", "subjects.csv 里没有这一类别或 keywords 一列", "subjects.csv lacks this subject or the column keywords");
        return OK;
}

int matter_lesson_take(struct ctx *ctx, const struct town *t, const struct lesson_take *in, struct draft *ret)
{
        struct str text;
        int64_t base;
        int rc = fits(ctx, t, in->subject, in->word, in->n);
        if (rc == OK)
                rc = taught_file(ctx, in, &text, &base);
        if (rc == OK)
                rc = draft_open(ctx, in->why, in->draft, ret);
        if (rc == OK)
                rc = draft_put(ctx, in->draft, 0, STR(SUBJECT_FILE), base, &text, ret);
        if (rc == OK)
                rc = draft_step(ctx, in->draft, 0, DRAFT_PROPOSE, STR(""), ret);
        return rc == OK ? decide(ctx, in->subject, in->word, in->n, in->draft) : rc;
}

int matter_lesson_decline(struct ctx *ctx, const struct town *t, struct str subject, const struct str *word, size_t n)
{
        int rc = fits(ctx, t, subject, word, n);
        return rc == OK ? decide(ctx, subject, word, n, INT64_MIN) : rc;
}
