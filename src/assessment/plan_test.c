/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/plan.h"

#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The rules of actions, and figures as people type them. */

static struct action
board(void)
{
	return (struct action){ .id = 1, .due = 100, .first_due = 100,
		.moved_because = "", .state = "open" };
}

static void
test_a_plan_that_does_not_stand_changes_freely(void **state)
{
	struct action now = board(), new = now, changed;

	(void)state;
	new.due = 120;
	assert_int_equal(ACTION_FINE, action_check(&new, &now, false));
	changed = action_changed(&new, &now, false);
	assert_int_equal(120, changed.due);
	assert_int_equal(120, changed.first_due);
	assert_false(action_is_moved(&changed));
}

static void
test_a_plan_that_stands_moves_once_with_a_reason(void **state)
{
	struct action now = board(), new = now, changed;

	(void)state;
	new.due = 120;
	assert_int_equal(ACTION_REASON, action_check(&new, &now, true));
	new.moved_because = "snow";
	assert_int_equal(ACTION_FINE, action_check(&new, &now, true));
	changed = action_changed(&new, &now, true);
	assert_int_equal(100, changed.first_due);
	assert_true(action_is_moved(&changed));
	new = changed;
	new.due = 130;
	assert_int_equal(ACTION_MOVED_TWICE, action_check(&new, &changed,
	    true));
	new.due = changed.due;
	assert_int_equal(ACTION_FINE, action_check(&new, &changed, true));
}

static void
test_a_reason_without_a_move_is_not_kept(void **state)
{
	struct action now = board(), new = now, changed;

	(void)state;
	new.moved_because = "no move";
	changed = action_changed(&new, &now, true);
	assert_string_equal("", changed.moved_because);
}

static void
test_kinds_and_states_are_a_closed_list(void **state)
{
	(void)state;
	assert_string_equal("Keep doing", action_kind_words("keep"));
	assert_null(action_kind_words("overdue"));
	assert_string_equal("Needs help", action_state_words("needs-help"));
	assert_string_equal("help", action_state_tag("needs-help"));
	assert_null(action_state_words(""));
}

static void
test_figures_are_read_as_people_type_them(void **state)
{
	static const struct {
		const char *typed;
		int64_t hundredths;
	} cases[] = {
		{ "0", 0 }, { "12", 1200 }, { "12.5", 1250 },
		{ "12,25", 1225 }, { " 1 250.5 ", 125050 },
		{ "1250", 125000 }, { "-0.25", -25 },
		{ "\u2212" "3", -300 }, { "1 000 000", 100000000 },
		{ "1000000000000", HUNDREDTHS_MOST },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t got = 7;

		assert_int_equal(OK, hundredths_parse(cases[i].typed, &got));
		assert_int_equal(cases[i].hundredths, got);
	}
}

static void
test_what_is_no_figure_is_refused(void **state)
{
	static const char *const bad[] = { "", " ", "-", "1.", ".5", "1.234",
		"1.2.3", "12a", "1 25", "12 5000", "--1", "1e3", "0x10",
		"1000000000000.01", "99999999999999999999", "\u0661" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		int64_t got = 7;

		assert_int_equal(INVALID, hundredths_parse(bad[i], &got));
		assert_int_equal(7, got);
	}
}

static void
test_a_measurement_is_asked_for_after_a_quarter(void **state)
{
	(void)state;
	assert_false(measurement_is_due(1000, 1090));
	assert_true(measurement_is_due(1000, 1091));
}

static int64_t
day(int year, int month, int of_month)
{
	return day_of_date((struct date){ year, month, of_month });
}

static void
test_the_next_run_begins_a_year_after_the_last_period(void **state)
{
	(void)state;
	assert_int_equal(day(2027, 1, 1),
	    next_run_default(day(2025, 12, 31)));
	assert_int_equal(day(2029, 3, 1),
	    next_run_default(day(2028, 2, 29)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_plan_that_does_not_stand_changes_freely),
		cmocka_unit_test(
		    test_a_plan_that_stands_moves_once_with_a_reason),
		cmocka_unit_test(test_a_reason_without_a_move_is_not_kept),
		cmocka_unit_test(test_kinds_and_states_are_a_closed_list),
		cmocka_unit_test(test_figures_are_read_as_people_type_them),
		cmocka_unit_test(test_what_is_no_figure_is_refused),
		cmocka_unit_test(test_a_measurement_is_asked_for_after_a_quarter),
		cmocka_unit_test(
		    test_the_next_run_begins_a_year_after_the_last_period),
	};

	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
