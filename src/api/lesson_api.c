/* api/lesson_api.c — what corrections of wrong subjects teach, for whoever keeps the catalogue. */
#include "api/folder_view.h"
#include "api/matter_view.h"
#include "api/routes.h"
#include "matter/lesson.h"

/* ---- looking ----------------------------------------------------------------------------------------------------------------- */

static const struct member word_members[] = {
        { .name = "word", .type = FIELD_STR },
        { .name = "texts", .type = FIELD_INT, .help = { "几件改正过的说到它，至少 5", "In how many of the corrected it stands, at least 5" } },
        { 0 },
};
static const struct shape word_shape = { NULL, word_members, NULL };

static const struct member lesson_members[] = {
        { .name = "from", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "这些话现在多认作什么；null 认不出，或各不相同", "What five of them and more lead to now; null: to nothing, or to this and that" } },
        { .name = "to", .type = FIELD_OBJECT, .of = &named_shape, .null = true, .help = { "工作人员改成什么", "What the desk made of it" } },
        { .name = "words", .type = FIELD_LIST, .of = &word_shape },
        { .name = "corrected", .type = FIELD_INT, .help = { "改正过几件，至少 5", "How many were corrected, at least 5" } },
        { .name = "right", .type = FIELD_INT, .help = { "加上这些词，其中几件会认对", "How many of them would be placed right with these words" } },
        { .name = "good", .type = FIELD_INT, .help = { "全部事项里现在认对的几件", "How many of all are placed right today" } },
        { .name = "wrong", .type = FIELD_INT, .help = { "其中几件会认错；1 到 4 件时为 0 且 wrong_few", "How many of those would go wrong; 0 with wrong_few where it is one to four" } },
        { .name = "wrong_few", .type = FIELD_BOOL },
        { 0 },
};
static const struct shape lesson_shape = { NULL, lesson_members, NULL };

static const struct member decided_members[] = {
        { .name = "subject", .type = FIELD_OBJECT, .of = &named_shape, .null = true },
        { .name = "word", .type = FIELD_STR },
        { .name = "by", .type = FIELD_STR },
        { .name = "at", .type = FIELD_INSTANT },
        { .name = "draft", .type = FIELD_ID, .null = true, .help = { "进了哪份草稿；null 是不采纳", "The draft that it went into; null: declined" } },
        { .name = "state", .type = FIELD_STR, .help = { "草稿的状态，或 declined", "State of the draft, or declined" } },
        { 0 },
};
static const struct shape decided_shape = { NULL, decided_members, NULL };

static const struct member lessons_members[] = {
        { .name = "items", .type = FIELD_LIST, .of = &lesson_shape },
        { .name = "decided", .type = FIELD_LIST, .of = &decided_shape },
        { .name = "looked", .type = FIELD_INT, .help = { "看了最近的几件", "From how many of the newest matters" } },
        { 0 },
};
static const struct shape lessons_shape = { "Lessons", lessons_members, NULL };

static struct str code_of(const struct town *t, uint32_t subject)
{
        return subject == SUBJECT_NONE ? STR("") : t->subjects.row[subject].code;
}

static void lesson_view(struct json *j, const struct town *t, const struct lesson *l)
{
        bool few = l->wrong > 0 && l->wrong < LESSON_LEAST;
        json_open(j);
        view_subject(j, "from", t, code_of(t, l->from));
        view_subject(j, "to", t, code_of(t, l->to));
        json_key(j, "words");
        json_list(j);
        for (uint32_t i = 0; i < l->n_words; i++) {
                json_open(j);
                json_kstr(j, "word", l->word[i].text);
                json_kint(j, "texts", l->word[i].texts);
                json_close(j);
        }
        json_end(j);
        json_kint(j, "corrected", l->corrected);
        json_kint(j, "right", l->right);
        json_kint(j, "good", l->good);
        json_kint(j, "wrong", few ? 0 : l->wrong);
        json_kbool(j, "wrong_few", few);
        json_close(j);
}

static void decided_view(struct json *j, const struct town *t, const struct lesson_decided *d)
{
        json_open(j);
        view_subject(j, "subject", t, d->subject);
        json_kstr(j, "word", d->word);
        json_kstr(j, "by", d->actor);
        json_kinstant(j, "at", d->at);
        json_key(j, "draft");
        if (d->draft == INT64_MIN)
                json_null(j);
        else
                json_id(j, d->draft);
        json_kstr(j, "state", d->draft == INT64_MIN ? STR("declined") : d->state.n ? d->state : STR(""));
        json_close(j);
}

static int list(struct request *req)
{
        const struct town *t;
        struct lessons all;
        struct lesson_decisions decided;
        int64_t looked;
        int rc = house_read(req, &t);
        if (rc == OK)
                rc = matter_lessons(&req->ctx, t, &all, &looked);
        if (rc == OK)
                rc = matter_lessons_decided(&req->ctx, &decided);
        if (rc != OK)
                return rc;
        struct json j = request_items(req);
        for (uint32_t i = 0; i < all.n; i++)
                lesson_view(&j, t, &all.row[i]);
        json_end(&j);
        json_key(&j, "decided");
        json_list(&j);
        for (size_t i = 0; i < decided.n; i++)
                decided_view(&j, t, &decided.row[i]);
        json_end(&j);
        json_kint(&j, "looked", looked);
        json_close(&j);
        return OK;
}

