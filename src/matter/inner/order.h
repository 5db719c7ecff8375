/* matter/inner/order.h — what a step of a matter does to the order it came with. */
#pragma once
#include "base/json.h"
#include "matter/matter.h"

/* Change @m's order by what was recorded; *ret_changed: it was. @in: what upstream sent, when the step came with it, else NULL. */
void order_step(const struct town *, struct matter *m, const struct step *, const struct order_in *in, struct instant now, bool *ret_changed);
/* What clocks heed of it. */
void order_ground(const struct order *, struct clock_ground *);
/* What the event says: "order":{"system","state","round","due","ours"}. No number: it names the case at the other office. */
void order_body(struct json *, const struct order *);
enum order_state order_state_find(struct str word); /* ORDER_NONE when there is no such state */
/* Write it back beside its matter, whose revision guards both. */
int order_save(struct ctx *, int64_t matter, const struct order *);
/* The hash of what it said goes with the words of its matter. */
int order_forget(struct ctx *, int64_t matter);
/* A new row; ERR_CONFLICT when the number is taken. @content: salt and hash of what it says. */
#define ORDER_SALT_BYTES 16
struct order_content { unsigned char salt[ORDER_SALT_BYTES], hash[16]; };
int order_add(struct ctx *, int64_t matter, const struct order *, const struct order_content *);
/* Until when it may be sent back: what the order says, else the system's own window from @received. */
struct instant order_window(const struct town *, const struct upstream *, struct instant received, struct instant said);
