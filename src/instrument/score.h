/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/outcome.h"
#include "instrument/scale.h"

/*
 * Exact scores. A tally is all that a score needs to know of the answers to an
 * item; stores keep it current, so that a report over a million answers costs
 * what it costs over a hundred. Nothing here is floating point: means are
 * rationals, roots are integer square roots to 10^-9, and each figure is
 * rounded once, half away from zero, when it becomes a struct decimal.
 *
 *	mean		sum of x / n
 *	spread		population standard deviation D
 *	agreement	100 * (1 - D / Dmax(n)), where two equal camps at the
 *			ends of the scale give Dmax(n) = range *
 *			sqrt(floor(n/2) * ceil(n/2)) / n; unknown for n < 2
 *
 * Agreement is a construction of this program: 100 when all answer alike, 0
 * when the raters fall into two camps as even and as far apart as n allows.
 * Example: 3, 3, 4, 2 on 0..4 has mean 3.00, spread 0.71, agreement 64.64.
 */
enum { TALLY_LEVELS = 11 };
#define TALLY_MOST INT64_C(10000000)	/* answers to one item */

struct tally {
	int64_t n;		/* answers that are values */
	int64_t na;		/* "not applicable" */
	int64_t dk;		/* "don't know" */
	int64_t sum;		/* of the values */
	int64_t squares;	/* of their squares */
	int64_t levels[TALLY_LEVELS];	/* how many of each; tally_level */
};

/*
 * Where a value is counted in `levels`: each has its own place on scales of up
 * to TALLY_LEVELS values, longer ones fall into ten equal parts, the last with
 * the maximum. The value is on the scale.
 */
size_t tally_level(const struct scale *scale, int value);

/* One answer more, or one that was there less. A value is on the scale. */
void tally_add(struct tally *tally, const struct scale *scale,
    struct rating rating);
void tally_remove(struct tally *tally, const struct scale *scale,
    struct rating rating);

/* All answers of `more` as well; both are of the same scale. */
void tally_merge(struct tally *tally, const struct tally *more);

/* Unknown for n = 0. */
struct decimal score_mean(const struct tally *tally);

/* Unknown for n = 0; 0 for one answer. */
struct decimal score_spread(const struct tally *tally);

/* In percent; unknown for n < 2. */
struct decimal score_agreement(const struct scale *scale,
    const struct tally *tally);

/*
 * Several items as one figure: a principle (every weight 1), or the criteria
 * view (a weight per item, 0 or more). Items without a value, and of weight 0,
 * are left out; unknown when none is left.
 */
struct score_part {
	const struct tally *tally;
	int64_t weight;		/* 0 .. SCORE_WEIGHT_MOST */
};
struct score_parts {
	const struct score_part *items;
	size_t count;
};
#define SCORE_WEIGHT_MOST INT64_C(1000000)

/* The mean of the items' means, each times its weight. */
struct decimal score_parts_mean(struct score_parts parts);

/*
 * The mean of the items' agreements, each taken to 10^-9 of 1, times weight;
 * items with fewer than two values are left out.
 */
struct decimal score_parts_agreement(const struct scale *scale,
    struct score_parts parts);

/* Mean of `a` less mean of `b`, rounded once; unknown when either is. */
struct decimal score_gap(struct score_parts a, struct score_parts b);

/* A single item's tally as parts, for score_gap and score_compare. */
struct score_parts score_part_of(struct score_part *room,
    const struct tally *tally);

/*
 * Whether the exact mean, not its rounded figure, is below (-1), at (0) or
 * above (1) a threshold. NOT_FOUND when there is no mean.
 */
MUST_CHECK enum outcome score_compare(struct score_parts parts,
    struct decimal threshold, int *sign_out);

/* The same for the gap between two means: its size, whatever its sign. */
MUST_CHECK enum outcome score_gap_compare(struct score_parts a,
    struct score_parts b, struct decimal threshold, int *sign_out);
