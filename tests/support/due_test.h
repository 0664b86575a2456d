/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "run_test.h"

/*
 * People, and what is due for them: rows for the tests of the dashboard's list
 * and of reminders.
 */
static inline int64_t
due_test_person(struct store_test *t, const char *email, const char *language)
{
	assert_outcome(OK, store_run(t, "INSERT INTO person (email, name,"
	    " patronymic, name_key, language, totp_step, tries, locked_until,"
	    " created, version) VALUES ($1, 'Болд', '', '', $2, 0, 0, 0, 1,"
	    " 1)", db_text(email), db_text(language)));
	return store_int(t, "SELECT id FROM person WHERE email = $1",
	    db_text(email));
}

static inline void
due_test_role(struct store_test *t, int64_t person, int64_t organisation,
    const char *role)
{
	assert_outcome(OK, store_run(t, "INSERT INTO role (person,"
	    " organisation, name, since) VALUES ($1, $2, $3, 1)",
	    db_int(person), db_int(organisation), db_text(role)));
}

/* An action of a run, in whatever stage that is. */
static inline int64_t
due_test_action(struct store_test *t, int64_t run, const char *title,
    int64_t day, const char *progress)
{
	assert_outcome(OK, store_run(t, "INSERT INTO action (assessment, kind,"
	    " title, owner, due, first_due, moved_because, cost, state,"
	    " progress, created, changed, version) VALUES ($1, 'rules', $2,"
	    " 'accountant', $3, $3, '', 0, $4, '', 1, 1, 1)", db_int(run),
	    db_text(title), db_int(day), db_text(progress)));
	return store_int(t, "SELECT id FROM action WHERE assessment = $1"
	    " AND title = $2", db_int(run), db_text(title));
}

static inline int64_t
due_test_indicator(struct store_test *t, int64_t run, const char *title,
    int64_t day)
{
	assert_outcome(OK, store_run(t, "INSERT INTO indicator (assessment,"
	    " title, unit, baseline, target, target_day, created, version)"
	    " VALUES ($1, $2, 'months', 0, 1200, $3, 1, 1)", db_int(run),
	    db_text(title), db_int(day)));
	return store_int(t, "SELECT id FROM indicator WHERE assessment = $1"
	    " AND title = $2", db_int(run), db_text(title));
}

static inline void
due_test_stage(struct store_test *t, int64_t run, int64_t stage)
{
	assert_outcome(OK, store_run(t, "UPDATE assessment SET stage = $2"
	    " WHERE id = $1", db_int(run), db_int(stage)));
}

static inline void
due_test_next(struct store_test *t, int64_t run, int64_t day)
{
	assert_outcome(OK, store_run(t, "UPDATE assessment SET next_due = $2"
	    " WHERE id = $1", db_int(run), db_int(day)));
}
