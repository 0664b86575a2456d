/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/outcome.h"
#include "runner/client.h"

/*
 * One short-lived child of the runner, from fork to answer: its descriptors,
 * limits, watch and end. The runner sees its end as readiness of `watch`.
 */
enum { CHILD_ANSWER = 512, CHILD_FOLDER = 32 };

/* The question, as the runner has checked it. */
struct child_work {
	enum runner_question question;
	int input;			/* -1: none; owned by the work */
	enum runner_program program;
	struct runner_derive derive;
};

struct child {
	pid_t pid;
	int watch;		/* a pidfd */
	int output;		/* what its standard output can be read from */
	int64_t deadline;	/* of time_monotonic_ms */
	char temporary[CHILD_FOLDER];	/* "" unless it is a program */
};

struct child_result {
	enum outcome outcome;	/* OK or FAILED */
	char bytes[CHILD_ANSWER];
	size_t size;
	int fd;			/* -1 or now the caller's */
};

/*
 * Forks. `forget` runs first in the child, to wipe what is not its business.
 * FAILED (logged): nothing runs.
 */
MUST_CHECK enum outcome child_start(const struct child_work *work,
    void (*forget)(void *arg), void *arg, struct child *child_out);

/* Ends a child that has lived too long; its `watch` becomes ready. */
void child_stop(const struct child *child);

/* Reaps a child whose `watch` is ready and gives back all that it had. */
void child_finish(const struct child *child, const struct child_work *work,
    struct child_result *result_out);
