/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"
#include "base/sandbox.h"
#include "base/time.h"
#include "outbox/outbox_store.h"
#include "proc/clerk_job.h"
#include "proc/serve.h"

#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/*
 * The clerk: once a second it looks whether the write-ahead log wants to be
 * moved into the database and whether the outbox holds work. What the kinds of
 * work do is in clerk_job.c. It may block; nobody waits for it.
 */

enum {
	TURN_SECONDS = 1,
	WAL_BYTES = 4 * 1024 * 1024,	/* then a checkpoint is worth it */
	WAL_SECONDS = 300,		/* or when anything is that old */
};

static volatile sig_atomic_t stopping;

static void
stop(int number)
{
	(void)number;
	stopping = 1;
}

struct taking {
	struct arena *arena;
	struct outbox_jobs jobs;
};

static enum outcome
jobs_take(struct tx *tx, void *arg)
{
	struct taking *t = arg;

	t->jobs = (struct outbox_jobs){ 0 };
	return outbox_take(tx, t->arena, time_now(), &t->jobs);
}

struct ending {
	struct arena *arena;
	const struct outbox_job *job;
	enum outcome outcome;
};

static enum outcome
job_end(struct tx *tx, void *arg)
{
	struct ending *e = arg;
	int64_t now = time_now();

	if (e->outcome == OK)
		return outbox_done(tx, e->arena, e->job->id, now);
	return outbox_failed(tx, e->arena, e->job, outcome_name(e->outcome),
	    now);
}

static void
outbox_work(struct clerk *clerk)
{
	AUTO_ARENA struct arena a;
	struct taking taking = { .arena = &a };

	arena_init(&a, ARENA_LIMIT);
	if (db_write(clerk->db, jobs_take, &taking) != OK)
		return;
	LIST_EACH (job, &taking.jobs) {
		struct ending ending = { &a, job,
			clerk_job_do(clerk, &a, job) };

		if (ending.outcome != OK)
			log_warning("outbox %lld, \"%s\": %s",
			    (long long)job->id, job->kind,
			    outcome_name(ending.outcome));
		if (db_write(clerk->db, job_end, &ending) != OK)
			return; /* taken_until frees it */
		if (stopping)
			return;
	}
}

static void
log_shrink(struct clerk *clerk)
{
	int64_t size = db_wal_size(clerk->db), now = time_now();

	if (size < WAL_BYTES && now - clerk->shrunk < WAL_SECONDS)
		return;
	if (size > 0 && db_checkpoint(clerk->db) == FAILED)
		log_error("the write-ahead log can't be moved");
	clerk->shrunk = now;
}

static enum outcome
sandbox(const struct serve_config *config, struct arena *a)
{
	struct sandbox_paths paths = {
		.data = { config->db.folder,
			arena_print(a, "%s/pdf", config->data),
			config->mail.folder },
		.readable = { arena_print(a, "%s/evidence", config->data),
			"/etc/ssl", "/etc/resolv.conf", "/etc/hosts",
			"/etc/nsswitch.conf", "/usr/share/ca-certificates" },
		.unix_connect = config->db.postgres != NULL,
		.ports = { mail_port(&config->mail),
			db_config_port(&config->db) },
	};

	return sandbox_enter(SANDBOX_CLERK, &paths);
}

int
clerk_main(void *arg, const struct parent_ends *ends)
{
	const struct serve_config *config = arg;
	struct clerk clerk = { .config = config, .shrunk = time_now() };
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	signal(SIGTERM, stop);
	clerk.runner = channel_open(ends->runner);
	channel_patience(clerk.runner, RUNNER_PATIENCE_MS);
	if (db_open(&config->db, DB_WRITE, &clerk.db) != OK ||
	    sandbox(config, &a) != OK)
		return EX_UNAVAILABLE;
	while (!stopping) {
		outbox_work(&clerk);
		log_shrink(&clerk);
		clerk_daily(&clerk);
		sleep(TURN_SECONDS);
	}
	db_close(clerk.db);
	channel_close(clerk.runner);
	return EX_OK;
}
