/* api/routes.h — every way in, in one list. A table that has its line here is served, documented, reached from the shell by
 * `linli call`, fuzzed, and asked for its row in the rights test. A table stands in the file of its handlers. */
#pragma once
#include "api/route.h"

#define ROUTE_TABLES(TABLE)                                                                                            \
        TABLE(public_route_table)   /* intake, and what anybody may read */                                            \
        TABLE(track_route_table)    /* a reporter, by tracking code */                                                 \
        TABLE(file_route_table)     /* attachments */                                                                  \
        TABLE(list_route_table)     /* lists and boards of matters */                                                  \
        TABLE(print_route_table)    /* papers */                                                                       \
        TABLE(saved_route_table)    /* views that one keeps */                                                         \
        TABLE(staff_route_table)    /* the matters of those who work on them */                                        \
        TABLE(told_route_table)     /* explanations in sentences */                                                    \
        TABLE(task_route_table)     /* units called in */                                                              \
        TABLE(order_route_table)    /* orders from upstream */                                                         \
        TABLE(cause_route_table)    /* one cause, many voices */                                                       \
        TABLE(known_route_table)    /* announced causes */                                                             \
        TABLE(release_route_table)  /* what a clerk makes public */                                                    \
        TABLE(around_route_table)   /* what residents see around them */                                               \
        TABLE(standing_route_table) /* problems that come back */                                                      \
        TABLE(callback_route_table) /* who is called back */                                                           \
        TABLE(map_route_table)      /* the town on a map */                                                          \
        TABLE(basemap_route_table)  /* the ground under it */                                                          \
        TABLE(place_route_table)    /* places as people say them */                                                    \
        TABLE(town_route_table)     /* duty rows, posts, the calendar */                                               \
        TABLE(procedure_route_table) /* procedures as graphs */                                                        \
        TABLE(admin_route_table)    /* accounts, keys, jobs, words */                                                  \
        TABLE(folder_route_table)   /* the town's folder, its versions */                                              \
        TABLE(draft_route_table)    /* changes of it that wait for a second person */                                  \
        TABLE(lesson_route_table)   /* what corrections of subjects teach */                                              \
        TABLE(duty_route_table)     /* who is on duty, who is away, whose matters go to whom */                        \
        TABLE(swap_route_table)     /* whose turn on duty somebody else takes */                                       \
        TABLE(shift_route_table)    /* one shift hands over to the next */                                             \
        TABLE(session_route_table)  /* invitations, signing in, keys */                                                \
        TABLE(oidc_route_table)     /* signing in elsewhere */                                                         \
        TABLE(notice_route_table)   /* messages, and what did not arrive */                                            \
        TABLE(parcel_route_table)   /* between towns */                                                                \
        TABLE(erase_route_table)    /* what is held of a person, and its erasing */                                    \
        TABLE(figures_route_table)  /* behind and around the figures, and tables to take away */                       \
        TABLE(report_route_table)   /* figures, search */                                                              \
        TABLE(open311_route_table)  /* GeoReport v2 */                                                                 \
        TABLE(page_route_table)     /* the web face */                                                                 \
        TABLE(openapi_route_table)                                                                                     \
        TABLE(server_route_table)   /* health, metrics */

#define ROUTE_TABLE_STANDS(table) extern const struct route_table table;
ROUTE_TABLES(ROUTE_TABLE_STANDS)

const struct route_table *const *route_tables(size_t *ret_n);
