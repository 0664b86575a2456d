/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/runner.h"

#include "base/channel.h"
#include "base/check.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "runner/child.h"
#include "runner/job.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/queue.h>
#include <unistd.h>

/*
 * One loop: questions come in and wait or are refused, children are started
 * while there is room, watched and answered for. Passwords are wiped when
 * they are no longer needed, and in every child that they do not concern.
 */

enum { QUESTIONS = 3, RUNNING = 8, ENDS = 256, READ_AT_ONCE = 4 };

_Static_assert(DERIVE_AT_ONCE + INSPECT_AT_ONCE + PROGRAM_AT_ONCE <= RUNNING,
    "room to watch all children");

static const struct room {
	unsigned at_once;
	unsigned queue;
} ROOM[QUESTIONS] = {
	[RUNNER_DERIVE] = { DERIVE_AT_ONCE, DERIVE_QUEUE },
	[RUNNER_INSPECT] = { INSPECT_AT_ONCE, INSPECT_QUEUE },
	[RUNNER_PROGRAM] = { PROGRAM_AT_ONCE, PROGRAM_QUEUE },
};

struct job {
	TAILQ_ENTRY(job) link;
	int asker;		/* the end to answer on */
	uint64_t id;
	struct child_work work;
	struct child child;	/* once it runs */
	bool stopped;
};

TAILQ_HEAD(jobs, job);

struct runner {
	const int *fds;
	size_t count;
	bool gone[ENDS];	/* whose other end is closed */
	struct jobs waiting[QUESTIONS];
	unsigned waiting_count[QUESTIONS];
	unsigned running_count[QUESTIONS];
	struct jobs running;
	_Alignas(16) char message[CHANNEL_MESSAGE];
};

static void
job_free(struct job *job)
{
	if (job->work.input != -1)
		close(job->work.input);
	explicit_bzero(job, sizeof(*job));
	free(job);
}

static void
reply(int asker, uint64_t id, const struct child_result *result)
{
	enum outcome sent = channel_reply(asker, id, result->outcome,
	    result->bytes, result->size, result->fd);

	if (sent != OK)
		log_warning("an answer was not taken: %s", outcome_name(sent));
}

static void
reply_empty(int asker, uint64_t id, enum outcome outcome)
{
	struct child_result result = { .outcome = outcome, .fd = -1 };

	reply(asker, id, &result);
}

/* In a new child: the others' passwords are not its business. */
static void
forget_others(void *arg)
{
	struct runner *runner = arg;
	struct job *job;

	for (int i = 0; i < QUESTIONS; i++)
		TAILQ_FOREACH(job, &runner->waiting[i], link)
			explicit_bzero(&job->work.derive,
			    sizeof(job->work.derive));
}

static void
start(struct runner *runner, struct job *job)
{
	enum runner_question question = job->work.question;

	TAILQ_REMOVE(&runner->waiting[question], job, link);
	runner->waiting_count[question]--;
	if (child_start(&job->work, forget_others, runner, &job->child) != OK) {
		reply_empty(job->asker, job->id, FAILED);
		job_free(job);
		return;
	}
	explicit_bzero(&job->work.derive, sizeof(job->work.derive));
	TAILQ_INSERT_TAIL(&runner->running, job, link);
	runner->running_count[question]++;
}

static void
start_ready(struct runner *runner)
{
	for (int i = 0; i < QUESTIONS; i++)
		while (!TAILQ_EMPTY(&runner->waiting[i]) &&
		    runner->running_count[i] < ROOM[i].at_once)
			start(runner, TAILQ_FIRST(&runner->waiting[i]));
}

static void
finish(struct runner *runner, struct job *job)
{
	struct child_result result;

	child_finish(&job->child, &job->work, &result);
	reply(job->asker, job->id, &result);
	if (result.fd != -1)
		close(result.fd);
	explicit_bzero(&result, sizeof(result));
	TAILQ_REMOVE(&runner->running, job, link);
	runner->running_count[job->work.question]--;
	job_free(job);
}

static void
stop_overlong(struct runner *runner)
{
	int64_t now = time_monotonic_ms();
	struct job *job;

	TAILQ_FOREACH(job, &runner->running, link)
		if (job->child.deadline <= now && !job->stopped) {
			log_error("a child of the runner took too long");
			child_stop(&job->child);
			job->stopped = true;
		}
}

/* Only well-formed questions become work. */
static enum outcome
work_of(const struct channel_question *question, bool from_clerk,
    struct child_work *work_out)
{
	struct child_work *work = work_out;

