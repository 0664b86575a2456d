/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/score.h"

#include "base/check.h"

#include <gmp.h>
#include <stdbool.h>

/*
 * Scores from tallies. GMP holds what may outgrow 64 bits: a million answers
 * to 54 items have means with 54 different denominators.
 */

static const int64_t BILLION = 1000000000;

size_t
tally_level(const struct scale *scale, int value)
{
	size_t place = (size_t)((value - scale->min) / scale->step);
	size_t values = scale_values(scale);

	check(scale_has(scale, value));
	if (values <= TALLY_LEVELS)
		return place;
	place = place * 10 / (values - 1);
	return place == 10 ? 9 : place;
}

/* Counts an answer `times` (1 or -1) times. */
static void
tally_count(struct tally *tally, const struct scale *scale,
    struct rating rating, int64_t times)
{
	int64_t value = rating.value;

	if (rating.kind == RATING_NOT_APPLICABLE) {
		tally->na += times;
	} else if (rating.kind == RATING_DONT_KNOW) {
		tally->dk += times;
	} else {
		tally->n += times;
		tally->sum += times * value;
		tally->squares += times * value * value;
		tally->levels[tally_level(scale, rating.value)] += times;
	}
	check(tally->n >= 0 && tally->na >= 0 && tally->dk >= 0);
}

void
tally_add(struct tally *tally, const struct scale *scale, struct rating rating)
{
	tally_count(tally, scale, rating, 1);
}

void
tally_remove(struct tally *tally, const struct scale *scale,
    struct rating rating)
{
	tally_count(tally, scale, rating, -1);
}

void
tally_merge(struct tally *tally, const struct tally *more)
{
	tally->n += more->n;
	tally->na += more->na;
	tally->dk += more->dk;
	tally->sum += more->sum;
	tally->squares += more->squares;
	for (size_t i = 0; i < TALLY_LEVELS; i++)
		tally->levels[i] += more->levels[i];
}

/* above / below as hundredths, half away from zero; below > 0. */
static struct decimal
round_ratio(int64_t above, int64_t below)
{
	__int128 size = above < 0 ? -(__int128)above : above;
	int64_t hundredths = (int64_t)((200 * size + below) /
	    (2 * (__int128)below));

	return (struct decimal){ .known = true,
	    .hundredths = above < 0 ? -hundredths : hundredths };
}

/* The same for a rational of any size. */
static struct decimal
round_rational(const mpq_t exact)
{
	struct decimal rounded = { .known = true };
	mpz_t above, below;

	mpz_inits(above, below, NULL);
	mpz_mul_si(above, mpq_numref(exact), 200);
	mpz_abs(above, above);
	mpz_add(above, above, mpq_denref(exact));	/* + one half */
	mpz_mul_ui(below, mpq_denref(exact), 2);
	mpz_tdiv_q(above, above, below);
	check(mpz_fits_slong_p(above));
	rounded.hundredths = mpz_get_si(above);
	if (mpq_sgn(exact) < 0)
		rounded.hundredths = -rounded.hundredths;
	mpz_clears(above, below, NULL);
	return rounded;
}

struct decimal
score_mean(const struct tally *tally)
{
	if (tally->n == 0)
		return (struct decimal){ .known = false };
	return round_ratio(tally->sum, tally->n);
}

/* n * squares - sum^2: the variance times n^2, never negative. */
static unsigned __int128
scatter(const struct tally *tally)
{
	__int128 left = (__int128)tally->n * tally->squares;
	__int128 right = (__int128)tally->sum * tally->sum;

	check(tally->n <= TALLY_MOST && left >= right);
	return (unsigned __int128)(left - right);
}

/* floor(sqrt(square)), below 2^64, by GMP and without its allocations. */
static uint64_t
square_root(unsigned __int128 square, bool *exact_out)
{
	enum { LIMBS = 16 / sizeof(mp_limb_t), BITS = 8 * sizeof(mp_limb_t) };
	mp_limb_t limbs[LIMBS] = { 0 }, root[LIMBS] = { 0 }, rest[LIMBS];
	mp_size_t size = 0;
	uint64_t whole = 0;

	*exact_out = true;
	for (; square > 0; square >>= BITS)
		limbs[size++] = (mp_limb_t)square;
	if (size == 0)
		return 0;
	*exact_out = mpn_sqrtrem(root, rest, limbs, size) == 0;
	for (mp_size_t i = (size + 1) / 2; i > 0; i--)
		whole = (uint64_t)((unsigned __int128)whole << BITS |
		    root[i - 1]);
	return whole;
}

/*
 * floor(10^9 * sqrt(above / below)), or one more when that is not exact and
 * `up`. Cutting never crosses a half hundredth, so rounding it is right.
 * `above` is at most (range / 2 * n)^2 = 10^20, so that nothing overflows.
 */
static int64_t
root(unsigned __int128 above, unsigned __int128 below, bool up)
{
	const unsigned __int128 unit = (unsigned __int128)(BILLION * BILLION);
	bool exact;
	int64_t whole;

	check(above <= ~(unsigned __int128)0 / unit);
	whole = (int64_t)square_root(above * unit / below, &exact);
	exact = exact && above * unit % below == 0;
	return up && !exact ? whole + 1 : whole;
}

