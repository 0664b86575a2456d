/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_postgres.h"

#include "base/check.h"
#include "base/log.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The engine for more than one machine. Values go out typed, answers come back
 * whole and as text. A lost connection is opened again between transactions,
 * never within one. The session itself is in db_postgres_session.c.
 */

/* Of the server's pg_type.dat; fixed for ever. */
enum {
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_TEXT = 25,
	TYPE_JSON = 114,
};

static PGconn *
connection(const struct db *db)
{
	return db->connection;
}

/* A statement's values as libpq wants them. */
struct packed {
	Oid types[DB_VALUES_MAX];
	const char *bytes[DB_VALUES_MAX];
	int sizes[DB_VALUES_MAX];
	int formats[DB_VALUES_MAX];	/* 0 text, 1 binary */
	uint64_t integers[DB_VALUES_MAX];	/* big-endian */
	char kinds[DB_VALUES_MAX + 1];
};

static void
pack(struct packed *packed, const struct db_value *values, size_t count)
{
	static const Oid types[] = { [DB_NULL] = 0, [DB_INT] = TYPE_INT8,
		[DB_TEXT] = TYPE_TEXT, [DB_BLOB] = TYPE_BYTEA,
		[DB_JSON] = TYPE_JSON };

	for (size_t i = 0; i < count; i++) {
		const struct db_value *value = &values[i];

		packed->types[i] = types[value->kind];
		packed->kinds[i] = "0itbj"[value->kind];
		packed->bytes[i] = value->bytes;
		packed->sizes[i] = (int)value->size;
		packed->formats[i] = value->kind == DB_BLOB;
		if (value->kind == DB_INT) {
			packed->integers[i] = htobe64((uint64_t)value->integer);
			packed->bytes[i] = (const char *)&packed->integers[i];
			packed->sizes[i] = sizeof(packed->integers[i]);
			packed->formats[i] = 1;
		}
	}
	packed->kinds[count] = '\0';
}

/* Runs the statement, prepared when the cache has room; NULL: no memory. */
static PGresult *
execute(struct db *db, const char *sql, const struct packed *packed, int count)
{
	struct db_cached *cached = db_cache_find(&db->cache, sql,
	    packed->kinds);
	PGresult *answer;
	char name[24];

	if (cached == NULL)
		return PQexecParams(connection(db), sql, count, packed->types,
		    packed->bytes, packed->sizes, packed->formats, 0);

	snprintf(name, sizeof(name), "s%u", cached->number);
	if (cached->statement == NULL) {
		answer = PQprepare(connection(db), name, sql, count,
		    packed->types);
		if (PQresultStatus(answer) != PGRES_COMMAND_OK)
			return answer;
		PQclear(answer);
		cached->statement = cached; /* prepared, on the server */
	}
	return PQexecPrepared(connection(db), name, count, packed->bytes,
	    packed->sizes, packed->formats, 0);
}

/* A connection may be opened again only between transactions. */
static bool
lost_while_idle(const struct db *db)
{
	return db->phase == DB_IDLE && db_postgres_is_lost(db);
}

static enum outcome
postgres_query(struct rows *rows, const char *sql,
    const struct db_value *values, size_t count, bool writing)
{
	struct db *db = rows->db;
	struct packed packed;
	PGresult *answer;
	enum outcome got;

	(void)writing; /* the session's read-only default guards the rest */
	pack(&packed, values, count);
	if (lost_while_idle(db) && !db_postgres_reconnect(db))
		return FAILED;
	answer = execute(db, sql, &packed, (int)count);
	if (lost_while_idle(db) && db_postgres_reconnect(db)) {
		PQclear(answer);
		answer = execute(db, sql, &packed, (int)count);
	}

	got = db_postgres_outcome(db, answer, sql);
	if (got == OK) {
		rows->found = answer;
		rows->count = PQntuples(answer);
		db->changes = strtoll(PQcmdTuples(answer), NULL, 10);
	} else {
		PQclear(answer);
	}
	return got;
}

static enum outcome
postgres_next(struct rows *rows)
{
	if (rows->row < rows->count)
		rows->row++;
	return rows->row < rows->count ? OK : NOT_FOUND;
}

static void
postgres_finish(struct rows *rows)
{
	PQclear(rows->found);
}

static PGresult *
at_column(struct rows *rows, int column)
{
	check(rows->row >= 0 && rows->row < rows->count && column >= 0 &&
	    column < PQnfields(rows->found));
	return rows->found;
}

