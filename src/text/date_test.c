/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/date.h"

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

static int64_t
day(int year, int month, int of_month)
{
	return day_of_date((struct date){ year, month, of_month });
}

static void
test_a_day_is_shown_in_the_way_of_its_language(void **state)
{
	(void)state;
	assert_string_equal(day_show(&arena, LANGUAGE_MN, day(2026, 11, 23)),
	    "2026.11.23");
	assert_string_equal(day_show(&arena, LANGUAGE_MN, day(2027, 2, 5)),
	    "2027.02.05");
	assert_string_equal(day_show(&arena, LANGUAGE_EN, day(2026, 11, 23)),
	    "23 November 2026");
	assert_string_equal(day_show(&arena, LANGUAGE_EN, day(2027, 1, 5)),
	    "5 January 2027");
	assert_string_equal(day_show_iso(&arena, day(2027, 2, 5)),
	    "2027-02-05");
}

/* 2026-11-22 16:00 UTC is midnight of the 23rd in Ulaanbaatar. */
static void
test_an_instant_is_shown_in_ulaanbaatars_time(void **state)
{
	int64_t midnight = day_start(day(2026, 11, 23));
	int64_t hearing = midnight + (14 * 60 + 32) * 60 + 59;

	(void)state;
	assert_int_equal(midnight, 1795363200);
	assert_string_equal(date_show(&arena, LANGUAGE_MN, midnight - 1),
	    "2026.11.22");
	assert_string_equal(date_show(&arena, LANGUAGE_EN, midnight),
	    "23 November 2026");
	assert_string_equal(datetime_show(&arena, LANGUAGE_MN, hearing),
	    "2026.11.23 14:32");
	assert_string_equal(datetime_show(&arena, LANGUAGE_EN, midnight),
	    "23 November 2026, 00:00");
	assert_string_equal(datetime_show(&arena, LANGUAGE_MN, -1),
	    "1970.01.01 07:59");
}

static void
test_the_long_form_follows_the_vowels_of_the_number(void **state)
{
	static const struct {
		struct date date;
		const char *mn, *en;
	} cases[] = {
		{ { 2026, 11, 23 }, "2026 оны 11 дүгээр сарын 23-ны өдөр",
		    "Monday 23 November 2026" },
		{ { 2026, 1, 31 }, "2026 оны 1 дүгээр сарын 31-ний өдөр",
		    "Saturday 31 January 2026" },
		{ { 2026, 2, 15 }, "2026 оны 2 дугаар сарын 15-ны өдөр",
		    "Sunday 15 February 2026" },
		{ { 2026, 12, 14 }, "2026 оны 12 дугаар сарын 14-ний өдөр",
		    "Monday 14 December 2026" },
		{ { 2026, 4, 1 }, "2026 оны 4 дүгээр сарын 1-ний өдөр",
		    "Wednesday 1 April 2026" },
		{ { 2026, 9, 10 }, "2026 оны 9 дүгээр сарын 10-ны өдөр",
		    "Thursday 10 September 2026" },
		{ { 2026, 10, 29 }, "2026 оны 10 дугаар сарын 29-ний өдөр",
		    "Thursday 29 October 2026" },
		{ { 1924, 11, 26 }, "1924 оны 11 дүгээр сарын 26-ны өдөр",
		    "Wednesday 26 November 1924" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t shown = day_of_date(cases[i].date);

		assert_string_equal(day_show_long(&arena, LANGUAGE_MN, shown),
		    cases[i].mn);
		assert_string_equal(day_show_long(&arena, LANGUAGE_EN, shown),
		    cases[i].en);
	}
}

static void
test_a_month_is_shown_with_its_year(void **state)
{
	(void)state;
	assert_string_equal(month_show(&arena, LANGUAGE_MN, day(2026, 11, 30)),
	    "2026 оны 11 дүгээр сар");
	assert_string_equal(month_show(&arena, LANGUAGE_MN, day(2026, 3, 1)),
	    "2026 оны 3 дугаар сар");
	assert_string_equal(month_show(&arena, LANGUAGE_EN, day(2026, 12, 1)),
	    "December 2026");
}

static void
test_a_day_is_read_as_people_type_it(void **state)
{
	static const struct {
		const char *typed, *day;
	} cases[] = {
		{ "2026-11-23", "2026-11-23" },
		{ "2026.11.23", "2026-11-23" },
		{ "2026/11/23", "2026-11-23" },
		{ "2026.1.5", "2026-01-05" },
		{ "2026-01-5", "2026-01-05" },
		{ "23 11 2026", "2026-11-23" },
		{ " 5 1 2026\n", "2026-01-05" },
		{ "2028-02-29", "2028-02-29" },
		{ "0001-01-01", "0001-01-01" },
		{ "9999.12.31", "9999-12-31" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t read = 0;

		assert_int_equal(day_parse(cases[i].typed, &read), OK);
		assert_string_equal(day_show_iso(&arena, read), cases[i].day);
	}
}

static void
test_a_date_that_the_calendar_lacks_is_refused(void **state)
{
	static const char *const typed[] = { "2026-02-29", "2026-02-30",
		"2026-04-31", "2026-13-01", "2026-00-10", "2026-10-00",
		"0000-01-01", "2100-02-29", "31 11 2026", "2026.11.99" };
	int64_t read = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (day_parse(typed[i], &read) != INVALID)
			fail_msg("\"%s\" was read as a day", typed[i]);
	assert_int_equal(read, 42);
}

static void
test_what_is_no_date_is_refused(void **state)
{
	static const char *const typed[] = { "", " ", "2026", "2026-11",
		"2026-11-", "2026-11.23", "2026--11-23", "26-11-23",
		"23.11.2026", "23-11-2026", "2026 11 23", "2026-011-23",
		"2026-11-023", "12026-11-23", "2026-11-23x", "2026-11-23-",
		"2026,11,23", "20261123", "23 November 2026", "-2026-11-23",
		"2026-11-23T00:00", "99999999999-11-23" };
	int64_t read = 42;

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (day_parse(typed[i], &read) != INVALID)
			fail_msg("\"%s\" was read as a day", typed[i]);
	assert_int_equal(read, 42);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_a_day_is_shown_in_the_way_of_its_language),
		cmocka_unit_test(test_an_instant_is_shown_in_ulaanbaatars_time),
		cmocka_unit_test(
		    test_the_long_form_follows_the_vowels_of_the_number),
		cmocka_unit_test(test_a_month_is_shown_with_its_year),
		cmocka_unit_test(test_a_day_is_read_as_people_type_it),
		cmocka_unit_test(
		    test_a_date_that_the_calendar_lacks_is_refused),
		cmocka_unit_test(test_what_is_no_date_is_refused),
	};

	return cmocka_run_group_tests_name("date", tests, arena_up, arena_down);
}
