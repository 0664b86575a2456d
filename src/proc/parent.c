/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* setgroups */

#include "proc/parent.h"

#include "base/check.h"
#include "base/generation.h"
#include "base/log.h"
#include "base/time.h"
#include "proc/process.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * No signal handlers: what concerns the parent is blocked and fetched by
 * sigtimedwait, one event at a time, so nothing can happen in between.
 */

enum { QUICK_MS = 1000, FIRST_PAUSE_MS = 100, LONGEST_PAUSE_MS = 5000 };

struct parent {
	struct process_table table;
	sigset_t watched;
	bool gave_up;
};

int
parent_pause_ms(unsigned deaths)
{
	int pause = FIRST_PAUSE_MS;

	if (deaths <= 1)
		return 0;
	for (unsigned i = 2; i < deaths && pause < LONGEST_PAUSE_MS; i++)
		pause *= 2;
	return pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
}

enum outcome
parent_become(const char *user)
{
	const struct passwd *entry = getpwnam(user);

	if (entry == NULL) {
		log_error("there is no user \"%s\"", user);
		return FAILED;
	}
	if (setgroups(0, NULL) != 0 || setgid(entry->pw_gid) != 0 ||
	    setuid(entry->pw_uid) != 0) {
		log_errno("cannot become user \"%s\"", user);
		return FAILED;
	}
	if (entry->pw_uid != 0 && setuid(0) == 0) {
		log_error("user \"%s\" could become root again", user);
		return FAILED;
	}
	return OK;
}

static void
log_end(const struct process *process, int status)
{
	const char *name = process->name;

	if (WIFSIGNALED(status))
		log_error("\"%s\" %zu ended by signal %d", name,
		    process->index + 1, WTERMSIG(status));
	else
		log_error("\"%s\" %zu ended with status %d", name,
		    process->index + 1, WEXITSTATUS(status));
}

/* One that has fallen while it should run. */
static void
fallen(struct parent *parent, struct process *process, int status)
{
	int64_t now = time_monotonic_ms();

	log_end(process, status);
	process->pid = 0;
	if (now - process->started < QUICK_MS)
		process->quick_deaths++;
	else
		process->quick_deaths = 0;
	process->start_at = now + parent_pause_ms(process->quick_deaths);
	if (process_asks(process->role))
		generation_raise_all();
	if (WIFEXITED(status) && WEXITSTATUS(status) == PARENT_GIVE_UP)
		parent->gave_up = true;
}

static void
reap_fallen(struct parent *parent)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct process *process = process_find(&parent->table, pid);

		if (process != NULL)
			fallen(parent, process, status);
	}
}

/* A start that fails is tried again after the longest pause. */
static void
start(struct parent *parent, struct process *process)
{
	process_start(&parent->table, process);
	process->start_at = process->started + LONGEST_PAUSE_MS;
}

/* Starts what is due; milliseconds until the next is, or -1. */
static int64_t
start_due(struct parent *parent)
{
	int64_t now = time_monotonic_ms(), nearest = -1;

	for (size_t i = 0; i < parent->table.count; i++) {
		struct process *process = &parent->table.items[i];

		if (process->pid == 0 && process->start_at <= now)
			start(parent, process);
		if (process->pid == 0 && (nearest < 0 ||
		    process->start_at - now < nearest))
			nearest = process->start_at - now;
	}
	return nearest;
}

/* The next watched signal, 0 when `ms` have passed first; -1: no limit. */
static int
wait_signal(const struct parent *parent, int64_t ms)
{
	const struct timespec span = { ms / 1000, ms % 1000 * 1000000 };
	int got = sigtimedwait(&parent->watched, NULL, ms < 0 ? NULL : &span);

	if (got < 0)
		check(errno == EAGAIN || errno == EINTR);
	return got < 0 ? 0 : got;
}

static void
signal_role(const struct parent *parent, enum parent_role role, int number)
{
	for (size_t i = 0; i < parent->table.count; i++)
		if (parent->table.items[i].role == role &&
		    parent->table.items[i].pid != 0)
			kill(parent->table.items[i].pid, number);
}

/* Whether any of the role still runs; reaps whatever has ended. */
static bool
role_runs(struct parent *parent, enum parent_role role)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct process *process = process_find(&parent->table, pid);

		if (process != NULL)
			process->pid = 0;
	}
	for (size_t i = 0; i < parent->table.count; i++)
		if (parent->table.items[i].role == role &&
		    parent->table.items[i].pid != 0)
			return true;
	return false;
}

/* Asks, waits, kills. True when an impatient second signal came. */
static bool
stop_role(struct parent *parent, enum parent_role role, bool at_once)
{
	int64_t until = time_monotonic_ms() +
	    (role == PARENT_WEB ? PARENT_WEB_STOP_MS : PARENT_STOP_MS);

	signal_role(parent, role, at_once ? SIGKILL : SIGTERM);
	while (role_runs(parent, role)) {
		int64_t left = until - time_monotonic_ms();
		int got = left > 0 ? wait_signal(parent, left) : 0;

		if (got == SIGTERM || got == SIGINT)
			at_once = true;
		if (left <= 0 && !at_once)
			log_warning("\"%s\" did not end in time and is killed",
			    parent->table.plan->children[role].name);
		if (left <= 0 || at_once) {
			signal_role(parent, role, SIGKILL);
			until = time_monotonic_ms() + PARENT_STOP_MS;
		}
	}
	return at_once;
}

static void
stop_all(struct parent *parent)
{
	static const enum parent_role order[PARENT_ROLES] = { PARENT_WEB,
	    PARENT_CLERK, PARENT_RUNNER, PARENT_VAULT };
	bool at_once = false;

	for (int i = 0; i < PARENT_ROLES; i++)
		at_once = stop_role(parent, order[i], at_once);
}

static void
watch_signals(struct parent *parent)
{
	static const int numbers[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&parent->watched);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		sigaddset(&parent->watched, numbers[i]);
	check(sigprocmask(SIG_BLOCK, &parent->watched,
	    &parent->table.before) == 0);
}

/* Keeps all running until told to stop. */
static void
keep_running(struct parent *parent)
{
	int got = 0;

	while (got != SIGTERM && got != SIGINT && !parent->gave_up) {
		int64_t next = start_due(parent);

		got = wait_signal(parent, next);
		if (got == SIGHUP)
			generation_raise_all();
		reap_fallen(parent);
	}
}

enum outcome
parent_run(const struct parent_plan *plan)
{
	struct parent parent = { 0 };
	enum outcome ran = OK;

	if (plan->user != NULL && geteuid() == 0)
		ran = parent_become(plan->user);
	if (ran == OK)
		ran = process_open(&parent.table, plan);
	if (ran == OK) {
		watch_signals(&parent);
		keep_running(&parent);
		stop_all(&parent);
		check(sigprocmask(SIG_SETMASK, &parent.table.before, NULL) ==
		    0);
	}
	process_close(&parent.table);
	return parent.gave_up ? FAILED : ran;
}
