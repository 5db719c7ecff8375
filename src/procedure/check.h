/* procedure/check.h — is this procedure safe to rely on? Asked once, before it is used.
 *
 * The check is a small model checker: it tries every action in every situation that can come about (state, clocks
 * that run, records made), with every answer to every condition, through the code that steps matters later. Facts
 * may change freely between two steps, so it proves more than ever happens and never less.
 * What it proves: every state can be reached and every situation can reach an end; a state that is not final is
 * always watched by a running clock that has somewhere to go; the resident's clocks run from dispatch and none starts
 * at sign-for; no end without the records it asks for (办结须有答复并告知); only a named person declines and the system
 * never ends a matter; a state's `needs` are guarded on every way in; the stages keep within the statutory limit.
 */
#pragma once
#include "base/due.h"
#include "procedure/clocks.h"
#include "procedure/procedure.h"

/* What a town has decided. */
struct procedure_town {
        /* A limit of town.yaml by id: OK or ERR_NONE. */
        int (*limit)(const void *arg, struct str id, struct clock_limit *ret);
        const void *arg;
        struct clock_limit duty; /* the longest limit of any duty row (by limit_hours_most); limit 0 = none has one */
};

/* Findings, all errors but the last: procedure.no-start, .who, .from, .action-never, .no-row, .row-dead,
 * .guard-missing, .state-unreachable, .no-end, .unwatched, .clock-idle, .clock-stuck, .late-clock, .starts-at-sign,
 * .final-left, .final-clock, .record-fields, .record-missing, .posting, .named-person, .system-ends, .system-form,
 * .limit-unknown, .too-long; .too-big when there are more situations than it tries. Where it fails on the way there the
 * sentence gives the way, action by action.
 * @town NULL: limits are not looked at. OK, or ERR_RULE when it added an error. */
int procedure_check(const struct procedure *, const struct procedure_town *town, struct findings *);

/* Limits made comparable, in hours. The most that may pass, for a stage: a month is 31 days; n working days are
 * 7/5 n days, a weekend, and a run of ten days off for every twenty; an office day has at least four hours; a day in
 * which it starts is added, and what rolls may roll over such a run. The least, for a limit that must not be exceeded:
 * a month is 28 days, a working day a day, a working hour an hour. */
int64_t limit_hours_most(struct clock_limit);
int64_t limit_hours_least(struct clock_limit);
