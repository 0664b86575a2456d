/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "assessment/assessment.h"
#include "assessment/assessment_store.h"
#include "assessment/evidence.h"
#include "db/db.h"
#include "survey/tally_store.h"

/*
 * What stage 2 collects: raters and their ratings, agreed scores, notes. The
 * evidence is in evidence_store.h, the survey in survey/survey_store.h, sums of
 * answers in survey/tally_store.h. Writes need stage 2: CONFLICT else.
 */

/* --- Raters -------------------------------------------------------------- */

struct rater {
	int64_t id;
	int64_t assessment;
	const char *code;	/* what the team sees, "K4-7M" */
	const char *respondents;	/* group id */
	bool has_person;	/* a member who rates under an own code */
	int64_t finished;	/* instant of "done"; 0 not yet */
	int64_t answered;	/* items with an answer */
};
struct rater_list LIST_OF(struct rater);

/*
 * Adds a rater, or finds the one with this token (a form sent twice). `person`
 * is 0, or a member, who has one code in a run: its rater is found again. The
 * code is made from the hash. INVALID: the run does not ask this group, or has
 * RATERS_MOST already.
 */
struct rater_new {
	int64_t assessment;
	const char *respondents;
	int64_t person;
	uint8_t token_hash[LINK_HASH_SIZE];
	int64_t now;
};
MUST_CHECK enum outcome rater_add(struct tx *tx, struct arena *a,
    int64_t organisation, const struct rater_new *rater, int64_t *id_out);

/* A new link; the old one ends. NOT_FOUND: none of this run, or a member's. */
MUST_CHECK enum outcome rater_change_link(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t rater,
    const uint8_t token_hash[LINK_HASH_SIZE]);

/* Removes a rater without ratings; CONFLICT when there are some. */
MUST_CHECK enum outcome rater_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t rater);

/* "Done" (`now`), or open again (0). CONFLICT outside stage 2. */
MUST_CHECK enum outcome rater_change_finished(struct tx *tx, struct arena *a,
    int64_t rater, int64_t now);

/* All of a run by code, with how many items each has answered. */
MUST_CHECK enum outcome rater_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct rater_list *list_out);

/* A rater with the run, for the rater's own pages. */
struct rater_run {
	struct rater rater;
	struct assessment run;
	const char *slug, *name_mn, *name_en;	/* of the organisation */
};
MUST_CHECK enum outcome rater_find_by_token(struct db *db, struct arena *a,
    const uint8_t token_hash[LINK_HASH_SIZE], struct rater_run *out);
MUST_CHECK enum outcome rater_find_by_person(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t person,
    struct rater_run *out);

/* --- Ratings ------------------------------------------------------------- */

/*
 * Puts one answer and moves the tally; three statements, one when nothing
 * changes. Idempotent. CONFLICT: the run is not in stage 2, or the rater said
 * "done". NOT_FOUND: no such rater. `item` is one of the run's track and the
 * answer one of its scale: the caller's to check. An answer is never taken
 * back, only changed.
 */
struct rating_new {
	int64_t rater;
	const char *item;
	struct rating answer;
	const struct scale *scale;
	int64_t now;
};
MUST_CHECK enum outcome rating_put(struct tx *tx, struct arena *a,
    const struct rating_new *rating);

struct item_rating {
	const char *item;
	struct rating answer;
};
struct item_ratings LIST_OF(struct item_rating);

/* One rater's answers, for that rater only. */
MUST_CHECK enum outcome rating_list(struct db *db, struct arena *a,
    int64_t rater, struct item_ratings *list_out);

/* --- Agreed scores ------------------------------------------------------- */

struct agreed {
	const char *item;
	struct rating answer;
	const char *rationale;	/* "" none */
	int64_t changed;	/* instant; ignored by agreed_put */
	int64_t version;	/* 0: not yet stored */
};
struct agreed_list LIST_OF(struct agreed);

/*
 * Puts the agreed answer of an item. agreed->version 0: there is none yet;
 * CONFLICT when it has another version by now, or the run has left stage 2.
 * INVALID: the value is above what the item's evidence allows (evidence_cap).
 */
MUST_CHECK enum outcome agreed_put(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct agreed *agreed,
    const struct authored *by);

MUST_CHECK enum outcome agreed_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    struct agreed *agreed_out);
MUST_CHECK enum outcome agreed_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct agreed_list *list_out);

/* --- Notes --------------------------------------------------------------- */

enum { NOTE_TITLE_MOST = 200, NOTE_BODY_MOST = 5000, NOTES_MOST = 300 };

struct note {
	int64_t id;
	const char *kind;	/* "interview", "discussion", "documents" */
	const char *item;	/* "" for the whole run */
	const char *respondents;	/* group id or "" */
	const char *title;
	const char *body;
	int64_t day;
	int64_t version;
};
struct note_list LIST_OF(struct note);

MUST_CHECK enum outcome note_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct note *note,
    const struct authored *by, int64_t *id_out);
/* note->id and note->version say which; CONFLICT: changed meanwhile. */
MUST_CHECK enum outcome note_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct note *note);
MUST_CHECK enum outcome note_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t note);
MUST_CHECK enum outcome note_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t note,
    struct note *note_out);

/* Newest first; `item` NULL: all of the run. */
MUST_CHECK enum outcome note_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    struct note_list *list_out);
