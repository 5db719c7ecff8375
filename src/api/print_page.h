/* api/print_page.h — papers of a matter as pages for a black-and-white printer on A4: receipt 回执, work order 派单, visit record 走访记录,
 * call-in notice 吹哨通知, the whole file 全卷. Masked unless a contact was opened for it; each names who printed it and when. */
#pragma once
#include "api/house.h"
#include "matter/task.h"

enum paper { PAPER_RECEIPT, PAPER_ORDER, PAPER_VISIT, PAPER_CALL_IN, PAPER_FILE, PAPERS };
extern const char *const paper_words[PAPERS + 1]; /* "receipt", "order", "visit", "call-in", "file", NULL */
struct say paper_name(enum paper);

struct print_in {
        enum paper paper;
        const struct town *town;
        const struct matter *m;
        const struct matter_story *story;
        const struct matter_tasks *tasks;
        bool contact;                    /* there is one that this reader may see */
        bool clear;                      /* opened for this print, with a purpose that is logged */
        struct str name, phone, address; /* masked, or in the clear */
        struct str login;                /* who prints */
        struct instant now;
        enum lang lang;
        struct arena *arena;
};
#define PRINT_BYTES_MAX ((size_t)4 << 20)
void print_page(struct buf *, const struct print_in *);
