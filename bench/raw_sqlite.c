/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/*
 * The yardstick of durable writes: the rows of a rating, written by nobody but
 * SQLite in batches of 64 with synchronous=FULL. raw_sqlite FILE SECONDS prints
 * rows a second.
 */

enum { BATCH = 64 };

static const char SCHEMA[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	"PRAGMA wal_autocheckpoint=0;"
	"CREATE TABLE rating (rater INTEGER, item TEXT, answer TEXT,"
	" value INTEGER, changed INTEGER, PRIMARY KEY (rater, item)) STRICT;";
static const char PUT[] =
	"INSERT INTO rating VALUES (?1, ?2, 'value', ?3, ?4)"
	" ON CONFLICT (rater, item) DO UPDATE SET value = excluded.value,"
	" changed = excluded.changed";

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
must(int got, int wanted, sqlite3 *db)
{
	if (got != wanted) {
		fprintf(stderr, "raw_sqlite: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
}

int
main(int argc, char **argv)
{
	sqlite3 *db;
	sqlite3_stmt *put;
	double end;
	long rows = 0;

	if (argc != 3)
		return 64;
	must(sqlite3_open(argv[1], &db), SQLITE_OK, db);
	must(sqlite3_exec(db, SCHEMA, NULL, NULL, NULL), SQLITE_OK, db);
	must(sqlite3_prepare_v2(db, PUT, -1, &put, NULL), SQLITE_OK, db);
	end = now() + atof(argv[2]);
	while (now() < end) {
		must(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
		    SQLITE_OK, db);
		for (int i = 0; i < BATCH; i++, rows++) {
			char item[8];

			snprintf(item, sizeof(item), "%ld.%ld", rows % 9 + 1,
			    rows / 9 % 6 + 1);
			sqlite3_bind_int64(put, 1, rows % 50);
			sqlite3_bind_text(put, 2, item, -1, SQLITE_TRANSIENT);
			sqlite3_bind_int64(put, 3, rows / 50 % 5);
			sqlite3_bind_int64(put, 4, rows);
			must(sqlite3_step(put), SQLITE_DONE, db);
			sqlite3_reset(put);
		}
		must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK,
		    db);
	}
	printf("%.0f\n", (double)rows / atof(argv[2]));
	sqlite3_finalize(put);
	sqlite3_close(db);
	return 0;
}
