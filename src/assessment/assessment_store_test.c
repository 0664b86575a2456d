/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment_store.h"
#include "run_test.h"

#include <string.h>

/* Runs in the database, on both engines. */

struct change {
	struct store_test *test;
	int64_t organisation, id, version;
	struct assessment_setup setup;
	int to;
};

static enum outcome
change_write(struct tx *tx, void *arg)
{
	const struct change *c = arg;

	return assessment_change(tx, &c->test->arena, c->organisation, c->id,
	    c->version, &c->setup, RUN_NOW);
}

static enum outcome
move_write(struct tx *tx, void *arg)
{
	const struct change *c = arg;

	return assessment_move(tx, &c->test->arena, c->organisation, c->id,
	    c->to, RUN_NOW + c->to);
}

static void
move(struct store_test *t, int64_t organisation, int64_t id, int to)
{
	struct change c = { .test = t, .organisation = organisation,
		.id = id, .to = to };

	assert_outcome(OK, store_write(t, move_write, &c));
}

static int64_t
add(struct store_test *t, int64_t organisation, const char *once)
{
	struct run_test_add a = { .test = t, .organisation = organisation,
		.setup = run_test_setup(),
		.by = { .now = RUN_NOW, .once = once } };
	struct weight weights[] = { { "governance", 2 } };
	struct team_member team[] = { { 0, "Б. Сарнай", "ярилцлага" } };

	a.setup.weights = (struct weight_list){ weights, 1 };
	a.setup.team = (struct team_list){ team, 1 };
	assert_outcome(OK, store_write(t, run_test_add_write, &a));
	return a.id;
}

static void
test_a_run_is_found_as_it_was_set_up(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	int64_t id = add(t, organisation, "a");
	struct weight_list weights;
	struct assessment run;
	struct team_list team;

	assert_outcome(OK, assessment_find(t->db, &t->arena, organisation, 1,
	    &run));
	assert_int_equal(id, run.id);
	assert_int_equal(STAGE_GOALS, run.stage);
	assert_string_equal("short", run.track);
	assert_string_equal("board staff members", run.groups);
	assert_int_equal(RUN_DAY, run.period_to);
	assert_int_equal(0, run.previous);
	assert_int_equal(1, run.version);
	assert_outcome(OK, weight_list(t->db, &t->arena, organisation, id,
	    &weights));
	assert_int_equal(1, weights.count);
	assert_int_equal(2, weights.items[0].weight);
	assert_outcome(OK, team_list(t->db, &t->arena, organisation, id,
	    &team));
	assert_int_equal(1, team.count);
	assert_string_equal("Б. Сарнай", team.items[0].name);
}

static void
test_a_form_sent_twice_makes_one_run(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	int64_t first = add(t, organisation, "same");

	assert_int_equal(first, add(t, organisation, "same"));
	assert_int_not_equal(first, add(t, organisation, "another"));
	assert_int_equal(2, store_int(t, "SELECT COUNT(*) FROM assessment"
	    " WHERE $1 = 1", db_int(1)));
	assert_int_equal(2, store_int(t, "SELECT COUNT(*) FROM"
	    " assessment_team WHERE $1 = 1", db_int(1)));
}

static void
test_the_token_of_another_organisation_finds_nothing(void **state)
{
	struct store_test *t = *state;
	int64_t one = run_test_organisation(t, "tsagaan-gol");
	struct run_test_add other = { .test = t,
		.organisation = run_test_organisation(t, "khukh-tal"),
		.setup = run_test_setup(),
		.by = { .now = RUN_NOW, .once = "same" } };

	add(t, one, "same");
	assert_outcome(CONFLICT, store_write(t, run_test_add_write, &other));
}

