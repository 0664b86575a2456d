/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment_store.h"
#include "content/folder.h"
#include "library/library.h"
#include "store_test.h"

/*
 * An organisation and a run for store tests of assessments and surveys. The
 * content is the installation's own; library_open comes before the tests.
 */
enum { RUN_NOW = 1770000000, RUN_DAY = 20486 };	/* 2026-02-02 */

static inline int64_t
run_test_organisation(struct store_test *t, const char *slug)
{
	assert_outcome(OK, store_run(t, "INSERT INTO organisation (slug,"
	    " name_mn, name_en, name_bichig, name_key, folded, legal_form,"
	    " unit, place, field, purpose_mn, purpose_en, website, email,"
	    " phone, people, founded, standing, source, created, changed,"
	    " version) VALUES ($1, 'Цагаан гол', '', '', '', '', 'ngo', '',"
	    " '', '', '', '', '', '', '', 3, 2011, 'member', '', 1, 1, 1)",
	    db_text(slug)));
	return store_int(t, "SELECT id FROM organisation WHERE slug = $1",
	    db_text(slug));
}

static inline struct assessment_setup
run_test_setup(void)
{
	return (struct assessment_setup){ .instrument = LIBRARY_INSTRUMENT,
		.edition = LIBRARY_EDITION, .track = "short",
		.objectives = "transparency", .scope = "the whole",
		.period_from = RUN_DAY - 365, .period_to = RUN_DAY,
		.target = RUN_DAY + 40, .groups = "board staff members" };
}

struct run_test_add {
	struct store_test *test;
	int64_t organisation;
	struct assessment_setup setup;
	struct authored by;
	int64_t id;
	bool collecting;
};

static inline enum outcome
run_test_add_write(struct tx *tx, void *arg)
{
	struct run_test_add *add = arg;
	enum outcome got = assessment_add(tx, &add->test->arena,
	    add->organisation, &add->setup, &add->by, &add->id);

	if (got == OK && add->collecting)
		got = assessment_move(tx, &add->test->arena,
		    add->organisation, add->id, STAGE_COLLECTING, RUN_NOW);
	return got;
}

/* A run in stage 2. */
static inline int64_t
run_test_run(struct store_test *t, int64_t organisation)
{
	struct run_test_add add = { .test = t, .organisation = organisation,
		.setup = run_test_setup(), .by = { .now = RUN_NOW },
		.collecting = true };

	assert_outcome(OK, store_write(t, run_test_add_write, &add));
	return add.id;
}
