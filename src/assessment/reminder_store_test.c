/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/reminder_store.h"

#include "assessment/reminder.h"
#include "content/folder.h"
#include "due_test.h"

/* Letters are written once each, late rather than never, and never too late. */

enum { TODAY = RUN_DAY };

struct house {
	struct store_test *test;
	int64_t organisation, run, action;
};

/* An editor and an administrator; an action that is due in `days`. */
static struct house
house_make(struct store_test *t, int64_t days)
{
	struct house h = { .test = t };

	h.organisation = run_test_organisation(t, "tsagaan-gol");
	h.run = run_test_run(t, h.organisation);
	due_test_role(t, due_test_person(t, "editor@example.mn", "mn"),
	    h.organisation, "editor");
	due_test_role(t, due_test_person(t, "director@example.mn", "en"),
	    h.organisation, "administrator");
	due_test_role(t, due_test_person(t, "rater@example.mn", "en"),
	    h.organisation, "rater");
	h.action = due_test_action(t, h.run, "Fence the springs",
	    TODAY + days, "open");
	due_test_stage(t, h.run, STAGE_MONITORING);
	return h;
}

/* How many letters a day's work of the clerk adds. */
static int64_t
letters_of(const struct house *h, int64_t today)
{
	const char *sql = "SELECT count(*) FROM outbox WHERE kind = $1";
	int64_t before = store_int(h->test, sql, db_text("mail"));

	assert_outcome(OK, reminder_write(h->test->db, today));
	return store_int(h->test, sql, db_text("mail")) - before;
}

static void
test_an_action_is_reminded_of_twice_and_once_each(void **state)
{
	struct house h = house_make(*state, 20);

	for (int64_t day = TODAY; day < TODAY + 30; day++) {
		bool now = day == TODAY + 6 || day == TODAY + 17;

		assert_int_equal(now ? 2 : 0, letters_of(&h, day));
		assert_int_equal(0, letters_of(&h, day));
	}
}

static void
test_a_letter_is_in_the_receivers_language(void **state)
{
	struct house h = house_make(*state, 14);

	assert_int_equal(2, letters_of(&h, TODAY));
	assert_int_equal(1, store_int(h.test, "SELECT count(*) FROM outbox"
	    " WHERE CAST(payload AS TEXT) LIKE $1",
	    db_text("%In the plan of Цагаан гол this action is due%"
	    "/en/o/tsagaan-gol/assessments/1/plan%director@example.mn%")));
	assert_int_equal(1, store_int(h.test, "SELECT count(*) FROM outbox"
	    " WHERE CAST(payload AS TEXT) LIKE $1",
	    db_text("%/mn/o/tsagaan-gol/assessments/1/plan%"
	    "editor@example.mn%")));
}

static void
test_a_letter_has_the_sites_address_when_there_is_one(void **state)
{
	struct house h = house_make(*state, 14);

	assert_outcome(OK, store_run(h.test, "INSERT INTO setting (name,"
	    " value) VALUES ($1, $2)", db_text("site.address"),
	    db_text("https://tulga.example")));
	assert_int_equal(2, letters_of(&h, TODAY));
	assert_int_equal(2, store_int(h.test, "SELECT count(*) FROM outbox"
	    " WHERE CAST(payload AS TEXT) LIKE $1",
	    db_text("%https://tulga.example/%")));
}

static void
test_a_moved_day_reminds_again(void **state)
{
	struct house h = house_make(*state, 3);

	/* Near: one letter each stands for both distances. */
	assert_int_equal(2, letters_of(&h, TODAY));
	assert_outcome(OK, store_run(h.test, "UPDATE action SET due = $2"
	    " WHERE id = $1", db_int(h.action), db_int(TODAY + 30)));
	assert_int_equal(0, letters_of(&h, TODAY + 1));
	assert_int_equal(2, letters_of(&h, TODAY + 16));
	assert_int_equal(0, letters_of(&h, TODAY + 17));
	assert_int_equal(2, letters_of(&h, TODAY + 27));
}

static void
test_a_late_clerk_writes_what_was_missed_and_nothing_past(void **state)
{
	static const struct {
		int64_t ahead, letters;
	} cases[] = { { 15, 0 }, { 14, 2 }, { 9, 2 }, { 2, 2 }, { 0, 2 },
		{ -1, 0 } };
	struct house h = house_make(*state, 100);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t day = TODAY + 1000 * (int64_t)i;

		assert_outcome(OK, store_run(h.test, "UPDATE action"
		    " SET due = $2 WHERE id = $1", db_int(h.action),
		    db_int(day + cases[i].ahead)));
		assert_int_equal(cases[i].letters, letters_of(&h, day));
		assert_int_equal(0, letters_of(&h, day));
	}
}

static void
test_nobody_is_reminded_of_what_is_kept_or_not_yet_planned(void **state)
{
	struct house h = house_make(*state, 14);

	due_test_stage(h.test, h.run, STAGE_ANALYSIS);
	assert_int_equal(0, letters_of(&h, TODAY));
	due_test_stage(h.test, h.run, STAGE_MONITORING);
	assert_outcome(OK, store_run(h.test, "UPDATE action SET state = $2"
	    " WHERE id = $1", db_int(h.action), db_text("kept")));
	assert_int_equal(0, letters_of(&h, TODAY));
}

static void
test_the_next_run_is_reminded_of_on_its_day_or_late(void **state)
{
	struct house h = house_make(*state, 500);

	due_test_next(h.test, h.run, TODAY + 5);
	assert_int_equal(0, letters_of(&h, TODAY + 4));
	assert_int_equal(2, letters_of(&h, TODAY + 8));
	assert_int_equal(0, letters_of(&h, TODAY + 9));
	due_test_next(h.test, h.run, TODAY + 20);
	assert_int_equal(0, letters_of(&h, TODAY + 51));
	run_test_run(h.test, h.organisation);
	assert_int_equal(0, letters_of(&h, TODAY + 20));
}

static void
test_more_than_one_batch_is_written_whole(void **state)
{
	enum { ACTIONS = REMINDERS_AT_ONCE + 5 };
	struct house h = house_make(*state, 500);

	for (int i = 0; i < ACTIONS; i++)
		due_test_action(h.test, h.run, arena_print(&h.test->arena,
		    "Well %d", i), TODAY + 3 + i % 10, "open");
	assert_int_equal(2 * ACTIONS, letters_of(&h, TODAY));
	assert_int_equal(0, letters_of(&h, TODAY));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(
		    test_an_action_is_reminded_of_twice_and_once_each),
		store_unit_test(test_a_letter_is_in_the_receivers_language),
		store_unit_test(
		    test_a_letter_has_the_sites_address_when_there_is_one),
		store_unit_test(test_a_moved_day_reminds_again),
		store_unit_test(
		    test_a_late_clerk_writes_what_was_missed_and_nothing_past),
		store_unit_test(
		    test_nobody_is_reminded_of_what_is_kept_or_not_yet_planned),
		store_unit_test(
		    test_the_next_run_is_reminded_of_on_its_day_or_late),
		store_unit_test(test_more_than_one_batch_is_written_whole),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("reminder_store", tests);
}
