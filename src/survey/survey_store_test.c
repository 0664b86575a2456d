/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey_store.h"
#include "survey/tally_store.h"
#include "run_test.h"

#include <string.h>

/* Surveys in the database, on both engines. */

struct job {
	struct store_test *test;
	int64_t organisation, run;
	int64_t survey;
	const char *token, *invited, *once;
	struct survey_response response;
};

static const struct scale *
scale(void)
{
	return &library_instrument(LIBRARY_INSTRUMENT, LIBRARY_EDITION)->scale;
}

static enum outcome
open_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return survey_open(tx, &j->test->arena, j->organisation, j->run,
	    j->token, j->invited, RUN_NOW, &j->survey);
}

static enum outcome
close_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return survey_close(tx, &j->test->arena, j->organisation, j->run,
	    RUN_NOW + 1);
}

static enum outcome
respond_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return survey_response_add(tx, &j->test->arena, j->survey, scale(),
	    &j->response, j->once);
}

static struct survey_answer answers[] = {
	{ "1.2", { RATING_VALUE, 3 } }, { "3.1", { RATING_DONT_KNOW, 0 } },
};

static struct job
job_make(struct store_test *t)
{
	struct job j = { .test = t, .token = "abcdefghjkmn",
		.invited = "at three bagh meetings",
		.organisation = run_test_organisation(t, "tsagaan-gol") };

	j.run = run_test_run(t, j.organisation);
	assert_outcome(OK, store_write(t, open_write, &j));
	j.response = (struct survey_response){ .respondents = "members",
		.comment = "The well is shared", .day = RUN_DAY,
		.answers = { answers, 2 } };
	return j;
}

static void
test_a_survey_is_found_by_its_link(void **state)
{
	struct job j = job_make(*state);
	struct survey_run run;

	assert_outcome(OK, survey_find_by_token(j.test->db, &j.test->arena,
	    j.token, &run));
	assert_int_equal(j.survey, run.survey.id);
	assert_string_equal("tsagaan-gol", run.slug);
	assert_string_equal("board staff members", run.groups);
	assert_int_equal(2, run.stage);
	assert_int_equal(0, run.survey.closes);
	assert_outcome(NOT_FOUND, survey_find_by_token(j.test->db,
	    &j.test->arena, "abcdefghjkmp", &run));
}

static void
test_a_response_moves_the_sums_once(void **state)
{
	struct job j = job_make(*state);
	struct survey survey;
	struct tally_rows rows;

	j.once = "sent twice";
	assert_outcome(OK, store_write(j.test, respond_write, &j));
	assert_outcome(OK, store_write(j.test, respond_write, &j));
	j.once = NULL;
	assert_outcome(OK, store_write(j.test, respond_write, &j));
	assert_outcome(OK, survey_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, &survey));
	assert_int_equal(2, survey.responses);
	assert_outcome(OK, tally_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &rows));
	assert_int_equal(2, rows.count);
	assert_string_equal("1.2", rows.items[0].item);
	assert_string_equal("survey", rows.items[0].source);
	assert_string_equal("members", rows.items[0].respondents);
	assert_int_equal(2, rows.items[0].tally.n);
	assert_int_equal(6, rows.items[0].tally.sum);
	assert_int_equal(18, rows.items[0].tally.squares);
	assert_int_equal(2, rows.items[0].tally.levels[3]);
	assert_int_equal(2, rows.items[1].tally.dk);
	assert_outcome(OK, tally_list(j.test->db, &j.test->arena,
	    j.organisation + 1, j.run, &rows));
	assert_int_equal(0, rows.count);
}

static void
test_a_closed_survey_takes_nothing(void **state)
{
	struct job j = job_make(*state);
	struct survey survey;

	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, respond_write, &j));
	j.token = "another22222";
	j.invited = "by radio";
	assert_outcome(OK, store_write(j.test, open_write, &j));
	assert_outcome(OK, survey_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, &survey));
	assert_string_equal("abcdefghjkmn", survey.token);
	assert_string_equal("by radio", survey.invited);
	assert_outcome(OK, store_write(j.test, respond_write, &j));
}

static enum outcome
move_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return assessment_move(tx, &j->test->arena, j->organisation, j->run,
	    STAGE_ANALYSIS, RUN_NOW);
}

static void
test_a_survey_ends_with_stage_two(void **state)
{
	struct job j = job_make(*state);

	assert_outcome(OK, store_write(j.test, move_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, respond_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, open_write, &j));
	assert_outcome(OK, store_write(j.test, close_write, &j));
}

static void
test_a_group_that_is_not_asked_is_refused(void **state)
{
	static const char *const groups[] = { "partners", "", "member",
		"board staff" };
	struct job j = job_make(*state);

	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		j.response.respondents = groups[i];
		assert_outcome(INVALID, store_write(j.test, respond_write,
		    &j));
	}
	assert_int_equal(0, store_int(j.test, "SELECT COUNT(*) FROM"
	    " survey_response WHERE $1 = 1", db_int(1)));
}

static void
test_an_empty_response_is_refused(void **state)
{
	struct job j = job_make(*state);

	j.response.answers.count = 0;
	j.response.comment = "";
	assert_outcome(INVALID, store_write(j.test, respond_write, &j));
}

static void
test_comments_are_listed_for_the_team(void **state)
{
	struct job j = job_make(*state);
	struct survey_comments comments;

	assert_outcome(OK, store_write(j.test, respond_write, &j));
	j.response.comment = "";
	assert_outcome(OK, store_write(j.test, respond_write, &j));
	assert_outcome(OK, survey_comment_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &comments));
	assert_int_equal(1, comments.count);
	assert_string_equal("The well is shared", comments.items[0].comment);
}

static void
test_no_survey_is_opened_for_another_organisation(void **state)
{
	struct job j = job_make(*state);

	j.organisation = run_test_organisation(j.test, "khukh-tal");
	assert_outcome(NOT_FOUND, store_write(j.test, open_write, &j));
	assert_outcome(NOT_FOUND, store_write(j.test, close_write, &j));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_survey_is_found_by_its_link),
		store_unit_test(test_a_response_moves_the_sums_once),
		store_unit_test(test_a_closed_survey_takes_nothing),
		store_unit_test(test_a_survey_ends_with_stage_two),
		store_unit_test(test_a_group_that_is_not_asked_is_refused),
		store_unit_test(test_an_empty_response_is_refused),
		store_unit_test(test_comments_are_listed_for_the_team),
		store_unit_test(
		    test_no_survey_is_opened_for_another_organisation),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("survey_store", tests);
}
