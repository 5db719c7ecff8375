/* town/town.h — a town as loaded: one immutable model of all its files, and what linli check says about it.
 *
 * The folder's files are stored byte for byte, once per content; the model is parsed from them when a process
 * starts or a new version is loaded. So there is one source of truth, an export is the same bytes, a past
 * version answers as it did then, and no row of a duty list is kept twice.
 */
#pragma once
#include <stdatomic.h>
#include "base/calendar.h"
#include "base/ctx.h"
#include "base/finding.h"
#include "duty/duty.h"
#include "duty/lead.h"
#include "duty/match.h"
#include "duty/signpost.h"
#include "duty/subject.h"
#include "people/org.h"
#include "people/post.h"
#include "people/role.h"
#include "people/roster.h"
#include "people/staff.h"
#include "place/agreement.h"
#include "place/gazetteer.h"
#include "place/grid.h"
#include "place/locate.h"
#include "place/place.h"
#include "place/thing.h"
#include "procedure/procedure.h"
#include "town/folder.h"
#include "town/limits.h"
#include "town/neighbours.h"
#include "town/notices.h"
#include "town/retention.h"
#include "town/upstream.h"

#define TOWN_PROCEDURES_MAX 32

/* Where in town.yaml something stands, for findings; 0 = it does not. */
struct town_lines {
        int32_t code, fallback, upper, limits;
};

/* The days of an office where they differ from the town's: calendar.csv, rows with an org. */
struct office_calendar {
        struct str org;
        const struct calendar *calendar; /* the town's days under the office's own */
};

/* When somebody works: what clocks of working days and working hours are counted by. */
struct working_time {
        const struct calendar *calendar;
        const struct office_hours *hours;
};

/* What the folder left out although the manual allows it: nothing is asked of files that are not there. */
struct town_absent {
        bool posts, roster, request; /* request: the product's own procedure is in use */
};

/* The way to a person, as everybody is told it; all may be empty. */
struct town_contact {
        struct str phone, duty_phone; /* in office hours, and outside them */
        struct str counter_zh, counter_en, hours_zh, hours_en;
};

struct town {
        int64_t id;      /* the code as a number: the tenant's key */
        struct str code; /* 12 digits */
        struct str path; /* of the town's own place in the division tree; the code when there is no such place */
        struct str name_zh, name_en;
        struct str fallback, upper; /* org codes; may be unknown in a trial load */
        struct str map_approval;    /* 审图号 */
        struct town_contact contact;
        double nearest_metres;
        struct town_similar similar; /* when two matters are offered as perhaps the same */
        struct town_standing standing; /* when a subject is offered as a standing problem */
        int32_t files_max;    /* attachments of one matter, from everybody together */
        int32_t reopen_times; /* how often a reporter may have it taken up again before a supervisor looks */
        int32_t pause_times, extend_times; /* how often one matter may be paused, and get more time */
        int32_t rank_min;             /* a rate over fewer matters is shown and never put in an order */
        int32_t callback_calls, callback_days; /* calls in vain, on so many days, before a reporter counts as unreachable */
        uint32_t verify;      /* bits of subject_level: answers that somebody else checks first */
        struct office_hours hours;
        struct quiet_hours quiet; /* no messages outside the app, but for danger */
        struct notice_texts notices;
        struct neighbours neighbours; /* whom matters may be handed to */
        struct calendar *calendar;
        struct office_calendar *offices;
        size_t n_offices;
        struct town_limit *limits; /* see town_limit() */
        size_t n_limits;
        struct town_lines line;
        struct town_absent absent;

        struct places places;
        struct grids grids;
        const struct grid_index *index;
        struct things things;
        struct agreements agreements;
        struct aliases aliases;
        const struct gazetteer *gazetteer; /* names, aliases and numbers, as people say them */
        struct locator ground; /* for locate() */
        struct orgs orgs;
        struct staff_list staff;
        struct roles roles;
        struct posts posts;
        struct roster roster;
        struct subjects subjects;
        struct matcher *matcher;
        struct signposts *signposts;
        struct duties duties;
        struct duty_book book;
        struct retentions retention;
        const struct procedure *procedures[TOWN_PROCEDURES_MAX]; /* at least one: [0] is request */
        size_t n_procedures;
        struct upstreams upstreams; /* who sends us orders; none without upstreams.yaml */

