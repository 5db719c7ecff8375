#include <sodium.h>
#include "base/buf.h"
#include "notice/inner/request.h"

#define MAIL_BYTES 65536
#define WORD_BYTES 42 /* of text in one encoded word, which with its frame may have 75 signs */
#define LINE_BYTES 57 /* of text in one line of 76 signs */

static void put_base64(struct buf *out, const char *p, size_t n)
{
        char text[sodium_base64_ENCODED_LEN(LINE_BYTES, sodium_base64_VARIANT_ORIGINAL)];
        buf_puts(out, sodium_bin2base64(text, sizeof(text), (const unsigned char *)p, n, sodium_base64_VARIANT_ORIGINAL));
}

/* RFC 2047: words end between characters, and go on in the next line. */
static void put_words(struct buf *out, struct str s)
{
        for (bool first = true; s.n || first; first = false) {
                size_t n = 0, next = 0;
                while (next < s.n) {
                        utf8_next(s, &next);
                        if (next > WORD_BYTES)
                                break;
                        n = next;
                }
                buf_puts(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
                put_base64(out, s.p, n);
                buf_puts(out, "?=");
                s = (struct str){ s.p + n, s.n - n };
        }
}

static void put_date(struct buf *out, struct instant now)
{
        static const char *const day[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
        static const char *const month[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
        int y, m, d, s = (int)(instant_us_of_day(now) / US_PER_SECOND);
        day_split(instant_day(now), &y, &m, &d);
        buf_printf(out, "Date: %s, %02d %s %d %02d:%02d:%02d +0800\r\n", day[day_weekday(instant_day(now))], d, month[m - 1], y, s / 3600,
                   s / 60 % 60, s % 60);
}

struct str mail_bytes(struct arena *a, const struct mail *m)
{
        BUF_AUTO out = BUF(MAIL_BYTES);
        buf_puts(&out, "From: ");
        put_words(&out, m->name);
        buf_printf(&out, " <%s>\r\nTo: <%.*s>\r\nSubject: ", m->from, STR_ARG(m->to));
        put_words(&out, m->subject);
        buf_puts(&out, "\r\n");
        put_date(&out, m->now);
        buf_printf(&out, "Message-ID: <%lld%s>\r\n", (long long)m->id, strchr(m->from, '@'));
        buf_puts(&out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                       "Content-Transfer-Encoding: base64\r\n\r\n");
        for (size_t i = 0; i < m->text.n; i += LINE_BYTES) {
                put_base64(&out, m->text.p + i, m->text.n - i < LINE_BYTES ? m->text.n - i : LINE_BYTES);
                buf_puts(&out, "\r\n");
        }
        return str_dup(a, buf_view(&out));
}
