/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_draw.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* Levels that are drawn have the mean that was asked for. */

static void
test_the_same_name_gives_the_same_numbers(void **state)
{
	struct demo_draw one = demo_draw_begin("wells");
	struct demo_draw same = demo_draw_begin("wells");
	struct demo_draw other = demo_draw_begin("hearings");
	int differ = 0;

	(void)state;
	for (int i = 0; i < 100; i++) {
		int64_t drawn = demo_draw(&one, 1000);

		assert_int_equal(drawn, demo_draw(&same, 1000));
		differ += drawn != demo_draw(&other, 1000);
	}
	assert_true(differ > 90);
}

static void
test_levels_have_the_mean_that_was_asked_for(void **state)
{
	static const struct {
		int tenths;
		size_t count;
	} cases[] = { { 25, 7 }, { 0, 5 }, { 40, 8 }, { 14, 2 }, { 33, 3 },
		{ 12, 5 }, { 20, 1 } };
	struct demo_draw draw = demo_draw_begin("wells");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int wanted = (cases[i].tenths * (int)cases[i].count + 5) / 10;
		int levels[8], sum = 0;

		demo_draw_levels(&draw, cases[i].tenths, 4, levels,
		    cases[i].count);
		for (size_t k = 0; k < cases[i].count; k++) {
			assert_in_range(levels[k], 0, 4);
			sum += levels[k];
		}
		assert_int_equal(sum, wanted);
	}
}

static void
test_drawn_levels_fall_around_their_tenths(void **state)
{
	struct demo_draw draw = demo_draw_begin("hearings");
	int64_t sum = 0;

	(void)state;
	for (int i = 0; i < 10000; i++)
		sum += demo_draw_level(&draw, 23, 4);
	assert_in_range(sum, 22700, 23300);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_same_name_gives_the_same_numbers),
		cmocka_unit_test(test_levels_have_the_mean_that_was_asked_for),
		cmocka_unit_test(test_drawn_levels_fall_around_their_tenths),
	};

	return cmocka_run_group_tests_name("demo_draw", tests, NULL, NULL);
}
