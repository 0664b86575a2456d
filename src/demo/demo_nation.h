/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "demo/demo_part.h"

/* What the two files of the national scale share; for them alone. */

enum { NATION_RATERS = 2, NATION_RUN_DAYS = 30 };

/* What all of them share. */
struct nation {
	struct demo *demo;
	struct arena arena;	/* of one write at a time */
	const struct instrument *instrument;
	const struct item *items[ITEMS_MOST];	/* of the short track */
	size_t item_count;
	const char *groups;
};

/* One run of one organisation. */
struct national_run {
	struct nation *nation;
	struct tx *tx;
	struct demo_draw draw;
	int64_t organisation, id;
	int64_t begins;		/* day of content */
	struct authored by;
};

/* From the setup to the published report; r->begins and the rest are set. */
MUST_CHECK enum outcome demo_nation_run_make(struct national_run *r);
