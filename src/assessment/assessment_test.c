/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment.h"
#include "assessment/team.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The rules of runs. */

static void
test_stages_follow_one_another_and_collecting_opens_again(void **state)
{
	(void)state;
	for (int from = STAGE_GOALS; from <= STAGE_MONITORING; from++)
		for (int to = 0; to <= STAGE_MONITORING + 1; to++) {
			bool next = to == from + 1 && to <= STAGE_MONITORING;
			bool back = from == STAGE_ANALYSIS &&
			    to == STAGE_COLLECTING;

			assert_int_equal(next || back,
			    assessment_may_move(from, to));
		}
}

static void
test_each_stage_allows_its_own_work(void **state)
{
	static const struct {
		enum assessment_work work;
		const char *stages;	/* 1..5: y or n */
	} cases[] = {
		{ WORK_SETUP, "yynnn" }, { WORK_COLLECT, "nynnn" },
		{ WORK_ANALYSE, "nnynn" }, { WORK_PLAN, "nnyyy" },
		{ WORK_MONITOR, "nnnyy" }, { WORK_PUBLISH, "nnnyy" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int stage = 1; stage <= 5; stage++)
			assert_int_equal(cases[i].stages[stage - 1] == 'y',
			    assessment_allows(stage, cases[i].work));
}

static void
test_a_setup_is_checked_as_a_whole(void **state)
{
	const struct assessment_setup good = { .track = "short",
		.groups = "board staff", .period_from = 100,
		.period_to = 200, .target = 230 };
	struct assessment_setup setup = good;
	struct assessment now = { .stage = STAGE_COLLECTING,
		.track = "full" };

	(void)state;
	assert_int_equal(SETUP_FINE, assessment_setup_check(&setup, NULL));
	setup.period_to = 99;
	assert_int_equal(SETUP_PERIOD, assessment_setup_check(&setup, NULL));
	setup = good;
	setup.target = 199;
	assert_int_equal(SETUP_TARGET, assessment_setup_check(&setup, NULL));
	setup = good;
	setup.groups = "";
	assert_int_equal(SETUP_GROUPS, assessment_setup_check(&setup, NULL));
	setup = good;
	assert_int_equal(SETUP_TRACK, assessment_setup_check(&setup, &now));
	now.stage = STAGE_GOALS;
	assert_int_equal(SETUP_FINE, assessment_setup_check(&setup, &now));
	now = (struct assessment){ .stage = STAGE_COLLECTING,
		.track = "short" };
	setup.track = "full";
	assert_int_equal(SETUP_FINE, assessment_setup_check(&setup, &now));
}

static void
test_an_id_is_found_among_others_only_whole(void **state)
{
	(void)state;
	assert_true(ids_have("board staff members", "board"));
	assert_true(ids_have("board staff members", "staff"));
	assert_true(ids_have("board staff members", "members"));
	assert_false(ids_have("board staff members", "member"));
	assert_false(ids_have("board staff members", "taff"));
	assert_false(ids_have("", "board"));
	assert_false(ids_have("board", ""));
}

static void
test_ids_are_split_at_blanks(void **state)
{
	struct arena a;
	struct id_list list;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	list = ids_split(&a, "  board  staff ");
	assert_int_equal(2, list.count);
	assert_string_equal("board", list.items[0]);
	assert_string_equal("staff", list.items[1]);
	assert_int_equal(0, ids_split(&a, "").count);
	arena_done(&a);
}

static void
test_a_code_has_no_letters_that_look_alike(void **state)
{
	uint8_t random[32];
	char code[RATER_CODE_SIZE];

	(void)state;
	for (int seed = 0; seed < 256; seed++)
		for (unsigned i = 0; i < RATER_CODE_ATTEMPTS; i++) {
			memset(random, seed, sizeof(random));
			random[i * 3 + 1] = (uint8_t)(seed * 7);
			rater_code_make(random, i, code);
			assert_int_equal(5, strlen(code));
			assert_int_equal('-', code[2]);
			assert_int_equal(5, strcspn(code, "0O1IL2Z5S6G8BUVQ"));
		}
}

static void
test_the_next_attempt_makes_another_code(void **state)
{
	uint8_t random[32];
	char one[RATER_CODE_SIZE], other[RATER_CODE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(random); i++)
		random[i] = (uint8_t)(i * 37);
	rater_code_make(random, 0, one);
	rater_code_make(random, 1, other);
	assert_string_not_equal(one, other);
	rater_code_make(random, 0, other);
	assert_string_equal(one, other);
}

static void
test_a_link_is_the_same_for_a_form_sent_twice_only(void **state)
{
	char one[LINK_TOKEN_SIZE], other[LINK_TOKEN_SIZE];

	(void)state;
	link_token_make("0123abcd", 1, one);
	link_token_make("0123abcd", 1, other);
	assert_string_equal(one, other);
	assert_int_equal(22, strlen(one));
	link_token_make("0123abcd", 2, other);
	assert_string_not_equal(one, other);
	link_token_make("0123abce", 1, other);
	assert_string_not_equal(one, other);
}

static void
test_small_numbers_hide_means_and_distributions(void **state)
{
	(void)state;
	assert_false(shows_mean(0));
	assert_false(shows_mean(1));
	assert_true(shows_mean(2));
	assert_false(shows_distribution(4));
	assert_true(shows_distribution(5));
}

static void
test_the_status_of_a_principle_follows_its_items(void **state)
{
	static const struct {
		struct progress progress;
		enum progress_status status;
	} cases[] = {
		{ { .items = 3 }, PROGRESS_NOT_STARTED },
		{ { .items = 3, .rated = 1 }, PROGRESS_UNDER_WAY },
		{ { .items = 3, .agreed = 1 }, PROGRESS_UNDER_WAY },
		{ { .items = 3, .agreed = 2, .wanting = 1 },
		    PROGRESS_NEEDS_EVIDENCE },
		{ { .items = 3, .agreed = 3 }, PROGRESS_DONE },
		{ { .items = 3, .agreed = 3, .not_applicable = 2 },
		    PROGRESS_DONE },
		{ { .items = 3, .agreed = 3, .not_applicable = 3 },
		    PROGRESS_NOT_APPLICABLE },
		{ { .items = 0 }, PROGRESS_NOT_STARTED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(cases[i].status,
		    progress_status(&cases[i].progress));
}

static void
test_a_team_is_read_line_by_line(void **state)
{
	struct arena a;
	struct team_list team;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	assert_int_equal(OK, team_parse(&a,
	    "Б. Сарнай, ярилцлага\n\n  ,Д. Бат \n, ,\nА. Туяа, нягтлан, санхүү",
	    &team));
	assert_int_equal(3, team.count);
	assert_string_equal("Б. Сарнай", team.items[0].name);
	assert_string_equal("ярилцлага", team.items[0].duty);
	assert_string_equal("Д. Бат", team.items[1].name);
	assert_string_equal("", team.items[1].duty);
	assert_string_equal("нягтлан, санхүү", team.items[2].duty);
	assert_string_equal(
	    "Б. Сарнай, ярилцлага\nД. Бат\nА. Туяа, нягтлан, санхүү",
	    team_print(&a, &team));
	arena_done(&a);
}

static void
test_a_team_that_is_too_large_is_refused(void **state)
{
	char text[TEAM_MOST * 4 + 8] = "", *end = text;
	char line[TEAM_NAME_MOST + 3];
	struct team_list team;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (int i = 0; i < TEAM_MOST; i++)
		end = stpcpy(end, "Б\n");
	assert_int_equal(OK, team_parse(&a, text, &team));
	assert_int_equal(TEAM_MOST, team.count);
	strcpy(end, "Д");
	assert_int_equal(INVALID, team_parse(&a, text, &team));
	memset(line, 'a', sizeof(line));
	line[TEAM_NAME_MOST] = '\0';
	assert_int_equal(OK, team_parse(&a, line, &team));
	line[TEAM_NAME_MOST] = 'a';
	line[TEAM_NAME_MOST + 1] = '\0';
	assert_int_equal(INVALID, team_parse(&a, line, &team));
	arena_done(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_stages_follow_one_another_and_collecting_opens_again),
		cmocka_unit_test(test_each_stage_allows_its_own_work),
		cmocka_unit_test(test_a_setup_is_checked_as_a_whole),
		cmocka_unit_test(test_an_id_is_found_among_others_only_whole),
		cmocka_unit_test(test_ids_are_split_at_blanks),
		cmocka_unit_test(test_a_code_has_no_letters_that_look_alike),
		cmocka_unit_test(test_the_next_attempt_makes_another_code),
		cmocka_unit_test(
		    test_a_link_is_the_same_for_a_form_sent_twice_only),
		cmocka_unit_test(
		    test_small_numbers_hide_means_and_distributions),
		cmocka_unit_test(
		    test_the_status_of_a_principle_follows_its_items),
		cmocka_unit_test(test_a_team_is_read_line_by_line),
		cmocka_unit_test(test_a_team_that_is_too_large_is_refused),
	};

	return cmocka_run_group_tests_name("assessment", tests, NULL, NULL);
}
