#include "base/log.h"
#include "people/inner/account.h"
#include "people/inner/identity.h"
#include "people/people_sql.h"
#include "people/vault.h"
#include "store/store.h"

#define LOGGED_MAX 10

/* One batch: read, sealed anew outside any transaction, written in one. */
struct batch {
        struct store *store;
        struct ctx ctx;
        const struct vault_keys *keys;
        struct vault_rekeyed *total;
        int64_t after_person;
        struct str after_login;
        struct arena cursor; /* holds after_login */
        struct sql_people_vault_reseal_in *person;
        size_t n_persons;
        struct sql_people_account_reseal_in *account;
        size_t n_accounts;
        int64_t changed;
};

static int write_persons(struct tx *tx, struct command *self)
{
        struct batch *b = self->arg;
        b->changed = 0;
        for (size_t i = 0; i < b->n_persons; i++) {
                int64_t n = 0;
                int rc = sql_people_vault_reseal(tx, &b->person[i], &n);
                if (rc != OK)
                        return rc;
                b->changed += n;
        }
        return OK;
}

static int write_accounts(struct tx *tx, struct command *self)
{
        struct batch *b = self->arg;
        b->changed = 0;
        for (size_t i = 0; i < b->n_accounts; i++) {
                int64_t n = 0;
                int rc = sql_people_account_reseal(tx, &b->account[i], &n);
                if (rc != OK)
                        return rc;
                b->changed += n;
        }
        return OK;
}

static void seal_person(struct batch *b, const struct sql_people_vault_old_row *row)
{
        struct arena *a = b->ctx.arena;
        struct seal_place at = identity_place(b->ctx.town, row->person);
        struct str plain;
        struct identity id;
        if (seal_open(b->keys, a, &at, row->box, &plain, NULL) != OK || identity_unpack(plain, &id) != OK) {
                if (b->total->damaged++ < LOGGED_MAX)
                        log_error("vault rekey: town=%lld person=%lld cannot be opened", (long long)b->ctx.town,
                                  (long long)row->person);
                return;
        }
        b->person[b->n_persons++] = (struct sql_people_vault_reseal_in){
                .town = b->ctx.town,
                .person = row->person,
                .old = row->key_id,
                .key_id = vault_keys_newest(b->keys),
                .box = seal_close(b->keys, b->ctx.chance, a, &at, plain),
                .blind = identity_blind(b->keys, b->keys->n - 1, a, b->ctx.town, id.phone),
        };
}

static void seal_account(struct batch *b, const struct sql_people_account_sealed_row *row)
{
        struct str box;
        if (account_totp_reseal(&b->ctx, b->keys, row->login, row->totp, &box) != OK) {
                if (b->total->damaged++ < LOGGED_MAX)
                        log_error("vault rekey: town=%lld a second factor cannot be opened", (long long)b->ctx.town);
                return;
        }
        if (box.p != row->totp.p)
                b->account[b->n_accounts++] =
                        (struct sql_people_account_reseal_in){ b->ctx.town, row->login, row->totp, box };
}

static int read_persons(struct batch *b, struct sql_people_vault_old_rows *ret)
{
        struct sql_people_vault_old_in in = { b->ctx.town, b->after_person, vault_keys_newest(b->keys) };
        struct tx *tx;
        int rc = store_read_begin(b->store, &tx, b->ctx.err);
        if (rc != OK)
                return rc;
        rc = sql_people_vault_old(tx, b->ctx.arena, &in, ret);
        store_read_end(tx);
        return rc;
}

static int read_accounts(struct batch *b, struct sql_people_account_sealed_rows *ret)
{
        struct sql_people_account_sealed_in in = { b->ctx.town, b->after_login };
        struct tx *tx;
        int rc = store_read_begin(b->store, &tx, b->ctx.err);
        if (rc != OK)
                return rc;
        rc = sql_people_account_sealed(tx, b->ctx.arena, &in, ret);
        store_read_end(tx);
        return rc;
}

static int persons_once(struct batch *b, bool *ret_more)
{
        struct sql_people_vault_old_rows rows;
        int rc = read_persons(b, &rows);
        *ret_more = rc == OK && rows.n > 0;
        if (!*ret_more)
                return rc;
        b->person = arena_array(b->ctx.arena, struct sql_people_vault_reseal_in, rows.n);
        b->n_persons = 0;
        for (size_t i = 0; i < rows.n; i++)
                seal_person(b, &rows.row[i]);
        b->after_person = rows.row[rows.n - 1].person;
        rc = store_write(b->store, write_persons, b, PRIO_BACKGROUND, b->ctx.err);
        if (rc == OK)
                b->total->persons += b->changed;
        return rc;
}

static int accounts_once(struct batch *b, bool *ret_more)
{
        struct sql_people_account_sealed_rows rows;
        int rc = read_accounts(b, &rows);
        *ret_more = rc == OK && rows.n > 0;
        if (!*ret_more)
                return rc;
        b->account = arena_array(b->ctx.arena, struct sql_people_account_reseal_in, rows.n);
        b->n_accounts = 0;
        for (size_t i = 0; i < rows.n; i++)
                seal_account(b, &rows.row[i]);
        b->after_login = str_dup(&b->cursor, rows.row[rows.n - 1].login);
        rc = store_write(b->store, write_accounts, b, PRIO_BACKGROUND, b->ctx.err);
        if (rc == OK)
                b->total->accounts += b->changed;
        return rc;
}

static int walk(struct batch *b, int (*once)(struct batch *, bool *))
{
        int rc = OK;
        for (bool more = true; more && rc == OK;) {
                rc = once(b, &more);
                arena_reset(b->ctx.arena);
        }
        return rc;
}

int vault_rekey(struct store *store, const struct vault_keys *keys, struct chance *chance, int64_t town,
                struct instant now, struct vault_rekeyed *ret, struct err *err)
{
        ARENA_AUTO a = { 0 };
        *ret = (struct vault_rekeyed){ 0 };
        struct batch b = { .store = store,
                           .keys = keys,
                           .total = ret,
                           .after_login = STR(""),
                           .ctx = { .town = town, .now = now, .arena = &a, .err = err, .chance = chance } };
        int rc = walk(&b, persons_once);
        if (rc == OK)
                rc = walk(&b, accounts_once);
        arena_free(&b.cursor);
        if (rc == OK && ret->damaged > 0)
                return err_set(err, ERR_RULE, "", "有 %lld 条打不开，保持原样",
                               "%lld could not be opened and were left as they were", (long long)ret->damaged);
        return rc;
}
