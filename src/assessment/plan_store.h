/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "assessment/assessment_store.h"
#include "assessment/plan.h"
#include "db/db.h"

/*
 * Actions, indicators, measurements in the database. Actions and indicators
 * are written in stages 3 to 5, measurements in stages 4 and 5; CONFLICT
 * else. Strings live in `a`.
 */

/* id, first_due, moved_because and version are ignored. Sent twice: one.
 * INVALID: ACTIONS_MOST are there, or the finding is not of this run. */
MUST_CHECK enum outcome action_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct action *action,
    const struct authored *by, int64_t *id_out);

/* As action_check allows: INVALID when it does not. CONFLICT: changed by
 * somebody else meanwhile. */
MUST_CHECK enum outcome action_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct action *action,
    int64_t now);

/* Not any more when the plan stands (action_is_fixed): CONFLICT. */
MUST_CHECK enum outcome action_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t action);

MUST_CHECK enum outcome action_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t action,
    struct action *action_out);

/* By due day. */
MUST_CHECK enum outcome action_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct action_list *list_out);

/* Whether moving a date counts: in stage 5, or after publication. */
MUST_CHECK enum outcome plan_is_fixed(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, bool *fixed_out);

/*
 * Closes the analysis: stage 3 becomes 4. INVALID: there is no action yet.
 * CONFLICT: the run is not in stage 3.
 */
MUST_CHECK enum outcome analysis_close(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t now);

/* --- Indicators ---------------------------------------------------------- */

/* INVALID: INDICATORS_MOST are there, or the action is not of this run. */
MUST_CHECK enum outcome indicator_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment,
    const struct indicator *indicator, const struct authored *by,
    int64_t *id_out);
MUST_CHECK enum outcome indicator_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment,
    const struct indicator *indicator);

/* Its measurements go with it. */
MUST_CHECK enum outcome indicator_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t indicator);
MUST_CHECK enum outcome indicator_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t indicator,
    struct indicator *indicator_out);

/* In the order they were made. */
MUST_CHECK enum outcome indicator_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment,
    struct indicator_list *list_out);

/* NOT_FOUND: no such indicator in this run. */
MUST_CHECK enum outcome measurement_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment,
    const struct measurement *measurement, const struct authored *by,
    int64_t *id_out);
MUST_CHECK enum outcome measurement_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t measurement);

/* Those of one indicator, by day; of more than MEASUREMENTS_MOST the newest. */
MUST_CHECK enum outcome measurement_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t indicator,
    struct measurement_list *list_out);
