/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "assessment/assessment.h"
#include "db/db.h"

/*
 * Runs in the database: stage 1 (setup, weights, team), the change of stages,
 * and lists of runs. Every function names the organisation, so that no run of
 * another is reached by number. Strings live in `a`.
 */

/* Who writes, when, and the form's token against double sending. */
struct authored {
	int64_t person;		/* 0: nobody with an account */
	int64_t now;		/* instant */
	const char *once;	/* NULL for tools, which send nothing twice */
};

/*
 * Adds a run in stage 1 with its weights and team. Its number is the
 * organisation's next; `previous` is the last run of the same instrument and
 * edition that was analysed. The setup has passed assessment_setup_check
 * (INVALID if not). Sent twice (authored.once) it is the same run.
 */
MUST_CHECK enum outcome assessment_add(struct tx *tx, struct arena *a,
    int64_t organisation, const struct assessment_setup *setup,
    const struct authored *by, int64_t *id_out);

/*
 * Changes the setup of a run in stage 1 or 2. CONFLICT: it has another version
 * by now, or has left these stages. INVALID: assessment_setup_check, or a
 * group is left out that has raters already.
 */
MUST_CHECK enum outcome assessment_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, int64_t version,
    const struct assessment_setup *setup, int64_t now);

/*
 * Opens stage `to` as assessment_may_move allows; CONFLICT when it does not
 * (any more). Remembers when stages 2 and 3 were closed. Conditions on what
 * must be there before are the caller's.
 */
MUST_CHECK enum outcome assessment_move(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, int to, int64_t now);

/* The day the next run should begin; 0 none. */
MUST_CHECK enum outcome assessment_change_next_due(struct tx *tx,
    struct arena *a, int64_t organisation, int64_t id, int64_t day);

MUST_CHECK enum outcome assessment_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t number, struct assessment *run_out);
MUST_CHECK enum outcome assessment_find_id(struct db *db, struct arena *a,
    int64_t organisation, int64_t id, struct assessment *run_out);

/*
 * OK: the run is in a stage that allows `work`; CONFLICT: it is not;
 * NOT_FOUND. For writes, inside their transaction.
 */
MUST_CHECK enum outcome assessment_require(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, enum assessment_work work);

MUST_CHECK enum outcome weight_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct weight_list *list_out);
MUST_CHECK enum outcome team_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct team_list *list_out);

/* A run in a list, with what its report says. */
struct assessment_row {
	struct assessment run;
	int64_t revision;	/* of the report; 0: not published */
	int64_t published;	/* instant of that revision */
};
struct assessment_rows LIST_OF(struct assessment_row);

/* All runs, newest first; `published`: only those with a report. */
MUST_CHECK enum outcome assessment_list(struct db *db, struct arena *a,
    int64_t organisation, bool published, struct assessment_rows *list_out);

/*
 * What the coalition sees of its members' runs: how far, never how good. The
 * latest run of each organisation, the nearest target day first, from `offset`
 * on: one row more than a page holds, when there are more.
 */
enum { PROGRESS_PAGE = 50 };
struct progress_row {
	int64_t id;		/* of the run */
	const char *slug, *name_mn, *name_en;
	const char *instrument, *edition, *track;
	int stage;
	int64_t agreed;		/* items with an agreed answer */
	int64_t raters;
	int64_t finished;	/* raters who said "done" */
	int64_t target;		/* day */
	bool published;
};
struct progress_rows LIST_OF(struct progress_row);
MUST_CHECK enum outcome progress_list(struct db *db, struct arena *a,
    int64_t offset, struct progress_rows *list_out);
