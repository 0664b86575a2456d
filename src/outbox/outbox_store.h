/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"

/*
 * Work with an effect outside the database. Whoever causes it adds a row in
 * the same transaction; the clerk takes it, does it and says so: at least
 * once, for a clerk that died had perhaps done it already.
 */
struct outbox_job {
	int64_t id;
	const char *kind;	/* "mail", "pdf" */
	const char *payload;	/* canonical JSON */
	int64_t attempts;	/* before this one */
};
struct outbox_jobs LIST_OF(struct outbox_job);

enum {
	OUTBOX_AT_ONCE = 4,	/* printing takes seconds; letters wait */
	OUTBOX_ATTEMPTS = 12,	/* then it is given up */
	OUTBOX_TAKEN_SECONDS = 300,
};

MUST_CHECK enum outcome outbox_add(struct tx *tx, struct arena *a,
    const char *kind, const char *payload, int64_t now);

/*
 * Takes up to OUTBOX_AT_ONCE jobs whose time has come, letters first; others
 * leave them.
 */
MUST_CHECK enum outcome outbox_take(struct tx *tx, struct arena *a,
    int64_t now, struct outbox_jobs *jobs_out);

/* Done; the payload is emptied, for it may hold a one-time link. */
MUST_CHECK enum outcome outbox_done(struct tx *tx, struct arena *a,
    int64_t id, int64_t now);

/*
 * It did not work: again after 1, 2, 4 ... minutes, at most a day; after
 * OUTBOX_ATTEMPTS it is given up with `reason`.
 */
MUST_CHECK enum outcome outbox_failed(struct tx *tx, struct arena *a,
    const struct outbox_job *job, const char *reason, int64_t now);

/* Jobs that wait and jobs given up; for the health page and `check`. */
MUST_CHECK enum outcome outbox_counts(struct db *db, struct arena *a,
    int64_t *open_out, int64_t *failed_out);
