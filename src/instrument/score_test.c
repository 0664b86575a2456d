/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct scale FIVE = { .min = 1, .max = 5, .step = 1 };
static const struct scale FOUR = { .min = 0, .max = 4, .step = 1 };
static const struct scale PERCENT = { .min = 0, .max = 100, .step = 1 };
static const struct scale SIGNED = { .min = -2, .max = 2, .step = 1 };
static const struct scale WIDE = { .min = 0, .max = 32, .step = 1 };

enum { END = -1000 };

static struct tally
tally_of(const struct scale *scale, const int *values)
{
	struct tally tally = { 0 };

	for (; *values != END; values++)
		tally_add(&tally, scale, (struct rating){ .value = *values });
	return tally;
}

#define TALLY(scale, ...) \
	tally_of((scale), (const int[]){ __VA_ARGS__, END })

static void
assert_decimal(struct decimal got, int64_t hundredths)
{
	assert_true(got.known);
	assert_int_equal(got.hundredths, hundredths);
}

/* Figures worked out apart from this program. */
static const struct {
	int values[6];
	int64_t mean, spread, agreement;
} VECTORS[] = {
	{ { 4, 4, 5, 3, END }, 400, 71, 6464 },
	{ { 2, 5, 1, 4, END }, 300, 158, 2094 },
	{ { 3, 3, 3, 3, END }, 300, 0, 10000 },
	{ { 1, 1, 5, 5, END }, 300, 200, 0 },
	{ { 1, 5, 5, END }, 367, 189, 0 },
	{ { 1, 2, 3, 4, 5, END }, 300, 141, 2783 },
};

static void
test_the_worked_examples_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(VECTORS) / sizeof(VECTORS[0]); i++) {
		struct tally tally = tally_of(&FIVE, VECTORS[i].values);

		assert_decimal(score_mean(&tally), VECTORS[i].mean);
		assert_decimal(score_spread(&tally), VECTORS[i].spread);
		assert_decimal(score_agreement(&FIVE, &tally),
		    VECTORS[i].agreement);
	}
}

static void
test_the_published_example_on_zero_to_four(void **state)
{
	struct tally tally = TALLY(&FOUR, 3, 3, 4, 2);

	(void)state;
	assert_decimal(score_mean(&tally), 300);
	assert_decimal(score_spread(&tally), 71);
	assert_decimal(score_agreement(&FOUR, &tally), 6464);
}

static void
test_a_principle_is_the_mean_of_its_items(void **state)
{
	struct tally items[3];
	struct score_part parts[3];
	struct score_parts all = { parts, 3 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		items[i] = tally_of(&FIVE, VECTORS[i].values);
		parts[i] = (struct score_part){ &items[i], 1 };
	}
	assert_decimal(score_parts_mean(all), 333);
	assert_decimal(score_parts_agreement(&FIVE, all), 6186);
}

static void
test_undefined_figures_are_unknown(void **state)
{
	struct tally none = { 0 }, one = TALLY(&FOUR, 3);
	struct score_part room;

	(void)state;
	tally_add(&none, &FOUR, (struct rating){ RATING_NOT_APPLICABLE, 0 });
	tally_add(&none, &FOUR, (struct rating){ RATING_DONT_KNOW, 0 });
	assert_int_equal(none.na, 1);
	assert_int_equal(none.dk, 1);
	assert_false(score_mean(&none).known);
	assert_false(score_spread(&none).known);
	assert_false(score_agreement(&FOUR, &none).known);
	assert_false(score_parts_mean(score_part_of(&room, &none)).known);
	assert_decimal(score_mean(&one), 300);
	assert_decimal(score_spread(&one), 0);
	assert_false(score_agreement(&FOUR, &one).known);
	assert_false(score_parts_agreement(&FOUR,
	    score_part_of(&room, &one)).known);
	assert_false(score_parts_mean((struct score_parts){ 0 }).known);
}

static void
test_halves_round_away_from_zero(void **state)
{
	struct tally up = TALLY(&FOUR, 1, 0, 0, 0, 0, 0, 0, 0);
	struct tally down = TALLY(&SIGNED, -1, 0, 0, 0, 0, 0, 0, 0);
	struct tally near = TALLY(&WIDE, 0, 1);

	(void)state;
	assert_decimal(score_mean(&up), 13);		/* 0.125 */
	assert_decimal(score_mean(&down), -13);
	assert_decimal(score_agreement(&WIDE, &near), 9688);	/* 96.875 */
}

static void
test_an_answer_taken_back_leaves_no_trace(void **state)
{
	struct tally tally = TALLY(&FOUR, 3, 1), before = tally;
	struct rating four = { .value = 4 };
	struct rating unknown = { .kind = RATING_DONT_KNOW };

	(void)state;
	tally_add(&tally, &FOUR, four);
	tally_add(&tally, &FOUR, unknown);
	assert_int_equal(tally.levels[4], 1);
	tally_remove(&tally, &FOUR, unknown);
	tally_remove(&tally, &FOUR, four);
	assert_memory_equal(&tally, &before, sizeof(tally));
}

static void
test_merged_tallies_score_like_one(void **state)
{
	struct tally all = TALLY(&FOUR, 3, 3, 4, 2);
	struct tally left = TALLY(&FOUR, 3, 4), right = TALLY(&FOUR, 3, 2);

	(void)state;
	tally_merge(&left, &right);
	assert_memory_equal(&left, &all, sizeof(all));
}

