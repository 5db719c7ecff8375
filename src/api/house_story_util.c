#include "api/inner/house_story.h"

struct got g;

void answers(int status)
{
        if (g.status != status)
                fail_msg("got %d, want %d: %s", g.status, status, g.body);
}

void has(struct open_house *h, const char *path, const char *want)
{
        struct str v = got_text(h, &g, path);
        if (!str_is(v, want))
                fail_msg("%s is \"" STR_FMT "\", want \"%s\" in %d %s", path, STR_ARG(v), want, g.status, g.body);
}
