/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/analysis.h"

/* What the files of the analysis share; for them alone. */

enum analysis_what {
	WHAT_SELF,
	WHAT_RATERS,		/* items with two answers or more */
	WHAT_AGREEMENT,		/* items with five answers or more */
	WHAT_STAKEHOLDERS,
};

/* One figure's parts over `items` without those that don't apply. */
struct score_parts analysis_parts(struct arena *a,
    const struct analysis_item *items, size_t count, enum analysis_what what);

/* Fills columns and the cells of the principles, which are there already. */
void analysis_columns_make(struct arena *a, struct analysis *analysis,
    const struct analysis_input *input);
