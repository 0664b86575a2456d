/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/*
 * The figures of a run on an instrument of three principles: money (1.1, 1.2),
 * hearings (2.1) and wells (3.1, which the full track alone has).
 */

static const char *const MONEY[] = { "stability" };
static const char *const TALK[] = { "cooperation" };

static struct scale_level scale_levels[] = {
	{ 0, { { "a", "a" } } }, { 1, { { "b", "b" } } },
	{ 2, { { "c", "c" } } }, { 3, { { "d", "d" } } },
	{ 4, { { "e", "e" } } },
};

static struct item items[] = {
	{ .index = 0, .dimension = 0, .id = "1.1", .tracks = 3,
	    .criteria = { (const char **)MONEY, 1 }, .is_public = true },
	{ .index = 1, .dimension = 0, .id = "1.2", .tracks = 3,
	    .criteria = { (const char **)MONEY, 1 }, .is_public = true },
	{ .index = 2, .dimension = 1, .id = "2.1", .tracks = 3,
	    .criteria = { (const char **)TALK, 1 }, .is_public = true },
	{ .index = 3, .dimension = 2, .id = "3.1", .tracks = 2,
	    .criteria = { (const char **)TALK, 1 } },
};

static struct dimension dimensions[] = {
	{ .id = "1", .principle = "1", .items = { items, 2 } },
	{ .id = "2", .principle = "2", .items = { items + 2, 1 } },
	{ .id = "3", .principle = "3", .items = { items + 3, 1 } },
};

static struct respondent_group groups[] = {
	{ "board", SIDE_INSIDE, { { "Board", "Board" } } },
	{ "staff", SIDE_INSIDE, { { "Staff", "Staff" } } },
	{ "public", SIDE_OUTSIDE, { { "Public", "Public" } } },
};

static struct track tracks[] = { { .id = "short" }, { .id = "full" } };

static const struct instrument instrument = {
	.name = "wells", .edition = "1",
	.scale = { .min = 0, .max = 4, .step = 1,
	    .levels = { scale_levels, 5 } },
	.groups = { groups, 3 }, .tracks = { tracks, 2 },
	.dimensions = { dimensions, 3 }, .items = { items, 4 },
};

/* A run that the tests fill. */
struct sample {
	struct arena arena;
	struct tally_rows tallies;
	struct analysis_agreed_list agreed;
	struct weight_list weights;
	struct analysis_input input;
};

static int
setup(void **state)
{
	static struct sample sample;

	memset(&sample, 0, sizeof(sample));
	arena_init(&sample.arena, ARENA_LIMIT);
	sample.input = (struct analysis_input){ .instrument = &instrument,
		.track = "full", .groups = "board staff public",
		.tallies = &sample.tallies, .agreed = &sample.agreed,
		.weights = &sample.weights };
	*state = &sample;
	return 0;
}

static int
teardown(void **state)
{
	struct sample *s = *state;

	arena_done(&s->arena);
	return 0;
}

/* Answers as digits: "3342"; "n" does not apply, "d" don't know. */
static void
answer(struct sample *s, const char *source, const char *group,
    const char *item, const char *answers)
{
	struct tally_row *row = LIST_ADD(&s->arena, &s->tallies);

	row->source = source;
	row->respondents = group;
	row->item = item;
	for (; *answers != '\0'; answers++) {
		struct rating rating = { RATING_VALUE, *answers - '0' };

		if (*answers == 'n')
			rating.kind = RATING_NOT_APPLICABLE;
		if (*answers == 'd')
			rating.kind = RATING_DONT_KNOW;
		tally_add(&row->tally, &instrument.scale, rating);
	}
}

static void
agree(struct sample *s, const char *item, enum rating_kind kind, int value)
{
	*LIST_ADD(&s->arena, &s->agreed) = (struct analysis_agreed){ item,
		{ kind, value } };
}

static struct analysis
analyse(struct sample *s)
{
	return analysis_make(&s->arena, &s->input);
}

static void
assert_decimal(int64_t hundredths, struct decimal decimal)
{
	assert_true(decimal.known);
	assert_int_equal(hundredths, decimal.hundredths);
}