static void
test_a_run_of_another_organisation_is_not_found(void **state)
{
	struct store_test *t = *state;
	int64_t one = run_test_organisation(t, "tsagaan-gol");
	int64_t other = run_test_organisation(t, "khukh-tal");
	struct change c = { .test = t, .organisation = other,
		.id = add(t, one, "a"), .version = 1,
		.setup = run_test_setup(), .to = STAGE_COLLECTING };
	struct weight_list weights;
	struct assessment run;

	assert_outcome(NOT_FOUND, assessment_find(t->db, &t->arena, other, 1,
	    &run));
	assert_outcome(NOT_FOUND, assessment_find_id(t->db, &t->arena, other,
	    c.id, &run));
	assert_outcome(NOT_FOUND, store_write(t, change_write, &c));
	assert_outcome(NOT_FOUND, store_write(t, move_write, &c));
	assert_outcome(OK, weight_list(t->db, &t->arena, other, c.id,
	    &weights));
	assert_int_equal(0, weights.count);
}

static void
test_a_new_run_is_compared_with_the_last_that_was_analysed(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	int64_t first = add(t, organisation, "a"), third;
	struct assessment run;

	for (int to = STAGE_COLLECTING; to <= STAGE_PLAN; to++)
		move(t, organisation, first, to);
	add(t, organisation, "b"); /* never analysed */
	third = add(t, organisation, "c");
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    third, &run));
	assert_int_equal(3, run.number);
	assert_int_equal(first, run.previous);
}

static void
test_stages_remember_when_they_were_closed(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	struct change c = { .test = t, .organisation = organisation,
		.id = add(t, organisation, "a"), .to = STAGE_ANALYSIS };
	struct assessment run;

	assert_outcome(CONFLICT, store_write(t, move_write, &c));
	move(t, organisation, c.id, STAGE_COLLECTING);
	move(t, organisation, c.id, STAGE_ANALYSIS);
	assert_outcome(CONFLICT, store_write(t, move_write, &c));
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    c.id, &run));
	assert_int_equal(RUN_NOW + STAGE_ANALYSIS, run.collected);
	assert_int_equal(0, run.analysed);
	move(t, organisation, c.id, STAGE_COLLECTING);
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    c.id, &run));
	assert_int_equal(0, run.collected);
	move(t, organisation, c.id, STAGE_ANALYSIS);
	move(t, organisation, c.id, STAGE_PLAN);
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    c.id, &run));
	assert_int_equal(RUN_NOW + STAGE_PLAN, run.analysed);
}

static void
test_the_second_of_two_editors_gets_a_conflict(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	struct change c = { .test = t, .organisation = organisation,
		.id = add(t, organisation, "a"), .version = 1,
		.setup = run_test_setup() };
	struct assessment run;

	c.setup.scope = "one branch";
	assert_outcome(OK, store_write(t, change_write, &c));
	c.setup.scope = "two branches";
	assert_outcome(CONFLICT, store_write(t, change_write, &c));
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    c.id, &run));
	assert_string_equal("one branch", run.scope);
	assert_int_equal(2, run.version);
}

static void
test_goals_are_fixed_after_collecting(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	struct change c = { .test = t, .organisation = organisation,
		.id = add(t, organisation, "a"), .version = 3,
		.setup = run_test_setup() };

	move(t, organisation, c.id, STAGE_COLLECTING);
	move(t, organisation, c.id, STAGE_ANALYSIS);
	assert_outcome(CONFLICT, store_write(t, change_write, &c));
}

static void
test_a_group_with_answers_is_not_left_out(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	struct change c = { .test = t, .organisation = organisation,
		.id = add(t, organisation, "a"), .version = 1,
		.setup = run_test_setup() };

	assert_outcome(OK, store_run(t, "INSERT INTO rater (assessment, code,"
	    " token_hash, respondents, created)"
	    " VALUES ($1, 'K4-7M', $2, 'staff', 1)", db_int(c.id),
	    db_blob("0123", 4)));
	c.setup.groups = "board members";
	assert_outcome(INVALID, store_write(t, change_write, &c));
	c.setup.groups = "staff";
	assert_outcome(OK, store_write(t, change_write, &c));
}

