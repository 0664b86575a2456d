/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/due.h"

#include "assessment/plan.h"
#include "content/folder.h"
#include "due_test.h"

/* What is due for whom, and when it is not any more. */

enum { TODAY = RUN_DAY };

struct house {
	struct store_test *test;
	int64_t organisation, run, editor;
};

/* An organisation with an editor and a run in stage 2, wanted in 40 days. */
static struct house
house_make(struct store_test *t)
{
	struct house h = { .test = t };

	h.organisation = run_test_organisation(t, "tsagaan-gol");
	h.run = run_test_run(t, h.organisation);
	h.editor = due_test_person(t, "editor@example.mn", "mn");
	due_test_role(t, h.editor, h.organisation, "editor");
	return h;
}

static struct due_list
list_of(const struct house *h, int64_t person, int64_t today)
{
	struct due_list list;

	assert_outcome(OK, due_list(h->test->db, &h->test->arena, person,
	    today, &list));
	return list;
}

/* How many things of a kind are due for the editor. */
static size_t
count_of(const struct house *h, enum due_kind kind, int64_t today)
{
	struct due_list list = list_of(h, h->editor, today);
	size_t count = 0;

	LIST_EACH (due, &list)
		count += due->kind == kind;
	return count;
}

static void
test_an_open_run_is_due_for_who_may_edit(void **state)
{
	static const struct {
		const char *role;
		size_t count;
	} cases[] = {
		{ "administrator", 1 }, { "editor", 1 }, { "rater", 0 },
		{ "viewer", 0 },
	};
	struct house h = house_make(*state);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t person = due_test_person(h.test, cases[i].role, "mn");

		assert_int_equal(0, list_of(&h, person, TODAY).count);
		due_test_role(h.test, person, h.organisation, cases[i].role);
		assert_int_equal(cases[i].count,
		    list_of(&h, person, TODAY).count);
	}
}

static void
test_a_due_thing_says_what_and_where_it_is(void **state)
{
	struct house h = house_make(*state);
	const struct due *due = list_of(&h, h.editor, TODAY).items;

	assert_int_equal(DUE_RUN, due->kind);
	assert_int_equal(h.organisation, due->organisation);
	assert_int_equal(h.run, due->id);
	assert_int_equal(1, due->number);
	assert_int_equal(2, due->stage);
	assert_int_equal(RUN_DAY + 40, due->day);
	assert_string_equal("tsagaan-gol", due->slug);
	assert_string_equal("Цагаан гол", due->name.text[LANGUAGE_MN]);
	assert_string_equal("", due->title);
}

static void
test_actions_are_due_within_thirty_days_until_they_are_kept(void **state)
{
	struct house h = house_make(*state);

	due_test_action(h.test, h.run, "Late", TODAY - 50, "open");
	due_test_action(h.test, h.run, "Near", TODAY + DUE_DAYS, "under-way");
	due_test_action(h.test, h.run, "Far", TODAY + DUE_DAYS + 1, "open");
	due_test_action(h.test, h.run, "Kept", TODAY, "kept");
	assert_int_equal(0, count_of(&h, DUE_ACTION, TODAY));
	due_test_stage(h.test, h.run, STAGE_PLAN);
	assert_int_equal(2, count_of(&h, DUE_ACTION, TODAY));
	due_test_stage(h.test, h.run, STAGE_MONITORING);
	assert_int_equal(2, count_of(&h, DUE_ACTION, TODAY));
	assert_int_equal(3, count_of(&h, DUE_ACTION, TODAY + 1));
	assert_int_equal(0, count_of(&h, DUE_RUN, TODAY));
}

static void
test_a_measurement_is_due_when_the_last_one_is_old(void **state)
{
	struct house h = house_make(*state);
	int64_t indicator = due_test_indicator(h.test, h.run, "Springs",
	    TODAY + 300);

	due_test_indicator(h.test, h.run, "Over", TODAY - 1);
	assert_int_equal(0, count_of(&h, DUE_MEASUREMENT, TODAY));
	due_test_stage(h.test, h.run, STAGE_MONITORING);
	assert_int_equal(1, count_of(&h, DUE_MEASUREMENT, TODAY));
	assert_outcome(OK, store_run(h.test, "INSERT INTO measurement"
	    " (indicator, day, value, note, created) VALUES ($1, $2, 300, '',"
	    " 1)", db_int(indicator), db_int(TODAY)));
	assert_int_equal(0, count_of(&h, DUE_MEASUREMENT, TODAY));
	assert_int_equal(0, count_of(&h, DUE_MEASUREMENT,
	    TODAY + MEASUREMENT_DAYS - 1));
	assert_int_equal(1, count_of(&h, DUE_MEASUREMENT,
	    TODAY + MEASUREMENT_DAYS));
}

static void
test_the_next_run_is_due_until_it_has_begun(void **state)
{
	struct house h = house_make(*state);

	due_test_stage(h.test, h.run, STAGE_MONITORING);
	due_test_next(h.test, h.run, TODAY + DUE_DAYS);
	assert_int_equal(0, count_of(&h, DUE_NEXT_RUN, TODAY - 1));
	assert_int_equal(1, count_of(&h, DUE_NEXT_RUN, TODAY));
	run_test_run(h.test, h.organisation);
	assert_int_equal(0, count_of(&h, DUE_NEXT_RUN, TODAY));
	assert_int_equal(1, count_of(&h, DUE_RUN, TODAY));
}

static void
test_all_kinds_stand_by_day(void **state)
{
	struct house h = house_make(*state);
	struct due_list list;
	int64_t next;

	due_test_action(h.test, h.run, "Second", TODAY + 9, "open");
	due_test_action(h.test, h.run, "First", TODAY - 3, "open");
	due_test_indicator(h.test, h.run, "Third", TODAY + 20);
	due_test_stage(h.test, h.run, STAGE_MONITORING);
	next = run_test_run(h.test, h.organisation);
	list = list_of(&h, h.editor, TODAY);
	assert_int_equal(4, list.count);
	assert_string_equal("First", list.items[0].title);
	assert_string_equal("Second", list.items[1].title);
	assert_string_equal("Third", list.items[2].title);
	assert_int_equal(next, list.items[3].id);
}

static void
test_only_own_organisations_are_looked_at(void **state)
{
	struct house h = house_make(*state);
	int64_t other = run_test_organisation(h.test, "goviin-salkhi");
	int64_t run = run_test_run(h.test, other);

	due_test_stage(h.test, run, STAGE_PLAN);
	due_test_action(h.test, run, "Theirs", TODAY, "open");
	assert_int_equal(1, list_of(&h, h.editor, TODAY).count);
	due_test_role(h.test, h.editor, other, "administrator");
	assert_int_equal(3, list_of(&h, h.editor, TODAY).count);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_an_open_run_is_due_for_who_may_edit),
		store_unit_test(test_a_due_thing_says_what_and_where_it_is),
		store_unit_test(
		    test_actions_are_due_within_thirty_days_until_they_are_kept),
		store_unit_test(
		    test_a_measurement_is_due_when_the_last_one_is_old),
		store_unit_test(test_the_next_run_is_due_until_it_has_begun),
		store_unit_test(test_all_kinds_stand_by_day),
		store_unit_test(test_only_own_organisations_are_looked_at),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("due_store", tests);
}
