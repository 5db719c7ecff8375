#include "place/spoken.h"
#include <stdio.h>
#include "base/buf.h"
#include "base/err.h"

#define FORM_BYTES ((size_t)16 << 10)

/* ---- code points in and out ------------------------------------------------------------------------------------------- */

struct points {
        uint32_t *p;
        size_t n;
};

static void put(struct buf *out, uint32_t c)
{
        if (c < 0x80) {
                buf_char(out, (char)c);
        } else if (c < 0x800) {
                buf_char(out, (char)(0xC0 | c >> 6));
                buf_char(out, (char)(0x80 | (c & 0x3F)));
        } else if (c < 0x10000) {
                buf_char(out, (char)(0xE0 | c >> 12));
                buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
                buf_char(out, (char)(0x80 | (c & 0x3F)));
        } else {
                buf_char(out, (char)(0xF0 | c >> 18));
                buf_char(out, (char)(0x80 | (c >> 12 & 0x3F)));
                buf_char(out, (char)(0x80 | (c >> 6 & 0x3F)));
                buf_char(out, (char)(0x80 | (c & 0x3F)));
        }
}

static bool is_digit(uint32_t c)
{
        return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
        return c >= 'a' && c <= 'z';
}

/* ---- single characters ------------------------------------------------------------------------------------------------ */

#define PART '|'

static bool parts(uint32_t c)
{
        static const uint32_t sign[] = { ',', ';', ':', '(', ')', '[', ']', '{', '}', '/', '\\', '|', '"', '\'', '\n', '\r', '!', '?', '<', '>', '=',
                                         0x3001, 0x3002, 0xFF61, 0x300A, 0x300B, 0x3008, 0x3009, 0x300C, 0x300D, 0x3010, 0x3011, 0x201C, 0x201D,
                                         0x2018, 0x2019, 0x2026 };
        for (size_t i = 0; i < COUNT(sign); i++)
                if (sign[i] == c)
                        return true;
        return false;
}

/* Blanks and hyphens, of which there are many in Unicode, are one ' ' and one '-'. */
static uint32_t plain(uint32_t c)
{
        if (c >= 0xFF01 && c <= 0xFF5E)
                c -= 0xFF01 - '!';
        if (c >= 'A' && c <= 'Z')
                return c + ('a' - 'A');
        if (c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A))
                return ' ';
        if ((c >= 0x2010 && c <= 0x2015) || c == '_' || c == '.' || c == 0xB7 || c == '~')
                return '-';
        if (c == 0x865F) /* 號 */
                return 0x53F7;
        if (c == 0x68DF) /* 棟 */
                return 0x680B;
        return parts(c) ? PART : c;
}

static struct points read_points(struct arena *a, struct str text)
{
        struct points s = { arena_array(a, uint32_t, text.n + 1), 0 };
        for (size_t i = 0; i < text.n;)
                s.p[s.n++] = plain(utf8_next(text, &i));
        return s;
}

/* ---- numerals --------------------------------------------------------------------------------------------------------- */

/* 0-9 a digit, 10, 100, 1000, 10000 a unit, -1 neither. 大写 too. */
static int numeral(uint32_t c)
{
        static const struct { uint32_t c; int n; } table[] = {
                { 0x96F6, 0 }, { 0x3007, 0 }, { 0x4E00, 1 }, { 0x5E7A, 1 }, { 0x58F9, 1 }, { 0x4E8C, 2 }, { 0x4E24, 2 }, { 0x8D30, 2 },
                { 0x4E09, 3 }, { 0x53C1, 3 }, { 0x56DB, 4 }, { 0x8086, 4 }, { 0x4E94, 5 }, { 0x4F0D, 5 }, { 0x516D, 6 }, { 0x9646, 6 },
                { 0x4E03, 7 }, { 0x67D2, 7 }, { 0x516B, 8 }, { 0x634C, 8 }, { 0x4E5D, 9 }, { 0x7396, 9 }, { 0x5341, 10 }, { 0x62FE, 10 },
                { 0x767E, 100 }, { 0x4F70, 100 }, { 0x5343, 1000 }, { 0x4EDF, 1000 }, { 0x4E07, 10000 },
        };
        for (size_t i = 0; i < COUNT(table); i++)
                if (table[i].c == c)
                        return table[i].n;
        return -1;
}

