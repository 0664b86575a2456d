/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo.h"

#include "assessment/collect_store.h"
#include "backup/backup.h"
#include "base/time.h"
#include "content/folder.h"
#include "demo/demo_content.h"
#include "library/library.h"
#include "people/sign_in.h"
#include "runner/job.h"
#include "survey/survey_store.h"
#include "tests/support/store_test.h"
#include "text/collate.h"

#include <fcntl.h>
#include <ftw.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The whole demonstration on both engines, and a small national one. */

enum { FEW = 70 };	/* organisations: more than one batch */

/* --- Folders ------------------------------------------------------------- */

static int
remove_one(const char *path, const struct stat *status, int kind,
    struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static void
folder_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *
in(struct store_test *t, const char *name)
{
	return arena_print(&t->arena, "%s/%s", t->folder, name);
}

/* What a store test does not remove by itself. */
static int
teardown(void **state)
{
	struct store_test *t = *state;

	folder_remove(in(t, "evidence"));
	folder_remove(in(t, "incoming"));
	return store_test_teardown(state);
}

#define demo_unit_test(test) \
	cmocka_unit_test_setup_teardown(test, store_test_setup, teardown)

/* --- Making -------------------------------------------------------------- */

static int64_t
instant_of(int year, int month, int day)
{
	return day_start(day_of_date((struct date){ year, month, day }));
}

static enum outcome
make_in(struct db *db, struct arena *a, const char *data, int64_t national,
    int64_t now, struct demo_made *made_out)
{
	const struct demo_options options = { .data = data,
		.content = content_folder(NULL), .national = national,
		.now = now };
	struct content_faults faults;
	enum outcome got;

	content_faults_init(&faults, a);
	mkdir(arena_print(a, "%s/incoming", data), 0700);
	mkdir(arena_print(a, "%s/evidence", data), 0700);
	got = demo_make(db, a, &options, &faults, made_out);
	content_faults_print(&faults, LANGUAGE_EN);
	return got;
}

static void
make(struct store_test *t, int64_t national, struct demo_made *made_out)
{
	assert_outcome(OK, make_in(t->db, &t->arena, t->folder, national,
	    instant_of(2026, 11, 23), made_out));
}

/* --- What it holds ------------------------------------------------------- */

static const char COUNT_ORGANISATIONS[] =
	"SELECT count(*) FROM organisation WHERE id > $1";
static const char COUNT_UNITS[] =
	"SELECT count(DISTINCT unit) FROM organisation WHERE id > $1";
static const char COUNT_RUNS[] =
	"SELECT count(*) FROM assessment s"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE o.slug <> 'tsagaan-gol' AND s.stage = $1";
static const char COUNT_RATERS[] =
	"SELECT count(*) FROM rater r JOIN assessment s ON s.id = r.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE o.slug = 'tsagaan-gol' AND s.number = $1"
	" AND r.finished IS NOT NULL";
static const char COUNT_RESPONSES[] =
	"SELECT count(*) FROM survey_response p"
	" JOIN survey v ON v.id = p.survey"
	" JOIN assessment s ON s.id = v.assessment"
	" JOIN organisation o ON o.id = s.organisation"
	" WHERE o.slug = 'tsagaan-gol' AND s.number = $1";
static const char COUNT_REPORTS[] =
	"SELECT count(*) FROM report r JOIN assessment s"
	" ON s.id = r.assessment JOIN organisation o ON o.id = s.organisation"
	" WHERE o.slug = 'tsagaan-gol' AND s.number = $1"
	" AND r.detail = 'full' AND r.revision = 1";
static const char COUNT_REVISIONS[] =
	"SELECT count(*) FROM report WHERE revision = $1 AND reason <> ''";
static const char COUNT_FILES[] =
	"SELECT count(DISTINCT hash) FROM evidence WHERE size > $1";
static const char COUNT_RATINGS[] =
	"SELECT count(*) FROM rating WHERE rater > $1";
static const char IS_MARKED[] =
	"SELECT count(*) FROM setting WHERE name = 'demo' AND value = '1'"
	" AND 0 = $1";

static void
test_a_demonstration_holds_what_it_promises(void **state)
{
	struct store_test *t = *state;
	struct demo_made made;

	make(t, 0, &made);
	assert_int_equal(store_int(t, IS_MARKED, db_int(0)), 1);
	assert_int_equal(store_int(t, COUNT_ORGANISATIONS, db_int(0)),
	    DEMO_ORGANISATIONS);
	assert_int_equal(store_int(t, COUNT_UNITS, db_int(0)),
	    DEMO_ORGANISATIONS);
	for (int64_t stage = 1; stage <= 5; stage++)
		assert_true(store_int(t, COUNT_RUNS, db_int(stage)) > 0);
	for (int64_t number = 1; number <= 3; number++) {
		assert_int_equal(store_int(t, COUNT_RATERS, db_int(number)),
		    8);
		assert_int_equal(store_int(t, COUNT_RESPONSES,
		    db_int(number)), 120);
		assert_int_equal(store_int(t, COUNT_REPORTS, db_int(number)),
		    1);
	}
	assert_int_equal(made.organisations, DEMO_ORGANISATIONS);
	assert_int_equal(made.ratings, store_int(t, COUNT_RATINGS,
	    db_int(0)));
	assert_int_equal(store_int(t, COUNT_REVISIONS, db_int(2)), 1);
	assert_string_equal(made.report, "/mn/o/tsagaan-gol/assessments/3");
}

static void
test_every_file_of_evidence_is_there(void **state)
{
	struct store_test *t = *state;
	struct kept_faults faults;
	struct demo_made made;

	make(t, 0, &made);
	assert_outcome(OK, kept_check(t->db, t->folder, &faults));
	assert_true(faults.files > 10);
	assert_int_equal(faults.files, store_int(t, COUNT_FILES, db_int(0)));
	assert_int_equal(faults.missing, 0);
	assert_int_equal(faults.altered, 0);
	assert_int_equal(faults.orphans, 0);
}

/* --- The same again ------------------------------------------------------ */

static const char REPORT_HASHES[] =
	"SELECT r.hash FROM report r JOIN assessment s ON s.id = r.assessment"
	" JOIN organisation o ON o.id = s.organisation WHERE r.id > $1"
	" ORDER BY o.slug, s.number, r.revision";

struct hash {
	uint8_t bytes[32];
};
struct hashes LIST_OF(struct hash);

static struct hashes
hashes_list(struct db *db, struct arena *a)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, REPORT_HASHES,
	    db_int(0));
	struct hashes list = { 0 };
	size_t size;

	while (rows_next(&rows) == OK)
		memcpy(LIST_ADD(a, &list)->bytes, rows_blob(&rows, 0, &size),
		    sizeof(struct hash));
	return list;
}

