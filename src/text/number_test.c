/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/number.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int
arena_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return 0;
}

static int
arena_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

#define NBSP "\u00a0"

static void
test_numbers_are_grouped_by_threes(void **state)
{
	static const struct {
		int64_t number;
		const char *shown;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ 999, "999" },
		{ 1000, "1,000" },
		{ 1234567, "1,234,567" },
		{ -20, "-20" },
		{ -100, "-100" },
		{ -100000, "-100,000" },
		{ INT64_MAX, "9,223,372,036,854,775,807" },
		{ INT64_MIN, "-9,223,372,036,854,775,808" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (enum language l = 0; l < LANGUAGES; l++)
			assert_string_equal(number_show(&arena, l,
			    cases[i].number), cases[i].shown);
}

static void
test_money_carries_its_sign_after_a_no_break_space(void **state)
{
	(void)state;
	assert_string_equal(money_show(&arena, LANGUAGE_MN, 700000),
	    "700,000" NBSP "₮");
	assert_string_equal(money_show(&arena, LANGUAGE_EN, -1234567),
	    "-1,234,567" NBSP "₮");
}

static void
test_sizes_are_shown_in_the_largest_unit_that_fits(void **state)
{
	static const struct {
		int64_t bytes;
		const char *mn, *en;
	} cases[] = {
		{ 0, "0" NBSP "Б", "0" NBSP "B" },
		{ 1023, "1,023" NBSP "Б", "1,023" NBSP "B" },
		{ 1024, "1" NBSP "КБ", "1" NBSP "KB" },
		{ 1535, "1" NBSP "КБ", "1" NBSP "KB" },
		{ 1536, "2" NBSP "КБ", "2" NBSP "KB" },
		{ 340 * 1024, "340" NBSP "КБ", "340" NBSP "KB" },
		/* rounding may reach the next unit */
		{ 1048575, "1" NBSP "МБ", "1" NBSP "MB" },
		{ 1048576, "1" NBSP "МБ", "1" NBSP "MB" },
		{ 3565158, "3.4" NBSP "МБ", "3.4" NBSP "MB" },
		{ 10 * 1048576, "10" NBSP "МБ", "10" NBSP "MB" },
		{ INT64_C(1073741823), "1" NBSP "ГБ", "1" NBSP "GB" },
		{ INT64_C(1610612736), "1.5" NBSP "ГБ", "1.5" NBSP "GB" },
		{ INT64_MAX, "8,388,608" NBSP "ТБ", "8,388,608" NBSP "TB" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(size_show(&arena, LANGUAGE_MN,
		    cases[i].bytes), cases[i].mn);
		assert_string_equal(size_show(&arena, LANGUAGE_EN,
		    cases[i].bytes), cases[i].en);
	}
}

static void
test_a_decimal_has_two_places_or_a_dash(void **state)
{
	static const struct {
		struct decimal decimal;
		const char *shown;
	} cases[] = {
		{ { true, 300 }, "3.00" },
		{ { true, 6464 }, "64.64" },
		{ { true, 7 }, "0.07" },
		{ { true, -50 }, "-0.50" },
		{ { true, 123450 }, "1234.50" },
		{ { true, INT64_MIN }, "-92233720368547758.08" },
		{ { false, 300 }, "–" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(decimal_show(&arena, cases[i].decimal),
		    cases[i].shown);
}

static void
test_numbers_are_read_as_people_type_them(void **state)
{
	static const struct {
		const char *typed;
		int64_t number;
	} cases[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "1234567", 1234567 },
		{ "1,234,567", 1234567 },
		{ "1 234 567", 1234567 },
		{ "1" NBSP "234" NBSP "567", 1234567 },
		{ "12\u202f345", 12345 },
		{ " \t 12,345 \n", 12345 },
		{ NBSP "45" NBSP, 45 },
		{ "-20", -20 },
		{ "−1,000", -1000 },
		{ "9223372036854775807", INT64_MAX },
		{ "-9,223,372,036,854,775,808", INT64_MIN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t number = -1;

		assert_int_equal(number_parse(cases[i].typed, INT64_MIN,
		    INT64_MAX, &number), OK);
		assert_int_equal(number, cases[i].number);
	}
}

static void
test_what_is_no_whole_number_is_refused(void **state)
{
	static const char *const typed[] = { "", " ", "-", "--1", "- 5", "+5",
		"ten", "5 wells", "1.5", "1,23", "1,2345", "1234,567",
		"1,234 567", "1,,234", ",123", "123,", "1,234,", "0x10", "1e3",
		"9223372036854775808", "-9223372036854775809",
		"99999999999999999999", "₮5", "٣" };
	int64_t number = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (number_parse(typed[i], INT64_MIN, INT64_MAX, &number) !=
		    INVALID)
			fail_msg("\"%s\" was read as a number", typed[i]);
	assert_int_equal(number, 42);
}

static void
test_a_number_outside_its_limits_is_refused(void **state)
{
	int64_t number = 42;

	(void)state;
	assert_int_equal(number_parse("9", 10, 20, &number), INVALID);
	assert_int_equal(number_parse("21", 10, 20, &number), INVALID);
	assert_int_equal(number, 42);
	assert_int_equal(number_parse("10", 10, 20, &number), OK);
	assert_int_equal(number_parse("20", 10, 20, &number), OK);
	assert_int_equal(number, 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_are_grouped_by_threes),
		cmocka_unit_test(
		    test_money_carries_its_sign_after_a_no_break_space),
		cmocka_unit_test(
		    test_sizes_are_shown_in_the_largest_unit_that_fits),
		cmocka_unit_test(test_a_decimal_has_two_places_or_a_dash),
		cmocka_unit_test(test_numbers_are_read_as_people_type_them),
		cmocka_unit_test(test_what_is_no_whole_number_is_refused),
		cmocka_unit_test(test_a_number_outside_its_limits_is_refused),
	};

	return cmocka_run_group_tests_name("number", tests, arena_up,
	    arena_down);
}
