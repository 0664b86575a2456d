/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/analysis_load.h"

#include "assessment/assessment_store.h"
#include "assessment/collect_store.h"
#include "assessment/evidence_store.h"
#include "survey/survey_store.h"

/* Fetches what analysis.h works on. */

static enum outcome
agreed_load(struct db *db, struct arena *a, const struct assessment *run,
    struct analysis_agreed_list *list_out)
{
	struct agreed_list stored;
	struct analysis_agreed_list list = { 0 };
	enum outcome got = agreed_list(db, a, run->organisation, run->id,
	    &stored);

	if (got != OK)
		return got;
	LIST_EACH(agreed, &stored)
		*LIST_ADD(a, &list) = (struct analysis_agreed){ agreed->item,
			agreed->answer };
	*list_out = list;
	return OK;
}

/* The analysis of one run against `last`, which may be NULL. */
static enum outcome
analysis_of(struct db *db, struct arena *a, const struct assessment *run,
    const struct analysis *last, struct analysis *analysis_out)
{
	struct tally_rows tallies;
	struct analysis_agreed_list agreed;
	struct weight_list weights;
	struct analysis_input input = { .track = run->track,
		.groups = run->groups, .tallies = &tallies,
		.agreed = &agreed, .weights = &weights, .last = last };
	enum outcome got = assessment_instrument(run->instrument,
	    run->edition, &input.instrument);

	if (got == OK)
		got = tally_list(db, a, run->organisation, run->id, &tallies);
	if (got == OK)
		got = agreed_load(db, a, run, &agreed);
	if (got == OK)
		got = weight_list(db, a, run->organisation, run->id, &weights);
	if (got == OK)
		*analysis_out = analysis_make(a, &input);
	return got;
}

enum outcome
analysis_load(struct db *db, struct arena *a, const struct assessment *run,
    struct analysis *analysis_out)
{
	struct assessment previous;
	struct analysis *last;
	enum outcome got;

	if (run->previous == 0)
		return analysis_of(db, a, run, NULL, analysis_out);
	last = ARENA_NEW(a, struct analysis);
	got = assessment_find_id(db, a, run->organisation, run->previous,
	    &previous);
	if (got == OK)
		got = analysis_of(db, a, &previous, NULL, last);
	return got == OK ? analysis_of(db, a, run, last, analysis_out) : got;
}

/* --- Counts -------------------------------------------------------------- */

static enum outcome
survey_counts(struct db *db, struct arena *a, const struct assessment *run,
    struct run_counts *counts)
{
	struct survey survey;
	enum outcome got = survey_find(db, a, run->organisation, run->id,
	    &survey);

	if (got == NOT_FOUND)
		return OK;
	if (got == OK) {
		counts->responses = survey.responses;
		counts->invited = survey.invited;
	}
	return got;
}

enum outcome
run_counts_load(struct db *db, struct arena *a, const struct assessment *run,
    struct run_counts *counts_out)
{
	struct run_counts counts = { .invited = "" };
	struct rater_list raters;
	enum outcome got = rater_list(db, a, run->organisation, run->id,
	    &raters);

	if (got != OK)
		return got;
	LIST_EACH(rater, &raters)
		counts.raters += rater->answered > 0;
	got = survey_counts(db, a, run, &counts);
	if (got == OK)
		got = evidence_count(db, a, run->organisation, run->id,
		    &counts.evidence);
	if (got == OK)
		*counts_out = counts;
	return got;
}
