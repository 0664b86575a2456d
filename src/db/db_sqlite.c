/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_sqlite.h"

#include "base/check.h"
#include "base/log.h"
#include "base/time.h"

#include <sqlite3.h>
#include <stdlib.h>

/*
 * The engine for one machine: statements and transactions. Opening the file is
 * in db_sqlite_open.c, its care in db_sqlite_care.c.
 */

static sqlite3 *
connection(const struct db *db)
{
	return db->connection;
}

void
db_sqlite_start_clock(struct db *db)
{
	db->deadline = db->unbounded ? INT64_MAX :
	    time_monotonic_ms() + DB_STATEMENT_MS;
}

_Noreturn void
db_sqlite_stop(struct db *db, const char *doing)
{
	log_error("database: \"%s\": %s failed on disk (%s); stopping, because"
	    " nobody knows now what the disk holds", db->place, doing,
	    sqlite3_errmsg(connection(db)));
	abort();
}

enum outcome
db_sqlite_outcome(struct db *db, int code, const char *sql)
{
	switch (code) {
	case SQLITE_OK:
	case SQLITE_ROW:
		return OK;
	case SQLITE_DONE:
		return NOT_FOUND;
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return CONFLICT;
	case SQLITE_CONSTRAINT_CHECK:
	case SQLITE_CONSTRAINT_NOTNULL:
		return INVALID;
	case SQLITE_IOERR_FSYNC:
	case SQLITE_IOERR_DIR_FSYNC:
		db_sqlite_stop(db, "writing");
	}

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return BUSY;
	case SQLITE_INTERRUPT:
		db_log(sql, "stopped, because it took too long");
		return BUSY;
	default:
		db_log(sql, sqlite3_errmsg(connection(db)));
		return FAILED;
	}
}

/* Notes that SQLite rolled the whole transaction back by itself. */
static enum outcome
note_lost(struct db *db, enum outcome got)
{
	if (db->phase == DB_WRITING && got != OK && got != NOT_FOUND &&
	    sqlite3_get_autocommit(connection(db)))
		db->lost = true;
	return got;
}

static void
forget(void *statement)
{
	sqlite3_finalize(statement);
}

/* A statement to step: the cached one, or while that is in use another. */
static enum outcome
prepare(struct rows *rows, const char *sql)
{
	struct db *db = rows->db;
	struct db_cached *cached = db_cache_find(&db->cache, sql, "");
	bool keep = cached != NULL && !cached->used;
	sqlite3_stmt *made = keep ? cached->statement : NULL;
	const char *rest = "";
	int code;

	if (made == NULL) {
		code = sqlite3_prepare_v3(connection(db), sql, -1,
		    keep ? SQLITE_PREPARE_PERSISTENT : 0, &made, &rest);
		if (code != SQLITE_OK)
			return db_sqlite_outcome(db, code, sql);
		check(made != NULL && *rest == '\0'); /* one statement */
	}
	rows->found = made;
	if (keep) {
		cached->statement = made;
		cached->used = true;
		rows->cached = cached;
	}
	return OK;
}

static int
bind_value(sqlite3_stmt *statement, int at, const struct db_value *value,
    sqlite3_destructor_type life)
{
	if (value->kind == DB_INT)
		return sqlite3_bind_int64(statement, at, value->integer);
	if (value->bytes == NULL)
		return sqlite3_bind_null(statement, at);
	if (value->kind == DB_BLOB)
		return sqlite3_bind_blob64(statement, at, value->bytes,
		    value->size, life);
	return sqlite3_bind_text64(statement, at, value->bytes, value->size,
	    life, SQLITE_UTF8);
}

/* By name: SQLite numbers `$2, $1` by order of appearance. */
static enum outcome
bind(struct rows *rows, const struct db_value *values, size_t count,
    bool writing)
{
	sqlite3_stmt *statement = rows->found;
	int places = sqlite3_bind_parameter_count(statement);

	check((size_t)places == count);
	for (int at = 1; at <= places; at++) {
		const char *name = sqlite3_bind_parameter_name(statement, at);
		size_t number;
		int code;

		check(name != NULL && name[0] == '$');
		number = strtoul(name + 1, NULL, 10);
		check(number >= 1 && number <= count);
		code = bind_value(statement, at, &values[number - 1],
		    writing ? SQLITE_STATIC : SQLITE_TRANSIENT);
		if (code != SQLITE_OK)
			return db_sqlite_outcome(rows->db, code,
			    sqlite3_sql(statement));
	}
	return OK;
}

