/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/outcome.h"

/*
 * The one door to the database: SQLite in the data folder, or PostgreSQL. Only
 * `*_store.c` files call it with SQL. A statement is a `static const char[]`
 * right above the function that runs it; values are bound, never formatted.
 *
 * SQL that both engines read alike
 *   Use RETURNING, ON CONFLICT, CTEs without INSERT, window functions,
 *   IS NOT DISTINCT FROM, NULLS FIRST / NULLS LAST (the defaults differ).
 *   Integers have 64 bits, booleans are 0 or 1 in integer columns, times are
 *   UTC seconds. Strings stand in single quotes. LIKE minds case.
 *   Write CAST(sum(x) AS BIGINT): PostgreSQL's sum is numeric, so that a
 *   division would not be an integer one. Read JSON as CAST(doc->>'key' AS
 *   TEXT) or AS BIGINT; JSON columns are never compared, sorted or grouped.
 *   Use CASE for the greater of two, never max(a, b).
 *   Text holds no NUL byte. GROUP BY names every column that is not summed.
 *   INSERT ... SELECT ... ON CONFLICT needs a WHERE (true will do). Leave
 *   ids to the engine: PostgreSQL's counter does not see a chosen one.
 *
 * A connection belongs to the process that opened it: open after fork.
 */
struct db;

enum db_access {
	DB_READ,	/* no write can begin on it */
	DB_WRITE,
};

struct db_config {
	const char *folder;	/* the data folder: tulga.db, tulga.lock */
	const char *postgres;	/* conninfo; NULL: SQLite in the folder */
};

/*
 * Opens, checks and primes a connection, so that a process may enter its
 * sandbox afterwards: SQLite then needs to read, write, create and remove files
 * in the folder and nothing else. SQLite creates a missing database (0600) for
 * DB_WRITE; DB_READ says NOT_FOUND. INVALID, logged: a PostgreSQL that is
 * older than 15, not UTF8, not of collation C.UTF-8 or C, or that answers
 * commits before they are on disk. FAILED, logged: it can't be reached.
 * `config` is copied.
 */
MUST_CHECK enum outcome db_open(const struct db_config *config,
    enum db_access access, struct db **db_out);

/* Ends the connection and gives up the lock. NULL is fine. */
void db_close(struct db *db);

/* For `AUTO_DB struct db *db = NULL;` */
void db_close_at(struct db **db);
#define AUTO_DB __attribute__((cleanup(db_close_at)))

/*
 * The TCP port that a connection with this configuration goes to, for the
 * sandbox; 0 for SQLite and for a UNIX socket.
 */
uint16_t db_config_port(const struct db_config *config);

/* For the named pair of files with engine-specific SQL, and for messages. */
bool db_is_postgres(const struct db *db);

/* --- Values ------------------------------------------------------------ */

enum db_kind { DB_NULL, DB_INT, DB_TEXT, DB_BLOB, DB_JSON };

/*
 * A value for `$1`, `$2`, ...: the first value is `$1` on both engines, however
 * the statement orders them; a number may be used twice, none may be left out.
 * Bytes are borrowed until the call that takes the value returns.
 */
struct db_value {
	enum db_kind kind;
	int64_t integer;
	const void *bytes;	/* NULL: SQL's NULL, with the kind's type */
	size_t size;
};

struct db_value db_int(int64_t integer);
struct db_value db_text(const char *text);	/* NULL is SQL's NULL */
struct db_value db_blob(const void *bytes, size_t size);	/* likewise */
struct db_value db_null(void);	/* NULL of the type that the place asks for */

/*
 * The value of a @JSON@ column: canonical JSON text, NULL is SQL's NULL.
 * PostgreSQL refuses db_text there. It is read back by rows_text, unchanged.
 */
struct db_value db_json(const char *text);

#define DB_VALUES_MAX 100	/* per statement */

/* The two arguments "values, count" of the functions below. */
#define DB_VALUES(...) \
	(const struct db_value[]){ __VA_ARGS__ }, \
	sizeof((const struct db_value[]){ __VA_ARGS__ }) / \
	    sizeof(struct db_value)

/* --- Reading ----------------------------------------------------------- */

/*
 * The rows that a SELECT found, one at a time. Declared AUTO_CLOSE, never
 * copied. Its members are db's own.
 */
