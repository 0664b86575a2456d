/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/process.h"

#include "base/channel.h"
#include "base/check.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "base/time.h"

#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* What a child is born with: its ends, its signals, its fate if we die. */

bool
process_asks(enum parent_role role)
{
	return role == PARENT_WEB || role == PARENT_CLERK;
}

static enum outcome
add_process(struct process_table *table, enum parent_role role, size_t index)
{
	struct process *process = &table->items[table->count++];

	*process = (struct process){ .role = role, .index = index,
	    .name = table->plan->children[role].name,
	    .vault = { -1, -1 }, .runner = { -1, -1 } };
	if (!process_asks(role))
		return OK;
	if (channel_pair(process->vault) != OK)
		return FAILED;
	return channel_pair(process->runner);
}

enum outcome
process_open(struct process_table *table, const struct parent_plan *plan)
{
	table->plan = plan;
	table->count = 0;
	for (int role = 0; role < PARENT_ROLES; role++) {
		size_t count = plan->children[role].count;

		check(count <= PARENT_CHILDREN - table->count);
		for (size_t i = 0; i < count; i++)
			if (add_process(table, (enum parent_role)role, i) !=
			    OK)
				return FAILED;
	}
	return OK;
}

static void
close_pair(const int pair[2])
{
	descriptor_done(&pair[0]);
	descriptor_done(&pair[1]);
}

void
process_close(const struct process_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		close_pair(table->items[i].vault);
		close_pair(table->items[i].runner);
	}
}

/*
 * The answering ends for the vault or the runner: the clerk's is the last, as
 * runner_serve expects.
 */
static size_t
answering_ends(const struct process_table *table, enum parent_role role,
    int ends_out[PARENT_CHILDREN])
{
	size_t count = 0;

	for (int clerk = 0; clerk <= 1; clerk++)
		for (size_t i = 0; i < table->count; i++) {
			const struct process *asker = &table->items[i];

			if (!process_asks(asker->role) ||
			    (asker->role == PARENT_CLERK) != clerk)
				continue;
			ends_out[count++] = role == PARENT_VAULT ?
			    asker->vault[1] : asker->runner[1];
		}
	return count;
}

/* In the child: a new program's signals but for those that the parent gets. */
static void
reset_signals(const struct process_table *table)
{
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	check(sigprocmask(SIG_SETMASK, &table->before, NULL) == 0);
}

static _Noreturn void
process_main(const struct process_table *table, const struct process *process,
    pid_t pid)
{
	const struct parent_child *kind =
	    &table->plan->children[process->role];
	int askers[PARENT_CHILDREN], kept[PARENT_CHILDREN + 3];
	struct parent_ends ends = { .index = process->index, .listener = -1,
	    .vault = process->vault[0], .runner = process->runner[0],
	    .askers = askers };

	check(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);
	if (getppid() != pid)
		_exit(EXIT_FAILURE);
	log_name(process->name);
	if (process->role == PARENT_WEB)
		ends.listener = table->plan->listeners[process->index];
	if (!process_asks(process->role))
		ends.asker_count = answering_ends(table, process->role,
		    askers);
	for (size_t i = 0; i < ends.asker_count; i++)
		kept[i] = askers[i];
	kept[ends.asker_count] = ends.listener;
	kept[ends.asker_count + 1] = ends.vault;
	kept[ends.asker_count + 2] = ends.runner;
	descriptor_keep(kept, ends.asker_count + 3);
	reset_signals(table);
	exit(kind->main(kind->arg, &ends));
}

void
process_start(const struct process_table *table, struct process *process)
{
	pid_t self = getpid(), pid = fork();

	if (pid == 0)
		process_main(table, process, self);
	process->started = time_monotonic_ms();
	if (pid > 0)
		process->pid = pid;
	else
		log_errno("cannot start \"%s\"", process->name);
}

struct process *
process_find(struct process_table *table, pid_t pid)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->items[i].pid == pid)
			return &table->items[i];
	return NULL;
}
