/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/collect_store.h"
#include "assessment/run_page.h"
#include "instrument/score.h"

/*
 * How far a run is, item by item: what was agreed, how many rated, what
 * evidence there is.
 */
struct item_state {
	const struct item *item;
	bool has_agreed;
	struct agreed agreed;
	struct tally raters;	/* of all groups */
	int64_t pieces;		/* of evidence */
	enum evidence_kind strongest;
};
struct run_state LIST_OF(struct item_state);

/* One state for each item of the run's track, in order. */
MUST_CHECK enum outcome run_state_load(struct db *db, struct arena *a,
    const struct run *run, struct run_state *state_out);

/* Of one dimension; NULL: of the whole run. */
struct progress run_state_progress(const struct run *run,
    const struct run_state *state, const struct dimension *dimension);

/* Minutes of the items that have no agreed answer yet. */
int64_t run_state_minutes_left(const struct run_state *state);