/* The value of a run that has units in it, read from the left; -1 when it is no number: 百万, 二十三十. */
static int64_t with_units(const uint32_t *p, size_t n)
{
        int64_t whole = 0, below = 0, digit = -1, last = INT64_MAX;
        for (size_t i = 0; i < n; i++) {
                int v = numeral(p[i]);
                if (v < 10) {
                        if (digit > 0)
                                return -1;
                        digit = v;
                } else if (v == 10000) {
                        if (whole || (below == 0 && digit <= 0))
                                return -1;
                        whole = (below + (digit > 0 ? digit : 0)) * 10000;
                        below = 0;
                        digit = -1;
                        last = INT64_MAX;
                } else {
                        bool leads = v == 10 && digit < 0 && below == 0; /* 十二 */
                        if (v >= last || (digit <= 0 && !leads))
                                return -1;
                        below += (leads ? 1 : digit) * v;
                        last = v;
                        digit = -1;
                }
        }
        return whole + below + (digit > 0 ? digit : 0);
}

/* A run of numerals at @i as digits into @out. Bytes of the run that are no number stay. */
static size_t take_numerals(const struct points *s, size_t i, struct points *out)
{
        size_t n = 0;
        bool units = false, fits;
        while (i + n < s->n && numeral(s->p[i + n]) >= 0)
                units = numeral(s->p[i + n++]) >= 10 || units;
        bool cross = n == 1 && numeral(s->p[i]) == 10 && i + 1 < s->n && s->p[i + 1] == 0x5B57; /* 十字 */
        /* Beside a digit a unit stays what it is: the form of a form is itself. */
        bool beside = (i > 0 && is_digit(s->p[i - 1])) || (i + n < s->n && is_digit(s->p[i + n]));
        int64_t value = units && !cross && !beside ? with_units(s->p + i, n) : -1;
        char text[24];
        fits = value >= 0 && n <= 16;
        if (fits) {
                int len = snprintf(text, sizeof(text), "%lld", (long long)value);
                for (int k = 0; k < len; k++)
                        out->p[out->n++] = (unsigned char)text[k];
                return n;
        }
        for (size_t k = 0; k < n; k++) {
                int v = numeral(s->p[i + k]);
                out->p[out->n++] = v < 10 ? (uint32_t)('0' + v) : s->p[i + k];
        }
        return n;
}

static struct points with_digits(struct arena *a, const struct points *s)
{
        struct points out = { arena_array(a, uint32_t, 6 * s->n + 1), 0 };
        for (size_t i = 0; i < s->n;) {
                if (numeral(s->p[i]) >= 0)
                        i += take_numerals(s, i, &out);
                else
                        out.p[out.n++] = s->p[i++];
        }
        return out;
}

/* ---- blanks, zeros ---------------------------------------------------------------------------------------------------- */

static bool keeps_gap(uint32_t gap, uint32_t before, uint32_t after)
{
        if (is_digit(before) && is_digit(after))
                return true;
        return gap == ' ' && is_letter(before) && is_letter(after);
}

static struct points without_gaps(struct arena *a, const struct points *s)
{
        struct points out = { arena_array(a, uint32_t, s->n + 1), 0 };
        for (size_t i = 0; i < s->n; i++) {
                uint32_t c = s->p[i], last = out.n ? out.p[out.n - 1] : PART;
                if (c == ' ' || c == '-') {
                        size_t k = i;
                        while (k < s->n && (s->p[k] == ' ' || s->p[k] == '-'))
                                k++;
                        if (k < s->n && keeps_gap(c, last, s->p[k]))
                                out.p[out.n++] = c;
                        i = k - 1;
                } else if (c != PART || last != PART) {
                        out.p[out.n++] = c;
                }
        }
        while (out.n && out.p[out.n - 1] == PART)
                out.n--;
        return out;
}

static struct points without_zeros(struct arena *a, const struct points *s)
{
        struct points out = { arena_array(a, uint32_t, s->n + 1), 0 };
        for (size_t i = 0; i < s->n; i++) {
                bool leads = s->p[i] == '0' && (i == 0 || !is_digit(s->p[i - 1]));
                while (leads && s->p[i] == '0' && i + 1 < s->n && is_digit(s->p[i + 1]))
                        i++;
                out.p[out.n++] = s->p[i];
        }
        return out;
}

/* ---- words that mean the same ------------------------------------------------------------------------------------------ */

