/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/sign_in.h"

#include "base/time.h"
#include "people/link_store.h"
#include "people/session_store.h"

#include <sodium.h>

/* What signing in does, once the costly part is over. */

static bool
is_right(const struct person_secrets *secrets, bool has_key,
    const uint8_t *verifier, const uint8_t *key, int64_t now)
{
	bool same = sodium_memcmp(verifier, key, DERIVE_KEY) == 0;

	return same && has_key && secrets->locked_until <= now;
}

bool
password_is_right(const struct person_secrets *secrets,
    const uint8_t key[DERIVE_KEY], int64_t now)
{
	return is_right(secrets, secrets->has_password, secrets->verifier,
	    key, now);
}

bool
recovery_is_right(const struct person_secrets *secrets,
    const uint8_t key[DERIVE_KEY], int64_t now)
{
	return is_right(secrets, secrets->has_recovery,
	    secrets->recovery_verifier, key, now);
}

/* While an account waits, further tries neither help nor lengthen it. */
enum outcome
sign_in_count_failure(struct tx *tx, struct arena *a,
    const struct person_secrets *secrets, int64_t now)
{
	int64_t tries = secrets->tries;
	int64_t until = secrets->locked_until;

	if (until <= now) {
		tries++;
		until = now + sign_in_wait(tries);
	}
	return person_set_tries(tx, a, secrets->person, tries, until);
}

static enum outcome
session_begin(struct tx *tx, const struct sign_in *s, bool complete)
{
	const struct session_new new = { .person = s->person,
		.hash = s->token.hash, .browser = s->browser,
		.complete = complete, .now = s->now };
	int64_t session;
	enum outcome got = session_remove_ended(tx, s->arena, s->now);

	return got == OK ? session_add(tx, s->arena, &new, &session) : got;
}

enum outcome
sign_in_write(struct tx *tx, struct sign_in *s)
{
	struct person_secrets secrets;
	enum outcome got;

	s->result = SIGN_IN_REFUSED;
	if (s->person == 0)
		return stranger_add(tx, s->arena, day_of(s->now));
	got = person_find_secrets(tx->db, s->arena, s->person, &secrets);
	if (got != OK)
		return got;
	if (!password_is_right(&secrets, s->key, s->now))
		return sign_in_count_failure(tx, s->arena, &secrets, s->now);

	/* With a second step the failures are forgotten after that one. */
	if (!secrets.has_code)
		got = person_set_tries(tx, s->arena, s->person, 0, 0);
	if (got == OK)
		got = session_begin(tx, s, !secrets.has_code);
	if (got == OK)
		s->result = secrets.has_code ? SIGN_IN_CODE : SIGN_IN_DONE;
	return got;
}

/* The session that waited gives way to one with a fresh token. */
static enum outcome
code_accept(struct tx *tx, struct sign_in_code *s)
{
	const struct sign_in whole = { .arena = s->arena,
		.person = s->person, .browser = s->browser, .now = s->now,
		.token = s->token };
	enum outcome got;

	got = person_use_code(tx, s->arena, s->person, s->step);
	if (got == OK)
		got = person_set_tries(tx, s->arena, s->person, 0, 0);
	if (got == OK)
		got = session_remove(tx, s->arena, s->person, s->waiting);
	if (got == OK)
		got = session_begin(tx, &whole, true);
	return got;
}

enum outcome
sign_in_code_write(struct tx *tx, struct sign_in_code *s)
{
	struct person_secrets secrets;
	enum outcome got;
	bool right;

	s->result = SIGN_IN_REFUSED;
	got = person_find_secrets(tx->db, s->arena, s->person, &secrets);
	if (got != OK)
		return got;
	right = s->right && secrets.has_code &&
	    s->step > secrets.code_step && secrets.locked_until <= s->now;
	if (!right)
		return sign_in_count_failure(tx, s->arena, &secrets, s->now);
	got = code_accept(tx, s);
	if (got == OK)
		s->result = SIGN_IN_DONE;
	return got;
}

enum outcome
password_replace(struct tx *tx, struct arena *a, int64_t person,
    const struct person_key *key, int64_t keep)
{
	enum outcome got = person_set_password(tx, a, person, key);

	if (got == OK)
		got = password_link_remove_all(tx, a, person);
	if (got == OK)
		got = session_remove_others(tx, a, person, keep);
	return got;
}
