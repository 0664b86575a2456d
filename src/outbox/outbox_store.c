/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "outbox/outbox_store.h"

/* The outbox table. What the jobs do is the clerk's (proc/clerk.c). */

enum { FIRST_PAUSE = 60, LONGEST_PAUSE = 86400 };

static const char OUTBOX_ADD[] =
	"INSERT INTO outbox (kind, payload, created, not_before)"
	" VALUES ($1, $2, $3, $3)";

enum outcome
outbox_add(struct tx *tx, struct arena *a, const char *kind,
    const char *payload, int64_t now)
{
	return tx_run(tx, a, OUTBOX_ADD, db_text(kind), db_json(payload),
	    db_int(now));
}

static const char OUTBOX_OPEN[] =
	"SELECT id, kind, payload, attempts FROM outbox"
	" WHERE done IS NULL AND failed IS NULL AND not_before <= $1"
	" AND (taken_until IS NULL OR taken_until <= $1)"
	" ORDER BY CASE kind WHEN 'mail' THEN 0 ELSE 1 END, not_before, id"
	" LIMIT $2";

static const char OUTBOX_TAKE[] =
	"UPDATE outbox SET taken_until = $2 WHERE id = $1";

enum outcome
outbox_take(struct tx *tx, struct arena *a, int64_t now,
    struct outbox_jobs *jobs_out)
{
	struct outbox_jobs jobs = { 0 };
	enum outcome got;

	{
		AUTO_CLOSE struct rows rows = db_query(tx->db, a, OUTBOX_OPEN,
		    db_int(now), db_int(OUTBOX_AT_ONCE));

		while ((got = rows_next(&rows)) == OK)
			*LIST_ADD(a, &jobs) = (struct outbox_job){
				.id = rows_int(&rows, 0),
				.kind = rows_text(&rows, 1),
				.payload = rows_text(&rows, 2),
				.attempts = rows_int(&rows, 3),
			};
	}
	if (got != NOT_FOUND)
		return got;
	LIST_EACH (job, &jobs) {
		got = tx_run(tx, a, OUTBOX_TAKE, db_int(job->id),
		    db_int(now + OUTBOX_TAKEN_SECONDS));
		if (got != OK)
			return got;
	}
	*jobs_out = jobs;
	return OK;
}

static const char OUTBOX_DONE[] =
	"UPDATE outbox SET done = $2, taken_until = NULL, payload = $3"
	" WHERE id = $1";

enum outcome
outbox_done(struct tx *tx, struct arena *a, int64_t id, int64_t now)
{
	return tx_run(tx, a, OUTBOX_DONE, db_int(id), db_int(now),
	    db_json("{}"));
}

static const char OUTBOX_AGAIN[] =
	"UPDATE outbox SET attempts = attempts + 1, taken_until = NULL,"
	" not_before = $2 WHERE id = $1";

static const char OUTBOX_GIVEN_UP[] =
	"UPDATE outbox SET attempts = attempts + 1, taken_until = NULL,"
	" failed = $2 WHERE id = $1";

enum outcome
outbox_failed(struct tx *tx, struct arena *a, const struct outbox_job *job,
    const char *reason, int64_t now)
{
	int64_t pause = FIRST_PAUSE << (job->attempts < 12 ? job->attempts
							   : 12);

	if (job->attempts + 1 >= OUTBOX_ATTEMPTS)
		return tx_run(tx, a, OUTBOX_GIVEN_UP, db_int(job->id),
		    db_text(reason));
	if (pause > LONGEST_PAUSE)
		pause = LONGEST_PAUSE;
	return tx_run(tx, a, OUTBOX_AGAIN, db_int(job->id),
	    db_int(now + pause));
}

static const char OUTBOX_COUNTS[] =
	"SELECT count(CASE WHEN failed IS NULL THEN 1 END),"
	" count(CASE WHEN failed IS NOT NULL THEN 1 END)"
	" FROM outbox WHERE done IS NULL AND id > $1";

enum outcome
outbox_counts(struct db *db, struct arena *a, int64_t *open_out,
    int64_t *failed_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, OUTBOX_COUNTS,
	    db_int(0));
	enum outcome got = rows_next(&rows);

	if (got == OK) {
		*open_out = rows_int(&rows, 0);
		*failed_out = rows_int(&rows, 1);
	}
	return got;
}
