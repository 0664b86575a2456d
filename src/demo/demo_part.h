/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment_store.h"
#include "demo/demo.h"
#include "demo/demo_content.h"
#include "demo/demo_draw.h"
#include "instrument/instrument.h"
#include "people/person_store.h"

/* What the files that make the demonstration share; for them alone. */

/* The demonstration while it is made. */
struct demo {
	const struct demo_options *options;
	struct arena *arena;	/* of content and of what is handed back */
	struct demo_coalition coalition;
	struct demo_story_book book;
	struct demo_words words;	/* when options->national */
	struct person_key key;	/* everybody's password */
	int64_t shift;		/* days that all days move by; not above 0 */
	struct demo_made made;
};

/* A day of content, moved; and the instant of `hour` on it, never later than
 * the demonstration's last evening. */
int64_t demo_day(const struct demo *demo, int64_t day);
int64_t demo_instant(const struct demo *demo, int64_t day, int64_t hour);

/* A run while it is made. */
struct demo_making {
	struct demo *demo;
	struct tx *tx;
	struct arena *arena;	/* dies with the run */
	const struct demo_run *run;
	struct demo_draw draw;
	const struct instrument *instrument;
	const struct track *track;
	int64_t organisation, id, number;
	const char *name;	/* "demo tsagaan-gol 3": of tokens and draws */
	struct authored editor;	/* `now` is set with demo_moment */
	struct authored director;
};

/* The instant when `percent` of a run's time have passed. */
int64_t demo_moment(const struct demo_making *m, int64_t percent);

/* True when the run asks this item; and when it is none of theirs. */
bool demo_asks(const struct demo_making *m, const struct item *item);
bool demo_not_our_field(const struct demo_making *m, const struct item *item);

/* The id of an account; 0 for "" and when nobody has it. */
int64_t demo_person(const struct demo *demo, const char *email);

/* The first with this role in an organisation, or with a higher one; 0. */
int64_t demo_colleague(const struct demo *demo,
    const struct demo_organisation *organisation,
    enum organisation_role role);

/* --- Steps, each inside the coalition's write ---------------------------- */

/* Settings and the text of the charter. */
MUST_CHECK enum outcome demo_settings_make(struct tx *tx, struct arena *a,
    struct demo *demo);

/* Organisations with their pledges; then people with their roles. */
MUST_CHECK enum outcome demo_organisations_make(struct tx *tx,
    struct arena *a, struct demo *demo);
MUST_CHECK enum outcome demo_people_make(struct tx *tx, struct arena *a,
    struct demo *demo);

/* One run as far as it goes. */
MUST_CHECK enum outcome demo_run_make(struct tx *tx, struct arena *a,
    struct demo *demo, const struct demo_run *run);

/* Stage 2: ratings, agreed scores with evidence, notes, the survey. */
MUST_CHECK enum outcome demo_collect(struct demo_making *m);
MUST_CHECK enum outcome demo_survey(struct demo_making *m);

/* The agreed level of each item by its index. */
void demo_levels_draw(struct demo_making *m, int levels_out[ITEMS_MOST]);

/* Links a piece that carries *level_io; lowers that where there is none. */
MUST_CHECK enum outcome demo_evidence_link(struct demo_making *m,
    const struct item *item, int *level_io);

/* Stages 3 to 5: findings, the plan, and what came of it. */
MUST_CHECK enum outcome demo_findings(struct demo_making *m);
MUST_CHECK enum outcome demo_plan(struct demo_making *m);

/* States and measurements up to a run's end, or later ones. */
MUST_CHECK enum outcome demo_progress(struct demo_making *m, bool later);

/* --- Outside the write --------------------------------------------------- */

/* Copies the files of evidence to the data folder; sets hash and size. */
MUST_CHECK enum outcome demo_evidence_keep(struct demo *demo);

/* The organisations of the national scale, in batches. */
MUST_CHECK enum outcome demo_national_make(struct db *db, struct demo *demo);
