/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/list.h"
#include "db/db.h"
#include "instrument/score.h"

/*
 * Sums of answers per run, source, group and item. They move in the same
 * transaction as the answer that they count, so that reading them costs the
 * same for a hundred answers and for a million.
 */
struct tally_place {
	int64_t assessment;
	const char *source;		/* "rater", "survey" */
	const char *respondents;	/* group id */
	const char *item;
	const struct scale *scale;	/* of the item */
};

/* Takes `old` out and puts `new` in; NULL: there is none. One statement. */
MUST_CHECK enum outcome tally_move(struct tx *tx, struct arena *a,
    const struct tally_place *place, const struct rating *old,
    const struct rating *new);

struct tally_row {
	const char *source, *respondents, *item;
	struct tally tally;
};
struct tally_rows LIST_OF(struct tally_row);

/*
 * All of a run, by item, source, group; at most TALLY_ROWS_MOST (2 sources x
 * 8 groups x 80 items).
 */
enum { TALLY_ROWS_MOST = 1280 };
MUST_CHECK enum outcome tally_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct tally_rows *list_out);

/* Those of one item, by source, group. */
MUST_CHECK enum outcome tally_list_of_item(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    struct tally_rows *list_out);
