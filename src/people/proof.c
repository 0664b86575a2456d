/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/proof.h"

#include "base/time.h"
#include "people/sign_in.h"
#include "text/catalogue.h"

#include <string.h>

/* The password of whoever is signed in, once more. */

const char proof_refused[] =
	N_("This is not your password, or the account waits after too many "
	   "tries.");

static enum outcome
proof_write(struct tx *tx, void *arg)
{
	struct proof *p = arg;
	struct arena *a = &p->rq->arena;
	struct person_secrets secrets;
	int64_t now = time_now();
	enum outcome got = person_find_secrets(tx->db, a,
	    p->rq->asker.person, &secrets);

	p->right = false;
	if (got != OK)
		return got;
	if (!password_is_right(&secrets, p->typed.verifier, now))
		return sign_in_count_failure(tx, a, &secrets, now);
	got = person_set_tries(tx, a, secrets.person, 0, 0);
	if (got == OK)
		got = p->then(tx, p);
	p->right = got == OK;
	return got;
}

static enum outcome
proof_answer(struct request *rq, enum outcome got, void *arg)
{
	struct proof *p = arg;

	return p->answer(rq, got, p->arg);
}

static enum outcome
proof_derived(struct request *rq, enum outcome got, void *arg)
{
	if (got != OK)
		return got;
	return write_later(rq, proof_write, proof_answer, arg);
}

enum outcome
proof_later(struct request *rq, struct proof *proof, const char *password,
    answer_fn *answer)
{
	struct person_secrets secrets;
	enum outcome got = person_find_secrets(rq->db, &rq->arena,
	    rq->asker.person, &secrets);

	if (got != OK)
		return got;
	proof->answer = answer;
	memcpy(proof->typed.salt, secrets.salt, sizeof(proof->typed.salt));
	got = person_key_derive(rq, password, &proof->typed, proof_derived,
	    proof);
	/* Too long for any password: as wrong as others. */
	return got == INVALID ? answer(rq, OK, proof->arg) : got;
}
