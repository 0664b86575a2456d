/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "http/request.h"
#include "people/person.h"
#include "runner/client.h"
#include "vault/client.h"

/*
 * People in the database. Addresses are in lower case (email_normalize).
 * Strings live in `a`.
 */

/* What proves who somebody is. Arrays are zero where `has_` says no. */
struct person_secrets {
	int64_t person;
	bool has_password;
	uint8_t salt[DERIVE_SALT];
	uint8_t verifier[DERIVE_KEY];
	bool has_recovery;
	uint8_t recovery_salt[DERIVE_SALT];
	uint8_t recovery_verifier[DERIVE_KEY];
	bool has_code;
	uint8_t code[VAULT_SEALED_TOTP];
	int64_t code_step;	/* last one used */
	int64_t tries;		/* failed in a row */
	int64_t locked_until;	/* instant; 0: open */
};

/* A password or recovery words, ready to be stored. */
struct person_key {
	uint8_t salt[DERIVE_SALT];
	uint8_t verifier[DERIVE_KEY];
};

struct person_new {
	const char *email;
	const char *name;
	const char *patronymic;	/* "" without */
	enum language language;
	const struct person_key *password;	/* NULL: none set yet */
	int64_t now;
};

MUST_CHECK enum outcome person_find(struct db *db, struct arena *a,
    int64_t person, struct person *person_out);
MUST_CHECK enum outcome person_find_by_email(struct db *db, struct arena *a,
    const char *email, struct person *person_out);
MUST_CHECK enum outcome person_find_secrets(struct db *db, struct arena *a,
    int64_t person, struct person_secrets *secrets_out);

/* CONFLICT when somebody has this address. */
MUST_CHECK enum outcome person_add(struct tx *tx, struct arena *a,
    const struct person_new *new, int64_t *person_out);

/* Name, patronymic and language. CONFLICT when the version is another. */
MUST_CHECK enum outcome person_change(struct tx *tx, struct arena *a,
    const struct person *person);

/* Also opens the account again. */
MUST_CHECK enum outcome person_set_password(struct tx *tx, struct arena *a,
    int64_t person, const struct person_key *key);

/* NULL takes the recovery words away. */
MUST_CHECK enum outcome person_set_recovery(struct tx *tx, struct arena *a,
    int64_t person, const struct person_key *key);

/* `sealed` of VAULT_SEALED_TOTP bytes, NULL turns the code off. */
MUST_CHECK enum outcome person_set_code(struct tx *tx, struct arena *a,
    int64_t person, const uint8_t *sealed, int64_t step);

/* INVALID when this step, or a later one, was used before. */
MUST_CHECK enum outcome person_use_code(struct tx *tx, struct arena *a,
    int64_t person, int64_t step);

/* Counts a failed sign-in, or forgets all of them (tries 0, until 0). */
MUST_CHECK enum outcome person_set_tries(struct tx *tx, struct arena *a,
    int64_t person, int64_t tries, int64_t locked_until);

/* Counts a sign-in with an address that nobody has. */
MUST_CHECK enum outcome stranger_add(struct tx *tx, struct arena *a,
    int64_t day);

/* --- Rights in the coalition ------------------------------------------- */

/* Adding one that is there, and removing one that is not, is OK. */
MUST_CHECK enum outcome right_add(struct tx *tx, struct arena *a,
    int64_t person, enum coalition_right right);
MUST_CHECK enum outcome right_remove(struct tx *tx, struct arena *a,
    int64_t person, enum coalition_right right);

/* Who has a right, by name; one row for each right of a person. */
struct right_holder {
	int64_t person;
	const char *name, *patronymic, *email;
	enum coalition_right right;
};
struct right_holders LIST_OF(struct right_holder);
enum { RIGHT_HOLDERS_MOST = 200 };
MUST_CHECK enum outcome right_list(struct db *db, struct arena *a,
    struct right_holders *list_out);

/* "moderator", "coordinator", "site" */
const char *right_name(enum coalition_right right);
MUST_CHECK enum outcome right_parse(const char *name,
    enum coalition_right *right_out);
