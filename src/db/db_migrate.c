/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_migrate.h"

#include "base/log.h"
#include "base/time.h"
#include "db/db_engine.h"

#include <string.h>

/*
 * Brings a database's schema up to date: compares what was applied with what
 * this program knows, then runs each missing migration in its own transaction.
 */

static const char TABLE[] =
	"CREATE TABLE IF NOT EXISTS migration ("
	" number INTEGER PRIMARY KEY,"	/* of the file */
	" name TEXT NOT NULL,"
	" hash TEXT NOT NULL,"		/* SHA-256 of the file, hex */
	" applied INTEGER NOT NULL)";	/* UTC seconds */

static enum outcome
table_write(struct tx *tx, void *arg)
{
	struct arena *a = arg;

	return tx_run(tx, a, migration_text(a, TABLE, db_is_postgres(tx->db)));
}

static const struct migration *
migration_of(const struct migration *list, int64_t number)
{
	for (; list->number != 0; list++)
		if (list->number == number)
			return list;
	return NULL;
}

static const char APPLIED[] =
	"SELECT number, name, hash FROM migration ORDER BY number";

/* Every applied migration is one that we know, word for word. */
static enum outcome
compare_applied(struct db *db, struct arena *a, const struct migration *list,
    int64_t *last_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, APPLIED);
	enum outcome got;

	*last_out = 0;
	while ((got = rows_next(&rows)) == OK) {
		const struct migration *known =
		    migration_of(list, rows_int(&rows, 0));

		if (known == NULL) {
			log_error("database: made by a newer tulga (migration"
			    " %lld \"%s\" is unknown here); install that"
			    " version, or restore a backup",
			    (long long)rows_int(&rows, 0), rows_text(&rows, 1));
			return INVALID;
		}
		if (strcmp(known->hash, rows_text(&rows, 2)) != 0) {
			log_error("database: migration %d \"%s\" is not the"
			    " one that was applied", known->number,
			    known->name);
			return INVALID;
		}
		*last_out = known->number;
	}
	return got == NOT_FOUND ? OK : got;
}

struct step {
	struct arena *arena;
	const struct migration *migration;
	const char *statement;	/* the one at work, for the log */
};

static const char RECORD[] =
	"INSERT INTO migration (number, name, hash, applied)"
	" VALUES ($1, $2, $3, $4)";

/* As db->unbounded does on SQLite; for this transaction alone. */
static const char PATIENCE[] = "SET LOCAL statement_timeout = 0";

static enum outcome
step_write(struct tx *tx, void *arg)
{
	struct step *step = arg;
	const struct migration *m = step->migration;
	const char *text = migration_text(step->arena, m->sql,
	    db_is_postgres(tx->db));
	char *statement = NULL;
	enum outcome got = OK;

	if (db_is_postgres(tx->db))
		got = tx_run(tx, step->arena, PATIENCE);
	if (got != OK)
		return got;
	while ((got = migration_cut(step->arena, &text, &statement)) == OK) {
		step->statement = statement;
		got = tx_run(tx, step->arena, statement);
		if (got != OK)
			return got;
	}
	if (got != NOT_FOUND)
		return got;
	return tx_run(tx, step->arena, RECORD, db_int(m->number),
	    db_text(m->name), db_text(m->hash), db_int(time_now()));
}

static enum outcome
apply(struct db *db, struct arena *a, const struct migration *migration)
{
	struct step step = { .arena = a, .migration = migration,
		.statement = "" };
	enum outcome got = db_write(db, step_write, &step);

	if (got != OK)
		log_error("database: migration %d \"%s\" stops with %s at"
		    " \"%.80s\"", migration->number, migration->name,
		    outcome_name(got), step.statement);
	return got == OK || got == BUSY ? got : FAILED;
}

static enum outcome
apply_missing(struct db *db, struct arena *a, const struct migration *list)
{
	int64_t last = 0;
	int count = 0;
	enum outcome got = db_write(db, table_write, a);

	if (got == OK)
		got = compare_applied(db, a, list, &last);
	for (; got == OK && list->number != 0; list++)
		if (list->number > last && (got = apply(db, a, list)) == OK)
			count++;
	if (count > 0)
		log_info("database: %d migrations were applied", count);
	return got;
}

/* SQLite: the write lock. PostgreSQL: one of its own, for the session. */
static const char LOCK[] = "SELECT pg_advisory_lock(7825420)";
static const char UNLOCK[] = "SELECT pg_advisory_unlock(7825420)";

static enum outcome
ask_server(struct db *db, struct arena *a, const char *sql)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, sql);

	return rows_next(&rows);
}

static enum outcome
lock_schema(struct db *db, struct arena *a)
{
	enum outcome got = db_hold(db, DB_WAIT_MS);

	if (got == OK && db_is_postgres(db))
		got = ask_server(db, a, LOCK);
	return got;
}

static void
unlock_schema(struct db *db, struct arena *a)
{
	if (db_is_postgres(db) && ask_server(db, a, UNLOCK) != OK)
		log_warning("database: the lock of migrations stays until the"
		    " connection ends");
	db_release(db);
}

enum outcome
db_migrate_to(struct db *db, const struct migration *list)
{
	AUTO_ARENA struct arena arena = { .limit = ARENA_LIMIT };
	enum outcome got = lock_schema(db, &arena);

	if (got != OK)
		return got;

	db->unbounded = true;
	got = apply_missing(db, &arena, list);
	db->unbounded = false;
	unlock_schema(db, &arena);
	return got;
}

/* A new database has no table `migration` yet. */
static const char TABLE_SQLITE[] =
	"SELECT count(*) FROM sqlite_schema WHERE name = 'migration'";
static const char TABLE_POSTGRES[] =
	"SELECT count(*) FROM (SELECT 1 WHERE"
	" to_regclass('migration') IS NOT NULL) AS found";

enum outcome
db_migrate_compare(struct db *db, const struct migration *list)
{
	AUTO_ARENA struct arena arena = { .limit = ARENA_LIMIT };
	int64_t tables, last = 0;
	enum outcome got = db_one_int(db, &arena,
	    db_is_postgres(db) ? TABLE_POSTGRES : TABLE_SQLITE, &tables);

	if (got != OK)
		return got;
	if (tables > 0)
		got = compare_applied(db, &arena, list, &last);
	for (; got == OK && list->number != 0; list++)
		if (list->number > last)
			return NOT_FOUND;
	return got;
}

enum outcome
db_migrate(struct db *db)
{
	return db_migrate_to(db, migrations);
}

enum outcome
db_migrate_check(struct db *db)
{
	return db_migrate_compare(db, migrations);
}
