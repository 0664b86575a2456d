/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/channel.h"
#include "base/outcome.h"
#include "db/db.h"
#include "http/route.h"

#include <stdbool.h>
#include <stdint.h>

struct request;
struct server;

/*
 * What the server must know of people and organisations, which it does not
 * include: `main` fills this table.
 */
struct server_hooks {
	/* Fills rq->asker from the session token; no session is OK too. */
	enum outcome (*who_asks)(struct request *rq, const char *token);
	/* Fills rq->organisation from the slug of the address. */
	enum outcome (*which_organisation)(struct request *rq,
	    const char *slug);
	/* Completes rq->page: names, coalition, navigation. */
	void (*frame)(struct request *rq);
};

/*
 * The longest that each phase of a request may last, in milliseconds; 0: what
 * stands in brackets. What is later is cut, however busy it looks.
 */
struct server_deadlines {
	int head;	/* from the last answer to whole headers [30 s] */
	int body;	/* of a form [60 s] */
	int upload;	/* of a form with a file [15 min: 200 kbit/s] */
	int send;	/* of an answer, and of each MiB more [2 min] */
	int write;	/* a write's wait for the lock, then BUSY [5 s] */
	int stop;	/* what is under way after server_stop [4 s] */
};

struct server_config {
	int listen_fd;			/* already listening; stays open */
	struct channel *vault, *runner;	/* stay the caller's */
	struct db_config db;
	const char *data;		/* the data folder */
	bool behind_proxy;		/* believe X-Forwarded-Proto */
	unsigned connections;		/* at most; 0: 16384 */
	size_t cache_bytes;		/* of kept pages; 0: 16 MiB */
	struct server_deadlines deadlines;
	const struct route *const *routes;	/* NULL-terminated tables */
	struct server_hooks hooks;
};

/*
 * Prepares one event loop; call before the sandbox, with SIGPIPE ignored. One
 * server per process.
 */
MUST_CHECK enum outcome server_open(const struct server_config *config,
    struct server **server_out);

/*
 * Serves until server_stop, or until the parent that holds the other ends of
 * vault and runner is gone. Then idle connections are closed, what is under way
 * is finished, and what still waits past the deadline is answered BUSY.
 */
void server_run(struct server *server);

/* From a signal handler: only sets a flag. */
void server_stop(void);

void server_close(struct server *server);

/* The version of libmicrohttpd that runs. */
const char *server_library(void);
