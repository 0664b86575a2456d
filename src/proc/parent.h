/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/outcome.h"

/*
 * The parent of a server: forks the processes, gives each its ends of the
 * channels, starts again whatever falls, and stops all in order. It holds no
 * state of the application and answers nobody.
 *
 * Every web process and the clerk have a channel to the vault and one to the
 * runner. All are made before the first fork and kept by the parent, so that
 * a successor takes up the very ends of its predecessor, as it does the
 * listening socket: what waits there is not lost.
 */
enum parent_role {
	PARENT_RUNNER,		/* in order of starting */
	PARENT_VAULT,
	PARENT_CLERK,
	PARENT_WEB,
	PARENT_ROLES,
};

enum { PARENT_CHILDREN = 64 };	/* most processes of a server */

/*
 * A child that ends with this status says that starting it again will not help
 * (sysexits.h: EX_CONFIG): the parent then stops the rest and gives up.
 */
#define PARENT_GIVE_UP 78

/* What a child owns. All else above standard error has been closed. */
struct parent_ends {
	size_t index;		/* which of its role, from 0 */
	int listener;		/* web: its own listening socket; else -1 */
	int vault;		/* web, clerk: for channel_open; else -1 */
	int runner;
	const int *askers;	/* vault, runner: to answer; last the clerk */
	size_t asker_count;
};

/*
 * A child's whole life; what it returns is its exit status. It enters its
 * sandbox itself. At the start signals are as in a new program, except that
 * SIGINT, SIGHUP and SIGPIPE are ignored: SIGTERM asks it to end, and it must
 * do so within seconds. It is killed when the parent dies.
 */
typedef int parent_main(void *arg, const struct parent_ends *ends);

struct parent_child {
	const char *name;	/* for logs; static storage */
	parent_main *main;
	void *arg;
	size_t count;		/* 1; for web as many as listeners; 0: none */
};

struct parent_plan {
	struct parent_child children[PARENT_ROLES];
	const int *listeners;	/* see listen_open; stay the caller's */

	/*
	 * Whom to become when started as root, after sockets were opened; NULL
	 * to stay. Ignored when not started as root.
	 */
	const char *user;
};

/* How long each role may take to end before it is killed, milliseconds. */
enum {
	PARENT_WEB_STOP_MS = 5000,
	PARENT_STOP_MS = 1500,
};

/*
 * Runs until SIGTERM or SIGINT (OK), or until a child gave up or the start
 * failed (FAILED, logged). On the way out the web processes end first, then
 * clerk, runner and vault; a second signal kills all at once. SIGHUP says that
 * somebody else wrote to the database: all generations are raised.
 * generation_open comes before; after the death of a web process or
 * the clerk all generations are raised.
 */
MUST_CHECK enum outcome parent_run(const struct parent_plan *plan);

/*
 * How long to wait before a child is started again that has died `deaths`
 * times in a row within a second of its start: 0, 100, 200 … 5000
 * milliseconds.
 */
int parent_pause_ms(unsigned deaths);

/* Gives up root for this user, all groups included; there is no way back. */
MUST_CHECK enum outcome parent_become(const char *user);