/* Where the rule holds: anywhere, behind a digit, behind a digit or letter, before a digit. */
enum beside { ANYWHERE, BEHIND_DIGIT, BEHIND_ALNUM, BEFORE_DIGIT };
static const struct same { const char *from, *to; enum beside where; } same[] = {
        { "居民委员会", "居委会", ANYWHERE }, { "村民委员会", "村委会", ANYWHERE }, { "社区居委会", "社区", ANYWHERE },
        { "村村委会", "村", ANYWHERE },       { "村委会", "村", ANYWHERE },         { "居委会", "社区", ANYWHERE },
        { "十字路口", "路口", ANYWHERE },     { "丁字路口", "路口", ANYWHERE },     { "交叉路口", "路口", ANYWHERE },
        { "交叉口", "路口", ANYWHERE },       { "交汇处", "路口", ANYWHERE },       { "单元门", "单元", BEHIND_ALNUM },
        { "号楼", "栋", BEHIND_ALNUM },       { "号栋", "栋", BEHIND_ALNUM },       { "#楼", "栋", BEHIND_ALNUM },
        { "#栋", "栋", BEHIND_ALNUM },        { "幢", "栋", BEHIND_ALNUM },         { "座", "栋", BEHIND_ALNUM },
        { "栋楼", "栋", BEHIND_ALNUM },       { "#", "号", BEHIND_DIGIT },          { "第", "", BEFORE_DIGIT },
        { "编号", "", BEFORE_DIGIT },         { "number", "", BEFORE_DIGIT },       { "no", "", BEFORE_DIGIT },
};

static bool stands(const struct same *r, struct str form, size_t at)
{
        size_t end = at + strlen(r->from);
        char before = at ? form.p[at - 1] : '|', after = end < form.n ? form.p[end] : '|';
        switch (r->where) {
        case BEHIND_DIGIT:
                return is_digit((unsigned char)before);
        case BEHIND_ALNUM:
                return is_digit((unsigned char)before) || is_letter((unsigned char)before);
        case BEFORE_DIGIT:
                return is_digit((unsigned char)after) && !is_letter((unsigned char)before);
        default:
                return true;
        }
}

static const struct same *same_at(struct str form, size_t at)
{
        struct str rest = { form.p + at, form.n - at };
        for (size_t i = 0; i < COUNT(same); i++)
                if (str_starts(rest, str_of(same[i].from)) && stands(&same[i], form, at))
                        return &same[i];
        return NULL;
}

static struct str replaced(struct arena *a, struct str form, bool *ret_any)
{
        BUF_AUTO out = BUF(FORM_BYTES);
        *ret_any = false;
        for (size_t i = 0; i < form.n;) {
                const struct same *r = same_at(form, i);
                if (r) {
                        buf_puts(&out, r->to);
                        i += strlen(r->from);
                        *ret_any = true;
                } else {
                        buf_char(&out, form.p[i++]);
                }
        }
        return str_dup(a, buf_view(&out));
}

struct str spoken_form(struct arena *a, struct str text)
{
        ARENA_AUTO scratch = { 0 };
        text.n = utf8_prefix(text, FORM_BYTES / 32); /* a name of a table may be long; nobody says so much */
        struct points s = read_points(&scratch, text);
        s = with_digits(&scratch, &s);
        bool any = true;
        struct str form = { 0 };
        /* What one step joins may be the number, or the word, of another: until nothing changes. Each replacement makes it shorter. */
        while (any) {
                s = without_gaps(&scratch, &s);
                s = without_zeros(&scratch, &s);
                BUF_AUTO out = BUF(FORM_BYTES);
                for (size_t i = 0; i < s.n; i++)
                        put(&out, s.p[i]);
                form = replaced(&scratch, buf_view(&out), &any);
                s = read_points(&scratch, form);
                s = with_digits(&scratch, &s);
        }
        return str_dup(a, form);
}

/* ---- what stands beside the names --------------------------------------------------------------------------------------- */

const char *const spoken_side_names[] = { "n", "ne", "e", "se", "s", "sw", "w", "nw", NULL };
static const char *const side_zh[SIDES] = { "", "北", "东北", "东", "东南", "南", "西南", "西", "西北" };

struct str spoken_side_zh(enum spoken_side side)
{
        return str_of(side_zh[side]);
}

static size_t one_of(struct str rest, const char *const *word)
{
        size_t longest = 0;
        for (; *word; word++)
                if (strlen(*word) > longest && str_starts(rest, str_of(*word)))
                        longest = strlen(*word);
        return longest;
}

static struct str after(struct str s, size_t n)
{
        return (struct str){ s.p + n, s.n - n };
}