struct rows {
	struct db *db;
	struct arena *arena;
	enum outcome state;	/* of the query: OK, BUSY or FAILED */
	void *found;		/* the engine's statement or result */
	void *cached;		/* its place in the cache, or NULL */
	int row;
	int count;		/* PostgreSQL: rows; SQLite: 1 after the last */
	uint64_t writes;	/* of the connection, when it began */
};

/*
 * struct rows db_query(struct db *, struct arena *, const char *sql, values...)
 *
 * Runs one SELECT. Failures are reported by rows_next. Each statement sees one
 * consistent state; inside a write (tx->db) also what was written so far.
 */
#define db_query(db, arena, sql, ...) \
	db_query_values((db), (arena), (sql), DB_VALUES(__VA_ARGS__))

/* The same for a list of values that is made while running. */
struct rows db_query_values(struct db *db, struct arena *a, const char *sql,
    const struct db_value *values, size_t count);

/*
 * Steps to the next row: OK; NOT_FOUND after the last one; BUSY: the
 * database had no time; FAILED, logged. So a query for one row answers with
 * `rows_next` itself. In a write, no tx_run may come between two steps (the
 * engines differ in what the second would see): collect first, then write.
 */
MUST_CHECK enum outcome rows_next(struct rows *rows);

/*
 * Columns count from 0 and are read while rows_next said OK. Text and
 * blobs are copied to the query's arena.
 */
int64_t rows_int(struct rows *rows, int column);	/* NULL reads as 0 */
const char *rows_text(struct rows *rows, int column);	/* NULL when null */
const void *rows_blob(struct rows *rows, int column, size_t *size_out);
bool rows_is_null(struct rows *rows, int column);

void rows_close(struct rows *rows);
#define AUTO_CLOSE __attribute__((cleanup(rows_close)))

/*
 * enum outcome db_one_int(struct db *, struct arena *, const char *sql,
 *     int64_t *out, values...)
 *
 * The first column of the first row; NOT_FOUND: no row, or NULL there.
 */
#define db_one_int(db, arena, sql, out, ...) \
	db_one_int_values((db), (arena), (sql), (out), DB_VALUES(__VA_ARGS__))
MUST_CHECK enum outcome db_one_int_values(struct db *db, struct arena *a,
    const char *sql, int64_t *out, const struct db_value *values,
    size_t count);

/*
 * Between begin and end all queries of this connection see one state. For
 * checks and short exports; long reads page by key instead, because a held
 * snapshot keeps the write-ahead log from shrinking. No write meanwhile.
 */
MUST_CHECK enum outcome db_snapshot_begin(struct db *db);
void db_snapshot_end(struct db *db);

/* --- Writing ----------------------------------------------------------- */

/* A write under way. Reads go through its `db`. */
struct tx {
	struct db *db;
	int64_t changes;	/* use tx_changes */
};

/*
 * enum outcome tx_run(struct tx *, struct arena *, const char *sql, values...)
 *
 * Runs one INSERT, UPDATE or DELETE. OK, also when no row matched: see
 * tx_changes. CONFLICT: a unique or foreign key says no. INVALID: a CHECK
 * or NOT NULL says no. BUSY; FAILED, logged.
 *
 * After anything but OK the write is over on both engines: every later call
 * answers the same, and nothing of this write remains, whatever its function
 * returns. To go on after a duplicate, write ON CONFLICT DO NOTHING and ask
 * tx_changes.
 */
#define tx_run(tx, arena, sql, ...) \
	tx_run_values((tx), (arena), (sql), DB_VALUES(__VA_ARGS__))
MUST_CHECK enum outcome tx_run_values(struct tx *tx, struct arena *a,
    const char *sql, const struct db_value *values, size_t count);

/* Rows that the last tx_run or tx_insert inserted, updated or deleted. */
int64_t tx_changes(const struct tx *tx);

/*
 * enum outcome tx_insert(struct tx *, struct arena *, const char *sql,
 *     int64_t *id_out, values...)
 *
 * Runs an INSERT or UPDATE that ends in `RETURNING id` (one integer column, at
 * most one row). As tx_run, and NOT_FOUND when no row came back (ON CONFLICT DO
 * NOTHING); after NOT_FOUND the write may go on.
 */
