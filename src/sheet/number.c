/* Numbers of a spreadsheet: which are days, and how the others are written without exponent. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include "base/day.h"
#include "sheet/inner/xlsx.h"

#define EXACT_MAX 1e15   /* Excel keeps 15 digits */
#define SECONDS 86400
#define SERIAL_MAX 109571 /* 2199-12-31 */

enum number_shape shape_of_builtin(int id)
{
        /* ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are days in the Chinese, Japanese and Korean tables. */
        bool day = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58;
        bool time = (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56;
        return day ? SHAPE_DAY : time ? SHAPE_TIME : SHAPE_PLAIN;
}

/* Past a quoted, bracketed or escaped piece; [h], [mm] and [s] are elapsed time. */
static const char *skip(const char *p, bool *time)
{
        char end = *p == '"' ? '"' : ']';
        if (*p == '\\' || *p == '_' || *p == '*')
                return p[1] ? p + 2 : p + 1;
        if (end == ']' && strchr("hHmMsS", p[1]) && p[1])
                *time = true;
        for (p++; *p && *p != end; p++)
                ;
        return *p ? p + 1 : p;
}

enum number_shape shape_of_format(const char *code)
{
        bool day = false, time = false, general = strncasecmp(code, "general", 7) == 0;
        for (const char *p = code; *p && *p != ';' && !general;) {
                if (strchr("\"[\\_*", *p)) {
                        p = skip(p, &time);
                        continue;
                }
                int c = tolower((unsigned char)*p++);
                day = day || c == 'y' || c == 'd';
                time = time || c == 'h' || c == 's';
                day = day || (c == 'm' && !time && !strchr(code, ':'));
        }
        return day ? SHAPE_DAY : time ? SHAPE_TIME : SHAPE_PLAIN;
}

static struct cell fault(struct arena *a, struct str raw)
{
        return (struct cell){ .text = str_dup(a, raw), .kind = CELL_ERROR };
}

static struct cell moment(struct arena *a, struct str raw, double v, enum number_shape shape, bool from_1904)
{
        double whole = floor(v);
        int64_t seconds = (int64_t)llround((v - whole) * SECONDS);
        if (!(v >= 0) || whole > SERIAL_MAX)
                return fault(a, raw);
        int32_t n = (int32_t)whole + (seconds == SECONDS);
        seconds %= SECONDS;
        struct str time = str_printf(a, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
        if (shape == SHAPE_TIME && n == 0)
                return (struct cell){ .text = time, .kind = CELL_DATE };
        /* The 1900 system counts a 29 February 1900 that never was, for the sake of a program of 1983. */
        if (!from_1904 && (n == 60 || n == 0))
                return fault(a, raw);
        int32_t epoch = from_1904 ? -24107 : n < 60 ? -25568 : -25569; /* of day 0, from 1970-01-01 */
        char day[11];
        day_format((struct day){ epoch + n }, day);
        struct str text = seconds || shape == SHAPE_TIME ? str_printf(a, "%s " STR_FMT, day, STR_ARG(time)) : str_printf(a, "%s", day);
        return (struct cell){ .text = text, .kind = CELL_DATE };
}

struct cell number_cell(struct arena *a, struct str raw, enum number_shape shape, bool from_1904)
{
        double v;
        if (str_double(str_trim(raw), &v) != OK)
                return fault(a, raw);
        if (shape != SHAPE_PLAIN)
                return moment(a, raw, v, shape, from_1904);
        struct cell c = { .kind = CELL_NUMBER, .lossy = fabs(v) >= EXACT_MAX };
        if (c.lossy) {
                c.text = str_dup(a, raw);
        } else if (v == floor(v)) {
                c.text = str_printf(a, "%.0f", v + 0.0);
        } else {
                c.text = str_printf(a, "%.15g", v);
                if (memchr(c.text.p, 'e', c.text.n))
                        c.text = str_printf(a, "%.15f", v);
        }
        return c;
}

bool cell_place(const char *ref, int32_t *ret_row, int32_t *ret_column)
{
        int32_t row = 0, column = 0;
        int letters = 0, digits = 0;
        for (; *ref >= 'A' && *ref <= 'Z' && letters < 4; ref++, letters++)
                column = column * 26 + (*ref - 'A' + 1);
        for (; *ref >= '0' && *ref <= '9' && digits < 8; ref++, digits++)
                row = row * 10 + (*ref - '0');
        *ret_row = row;
        *ret_column = column - 1;
        return *ref == '\0' && letters > 0 && letters < 4 && digits > 0 && digits < 8 && row > 0;
}
