/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "db/db.h"
#include "db/db_cache.h"
#include "db/db_lock.h"

/*
 * The seam between db.c and its two engines; for src/db/ alone. db.c keeps the
 * rules (lock, batches, savepoints, what is over after a failure), an engine
 * knows its library and turns its errors into outcomes.
 */

/* A statement may run this long, also one step of a slow read. */
#define DB_STATEMENT_MS 5000

/* Waiting for another's row, table or file lock. */
#define DB_LOCKED_MS 2000

enum db_phase { DB_IDLE, DB_SNAPSHOT, DB_WRITING };

struct db {
	const struct db_engine *engine;
	enum db_access access;
	pid_t owner;		/* the process that opened it */
	enum db_phase phase;
	enum outcome broken;	/* DB_WRITING: why the present write is over */
	bool lost;		/* DB_WRITING: the whole transaction is gone */
	bool unbounded;		/* statements may take as long as they need */
	size_t open_rows;
	uint64_t writes;	/* writing statements so far */
	int64_t changes;	/* rows that the last of them touched */
	struct db_lock lock;	/* closed on PostgreSQL */
	unsigned holds;		/* db_hold without its db_release */
	struct db_cache cache;
	char *place;		/* the database's file, or the conninfo */
	void *connection;	/* sqlite3 or PGconn */
	int64_t deadline;	/* SQLite: of the present step */
	int64_t reconnect_at;	/* PostgreSQL: no attempt before */
};

struct db_engine {
	bool is_postgres;
	const char *begin_write;
	const char *begin_snapshot;
	int tries;	/* runs of a transaction that the engine gave up */

	/*
	 * Sets `connection` and `place`. After a failure close is called too.
	 */
	enum outcome (*open)(struct db *db, const struct db_config *config);
	void (*close)(struct db *db);

	/* Gives a cached statement back to the library. */
	void (*forget)(void *statement);

	/*
	 * Starts `sql`; sets rows->found and what else it needs. For a writing
	 * statement the values need not outlive the call's last `next`.
	 */
	enum outcome (*query)(struct rows *rows, const char *sql,
	    const struct db_value *values, size_t count, bool writing);
	/* As rows_next; NOT_FOUND stays. Sets db->changes when writing. */
	enum outcome (*next)(struct rows *rows);
	void (*finish)(struct rows *rows);

	int64_t (*column_int)(struct rows *rows, int column);
	const char *(*column_text)(struct rows *rows, int column);
	const void *(*column_blob)(struct rows *rows, int column,
	    size_t *size_out);
	bool (*column_is_null)(struct rows *rows, int column);

	/* Runs BEGIN, SAVEPOINT and their kind. Sets db->lost. */
	enum outcome (*control)(struct db *db, const char *sql);
	/* OK: on disk. Else rolled back, or nobody knows: FAILED. */
	enum outcome (*commit)(struct db *db);
	/* Ends what there is of a transaction; nothing is fine. */
	void (*rollback)(struct db *db);

	enum outcome (*checkpoint)(struct db *db);
	int64_t (*wal_size)(const struct db *db);
	enum outcome (*backup)(struct db *db, const char *file);
	enum outcome (*inspect)(struct db *db);	/* db_check */
};

extern const struct db_engine db_sqlite;
extern const struct db_engine db_postgres;

/* One log line that names the statement, never its values. */
void db_log(const char *sql, const char *message);
