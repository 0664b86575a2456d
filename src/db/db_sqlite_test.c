/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db.h"

#include "db/db_engine.h"
#include "tests/support/store_test.h"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What only SQLite does: its file, its log, full and failing disks. */

static const char ADD[] = "INSERT INTO setting (name, value) VALUES ($1, $2)";
static const char COUNT[] = "SELECT count(*) FROM setting";

static void
add(struct store_test *t, const char *name)
{
	assert_outcome(OK, store_run(t, ADD, db_text(name), db_text("1")));
}

static char *
path_of(struct store_test *t, const char *file)
{
	return arena_print(&t->arena, "%s/%s", t->folder, file);
}

static int64_t
setting_of(struct store_test *t, const char *pragma)
{
	return store_int(t, arena_print(&t->arena, "PRAGMA %s", pragma));
}

static void
test_a_connection_is_set_for_safety(void **state)
{
	struct store_test *t = *state;

	assert_int_equal(2, setting_of(t, "synchronous"));
	assert_int_equal(1, setting_of(t, "foreign_keys"));
	assert_int_equal(0, setting_of(t, "wal_autocheckpoint"));
	assert_int_equal(2, setting_of(t, "temp_store"));
	assert_int_equal(1, setting_of(t, "secure_delete"));
	assert_int_equal(0, setting_of(t, "trusted_schema"));
}

static void
test_the_file_is_for_its_owner_alone(void **state)
{
	static const char *const files[] = { "tulga.db", "tulga.db-wal",
		"tulga.db-shm", "tulga.lock" };
	struct store_test *t = *state;
	struct stat facts;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(0, stat(path_of(t, files[i]), &facts));
		assert_int_equal(0600, facts.st_mode & 0777);
	}
}

static void
test_a_reader_does_not_make_a_database(void **state)
{
	struct store_test *t = *state;
	struct db_config config = { .folder = path_of(t, "elsewhere") };
	struct db *db = NULL;

	assert_outcome(NOT_FOUND, db_open(&config, DB_READ, &db));
	assert_outcome(FAILED, db_open(&config, DB_WRITE, &db));
	assert_null(db);
}

static void
test_only_a_checkpoint_empties_the_log(void **state)
{
	struct store_test *t = *state;
	int64_t before;

	add(t, "wells");
	before = db_wal_size(t->db);
	assert_true(before > 0);
	db_close(t->db);
	t->db = NULL;
	assert_outcome(OK, db_open(&t->config, DB_WRITE, &t->db));
	assert_int_equal(before, db_wal_size(t->db));

	assert_outcome(OK, db_checkpoint(t->db));
	assert_int_equal(0, db_wal_size(t->db));
	assert_int_equal(1, store_int(t, COUNT));
}

static void
test_a_reader_holds_a_checkpoint_back(void **state)
{
	struct store_test *t = *state;
	AUTO_DB struct db *reader = NULL;
	int64_t count;

	add(t, "wells");
	assert_outcome(OK, db_open(&t->config, DB_READ, &reader));
	assert_outcome(OK, db_snapshot_begin(reader));
	add(t, "hearings");
	assert_outcome(BUSY, db_checkpoint(t->db));
	assert_outcome(OK, db_one_int(reader, &t->arena, COUNT, &count));
	assert_int_equal(1, count);
	db_snapshot_end(reader);
	assert_outcome(OK, db_checkpoint(t->db));
	assert_int_equal(2, store_int(t, COUNT));
}