size_t spoken_number_at(struct str rest, int64_t *ret)
{
        size_t n = 0;
        while (n < rest.n && is_digit((unsigned char)rest.p[n]))
                n++;
        if (n > 9 || n == 0 || str_int((struct str){ rest.p, n }, 0, INT64_C(999999999), ret) != OK)
                *ret = -1;
        return n;
}

static size_t side_at(struct str rest, enum spoken_side *ret)
{
        static const struct { const char *word; enum spoken_side side; } english[] = {
                { "northeast", SIDE_NE }, { "southeast", SIDE_SE }, { "southwest", SIDE_SW }, { "northwest", SIDE_NW },
                { "north", SIDE_N },      { "east", SIDE_E },       { "south", SIDE_S },      { "west", SIDE_W },
        };
        size_t longest = 0;
        for (int i = SIDE_N; i < SIDES; i++)
                if (strlen(side_zh[i]) > longest && str_starts(rest, str_of(side_zh[i]))) {
                        longest = strlen(side_zh[i]);
                        *ret = (enum spoken_side)i;
                }
        for (size_t i = 0; longest == 0 && i < COUNT(english); i++)
                if (str_starts(rest, str_of(english[i].word))) {
                        longest = strlen(english[i].word);
                        *ret = english[i].side;
                }
        return longest;
}

static size_t metres_at(struct str rest, int32_t *ret)
{
        static const char *const about[] = { "大约", "约", "大概", "about ", "左右", NULL };
        static const char *const metre[] = { "米", "metres", "meters", "m", NULL };
        static const char *const kilometre[] = { "公里", "千米", "km", NULL };
        static const char *const li[] = { "里地", "里路", "里", NULL };
        static const char *const far[] = { "左右", "处", "远", NULL };
        int64_t n;
        size_t skip = one_of(rest, about), digits = spoken_number_at(after(rest, skip), &n);
        if (digits == 0 || n <= 0 || n > 20000)
                return 0;
        struct str unit = after(rest, skip + digits);
        size_t word = one_of(unit, kilometre), scale = word ? 1000 : 1;
        if (!word && (word = one_of(unit, li)) > 0)
                scale = 500;
        if (!word)
                word = one_of(unit, metre);
        if (!word || n * (int64_t)scale > 20000)
                return 0;
        *ret = (int32_t)(n * (int64_t)scale);
        return skip + digits + word + one_of(after(unit, word), far);
}

static size_t crossings_at(struct str rest, int32_t *ret)
{
        static const char *const crossing[] = { "个路口", "个红绿灯", "个街口", "个巷口", "个弯", "条街", "条路", "条巷子", "条巷", "家店", NULL };
        static const char *const through[] = { "过", "数", NULL };
        int64_t n;
        size_t skip = one_of(rest, through), digits = spoken_number_at(after(rest, skip), &n);
        size_t word = digits && n > 0 && n < 100 ? one_of(after(rest, skip + digits), crossing) : 0;
        if (word)
                *ret = (int32_t)n;
        return word ? skip + digits + word : 0;
}

size_t spoken_offset_at(struct str rest, struct spoken_offset *ret)
{
        static const char *const towards[] = { "往", "向", "朝", "以", "的", "再往", NULL };
        static const char *const behind[] = { "方向", "侧", "边", "面", "方", "头", "走", "去", "过去", "ern side", " side", " of", NULL };
        static const char *const opposite[] = { "斜对面", "对面", "正对面", "对过", "opposite", NULL };
        *ret = (struct spoken_offset){ 0 };
        size_t n = one_of(rest, opposite);
        if (n) {
                ret->opposite = true;
                return n;
        }
        size_t skip = one_of(rest, towards), side = side_at(after(rest, skip), &ret->side);
        if (!side)
                return 0;
        n = skip + side;
        for (size_t more = 1; more;) {
                more = one_of(after(rest, n), behind);
                n += more;
        }
        n += crossings_at(after(rest, n), &ret->crossings);
        return n + metres_at(after(rest, n), &ret->metres);
}

/* A villagers' group, or a number finer than the place that was named: behind it nothing else is needed. */
static size_t finer_at(struct str rest)
{
        static const char *const unit[] = { "组", "村民小组", "小组", "队", "号", "栋", "单元", "室", "层", "楼", "门", "户", "弄", "里组", NULL };
        int64_t n;
        size_t digits = spoken_number_at(rest, &n);
        if (digits == 0)
                return 0;
        size_t word = one_of(after(rest, digits), unit);
        return word ? digits + word : 0;
}

