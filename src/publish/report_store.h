/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/list.h"
#include "db/db.h"
#include "publish/publish.h"
#include "text/language.h"

/*
 * Published reports in the database: never changed, only followed by the next
 * revision. Whoever publishes needs ADMINISTRATOR, which the router sees to.
 * Strings live in `a`.
 */
struct report {
	int64_t id;
	int64_t assessment;
	int64_t organisation;
	int64_t number;		/* of the run */
	int64_t revision, newest;	/* this one's, the newest one's */
	const char *detail;
	const char *document;
	const uint8_t *hash;	/* PUBLISH_HASH bytes */
	const char *reason;	/* "" the first */
	int64_t published;
};

/* The next revision's number, from 1. */
MUST_CHECK enum outcome report_next(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t *revision_out);

struct report_new {
	int64_t assessment;
	int64_t revision;	/* what report_next said, in the same write */
	const char *detail;
	const char *document;
	const char *reason;
	int64_t published;
	int64_t person;		/* 0 nobody with an account */
	const char *once;	/* or NULL */
};

/*
 * Adds a revision and asks the clerk for its printed form in every language.
 * CONFLICT: the run is not in stage 4 or 5, or the revision is there already.
 */
MUST_CHECK enum outcome report_add(struct tx *tx, struct arena *a,
    int64_t organisation, const struct report_new *new, int64_t *id_out);

/* The revision that this form's token made. */
MUST_CHECK enum outcome report_find_once(struct db *db, struct arena *a,
    int64_t organisation, const char *once, int64_t *id_out);

/* Of run `number`; revision 0: the newest. NOT_FOUND while unpublished. */
MUST_CHECK enum outcome report_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t number, int64_t revision,
    struct report *report_out);
MUST_CHECK enum outcome report_find_id(struct db *db, struct arena *a,
    int64_t id, struct report *report_out);

/* All revisions of a run, the newest first; at most 100. */
MUST_CHECK enum outcome report_revision_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t number, struct report_revisions *list_out);

/* --- Lists for profiles and the home page -------------------------------- */

/* The newest revision of a run; no scores, by rule. */
struct published {
	int64_t id;
	const char *slug;
	struct label organisation;
	int64_t number;
	int64_t period_from, period_to;	/* days */
	const char *track;
	int64_t revision;
	int64_t published;	/* instant of this revision */
};
struct published_list LIST_OF(struct published);

enum { PUBLISHED_MOST = 50 };
MUST_CHECK enum outcome publish_of_organisation(struct db *db,
    struct arena *a, int64_t organisation, struct published_list *list_out);

/* First publications of all organisations, newest first; limit at most
 * PUBLISHED_MOST. */
MUST_CHECK enum outcome publish_newest(struct db *db, struct arena *a,
    int64_t limit, struct published_list *list_out);

/* --- Printed forms ------------------------------------------------------- */

struct report_file {
	const uint8_t *hash;	/* 32 bytes: its name on disk */
	int64_t size;
};

/* NOT_FOUND: the clerk has not made it yet. */
MUST_CHECK enum outcome report_file_find(struct db *db, struct arena *a,
    int64_t report, enum language language, struct report_file *file_out);

/* Asks the clerk for it, unless that is asked already. */
MUST_CHECK enum outcome report_file_ask(struct tx *tx, struct arena *a,
    int64_t report, enum language language, int64_t now);

/* The clerk made it. Made twice, the second stands. */
MUST_CHECK enum outcome report_file_add(struct tx *tx, struct arena *a,
    int64_t report, enum language language, const struct report_file *file);
