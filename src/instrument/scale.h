/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "text/language.h"

/*
 * What an item may be answered with: whole values min, min + step, .. max.
 * "Not applicable" and "don't know" are answers too, but never numbers.
 */
enum scale_direction { SCALE_UP, SCALE_DOWN };	/* DOWN: min is best */

/* Between two levels a rater takes the lower, or is free. */
enum scale_tie { TIE_LOWER, TIE_FREE };

struct scale_level {
	int value;
	struct label label;
};
struct scale_levels {
	struct scale_level *items;	/* ascending */
	size_t count;
};

enum { SCALE_LEAST = -1000, SCALE_MOST = 1000 };	/* of any scale */

struct scale {
	int min, max, step;
	enum scale_direction direction;
	enum scale_tie tie;
	struct scale_levels levels;	/* the values that have a name */
	struct label not_applicable, dont_know;
};

/* One answer of one rater to one item. */
enum rating_kind { RATING_VALUE, RATING_NOT_APPLICABLE, RATING_DONT_KNOW };

struct rating {
	enum rating_kind kind;
	int value;	/* on the scale; only of RATING_VALUE */
};

/* How many values the scale has. */
size_t scale_values(const struct scale *scale);

bool scale_has(const struct scale *scale, int value);