#define tx_insert(tx, arena, sql, id_out, ...) \
	tx_insert_values((tx), (arena), (sql), (id_out), \
	    DB_VALUES(__VA_ARGS__))
MUST_CHECK enum outcome tx_insert_values(struct tx *tx, struct arena *a,
    const char *sql, int64_t *id_out, const struct db_value *values,
    size_t count);

/*
 * A write: rules and store calls, no effect outside the database, because it
 * may run again and may be rolled back after it returned OK. Anything but
 * OK rolls it back. It sets every output anew each time that it runs.
 */
typedef enum outcome db_write_fn(struct tx *tx, void *arg);

struct db_write {
	db_write_fn *fn;
	void *arg;
	enum outcome outcome;	/* set by the batch */
};

#define DB_BATCH_MAX 64
#define DB_WAIT_MS 5000	/* for the lock, in db_write and db_checkpoint */

/*
 * Runs up to DB_BATCH_MAX writes in one transaction, a savepoint each, so that
 * one that is not OK leaves no trace and harms no other. OK: the transaction
 * is on disk and each write has its own outcome. BUSY: nothing was done, all
 * outcomes are BUSY, trying again may help. FAILED, logged: all are FAILED.
 * When the engine gives the transaction up (PostgreSQL: serialization,
 * deadlock; SQLite: disk full) they run again, in the end each write alone:
 * then OK says only that each has its outcome.
 *
 * After an I/O error while committing, nobody knows what the disk holds: the
 * process logs it and aborts. It never retries an fsync.
 *
 * The caller holds the lock (db_hold); without it all writes are FAILED and
 * none is called. Don't call inside a write, a snapshot, or with rows open.
 */
enum outcome db_batch_run(struct db *db, struct db_write *writes,
    size_t count);

/*
 * For event loops: takes the lock, runs the batch, gives the lock up. BUSY at
 * once when another process has the lock: come back next turn.
 */
enum outcome db_batch_try(struct db *db, struct db_write *writes,
    size_t count);

/*
 * One write, waiting up to DB_WAIT_MS for the lock: for the command line, the
 * clerk and tests. Answers the write's outcome.
 */
MUST_CHECK enum outcome db_write(struct db *db, db_write_fn *fn, void *arg);

/*
 * Holds and gives up the lock that every write and checkpoint on SQLite needs
 * (why: db_lock.h). BUSY: still another's after `timeout_ms`; 0 does not wait.
 * On PostgreSQL OK at once. Hold it for one batch, not for a pause. Nests: each
 * hold that said OK wants its release.
 */
MUST_CHECK enum outcome db_hold(struct db *db, int timeout_ms);
void db_release(struct db *db);

/* --- Care -------------------------------------------------------------- */

/*
 * Brings the schema up to date, each migration in a transaction of its own.
 * INVALID, logged: the database was made by a newer tulga, or an applied
 * migration's text has changed since. BUSY: another process is at it.
 */
MUST_CHECK enum outcome db_migrate(struct db *db);

/* OK: db_migrate has nothing to do; NOT_FOUND: it has; INVALID: as above. */
MUST_CHECK enum outcome db_migrate_check(struct db *db);

/*
 * Moves the write-ahead log into the database file under the lock. OK: the log
 * is empty now; BUSY: a reader or writer kept some of it, come back later.
 * Nothing to do on PostgreSQL. The clerk's work; nothing else checkpoints.
 */
MUST_CHECK enum outcome db_checkpoint(struct db *db);

/* Bytes in the write-ahead log; 0 on PostgreSQL. */
int64_t db_wal_size(const struct db *db);

/*
 * Copies one consistent state to a new file (0600), complete and on disk or
 * absent; writers go on meanwhile. CONFLICT: the file exists. INVALID,
 * logged: PostgreSQL, whose pg_dump does this. FAILED, logged.
 */
MUST_CHECK enum outcome db_backup(struct db *db, const char *file);

/*
 * Reads everything and checks structure and foreign keys. INVALID: damage,
 * each finding logged (20 at most of a kind). PostgreSQL keeps its foreign keys
 * itself: OK when it answers.
 */
MUST_CHECK enum outcome db_check(struct db *db);
