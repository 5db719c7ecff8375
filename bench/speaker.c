#include "speaker.h"
#include "app/tell.h"
#include "http_load.h"

static const char *const when[] = { "昨天晚上开始，", "这两天", "从上周起", "最近半个月以来，", "今天早上路过时发现，", "连着好几个晚上，", "每到周末",
                                    "自从上个月施工以后，", "前天下雨之后，", "已经有一段时间了，" };
static const char *const where[] = { "我们小区东门外的便道上", "三号楼一单元的楼道里", "菜市场北侧的胡同口", "学校门口那条路的拐角处", "社区活动室后面的空地",
                                     "公交站旁边的人行道", "小区地下车库的入口", "沿街商铺门前", "老年食堂旁边的小花园里", "停车场出口附近" };
static const char *const what[] = { "路灯有好几盏都不亮，晚上黑得看不见路", "堆了很多建筑垃圾，一直没有人来清运", "有人在夜里施工，噪声大得睡不着觉",
                                    "井盖破损下陷，电动车经过很容易摔倒", "下水道堵塞返水，味道很难闻", "机动车乱停乱放，把消防通道都占满了",
                                    "有商户占道经营，行人只能走到车行道上", "楼道里堆满了杂物，上下楼都要侧着身子走", "树枝太长，已经碰到了居民的窗户",
                                    "健身器材松动生锈，孩子玩的时候很不安全", "垃圾桶满了没有及时清理，蚊蝇很多", "物业多次说要维修屋顶漏水，至今没有动静",
                                    "共享单车堆在盲道上，老人出行很不方便", "有人私自搭建棚子，挡住了后排住户的采光", "电梯经常停在半层，维修以后还是老样子" };
static const char *const effect[] = { "，老人和孩子出行都不方便。", "，邻居们意见很大。", "，已经影响到大家的正常生活。", "，问过几次都没有结果。",
                                      "，希望不要再拖下去了。", "，之前也向物业反映过。", "，天黑以后尤其危险。" };
static const char *const ask[] = { "请帮忙看看由哪个部门来处理，谢谢。", "麻烦派人到现场看一下。", "请问大概什么时候能够解决？", "希望能给一个明确的答复。",
                                   "盼尽快安排，谢谢各位工作人员的辛苦。", "如果需要居民配合，我们都愿意。", "请把处理的进展告诉我们。" };

uint64_t bench_mix(uint64_t x)
{
        x += 0x9e3779b97f4a7c15;
        x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
        x = (x ^ x >> 27) * 0x94d049bb133111eb;
        return x ^ x >> 31;
}

static double part(uint64_t x)
{
        return (double)(bench_mix(x) >> 11) * 0x1p-53;
}

/* A point that lies inside grid @g, or false when sixty throws into its box all missed. */
static bool throw_into(const struct town *t, uint32_t g, uint64_t seed, struct point *ret)
{
        struct box box = polygon_box(&t->grids.shapes, g);
        struct point low = vertex_point((struct vertex){ box.x0, box.y0 }), high = vertex_point((struct vertex){ box.x1, box.y1 });
        for (uint64_t i = 0; i < 60; i++) {
                struct point p = { low.lat + (high.lat - low.lat) * part(seed + 2 * i), low.lon + (high.lon - low.lon) * part(seed + 2 * i + 1) };
                struct grid_hit hit;
                if (grid_locate(t->index, p, 0, &hit) == OK && hit.how == GRID_INSIDE && hit.grid == g) {
                        *ret = p;
                        return true;
                }
        }
        return false;
}

int speaker_init(struct speaker *s, struct bench *b, uint64_t seed)
{
        *s = (struct speaker){ .seed = seed, .start_ms = b->a->now.us / 1000 };
        int rc = town_for_asking(b->a, b->town, &s->town);
        if (rc != EXIT_FINE)
                return rc;
        for (uint64_t i = 0; i < SPEAKER_POINTS && s->town->grids.n > 0; i++)
                s->n += throw_into(s->town, (uint32_t)(i % s->town->grids.n), seed ^ i << 20, &s->point[s->n]);
        if (s->n > 0)
                return EXIT_FINE;
        speaker_free(s);
        bench_say(b, "%s", "the town has no grids to stand in");
        return EXIT_USAGE;
}

void speaker_free(struct speaker *s)
{
        town_unref(s->town);
        s->town = NULL;
}

#define PICK(table, shift) (table)[(x >> (shift) & 0xfff) % COUNT(table)]

struct str speaker_words(const struct speaker *s, uint64_t n, struct arena *a)
{
        uint64_t x = bench_mix(s->seed ^ bench_mix(n));
        return str_printf(a, "%s%s%s%s%s", PICK(when, 0), PICK(where, 12), PICK(what, 24), PICK(effect, 40), x >> 48 & 1 ? PICK(ask, 36) : "");
}

size_t speaker_body(const struct speaker *s, uint64_t n, char *out, size_t max)
{
        uint64_t x = bench_mix(s->seed ^ bench_mix(n));
        const struct point *p = &s->point[(x >> 50) % s->n];
        char contact[64] = "";
        if (s->contact)
                snprintf(contact, sizeof(contact), ",\"name\":\"居民%llu\"", (unsigned long long)(n % 100000));
        int got = snprintf(out, max, "{\"words\":\"%s%s%s%s%s\",\"lat\":%.6f,\"lon\":%.6f,\"accuracy\":%u%s}", PICK(when, 0), PICK(where, 12),
                           PICK(what, 24), PICK(effect, 40), x >> 48 & 1 ? PICK(ask, 36) : "", p->lat, p->lon, (unsigned)(5 + x % 20), contact);
        if (got < 0 || (size_t)got >= max)
                BUG("a request past its ceiling");
        return (size_t)got;
}

/* Keys as clients make them, UUIDv7: ordered in time. */
static int write_key(const struct speaker *s, uint64_t n, char *out, size_t max)
{
        uint64_t ms = (uint64_t)s->start_ms + n / 8;
        return snprintf(out, max, "%08llx-%04llx-7%03llx-8%03llx-%012llx", (unsigned long long)(ms >> 16), (unsigned long long)(ms & 0xffff),
                        (unsigned long long)(n & 0xfff), (unsigned long long)(s->seed & 0xfff), (unsigned long long)n);
}

size_t speaker_next(void *speaker, uint64_t n, char *out)
{
        const struct speaker *s = speaker;
        char body[2048], key[64];
        size_t body_n = speaker_body(s, n, body, sizeof(body));
        write_key(s, n, key, sizeof(key));
        int head = snprintf(out, LOAD_REQUEST_MAX, "POST /api/matters HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                   "Idempotency-Key: %s\r\n%sContent-Length: %zu\r\n\r\n", key, s->extra, body_n);
        memcpy(out + head, body, body_n);
        return (size_t)head + body_n;
}
