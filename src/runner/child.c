/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* memfd_create, pipe2 */

#include "runner/child.h"

#include "base/check.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "base/time.h"
#include "runner/job.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A pipe carries the small answers: they fit into it, so a child never waits
 * for the runner. A program writes into a memory file.
 */

#define MIB ((rlim_t)1024 * 1024)

static const struct limits {
	rlim_t seconds;		/* of a processor */
	int wait_ms;		/* of the clock on the wall */
	rlim_t memory;		/* address space */
	rlim_t file;		/* largest file; logs may be larger */
	rlim_t descriptors;
} LIMITS[] = {
	[RUNNER_DERIVE] = { 5, 8000, 256 * MIB, RLIM_INFINITY, 8 },
	[RUNNER_INSPECT] = { 10, 14000, 256 * MIB, RLIM_INFINITY, 8 },
	[RUNNER_PROGRAM] = { PROGRAM_SECONDS, PROGRAM_SECONDS * 1000,
	    2048 * MIB, 256 * MIB, 256 },
};

static const size_t ANSWER_SIZES[] = {
	[RUNNER_DERIVE] = DERIVE_KEY,
	[RUNNER_INSPECT] = sizeof(struct runner_inspection),
};

static void
limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit both = { most, most };

	check(setrlimit(what, &both) == 0);
}

static void
enter_limits(const struct limits *limits)
{
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, limits->seconds);
	limit(RLIMIT_FSIZE, limits->file);
	limit(RLIMIT_NOFILE, limits->descriptors);
#ifndef __SANITIZE_ADDRESS__	/* which maps terabytes */
	limit(RLIMIT_AS, limits->memory);
#endif
}

static enum outcome
run(const struct child_work *work, const char *temporary)
{
	switch (work->question) {
	case RUNNER_DERIVE:
		return job_derive(&work->derive);
	case RUNNER_INSPECT:
		return job_inspect();
	case RUNNER_PROGRAM:
		return job_program(work->program, temporary);
	}
	return FAILED;
}

/* Standard input and output are its own; all else but messages is closed. */
static void
take_descriptors(int input, int output)
{
	if (input == -1)
		close(STDIN_FILENO);
	else
		check(dup2(input, STDIN_FILENO) == STDIN_FILENO);
	check(dup2(output, STDOUT_FILENO) == STDOUT_FILENO);
	descriptor_keep(NULL, 0);
}

static _Noreturn void
child_main(const struct child_work *work, int output, const char *temporary,
    pid_t runner)
{
	enum outcome done = FAILED;

	check(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
	if (getppid() == runner) {
		take_descriptors(work->input, output);
		enter_limits(&LIMITS[work->question]);
		done = run(work, temporary);
	}
	_exit(done == OK ? EXIT_SUCCESS : EXIT_FAILURE);
}

static int
remove_one(const char *path, const struct stat *status, int kind,
    struct FTW *place)
{
	(void)status, (void)kind, (void)place;
	if (remove(path) != 0)
		log_errno("cannot remove \"%s\"", path);
	return 0;
}

static void
remove_folder(const char *path)
{
	if (path[0] != '\0')
		nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* Where the answer goes, [1], and whence it is read, [0]; may be the same. */
static enum outcome
open_output(enum runner_question question, char temporary[CHILD_FOLDER],
    int ends_out[2])
{
	int failed;

	temporary[0] = '\0';
	if (question != RUNNER_PROGRAM) {
		failed = pipe2(ends_out, O_CLOEXEC | O_NONBLOCK);
	} else {
		strcpy(temporary, "/tmp/tulga-XXXXXX");
		if (mkdtemp(temporary) == NULL) {
			log_errno("cannot make a folder in \"/tmp\"");
			temporary[0] = '\0';
			return FAILED;
		}
		ends_out[0] = memfd_create("answer",
		    MFD_CLOEXEC | MFD_ALLOW_SEALING);
		ends_out[1] = ends_out[0];
		failed = ends_out[0] < 0;
	}
	if (failed)
		log_errno("cannot open what a child writes to");
	return failed ? FAILED : OK;
}

enum outcome
child_start(const struct child_work *work, void (*forget)(void *arg),
    void *arg, struct child *child_out)
{
	struct child child;
	pid_t runner = getpid();
	int ends[2];

	if (open_output(work->question, child.temporary, ends) != OK) {
		remove_folder(child.temporary);
		return FAILED;
	}
	child.output = ends[0];
	child.pid = fork();
	if (child.pid == 0) {
		forget(arg);
		child_main(work, ends[1], child.temporary, runner);
	}
	if (ends[1] != ends[0])
		close(ends[1]);
	if (child.pid < 0) {
		log_errno("cannot start a child");
		close(child.output);
		remove_folder(child.temporary);
		return FAILED;
	}
	child.watch = pidfd_open(child.pid, 0);
	check(child.watch >= 0); /* our descriptors are bounded */
	child.deadline = time_monotonic_ms() + LIMITS[work->question].wait_ms;
	*child_out = child;
	return OK;
}

void
child_stop(const struct child *child)
{
	if (pidfd_send_signal(child->watch, SIGKILL, NULL, 0) != 0)
		log_errno("cannot stop a child that takes too long");
}

/* A child may have been taken over: its answer has a shape, or is none. */
static enum outcome
read_answer(const struct child *child, enum runner_question question,
    struct child_result *result)
{
	ssize_t size = read(child->output, result->bytes,
	    sizeof(result->bytes));

	if (size < 0 || (size_t)size != ANSWER_SIZES[question])
		return FAILED;
	if (question == RUNNER_INSPECT) {
		struct runner_inspection seen;

		memcpy(&seen, result->bytes, sizeof(seen));
		if (memchr(seen.type, '\0', sizeof(seen.type)) == NULL ||
		    seen.accepted > 1 || seen.size < 0)
			return FAILED;
	}
	result->size = (size_t)size;
	return OK;
}

/* The finished document, from its start, never to change again. */
static enum outcome
seal_document(int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0 || status.st_size == 0)
		return FAILED;
	if (fcntl(fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW |
	    F_SEAL_WRITE) != 0 || lseek(fd, 0, SEEK_SET) != 0) {
		log_errno("cannot seal a document");
		return FAILED;
	}
	return OK;
}

void
child_finish(const struct child *child, const struct child_work *work,
    struct child_result *result_out)
{
	struct child_result result = { .outcome = FAILED, .fd = -1 };
	int status;

	check(waitpid(child->pid, &status, 0) == child->pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
		result.outcome = work->question == RUNNER_PROGRAM ?
		    seal_document(child->output) :
		    read_answer(child, work->question, &result);
	else if (WIFSIGNALED(status))
		log_error("a child of the runner ended by signal %d",
		    WTERMSIG(status));
	if (result.outcome == OK && work->question == RUNNER_PROGRAM)
		result.fd = child->output;
	else
		close(child->output);
	close(child->watch);
	remove_folder(child->temporary);
	*result_out = result;
}
