/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/answer.h"
#include "survey/survey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Answers as they are sent, and links of surveys. */

static const struct scale scale = { .min = 0, .max = 4, .step = 1 };

static void
test_answers_of_the_scale_are_read(void **state)
{
	static const struct {
		const char *text;
		enum rating_kind kind;
		int value;
	} cases[] = {
		{ "0", RATING_VALUE, 0 }, { "4", RATING_VALUE, 4 },
		{ "na", RATING_NOT_APPLICABLE, 0 },
		{ "dk", RATING_DONT_KNOW, 0 },
	};
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct rating got = { RATING_VALUE, 99 };

		assert_int_equal(OK, answer_parse(&scale, cases[i].text,
		    &got));
		assert_int_equal(cases[i].kind, got.kind);
		assert_int_equal(cases[i].value, got.value);
		assert_string_equal(cases[i].text, answer_text(&a, got));
		assert_true(answer_same(got, answer_of_columns(
		    answer_column(got.kind), got.value)));
	}
	arena_done(&a);
}

static void
test_what_the_scale_lacks_is_refused(void **state)
{
	static const char *const texts[] = { "", "5", "-1", "+1", "01", " 1",
		"1 ", "1.5", "NA", "nan", "4294967296", "-0", "९" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct rating got = { RATING_VALUE, 99 };

		assert_int_equal(INVALID, answer_parse(&scale, texts[i],
		    &got));
		assert_int_equal(99, got.value);
	}
}

static void
test_values_below_zero_are_read_where_the_scale_has_them(void **state)
{
	static const struct scale wide = { .min = -100, .max = 100,
		.step = 50 };
	struct rating got;

	(void)state;
	assert_int_equal(OK, answer_parse(&wide, "-50", &got));
	assert_int_equal(-50, got.value);
	assert_int_equal(INVALID, answer_parse(&wide, "-51", &got));
}

static void
test_does_not_apply_and_dont_know_are_not_the_same(void **state)
{
	const struct rating na = { RATING_NOT_APPLICABLE, 0 };
	const struct rating dk = { RATING_DONT_KNOW, 0 };
	const struct rating zero = { RATING_VALUE, 0 };
	const struct rating one = { RATING_VALUE, 1 };

	(void)state;
	assert_false(answer_same(na, dk));
	assert_false(answer_same(na, zero));
	assert_false(answer_same(zero, one));
	assert_true(answer_same(na, na));
}

static void
test_a_token_can_be_typed_from_a_poster(void **state)
{
	char token[SURVEY_TOKEN_SIZE], again[SURVEY_TOKEN_SIZE];

	(void)state;
	survey_token_make("a1b2", token);
	survey_token_make("a1b2", again);
	assert_string_equal(token, again);
	assert_int_equal(12, strlen(token));
	assert_int_equal(12, strcspn(token, "o0l1iuvA"));
	assert_true(survey_token_is_valid(token));
	survey_token_make("a1b3", again);
	assert_string_not_equal(token, again);
	token[11] = '\0';
	assert_false(survey_token_is_valid(token));
	assert_false(survey_token_is_valid("abcdefghjkm!"));
	assert_false(survey_token_is_valid("abcdefghjkmnp"));
}

static void
test_the_time_that_a_survey_takes_is_rounded_up(void **state)
{
	static const int64_t cases[][2] = { { 0, 0 }, { 1, 1 }, { 6, 1 },
		{ 7, 2 }, { 19, 4 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(cases[i][1], survey_minutes(cases[i][0]));
}

static void
test_an_empty_response_says_nothing(void **state)
{
	struct survey_answer answer = { "1.2", { RATING_DONT_KNOW, 0 } };
	struct survey_response response = { .comment = "" };

	(void)state;
	assert_false(survey_response_says_something(&response));
	response.comment = "The well is dry";
	assert_true(survey_response_says_something(&response));
	response.comment = "";
	response.answers = (struct survey_answers){ &answer, 1 };
	assert_true(survey_response_says_something(&response));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers_of_the_scale_are_read),
		cmocka_unit_test(test_what_the_scale_lacks_is_refused),
		cmocka_unit_test(
		    test_values_below_zero_are_read_where_the_scale_has_them),
		cmocka_unit_test(
		    test_does_not_apply_and_dont_know_are_not_the_same),
		cmocka_unit_test(test_a_token_can_be_typed_from_a_poster),
		cmocka_unit_test(
		    test_the_time_that_a_survey_takes_is_rounded_up),
		cmocka_unit_test(test_an_empty_response_says_nothing),
	};

	return cmocka_run_group_tests_name("survey", tests, NULL, NULL);
}
