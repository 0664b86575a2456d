/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/later.h"
#include "people/people.h"

/*
 * Typing one's password again before something that matters. `then` runs in
 * the same write as the comparison, and only if the password is right; a wrong
 * one counts as a failed sign-in. Either way the write answers OK (unless the
 * store fails), and `right` says which it was.
 */
struct proof {
	struct request *rq;
	enum outcome (*then)(struct tx *tx, struct proof *proof);
	void *arg;
	struct person_key typed;
	answer_fn *answer;
	bool right;		/* set by the write */
};

/* A message: what to say when it was not right. */
extern const char proof_refused[];

/*
 * Derives what was typed, compares, runs `then` and answers with `answer`,
 * whose arg is proof->arg.
 */
enum outcome proof_later(struct request *rq, struct proof *proof,
    const char *password, answer_fn *answer);
