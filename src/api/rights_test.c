/* Who may do what: every route, asked by nobody, by each of the product's roles, with an API key and with a tracking
 * code, on a matter within reach and on three that are not. The table below is the law of this test: it is written from
 * the manual, knows nothing of the program's own tables, and a route without a row fails. */
#include "api/inner/house_story.h"
#include "api/routes.h"
#include "people/apikey.h"

/* One letter a role; each has one post at community A, of the unit cgb. */
static const struct {
        char letter;
        const char *login;
} roles[] = {
        { 'D', "u-dispatcher" }, { 'O', "u-duty" },       { 'H', "u-handler" }, { 'G', "u-grid" },
        { 'S', "u-secretary" },  { 'V', "u-supervisor" }, { 'L', "u-leader" },  { 'C', "u-clerk" },
        { 'A', "u-auditor" },    { 'M', "u-admin" },
};
#define READERS "DOHGSVLC"
#define STAFF "DOHGSVLCAM"
#define KEY_MAY 'k' /* the key of this test: matter.read and matter.sign at community A, for the unit cgb */
#define CODE_MAY 't'
#define ALL_MAY "DOHGSVLCAMkt*" /* and whoever asks */

enum object { NO_OBJECT, DISPATCHED, PLACING, RECEIVED, ANSWERED, OBJECTS };
#define TOLD "{\"channel\":\"phone\",\"time\":\"2026-01-05T09:00:00+08:00\",\"outcome\":\"reached\"}"
#define DECLINE "{\"reason\":\"已有生效裁决\",\"basis\":\"条例第十一条\",\"elsewhere\":\"人民法院\"}"
#define WORDS "{\"words\":\"门口的垃圾没有清运\"}"

/* @target: %s is the matter. @may: who gets @status (0 = anything but 401, 403, 404). @holds: who holds the right that
 * the door asks for, and so gets 404 for what is out of reach; NULL = as @may. */
