#include "api/inner/wire.h"
#include <microhttpd.h>
#include <strings.h>

/* RFC 9110 5.6.2 */
static bool is_token(struct str s)
{
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char)s.p[i];
                bool alnum = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
                if (!alnum && (c == 0 || !strchr("!#$%&'*+-.^_`|~", c)))
                        return false;
        }
        return s.n > 0;
}

static bool has_control(struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                if (((unsigned char)s.p[i] < 0x20 && s.p[i] != '\t') || s.p[i] == 0x7f)
                        return true;
        return false;
}

static bool name_is(struct str s, const char *name)
{
        return strlen(name) == s.n && strncasecmp(s.p, name, s.n) == 0;
}

static bool host_sound(struct str host)
{
        for (size_t i = 0; i < host.n; i++)
                if ((unsigned char)host.p[i] <= ' ' || strchr("/@?#\\\"<>,;", host.p[i]))
                        return false;
        return host.n <= 255;
}

static int length_read(struct str s, int64_t *ret)
{
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return 400;
        return str_int(s, 0, INT64_MAX, ret) == OK ? 0 : s.n > 18 ? 413 : 400;
}

int wire_headers(const struct http_header *h, size_t n, bool http11, int64_t *ret_length)
{
        int hosts = 0, lengths = 0, encodings = 0, wrong = 0;
        *ret_length = 0;
        for (size_t i = 0; i < n && wrong == 0; i++) {
                if (!is_token(h[i].name) || has_control(h[i].value))
                        return 400;
                if (name_is(h[i].name, "content-length")) {
                        lengths++;
                        wrong = length_read(h[i].value, ret_length);
                } else if (name_is(h[i].name, "transfer-encoding")) {
                        encodings++;
                        wrong = name_is(h[i].value, "chunked") ? 0 : 400;
                } else if (name_is(h[i].name, "host")) {
                        hosts++;
                        wrong = host_sound(h[i].value) ? 0 : 400;
                }
        }
        if (wrong)
                return wrong;
        if (hosts > 1 || (http11 && hosts == 0) || lengths + encodings > 1 || (encodings && !http11))
                return 400;
        if (encodings)
                *ret_length = -1;
        return 0;
}

struct wire_line wire_line(struct arena *arena, const char *uri)
{
        size_t n = strnlen(uri, HTTP_TARGET_MAX + 1);
        return (struct wire_line){ .target = { arena_strndup(arena, uri, n), n }, .at = (uintptr_t)uri };
}

/* ---- what stood between the views ------------------------------------------------------------------ */

struct walk {
        struct http_header *header;
        size_t n, max; /* all, also those past the ceiling; how many there is room for */
        size_t bytes;
        uintptr_t at; /* where the last view ended */
        bool gaps;    /* something other than the separators was there */
};

static void walk_to(struct walk *w, uintptr_t p, size_t n, size_t least, size_t most)
{
        if (p - w->at < least || p - w->at > most)
                w->gaps = true;
        w->at = p + n;
}

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value,
                                 size_t value_n)
{
        (void)kind;
        struct walk *w = arg;
        w->bytes += name_n + value_n + 4;
        if (w->n++ >= w->max)
                return MHD_YES;
        w->header[w->n - 1] =
                (struct http_header){ { name, name_n }, str_trim((struct str){ value ? value : "", value_n }) };
        walk_to(w, (uintptr_t)name, name_n, 2, 2);
        walk_to(w, (uintptr_t)value, value_n, 1, 9);
        return MHD_YES;
}

/* Only the 0.9 parser leaves what it accepts to be seen like this; later ones refuse it themselves. */
static bool parses_in_place(void)
{
        return strncmp(MHD_get_version(), "0.9.", 4) == 0;
}

void wire_read(struct MHD_Connection *mhd, struct arena *arena, const struct wire_line *line, const char *method,
               const char *version, struct http_head *head)
{
        int count = MHD_get_connection_values(mhd, MHD_HEADER_KIND, NULL, NULL);
        struct walk w = { .max = count < 0 ? 0 : count > HTTP_HEADERS_MAX ? HTTP_HEADERS_MAX : (size_t)count };
        w.header = arena_raw(arena, w.max * sizeof *w.header);
        w.at = (uintptr_t)method + strlen(method);
        walk_to(&w, line->at, line->target.n, 1, 1);
        walk_to(&w, (uintptr_t)version, strlen(version), 1, 1);
        MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, on_header, &w);
        const union MHD_ConnectionInfo *size = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
        if (size)
                walk_to(&w, (uintptr_t)method + size->header_size, 0, 4, 4);
        head->header = w.header;
        head->n = w.n < w.max ? w.n : w.max;
        if (line->target.n > HTTP_TARGET_MAX)
                head->wire = 414;
        else if (w.n > HTTP_HEADERS_MAX || w.bytes > HTTP_HEADER_BYTES_MAX)
                head->wire = 431;
        else if ((w.gaps && parses_in_place()) || !is_token(head->method))
                head->wire = 400;
        else
                head->wire = wire_headers(w.header, w.n, strcmp(version, "HTTP/1.0") != 0, &head->length);
}