struct decimal
score_spread(const struct tally *tally)
{
	unsigned __int128 n = (unsigned __int128)tally->n;

	if (n == 0)
		return (struct decimal){ .known = false };
	return round_ratio(root(scatter(tally), n * n, false), BILLION);
}

/*
 * Agreement in 10^-9 of 1, for n >= 2. D / Dmax is the root of
 * scatter / (range^2 * floor(n/2) * ceil(n/2)); it is taken upwards, so that
 * the agreement is cut downwards.
 */
static int64_t
agreement_exact(const struct scale *scale, const struct tally *tally)
{
	int64_t range = scale->max - scale->min, half = tally->n / 2, apart;

	apart = root(scatter(tally), (unsigned __int128)(range * range) *
	    (unsigned __int128)(half * (tally->n - half)), true);
	check(apart <= BILLION);
	return BILLION - apart;
}

struct decimal
score_agreement(const struct scale *scale, const struct tally *tally)
{
	if (tally->n < 2)
		return (struct decimal){ .known = false };
	return round_ratio(agreement_exact(scale, tally), BILLION / 100);
}

/* The exact weighted mean; false when there is none. */
static bool
parts_mean(mpq_t mean, struct score_parts parts)
{
	int64_t weights = 0;
	mpq_t one;

	mpq_init(one);
	mpq_set_ui(mean, 0, 1);
	for (size_t i = 0; i < parts.count; i++) {
		const struct score_part *part = &parts.items[i];

		check(part->weight >= 0 && part->weight <= SCORE_WEIGHT_MOST);
		if (part->tally->n == 0 || part->weight == 0)
			continue;
		mpz_set_si(mpq_numref(one), part->tally->sum);
		mpz_mul_si(mpq_numref(one), mpq_numref(one), part->weight);
		mpz_set_si(mpq_denref(one), part->tally->n);
		mpq_canonicalize(one);
		mpq_add(mean, mean, one);
		weights += part->weight;
	}
	if (weights > 0) {
		mpq_set_si(one, weights, 1);
		mpq_div(mean, mean, one);
	}
	mpq_clear(one);
	return weights > 0;
}

struct decimal
score_parts_mean(struct score_parts parts)
{
	struct decimal rounded = { .known = false };
	mpq_t mean;

	mpq_init(mean);
	if (parts_mean(mean, parts))
		rounded = round_rational(mean);
	mpq_clear(mean);
	return rounded;
}

struct decimal
score_parts_agreement(const struct scale *scale, struct score_parts parts)
{
	int64_t sum = 0, weights = 0;

	for (size_t i = 0; i < parts.count; i++) {
		const struct score_part *part = &parts.items[i];
		int64_t more;

		check(part->weight >= 0 && part->weight <= SCORE_WEIGHT_MOST);
		if (part->tally->n < 2 || part->weight == 0)
			continue;
		check(!__builtin_mul_overflow(part->weight,
		    agreement_exact(scale, part->tally), &more));
		check(!__builtin_add_overflow(sum, more, &sum));
		weights += part->weight;
	}
	if (weights == 0)
		return (struct decimal){ .known = false };
	return round_ratio(sum, weights * (BILLION / 100));
}

struct score_parts
score_part_of(struct score_part *room, const struct tally *tally)
{
	*room = (struct score_part){ .tally = tally, .weight = 1 };
	return (struct score_parts){ .items = room, .count = 1 };
}

/* Mean of `a` less mean of `b`; false when either is unknown. */
static bool
gap(mpq_t gap_out, struct score_parts a, struct score_parts b)
{
	bool known;
	mpq_t other;

	mpq_init(other);
	known = parts_mean(gap_out, a) && parts_mean(other, b);
	mpq_sub(gap_out, gap_out, other);
	mpq_clear(other);
	return known;
}

struct decimal
score_gap(struct score_parts a, struct score_parts b)
{
	struct decimal rounded = { .known = false };
	mpq_t exact;

	mpq_init(exact);
	if (gap(exact, a, b))
		rounded = round_rational(exact);
	mpq_clear(exact);
	return rounded;
}

static int
compare_hundredths(const mpq_t exact, struct decimal threshold)
{
	int order;
	mpq_t limit;

	check(threshold.known);
	mpq_init(limit);
	mpq_set_si(limit, threshold.hundredths, 100);
	mpq_canonicalize(limit);
	order = mpq_cmp(exact, limit);
	mpq_clear(limit);
	return (order > 0) - (order < 0);
}

enum outcome
score_compare(struct score_parts parts, struct decimal threshold,
    int *sign_out)
{
	enum outcome got = NOT_FOUND;
	mpq_t mean;

	mpq_init(mean);
	if (parts_mean(mean, parts)) {
		*sign_out = compare_hundredths(mean, threshold);
		got = OK;
	}
	mpq_clear(mean);
	return got;
}

enum outcome
score_gap_compare(struct score_parts a, struct score_parts b,
    struct decimal threshold, int *sign_out)
{
	enum outcome got = NOT_FOUND;
	mpq_t apart;

	mpq_init(apart);
	if (gap(apart, a, b)) {
		mpq_abs(apart, apart);
		*sign_out = compare_hundredths(apart, threshold);
		got = OK;
	}
	mpq_clear(apart);
	return got;
}
