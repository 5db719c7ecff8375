#include "api/form.h"
#include <microhttpd.h>
#include "api/inner/form.h"
#include "base/err.h"

#define PROCESSOR_BYTES ((size_t)4 << 10)

/* Values lie one behind the other in one piece of memory as large as the body: decoding never makes them longer. */
struct taking {
        struct arena *arena;
        struct form *form;
        char *at, *end;
        int rc;
};

static struct form_pair *pair_begin(struct taking *t, const char *key, const char *filename)
{
        if (t->form->n == FORM_PAIRS_MAX || strlen(key) > FORM_NAME_MAX) {
                t->rc = ERR_TOO_BIG;
                return NULL;
        }
        struct form_pair *p = &t->form->row[t->form->n++];
        *p = (struct form_pair){ .name = str_dup(t->arena, str_of(key)), .value = { t->at, 0 }, .file = filename != NULL };
        return p;
}

static enum MHD_Result take(void *arg, enum MHD_ValueKind kind, const char *key, const char *filename, const char *type,
                            const char *encoding, const char *data, uint64_t off, size_t n)
{
        struct taking *t = arg;
        (void)kind, (void)type, (void)encoding;
        if (!key)
                return MHD_YES;
        struct form_pair *p = off == 0 || t->form->n == 0 ? pair_begin(t, key, filename) : &t->form->row[t->form->n - 1];
        if (!p)
                return MHD_NO;
        p->bytes += n;
        if (p->file)
                return MHD_YES;
        if (n > (size_t)(t->end - t->at)) {
                t->rc = ERR_TOO_BIG;
                return MHD_NO;
        }
        if (n > 0)
                memcpy(t->at, data, n);
        t->at += n;
        p->value.n += n;
        return MHD_YES;
}

/* CR LF, and a CR alone, are one newline. */
static void one_newline(struct form_pair *p)
{
        char *s = (char *)(uintptr_t)p->value.p;
        size_t to = 0;
        for (size_t i = 0; i < p->value.n; i++) {
                if (s[i] == '\r' && i + 1 < p->value.n && s[i + 1] == '\n')
                        continue;
                s[to++] = s[i] == '\r' ? '\n' : s[i];
        }
        p->value.n = to;
}

int form_read(struct MHD_Connection *mhd, struct arena *arena, struct str body, struct form *ret)
{
        *ret = (struct form){ .row = arena_array(arena, struct form_pair, FORM_PAIRS_MAX) };
        if (body.n == 0)
                return OK;
        struct taking t = { .arena = arena, .form = ret, .at = arena_raw(arena, body.n + 1) };
        t.end = t.at + body.n;
        struct MHD_PostProcessor *p = MHD_create_post_processor(mhd, PROCESSOR_BYTES, take, &t);
        if (!p)
                return ERR_BAD;
        enum MHD_Result fed = MHD_post_process(p, body.p, body.n), whole = MHD_destroy_post_processor(p);
        for (size_t i = 0; i < ret->n; i++)
                one_newline(&ret->row[i]);
        return t.rc != OK ? t.rc : fed == MHD_YES && whole == MHD_YES ? OK : ERR_BAD;
}

struct str form_value_of(const struct form *f, const char *name)
{
        for (size_t i = 0; i < f->n; i++)
                if (f->row[i].value.n && str_is(f->row[i].name, name))
                        return f->row[i].value;
        return (struct str){ 0 };
}