static void
sqlite_finish(struct rows *rows)
{
	struct db_cached *cached = rows->cached;

	if (cached == NULL) {
		sqlite3_finalize(rows->found);
		return;
	}
	sqlite3_reset(rows->found);
	sqlite3_clear_bindings(rows->found);
	cached->used = false;
}

static enum outcome
sqlite_query(struct rows *rows, const char *sql, const struct db_value *values,
    size_t count, bool writing)
{
	enum outcome got = prepare(rows, sql);

	if (got != OK)
		return note_lost(rows->db, got);

	check(writing || sqlite3_stmt_readonly(rows->found));
	got = bind(rows, values, count, writing);
	if (got != OK) {
		sqlite_finish(rows);
		rows->found = NULL;
	}
	return got;
}

static enum outcome
sqlite_next(struct rows *rows)
{
	struct db *db = rows->db;
	int code;

	/* SQLite would start over after the last row. */
	if (rows->count == 1)
		return NOT_FOUND;

	db_sqlite_start_clock(db);
	code = sqlite3_step(rows->found);
	if (code == SQLITE_DONE) {
		rows->count = 1;
		db->changes = sqlite3_changes64(connection(db));
	}
	rows->row = code == SQLITE_ROW ? 0 : -1;
	return note_lost(db, db_sqlite_outcome(db, code,
	    sqlite3_sql(rows->found)));
}

static sqlite3_stmt *
at_column(struct rows *rows, int column)
{
	check(rows->row >= 0 && column >= 0 &&
	    column < sqlite3_column_count(rows->found));
	return rows->found;
}

static int64_t
sqlite_column_int(struct rows *rows, int column)
{
	return sqlite3_column_int64(at_column(rows, column), column);
}

static const char *
sqlite_column_text(struct rows *rows, int column)
{
	sqlite3_stmt *statement = at_column(rows, column);
	const unsigned char *text = sqlite3_column_text(statement, column);

	if (text == NULL)
		return NULL;
	return arena_copy_bytes(rows->arena, text,
	    (size_t)sqlite3_column_bytes(statement, column));
}

static const void *
sqlite_column_blob(struct rows *rows, int column, size_t *size_out)
{
	sqlite3_stmt *statement = at_column(rows, column);
	const void *bytes;

	*size_out = 0;
	if (sqlite3_column_type(statement, column) == SQLITE_NULL)
		return NULL;
	bytes = sqlite3_column_blob(statement, column);
	*size_out = (size_t)sqlite3_column_bytes(statement, column);
	return arena_copy_bytes(rows->arena, bytes, *size_out);
}

static bool
sqlite_column_is_null(struct rows *rows, int column)
{
	return sqlite3_column_type(at_column(rows, column), column) ==
	    SQLITE_NULL;
}

static enum outcome
control(struct db *db, const char *sql)
{
	db_sqlite_start_clock(db);
	return note_lost(db, db_sqlite_outcome(db,
	    sqlite3_exec(connection(db), sql, NULL, NULL, NULL), sql));
}

static void
rollback(struct db *db)
{
	if (!sqlite3_get_autocommit(connection(db)))
		sqlite3_exec(connection(db), "ROLLBACK", NULL, NULL, NULL);
}

/*
 * A full disk is an answer: the batch is rolled back and each write tried
 * alone. Any other I/O error here is the end of this process.
 */
static enum outcome
commit(struct db *db)
{
	int code = sqlite3_exec(connection(db), "COMMIT", NULL, NULL, NULL);
	enum outcome got;

	if (code == SQLITE_OK)
		return OK;
	if ((code & 0xff) == SQLITE_IOERR)
		db_sqlite_stop(db, "the commit");

	got = db_sqlite_outcome(db, code, "COMMIT");
	if (got != BUSY)
		got = FAILED;
	rollback(db);
	db->lost = (code & 0xff) == SQLITE_FULL;
	db->broken = got;
	return got;
}

const struct db_engine db_sqlite = {
	.begin_write = "BEGIN IMMEDIATE",
	.begin_snapshot = "BEGIN; SELECT count(*) FROM sqlite_schema",
	.tries = 1,
	.open = db_sqlite_open,
	.close = db_sqlite_close,
	.forget = forget,
	.query = sqlite_query,
	.next = sqlite_next,
	.finish = sqlite_finish,
	.column_int = sqlite_column_int,
	.column_text = sqlite_column_text,
	.column_blob = sqlite_column_blob,
	.column_is_null = sqlite_column_is_null,
	.control = control,
	.commit = commit,
	.rollback = rollback,
	.checkpoint = db_sqlite_checkpoint,
	.wal_size = db_sqlite_wal_size,
	.backup = db_sqlite_backup,
	.inspect = db_sqlite_check,
};
