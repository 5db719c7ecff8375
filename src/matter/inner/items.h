/* matter/inner/items.h — rows of the lists. */
#pragma once
#include "matter/matter.h"

/* The list statements return rows of the same shape; only their C types differ. */
#define TAKE_ITEMS(rows, ret, arena)                                                                          \
        do {                                                                                                  \
                (ret)->n = (rows).n;                                                                          \
                (ret)->row = arena_array(arena, struct matter_item, (rows).n);                                \
                for (size_t i_ = 0; i_ < (rows).n; i_++) {                                                    \
                        __typeof__((rows).row) r_ = &(rows).row[i_];                                          \
                        (ret)->row[i_] = (struct matter_item){                                                \
                                .id = r_->id, .rev = r_->rev, .state = r_->state, .subject = r_->subject,     \
                                .level = r_->level, .grid = r_->grid, .path = r_->path, .unit = r_->unit,     \
                                .unit_path = r_->unit_path, .assist = r_->assist, .called = r_->called, .post = r_->post,           \
                                .holder = r_->holder, .respondent = r_->respondent, .open = r_->open,         \
                                .urgent = r_->urgent, .raised = r_->raised, .opened = r_->opened,             \
                                .due = r_->due, .voices = r_->voices, .cause = r_->cause,                     \
                        };                                                                                    \
                }                                                                                             \
        } while (0)