/* Opens a copy of the database as the database of a folder of its own. */
static void
test_a_backup_is_a_whole_database(void **state)
{
	struct store_test *t = *state;
	struct db_config config = { .folder = path_of(t, "copy") };
	char *file = path_of(t, "copy/tulga.db");
	struct db *copy = NULL;
	struct stat facts;
	int64_t count;

	add(t, "wells");
	assert_int_equal(0, mkdir(config.folder, 0700));
	assert_outcome(OK, db_backup(t->db, file));
	assert_outcome(CONFLICT, db_backup(t->db, file));
	assert_int_equal(0, stat(file, &facts));
	assert_int_equal(0600, facts.st_mode & 0777);
	assert_int_not_equal(0, access(path_of(t, "copy/tulga.db.part"), F_OK));

	assert_outcome(OK, db_open(&config, DB_WRITE, &copy));
	assert_outcome(OK, db_check(copy));
	assert_outcome(OK, db_migrate_check(copy));
	assert_outcome(OK, db_one_int(copy, &t->arena, COUNT, &count));
	assert_int_equal(1, count);
	db_close(copy);
	for (size_t i = 0; i < 4; i++)
		unlink(arena_print(&t->arena, "%s%s", config.folder,
		    (const char *[]){ "/tulga.db", "/tulga.db-wal",
			"/tulga.db-shm", "/tulga.lock" }[i]));
	rmdir(config.folder);
}

static void
test_a_backup_where_no_folder_is_fails(void **state)
{
	struct store_test *t = *state;

	assert_outcome(FAILED, db_backup(t->db, path_of(t, "no/tulga.db")));
}

static void
test_a_row_without_its_parent_is_found(void **state)
{
	struct store_test *t = *state;
	static const char damage[] = "PRAGMA foreign_keys = OFF;"
	    "CREATE TABLE child (name TEXT REFERENCES setting (name)) STRICT;"
	    "INSERT INTO child VALUES ('nowhere');";

	assert_outcome(OK, db_check(t->db));
	assert_outcome(OK, db_hold(t->db, 0));
	assert_int_equal(SQLITE_OK, sqlite3_exec(t->db->connection, damage,
	    NULL, NULL, NULL));
	db_release(t->db);
	assert_outcome(INVALID, db_check(t->db));
}

static void
test_a_damaged_page_is_found(void **state)
{
	struct store_test *t = *state;
	char noise[3000];
	int64_t page;
	int file;

	add(t, "wells");
	page = store_int(t,
	    "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'");
	assert_outcome(OK, db_checkpoint(t->db));
	db_close(t->db);
	t->db = NULL;
	memset(noise, 0x5a, sizeof(noise));
	file = open(path_of(t, "tulga.db"), O_WRONLY);
	assert_int_equal(sizeof(noise),
	    pwrite(file, noise, sizeof(noise), (page - 1) * 4096));
	close(file);

	assert_outcome(OK, db_open(&t->config, DB_WRITE, &t->db));
	assert_outcome(INVALID, db_check(t->db));
}

/* --- Full and failing disks ---------------------------------------------- */

struct upload {
	struct store_test *test;
	const char *name;
	size_t size;
};

static enum outcome
upload_write(struct tx *tx, void *arg)
{
	const struct upload *upload = arg;
	struct arena *a = &upload->test->arena;
	char *text = arena_take(a, upload->size + 1);

	memset(text, 'x', upload->size);
	return tx_run(tx, a, ADD, db_text(upload->name), db_text(text));
}

static void
test_on_a_full_disk_only_the_large_write_fails(void **state)
{
	struct store_test *t = *state;
	struct upload small = { t, "small", 10 };
	struct upload large = { t, "large", 1000000 };
	struct upload late = { t, "late", 10 };
	struct db_write writes[] = { { upload_write, &small, FAILED },
		{ upload_write, &large, OK }, { upload_write, &late, FAILED } };

	assert_int_equal(1, setting_of(t, "max_page_count = 1") > 0);
	assert_outcome(OK, db_batch_try(t->db, writes, 3));
	assert_outcome(OK, writes[0].outcome);
	assert_outcome(FAILED, writes[1].outcome);
	assert_outcome(OK, writes[2].outcome);
	assert_int_equal(2, store_int(t, COUNT));
	assert_outcome(OK, db_check(t->db));
}

/* A file system on which the log's fsync or writing goes wrong. */
static int sync_answer = SQLITE_OK;
static int write_answer = SQLITE_OK;
static sqlite3_io_methods methods;
static const sqlite3_io_methods *real_methods;
static sqlite3_vfs failing;
static sqlite3_vfs *real;

