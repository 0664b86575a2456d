/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_store.h"

/* The few statements that only the demonstration needs. */

static const char DATABASE_HOLDS[] =
	"SELECT CASE WHEN EXISTS (SELECT 1 FROM person)"
	" OR EXISTS (SELECT 1 FROM organisation)"
	" OR EXISTS (SELECT 1 FROM setting)"
	" OR EXISTS (SELECT 1 FROM charter_text) THEN 1 ELSE 0 END";

enum outcome
demo_database_is_empty(struct db *db, struct arena *a, bool *empty_out)
{
	int64_t holds;
	enum outcome got = db_one_int_values(db, a, DATABASE_HOLDS, &holds,
	    NULL, 0);

	if (got == OK)
		*empty_out = holds == 0;
	return got;
}

static const char OUTBOX_LAST[] =
	"SELECT COALESCE(MAX(id), 0) FROM outbox";

enum outcome
demo_outbox_last(struct db *db, struct arena *a, int64_t *id_out)
{
	return db_one_int_values(db, a, OUTBOX_LAST, id_out, NULL, 0);
}

static const char PRINTS_FORGET[] =
	"DELETE FROM outbox WHERE kind = 'pdf' AND done IS NULL AND id > $1";

enum outcome
demo_prints_forget(struct tx *tx, struct arena *a, int64_t after)
{
	return tx_run(tx, a, PRINTS_FORGET, db_int(after));
}
