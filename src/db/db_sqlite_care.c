/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_sqlite.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Care of the SQLite file: checkpoint, backup, check. */

enum { TRUNCATE_WAIT_MS = 100 };

/*
 * First what can be done beside readers, then the truncation, which must wait
 * for them: shortly, because all writers wait for us meanwhile.
 */
enum outcome
db_sqlite_checkpoint(struct db *db)
{
	sqlite3 *c = db->connection;
	int code = sqlite3_wal_checkpoint_v2(c, NULL,
	    SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	if (code == SQLITE_OK) {
		sqlite3_busy_timeout(c, TRUNCATE_WAIT_MS);
		code = sqlite3_wal_checkpoint_v2(c, NULL,
		    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
		sqlite3_busy_timeout(c, DB_LOCKED_MS);
	}
	if ((code & 0xff) == SQLITE_IOERR)
		db_sqlite_stop(db, "the checkpoint");
	return db_sqlite_outcome(db, code, "checkpoint");
}

int64_t
db_sqlite_wal_size(const struct db *db)
{
	char path[PATH_MAX];
	struct stat facts;

	snprintf(path, sizeof(path), "%s-wal", db->place);
	return stat(path, &facts) == 0 ? facts.st_size : 0;
}

static enum outcome
copy_failed(sqlite3 *to, const char *file)
{
	log_error("database: the copy \"%s\" can't be written: %s", file,
	    sqlite3_errmsg(to));
	return FAILED;
}

/* One step over all pages reads one state; writers append to the log. */
static enum outcome
copy_pages(struct db *db, sqlite3 *to, const char *file)
{
	sqlite3_backup *backup;

	sqlite3_exec(to, "PRAGMA synchronous = FULL", NULL, NULL, NULL);
	backup = sqlite3_backup_init(to, "main", db->connection, "main");
	if (backup == NULL)
		return copy_failed(to, file);
	sqlite3_backup_step(backup, -1);
	if (sqlite3_backup_finish(backup) != SQLITE_OK)
		return copy_failed(to, file);

	/* The copy says WAL like its source; make it one file of its own. */
	if (sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL,
		NULL) != SQLITE_OK)
		return copy_failed(to, file);
	return OK;
}

static enum outcome
copy_to(struct db *db, const char *part)
{
	sqlite3 *to = NULL;
	enum outcome got;

	if (sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE |
		SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) ==
	    SQLITE_OK)
		got = copy_pages(db, to, part);
	else
		got = copy_failed(to, part);
	sqlite3_close(to);
	return got;
}

/* A name is on disk when its folder is. */
static bool
sync_folder_of(const char *file)
{
	char path[PATH_MAX];
	int folder;
	bool done;

	snprintf(path, sizeof(path), "%s", file);
	folder = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return false;
	done = fsync(folder) == 0;
	close(folder);
	return done;
}

/* `link` never replaces a file that somebody made meanwhile. */
static enum outcome
publish(const char *part, const char *file)
{
	if (link(part, file) == 0 && sync_folder_of(file))
		return OK;
	if (errno == EEXIST)
		return CONFLICT;
	log_errno("database: the copy \"%s\" can't be written", file);
	return FAILED;
}

enum outcome
db_sqlite_backup(struct db *db, const char *file)
{
	char part[PATH_MAX];
	enum outcome got;
	int made;

	if (access(file, F_OK) == 0)
		return CONFLICT;
	snprintf(part, sizeof(part), "%s.part", file);
	made = open(part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (made < 0) {
		log_errno("database: the copy \"%s\" can't be made", part);
		return FAILED;
	}
	close(made);

	got = copy_to(db, part);
	if (got == OK)
		got = publish(part, file);
	unlink(part);
	return got;
}

struct findings {
	const char *what;
	int count;
};

/* A row of a check: "ok", or words of SQLite about one fault. */
static int
note_finding(void *arg, int count, char **values, char **names)
{
	struct findings *findings = arg;

	(void)names;
	if (count > 0 && values[0] != NULL && strcmp(values[0], "ok") == 0)
		return 0;
	if (findings->count++ < 20)
		log_error("database: %s: \"%s\" %s", findings->what,
		    count > 0 && values[0] != NULL ? values[0] : "?",
		    count > 1 && values[1] != NULL ? values[1] : "");
	return 0;
}

static enum outcome
check_with(struct db *db, const char *sql, const char *what)
{
	struct findings findings = { .what = what };
	int code = sqlite3_exec(db->connection, sql, note_finding, &findings,
	    NULL);

	if (code != SQLITE_OK && db_sqlite_outcome(db, code, sql) == BUSY)
		return BUSY;
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_CORRUPT)
		return FAILED;
	return code == SQLITE_OK && findings.count == 0 ? OK : INVALID;
}

enum outcome
db_sqlite_check(struct db *db)
{
	bool before = db->unbounded;
	enum outcome structure, keys;

	db->unbounded = true;
	db_sqlite_start_clock(db);
	structure = check_with(db, "PRAGMA integrity_check(20)", "damage");
	keys = check_with(db, "PRAGMA foreign_key_check",
	    "a row (table, number) without its parent");
	db->unbounded = before;
	return structure != OK ? structure : keys;
}
