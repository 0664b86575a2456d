/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/analysis.h"
#include "db/db.h"

/*
 * The analysis of a stored run, compared with the run that it names as its
 * previous one. Lives in `a`. FAILED when the content lacks its edition.
 */
MUST_CHECK enum outcome analysis_load(struct db *db, struct arena *a,
    const struct assessment *run, struct analysis *analysis_out);

/* How many took part. */
struct run_counts {
	int64_t raters;		/* who answered at least one item */
	int64_t responses;	/* to the survey */
	int64_t evidence;	/* pieces */
	const char *invited;	/* how people were; "" no survey */
};
MUST_CHECK enum outcome run_counts_load(struct db *db, struct arena *a,
    const struct assessment *run, struct run_counts *counts_out);
