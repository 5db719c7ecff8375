#include "app/command.h"

extern const struct verb cmd_init, cmd_check, cmd_load, cmd_diff, cmd_export, cmd_serve, cmd_http, cmd_call, cmd_invite, cmd_import, cmd_locate, cmd_place, cmd_when, cmd_notices, cmd_upstream, cmd_parcel,
        cmd_replay, cmd_report, cmd_backup, cmd_verify, cmd_vault, cmd_bench, cmd_help, cmd_version;

extern const struct verb cmd_restore, cmd_erase, cmd_retention, cmd_roster, cmd_leave, cmd_swap, cmd_shift, cmd_handover;

const struct verb *const verbs[] = {
        &cmd_init, &cmd_check, &cmd_load, &cmd_diff, &cmd_export, &cmd_serve, &cmd_http, &cmd_call, &cmd_invite, &cmd_import, &cmd_locate, &cmd_place,
        &cmd_when, &cmd_replay, &cmd_upstream, &cmd_report, &cmd_notices, &cmd_parcel, &cmd_backup, &cmd_restore,
        &cmd_erase, &cmd_retention, &cmd_roster, &cmd_leave, &cmd_swap, &cmd_shift, &cmd_handover, &cmd_verify, &cmd_vault, &cmd_bench, &cmd_help, &cmd_version, NULL,
};