static void
test_self_is_what_the_team_agreed_on(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "staff", "1.1", "3342");
	agree(s, "1.1", RATING_VALUE, 2);
	agree(s, "1.2", RATING_VALUE, 3);
	analysis = analyse(s);
	assert_decimal(200, analysis.items.items[0].figures.self);
	assert_decimal(300, analysis.items.items[0].figures.raters);
	assert_decimal(250, analysis.principles.items[0].figures.self);
	assert_decimal(300, analysis.principles.items[0].figures.raters);
}

static void
test_without_an_agreed_score_the_raters_mean_stands(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "staff", "1.1", "33");
	answer(s, "rater", "board", "1.1", "42");
	analysis = analyse(s);
	assert_decimal(300, analysis.items.items[0].figures.self);
	assert_false(analysis.items.items[1].figures.self.known);
}

static void
test_an_agreed_score_shows_for_a_single_rater(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "staff", "1.1", "3");
	agree(s, "1.1", RATING_VALUE, 3);
	analysis = analyse(s);
	assert_decimal(300, analysis.items.items[0].figures.self);
	assert_false(analysis.items.items[0].figures.raters.known);
}

static void
test_spread_and_agreement_show_from_five_answers_on(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "staff", "1.1", "3342");
	answer(s, "rater", "staff", "1.2", "33423");
	analysis = analyse(s);
	assert_false(analysis.items.items[0].figures.spread.known);
	assert_false(analysis.items.items[0].figures.agreement.known);
	assert_decimal(63, analysis.items.items[1].figures.spread);
	assert_true(analysis.items.items[1].figures.agreement.known);
	assert_true(analysis.principles.items[0].figures.agreement.known);
}

static void
test_what_does_not_apply_is_a_gap_everywhere(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "staff", "2.1", "00");
	answer(s, "survey", "public", "2.1", "11111");
	agree(s, "2.1", RATING_NOT_APPLICABLE, 0);
	agree(s, "1.1", RATING_NOT_APPLICABLE, 0);
	agree(s, "1.2", RATING_VALUE, 4);
	analysis = analyse(s);
	assert_true(analysis.principles.items[1].figures.not_applicable);
	assert_false(analysis.principles.items[1].figures.self.known);
	assert_false(analysis.principles.items[1].figures.stakeholders.known);
	assert_false(analysis.principles.items[1].cells.items[0].mean.known);
	/* An item that does not apply is no zero in its principle. */
	assert_false(analysis.principles.items[0].figures.not_applicable);
	assert_decimal(400, analysis.principles.items[0].figures.self);
}

static void
test_a_short_track_has_its_items_only(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	s->input.track = "short";
	agree(s, "3.1", RATING_VALUE, 4);
	analysis = analyse(s);
	assert_int_equal(3, analysis.items.count);
	assert_int_equal(2, analysis.principles.count);
}

static void
test_a_gap_of_exactly_0_80_counts(void **state)
{
	static const struct {
		const char *answers;
		bool split;
		int64_t gap;
	} cases[] = {
		{ "22223", true, 80 },		/* 2.20 */
		{ "22233", false, 60 },
		{ "44443", true, -80 },		/* 3.80 */
		{ "44433", false, -60 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sample *s;
		struct analysis analysis;

		setup(state);
		s = *state;
		agree(s, "1.1", RATING_VALUE, 3);
		answer(s, "survey", "public", "1.1", cases[i].answers);
		analysis = analyse(s);
		assert_int_equal(cases[i].split,
		    analysis.items.items[0].figures.split);
		assert_decimal(cases[i].gap,
		    analysis.items.items[0].figures.gap);
		teardown(state);
	}
	setup(state);
}

static void
test_groups_of_five_stand_alone(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "board", "1.1", "33333");
	answer(s, "rater", "staff", "1.1", "22222");
	answer(s, "survey", "public", "1.1", "11111");
	analysis = analyse(s);
	assert_int_equal(3, analysis.columns.count);
	assert_string_equal("board", analysis.columns.items[0].id);
	assert_decimal(300, analysis.principles.items[0].cells.items[0].mean);
	assert_decimal(200, analysis.principles.items[0].cells.items[1].mean);
	assert_decimal(100, analysis.principles.items[0].cells.items[2].mean);
}

