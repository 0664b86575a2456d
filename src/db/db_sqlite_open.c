/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_sqlite.h"

#include "base/check.h"
#include "base/log.h"
#include "base/time.h"

#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Opening the SQLite file: made safe, in WAL mode, and ready for a sandbox. */

static const char SETTINGS[] =
	"PRAGMA foreign_keys = ON;"
	"PRAGMA synchronous = FULL;"
	"PRAGMA wal_autocheckpoint = 0;"
	"PRAGMA mmap_size = 0;"
	"PRAGMA temp_store = MEMORY;"	/* no folder for large sorts */
	"PRAGMA secure_delete = ON;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA case_sensitive_like = ON;"	/* as PostgreSQL */
	"PRAGMA cache_size = -8192;";	/* KiB */

/* Instructions between two looks at the clock: well below a millisecond. */
enum { CLOCK_STEP = 10000 };

static sqlite3 *
connection(const struct db *db)
{
	return db->connection;
}

/* The last fence: no commit without the lock, wherever it comes from. */
static int
refuse_unlocked(void *arg)
{
	const struct db *db = arg;

	if (db_lock_is_held(&db->lock))
		return 0;
	log_error("database: a commit without the lock was refused");
	return 1;
}

static int
look_at_clock(void *arg)
{
	const struct db *db = arg;

	return time_monotonic_ms() > db->deadline;
}

static bool
configure(struct db *db)
{
	static const int switches[][2] = {
		{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};
	sqlite3 *c = connection(db);

	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++)
		if (sqlite3_db_config(c, switches[i][0], switches[i][1],
			NULL) != SQLITE_OK)
			return false;
	sqlite3_busy_timeout(c, DB_LOCKED_MS);
	sqlite3_progress_handler(c, CLOCK_STEP, look_at_clock, db);
	db_sqlite_start_clock(db);
	return sqlite3_exec(c, SETTINGS, NULL, NULL, NULL) == SQLITE_OK;
}

static int
copy_answer(void *arg, int count, char **values, char **names)
{
	(void)names;
	if (count > 0 && values[0] != NULL)
		snprintf(arg, 16, "%s", values[0]);
	return 0;
}

/* WAL is kept in the file; changing to it is a write like any other. */
static bool
make_wal(struct db *db)
{
	char mode[16] = "";
	sqlite3 *c = connection(db);

	if (sqlite3_exec(c, "PRAGMA journal_mode", copy_answer, mode, NULL) !=
	    SQLITE_OK)
		return false;
	if (strcmp(mode, "wal") == 0)
		return true;
	if (db_lock_wait(&db->lock, DB_WAIT_MS) != OK)
		return false;
	sqlite3_exec(c, "PRAGMA journal_mode = WAL", copy_answer, mode, NULL);
	db_lock_release(&db->lock);
	return strcmp(mode, "wal") == 0;
}

/*
 * First use opens the log, its index and the system's randomness, so that a
 * sandboxed process finds them open.
 */
static bool
prime(struct db *db)
{
	unsigned char random;

	sqlite3_randomness(1, &random);
	return sqlite3_exec(connection(db),
	    "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) ==
	    SQLITE_OK;
}

/*
 * Makes a missing file, readable by us alone; the log inherits that. An
 * existing file is not opened here: closing it would drop SQLite's locks.
 */
static enum outcome
make_file(const struct db *db)
{
	int file;

	if (access(db->place, F_OK) == 0)
		return OK;
	if (db->access == DB_READ)
		return NOT_FOUND;

	file = open(db->place, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file >= 0)
		close(file);
	return OK; /* sqlite3_open says what is wrong */
}

static enum outcome
open_failed(struct db *db)
{
	log_error("database: \"%s\" can't be opened: %s", db->place,
	    db->connection == NULL ? "no memory" :
		sqlite3_errmsg(connection(db)));
	return FAILED;
}

static enum outcome
open_writer(struct db *db)
{
	sqlite3_commit_hook(connection(db), refuse_unlocked, db);
	return make_wal(db) && prime(db) ? OK : open_failed(db);
}

enum outcome
db_sqlite_open(struct db *db, const struct db_config *config)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    SQLITE_OPEN_EXRESCODE;
	char path[PATH_MAX];
	sqlite3 *c = NULL;
	enum outcome got;
	int code;

	snprintf(path, sizeof(path), "%s/tulga.db", config->folder);
	db->place = strdup(path);
	check(db->place != NULL);
	got = make_file(db);
	if (got == OK && db->access == DB_WRITE)
		got = db_lock_open(&db->lock, config->folder);
	if (got != OK)
		return got;

	code = sqlite3_open_v2(db->place, &c, flags, NULL);
	db->connection = c;
	if (code != SQLITE_OK || !configure(db))
		return open_failed(db);
	if (db->access == DB_WRITE)
		return open_writer(db);
	sqlite3_exec(c, "PRAGMA query_only = ON", NULL, NULL, NULL);
	return prime(db) ? OK : open_failed(db);
}

void
db_sqlite_close(struct db *db)
{
	check(sqlite3_close(connection(db)) == SQLITE_OK);
	db->connection = NULL;
}
