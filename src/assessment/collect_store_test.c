/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/collect_store.h"
#include "run_test.h"

#include <stdio.h>
#include <string.h>

/* Raters, ratings and notes, on both engines. */

struct job {
	struct store_test *test;
	int64_t organisation, run;
	struct rater_new rater;
	struct rating_new rating;
	struct note note;
	struct authored by;
	const char *item;
	int64_t id;		/* what comes out, or is meant */
	int64_t now;
};

static struct job
job_make(struct store_test *t)
{
	int64_t organisation = run_test_organisation(t, "tsagaan-gol");

	return (struct job){ .test = t, .organisation = organisation,
		.run = run_test_run(t, organisation), .item = "1.2",
		.by = { .now = RUN_NOW }, .now = RUN_NOW };
}

static const struct scale *
scale(void)
{
	return &library_instrument(LIBRARY_INSTRUMENT, LIBRARY_EDITION)->scale;
}

static enum outcome
rater_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return rater_add(tx, &j->test->arena, j->organisation, &j->rater,
	    &j->id);
}

static int64_t
rater(struct job *j, const char *group, const char *token)
{
	j->rater = (struct rater_new){ .assessment = j->run,
		.respondents = group, .now = RUN_NOW };
	link_token_hash(token, j->rater.token_hash);
	assert_outcome(OK, store_write(j->test, rater_write, j));
	return j->id;
}

static enum outcome
rate_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return rating_put(tx, &j->test->arena, &j->rating);
}

static enum outcome
rate(struct job *j, int64_t id, struct rating answer)
{
	j->rating = (struct rating_new){ .rater = id, .item = j->item,
		.answer = answer, .scale = scale(), .now = RUN_NOW };
	return store_write(j->test, rate_write, j);
}

#define LEVEL(v) (struct rating){ RATING_VALUE, (v) }
#define NA (struct rating){ RATING_NOT_APPLICABLE, 0 }
#define DK (struct rating){ RATING_DONT_KNOW, 0 }

static struct tally
tally_of(struct job *j, const char *group)
{
	struct tally_rows rows;

	assert_outcome(OK, tally_list_of_item(j->test->db, &j->test->arena,
	    j->organisation, j->run, j->item, &rows));
	LIST_EACH (row, &rows)
		if (strcmp(row->respondents, group) == 0)
			return row->tally;
	return (struct tally){ .n = -1 };
}

/* --- Raters -------------------------------------------------------------- */

static void
test_a_rater_is_found_by_the_link_only(void **state)
{
	struct job j = job_make(*state);
	int64_t id = rater(&j, "staff", "first");
	uint8_t hash[LINK_HASH_SIZE];
	struct rater_run found;

	link_token_hash("first", hash);
	assert_outcome(OK, rater_find_by_token(j.test->db, &j.test->arena,
	    hash, &found));
	assert_int_equal(id, found.rater.id);
	assert_string_equal("staff", found.rater.respondents);
	assert_string_equal("tsagaan-gol", found.slug);
	assert_int_equal(j.run, found.run.id);
	link_token_hash("second", hash);
	assert_outcome(NOT_FOUND, rater_find_by_token(j.test->db,
	    &j.test->arena, hash, &found));
}

static void
test_a_form_sent_twice_makes_one_rater(void **state)
{
	struct job j = job_make(*state);
	int64_t id = rater(&j, "staff", "first");
	struct rater_list list;

	assert_int_equal(id, rater(&j, "staff", "first"));
	assert_int_not_equal(id, rater(&j, "staff", "second"));
	assert_outcome(OK, rater_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, &list));
	assert_int_equal(2, list.count);
	assert_string_not_equal(list.items[0].code, list.items[1].code);
}

static void
test_codes_stay_apart_for_two_hundred_raters(void **state)
{
	struct job j = job_make(*state);
	char token[16];

	for (int i = 0; i < RATERS_MOST; i++) {
		snprintf(token, sizeof(token), "token %d", i);
		rater(&j, "staff", token);
	}
	j.rater.token_hash[0] ^= 1;
	assert_outcome(INVALID, store_write(j.test, rater_write, &j));
}