static void
test_lists_hold_published_runs_or_all(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	int64_t first = add(t, organisation, "a");
	struct assessment_rows rows;

	add(t, organisation, "b");
	for (int i = 1; i <= 2; i++)
		assert_outcome(OK, store_run(t, "INSERT INTO report"
		    " (assessment, revision, detail, document, hash, reason,"
		    " published) VALUES ($1, $2, 'full', $3, $4, '', $5)",
		    db_int(first), db_int(i), db_json("{}"),
		    db_blob("0123", 4), db_int(RUN_NOW + i)));
	assert_outcome(OK, assessment_list(t->db, &t->arena, organisation,
	    false, &rows));
	assert_int_equal(2, rows.count);
	assert_int_equal(2, rows.items[0].run.number);
	assert_int_equal(0, rows.items[0].revision);
	assert_outcome(OK, assessment_list(t->db, &t->arena, organisation,
	    true, &rows));
	assert_int_equal(1, rows.count);
	assert_int_equal(first, rows.items[0].run.id);
	assert_int_equal(2, rows.items[0].revision);
	assert_int_equal(RUN_NOW + 2, rows.items[0].published);
}

static void
test_the_coalition_sees_how_far_the_latest_runs_are(void **state)
{
	struct store_test *t = *state;
	int64_t one = run_test_organisation(t, "tsagaan-gol");
	int64_t other = run_test_organisation(t, "khukh-tal");
	struct progress_rows rows;
	int64_t latest;

	add(t, one, "a");
	latest = add(t, one, "b");
	add(t, other, "c");
	move(t, one, latest, STAGE_COLLECTING);
	assert_outcome(OK, store_run(t, "INSERT INTO agreed (assessment, item,"
	    " answer, value, rationale, changed, version)"
	    " VALUES ($1, '1.2', 'value', 1, '', 1, 1)", db_int(latest)));
	assert_outcome(OK, progress_list(t->db, &t->arena, 0, &rows));
	assert_int_equal(2, rows.count);
	assert_int_equal(latest, rows.items[0].id);
	assert_string_equal("tsagaan-gol", rows.items[0].slug);
	assert_int_equal(STAGE_COLLECTING, rows.items[0].stage);
	assert_int_equal(1, rows.items[0].agreed);
	assert_false(rows.items[0].published);
	assert_outcome(OK, progress_list(t->db, &t->arena, 2, &rows));
	assert_int_equal(0, rows.count);
}

struct due {
	struct store_test *test;
	int64_t organisation, id, day;
};

static enum outcome
due_write(struct tx *tx, void *arg)
{
	const struct due *d = arg;

	return assessment_change_next_due(tx, &d->test->arena,
	    d->organisation, d->id, d->day);
}

static void
test_the_next_run_can_be_scheduled(void **state)
{
	struct store_test *t = *state;
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");
	struct due due = { t, organisation, add(t, organisation, "a"),
		RUN_DAY + 365 };
	struct assessment run;

	assert_outcome(OK, store_write(t, due_write, &due));
	assert_outcome(OK, assessment_find_id(t->db, &t->arena, organisation,
	    due.id, &run));
	assert_int_equal(RUN_DAY + 365, run.next_due);
	due.organisation++;
	assert_outcome(NOT_FOUND, store_write(t, due_write, &due));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_run_is_found_as_it_was_set_up),
		store_unit_test(test_a_form_sent_twice_makes_one_run),
		store_unit_test(
		    test_the_token_of_another_organisation_finds_nothing),
		store_unit_test(
		    test_a_run_of_another_organisation_is_not_found),
		store_unit_test(
		    test_a_new_run_is_compared_with_the_last_that_was_analysed),
		store_unit_test(test_stages_remember_when_they_were_closed),
		store_unit_test(
		    test_the_second_of_two_editors_gets_a_conflict),
		store_unit_test(test_goals_are_fixed_after_collecting),
		store_unit_test(test_a_group_with_answers_is_not_left_out),
		store_unit_test(test_lists_hold_published_runs_or_all),
		store_unit_test(
		    test_the_coalition_sees_how_far_the_latest_runs_are),
		store_unit_test(test_the_next_run_can_be_scheduled),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("assessment_store", tests);
}