static const struct probe {
        const char *route, *method, *target, *body;
        enum object on;
        const char *may;
        int status;
        const char *holds;
} probes[] = {
        /* anybody */
        { "matter.preview", "POST", "/api/preview", WORDS, NO_OBJECT, ALL_MAY, 200, NULL },
        { "cause.list", "GET", "/api/causes", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "public.list", "GET", "/api/public/matters", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "public.get", "GET", "/api/public/matters/77", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        { "public.photo", "GET", "/api/public/matters/77/photos/1", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        { "public.counts", "GET", "/api/public/counts", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "public.join", "POST", "/api/public/matters/77/join", "{}", NO_OBJECT, ALL_MAY, 404, NULL },
        { "cause.open", "POST", "/api/causes", "{\"text\":\"路灯检修，预计18时恢复\",\"subject\":\"light\",\"places\":[\"110101002001\"],\"until\":\"2026-01-05T18:00:00+08:00\"}", NO_OBJECT,
          "DOSVL", 201, NULL },
        { "standing.list", "GET", "/api/standing", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "standing.open", "POST", "/api/standing", "{\"subject\":\"garbage\",\"place\":\"110101002001\",\"unit\":\"cgb\",\"plan\":\"每天清两次\",\"goal\":3,\"due\":\"2026-06-30\"}", NO_OBJECT,
          "DOSVL", 0, NULL },
        { "standing.get", "GET", "/api/standing/77", NULL, NO_OBJECT, "DSVL", 404, NULL },
        { "standing.change", "POST", "/api/standing/77", "{\"goal\":2}", NO_OBJECT, "DOSVL", 404, NULL },
        { "standing.end", "POST", "/api/standing/77/end", "{\"outcome\":\"已经解决，来件减少\"}", NO_OBJECT, "DOSVL", 404, NULL },
        { "similar.ask", "POST", "/api/similar", WORDS, NO_OBJECT, ALL_MAY, 200, NULL },
        { "matter.open", "POST", "/api/matters", WORDS, NO_OBJECT, ALL_MAY, 201, NULL },
        { "matter.open", "POST", "/api/matters", "{\"words\":\"门口的垃圾没有清运\",\"source\":\"phone\",\"read_back\":true}", NO_OBJECT,
          "DOGSLC", 201, NULL },
        { "file.upload", "POST", "/api/files", "{}", NO_OBJECT, ALL_MAY, 422, NULL }, /* anybody may, but not this */
        { "subject.suggest", "GET", "/api/suggest?words=x", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "subject.list", "GET", "/api/subjects", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "place.list", "GET", "/api/places", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "place.find", "GET", "/api/places/find?said=A%20%E7%A4%BE%E5%8C%BA", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "town.about", "GET", "/api/town", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "who.answers", "GET", "/api/who-answers?subject=noise", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "report.rates", "GET", "/api/rates", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "report.cooperation", "GET", "/api/cooperation", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "figures.cases", "GET", "/api/figures/cases?table=rates&figure=matters", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "figures.trend", "GET", "/api/figures/trend", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "figures.heat", "GET", "/api/figures/heat", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "figures.forms", "GET", "/api/figures/forms", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "figures.export", "GET", "/api/figures/export?table=trend&format=csv", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "report.returns", "GET", "/api/returns", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "report.flow", "GET", "/api/flow?by=unit", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "report.sources", "GET", "/api/sources", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "order.take", "POST", "/api/orders", "{\"system\":\"none\",\"number\":\"1\",\"words\":\"垃圾没有清运\"}", NO_OBJECT, "DOGSLC", 422, NULL },
        { "order.list", "GET", "/api/orders", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "order.get", "GET", "/api/orders/12345/1", NULL, NO_OBJECT, READERS "k", 404, NULL },
        { "order.reply", "GET", "/api/orders/12345/1/reply", NULL, NO_OBJECT, "DVL", 404, NULL },
        { "order.bundle", "GET", "/api/orders/12345/1/bundle", NULL, NO_OBJECT, "DVL", 404, NULL },
        { "report.upstream", "GET", "/api/upstream", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "invite.accept", "POST", "/api/invitations/accept", "{\"token\":\"none\",\"password\":\"a long enough one\"}",
          NO_OBJECT, ALL_MAY, 404, NULL },
        { "session.begin", "POST", "/api/session", "{}", NO_OBJECT, ALL_MAY, 422, NULL },
        { "server.health", "GET", "/health", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "server.metrics", "GET", "/metrics", NULL, NO_OBJECT, ALL_MAY, 0, NULL },
        { "api.openapi", "GET", "/api/openapi.json", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "api.docs", "GET", "/docs", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        /* who holds the code */
        { "track.get", "GET", "/api/track", NULL, NO_OBJECT, "t", 200, NULL },
        { "track.looks", "GET", "/api/track/looks", NULL, NO_OBJECT, "t", 200, NULL },
        { "track.act", "POST", "/api/track/note", "{\"text\":\"补充\"}", NO_OBJECT, "t", 200, NULL },
        { "track.act", "POST", "/api/track/sign", "{}", NO_OBJECT, "", 403, NULL },
        { "track.export", "POST", "/api/track/export", "{}", NO_OBJECT, "t", 200, NULL },
        { "track.file", "GET", "/api/track/files/1", NULL, NO_OBJECT, "t", 200, NULL },
        { "track.file-erase", "POST", "/api/track/files/1/erase", NULL, NO_OBJECT, "t", 200, NULL },
        { "track.erase", "POST", "/api/track/erase", NULL, NO_OBJECT, "t", 409, NULL },
        /* staff about themselves: a key is nobody in person */
        { "session.me", "GET", "/api/session", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "session.end", "DELETE", "/api/session", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "session.end-all", "DELETE", "/api/sessions", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "factor.offer", "POST", "/api/session/second-factor/offer", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "factor.on", "POST", "/api/session/second-factor", "{\"secret\":\"AAAAAAAAAAAAAAAA\",\"code\":\"000000\"}",
          NO_OBJECT, STAFF, 422, NULL },
        { "factor.off", "POST", "/api/session/second-factor/off", "{\"password\":\"nobody knows\"}", NO_OBJECT, STAFF, 404,
          NULL }, /* they have no account here */
        /* a matter */
        { "board.counts", "GET", "/api/boards", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "view.list", "GET", "/api/views", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "view.keep", "PUT", "/api/views", "{\"name\":\"a\",\"query\":\"board=today\"}", NO_OBJECT, STAFF, 200, NULL },
        { "view.drop", "DELETE", "/api/views?name=none", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "matter.list", "GET", "/api/matters", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "task.list", "GET", "/api/tasks", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "open311.discovery", "GET", "/open311/v2/discovery.xml", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "open311.services", "GET", "/open311/v2/services.json", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "open311.service", "GET", "/open311/v2/services/lift.xml", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "open311.token", "GET", "/open311/v2/tokens/x.xml", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        { "open311.requests", "GET", "/open311/v2/requests.xml", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "open311.request", "GET", "/open311/v2/requests/1.xml", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        /* Only a key that may open: who is signed in has other ways, and the key of this test may only read and sign. */
        { "open311.post", "POST", "/open311/v2/requests.xml", NULL, NO_OBJECT, "", 200, NULL },
        { "open311.updates", "GET", "/open311/v2/servicerequestupdates.xml", NULL, NO_OBJECT, "", 200, NULL },
        { "open311.update", "POST", "/open311/v2/servicerequestupdates.xml", NULL, NO_OBJECT, "", 200, NULL },
        { "search", "GET", "/api/search?q=%E5%9E%83%E5%9C%BE", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "live", "GET", "/api/live", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "matter.get", "GET", "/api/matters/%s", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "matter.file", "GET", "/api/matters/%s/files/1", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "matter.told", "GET", "/api/matters/%s/why/told", NULL, DISPATCHED, READERS "kt", 200, NULL },
        { "upstream.list", "GET", "/api/upstreams", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "matter.why", "GET", "/api/matters/%s/why", NULL, DISPATCHED, READERS "kt", 200, NULL },
        { "matter.similar", "GET", "/api/matters/%s/similar", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "cause.move", "POST", "/api/causes/%s/until", "{\"until\":\"2026-01-05T20:00:00+08:00\",\"reason\":\"配件未到\"}", DISPATCHED, "DOSVL", 409, NULL },
        { "release.get", "GET", "/api/matters/%s/release", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "release.preview", "POST", "/api/matters/%s/release/preview", "{\"text\":\"小区门口垃圾没有清运\",\"place\":\"110101002001\"}", DISPATCHED, "DOSVL", 200, NULL },
        { "release.put", "PUT", "/api/matters/%s/release", "{\"text\":\"小区门口垃圾没有清运\",\"place\":\"110101002001\"}", DISPATCHED, "DOSVL", 200, NULL },
        { "release.end", "DELETE", "/api/matters/%s/release", NULL, DISPATCHED, "DOSVL", 409, NULL }, /* it is not public */
        { "matter.voices", "GET", "/api/matters/%s/voices", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "matter.act", "POST", "/api/matters/%s/sign", "{}", DISPATCHED, "OHGSk", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/contact", TOLD, RECEIVED, "DOHGSV", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/answer", "{\"text\":\"已清运完毕\"}", RECEIVED, "HGS", 200,
          READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/call_in", "{\"unit\":\"pab\",\"work\":\"请到场协助\",\"reason\":\"联合整治\"}", RECEIVED, "DOHGSVL",
          200, READERS "k" },
        { "callback.list", "GET", "/api/callbacks", NULL, NO_OBJECT, "DV", 200, NULL },
        { "print.style", "GET", "/api/print.css", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "matter.print", "GET", "/api/matters/%s/print/order", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "matter.print-clear", "POST", "/api/matters/%s/print/order", "{\"purpose\":\"入户走访核实\"}", DISPATCHED, "DOHV", 200, NULL },
        { "matter.slip", "GET", "/api/matters/%s/slip", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "matter.act", "POST", "/api/matters/%s/ask", "{\"what\":\"pause\",\"reason\":\"等待备件到货\"}", RECEIVED, "HGS", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/tell", TOLD, ANSWERED, "DVL", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/assign", "{\"unit\":\"pab\",\"reason\":\"联合整治\"}", DISPATCHED,
          "DOSVL", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/confer", "{\"text\":\"会商过了\"}", DISPATCHED, "DOSVL", 422,
          READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/decline", DECLINE, DISPATCHED, "DL", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/dispatch", "{\"subject\":\"noise\",\"reason\":\"问了报事人\"}",
          PLACING, "DOSVL", 200, READERS "k" },
        { "matter.act", "POST", "/api/matters/%s/receive", "{}", DISPATCHED, "", 403, READERS "k" }, /* the clock's */
        { "matter.act", "POST", "/api/matters/%s/withdraw", "{}", DISPATCHED, "", 403,
          READERS "k" }, /* the reporter's */
        { "matter.act", "POST", "/api/matters/%s/note", "{\"text\":\"补充\"}", DISPATCHED, "", 403, READERS "k" },
        { "task.letter", "GET", "/api/matters/%s/letter?task=1", NULL, DISPATCHED, READERS "k", 422, NULL },
        { "matter.contact-open", "POST", "/api/matters/%s/contact-details", "{\"purpose\":\"电话核实情况\"}",
          DISPATCHED, "DOHV", 200, NULL },
        { "matter.places", "GET", "/api/matters/%s/places", NULL, DISPATCHED, READERS "k", 200, NULL },
        { "alias.list", "GET", "/api/aliases", NULL, NO_OBJECT, "DSVL", 200, NULL },
        { "alias.propose", "POST", "/api/aliases", "{\"said\":\"老供销社\",\"place\":\"" G1 "\"}", NO_OBJECT, "DSVL", 201, NULL },
        { "alias.accept", "POST", "/api/aliases/1/accept", NULL, NO_OBJECT, "DSVL", 404, NULL },
        { "alias.refuse", "POST", "/api/aliases/1/refuse", NULL, NO_OBJECT, "DSVL", 404, NULL },
        { "alias.withdraw", "POST", "/api/aliases/1/withdraw", NULL, NO_OBJECT, "DSVL", 404, NULL },
        { "matter.householder-open", "POST", "/api/matters/%s/householder", "{\"purpose\":\"到现场找门\"}", DISPATCHED, "DOHV", 200, NULL },
        { "matter.export", "POST", "/api/matters/%s/export", "{\"purpose\":\"本人到窗口申请\"}", DISPATCHED, "DOHV", 200, NULL },
        { "matter.erase", "POST", "/api/matters/%s/erasure", "{}", DISPATCHED, "DL", 409, NULL }, /* while it is open */
        /* messages */
        { "notice.list", "GET", "/api/notices", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "notice.read", "POST", "/api/notices/read", "{\"upto\":\"1\"}", NO_OBJECT, STAFF, 200, NULL },
        { "track.notices", "GET", "/api/track/notices", NULL, NO_OBJECT, "t", 200, NULL },
        { "track.notify", "POST", "/api/track/notify", "{\"notify_by\":\"none\"}", NO_OBJECT, "t", 200, NULL },
        { "notice.undelivered", "GET", "/api/notices/undelivered", NULL, NO_OBJECT, "DOSVL", 200, NULL },
        { "notice.settle", "POST", "/api/notices/1/settle", "{\"how\":\"phone\"}", NO_OBJECT, "DOSVL", 404, NULL },
        { "notice.again", "POST", "/api/notices/1/again", "{}", NO_OBJECT, "DOSVL", 404, NULL },
        /* between towns: what is in the box is judged by its seal */
        { "parcel.put", "POST", "/api/parcels", "{\"from\":\"110101003000\",\"to\":\"110101002000\",\"box\":\"AAAA\"}", NO_OBJECT, "M", 409, NULL },
        { "parcel.list", "GET", "/api/parcels", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "neighbour.list", "GET", "/api/neighbours", NULL, NO_OBJECT, STAFF, 200, NULL },
        /* the house itself */
        { "retention.plan", "GET", "/api/retention", NULL, NO_OBJECT, "A", 200, NULL },
        { "erasure.list", "GET", "/api/erasures", NULL, NO_OBJECT, "A", 200, NULL },
        { "unit.list", "GET", "/api/units", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "roster.get", "GET", "/api/roster", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "leave.list", "GET", "/api/leaves", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "leave.add", "POST", "/api/leaves", "{\"login\":\"pa1\",\"since\":\"2026-03-01\",\"until\":\"2026-03-02\"}", NO_OBJECT, "M", 201, NULL },
        { "leave.drop", "DELETE", "/api/leaves/17", NULL, NO_OBJECT, "M", 404, NULL },
        { "handover.make", "POST", "/api/handovers", "{\"from\":\"nobody\"}", NO_OBJECT, "M", 200, NULL },
        { "swap.list", "GET", "/api/swaps", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "swap.ask", "POST", "/api/swaps", "{\"date\":\"2026-03-01\",\"shift\":\"day\",\"with\":\"pa1\",\"reason\":\"外出培训\"}", NO_OBJECT, STAFF, 422, NULL },
        { "swap.agree", "POST", "/api/swaps/17/agree", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "swap.approve", "POST", "/api/swaps/17/approve", NULL, NO_OBJECT, "VL", 404, NULL },
        { "swap.refuse", "POST", "/api/swaps/17/refuse", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "swap.withdraw", "DELETE", "/api/swaps/17", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "sheet.list", "GET", "/api/sheets", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "sheet.make", "POST", "/api/sheets", "{\"date\":\"2026-03-01\",\"shift\":\"day\"}", NO_OBJECT, READERS, 422, NULL },
        { "sheet.get", "GET", "/api/sheets/17", NULL, NO_OBJECT, READERS "k", 404, NULL },
        { "sheet.print", "GET", "/api/sheets/17/text", NULL, NO_OBJECT, READERS "k", 404, NULL },
        { "sheet.sign", "POST", "/api/sheets/17/sign", "{\"rev\":1}", NO_OBJECT, READERS, 404, NULL },
        /* the town: its map, its folder, changes of it */
        { "map", "GET", "/api/map", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "map.schematic", "GET", "/api/map/schematic", NULL, NO_OBJECT, ALL_MAY, 200, NULL },
        { "map.desk", "GET", "/api/map/desk", NULL, NO_OBJECT, STAFF, 200, NULL },
        /* No base map here: whoever may ask is told so. */
        { "map.base-file", "GET", "/api/map/base/file", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        { "map.base-tile", "GET", "/api/map/base/0/10/5/5", NULL, NO_OBJECT, ALL_MAY, 404, NULL },
        { "map.desk-base-file", "GET", "/api/map/desk/base/file", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "map.desk-base-tile", "GET", "/api/map/desk/base/0/10/5/5", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "map.load", "GET", "/api/map/load", NULL, NO_OBJECT, READERS "k", 200, NULL },
        { "folder", "GET", "/api/folder", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "folder.file", "GET", "/api/folder/file?name=town.yaml", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "folder.findings", "GET", "/api/folder/findings", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "version.list", "GET", "/api/versions", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "version.diff", "GET", "/api/versions/diff?before=1", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "duty.list", "GET", "/api/duties", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "post.list", "GET", "/api/posts", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "calendar.get", "GET", "/api/calendar", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "procedure.list", "GET", "/api/procedures", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "procedure.get", "GET", "/api/procedures/request", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "notice.texts", "GET", "/api/notice-texts", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "account.list", "GET", "/api/accounts", NULL, NO_OBJECT, "M", 200, NULL },
        { "account.close", "POST", "/api/accounts/cg1/close", NULL, NO_OBJECT, "M", 200, NULL },
        { "invite.list", "GET", "/api/invitations", NULL, NO_OBJECT, "M", 200, NULL },
        { "invite.drop", "DELETE", "/api/invitations/nobody", NULL, NO_OBJECT, "M", 404, NULL },
        { "key.list", "GET", "/api/keys", NULL, NO_OBJECT, "M", 200, NULL },
        { "job.list", "GET", "/api/jobs", NULL, NO_OBJECT, "M", 200, NULL },
        { "audit.acts", "GET", "/api/audit/acts", NULL, NO_OBJECT, "A", 200, NULL },
        { "draft.list", "GET", "/api/drafts", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "draft.get", "GET", "/api/drafts/17", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "draft.file", "GET", "/api/drafts/17/file?name=town.yaml", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "draft.findings", "GET", "/api/drafts/17/findings", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "draft.diff", "GET", "/api/drafts/17/diff", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "draft.open", "POST", "/api/drafts", "{\"why\":\"换届后调整\"}", NO_OBJECT, "LM", 201, NULL },
        { "draft.put", "PUT", "/api/drafts/17/file?name=town.yaml&base=1", "code:", NO_OBJECT, "LM", 404, NULL },
        { "draft.leave", "DELETE", "/api/drafts/17/file?name=town.yaml", NULL, NO_OBJECT, "LM", 404, NULL },
        { "draft.propose", "POST", "/api/drafts/17/propose", NULL, NO_OBJECT, "LM", 404, NULL },
        { "draft.back", "POST", "/api/drafts/17/back", NULL, NO_OBJECT, "LM", 404, NULL },
        { "draft.withdraw", "POST", "/api/drafts/17/withdraw", "{\"said\":\"不再需要\"}", NO_OBJECT, "LM", 404, NULL },
        { "draft.refuse", "POST", "/api/drafts/17/refuse", "{\"said\":\"写得不对\"}", NO_OBJECT, "LM", 404, NULL },
        { "lesson.list", "GET", "/api/lessons", NULL, NO_OBJECT, "LM", 200, NULL },
        { "lesson.take", "POST", "/api/lessons/take", "{\"subject\":\"none\",\"words\":[\"厨余\"]}", NO_OBJECT, "LM", 422, NULL },
        { "lesson.decline", "POST", "/api/lessons/decline", "{\"subject\":\"none\",\"words\":[\"厨余\"]}", NO_OBJECT, "LM", 422, NULL },
        { "draft.load", "POST", "/api/drafts/17/load", "{}", NO_OBJECT, "LM", 0, NULL },
        { "audit.looks", "GET", "/api/audit/looks", NULL, NO_OBJECT, "A", 200, NULL },
        { "invite.make", "POST", "/api/invitations", "{\"login\":\"cg1\"}", NO_OBJECT, "M", 201, NULL },
        { "key.make", "POST", "/api/keys", "{\"name\":\"new\",\"rights\":[\"town.read\"]}", NO_OBJECT, "M", 201, NULL },
        { "key.make", "POST", "/api/keys", "{\"name\":\"more\",\"rights\":[\"matter.read\"]}", NO_OBJECT, "", 403,
          NULL }, /* not what one lacks */
        /* signing in elsewhere, which this house has not: who follows the link is shown a page */
        { "oidc.begin", "GET", "/sign-in/oidc", NULL, NO_OBJECT, ALL_MAY, 303, NULL },
        { "oidc.back", "GET", "/sign-in/oidc/back", NULL, NO_OBJECT, ALL_MAY, 303, NULL },
        { "oidc.code", "POST", "/api/session/oidc/code", "{\"code\":\"123456\"}", NO_OBJECT, ALL_MAY, 404, NULL },
        { "oidc.mine", "GET", "/api/session/oidc", NULL, NO_OBJECT, STAFF, 200, NULL },
        { "oidc.link", "POST", "/api/session/oidc", "{\"password\":\"x\"}", NO_OBJECT, STAFF, 404, NULL },
        { "oidc.unlink", "DELETE", "/api/session/oidc", NULL, NO_OBJECT, STAFF, 404, NULL },
        { "account.bind", "PUT", "/api/accounts/cg1/oidc", "{\"subject\":\"s-1\"}", NO_OBJECT, "M", 404, NULL },
        { "account.unbind", "DELETE", "/api/accounts/cg1/oidc", NULL, NO_OBJECT, "M", 404, NULL },
        { "key.revoke", "DELETE", "/api/keys/new", NULL, NO_OBJECT, "M", 200, NULL },
};

/* ---- the town of this test
 * --------------------------------------------------------------------------------------------------- */

static const char staff_csv[] =
        "login,name,org\ndiaodu1,测试调度一,desk\ndiaodu2,测试调度二,desk\ncg1,测试城管一,cgb\npa1,测试平安一,pab\n"
        "u-dispatcher,甲,cgb\nu-duty,乙,cgb\nu-handler,丙,cgb\nu-grid,丁,cgb\nu-secretary,戊,cgb\nu-supervisor,己,"
        "cgb\nu-leader,庚,cgb\n"
        "u-clerk,辛,cgb\nu-auditor,壬,cgb\nu-admin,癸,cgb\n";
#define POST(role, login) "r-" login "," role "," role ",cgb," A_COMMUNITY "," login ",,2026-01-01,2028-12-31\n"
static const char posts_csv[] =
        "code,title,role,org,place,holder,backup,since,until\n"
        "desk,调度岗,dispatcher,desk,110101002000,diaodu1,,2026-01-01,2028-12-31\n"
        "h-desk,兜底承办岗,handler,desk,110101002000,diaodu2,,2026-01-01,2028-12-31\n"
        "h-cgb,承办岗,handler,cgb,110101002000,cg1,,2026-01-01,2028-12-31\n"
        "h-pab,承办岗,handler,pab,110101002000,pa1,,2026-01-01,2028-12-31\n" POST("dispatcher", "u-dispatcher")
                POST("duty_officer", "u-duty") POST("handler", "u-handler") POST("grid_worker", "u-grid")
                        POST("secretary", "u-secretary") POST("supervisor", "u-supervisor") POST("leader", "u-leader")
                                POST("clerk", "u-clerk") POST("auditor", "u-auditor") POST("admin", "u-admin");
static const struct town_file rights_town[] = {
        { "staff.csv", staff_csv }, { "posts.csv", posts_csv }, { "roster.csv", "date,shift,leader,officer\n" }, { 0 }
};

/* ---- objects ----------------------------------------------------------------------------------------------------- */

static const char *key_text, *own_code;
static int64_t own_id;

struct keying {
        struct apikey key;
        char text[APIKEY_TEXT];
};

static int key_op(struct ctx *ctx, void *arg)
{
        struct keying *k = arg;
        return apikey_make(ctx, &k->key, k->text);
}

static void make_credentials(struct open_house *h)
{
        struct keying k = { .key = { .name = STR("other-system"),
                                     .rights = right_bit(RIGHT_MATTER_READ) | right_bit(RIGHT_MATTER_SIGN),
                                     .place = STR("110101000000/110101002000/" A_COMMUNITY),
                                     .org = STR("district/jiedao/cgb"),
                                     .until = DAY_NONE } };
        CHECK_EQ(test_write(h->store, &h->c, key_op, &k), OK);
        key_text = target_of(h, "key:%s", k.text);
        ask(h, NULL, "POST", "/api/matters",
            target_of(h, "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1 "\",\"files\":[\"%s\"]}", house_photo(h, NULL)), "", &g);
        own_code = target_of(h, "track:" STR_FMT, STR_ARG(got_text(h, &g, "code")));
        own_id = strtoll(str_c(&h->c.arena, got_text(h, &g, "id")), NULL, 10);
}

static bool with_photo; /* for the probes of files */

static int64_t open_with(struct open_house *h, const char *body)
{
        if (with_photo)
                body = target_of(h, "%.*s,\"files\":[\"%s\"]}", (int)strlen(body) - 1, body, house_photo(h, NULL));
        ask(h, NULL, "POST", "/api/matters", body, "", &g);
        CHECK_EQ(g.status, 201);
        return strtoll(str_c(&h->c.arena, got_text(h, &g, "id")), NULL, 10);
}

static void step(struct open_house *h, int64_t id, const char *action, const char *body)
{
        ask(h, "cg1", "POST", target_of(h, "/api/matters/%lld/%s", (long long)id, action), body, "", &g);
        CHECK_EQ(g.status, 200);
}

/* A fresh matter at G1, in the state that a probe wants, led by cgb; with a contact. */
static int64_t within(struct open_house *h, enum object on)
{
        int64_t id = open_with(h, on == PLACING ? "{\"words\":\"我想问一件别的事情\",\"place\":\"" G1 "\"}"
                                                : "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1
                                                  "\",\"phone\":\"13800005678\",\"householder\":\"王建国\"}");
        if (on == RECEIVED || on == ANSWERED)
                step(h, id, "sign", NULL);
        if (on == ANSWERED)
                step(h, id, "answer", "{\"text\":\"已清运完毕\"}");
        return id;
}

/* What nobody of community A at cgb may see: another community, their own unit complained about; and for the handler
 * another unit. */
static const char *const without[] = {
        "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G3 "\",\"phone\":\"13800005678\"}",
        "{\"words\":\"门口的垃圾没有清运\",\"place\":\"" G1 "\",\"about\":\"cgb\",\"phone\":\"13800005678\"}",
        "{\"words\":\"门口的垃圾没有清运\"}",
};

/* ---- the model, and the question
 * --------------------------------------------------------------------------------------------- */

struct asker {
        char letter; /* '-' = nobody */
        const char *as;
};

static size_t askers(struct asker out[16])
{
        size_t n = 0;
        out[n++] = (struct asker){ '-', NULL };
        for (size_t i = 0; i < COUNT(roles); i++)
                out[n++] = (struct asker){ roles[i].letter, roles[i].login };
        out[n++] = (struct asker){ KEY_MAY, key_text };
        out[n++] = (struct asker){ CODE_MAY, own_code };
        return n;
}

static bool in(const char *set, char letter)
{
        return strchr(set, letter == '-' ? '*' : letter) != NULL;
}

static bool as_said(int status, int got)
{
        return status ? got == status : got != 401 && got != 403 && got != 404;
}

static void put(struct open_house *h, const struct probe *p, const struct asker *a, int64_t id)
{
        const char *target =
                strstr(p->target, "%s") ? target_of(h, p->target, target_of(h, "%lld", (long long)id)) : p->target;
        ask(h, a->as, p->method, target, p->body, "", &g);
}

static void expect(const struct probe *p, const struct asker *a, int status, const char *where)
{
        if (as_said(status, g.status) && (g.status >= 200 || g.status == 0))
                return;
        fail_msg("%s %s (%s) as %c, %s: got %d, want %d: %.300s", p->method, p->target, p->route, a->letter, where,
                 g.status, status, g.body);
}

/* A handler, and a key of the unit, see what the unit leads: what still has to be placed is the desk's. */
static bool out_of_reach(const struct probe *p, const struct asker *a)
{
        return p->on == PLACING && (a->letter == 'H' || a->letter == KEY_MAY);
}

static int want_within(const struct probe *p, const struct asker *a)
{
        if (in(p->may, a->letter))
                return out_of_reach(p, a) ? 404 : p->status;
        if (strncmp(p->route, "open311.", 8) == 0)
                return in("DOGSLC", a->letter) && strcmp(p->method, "POST") == 0 ? 400 : 403; /* the form is looked at before the handler */
        if (a->letter == '-')
                return 401;
        if (out_of_reach(p, a))
                return 404;
        return 403;
}

static int want_without(const struct probe *p, const struct asker *a)
{
        if (a->letter == '-')
                return 401;
        return in(p->holds ? p->holds : p->may, a->letter) ? 404 : 403;
}

static void ask_all(struct open_house *h, const struct probe *p)
{
        struct asker asker[16];
        size_t n = askers(asker);
        with_photo = strcmp(p->route, "matter.file") == 0;
        int64_t id = p->on ? within(h, p->on) : 0;
        for (size_t i = 0; i < n; i++) {
                put(h, p, &asker[i], asker[i].letter == CODE_MAY && p->on ? own_id : id);
                expect(p, &asker[i], want_within(p, &asker[i]), "within reach");
                if (strcmp(p->method, "DELETE") == 0)
                        h->n_in = 0; /* signed out, perhaps */
                if (g.status < 300 && p->on && strcmp(p->method, "GET") != 0)
                        id = within(h, p->on);
        }
        for (size_t o = 0; p->on && o < COUNT(without); o++) {
                id = open_with(h, without[o]);
                for (size_t i = 0; i < n; i++) {
                        put(h, p, &asker[i], id);
                        expect(p, &asker[i], want_without(p, &asker[i]), without[o]);
                }
                CHECK_EQ(get_one(h->store, &h->c, id).rev, 1); /* and nothing was done to it */
        }
}

HOUSE_TEST_IN(every_route_as_every_role, rights_town)
{
        make_credentials(h);
        for (size_t i = 0; i < COUNT(probes); i++)
                ask_all(h, &probes[i]);
}

TEST(every_route_says_who_may_and_has_a_row_in_this_test)
{
        size_t n_tables;
        const struct route_table *const *tables = route_tables(&n_tables);
        for (size_t t = 0; t < n_tables; t++)
                for (size_t i = 0; i < tables[t]->n; i++) {
                        const struct route *r = &tables[t]->route[i];
                        struct err err = { 0 };
                        bool row = r->page; /* the same bytes for everybody: pages_test.c */
                        for (size_t k = 0; k < COUNT(probes); k++)
                                row = row || strcmp(probes[k].route, r->name) == 0;
                        if (!row)
                                fail_msg("%s has no row: say who may", r->name);
                        if (r->may == RIGHT_UNDECIDED || r->scope == SCOPE_UNDECIDED || r->run_on == RUN_UNDECIDED ||
                            route_check(r, &err) != OK)
                                fail_msg("%s: %s", r->name, err.en);
                }
        struct roles all;
        ARENA_AUTO a = { 0 };
        roles_default(&a, &all);
        CHECK_EQ(all.n, COUNT(roles)); /* a new role wants a letter */
}