static int
sync_or_fail(sqlite3_file *file, int flags)
{
	return sync_answer != SQLITE_OK ? sync_answer :
	    real_methods->xSync(file, flags);
}

static int
write_or_fail(sqlite3_file *file, const void *bytes, int size,
    sqlite3_int64 at)
{
	return write_answer != SQLITE_OK ? write_answer :
	    real_methods->xWrite(file, bytes, size, at);
}

static int
open_failing(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file,
    int flags, int *flags_out)
{
	int code = real->xOpen(vfs, name, file, flags, flags_out);

	if (code == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
		real_methods = file->pMethods;
		methods = *real_methods;
		methods.xSync = sync_or_fail;
		methods.xWrite = write_or_fail;
		file->pMethods = &methods;
	}
	return code;
}

/* How a child ends that writes while the disk answers so. */
static int
end_of_writer(struct store_test *t, int sync_code, int write_code)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct upload small = { t, "small", 10 };
		struct db *db = NULL;

		real = sqlite3_vfs_find(NULL);
		failing = *real;
		failing.zName = "failing";
		failing.xOpen = open_failing;
		sqlite3_vfs_register(&failing, 1);
		if (db_open(&t->config, DB_WRITE, &db) != OK)
			_exit(100);
		sync_answer = sync_code;
		write_answer = write_code;
		_exit((int)db_write(db, upload_write, &small));
	}
	assert_int_equal(child, waitpid(child, &status, 0));
	return status;
}

static void
test_a_failed_fsync_ends_the_process(void **state)
{
	struct store_test *t = *state;
	int status = end_of_writer(t, SQLITE_IOERR_FSYNC, SQLITE_OK);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(SIGABRT, WTERMSIG(status));
	assert_outcome(OK, db_check(t->db));
}

static void
test_a_failed_commit_ends_the_process(void **state)
{
	struct store_test *t = *state;
	int status = end_of_writer(t, SQLITE_OK, SQLITE_IOERR_WRITE);

	assert_true(WIFSIGNALED(status));
	assert_int_equal(SIGABRT, WTERMSIG(status));
	assert_int_equal(0, store_int(t, COUNT));
}

static void
test_a_commit_on_a_full_disk_fails_and_no_more(void **state)
{
	struct store_test *t = *state;
	int status = end_of_writer(t, SQLITE_OK, SQLITE_FULL);

	assert_true(WIFEXITED(status));
	assert_int_equal(FAILED, WEXITSTATUS(status));
	assert_int_equal(0, store_int(t, COUNT));
	add(t, "wells");
}

static void
test_the_disk_that_does_not_fail_is_no_trouble(void **state)
{
	struct store_test *t = *state;
	int status = end_of_writer(t, SQLITE_OK, SQLITE_OK);

	assert_true(WIFEXITED(status));
	assert_int_equal(OK, WEXITSTATUS(status));
	assert_int_equal(1, store_int(t, COUNT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_connection_is_set_for_safety),
		store_unit_test(test_the_file_is_for_its_owner_alone),
		store_unit_test(test_a_reader_does_not_make_a_database),
		store_unit_test(test_only_a_checkpoint_empties_the_log),
		store_unit_test(test_a_reader_holds_a_checkpoint_back),
		store_unit_test(test_a_backup_is_a_whole_database),
		store_unit_test(test_a_backup_where_no_folder_is_fails),
		store_unit_test(test_a_row_without_its_parent_is_found),
		store_unit_test(test_a_damaged_page_is_found),
		store_unit_test(test_on_a_full_disk_only_the_large_write_fails),
		store_unit_test(test_a_failed_fsync_ends_the_process),
		store_unit_test(test_a_failed_commit_ends_the_process),
		store_unit_test(test_a_commit_on_a_full_disk_fails_and_no_more),
		store_unit_test(test_the_disk_that_does_not_fail_is_no_trouble),
	};

	return store_tests_run_sqlite("db_sqlite", tests);
}
