/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "content/fault.h"
#include "db/db.h"

/*
 * The demonstration: a made-up coalition from content/demo, brought into an
 * empty database through the same rules and stores that the pages use. The
 * answers are drawn by a fixed sequence of numbers, so that every demonstration
 * publishes the same documents. Whatever happens in it happened before the
 * clock's today.
 */
enum {
	DEMO_ORGANISATIONS = 12,
	DEMO_NATIONAL_ORGANISATIONS = 20000,	/* besides those */
	DEMO_NATIONAL_RUNS = 2,			/* of each */
	DEMO_NATIONAL_RATINGS = 25,		/* of a run */
};

/* Somebody who may sign in. */
struct demo_account {
	const char *email, *password;
	const char *role;	/* "site", "coordinator", "moderator"; or
				 * "administrator", "editor", "rater",
				 * "viewer" */
	const char *organisation;	/* slug; "" for the coalition's */
};
struct demo_accounts LIST_OF(struct demo_account);

/* What was made. Addresses begin with "/mn/". */
struct demo_made {
	struct demo_accounts accounts;
	const char *report;	/* the newest of the first organisation */
	const char *survey;	/* one that is open */
	const char *rater;	/* a rater's link that nobody has used */
	const char *organisation;
	const char *collecting;	/* the run that is in stage 2 */
	int64_t organisations, runs, reports, ratings, responses;
};

/* Said while it goes on, for progress; may be NULL. */
typedef void demo_note(void *arg, int64_t done, int64_t total);

struct demo_options {
	const char *data;	/* the data folder, for evidence files */
	const char *content;	/* the folder of content */
	int64_t national;	/* organisations to add besides; 0 none */
	int64_t now;		/* instant: the clock's */
	demo_note *note;
	void *arg;
};

/*
 * Makes it. The library is open, the database migrated, the folder made
 * (cli_data_make). CONFLICT: the database holds something already; nothing was
 * changed. INVALID: content/demo is at fault, added to `faults`. The coalition
 * is one write, whole or absent; the organisations of the national scale follow
 * in batches. Strings live in `a`.
 */
MUST_CHECK enum outcome demo_make(struct db *db, struct arena *a,
    const struct demo_options *options, struct content_faults *faults,
    struct demo_made *made_out);

/*
 * Writes DATA/demo.json (0600), complete or absent, for outside tools:
 * {"accounts":[{"email","password","role","organisation"}],"collecting",
 * "organisation","rater","report","survey"}. FAILED, logged.
 */
MUST_CHECK enum outcome demo_json_save(const struct demo_made *made,
    const char *data);