/* Truth reads as 0 or 1, as in SQLite; a numeric must be whole. */
static int64_t
postgres_column_int(struct rows *rows, int column)
{
	PGresult *result = at_column(rows, column);
	const char *text = PQgetvalue(result, rows->row, column);
	char *end;
	int64_t integer;

	if (PQgetisnull(result, rows->row, column))
		return 0;
	if (PQftype(result, column) == TYPE_BOOL)
		return text[0] == 't';

	errno = 0;
	integer = strtoll(text, &end, 10);
	check(errno == 0 && end != text && *end == '\0');
	return integer;
}

static const char *
postgres_column_text(struct rows *rows, int column)
{
	PGresult *result = at_column(rows, column);

	if (PQgetisnull(result, rows->row, column))
		return NULL;
	return arena_copy_bytes(rows->arena,
	    PQgetvalue(result, rows->row, column),
	    (size_t)PQgetlength(result, rows->row, column));
}

static unsigned
hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static const void *
postgres_column_blob(struct rows *rows, int column, size_t *size_out)
{
	PGresult *result = at_column(rows, column);
	const char *text = postgres_column_text(rows, column);
	char *bytes;

	*size_out = 0;
	if (text == NULL)
		return NULL;
	check(PQftype(result, column) == TYPE_BYTEA && text[0] == '\\' &&
	    text[1] == 'x');

	*size_out = strlen(text + 2) / 2;
	bytes = arena_take(rows->arena, *size_out + 1);
	for (size_t i = 0; i < *size_out; i++)
		bytes[i] = (char)(hex_digit(text[2 + 2 * i]) << 4 |
		    hex_digit(text[3 + 2 * i]));
	return bytes;
}

static bool
postgres_column_is_null(struct rows *rows, int column)
{
	return PQgetisnull(at_column(rows, column), rows->row, column) != 0;
}

/* Between transactions, a lost connection means that nothing was done. */
static enum outcome
control(struct db *db, const char *sql)
{
	AUTO_RESULT PGresult *answer = NULL;

	if (lost_while_idle(db) && !db_postgres_reconnect(db))
		return BUSY;
	answer = PQexec(connection(db), sql);
	if (lost_while_idle(db)) {
		if (!db_postgres_reconnect(db))
			return BUSY;
		PQclear(answer);
		answer = PQexec(connection(db), sql);
	}
	return db_postgres_outcome(db, answer, sql);
}

static void
rollback(struct db *db)
{
	if (PQtransactionStatus(connection(db)) != PQTRANS_IDLE)
		PQclear(PQexec(connection(db), "ROLLBACK"));
}

/* The server answers ROLLBACK to the COMMIT of a transaction that failed. */
static enum outcome
commit(struct db *db)
{
	AUTO_RESULT PGresult *answer = PQexec(connection(db), "COMMIT");
	enum outcome got = db_postgres_outcome(db, answer, "COMMIT");

	db->broken = got;
	if (got == OK && strcmp(PQcmdStatus(answer), "COMMIT") == 0)
		return OK;
	if (db_postgres_is_lost(db)) {
		log_error("database: nobody knows whether the last writes were"
		    " kept");
		db->lost = false;
		return FAILED;
	}
	return got == BUSY ? BUSY : FAILED;
}

static enum outcome
checkpoint(struct db *db)
{
	(void)db; /* the server's own work */
	return OK;
}

static int64_t
wal_size(const struct db *db)
{
	(void)db;
	return 0;
}

static enum outcome
backup(struct db *db, const char *file)
{
	(void)db;
	log_error("database: \"%s\" was not written: copies of PostgreSQL are"
	    " made by pg_dump", file);
	return INVALID;
}

static enum outcome
inspect(struct db *db)
{
	return control(db, "SELECT 1");
}

const struct db_engine db_postgres = {
	.is_postgres = true,
	.begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE",
	.begin_snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	.tries = 3,
	.open = db_postgres_open,
	.close = db_postgres_close,
	.query = postgres_query,
	.next = postgres_next,
	.finish = postgres_finish,
	.column_int = postgres_column_int,
	.column_text = postgres_column_text,
	.column_blob = postgres_column_blob,
	.column_is_null = postgres_column_is_null,
	.control = control,
	.commit = commit,
	.rollback = rollback,
	.checkpoint = checkpoint,
	.wal_size = wal_size,
	.backup = backup,
	.inspect = inspect,
};