/* In SQLite and a folder of its own, whatever the test's engine is. */
static struct hashes
make_another(struct arena *a, struct demo_made *made_out)
{
	char folder[] = "/tmp/tulga-demo-XXXXXX";
	struct db_config config = { .folder = folder };
	AUTO_DB struct db *db = NULL;
	struct hashes hashes;

	assert_non_null(mkdtemp(folder));
	assert_outcome(OK, db_open(&config, DB_WRITE, &db));
	assert_outcome(OK, db_migrate(db));
	assert_outcome(OK, make_in(db, a, folder, 0,
	    instant_of(2026, 11, 23), made_out));
	hashes = hashes_list(db, a);
	folder_remove(folder);
	return hashes;
}

static void
test_two_demonstrations_publish_the_same_documents(void **state)
{
	struct store_test *t = *state;
	struct demo_made made, again;
	struct hashes one, other;

	make(t, 0, &made);
	one = hashes_list(t->db, &t->arena);
	other = make_another(&t->arena, &again);
	assert_true((int64_t)one.count > made.reports);
	assert_int_equal(one.count, other.count);
	assert_memory_equal(one.items, other.items,
	    one.count * sizeof(*one.items));
	assert_string_equal(made.survey, again.survey);
	assert_string_equal(made.rater, again.rater);
}

static void
test_a_database_that_holds_something_is_left_alone(void **state)
{
	struct store_test *t = *state;
	struct demo_made made;

	make(t, 0, &made);
	assert_outcome(CONFLICT, make_in(t->db, &t->arena, t->folder, 0,
	    instant_of(2026, 11, 23), &made));
	assert_int_equal(store_int(t, COUNT_ORGANISATIONS, db_int(0)),
	    DEMO_ORGANISATIONS);
}

/* --- Ways in ------------------------------------------------------------- */

static void
account_check(struct store_test *t, const struct demo_account *account)
{
	struct runner_derive question = { 0 };
	struct person_secrets secrets;
	struct person person;
	uint8_t key[DERIVE_KEY];

	assert_outcome(OK, person_find_by_email(t->db, &t->arena,
	    account->email, &person));
	assert_outcome(OK, person_find_secrets(t->db, &t->arena, person.id,
	    &secrets));
	question.size = (uint16_t)strlen(account->password);
	memcpy(question.password, account->password, question.size);
	memcpy(question.salt, secrets.salt, DERIVE_SALT);
	assert_outcome(OK, job_derive_key(&question, key));
	assert_true(password_is_right(&secrets, key, time_now()));
}

static void
test_accounts_survey_and_link_work(void **state)
{
	struct store_test *t = *state;
	uint8_t hash[LINK_HASH_SIZE];
	struct survey_run survey;
	struct rater_run rater;
	struct demo_made made;

	make(t, 0, &made);
	assert_true(made.accounts.count >= 7);
	account_check(t, &made.accounts.items[0]);
	account_check(t, &made.accounts.items[made.accounts.count - 1]);
	assert_outcome(OK, survey_find_by_token(t->db, &t->arena,
	    made.survey + strlen("/mn/s/"), &survey));
	assert_int_equal(survey.survey.closes, 0);
	assert_int_equal(survey.stage, 2);
	link_token_hash(made.rater + strlen("/mn/r/"), hash);
	assert_outcome(OK, rater_find_by_token(t->db, &t->arena, hash,
	    &rater));
	assert_int_equal(rater.rater.answered, 0);
}

