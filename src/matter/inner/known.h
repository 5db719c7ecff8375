/* matter/inner/known.h — announcing and moving its time, as parts of a step. */
#pragma once
#include "base/json.h"
#include "matter/known.h"
#include "procedure/step.h"

#define KNOWN_RECORDS (RECORD_BIT(RECORD_ANNOUNCEMENT) | RECORD_BIT(RECORD_NEW_TIME))

/* FACT_ANNOUNCED where a clock of the announcement was started: the row of the matter says so. */
uint32_t known_facts(const struct procedure *, const struct matter *);
struct known_change {
        bool is;                /* the step announces, or moves the time */
        struct known_cause c;   /* as it is afterwards */
};
/* @asked: what the door names beyond the form, or NULL. Nothing when @step records neither. */
int known_judge(struct ctx *, const struct town *, const struct matter *, const struct step *, const struct known_cause *asked, struct known_change *ret);
/* "known":{"subject","places","since","until","was","moved"}. */
void known_body(struct json *, const struct known_change *);
int known_save(struct ctx *, const struct matter *, const struct known_change *);
/* The words go from everywhere but the entries. */
int known_erase(struct ctx *, int64_t cause);
/* The announcements say what their events say; a fault counts in @check. */
int known_verify(struct ctx *, struct matter_check *check);
