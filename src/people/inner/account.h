/* people/inner/account.h — the row of an account, for the files that change or prove it. */
#pragma once
#include "people/account.h"

struct account_secret {
        struct str password;   /* Argon2id string, "" = none */
        struct str totp;       /* sealed; {NULL,0} = no second factor */
        int64_t totp_step;
        int32_t revision;
};

/* ERR_NONE when there is none. */
int account_load(struct ctx *, struct str login, struct account_secret *ret);
/* Write under a->revision, end all sessions, add to the audit. ERR_CONFLICT when the row moved on. */
int account_save(struct ctx *, struct str login, const struct account_secret *, const char *act);
int account_totp_open(struct ctx *, const struct vault_keys *, struct str login, struct str box,
                      struct totp_secret *ret);
int account_totp_reseal(struct ctx *, const struct vault_keys *, struct str login, struct str box, struct str *ret_box);
