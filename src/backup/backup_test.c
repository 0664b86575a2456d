/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include "base/keep.h"
#include "tests/support/store_test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A data folder to one file and back, and what is no backup. */

static const char ADD_ORGANISATION[] =
	"INSERT INTO organisation (slug, name_mn, name_en, name_bichig,"
	" name_key, folded, legal_form, unit, place, field, purpose_mn,"
	" purpose_en, website, email, phone, people, founded, standing,"
	" source, created, changed, version)"
	" VALUES ('tsagaan-gol', 'Цагаан гол', '', '', '', '', '', '', '',"
	" '', '', '', '', '', '', 3, 2011, 'member', '', 0, 0, $1)";
static const char ADD_EVIDENCE[] =
	"INSERT INTO evidence (organisation, kind, title, link, hash, size,"
	" type, file_name, visible, confirmed_by, created)"
	" SELECT id, 'file', 'Well log', '', $1, 9, 'text/plain', 'well.txt',"
	" 'team', '', 0 FROM organisation";
static const char COUNT[] =
	"SELECT count(*) FROM evidence WHERE size = $1";

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static const char *
in(struct store_test *t, const char *name)
{
	return arena_print(&t->arena, "%s/%s", t->folder, name);
}

/* A folder as `tulga serve` has it: database, one kept file, the key. */
static void
fill(struct store_test *t, uint8_t hash[32])
{
	int64_t size;

	assert_int_equal(mkdir(in(t, "evidence"), 0700), 0);
	assert_int_equal(mkdir(in(t, "incoming"), 0700), 0);
	assert_int_equal(mkdir(in(t, "secrets"), 0700), 0);
	put(in(t, "secrets/vault.key"), "0123456789abcdef0123456789abcdef");
	put(in(t, "incoming/up"), "12 metres");
	assert_outcome(OK, keep_hash(in(t, "incoming/up"), hash,
	    &size));
	assert_outcome(OK, keep_file(in(t, "evidence"),
	    in(t, "incoming/up"), hash));
	assert_outcome(OK, store_run(t, ADD_ORGANISATION, db_int(1)));
	assert_outcome(OK, store_run(t, ADD_EVIDENCE, db_blob(hash, 32)));
}

static void
test_what_was_backed_up_is_there_after_restoring(void **state)
{
	struct store_test *t = *state;
	const char *file = in(t, "all.tulga"), *back = in(t, "back");
	struct kept_faults faults;
	struct db_config config = { 0 };
	AUTO_DB struct db *db = NULL;
	uint8_t hash[32];
	int64_t count;

	fill(t, hash);
	assert_outcome(OK, backup_make(t->db, t->folder, file, NULL, NULL));
	assert_outcome(OK, backup_restore(file, back, NULL, NULL));
	config.folder = arena_print(&t->arena, "%s/db", back);
	assert_outcome(OK, db_open(&config, DB_WRITE, &db));
	assert_outcome(OK, db_check(db));
	assert_outcome(OK, db_one_int(db, &t->arena, COUNT, &count,
	    db_int(9)));
	assert_int_equal(count, 1);
	assert_outcome(OK, kept_check(db, back, &faults));
	assert_int_equal(faults.files, 1);
	assert_int_equal(faults.missing + faults.altered + faults.orphans, 0);
}

static void
test_a_backup_is_never_written_over(void **state)
{
	struct store_test *t = *state;
	const char *file = in(t, "all.tulga");
	uint8_t hash[32];

	fill(t, hash);
	put(file, "something else");
	assert_outcome(CONFLICT, backup_make(t->db, t->folder, file, NULL,
	    NULL));
}

static void
test_a_folder_that_holds_something_is_left_alone(void **state)
{
	struct store_test *t = *state;
	const char *file = in(t, "all.tulga");
	uint8_t hash[32];

	fill(t, hash);
	assert_outcome(OK, backup_make(t->db, t->folder, file, NULL, NULL));
	assert_outcome(CONFLICT, backup_restore(file, t->folder, NULL, NULL));
	assert_int_equal(access(in(t, "secrets/vault.key"), F_OK), 0);
}

static void
test_a_cut_or_altered_backup_leaves_an_empty_folder(void **state)
{
	struct store_test *t = *state;
	const char *file = in(t, "all.tulga"), *back = in(t, "back");
	struct stat about;
	uint8_t hash[32];

	fill(t, hash);
	assert_outcome(OK, backup_make(t->db, t->folder, file, NULL, NULL));
	assert_int_equal(stat(file, &about), 0);
	assert_int_equal(truncate(file, about.st_size * 2 / 3), 0);
	assert_outcome(INVALID, backup_restore(file, back, NULL, NULL));
	assert_int_equal(rmdir(back), 0);
	put(file, "wells, hearings, budgets");
	assert_outcome(INVALID, backup_restore(file, back, NULL, NULL));
	assert_int_equal(rmdir(back), 0);
}

static void
test_a_missing_an_altered_and_an_unknown_file_are_told_apart(void **state)
{
	struct store_test *t = *state;
	struct kept_faults faults;
	const char *path, *other;
	uint8_t hash[32];

	fill(t, hash);
	path = kept_path(&t->arena, in(t, "evidence"), hash);
	put(path, "13 metres");
	assert_outcome(OK, kept_check(t->db, t->folder, &faults));
	assert_int_equal(faults.altered, 1);
	hash[31] ^= 1;
	other = kept_path(&t->arena, in(t, "evidence"), hash);
	assert_int_equal(rename(path, other), 0);
	assert_outcome(OK, kept_check(t->db, t->folder, &faults));
	assert_int_equal(faults.missing, 1);
	assert_int_equal(faults.orphans, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_what_was_backed_up_is_there_after_restoring),
		store_unit_test(test_a_backup_is_never_written_over),
		store_unit_test(test_a_folder_that_holds_something_is_left_alone),
		store_unit_test(test_a_cut_or_altered_backup_leaves_an_empty_folder),
		store_unit_test(test_a_missing_an_altered_and_an_unknown_file_are_told_apart),
	};

	return store_tests_run_sqlite("backup", tests);
}
