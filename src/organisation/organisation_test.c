/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "organisation/organisation.h"

#include "base/time.h"

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
test_a_pledge_ends_two_years_on(void **state)
{
	(void)state;
	assert_int_equal(pledge_expiry(day(2026, 11, 23)), day(2028, 11, 23));
	assert_int_equal(pledge_expiry(day(2028, 2, 29)), day(2030, 2, 28));
	assert_int_equal(pledge_expiry(day(2026, 2, 28)), day(2028, 2, 28));
}

static void
test_a_registration_number_has_seven_digits(void **state)
{
	(void)state;
	assert_true(registration_is_valid("9012345"));
	assert_false(registration_is_valid("901234"));
	assert_false(registration_is_valid("90123456"));
	assert_false(registration_is_valid("90 2345"));
	assert_false(registration_is_valid(""));
}

static void
test_a_year_of_founding_is_neither_long_ago_nor_to_come(void **state)
{
	(void)state;
	assert_true(founded_is_valid(1900));
	assert_true(founded_is_valid(2011));
	assert_false(founded_is_valid(1899));
	assert_false(founded_is_valid(11));
	assert_false(founded_is_valid(9999));
}

static void
test_a_name_without_english_is_shown_in_mongolian(void **state)
{
	struct label both = organisation_name("Цагаан гол", "White River");
	struct label one = organisation_name("Цагаан гол", "");

	(void)state;
	assert_string_equal(both.text[LANGUAGE_EN], "White River");
	assert_string_equal(one.text[LANGUAGE_EN], "Цагаан гол");
	assert_string_equal(one.text[LANGUAGE_MN], "Цагаан гол");
}

static void
test_roles_are_read_as_they_are_written(void **state)
{
	(void)state;
	for (int i = ROLE_VIEWER; i <= ROLE_ADMINISTRATOR; i++) {
		enum organisation_role read = ROLE_NONE;

		assert_int_equal(role_parse(
		    role_name((enum organisation_role)i), &read), OK);
		assert_int_equal(read, i);
	}
	assert_int_equal(role_parse("owner", &(enum organisation_role){ 0 }),
	    NOT_FOUND);
	assert_int_equal(role_parse("", &(enum organisation_role){ 0 }),
	    NOT_FOUND);
}

static void
test_an_organisation_is_searched_by_all_its_names(void **state)
{
	const struct organisation o = { .name_mn = "Өвөр гол ТББ",
		.name_en = "Southern River NGO", .registration = "9012345" };
	const char *folded = organisation_fold(&arena, &o);

	(void)state;
	assert_non_null(strstr(folded, "ovorgol"));
	assert_non_null(strstr(folded, "river"));
	assert_non_null(strstr(folded, "9012345"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_pledge_ends_two_years_on),
		cmocka_unit_test(test_a_registration_number_has_seven_digits),
		cmocka_unit_test(
		    test_a_year_of_founding_is_neither_long_ago_nor_to_come),
		cmocka_unit_test(
		    test_a_name_without_english_is_shown_in_mongolian),
		cmocka_unit_test(test_roles_are_read_as_they_are_written),
		cmocka_unit_test(
		    test_an_organisation_is_searched_by_all_its_names),
	};

	return cmocka_run_group_tests_name("organisation", tests, arena_up,
	    arena_down);
}
