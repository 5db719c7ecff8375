/* people/vault.h — the vault (保险柜): names, phones and addresses, sealed; other rooms hold a person's id.
 *
 * A person here is whoever gave a contact in one matter. There is no register: two matters of one resident are two
 * persons, and nothing joins them but an exact, counted and logged look-up of a phone.
 *
 * Law: 个人信息保护法 第五至九条 (purpose and least data), 第十三条 (a basis for every row), 第十九、四十七条 (kept as
 * short as possible, then deleted), 第二十五条 (not published: masked), 第五十一条 (encryption, de-identification,
 * permissions), 第五十五、五十六条 (records of looking up kept); 等保 GB/T 22239-2019 个人信息保护, 剩余信息保护.
 *
 * Sealing is XChaCha20-Poly1305 (libsodium) with (town, person, field) as associated data, so a box moved to another
 * row does not open. Beside a box stand its masked forms, in the clear, and a keyed index of the phone. Keys come from
 * a file of mode 0600 that is in neither the database nor its backup: without it nobody can read the vault.
 */
#pragma once
#include "base/ctx.h"

struct store;
struct vault_keys;   /* immutable once loaded; any number of threads */

/* ---- the key file ----------------------------------------------------------------------------------- */
/* A new file with key 1. ERR_EXISTS when it is there, ERR_IO, ERR_FULL. */
int vault_keys_make(const char *path, struct chance *, struct day today, struct err *err);
/* Add a newer key; what is sealed from the next vault_keys_load on uses it, then vault_rekey. */
int vault_keys_add(const char *path, struct chance *, struct day today, int32_t *ret_id, struct err *err);
/* ERR_NONE when there is no file; ERR_RULE when others may read it, it is no plain file, or belongs to another user;
 * ERR_BAD naming the line. Free with vault_keys_free. */
int vault_keys_load(const char *path, struct vault_keys **ret, struct err *err);
/* Keys that are only in memory: tests, and replays into a file that is thrown away. */
int vault_keys_in_memory(struct chance *, struct vault_keys **ret);
void vault_keys_free(struct vault_keys *); /* wipes; NULL is fine */
int32_t vault_keys_newest(const struct vault_keys *);

/* ---- identity --------------------------------------------------------------------------------------- */
#define VAULT_NAME_CHARS 64
#define VAULT_PHONE_CHARS 32
#define VAULT_ADDRESS_CHARS 200
#define VAULT_NOTE_CHARS 500
#define VAULT_MAIL_CHARS 120
#define VAULT_CODE_CHARS 40
struct identity {
        struct str name, phone, address, note; /* note: how they may be reached safely, in their own words */
        struct str mail;
        struct str code; /* the tracking code, so that the one message after reporting can hold it; shown to nobody */
}; /* each may be "", not all but code */


/* Ready to be written: made before the transaction, so the commit thread seals nothing. */
struct vault_sealed {
        int64_t person;
        int32_t key_id;
        struct str box, blind;                  /* blind {NULL,0} when there is no phone to look up */
        struct str name, phone, address;        /* masked */
        struct str basis, class;
};

/* Legal basis of 个人信息保护法 第十三条: consent contract statutory_duty emergency news public_info other_law. */
bool vault_basis_known(struct str basis);

/* Seal @id for a new @person (an id_next of the caller) of ctx->town. @class is a retention class of retention.csv.
 * Needs no transaction. ERR_MISSING (all empty), ERR_RANGE (too long), ERR_UTF8, ERR_TYPE (control characters),
 * ERR_RULE (unknown basis), naming the field. Memory from ctx->arena. */
int vault_seal(const struct vault_keys *, struct ctx *, int64_t person, const struct identity *id, struct str basis,
               struct str class, struct vault_sealed *ret);
/* Write it inside ctx->tx. */
int vault_insert(struct ctx *, const struct vault_sealed *);
/* All of it at once, for whoever is not in a hurry: makes the id, seals, writes. */
int vault_put(const struct vault_keys *, struct ctx *, const struct identity *id, struct str basis, struct str class,
              int64_t *ret_person);

/* What may be shown to whoever handles the matter, without opening: no audit row. */
struct vault_masked {
        struct str name, phone, address;        /* "张*", "138****1234", "…小区***"; all "" once erased */
        struct str basis, class;
        struct instant at;
        bool erased;
        struct str erased_by, erased_basis;     /* and at is when */
};
/* ERR_NONE when there never was such a person in this town. Read. */
int vault_masked(struct ctx *, int64_t person, struct vault_masked *ret);