/* ---- deciding ----------------------------------------------------------------------------------------------------------------- */

static const struct field word_field = { .name = "word", .type = FIELD_STR, .min = LESSON_WORD_MIN, .max = LESSON_WORD_MAX, .help = { "一个词", "A word" } };
enum { BODY_SUBJECT, BODY_WORDS, BODY_FIELDS };
static const struct field decide_body[] = {
        [BODY_SUBJECT] = { .name = "subject", .type = FIELD_CODE, .required = true, .help = { "事项类别", "The subject" } },
        [BODY_WORDS] = { .name = "words", .type = FIELD_LIST, .of = &word_field, .required = true, .min = 1, .max = LESSON_WORDS, .help = { "哪些词", "Which words" } },
        [BODY_FIELDS] = { 0 },
};

struct deciding {
        struct request *req;
        const struct town *t;
        struct str word[LESSON_WORDS];
        struct lesson_take take;
        struct draft d;
};

static int begin(struct request *req, struct deciding **ret)
{
        struct deciding *o = arena_new(req->ctx.arena, struct deciding);
        struct tx *tx;
        o->req = req;
        int rc = house_in_person(req);
        if (rc == OK)
                rc = house_town(req, &o->t);
        if (rc != OK)
                return rc;
        o->take = (struct lesson_take){ .subject = value_str(&req->body, BODY_SUBJECT), .word = o->word, .n = value_count(&req->body, BODY_WORDS) };
        for (size_t i = 0; i < o->take.n; i++)
                o->word[i] = value_item(&req->body, BODY_WORDS, i)->str;
        req->state = o;
        *ret = o;
        rc = request_tx(req, &tx);
        return rc == OK ? matter_lesson_check(&req->ctx, o->t, o->take.subject, o->word, o->take.n) : rc;
}

static struct str why_of(struct request *req, const struct deciding *o)
{
        struct str words = STR("");
        for (size_t i = 0; i < o->take.n; i++)
                words = str_printf(req->ctx.arena, STR_FMT "%s" STR_FMT, STR_ARG(words), i ? "、" : "", STR_ARG(o->word[i]));
        return str_printf(req->ctx.arena, "从改正的类别学来：“" STR_FMT "”加关键词 " STR_FMT, STR_ARG(o->take.subject), STR_ARG(words));
}

static int take_run(struct tx *tx, struct command *self)
{
        struct deciding *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return matter_lesson_take(&ctx, o->t, &o->take, &o->d);
}

static int take_finish(struct request *req, int rc)
{
        const struct deciding *o = req->state;
        if (rc != OK)
                return rc;
        struct json j = request_json(req, 201);
        json_open(&j);
        draft_fields(&j, o->t, &o->d, req->who.login);
        json_close(&j);
        return OK;
}

static int take(struct request *req)
{
        struct deciding *o;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        o->take.draft = id_next(req->ctx.ids, req->ctx.now);
        o->take.why = why_of(req, o);
        req->finish = take_finish;
        return request_submit(req, take_run, o);
}

static int decline_run(struct tx *tx, struct command *self)
{
        struct deciding *o = self->arg;
        struct ctx ctx = o->req->ctx;
        ctx.tx = tx;
        return matter_lesson_decline(&ctx, o->t, o->take.subject, o->word, o->take.n);
}

static int decline(struct request *req)
{
        struct deciding *o;
        int rc = begin(req, &o);
        if (rc != OK)
                return rc;
        req->finish = house_ok;
        return request_submit(req, decline_run, o);
}

static const struct route lesson_routes[] = {
        { .name = "lesson.list", .method = HTTP_GET, .path = "/api/lessons", .may = RIGHT_TOWN_LOAD, .scope = SCOPE_TOWN, .run_on = RUN_READ, .run = list, .answer = &lessons_shape,
          .help = { "从改正的类别学到什么：哪些词该认作哪一类", "What corrections of subjects teach: which words should lead to which subject" } },
        { .name = "lesson.take", .method = HTTP_POST, .path = "/api/lessons/take", .may = RIGHT_TOWN_LOAD, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = decide_body, .status = 201, .run = take, .answer = &draft_item_shape,
          .help = { "采纳：写成文件夹的草稿，等另一个人复核装入", "Take them: a draft of the folder that waits for a second person" } },
        { .name = "lesson.decline", .method = HTTP_POST, .path = "/api/lessons/decline", .may = RIGHT_TOWN_LOAD, .scope = SCOPE_TOWN, .run_on = RUN_WRITE, .rate = RATE_WRITE,
          .body = decide_body, .run = decline, .answer = &ok_shape,
          .help = { "不采纳：以后不再提出", "Decline them: they are not proposed again" } },
};
const struct route_table lesson_route_table = ROUTES(lesson_routes);
