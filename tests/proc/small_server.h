/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <sys/types.h>

#include "proc/parent.h"

/*
 * A whole small server for the tests of the parent: two web processes that
 * answer one letter with one ('w': their number, 'v' and 'r': whether vault and
 * runner answer), the real vault and runner, and a clerk that does nothing.
 * What happens in it is seen through a shared page.
 */
enum { WEBS = 2, ROLES = PARENT_ROLES };

struct page {
	_Atomic pid_t pids[ROLES][WEBS];
	_Atomic int starts[ROLES][WEBS];
	_Atomic int64_t ended[ROLES];	/* when SIGTERM was heard */
	_Atomic int stubborn;		/* the clerk does not hear SIGTERM */
	_Atomic int quick;		/* web 1 dies at once */
	_Atomic int give_up;		/* the clerk gives up */
	_Atomic int extra;		/* descriptors too many or too few */
	_Atomic int user;
};

struct server {
	char folder[32];
	char key[48];
	int listeners[WEBS];
	pid_t parent;
	const char *user;
};

extern struct page *page;

/* Maps the page; once, before any test. False when there is no memory. */
bool page_open(void);

/* Set-up and tear-down for cmocka; *state is a struct server, not started. */
int server_open(void **state);
int server_close(void **state);

void start_server(struct server *server);
void wait_all_started(void);

/* Until this process has been started so often; fails after ten seconds. */
void wait_started(int role, int index, int starts);

/* SIGTERM; the parent's exit status, -1 when a signal ended it. */
int stop_server(struct server *server);

/* The letter that comes back, -1 when the connection was lost. */
int ask_web(const struct server *server, char letter);

/* Its halves: a connection on which the letter was sent, and the answer. */
int begin_asking(const struct server *server, char letter);
int end_asking(int fd);
