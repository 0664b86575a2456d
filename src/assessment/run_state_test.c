/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/evidence_store.h"
#include "assessment/run_state.h"
#include "run_test.h"

#include <string.h>

/* How far a run is, item by item. */

struct job {
	struct store_test *test;
	int64_t organisation, id;
	struct run run;
	struct rater_new rater;
	struct rating_new rating;
	struct agreed agreed;
};

static struct job
job_make(struct store_test *t)
{
	struct job j = { .test = t,
		.organisation = run_test_organisation(t, "tsagaan-gol") };
	struct assessment row;

	j.id = run_test_run(t, j.organisation);
	assert_outcome(OK, assessment_find_id(t->db, &t->arena,
	    j.organisation, j.id, &row));
	assert_outcome(OK, run_complete(&t->arena, &row, &j.run));
	j.rater = (struct rater_new){ .assessment = j.id,
		.respondents = "staff", .now = RUN_NOW };
	return j;
}

static enum outcome
rate_write(struct tx *tx, void *arg)
{
	struct job *j = arg;
	enum outcome got = rater_add(tx, &j->test->arena, j->organisation,
	    &j->rater, &j->rating.rater);

	return got == OK ? rating_put(tx, &j->test->arena, &j->rating) : got;
}

static void
rate(struct job *j, const struct item *item, int value)
{
	j->rating = (struct rating_new){ .item = item->id,
		.answer = { RATING_VALUE, value }, .now = RUN_NOW,
		.scale = &j->run.instrument->scale };
	assert_outcome(OK, store_write(j->test, rate_write, j));
}

static enum outcome
agree_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;
	const struct authored by = { .now = RUN_NOW };

	return agreed_put(tx, &j->test->arena, j->organisation, j->id,
	    &j->agreed, &by);
}

static void
agree(struct job *j, const struct item *item, struct rating answer)
{
	j->agreed = (struct agreed){ .item = item->id, .answer = answer,
		.rationale = "" };
	assert_outcome(OK, store_write(j->test, agree_write, j));
}

static struct progress
progress(struct job *j, const struct dimension *dimension,
    int64_t *minutes_out)
{
	struct run_state state;

	assert_outcome(OK, run_state_load(j->test->db, &j->test->arena,
	    &j->run, &state));
	*minutes_out = run_state_minutes_left(&state);
	return run_state_progress(&j->run, &state, dimension);
}

static void
test_a_new_run_has_all_items_of_its_track_before_it(void **state)
{
	struct job j = job_make(*state);
	int64_t minutes;
	struct progress p = progress(&j, NULL, &minutes);

	assert_int_equal(j.run.items.count, p.items);
	assert_int_equal(20, p.items);
	assert_int_equal(0, p.agreed + p.rated + p.wanting);
	assert_int_equal(run_minutes(&j.run), minutes);
}

static void
test_ratings_above_the_evidence_want_some(void **state)
{
	struct job j = job_make(*state);
	const struct item *item = j.run.items.items[0];
	int64_t minutes;
	struct progress p;

	rate(&j, item, 1);
	p = progress(&j, NULL, &minutes);
	assert_int_equal(1, p.rated);
	assert_int_equal(0, p.wanting);
	rate(&j, item, 2);
	assert_int_equal(1, progress(&j, NULL, &minutes).wanting);
	agree(&j, item, (struct rating){ RATING_VALUE, 1 });
	p = progress(&j, NULL, &minutes);
	assert_int_equal(0, p.wanting);
	assert_int_equal(1, p.agreed);
	assert_int_equal(run_minutes(&j.run) - item->minutes, minutes);
}

static void
test_progress_is_counted_by_principle(void **state)
{
	struct job j = job_make(*state);
	const struct item *item = j.run.items.items[0];
	const struct dimensions *all = &j.run.instrument->dimensions;
	int64_t minutes;
	struct progress p;

	agree(&j, item, (struct rating){ RATING_NOT_APPLICABLE, 0 });
	p = progress(&j, &all->items[item->dimension], &minutes);
	assert_int_equal(1, p.agreed);
	assert_int_equal(1, p.not_applicable);
	p = progress(&j, &all->items[item->dimension + 1], &minutes);
	assert_int_equal(0, p.agreed);
	assert_true(p.items > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(
		    test_a_new_run_has_all_items_of_its_track_before_it),
		store_unit_test(test_ratings_above_the_evidence_want_some),
		store_unit_test(test_progress_is_counted_by_principle),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("run_state", tests);
}