        int64_t version; /* as loaded; 0 = straight from a folder */
        uint64_t absences; /* mark of the leaves noted in staff and the swaps in roster */
        struct instant loaded_at;
        unsigned char digest[32];
        bool trial;
        struct day today; /* when it was parsed: reviews and terms are judged by it */

        struct arena arena; /* holds all of the above, this struct too */
        _Atomic int refs;
};

struct town_load_options {
        bool trial;       /* a labelled trial load: errors become warnings where a fallback exists */
        bool ground_only; /* places, grids, things and agreements only; town.yaml may be unusable or absent */
        struct day today; /* DAY_NONE: nothing is judged by the day (a stored version is read back) */
};

/* Parse the files of @folder into a new model (one reference, the caller's); the folder may go afterwards. Whatever can
 * be read is read, so that `linli check` reports everything at once, and an absent file is an empty table. OK also
 * with findings: those of syntax and of single files, town_check adds those that need the whole. ERR_BAD, and *ret
 * is NULL, only when town.yaml gives no usable code. */
int town_parse(const struct folder *, const struct town_load_options *, struct findings *, struct town **ret);
/* The rules that need several files, and the geometry of the grids. With options.trial the errors that a fallback
 * covers, those of town_parse too, become warnings that say so. Sorts the findings. */
void town_check(const struct town *, const struct town_load_options *, struct findings *);
void town_ref(struct town *);
void town_unref(struct town *); /* frees at zero; NULL is fine */

/* The working time of a unit: its own hours and days, else those of the org above it, at last the town's. NULL = the town. */
struct working_time town_time(const struct town *, const struct org *unit);
/* The town's own limit, else the product's (town_check names it), else NULL. */
const struct town_limit *town_limit(const struct town *, struct str id);

/* ---- versions in the store ----------------------------------------------------------------------------- */
/* Write @folder as the next version of town @id inside ctx->tx (ctx->town = @id). The same digest as the current
 * version changes nothing (*ret_version is the current one). */
int town_store(struct ctx *, const struct folder *, bool trial, int64_t *ret_version);

struct vault_keys;
/* Before that: put sealed tokens in place of the phones in staff.csv of @folder, so that no plain one reaches the
 * store. Reads in ctx->tx: where the current version's tokens open to the same file they are kept, and loading an
 * unchanged folder again changes nothing. Bytes from ctx->arena. ERR_BAD when the file is no CSV. */
int town_seal(struct ctx *, const struct vault_keys *, struct folder *);

/* The label of a version: when it was loaded, by whom, and whether on trial. */
struct town_label {
        int64_t version;
        struct instant at;
        struct str actor;
        bool trial;
};
/* @version 0 = the current one. ERR_NONE when there is no such version. */
int town_label(struct ctx *, int64_t version, struct town_label *ret);
/* The versions, newest first, those below @before (INT64_MAX to begin): TOWN_VERSIONS_PAGE at most. */
#define TOWN_VERSIONS_PAGE 20
struct town_version_row {
        struct town_label label;
        struct str *changed; /* names of the files that differ from the version before it, or went */
        size_t n_changed;
        int64_t draft;                   /* that it came from, INT64_MIN: brought in by linli load, or learned */
        struct str proposer, judge, why; /* of that draft */
};
struct town_version_rows {
        struct town_version_row *row;
        size_t n;
};
int town_versions(struct ctx *, int64_t before, struct town_version_rows *ret);
/* The version in force on @on: the last one loaded before the end of that day, else the first. ERR_NONE: no town. */
int town_version_on(struct ctx *, struct day on, struct town_label *ret);
/* Its files, bytes and text; 0 = current. ERR_NONE; ERR_SCHEMA when stored bytes were damaged. */
int town_folder_of(struct ctx *, struct arena *, int64_t version, struct folder *ret);

struct town_row {
        int64_t id, version;
        struct instant at;
};
/* Every town of this store with its current version. */
int town_list(struct ctx *, struct town_row **ret, size_t *ret_n);
