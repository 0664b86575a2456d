/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "db/db.h"
#include "survey/survey.h"

/* Surveys and their answers in the database. Strings live in `a`. */

/* What a respondent's page must know of the run that asks. */
struct survey_run {
	struct survey survey;
	int64_t organisation;
	const char *slug, *name_mn, *name_en;
	int64_t number;		/* of the run */
	const char *instrument, *edition, *track;
	const char *groups;	/* of the run; blanks between */
	int stage;
};

/*
 * Opens the survey of a run in stage 2, or opens it again with new words (the
 * token stays). CONFLICT: the run is not in stage 2. NOT_FOUND: no such run.
 */
MUST_CHECK enum outcome survey_open(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const char *token,
    const char *invited, int64_t now, int64_t *id_out);

/* Closes it; closed already is OK. NOT_FOUND: there is none. */
MUST_CHECK enum outcome survey_close(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t now);

MUST_CHECK enum outcome survey_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct survey *survey_out);

/* By its link; also when closed. */
MUST_CHECK enum outcome survey_find_by_token(struct db *db, struct arena *a,
    const char *token, struct survey_run *run_out);

/*
 * Adds one response and counts it in the tallies. CONFLICT: the survey is
 * closed, or its run has left stage 2. INVALID: the group is not asked. Sent
 * twice (`once`; NULL for tools) it counts once and is OK.
 */
MUST_CHECK enum outcome survey_response_add(struct tx *tx, struct arena *a,
    int64_t survey, const struct scale *scale,
    const struct survey_response *response, const char *once);

/* Comments of a run's survey, for its team; oldest first, at most 500. */
struct survey_comment {
	const char *respondents;
	const char *comment;
};
struct survey_comments LIST_OF(struct survey_comment);
MUST_CHECK enum outcome survey_comment_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment,
    struct survey_comments *list_out);
