/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "assessment/assessment.h"
#include "base/decimal.h"
#include "instrument/instrument.h"
#include "instrument/score.h"
#include "survey/tally_store.h"

/*
 * Stage 3: what the answers of a run say. No SQL, HTML or HTTP; all figures are
 * exact (instrument/score.h).
 *
 * Self is the score that the team agreed on; where there is none, the mean of
 * the raters. Of a principle it is the unweighted mean of its items. What does
 * not apply is left out everywhere and leaves a gap. Stakeholders are those
 * who answered the survey.
 *
 * Small groups: an agreed score always shows. A mean shows from two answers
 * on, spread and agreement, which tell how single people answered, from
 * five on. A respondent group stands alone only where each of its figures rests
 * on five answers or more; else all groups of its side are merged, into
 * *inside* or *outside*, before anything is hidden. Where a single answer could
 * be told by taking one mean from another, the item is in no column's mean.
 */

/* Self and stakeholders differ when they are this far apart or more. */
enum { ANALYSIS_GAP = 80, PROPOSALS_OF_KIND = 3 };

struct figures {
	bool not_applicable;	/* the team agreed so: nothing below is known */
	struct decimal self;
	struct decimal raters;	/* their mean, beside the agreed score */
	struct decimal spread;	/* of the raters; of items only */
	struct decimal agreement;	/* of the raters, in percent */
	struct decimal stakeholders;
	struct decimal last;	/* self of the run compared with */
	struct decimal gap;	/* self less stakeholders */
	bool split;		/* the gap is ANALYSIS_GAP or more */
	int64_t n;		/* raters with a value; the most of an item */
	int64_t stakeholders_n;
};

struct analysis_item {
	const struct item *item;
	bool has_agreed;
	struct rating agreed;
	struct tally raters, survey;	/* as they came */
	struct tally self, stakeholders;	/* what counts; n 0: nothing */
	struct figures figures;
};
struct analysis_items LIST_OF(struct analysis_item);

/* A column of the table by group. */
struct analysis_column {
	const char *id;		/* of the group; merged: "inside", "outside" */
	const struct respondent_group *group;	/* NULL when merged */
	enum group_side side;
	int64_t answers;	/* most answers to one item */
};
struct analysis_columns LIST_OF(struct analysis_column);

struct analysis_cell {
	struct decimal mean;
	bool hidden;		/* there are answers, but they would tell one */
};
struct analysis_cells LIST_OF(struct analysis_cell);

struct analysis_principle {
	const struct dimension *dimension;
	size_t first, count;	/* in analysis.items */
	struct figures figures;
	struct analysis_cells cells;	/* one for each column */
};
struct analysis_principles LIST_OF(struct analysis_principle);

/* The criteria view: where alone the weights act. */
struct analysis_criterion {
	const char *id;
	int64_t weight;
	struct decimal self, stakeholders;
};
struct analysis_criteria LIST_OF(struct analysis_criterion);

struct analysis {
	const struct instrument *instrument;
	struct analysis_items items;	/* of the run's track, in order */
	struct analysis_principles principles;
	struct analysis_columns columns;
	struct analysis_criteria criteria;	/* those that items speak of */
	bool weights_differ;
	struct decimal plain, weighted;	/* self over all items */
};

struct analysis_agreed {
	const char *item;
	struct rating answer;
};
struct analysis_agreed_list LIST_OF(struct analysis_agreed);

struct analysis_input {
	const struct instrument *instrument;
	const char *track;
	const char *groups;	/* of the run, ids with blanks between */
	const struct tally_rows *tallies;
	const struct analysis_agreed_list *agreed;
	const struct weight_list *weights;
	const struct analysis *last;	/* NULL: nothing to compare with */
};

/*
 * Answers to items that the track lacks are ignored. The result points into the
 * instrument and lives in `a`.
 */
struct analysis analysis_make(struct arena *a,
    const struct analysis_input *input);

/* --- Proposals ----------------------------------------------------------- */

enum proposal_reason {
	REASON_HIGHEST,		/* among the highest of the run */
	REASON_LOWEST,
	REASON_GAP,		/* self and stakeholders differ */
	REASON_AGREEMENT,	/* the raters differ */
};

/* What people may take over as a finding, change and own. */
struct proposal {
	const char *kind;	/* "strength", "weakness", "disagreement" */
	enum proposal_reason reason;
	const struct dimension *dimension;
	const struct item *item;	/* NULL: the whole principle */
	const struct figures *figures;	/* of either */
	const struct analysis_item *example;	/* its best or weakest item;
						 * NULL of others */
};
struct proposals LIST_OF(struct proposal);

/*
 * At most PROPOSALS_OF_KIND of each kind, the clearest first. Strengths: the
 * highest principles, in the better half of the scale. Weaknesses: the lowest,
 * not in its best quarter. No principle is both, and where all are alike there
 * is neither. Disagreements: principles with a gap, then items with one
 * in other principles, then principles whose agreement is below 60.
 */
struct proposals analysis_propose(struct arena *a,
    const struct analysis *analysis);