static void
test_a_group_that_is_not_asked_has_no_raters(void **state)
{
	struct job j = job_make(*state);

	j.rater = (struct rater_new){ .assessment = j.run,
		.respondents = "partners" };
	assert_outcome(INVALID, store_write(j.test, rater_write, &j));
}

static enum outcome
link_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return rater_change_link(tx, &j->test->arena, j->organisation, j->run,
	    j->id, j->rater.token_hash);
}

static void
test_a_new_link_ends_the_old_one_and_keeps_answers(void **state)
{
	struct job j = job_make(*state);
	uint8_t hash[LINK_HASH_SIZE];
	struct rater_run found;

	j.id = rater(&j, "staff", "first");
	assert_outcome(OK, rate(&j, j.id, LEVEL(3)));
	link_token_hash("second", j.rater.token_hash);
	assert_outcome(OK, store_write(j.test, link_write, &j));
	link_token_hash("first", hash);
	assert_outcome(NOT_FOUND, rater_find_by_token(j.test->db,
	    &j.test->arena, hash, &found));
	assert_outcome(OK, rater_find_by_token(j.test->db, &j.test->arena,
	    j.rater.token_hash, &found));
	assert_int_equal(1, found.rater.answered);
	j.organisation++;
	assert_outcome(NOT_FOUND, store_write(j.test, link_write, &j));
}

static enum outcome
remove_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return rater_remove(tx, &j->test->arena, j->organisation, j->run,
	    j->id);
}

static void
test_a_rater_who_answered_stays(void **state)
{
	struct job j = job_make(*state);
	int64_t silent = rater(&j, "staff", "first");

	j.id = rater(&j, "staff", "second");
	assert_outcome(OK, rate(&j, j.id, DK));
	assert_outcome(CONFLICT, store_write(j.test, remove_write, &j));
	j.id = silent;
	assert_outcome(OK, store_write(j.test, remove_write, &j));
	assert_outcome(NOT_FOUND, store_write(j.test, remove_write, &j));
}

/* --- Ratings ------------------------------------------------------------- */

static void
test_an_answer_that_changes_moves_the_sums(void **state)
{
	struct job j = job_make(*state);
	int64_t one = rater(&j, "staff", "first");
	int64_t other = rater(&j, "staff", "second");
	struct tally tally;

	assert_outcome(OK, rate(&j, one, LEVEL(2)));
	assert_outcome(OK, rate(&j, other, LEVEL(4)));
	tally = tally_of(&j, "staff");
	assert_int_equal(2, tally.n);
	assert_int_equal(6, tally.sum);
	assert_int_equal(20, tally.squares);
	assert_int_equal(1, tally.levels[2]);
	assert_outcome(OK, rate(&j, one, LEVEL(3)));
	tally = tally_of(&j, "staff");
	assert_int_equal(2, tally.n);
	assert_int_equal(7, tally.sum);
	assert_int_equal(25, tally.squares);
	assert_int_equal(0, tally.levels[2]);
	assert_int_equal(1, tally.levels[3]);
	assert_outcome(OK, rate(&j, one, NA));
	assert_outcome(OK, rate(&j, other, DK));
	tally = tally_of(&j, "staff");
	assert_int_equal(0, tally.n);
	assert_int_equal(0, tally.sum);
	assert_int_equal(0, tally.squares);
	assert_int_equal(1, tally.na);
	assert_int_equal(1, tally.dk);
}

static void
test_the_same_answer_again_changes_nothing(void **state)
{
	struct job j = job_make(*state);
	int64_t id = rater(&j, "board", "first");
	struct item_ratings ratings;

	for (int i = 0; i < 3; i++)
		assert_outcome(OK, rate(&j, id, LEVEL(4)));
	assert_int_equal(1, tally_of(&j, "board").n);
	assert_outcome(OK, rating_list(j.test->db, &j.test->arena, id,
	    &ratings));
	assert_int_equal(1, ratings.count);
	assert_string_equal("1.2", ratings.items[0].item);
	assert_int_equal(4, ratings.items[0].answer.value);
}

static void
test_groups_are_counted_apart(void **state)
{
	struct job j = job_make(*state);

	assert_outcome(OK, rate(&j, rater(&j, "board", "first"), LEVEL(4)));
	assert_outcome(OK, rate(&j, rater(&j, "staff", "second"), LEVEL(1)));
	assert_int_equal(4, tally_of(&j, "board").sum);
	assert_int_equal(1, tally_of(&j, "staff").sum);
}