/* Four of the board would be known by what the others said: both merge. */
static void
test_a_small_group_merges_its_side_before_anything_is_hidden(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "board", "1.1", "3333");
	answer(s, "rater", "staff", "1.1", "222222");
	answer(s, "survey", "public", "1.1", "11111");
	analysis = analyse(s);
	assert_int_equal(2, analysis.columns.count);
	assert_string_equal("inside", analysis.columns.items[0].id);
	assert_null(analysis.columns.items[0].group);
	assert_decimal(240, analysis.principles.items[0].cells.items[0].mean);
	assert_string_equal("public", analysis.columns.items[1].id);
}

/* One item that few answered is enough to merge: it would tell the others. */
static void
test_one_thin_item_merges_the_side(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "board", "1.1", "33333");
	answer(s, "rater", "board", "2.1", "3dddd");
	analysis = analyse(s);
	assert_string_equal("inside", analysis.columns.items[0].id);
	assert_true(analysis.principles.items[1].cells.items[0].hidden);
	assert_false(analysis.principles.items[1].cells.items[0].mean.known);
	assert_false(analysis.principles.items[0].cells.items[0].hidden);
}

/* Three raters' mean less that of two inside would tell the one outside. */
static void
test_no_mean_less_another_tells_a_single_answer(void **state)
{
	struct sample *s = *state;
	struct analysis_cells *cells;
	struct analysis analysis;

	answer(s, "rater", "staff", "1.1", "33");
	answer(s, "rater", "public", "1.1", "0");
	answer(s, "rater", "staff", "1.2", "42");
	answer(s, "survey", "public", "1.2", "1111");
	answer(s, "rater", "staff", "2.1", "44");
	answer(s, "rater", "public", "2.1", "1");
	answer(s, "survey", "public", "2.1", "22222");
	analysis = analyse(s);
	assert_decimal(200, analysis.items.items[0].figures.raters);
	cells = &analysis.principles.items[0].cells;
	assert_decimal(300, cells->items[0].mean);	/* of 1.2 alone */
	assert_decimal(100, cells->items[1].mean);
	cells = &analysis.principles.items[1].cells;
	assert_true(cells->items[0].hidden && cells->items[1].hidden);
}

static void
test_a_group_counts_raters_and_the_survey_alike(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	answer(s, "rater", "public", "1.1", "44");
	answer(s, "survey", "public", "1.1", "111");
	analysis = analyse(s);
	assert_int_equal(5, analysis.columns.items[0].answers);
	assert_decimal(220, analysis.principles.items[0].cells.items[0].mean);
	/* Stakeholders are those of the survey alone. */
	assert_decimal(100, analysis.items.items[0].figures.stakeholders);
}

static void
test_the_last_run_is_compared_by_item_and_principle(void **state)
{
	struct sample *s = *state;
	struct analysis last, now;

	agree(s, "1.1", RATING_VALUE, 1);
	agree(s, "1.2", RATING_VALUE, 2);
	last = analyse(s);
	s->agreed.items[0].answer.value = 3;
	s->input.last = &last;
	now = analyse(s);
	assert_decimal(100, now.items.items[0].figures.last);
	assert_decimal(150, now.principles.items[0].figures.last);
	assert_decimal(250, now.principles.items[0].figures.self);
	assert_false(now.principles.items[1].figures.last.known);
}

static void
test_weights_act_in_the_criteria_view_only(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	agree(s, "1.1", RATING_VALUE, 4);
	agree(s, "1.2", RATING_VALUE, 4);
	agree(s, "2.1", RATING_VALUE, 1);
	*LIST_ADD(&s->arena, &s->weights) = (struct weight){ "stability", 3 };
	analysis = analyse(s);
	assert_true(analysis.weights_differ);
	assert_decimal(300, analysis.plain);	/* (4 + 4 + 1) / 3 */
	assert_decimal(357, analysis.weighted);	/* (12 + 12 + 1) / 7 */
	assert_decimal(400, analysis.principles.items[0].figures.self);
	assert_int_equal(3, analysis.criteria.items[0].weight);
	assert_decimal(400, analysis.criteria.items[0].self);
	assert_decimal(100, analysis.criteria.items[1].self);
}

static void
test_equal_weights_are_no_view_of_their_own(void **state)
{
	struct sample *s = *state;

	*LIST_ADD(&s->arena, &s->weights) = (struct weight){ "stability", 1 };
	assert_false(analyse(s).weights_differ);
}

/* --- Proposals ----------------------------------------------------------- */