size_t spoken_filler_at(struct str rest)
{
        static const char *const near[] = {
                "|", " ", "-", "旁边", "旁", "边上", "附近", "门口", "门前", "大门", "正门", "楼下", "楼道", "院内", "院里", "内部", "里面", "里边", "里头",
                "这里", "那里", "这边", "那边", "一带", "周边", "处", "内", "里", "的", "在", "位于", "就在", "于", "中", "上", "下面", "那个", "那根", "这根",
                "根", "个", "号", "我在", "我们", "at the ", "at ", "near the ", "near ", "by the ", "by ", "beside the ", "beside ", "next to the ",
                "next to ", "in front of the ", "in front of ", "in ", "the ", "opposite the gate of ", NULL
        };
        size_t n = finer_at(rest);
        return n ? n : one_of(rest, near);
}

struct str spoken_bare(struct str piece)
{
        for (size_t at = 0; at < piece.n; at++) {
                size_t end = at;
                if (at == 0 || ((unsigned char)piece.p[at] & 0xC0) == 0x80)
                        continue;
                for (size_t n = 1; n && end < piece.n; end += n)
                        n = spoken_filler_at((struct str){ piece.p + end, piece.n - end });
                if (end == piece.n)
                        return (struct str){ piece.p, at };
        }
        return piece;
}

struct str spoken_name(struct arena *a, struct str said)
{
        static const char *const lead[] = { "我在", "就在", "位于", "在", "at the ", "at ", "near the ", "near ", NULL };
        struct str rest = spoken_form(a, said), piece = STR("");
        while (str_split(&rest, PART, &piece)) {
                piece = after(piece, one_of(piece, lead));
                piece = spoken_bare(piece);
                if (piece.n)
                        break;
        }
        return piece;
}

/* ---- persons ----------------------------------------------------------------------------------------------------------- */

/* What may follow 家 in the name of a place: 张家村, 王家庄, 李家湾, 肖家河. */
static const char *const of_places[] = { "村", "庄", "湾", "沟", "坪", "坝", "屯", "堡", "寨", "巷", "弄", "胡同", "桥", "口", "店", "渠", "冲", "塘", "垸",
                                         "营", "楼", "坡", "岭", "洼", "山", "河", "台", "园", "院", "湖", "铺", "集", "圩", "埠", "浜", "宅", "角", "潭",
                                         "嘴", "滩", "码头", "渡", "畈", "坟", "窑", "林", "井", "祠", "大院", "社区", "花园", "新村", "小区", "街", "路", "里",
                                         "乐", "具", "电", "居", "政", "常", "属", "禽", "长", "用", NULL };
/* Words that end in 家 and are nobody's. */
static const char *const of_nobody[] = { "国家", "大家", "商家", "店家", "厂家", "农家", "酒家", "全家", "作家", "专家", "画家", "回家", "搬家", "住家", "皇家", NULL };
static const char *const titles[] = { "大爷", "大妈", "大娘", "大叔", "大伯", "大嫂", "大姐", "大哥", "阿姨", "叔叔", "婶婶", "婶子", "二婶", "三婶", "奶奶",
                                      "爷爷", "伯伯", "先生", "女士", "小姐", "同志", "师傅", "老师", "医生", "书记", "主任", "支书", "队长", "组长", "村长",
                                      "老板", "户主", "身份证", "手机", "电话", "mr ", "mrs ", "ms ", "miss ", NULL };

static bool household_at(struct str form, size_t at)
{
        static const char home[] = "家";
        static const char *const door[] = { "门", "旁", "后", "前", "隔壁", "对面", "附近", "屋", NULL };
        if (!str_starts(after(form, at), STR("家")))
                return false;
        bool stood_at = one_of(after(form, at + sizeof(home) - 1), door) > 0; /* 王建国家门口 */
        for (const char *const *w = of_nobody; *w; w++) {
                size_t n = strlen(*w);
                if (!stood_at && at + sizeof(home) - 1 >= n && str_eq((struct str){ form.p + at + sizeof(home) - 1 - n, n }, str_of(*w)))
                        return false;
        }
        return at > 0 && !one_of(after(form, at + sizeof(home) - 1), of_places);
}

bool spoken_names_person(struct arena *a, struct str text)
{
        struct str form = spoken_form(a, text);
        size_t digits = 0;
        for (size_t i = 0; i < form.n; i++) {
                digits = is_digit((unsigned char)form.p[i]) ? digits + 1 : form.p[i] == ' ' || form.p[i] == '-' ? digits : 0;
                if (digits >= 7 || household_at(form, i) || one_of(after(form, i), titles))
                        return true;
        }
        return false;
}
