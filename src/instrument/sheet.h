/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "instrument/instrument.h"
#include "instrument/score.h"

/*
 * The answers to a whole instrument as tallies, by item and group of
 * respondents. Everyone counts equally: "all" is every answer, not a mean of
 * groups. A dimension is the unweighted mean of those of its items that have
 * a value.
 */
struct score_sheet {
	const struct instrument *instrument;
	struct tally *tallies;	/* per item: all, then each group */
};

/* An empty sheet in `a`; the instrument outlives it. */
void score_sheet_init(struct score_sheet *sheet, struct arena *a,
    const struct instrument *instrument);

/* Counts one answer, in its group and in all. Both are of the instrument. */
void score_sheet_add(struct score_sheet *sheet, const struct item *item,
    const struct respondent_group *group, struct rating rating);

/* NULL group: all. */
const struct tally *score_sheet_tally(const struct score_sheet *sheet,
    const struct item *item, const struct respondent_group *group);

struct decimal score_sheet_mean(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group);
struct decimal score_sheet_agreement(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group);
