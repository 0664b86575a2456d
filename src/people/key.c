/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "http/later.h"
#include "text/catalogue.h"

#include <sodium.h>
#include <string.h>

/* Keys from passwords, made in the runner while the request waits. */

const char people_password_hint[] =
	N_("At least 10 characters. A short sentence that only you know is "
	   "good; signs and capitals are not needed.");

struct derivation {
	struct person_key *key;
	key_made_fn *then;
	void *arg;
};

static enum outcome
derived(struct request *rq, const struct channel_answer *answer, void *arg)
{
	struct derivation *d = arg;
	enum outcome got = answer->outcome;

	if (got == OK && answer->size != DERIVE_KEY)
		got = FAILED;
	if (got == OK)
		memcpy(d->key->verifier, answer->bytes, DERIVE_KEY);
	return d->then(rq, got, d->arg);
}

/* What is longer than any password may be has no key. */
enum outcome
person_key_derive(struct request *rq, const char *password,
    struct person_key *key, key_made_fn *then, void *arg)
{
	struct derivation *d = ARENA_NEW(&rq->arena, struct derivation);
	struct runner_derive question = { 0 };
	size_t size = strlen(password);
	enum outcome asked;

	if (size > DERIVE_PASSWORD)
		return INVALID;
	*d = (struct derivation){ key, then, arg };
	memcpy(question.salt, key->salt, DERIVE_SALT);
	memcpy(question.password, password, size);
	question.size = (uint16_t)size;
	asked = runner_derive(rq->runner, &question, later_answer,
	    later_wait(rq, derived, d));
	return asked == OK ? OK : later_refused(rq, asked);
}

enum outcome
person_key_make(struct request *rq, const char *password,
    struct person_key *key, key_made_fn *then, void *arg)
{
	randombytes_buf(key->salt, sizeof(key->salt));
	return person_key_derive(rq, password, key, then, arg);
}