#define VAULT_PURPOSE_CHARS_MIN 4
#define VAULT_PURPOSE_CHARS_MAX 200
/* Open for ctx->actor, who gives a @purpose (4-200 characters) in a @matter (0 = none). The audit row is written
 * first, in the same write transaction; without one nothing opens (ERR_STATE outside a transaction, ERR_INTERNAL in a
 * read). ERR_NONE, ERR_MISSING and ERR_RANGE (purpose), ERR_INTERNAL when the box is damaged or its key is missing.
 * Whether the actor has the right person.unmask over the matter is the caller's to check before. */
int vault_open(const struct vault_keys *, struct ctx *, int64_t person, int64_t matter, struct str purpose,
               struct identity *ret);

#define VAULT_FINDS_PER_HOUR 60
/* Persons of this town with exactly this phone, at most 200. Logged like an opening (person 0), and at most 60 times an
 * hour for one actor: ERR_RATE. ERR_TYPE when @phone has fewer than 7 digits. Write. */
struct vault_persons { int64_t *row; size_t n; };
int vault_find(const struct vault_keys *, struct ctx *, struct str phone, struct str purpose,
               struct vault_persons *ret);

/* Who looked, when, why: newest first, at most 200, ids below @before (INT64_MAX to begin). */
struct vault_look {
        int64_t id, person, matter;             /* person 0: a look-up by phone */
        struct str actor, purpose;
        struct instant at;
};
struct vault_looks { struct vault_look *row; size_t n; };
int vault_looks_of_person(struct ctx *, int64_t person, int64_t before, struct vault_looks *ret);
int vault_looks_of_matter(struct ctx *, int64_t matter, int64_t before, struct vault_looks *ret);
int vault_looks(struct ctx *, int64_t before, struct vault_looks *ret);

/* Delete box, index and masked forms; a tombstone keeps by whom, on which basis (1-200 characters), when. The record of
 * who looked stays. OK also when it is erased already; ERR_NONE when there never was such a person. Write. */
int vault_erase(struct ctx *, int64_t person, struct str basis, struct str by);
struct vault_erased {
        int64_t person;
        struct str by, basis;
        struct instant at;
};
struct vault_erasures { struct vault_erased *row; size_t n; };
/* The erasure list, by person, those after @after (0 to begin), at most 1000. Read. */
int vault_erasures(struct ctx *, int64_t after, struct vault_erasures *ret);
/* Replay one row of it onto a restored backup. Write. */
int vault_erase_again(struct ctx *, const struct vault_erased *);

struct vault_counts { int64_t sealed, erased; };
int vault_count(struct ctx *, struct vault_counts *ret);

/* ---- other bytes that must not lie open ------------------------------------------------------------- */
/* Idempotent answers, second factors, phones of staff: sealed for ctx->town under a @label that says what they are;
 * they open under the same town and label only. Needs no transaction; memory from ctx->arena. */
int vault_seal_bytes(const struct vault_keys *, struct ctx *, struct str label, struct str plain, struct str *ret_box);
/* ERR_INTERNAL when the box is damaged, of another town or label, or its key is missing. */
int vault_open_bytes(const struct vault_keys *, struct ctx *, struct str label, struct str box, struct str *ret_plain);
/* The same content under the newest key; *ret_box is @box when it is that already. */
int vault_reseal_bytes(const struct vault_keys *, struct ctx *, struct str label, struct str box, struct str *ret_box);
/* A staff_phone_fn for staff_seal_phones / staff_open_phones: @arg is a struct vault_phone. One phone gives one token
 * under one key (the nonce is a keyed hash of the phone), so a folder loaded twice has the same digest. */
struct vault_phone { const struct vault_keys *keys; struct ctx *ctx; };
int vault_seal_phone(void *arg, struct arena *, struct str phone, struct str *ret_box);
int vault_open_phone(void *arg, struct arena *, struct str box, struct str *ret_phone);

/* ---- changing the key ------------------------------------------------------------------------------- */
struct vault_rekeyed {
        int64_t persons, accounts;              /* sealed anew */
        int64_t damaged;                        /* could not be opened; left as they were */
};
/* Seal every person and second factor of @town that is under an older key with the newest, 100 a transaction, behind
 * requests. May be stopped and run again; what changes meanwhile is left alone. OK, or ERR_RULE when some were
 * damaged, or the store's code. Staff phones in town files and remembered answers are their rooms' to reseal; keep the
 * old key in the file until then, and as long as backups are kept. */
int vault_rekey(struct store *, const struct vault_keys *, struct chance *, int64_t town, struct instant now,
                struct vault_rekeyed *ret, struct err *err);