static void
test_long_scales_are_counted_in_ten_parts(void **state)
{
	(void)state;
	assert_int_equal(tally_level(&PERCENT, 0), 0);
	assert_int_equal(tally_level(&PERCENT, 9), 0);
	assert_int_equal(tally_level(&PERCENT, 10), 1);
	assert_int_equal(tally_level(&PERCENT, 99), 9);
	assert_int_equal(tally_level(&PERCENT, 100), 9);
	assert_int_equal(tally_level(&SIGNED, -2), 0);
	assert_int_equal(tally_level(&SIGNED, 2), 4);
}

static void
test_weights_act_and_items_without_answers_do_not(void **state)
{
	struct tally low = TALLY(&FOUR, 1), high = TALLY(&FOUR, 4);
	struct tally none = { 0 };
	const struct score_part parts[] = { { &low, 3 }, { &high, 1 },
		{ &none, 9 }, { &high, 0 } };

	(void)state;
	assert_decimal(score_parts_mean((struct score_parts){ parts, 4 }), 175);
	assert_false(score_parts_mean((struct score_parts){ parts + 2, 2 })
	    .known);
}

/* Halves, thirds, sevenths: of rounded means this would be 0.32. */
static void
test_means_with_many_denominators_stay_exact(void **state)
{
	struct tally third = TALLY(&FOUR, 0, 0, 1);
	struct tally seventh = TALLY(&FOUR, 0, 0, 0, 0, 0, 0, 1);
	struct tally half = TALLY(&FOUR, 0, 1);
	const struct score_part parts[] = { { &third, 1 }, { &seventh, 1 },
		{ &half, 1 } };
	const struct score_parts all = { parts, 3 };
	int sign = 9;

	(void)state;
	/* 41/126 = 0.325396... */
	assert_decimal(score_parts_mean(all), 33);
	assert_int_equal(score_compare(all,
	    (struct decimal){ true, 33 }, &sign), OK);
	assert_int_equal(sign, -1);
	assert_int_equal(score_compare(all,
	    (struct decimal){ true, 32 }, &sign), OK);
	assert_int_equal(sign, 1);
}

static void
test_a_threshold_is_met_exactly_or_not(void **state)
{
	struct tally tally = TALLY(&FOUR, 2, 3);
	struct score_part room;
	struct tally none = { 0 };
	int sign = 9;

	(void)state;
	assert_int_equal(score_compare(score_part_of(&room, &tally),
	    (struct decimal){ true, 250 }, &sign), OK);
	assert_int_equal(sign, 0);
	assert_int_equal(score_compare(score_part_of(&room, &none),
	    (struct decimal){ true, 250 }, &sign), NOT_FOUND);
	assert_int_equal(sign, 0);
}

/* Rounded first, 3.01 - 2.00 would be 1.01; exactly it is 1.001. */
static void
test_a_gap_is_rounded_once(void **state)
{
	struct tally ours = { .n = 200, .sum = 601, .squares = 1807 };
	struct tally theirs = { .n = 250, .sum = 501, .squares = 1005 };
	struct score_part room[2];
	struct score_parts a = score_part_of(&room[0], &ours);
	struct score_parts b = score_part_of(&room[1], &theirs);
	struct tally none = { 0 };
	struct score_part empty;
	int sign = 9;

	(void)state;
	assert_decimal(score_mean(&ours), 301);
	assert_decimal(score_mean(&theirs), 200);
	assert_decimal(score_gap(a, b), 100);
	assert_decimal(score_gap(b, a), -100);
	assert_int_equal(score_gap_compare(b, a,
	    (struct decimal){ true, 100 }, &sign), OK);
	assert_int_equal(sign, 1);
	assert_false(score_gap(a, score_part_of(&empty, &none)).known);
	assert_int_equal(score_gap_compare(a, score_part_of(&empty, &none),
	    (struct decimal){ true, 100 }, &sign), NOT_FOUND);
}

/* As many as a tally may hold, on the longest scale. */
static void
test_very_many_answers_do_not_overflow(void **state)
{
	const struct scale longest = { .min = SCALE_LEAST, .max = SCALE_MOST,
		.step = 1 };
	const int64_t half = TALLY_MOST / 2;
	struct tally tally = { .n = 2 * half, .sum = 0,
		.squares = 2 * half * SCALE_MOST * SCALE_MOST };
	struct score_part room;

	(void)state;
	assert_decimal(score_mean(&tally), 0);
	assert_decimal(score_spread(&tally), 100000);
	assert_decimal(score_agreement(&longest, &tally), 0);
	tally.n--;	/* one camp loses a voice: as far apart as n allows */
	tally.sum -= SCALE_MOST;
	tally.squares -= SCALE_MOST * SCALE_MOST;
	assert_decimal(score_agreement(&longest, &tally), 0);
	assert_decimal(score_spread(&tally), 100000);
	assert_decimal(score_parts_mean(score_part_of(&room, &tally)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_worked_examples_come_out),
		cmocka_unit_test(test_the_published_example_on_zero_to_four),
		cmocka_unit_test(test_a_principle_is_the_mean_of_its_items),
		cmocka_unit_test(test_undefined_figures_are_unknown),
		cmocka_unit_test(test_halves_round_away_from_zero),
		cmocka_unit_test(test_an_answer_taken_back_leaves_no_trace),
		cmocka_unit_test(test_merged_tallies_score_like_one),
		cmocka_unit_test(test_long_scales_are_counted_in_ten_parts),
		cmocka_unit_test(
		    test_weights_act_and_items_without_answers_do_not),
		cmocka_unit_test(test_means_with_many_denominators_stay_exact),
		cmocka_unit_test(test_a_threshold_is_met_exactly_or_not),
		cmocka_unit_test(test_a_gap_is_rounded_once),
		cmocka_unit_test(test_very_many_answers_do_not_overflow),
	};

	return cmocka_run_group_tests_name("instrument/score", tests, NULL,
	    NULL);
}