	work->question = (enum runner_question)question->kind;
	work->input = question->fd;
	switch (work->question) {
	case RUNNER_DERIVE:
		if (question->size != sizeof(work->derive) ||
		    question->fd != -1)
			return INVALID;
		memcpy(&work->derive, question->bytes, sizeof(work->derive));
		return work->derive.size <= DERIVE_PASSWORD ? OK : INVALID;
	case RUNNER_INSPECT:
		return question->size == 0 && question->fd != -1 ? OK :
		    INVALID;
	case RUNNER_PROGRAM:
		if (!from_clerk)
			return FORBIDDEN;
		if (question->size != 1 || question->fd == -1)
			return INVALID;
		work->program = *(const uint8_t *)question->bytes;
		return work->program == PROGRAM_PDF ? OK : INVALID;
	}
	return INVALID;
}

static void
take(struct runner *runner, size_t end, const struct channel_question *question)
{
	struct job *job = calloc(1, sizeof(*job));
	enum runner_question kind;
	enum outcome outcome;

	check(job != NULL);
	job->asker = runner->fds[end];
	job->id = question->id;
	outcome = work_of(question, end == runner->count - 1, &job->work);
	kind = job->work.question;
	if (outcome == OK && runner->waiting_count[kind] >= ROOM[kind].queue)
		outcome = BUSY;
	if (outcome != OK) {
		reply_empty(job->asker, job->id, outcome);
		job_free(job);
		return;
	}
	TAILQ_INSERT_TAIL(&runner->waiting[kind], job, link);
	runner->waiting_count[kind]++;
}

/* Some from each end in turn, so that none can crowd the others out. */
static void
read_end(struct runner *runner, size_t end)
{
	struct channel_question question;

	for (int i = 0; i < READ_AT_ONCE; i++) {
		enum outcome got = channel_read(runner->fds[end],
		    runner->message, &question);

		if (got == FAILED)
			runner->gone[end] = true;
		if (got == FAILED || got == NOT_FOUND)
			return;
		if (got != OK)
			continue;
		take(runner, end, &question);
		explicit_bzero(runner->message, question.size +
		    CHANNEL_HEADER);
	}
}

static int
wait_ms(const struct runner *runner)
{
	int64_t now = time_monotonic_ms(), nearest = INT64_MAX;
	const struct job *job;

	TAILQ_FOREACH(job, &runner->running, link)
		if (!job->stopped && job->child.deadline < nearest)
			nearest = job->child.deadline;
	if (nearest == INT64_MAX)
		return -1;
	return nearest > now ? (int)(nearest - now) : 0;
}

/* Ends first, then children in the order of `running`. */
static void
turn(struct runner *runner)
{
	struct pollfd ready[ENDS + RUNNING];
	size_t count = runner->count;
	struct job *job, *next;

	for (size_t i = 0; i < runner->count; i++)
		ready[i] = (struct pollfd){ .events = POLLIN,
		    .fd = runner->gone[i] ? -1 : runner->fds[i] };
	TAILQ_FOREACH(job, &runner->running, link)
		ready[count++] = (struct pollfd){ .events = POLLIN,
		    .fd = job->child.watch };
	if (poll(ready, count, wait_ms(runner)) < 0) {
		check(errno == EINTR);
		return;
	}
	count = runner->count;
	for (job = TAILQ_FIRST(&runner->running); job != NULL; job = next) {
		next = TAILQ_NEXT(job, link);
		if (ready[count++].revents != 0)
			finish(runner, job);
	}
	for (size_t i = 0; i < runner->count; i++)
		if (ready[i].revents != 0)
			read_end(runner, i);
	stop_overlong(runner);
	start_ready(runner);
}

static bool
all_gone(const struct runner *runner)
{
	for (size_t i = 0; i < runner->count; i++)
		if (!runner->gone[i])
			return false;
	return TAILQ_EMPTY(&runner->running);
}

static void
runner_init(struct runner *runner, const int fds[], size_t count)
{
	check(count > 0 && count <= ENDS);
	runner->fds = fds;
	runner->count = count;
	TAILQ_INIT(&runner->running);
	for (int i = 0; i < QUESTIONS; i++)
		TAILQ_INIT(&runner->waiting[i]);
}

enum outcome
runner_serve(const int fds[], size_t count)
{
	const struct sandbox_paths paths = job_program_paths("/tmp");
	static struct runner runner;

	if (prctl(PR_SET_DUMPABLE, 0) != 0 || job_prepare() != OK ||
	    sandbox_enter(SANDBOX_RUNNER, &paths) != OK)
		return FAILED;
	runner_init(&runner, fds, count);
	while (!all_gone(&runner))
		turn(&runner);
	return OK;
}
