/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "people/person_store.h"
#include "people/token.h"

/*
 * The rules of signing in, inside the write that does it. Whatever comes of
 * it, the write answers OK so that a failure is counted too; the result says
 * what happened. A wrong password, an account that waits and an address that
 * nobody has are one result, take the same work and are told in one sentence.
 */
enum sign_in_result {
	SIGN_IN_REFUSED,
	SIGN_IN_CODE,	/* the password was right; now the code */
	SIGN_IN_DONE,
};

/* A first step: address and password. */
struct sign_in {
	struct arena *arena;
	int64_t person;		/* 0: nobody has this address */
	uint8_t key[DERIVE_KEY];	/* derived from what was typed */
	const char *browser;
	int64_t now;
	struct token token;	/* of the session that is begun */
	enum sign_in_result result;	/* set by the write */
};

/* A second step: the vault has looked at the code. */
struct sign_in_code {
	struct arena *arena;
	int64_t person;
	int64_t waiting;	/* the session that awaits its code */
	bool right;		/* what the vault said */
	int64_t step;		/* which one the code was of */
	const char *browser;
	int64_t now;
	struct token token;	/* of the session that replaces it */
	enum sign_in_result result;
};

MUST_CHECK enum outcome sign_in_write(struct tx *tx, struct sign_in *s);
MUST_CHECK enum outcome sign_in_code_write(struct tx *tx,
    struct sign_in_code *s);

/*
 * True when the derived key is that of the password or of the recovery words,
 * and the account does not wait. In constant time.
 */
bool password_is_right(const struct person_secrets *secrets,
    const uint8_t key[DERIVE_KEY], int64_t now);
bool recovery_is_right(const struct person_secrets *secrets,
    const uint8_t key[DERIVE_KEY], int64_t now);

/* Counts a failed proof of who somebody is, and lets the account wait. */
MUST_CHECK enum outcome sign_in_count_failure(struct tx *tx, struct arena *a,
    const struct person_secrets *secrets, int64_t now);

/* A new password ends all links and all sessions but `keep` (0: all). */
MUST_CHECK enum outcome password_replace(struct tx *tx, struct arena *a,
    int64_t person, const struct person_key *key, int64_t keep);
