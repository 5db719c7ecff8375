#include "people/inner/post_check.h"

#define FILE_NAME STR("posts.csv")

/* One seat: the same role of the same org at the same place, whoever sits on it and under whatever post code. */
static struct str seat_of(struct arena *a, const struct post *p)
{
        return str_printf(a, "%u/%u/" STR_FMT, p->role, p->org, STR_ARG(p->place));
}

static struct map seats_in_force(struct arena *a, const struct posts *t, struct day today)
{
        struct map seats;
        map_init(&seats, a, t->n);
        for (uint32_t i = 0; i < t->n; i++)
                if (post_in_force(&t->row[i], today))
                        map_put(&seats, a, seat_of(a, &t->row[i]), i);
        return seats;
}

/* A term that ran out is history once somebody follows on the seat. */
static void check_term(struct arena *a, const struct map *seats, const struct post *p, struct day today,
                       struct findings *f)
{
        if (day_is_none(p->until) || p->until.n >= today.n || map_get(seats, seat_of(a, p)) != MAP_NONE)
                return;
        char until[11];
        finding_add(f, "post.term-over", SEV_ERROR, FILE_NAME, p->line,
                    (struct say){ "延长 until、写上接任的岗位，或删去这一行",
                                  "Extend until, add the post that follows, or drop the row" },
                    "岗位 %.*s 的任期已于 %s 届满，无人接任", "The term of post %.*s ran out on %s and nobody follows",
                    STR_ARG(p->code), day_format(p->until, until));
}

static void check_holder(const struct posts *t, const struct post *p, struct day today, struct findings *f)
{
        if (!post_in_force(p, today))
                return;
        bool backup = false;
        if (!post_acting(t, p, today, &backup))
                finding_add(f, "post.no-holder", SEV_ERROR, FILE_NAME, p->line,
                            (struct say){ "写上在职的 holder 或 backup", "Name a holder or a backup in service" },
                            "岗位 %.*s 没有在职的担任人或后备",
                            "Post %.*s has neither a holder nor a backup in service", STR_ARG(p->code));
        else if (backup)
                finding_add(f, "post.holder-gone", SEV_WARNING, FILE_NAME, p->line,
                            (struct say){ "写上新的 holder", "Name a new holder" }, "岗位 %.*s 只剩后备在顶替",
                            "Only the backup is left on post %.*s", STR_ARG(p->code));
}

static void check_same(const struct post *p, struct findings *f)
{
        if (p->holder == STAFF_NONE || p->holder != p->backup)
                return;
        finding_add(f, "post.same-person", SEV_WARNING, FILE_NAME, p->line,
                    (struct say){ "后备应当是另一个人", "The backup should be somebody else" },
                    "岗位 %.*s 的担任人与后备是同一人", "Holder and backup of post %.*s are the same person",
                    STR_ARG(p->code));
}

static void check_count(const struct posts *t, uint32_t person, struct findings *f)
{
        uint32_t n = t->of_person.first[person + 1] - t->of_person.first[person];
        if (n <= SCOPES_MAX)
                return;
        const struct post *last = &t->row[t->of_person.to[t->of_person.first[person + 1] - 1]];
        finding_add(f, "post.too-many", SEV_ERROR, FILE_NAME, last->line,
                    (struct say){ "把部分岗位交给他人", "Give some of the posts to others" },
                    "%.*s 担任或后备 %u 个岗位，最多 %d 个", "%.*s holds or backs up %u posts; at most %d are possible",
                    STR_ARG(t->world.staff->row[person].login), n, SCOPES_MAX);
}

static void check_apart(struct arena *a, const struct posts *t, uint32_t person, struct day today, struct findings *f)
{
        struct scopes s;
        scopes_of(a, t, t->world.staff->row[person].login, today, &s);
        uint64_t rights = 0, one_post = 0, both = right_bit(RIGHT_PEOPLE_MANAGE) | right_bit(RIGHT_AUDIT_READ);
        for (size_t i = 0; i < s.n; i++) {
                rights |= s.row[i].rights;
                one_post |= (s.row[i].rights & both) == both; /* role.three-admins has said so */
        }
        if ((rights & both) != both || one_post)
                return;
        finding_add(f, "post.two-admins", SEV_WARNING, FILE_NAME, post_find(t, s.row[0].post)->line,
                    (struct say){ "由不同的人管理人员和查看审计（三员分立）",
                                  "Let different people manage people and read the audit" },
                    "%.*s 既管理人员又查看审计", "%.*s both manages people and reads the audit",
                    STR_ARG(t->world.staff->row[person].login));
}

static void check_terms(struct arena *a, const struct posts *t, struct day today, struct findings *f)
{
        struct map seats = seats_in_force(a, t, today);
        for (size_t i = 0; i < t->n; i++) {
                check_term(a, &seats, &t->row[i], today, f);
                check_holder(t, &t->row[i], today, f);
        }
        for (uint32_t i = 0; i < t->world.staff->n; i++)
                check_apart(a, t, i, today, f);
}

void posts_check(struct arena *a, const struct posts *t, struct day today, struct findings *f)
{
        for (size_t i = 0; i < t->n; i++)
                check_same(&t->row[i], f);
        for (uint32_t i = 0; i < t->world.staff->n; i++)
                check_count(t, i, f);
        if (!day_is_none(today))
                check_terms(a, t, today, f);
}