static void
test_what_outside_tools_need_is_for_its_owner_alone(void **state)
{
	struct store_test *t = *state;
	json_t *root, *account;
	struct demo_made made;
	struct stat status;

	make(t, 0, &made);
	assert_outcome(OK, demo_json_save(&made, t->folder));
	assert_int_equal(stat(in(t, "demo.json"), &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	root = json_load_file(in(t, "demo.json"), 0, NULL);
	assert_non_null(root);
	account = json_array_get(json_object_get(root, "accounts"), 0);
	assert_string_equal(json_string_value(json_object_get(account,
	    "role")), "site");
	assert_string_equal(json_string_value(json_object_get(root,
	    "organisation")), "/mn/o/tsagaan-gol");
	json_decref(root);
}

/* --- The calendar -------------------------------------------------------- */

static const char LATEST[] =
	"SELECT max(at) FROM (SELECT max(created) AS at FROM assessment"
	" UNION SELECT max(changed) FROM assessment"
	" UNION SELECT max(changed) FROM rating"
	" UNION SELECT max(changed) FROM agreed"
	" UNION SELECT max(changed) FROM action"
	" UNION SELECT max(created) FROM measurement"
	" UNION SELECT max(finished) FROM rater"
	" UNION SELECT max(published) FROM report) times WHERE at > $1";

static void
test_all_of_it_is_past_whatever_the_clock_says(void **state)
{
	struct store_test *t = *state;
	int64_t now = instant_of(2025, 6, 1), latest;
	struct demo_made made;

	assert_outcome(OK, make_in(t->db, &t->arena, t->folder, 0, now,
	    &made));
	latest = store_int(t, LATEST, db_int(0));
	assert_true(latest < now);
	assert_true(latest > now - 10 * DAY_SECONDS);
}

/* --- The national scale -------------------------------------------------- */

static const char COUNT_PUBLISHED[] =
	"SELECT count(*) FROM report WHERE revision = $1";
static const char COUNT_PRINTS[] =
	"SELECT count(*) FROM outbox WHERE kind = 'pdf' AND id > $1";

static void
test_a_small_country_is_made_in_batches(void **state)
{
	struct store_test *t = *state;
	struct demo_made made;

	make(t, FEW, &made);
	assert_int_equal(store_int(t, COUNT_ORGANISATIONS, db_int(0)),
	    DEMO_ORGANISATIONS + FEW);
	assert_int_equal(made.organisations, DEMO_ORGANISATIONS + FEW);
	assert_int_equal(store_int(t, COUNT_PUBLISHED, db_int(1)),
	    made.reports);
	assert_int_equal(store_int(t, COUNT_RATINGS, db_int(0)),
	    made.ratings);
	/* In two languages, of the coalition's own reports alone. */
	assert_int_equal(store_int(t, COUNT_PRINTS, db_int(0)), 2 *
	    (made.reports - FEW * DEMO_NATIONAL_RUNS +
		store_int(t, COUNT_PUBLISHED, db_int(2))));
}

/* --- Content ------------------------------------------------------------- */

static void
test_faults_of_content_are_named_and_nothing_is_made(void **state)
{
	static const char text[] = "title: {mn: \"Эвсэл\", en: \"C\"}\n"
		"password: \"short\"\ntoday: \"2026-02-30\"\n"
		"charter: {edition: \"demo\", imported: \"2024-01-10\","
		" title: {mn: \"Эх\", en: \"Text\"}}\norganisations: []\n"
		"people:\n  - {email: \"a@b.example\", organisation: \"nope\","
		" role: \"editor\","
		" name: {given: \"Ану\", patronymic: \"Б\"}}\n";
	struct store_test *t = *state;
	struct demo_coalition coalition;
	struct content_faults faults;
	int fd;

	content_faults_init(&faults, &t->arena);
	mkdir(in(t, "evidence"), 0700);
	mkdir(in(t, "evidence/demo"), 0700);
	fd = open(in(t, "evidence/demo/coalition.yaml"),
	    O_WRONLY | O_CREAT, 0600);
	assert_true(write(fd, text, sizeof(text) - 1) > 0);
	close(fd);
	assert_outcome(INVALID, demo_coalition_read(&t->arena,
	    in(t, "evidence"), &faults, &coalition));
	/* The password, the day, the empty list, the organisation. */
	assert_int_equal(faults.count, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		demo_unit_test(test_a_demonstration_holds_what_it_promises),
		demo_unit_test(test_every_file_of_evidence_is_there),
		demo_unit_test(
		    test_two_demonstrations_publish_the_same_documents),
		demo_unit_test(
		    test_a_database_that_holds_something_is_left_alone),
		demo_unit_test(test_accounts_survey_and_link_work),
		demo_unit_test(
		    test_what_outside_tools_need_is_for_its_owner_alone),
		demo_unit_test(
		    test_all_of_it_is_past_whatever_the_clock_says),
		demo_unit_test(test_a_small_country_is_made_in_batches),
		demo_unit_test(
		    test_faults_of_content_are_named_and_nothing_is_made),
	};

	if (collate_open() != OK || library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("demo", tests);
}