static void
test_the_highest_is_a_strength_and_the_lowest_a_weakness(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;
	struct proposals list;

	agree(s, "1.1", RATING_VALUE, 4);
	agree(s, "1.2", RATING_VALUE, 3);
	agree(s, "2.1", RATING_VALUE, 1);
	agree(s, "3.1", RATING_VALUE, 2);
	analysis = analyse(s);
	list = analysis_propose(&s->arena, &analysis);
	assert_int_equal(2, list.count);
	assert_string_equal("strength", list.items[0].kind);
	assert_string_equal("1", list.items[0].dimension->id);
	assert_string_equal("1.1", list.items[0].example->item->id);
	assert_string_equal("weakness", list.items[1].kind);
	assert_string_equal("2", list.items[1].dimension->id);
}

static void
test_where_all_are_alike_nothing_stands_out(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;

	agree(s, "1.1", RATING_VALUE, 2);
	agree(s, "1.2", RATING_VALUE, 2);
	agree(s, "2.1", RATING_VALUE, 2);
	analysis = analyse(s);
	assert_int_equal(0, analysis_propose(&s->arena, &analysis).count);
}

static void
test_low_scores_are_no_strength_and_high_ones_no_weakness(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;
	struct proposals list;

	agree(s, "1.1", RATING_VALUE, 1);
	agree(s, "1.2", RATING_VALUE, 1);
	agree(s, "2.1", RATING_VALUE, 0);
	analysis = analyse(s);
	list = analysis_propose(&s->arena, &analysis);
	assert_int_equal(1, list.count);
	assert_string_equal("weakness", list.items[0].kind);
	s->agreed.items[0].answer.value = 4;
	s->agreed.items[1].answer.value = 4;
	s->agreed.items[2].answer.value = 3;
	analysis = analyse(s);
	list = analysis_propose(&s->arena, &analysis);
	assert_int_equal(1, list.count);
	assert_string_equal("strength", list.items[0].kind);
}

static void
test_gaps_come_before_low_agreement(void **state)
{
	struct sample *s = *state;
	struct analysis analysis;
	struct proposals list;

	agree(s, "1.1", RATING_VALUE, 3);
	answer(s, "survey", "public", "1.1", "33333");
	agree(s, "1.2", RATING_VALUE, 3);
	answer(s, "survey", "public", "1.2", "22222");	/* item alone */
	agree(s, "2.1", RATING_VALUE, 3);
	answer(s, "survey", "public", "2.1", "11111");	/* principle */
	answer(s, "rater", "staff", "1.1", "000444");	/* agreement 0 */
	analysis = analyse(s);
	list = analysis_propose(&s->arena, &analysis);
	assert_int_equal(3, list.count);
	assert_int_equal(REASON_GAP, list.items[0].reason);
	assert_string_equal("2", list.items[0].dimension->id);
	assert_null(list.items[0].item);
	assert_string_equal("1.2", list.items[1].item->id);
	assert_int_equal(REASON_AGREEMENT, list.items[2].reason);
	assert_string_equal("1", list.items[2].dimension->id);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_self_is_what_the_team_agreed_on),
		TEST(test_without_an_agreed_score_the_raters_mean_stands),
		TEST(test_an_agreed_score_shows_for_a_single_rater),
		TEST(test_spread_and_agreement_show_from_five_answers_on),
		TEST(test_what_does_not_apply_is_a_gap_everywhere),
		TEST(test_a_short_track_has_its_items_only),
		TEST(test_a_gap_of_exactly_0_80_counts),
		TEST(test_groups_of_five_stand_alone),
		TEST(test_a_small_group_merges_its_side_before_anything_is_hidden),
		TEST(test_one_thin_item_merges_the_side),
		TEST(test_no_mean_less_another_tells_a_single_answer),
		TEST(test_a_group_counts_raters_and_the_survey_alike),
		TEST(test_the_last_run_is_compared_by_item_and_principle),
		TEST(test_weights_act_in_the_criteria_view_only),
		TEST(test_equal_weights_are_no_view_of_their_own),
		TEST(test_the_highest_is_a_strength_and_the_lowest_a_weakness),
		TEST(test_where_all_are_alike_nothing_stands_out),
		TEST(test_low_scores_are_no_strength_and_high_ones_no_weakness),
		TEST(test_gaps_come_before_low_agreement),
	};

	return cmocka_run_group_tests_name("analysis", tests, NULL, NULL);
}
