/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/outcome.h"
#include "proc/parent.h"

/*
 * The table of the parent's processes: their channels and how one is forked.
 * For parent.c alone, which watches, restarts and stops them.
 */
struct process {
	enum parent_role role;
	size_t index;		/* of its role */
	const char *name;
	pid_t pid;		/* 0: not running */
	int64_t started;	/* of time_monotonic_ms */
	int64_t start_at;	/* while not running */
	unsigned quick_deaths;	/* in a row */
	int vault[2];		/* askers only: [0] asks, [1] answers; or -1 */
	int runner[2];
};

struct process_table {
	const struct parent_plan *plan;
	struct process items[PARENT_CHILDREN];
	size_t count;
	sigset_t before;	/* the signal mask for children */
};

/* Web and clerk ask; vault and runner answer. */
bool process_asks(enum parent_role role);

/*
 * All processes of the plan in order of starting, none of them running, with
 * their channels. FAILED (logged): what was made is closed by process_close.
 */
MUST_CHECK enum outcome process_open(struct process_table *table,
    const struct parent_plan *plan);
void process_close(const struct process_table *table);

/* Forks it; `pid` stays 0 (logged) when the system has no room. */
void process_start(const struct process_table *table, struct process *process);

struct process *process_find(struct process_table *table, pid_t pid);
