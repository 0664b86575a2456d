/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment_store.h"
#include "db/db.h"
#include "publish/publish.h"

/*
 * Publishing a stored run: for pages and for tools, which build their reports
 * in the same way.
 */

/*
 * All that a report of this run is made of, as it stands now, but detail,
 * revision, reason and instant. Lives in `a`.
 */
MUST_CHECK enum outcome publish_gather(struct db *db, struct arena *a,
    const struct assessment *run, struct publish_input *input_out);

struct publish_order {
	int64_t assessment;
	int64_t after;		/* revision that the publisher saw; 0 none */
	const char *detail;
	const char *reason;	/* "" for the first, else needed */
};

/*
 * Publishes the next revision. INVALID: a correction without a reason, or a
 * text that can't stand in a report. CONFLICT: the run is not in stage 4 or 5,
 * or somebody published meanwhile. Sent twice (by->once): one.
 */
MUST_CHECK enum outcome publish_run(struct tx *tx, struct arena *a,
    int64_t organisation, const struct publish_order *order,
    const struct authored *by, int64_t *report_out);
