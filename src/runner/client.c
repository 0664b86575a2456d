/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/client.h"

#include "base/check.h"

#include <stddef.h>
#include <string.h>

/* Puts a question to the runner into bytes; the runner checks them again. */

enum outcome
runner_derive(struct channel *runner, struct runner_derive *d,
    channel_answer_fn *answer, void *arg)
{
	enum outcome asked;

	check(d->size <= DERIVE_PASSWORD);
	asked = channel_ask(runner, RUNNER_DERIVE, d, sizeof(*d), -1, answer,
	    arg);
	explicit_bzero(d, sizeof(*d));
	return asked;
}

enum outcome
runner_inspect(struct channel *runner, int fd, channel_answer_fn *answer,
    void *arg)
{
	return channel_ask(runner, RUNNER_INSPECT, "", 0, fd, answer, arg);
}

enum outcome
runner_program(struct channel *runner, enum runner_program program, int fd,
    channel_answer_fn *answer, void *arg)
{
	uint8_t which = (uint8_t)program;

	return channel_ask(runner, RUNNER_PROGRAM, &which, sizeof(which), fd,
	    answer, arg);
}