static enum outcome
finish_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return rater_change_finished(tx, &j->test->arena, j->id, j->now);
}

static void
test_who_is_done_answers_only_after_reopening(void **state)
{
	struct job j = job_make(*state);
	int64_t id = rater(&j, "staff", "first");

	j.id = id;
	assert_outcome(OK, store_write(j.test, finish_write, &j));
	assert_outcome(CONFLICT, rate(&j, id, LEVEL(2)));
	j.now = 0;
	assert_outcome(OK, store_write(j.test, finish_write, &j));
	assert_outcome(OK, rate(&j, id, LEVEL(2)));
}

static enum outcome
close_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return assessment_move(tx, &j->test->arena, j->organisation, j->run,
	    STAGE_ANALYSIS, RUN_NOW);
}

static void
test_nothing_is_collected_after_stage_two(void **state)
{
	struct job j = job_make(*state);
	int64_t id = rater(&j, "staff", "first");

	assert_outcome(OK, store_write(j.test, close_write, &j));
	assert_outcome(CONFLICT, rate(&j, id, LEVEL(2)));
	j.id = id;
	assert_outcome(CONFLICT, store_write(j.test, finish_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, rater_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, link_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, remove_write, &j));
}

/* --- Notes --------------------------------------------------------------- */

static enum outcome
note_write(struct tx *tx, void *arg)
{
	struct job *j = arg;

	return note_add(tx, &j->test->arena, j->organisation, j->run,
	    &j->note, &j->by, &j->id);
}

static enum outcome
note_change_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return note_change(tx, &j->test->arena, j->organisation, j->run,
	    &j->note);
}

static enum outcome
note_remove_write(struct tx *tx, void *arg)
{
	const struct job *j = arg;

	return note_remove(tx, &j->test->arena, j->organisation, j->run,
	    j->id);
}

static void
test_a_note_is_written_changed_and_removed(void **state)
{
	struct job j = job_make(*state);
	struct note_list notes;
	struct note note;

	j.by.once = "note";
	j.note = (struct note){ .kind = "interview", .item = "1.2",
		.respondents = "members", .title = "Five herders",
		.body = "The well is shared.", .day = RUN_DAY };
	assert_outcome(OK, store_write(j.test, note_write, &j));
	assert_outcome(OK, store_write(j.test, note_write, &j));
	assert_outcome(OK, note_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, "1.2", &notes));
	assert_int_equal(1, notes.count);
	assert_outcome(OK, note_list(j.test->db, &j.test->arena,
	    j.organisation, j.run, "2.1", &notes));
	assert_int_equal(0, notes.count);
	j.note.id = j.id;
	j.note.version = 1;
	j.note.body = "The well is shared by turns.";
	assert_outcome(OK, store_write(j.test, note_change_write, &j));
	assert_outcome(CONFLICT, store_write(j.test, note_change_write, &j));
	assert_outcome(OK, note_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.id, &note));
	assert_string_equal("The well is shared by turns.", note.body);
	assert_int_equal(2, note.version);
	assert_outcome(OK, store_write(j.test, note_remove_write, &j));
	assert_outcome(NOT_FOUND, note_find(j.test->db, &j.test->arena,
	    j.organisation, j.run, j.id, &note));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_rater_is_found_by_the_link_only),
		store_unit_test(test_a_form_sent_twice_makes_one_rater),
		store_unit_test(test_codes_stay_apart_for_two_hundred_raters),
		store_unit_test(test_a_group_that_is_not_asked_has_no_raters),
		store_unit_test(
		    test_a_new_link_ends_the_old_one_and_keeps_answers),
		store_unit_test(test_a_rater_who_answered_stays),
		store_unit_test(test_an_answer_that_changes_moves_the_sums),
		store_unit_test(test_the_same_answer_again_changes_nothing),
		store_unit_test(test_groups_are_counted_apart),
		store_unit_test(test_who_is_done_answers_only_after_reopening),
		store_unit_test(test_nothing_is_collected_after_stage_two),
		store_unit_test(test_a_note_is_written_changed_and_removed),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return store_tests_run("collect_store", tests);
}
