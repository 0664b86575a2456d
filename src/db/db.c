/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "base/check.h"
#include "base/log.h"
#include "db/db_engine.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * What both engines share: connections, values and reading. Writing is in
 * db_write.c.
 */

enum outcome
db_open(const struct db_config *config, enum db_access access,
    struct db **db_out)
{
	struct db *db = calloc(1, sizeof(*db));
	enum outcome got;

	check(db != NULL);
	db->engine = config->postgres == NULL ? &db_sqlite : &db_postgres;
	db->access = access;
	db->owner = getpid();
	db_lock_init(&db->lock);

	got = db->engine->open(db, config);
	if (got == OK)
		*db_out = db;
	else
		db_close(db);
	return got;
}

void
db_close(struct db *db)
{
	if (db == NULL)
		return;

	check(db->open_rows == 0);
	db_cache_clear(&db->cache, db->engine->forget);
	db->engine->close(db);
	db_lock_close(&db->lock);
	free(db->place);
	free(db);
}

void
db_close_at(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

bool
db_is_postgres(const struct db *db)
{
	return db->engine->is_postgres;
}

void
db_log(const char *sql, const char *message)
{
	log_error("database: \"%.160s\": %s", sql, message);
}

struct db_value
db_int(int64_t integer)
{
	return (struct db_value){ .kind = DB_INT, .integer = integer };
}

struct db_value
db_text(const char *text)
{
	return (struct db_value){ .kind = DB_TEXT, .bytes = text,
		.size = text == NULL ? 0 : strlen(text) };
}

struct db_value
db_blob(const void *bytes, size_t size)
{
	return (struct db_value){ .kind = DB_BLOB, .bytes = bytes,
		.size = bytes == NULL ? 0 : size };
}

struct db_value
db_null(void)
{
	return (struct db_value){ .kind = DB_NULL };
}

struct db_value
db_json(const char *text)
{
	struct db_value value = db_text(text);

	value.kind = DB_JSON;
	return value;
}

struct rows
db_query_values(struct db *db, struct arena *a, const char *sql,
    const struct db_value *values, size_t count)
{
	struct rows rows = { .db = db, .arena = a, .row = -1,
		.writes = db->writes };

	check(count <= DB_VALUES_MAX);
	if (db->phase == DB_WRITING && db->broken != OK) {
		rows.state = db->broken;
		return rows;
	}

	rows.state = db->engine->query(&rows, sql, values, count, false);
	if (rows.found != NULL)
		db->open_rows++;
	else if (db->phase == DB_WRITING && db->broken == OK)
		db->broken = rows.state;
	return rows;
}

enum outcome
rows_next(struct rows *rows)
{
	struct db *db = rows->db;
	enum outcome got;

	if (rows->state != OK)
		return rows->state;

	/* A write between two steps: the engines see different rows then. */
	check(rows->writes == db->writes);
	got = db->engine->next(rows);
	if (got == OK || got == NOT_FOUND)
		return got;

	rows->state = got;
	if (db->phase == DB_WRITING && db->broken == OK)
		db->broken = got;
	return got;
}

void
rows_close(struct rows *rows)
{
	if (rows->found == NULL)
		return;

	rows->db->engine->finish(rows);
	rows->found = NULL;
	rows->db->open_rows--;
}

int64_t
rows_int(struct rows *rows, int column)
{
	return rows->db->engine->column_int(rows, column);
}

const char *
rows_text(struct rows *rows, int column)
{
	return rows->db->engine->column_text(rows, column);
}

const void *
rows_blob(struct rows *rows, int column, size_t *size_out)
{
	return rows->db->engine->column_blob(rows, column, size_out);
}

bool
rows_is_null(struct rows *rows, int column)
{
	return rows->db->engine->column_is_null(rows, column);
}

enum outcome
db_one_int_values(struct db *db, struct arena *a, const char *sql,
    int64_t *out, const struct db_value *values, size_t count)
{
	AUTO_CLOSE struct rows rows =
	    db_query_values(db, a, sql, values, count);
	enum outcome got = rows_next(&rows);

	if (got == OK && rows_is_null(&rows, 0))
		return NOT_FOUND;
	if (got == OK)
		*out = rows_int(&rows, 0);
	return got;
}

enum outcome
db_snapshot_begin(struct db *db)
{
	enum outcome got;

	check(db->phase == DB_IDLE && db->open_rows == 0);
	check(db->owner == getpid());
	got = db->engine->control(db, db->engine->begin_snapshot);
	if (got == OK)
		db->phase = DB_SNAPSHOT;
	return got;
}

void
db_snapshot_end(struct db *db)
{
	check(db->phase == DB_SNAPSHOT && db->open_rows == 0);
	db->phase = DB_IDLE;
	db->engine->rollback(db);
}

enum outcome
db_checkpoint(struct db *db)
{
	enum outcome got;

	check(db->phase == DB_IDLE && db->open_rows == 0);
	got = db_hold(db, DB_WAIT_MS);
	if (got != OK)
		return got;

	got = db->engine->checkpoint(db);
	db_release(db);
	return got;
}

int64_t
db_wal_size(const struct db *db)
{
	return db->engine->wal_size(db);
}

enum outcome
db_backup(struct db *db, const char *file)
{
	return db->engine->backup(db, file);
}

enum outcome
db_check(struct db *db)
{
	return db->engine->inspect(db);
}
