/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static void
test_known_dates_are_known_days(void **state)
{
	static const struct {
		struct date date;
		int64_t day;
	} cases[] = {
		{ { 1970, 1, 1 }, 0 },
		{ { 1969, 12, 31 }, -1 },
		{ { 2000, 2, 29 }, 11016 },
		{ { 2026, 2, 2 }, 20486 },
		{ { 1, 1, 1 }, -719162 },
		{ { 9999, 12, 31 }, 2932896 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct date back = date_of_day(cases[i].day);

		assert_int_equal(day_of_date(cases[i].date), cases[i].day);
		assert_int_equal(back.year, cases[i].date.year);
		assert_int_equal(back.month, cases[i].date.month);
		assert_int_equal(back.day, cases[i].date.day);
	}
}

/* The system's calendar is another way to the same dates. */
static void
test_every_day_of_four_centuries_agrees_with_the_system(void **state)
{
	const int64_t first = day_of_date((struct date){ 1800, 1, 1 });
	const int64_t last = day_of_date((struct date){ 2200, 1, 1 });

	(void)state;
	for (int64_t day = first; day < last; day++) {
		struct date date = date_of_day(day);
		time_t instant = (time_t)(day * DAY_SECONDS);
		struct tm utc;

		gmtime_r(&instant, &utc);
		assert_int_equal(date.year, utc.tm_year + 1900);
		assert_int_equal(date.month, utc.tm_mon + 1);
		assert_int_equal(date.day, utc.tm_mday);
		assert_int_equal(day_of_date(date), day);
	}
}

static void
test_dates_that_the_calendar_lacks_are_not_valid(void **state)
{
	static const struct {
		struct date date;
		bool valid;
	} cases[] = {
		{ { 2026, 2, 28 }, true }, { { 2026, 2, 29 }, false },
		{ { 2024, 2, 29 }, true }, { { 1900, 2, 29 }, false },
		{ { 2000, 2, 29 }, true }, { { 2026, 4, 31 }, false },
		{ { 2026, 12, 31 }, true }, { { 2026, 13, 1 }, false },
		{ { 2026, 0, 1 }, false }, { { 2026, 1, 0 }, false },
		{ { 2026, 1, 32 }, false }, { { 0, 1, 1 }, false },
		{ { 1, 1, 1 }, true }, { { 9999, 12, 31 }, true },
		{ { 10000, 1, 1 }, false }, { { -5, 1, 1 }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(date_is_valid(cases[i].date),
		    cases[i].valid);
}

static void
test_a_day_begins_at_midnight_in_ulaanbaatar(void **state)
{
	const int64_t midnight = 1769961600;	/* 2026-02-01T16:00Z */

	(void)state;
	assert_int_equal(day_of(midnight), 20486);
	assert_int_equal(day_of(midnight - 1), 20485);
	assert_int_equal(day_start(20486), midnight);
	assert_int_equal(day_of(-8 * 3600), 0);
	assert_int_equal(day_of(-8 * 3600 - 1), -1);
	for (int64_t day = -3; day < 3; day++)
		assert_int_equal(day_of(day_start(day)), day);
}

static void
test_the_measuring_clock_does_not_go_back(void **state)
{
	int64_t before = time_monotonic_ms();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t now = time_monotonic_ms();

		assert_true(now >= before);
		before = now;
	}
	assert_true(time_now() > 1700000000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_dates_are_known_days),
		cmocka_unit_test(
		    test_every_day_of_four_centuries_agrees_with_the_system),
		cmocka_unit_test(
		    test_dates_that_the_calendar_lacks_are_not_valid),
		cmocka_unit_test(test_a_day_begins_at_midnight_in_ulaanbaatar),
		cmocka_unit_test(test_the_measuring_clock_does_not_go_back),
	};

	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
