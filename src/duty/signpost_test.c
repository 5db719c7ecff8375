#include "duty/signpost.h"
#include "base/map.h"
#include "base/test.h"
#include "duty/inner/sign_words.h"
#include "duty/inner/words.h"

static struct signs ask(struct arena *a, const char *title, const char *text)
{
        struct signs s;
        signposts_read(signposts_new(a), a, str_of(title), str_of(text), &s);
        return s;
}

/* "fire!" = now, "fire" = quietly. */
static struct str dangers(struct arena *a, const struct signs *s)
{
        struct str out = STR("");
        for (uint32_t i = 0; i < s->n_dangers; i++)
                out = str_printf(a, "%.*s%s%s%s", STR_ARG(out), i ? " " : "", danger_kinds[s->danger[i].kind].code,
                                 s->danger[i].now ? "!" : "");
        return out;
}

static struct str channels(struct arena *a, const struct signs *s)
{
        struct str out = STR("");
        for (uint32_t i = 0; i < s->n_channels; i++)
                out = str_printf(a, "%.*s%s%s", STR_ARG(out), i ? " " : "", channel_kinds[s->channel[i].kind].code);
        return out;
}

struct sentence {
        const char *text, *signs;
};

/* Somebody needs help now. */
static const struct sentence help[] = {
        { "三号楼着火了，快来人", "fire!" },
        { "楼下电动车起火，烟很大", "fire!" },
        { "隔壁失火", "fire!" },
        { "厨房冒浓烟", "fire!" },
        { "楼道里有很重的煤气味", "gas!" },
        { "天然气泄漏", "gas!" },
        { "施工队把燃气管道挖断了，天然气漏气", "gas!" },
        { "锅炉房爆炸了", "explosion!" },
        { "化工厂氨气泄漏，眼睛睁不开", "chemical!" },
        { "工地脚手架塌了，有人被埋", "collapse!" },
        { "我被困在电梯里了", "trapped!" },
        { "2号楼电梯困人，里面有个老人", "trapped!" },
        { "有人落水，就在护城河边", "drowning!" },
        { "孩子掉进窨井了", "drowning!" },
        { "工人触电了", "electric!" },
        { "有位老人晕倒了，没有呼吸", "sick!" },
        { "我父亲心脏病发作", "sick!" },
        { "路口出车祸了，有人受伤流血", "crash!" },
        { "小孩被车撞了", "crash!" },
        { "有人持刀砍人", "violence!" },
        { "楼上正在打人，听到惨叫", "violence!" },
        { "邻居正在家暴他老婆", "violence!" },
        { "我被家暴了", "violence!" },
        { "老公又打我了，我和孩子很害怕", "violence!" },
        { "邻居家天天打孩子，孩子哭得厉害", "violence!" },
        { "他喝醉了就打妈妈，把人打伤了", "violence!" },
        { "My husband hits me", "violence!" },
        { "楼顶有人要跳楼", "self_harm!" },
        { "我不想活了", "self_harm!" },
        { "孩子走丢了，四岁，穿红衣服", "missing!" },
        { "救命啊", "help!" },
        { "THE HOUSE IS ON FIRE", "fire!" },
        { "I smell gas in the stairwell", "gas!" },
        { "Two people trapped in the elevator", "trapped!" },
        { "My father is not breathing", "sick!" },
        { "He has a knife, he stabbed someone", "violence!" },
        { "I want to kill myself", "self_harm!" },
        { "着火了，还有人被困在五楼", "fire! trapped!" },
        { "今天上午我们小区门口的商铺发生了一起火灾，火势很大，烟已经飘到居民楼里来了，请马上派人处理，有人受伤",
          "fire!" },
        { "这条路从前年开始就坑坑洼洼，今天傍晚有两辆车相撞，刚刚发生车祸，请赶紧来人，伤者还躺在路边等着，拜托大家了",
          "crash!" },
};

/* The same words, and nobody is in danger now. */
static const struct sentence harmless[] = {
        { "消防通道被私家车占用", "" },
        { "楼道灭火器过期了", "" },
        { "煤气费怎么交", "" },
        { "我很着急，请尽快答复", "" },
        { "火车站出租车拒载", "" },
        { "新开的火锅店油烟大", "" },
        { "电动车上楼充电容易引起火灾", "" },
        { "楼道堆满杂物，存在火灾隐患", "" },
        { "希望社区组织一次火灾演练", "" },
        { "没有消防栓，发生火灾怎么办", "" },
        { "去年小区发生过火灾，至今没有修好", "" },
        { "一旦着火后果不堪设想", "" },
        { "请社区安装燃气泄漏报警器", "" },
        { "这里存放易燃易爆物品", "" },
        { "楼外的落水管断了", "" },
        { "暑假请加强防溺水宣传", "" },
        { "墙体开裂，随时可能倒塌", "" },
        { "配电箱门开着，有触电危险", "" },
        { "漏电保护器总跳闸", "" },
        { "我们被噪音困扰多年", "" },
        { "贫困户的补助什么时候发", "" },
        { "困难群众临时救助", "" },
        { "商场跳楼价甩卖，喇叭太吵", "" },
        { "这是我的救命钱，请退还", "" },
        { "路口没有红绿灯，经常发生车祸", "" },
        { "反家庭暴力法的宣传册哪里领", "" },
        { "请打我电话联系，白天都在", "" },
        { "物业总拨打我的号码推销", "" },
        { "有人虐待动物，请管一管", "" },
        { "A fire lane is blocked by cars", "" },
        { "The fire extinguisher has expired", "" },
        { "为减轻生活压力申请低保", "" },
        { "马上吊装施工，请注意", "" },
};

