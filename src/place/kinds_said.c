#include "place/inner/kinds_said.h"
#include "place/spoken.h"

/* Longer words before those they begin with. */
static const struct {
        const char *word;
        const char *kind[KINDS_SAID_MAX];
} words[] = {
        { "路灯灯杆", { "lamp" } }, { "路灯杆", { "lamp" } }, { "照明灯杆", { "lamp" } }, { "灯杆", { "lamp" } }, { "灯柱", { "lamp" } }, { "路灯", { "lamp" } },
        { "street lamp", { "lamp" } }, { "street light", { "lamp" } }, { "streetlight", { "lamp" } }, { "lamp post", { "lamp" } }, { "lamppost", { "lamp" } },
        { "lamp", { "lamp" } },
        { "电线杆", { "pole", "lamp" } }, { "水泥杆", { "pole" } }, { "电杆", { "pole" } }, { "pole", { "pole" } },
        { "窨井盖", { "manhole" } }, { "检查井", { "manhole" } }, { "窨井", { "manhole" } }, { "井盖", { "manhole" } }, { "manhole", { "manhole" } },
        { "消火栓", { "hydrant" } }, { "消防栓", { "hydrant" } }, { "fire hydrant", { "hydrant" } }, { "hydrant", { "hydrant" } },
        { "垃圾箱", { "bin" } }, { "垃圾桶", { "bin" } }, { "果皮箱", { "bin" } }, { "bin", { "bin" } },
        { "行道树", { "tree" } }, { "古树", { "tree" } }, { "tree", { "tree" } },
        { "变压器", { "transformer" } }, { "配电箱", { "cabinet" } }, { "红绿灯", { "signal" } }, { "信号灯", { "signal" } },
        { "公交站牌", { "stop" } }, { "公交站", { "stop" } }, { "站牌", { "stop" } }, { "公厕", { "toilet" } }, { "公共厕所", { "toilet" } },
        { "监控杆", { "camera" } }, { "摄像头", { "camera" } }, { "充电桩", { "charger" } }, { "长椅", { "bench" } }, { "电梯", { "lift" } },
};

static size_t word_at(struct str rest, struct numbered *ret)
{
        size_t longest = 0;
        for (size_t i = 0; i < COUNT(words); i++) {
                size_t n = strlen(words[i].word);
                if (n <= longest || !str_starts(rest, str_of(words[i].word)))
                        continue;
                longest = n;
                for (ret->n_kinds = 0; ret->n_kinds < KINDS_SAID_MAX && words[i].kind[ret->n_kinds]; ret->n_kinds++)
                        ret->kind[ret->n_kinds] = words[i].kind[ret->n_kinds];
        }
        return longest;
}

static size_t skip(struct str rest, const char *word)
{
        return str_starts(rest, str_of(word)) ? strlen(word) : 0;
}

static struct str after(struct str s, size_t n)
{
        return (struct str){ s.p + n, s.n - n };
}

size_t kind_said_at(struct str rest, struct numbered *ret)
{
        size_t n = spoken_number_at(rest, &ret->number);
        if (n > 0 && ret->number >= 0) { /* 3号灯杆 */
                n += skip(after(rest, n), "号");
                size_t word = word_at(after(rest, n), ret);
                return word ? n + word : 0;
        }
        n = word_at(rest, ret);
        if (n == 0)
                return 0;
        n += skip(after(rest, n), " ");
        size_t digits = spoken_number_at(after(rest, n), &ret->number);
        if (digits == 0 || ret->number < 0)
                return 0;
        n += digits;
        return n + skip(after(rest, n), "号");
}
