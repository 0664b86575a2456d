/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "base/check.h"
#include "base/log.h"
#include "db/db_engine.h"

#include <unistd.h>

/*
 * Writing on either engine: statements of a write, batches with a savepoint
 * each, the lock around them, and what runs again when an engine gave a
 * transaction up.
 */

static enum outcome
over(struct db *db, enum outcome got)
{
	if (got != OK && got != NOT_FOUND && db->broken == OK)
		db->broken = got;
	return got;
}

/* Starts a writing statement; close the rows also when state is not OK. */
static struct rows
start(struct tx *tx, struct arena *a, const char *sql,
    const struct db_value *values, size_t count)
{
	struct db *db = tx->db;
	struct rows rows = { .db = db, .arena = a, .row = -1 };

	check(db->phase == DB_WRITING && count <= DB_VALUES_MAX);
	tx->changes = 0;
	if (db->broken != OK) {
		rows.state = db->broken;
		return rows;
	}

	rows.writes = ++db->writes;
	rows.state = over(db,
	    db->engine->query(&rows, sql, values, count, true));
	if (rows.found != NULL)
		db->open_rows++;
	return rows;
}

enum outcome
tx_run_values(struct tx *tx, struct arena *a, const char *sql,
    const struct db_value *values, size_t count)
{
	AUTO_CLOSE struct rows rows = start(tx, a, sql, values, count);
	enum outcome got = rows_next(&rows);

	check(got != OK); /* a statement with rows: see tx_insert, db_query */
	if (got != NOT_FOUND)
		return got;
	tx->changes = tx->db->changes;
	return OK;
}

enum outcome
tx_insert_values(struct tx *tx, struct arena *a, const char *sql,
    int64_t *id_out, const struct db_value *values, size_t count)
{
	AUTO_CLOSE struct rows rows = start(tx, a, sql, values, count);
	enum outcome got = rows_next(&rows);
	int64_t id;

	if (got != OK)
		return got;

	/* SQLite checks foreign keys only after the last row. */
	id = rows_int(&rows, 0);
	got = rows_next(&rows);
	check(got != OK); /* more than one row */
	if (got != NOT_FOUND)
		return got;
	tx->changes = tx->db->changes;
	*id_out = id;
	return OK;
}

int64_t
tx_changes(const struct tx *tx)
{
	return tx->changes;
}

/* Runs one write behind its savepoint; db->lost when all is gone. */
static enum outcome
run_write(struct db *db, struct db_write *write)
{
	struct tx tx = { .db = db };
	enum outcome got;

	db->broken = OK;
	got = over(db, db->engine->control(db, "SAVEPOINT w"));
	if (got == OK)
		got = write->fn(&tx, write->arg);
	check(db->open_rows == 0); /* close rows before the write ends */
	if (db->broken != OK)
		got = db->broken;
	if (db->lost)
		return got;

	if (got == OK)
		return over(db, db->engine->control(db, "RELEASE w"));
	over(db, db->engine->control(db, "ROLLBACK TO w; RELEASE w"));
	return got;
}

static enum outcome
answer_all(struct db_write *writes, size_t count, enum outcome got)
{
	for (size_t i = 0; i < count; i++)
		writes[i].outcome = got;
	return got;
}

/*
 * Runs all writes of an open transaction. OK: there is something to commit;
 * NOT_FOUND: each said no; else all is lost.
 */
static enum outcome
run_writes(struct db *db, struct db_write *writes, size_t count)
{
	enum outcome got = NOT_FOUND;

	for (size_t i = 0; i < count; i++) {
		writes[i].outcome = run_write(db, &writes[i]);
		if (db->lost)
			return db->broken;
		if (writes[i].outcome == OK)
			got = OK;
	}
	return got;
}

/* One transaction. db->lost: nothing was done, and it may run again. */
static enum outcome
run_once(struct db *db, struct db_write *writes, size_t count)
{
	enum outcome got;

	db->lost = false;
	got = db->engine->control(db, db->engine->begin_write);
	if (got != OK) {
		db->lost = false;
		return answer_all(writes, count, got);
	}

	db->phase = DB_WRITING;
	got = run_writes(db, writes, count);
	if (got == OK)
		got = db->engine->commit(db);
	else
		db->engine->rollback(db);
	if (got != OK && got != NOT_FOUND)
		answer_all(writes, count, got);
	db->phase = DB_IDLE;
	return got == NOT_FOUND ? OK : got;
}

/* The last resort: whoever fails, fails alone. */
static enum outcome
run_each(struct db *db, struct db_write *writes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int tries = db->engine->tries;

		do
			(void)run_once(db, &writes[i], 1);
		while (db->lost && --tries > 0);
	}
	return OK;
}

enum outcome
db_batch_run(struct db *db, struct db_write *writes, size_t count)
{
	enum outcome got;

	check(db->owner == getpid() && count <= DB_BATCH_MAX);
	check(db->phase == DB_IDLE && db->open_rows == 0);
	check(db->access == DB_WRITE);
	if (count == 0)
		return OK;
	if (!db->engine->is_postgres && !db_lock_is_held(&db->lock)) {
		log_error("database: a write without the lock was refused");
		return answer_all(writes, count, FAILED);
	}

	got = run_once(db, writes, count);
	if (db->lost && db->engine->tries > 1)
		got = run_once(db, writes, count);
	if (db->lost && (count > 1 || db->engine->tries > 1))
		got = run_each(db, writes, count);
	return got;
}

enum outcome
db_batch_try(struct db *db, struct db_write *writes, size_t count)
{
	enum outcome got = db_hold(db, 0);

	if (got != OK)
		return answer_all(writes, count, got);

	got = db_batch_run(db, writes, count);
	db_release(db);
	return got;
}

enum outcome
db_write(struct db *db, db_write_fn *fn, void *arg)
{
	struct db_write write = { .fn = fn, .arg = arg };
	enum outcome got = db_hold(db, DB_WAIT_MS);

	if (got != OK)
		return got;

	(void)db_batch_run(db, &write, 1);
	db_release(db);
	return write.outcome;
}

enum outcome
db_hold(struct db *db, int timeout_ms)
{
	enum outcome got = OK;

	check(db->access == DB_WRITE);
	if (db->holds == 0 && !db->engine->is_postgres)
		got = db_lock_wait(&db->lock, timeout_ms);
	if (got == OK)
		db->holds++;
	return got;
}

void
db_release(struct db *db)
{
	check(db->holds > 0);
	if (--db->holds == 0)
		db_lock_release(&db->lock);
}