/* A danger spoken of in a long story is shown quietly, without an alarm. */
static const struct sentence story[] = {
        { "我们单位的同事三个人一起出门办事，回来的时候车子坏在路上，后来听人说那个路段出过很多车祸，"
          "希望交警部门能够在那里设置警示牌，保障大家的出行安全，谢谢",
          "crash" },
        { "我是一名普通的业主，自从搬进小区就一直忍受着物业公司的恶劣态度，物业保安和业主打架，"
          "居委会说管不了，街道也说管不了，请领导给一个明确的说法",
          "violence" },
};

static void check_all(const struct sentence *row, size_t n, struct str (*of)(struct arena *, const struct signs *))
{
        for (size_t i = 0; i < n; i++) {
                ARENA_AUTO a = { 0 };
                struct signs s = ask(&a, "", row[i].text);
                struct str got = of(&a, &s);
                if (!str_is(got, row[i].signs))
                        fail_msg("%s: got \"%.*s\", want \"%s\"", row[i].text, STR_ARG(got), row[i].signs);
        }
}

TEST(danger_now_is_seen)
{
        check_all(help, COUNT(help), dangers);
}

TEST(talk_of_danger_is_left_alone)
{
        check_all(harmless, COUNT(harmless), dangers);
        check_all(story, COUNT(story), dangers);
}

TEST(an_alarm_is_raised_only_for_now)
{
        ARENA_AUTO a = { 0 };
        CHECK(ask(&a, "着火了", "").alarm);
        CHECK(!ask(&a, "", story[1].text).alarm);
        struct signs s = ask(&a, "", "前年这里着火了，刚刚三号楼又起火");
        CHECK(s.alarm && s.n_dangers == 1); /* the one that is now stands for its kind */
        CHECK_STR(s.danger[0].word, "起火");
}

static const struct sentence doors[] = {
        { "法院判决下来了一直执行不了，执行难", "court" },
        { "我要起诉开发商", "court" },
        { "申请公益诉讼，找检察院", "procuratorate" },
        { "公司不发工资，劳动仲裁怎么申请", "labour_arbitration" },
        { "对罚款不服，想申请行政复议", "reconsideration" },
        { "信访局的答复我不满意", "petition" },
        { "村干部贪污补助款", "discipline" },
        { "民警打人没人管", "justice_staff" },
        { "昨天在菜市场手机被偷", "police_case" },
        { "依申请公开征地批文", "disclosure" },
        { "物业泄露个人信息", "privacy" },
        { "文件里有国家秘密", "secrets" },
        { "They demand a bribe", "discipline" },
        { "路灯不亮", "" },
        { "一审批就是三个月", "" },
};

TEST(another_door_is_shown)
{
        check_all(doors, COUNT(doors), channels);
}

TEST(every_sign_says_where_to_go)
{
        for (int i = 0; i < DANGERS; i++) {
                const struct danger_kind *d = &danger_kinds[i];
                CHECK(d->code && d->numbers[0] && d->name.zh[0] && d->name.en[0] && d->advice.zh[0] && d->advice.en[0]);
                CHECK_EQ(danger_of(str_of(d->code)), i);
        }
        for (int i = 0; i < CHANNELS; i++) {
                const struct channel_kind *c = &channel_kinds[i];
                CHECK(c->code && c->number && c->door.zh[0] && c->door.en[0] && c->advice.zh[0] && c->advice.en[0] &&
                      c->basis[0]);
                CHECK(c->branch >= 2 && c->branch <= 6);
                CHECK(i == 0 || c->branch >= channel_kinds[i - 1].branch);
                CHECK_EQ(channel_of(str_of(c->code)), i);
        }
        CHECK_EQ(danger_of(STR("none")), DANGERS);
        CHECK_EQ(channel_of(STR("none")), CHANNELS);
}

TEST(no_sign_word_stands_twice)
{
        ARENA_AUTO a = { 0 };
        struct map seen = { 0 };
        bool raised[CHANNELS] = { false };
        for (uint32_t i = 0; i < n_sign_words; i++) {
                struct str w = str_of(sign_words[i].word);
                CHECK(utf8_valid(w) && w.n > 0);
                CHECK(str_eq(word_fold_text(&a, w), w));
                if (map_put(&seen, &a, w, i) != MAP_NONE)
                        fail_msg("\"%s\" stands twice", sign_words[i].word);
                if (sign_words[i].role == SIGN_CHANNEL)
                        raised[sign_words[i].kind] = true;
        }
        for (int i = 0; i < CHANNELS; i++)
                CHECK_EQ(raised[i], !channel_kinds[i].by_person);
}
