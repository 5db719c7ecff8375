/* What a resident writes: which subject, does it speak of danger, what goes into the search index, how is it masked? */
#include "duty/match.h"
#include "duty/signpost.h"
#include "fuzz.h"
#include "insight/tokens.h"

static const char catalogue[] = "code,parent,name_zh,name_en,keywords,level\n"
                                "water,,供水,Water,停水;没水;自来水,big\n"
                                "water.pipe,water,水管漏水,Leaking pipe,漏水;爆管;跑水,small\n"
                                "lamp,,路灯不亮,Street lamp,路灯;灯杆;不亮,small\n"
                                "noise,,噪声扰民,Noise,噪音;噪声;扰民;施工;noise,small\n";

static struct arena kept;
static struct subjects subjects;
static struct matcher *matcher;
static struct signposts *signposts;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        struct findings f = { .arena = &kept };
        (void)argc, (void)argv;
        subjects_read(&kept, str_of(catalogue), &f, &subjects);
        matcher = matcher_new(&kept, &subjects);
        signposts = signposts_new(&kept);
        return 0;
}

static bool inside(struct str part, struct str whole)
{
        return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void match(struct arena *a, const struct match_in *in)
{
        struct match m;
        uint32_t offer[8];
        match_subject(&subjects, matcher_classifier(matcher), a, in, &m);
        MUST(m.how < MATCH_HOWS && m.score >= 0 && m.score <= 1000);
        MUST((m.how == MATCH_DESK) == (m.subject == SUBJECT_NONE) && (m.how == MATCH_DESK || m.subject < subjects.n));
        for (uint32_t i = 0; i < m.n_words; i++)
                MUST(inside(m.words[i].text, m.words[i].in_title ? in->title : in->text));
        uint32_t n = match_suggest(matcher, a, in->title, offer, COUNT(offer));
        MUST(n <= COUNT(offer));
        for (uint32_t i = 0; i < n; i++)
                MUST(offer[i] < subjects.n);
}

static void signs(struct arena *a, const struct match_in *in)
{
        struct signs s;
        signposts_read(signposts, a, in->title, in->text, &s);
        MUST(s.n_dangers <= DANGERS && s.n_channels <= CHANNELS);
        for (uint32_t i = 0; i < s.n_dangers; i++)
                MUST(inside(s.danger[i].word, in->title) || inside(s.danger[i].word, in->text));
}

/* Title before the first newline, then the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        ARENA_AUTO a = { 0 };
        struct str all = fuzz_bytes(data, n), title = { all.p, 0 };
        BUF_AUTO tokens = BUF(TOKENS_BYTES_MAX);
        BUF_AUTO query = BUF(TOKENS_BYTES_MAX);
        if (!utf8_valid(all))
                return 0;
        while (title.n < all.n && all.p[title.n] != '\n')
                title.n++;
        struct match_in in = { .title = title, .text = { all.p + title.n, all.n - title.n } };
        match(&a, &in);
        signs(&a, &in);
        tokens_of(110101002000, all, &tokens);
        MUST(tokens_query(110101002000, all, &query) <= TOKENS_QUERY_MAX);
        return 0;
}
