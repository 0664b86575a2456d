/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/outcome.h"
#include "instrument/instrument.h"

/*
 * One run of a self-assessment through its five stages, and the rules of who
 * may change what, when. No SQL, HTML or HTTP. Who sees a run: members of its
 * organisation; others only the published report. Raters and respondents of
 * the survey see their own pages and nothing else.
 */

enum assessment_stage {
	STAGE_GOALS = 1,	/* goals, criteria, team, groups */
	STAGE_COLLECTING,	/* ratings, agreed scores, evidence, survey */
	STAGE_ANALYSIS,		/* findings */
	STAGE_PLAN,		/* actions */
	STAGE_MONITORING,	/* measurements, report, the next run */
};

/* What people do in a run; each has its stages (assessment_allows). */
enum assessment_work {
	WORK_SETUP,		/* stages 1, 2 */
	WORK_COLLECT,		/* 2: raters, ratings, agreed, notes, survey */
	WORK_ANALYSE,		/* 3 */
	WORK_PLAN,		/* 3 to 5: the first action closes stage 3 */
	WORK_MONITOR,		/* 4, 5 */
	WORK_PUBLISH,		/* 4, 5 */
};

bool assessment_allows(int stage, enum assessment_work work);

/*
 * Stages follow one another: n may become n + 1. Besides, collecting may be
 * opened again while the analysis has not been closed (3 to 2).
 */
bool assessment_may_move(int from, int to);

/* Lengths and counts at the door. */
enum {
	SCOPE_MOST = 2000,
	TEAM_MOST = 20,
	TEAM_NAME_MOST = 120,
	RATERS_MOST = 200,	/* of a run */
	RATERS_AT_ONCE = 50,
	RATIONALE_MOST = 2000,
	WEIGHT_MOST = 10,
	ASSESSMENTS_MOST = 100,	/* of an organisation, in lists */
};

/* A run as it is stored. `objectives` and `groups` are ids, blanks between. */
struct assessment {
	int64_t id;
	int64_t organisation;
	int64_t number;		/* from 1 within the organisation; in addresses */
	const char *instrument, *edition;
	const char *track;	/* "short", "full" */
	int stage;		/* enum assessment_stage, the one that is open */
	const char *objectives;
	const char *scope;
	int64_t period_from, period_to;	/* days */
	int64_t target;		/* day the report is wanted */
	const char *groups;
	int64_t previous;	/* id of the run it is compared with; 0 none */
	int64_t collected;	/* instant stage 2 was closed; 0 open */
	int64_t analysed;	/* instant stage 3 was closed; 0 open */
	int64_t next_due;	/* day the next run should begin; 0 not set */
	int64_t created, changed;
	int64_t version;
};
struct assessment_list LIST_OF(struct assessment);

/* How much a criterion counts in the criteria view; absent means 1. */
struct weight {
	const char *criterion;
	int64_t weight;		/* 0..WEIGHT_MOST */
};
struct weight_list LIST_OF(struct weight);

/* Who carries the run. */
struct team_member {
	int64_t person;		/* 0: somebody without an account */
	const char *name;
	const char *duty;
};
struct team_list LIST_OF(struct team_member);

/* Stage 1 as a whole: what assessment_add and assessment_change take. */
struct assessment_setup {
	const char *instrument, *edition;	/* ignored by change */
	const char *track;
	const char *objectives;
	const char *scope;
	int64_t period_from, period_to, target;
	const char *groups;
	struct weight_list weights;
	struct team_list team;
};

/* What is wrong with a setup, first fault first; SETUP_FINE nothing. */
enum setup_fault {
	SETUP_FINE,
	SETUP_PERIOD,		/* ends before it begins */
	SETUP_TARGET,		/* the report is wanted before the period ends */
	SETUP_GROUPS,		/* no group chosen */
	SETUP_TRACK,		/* narrower than what was already asked */
};

/*
 * The rules that one field alone can't tell. `now` is the stored run that is
 * changed, or NULL for a new one: in stage 2 the track may only widen.
 */
enum setup_fault assessment_setup_check(const struct assessment_setup *setup,
    const struct assessment *now);

/*
 * The edition that a run pins. FAILED, logged: the content that this program
 * was started with lacks it.
 */
MUST_CHECK enum outcome assessment_instrument(const char *name,
    const char *edition, const struct instrument **instrument_out);

/* Whether `id` is one of the blank-separated ids. */
bool ids_have(const char *ids, const char *id);

/* The ids one by one, in `a`. */
struct id_list LIST_OF(const char *);
struct id_list ids_split(struct arena *a, const char *ids);

/*
 * A rater's code, what the team sees: "K4-7M", of letters and digits that look
 * like no other. Made from random bytes (the hash of the link's token);
 * `attempt` chooses the next one when a code is taken.
 */
enum { RATER_CODE_SIZE = 6, RATER_CODE_ATTEMPTS = 8 };
void rater_code_make(const uint8_t random[32], unsigned attempt,
    char code_out[RATER_CODE_SIZE]);

/*
 * The secret in a link: 22 letters of base64url, 128 bits. What is stored
 * is its SHA-256 only. The token is derived from the form's `once` (random,
 * known to who filled it in) and an index, so that a form sent twice makes the
 * same links.
 */
enum { LINK_TOKEN_SIZE = 23, LINK_HASH_SIZE = 32 };
void link_token_make(const char *once, int64_t index,
    char token_out[LINK_TOKEN_SIZE]);
void link_token_hash(const char *token, uint8_t hash_out[LINK_HASH_SIZE]);

/*
 * What the team may see of ratings that are still coming in: the mean from two
 * answers on, the distribution from five on.
 */
bool shows_mean(int64_t n);
bool shows_distribution(int64_t n);

/* Where a principle stands in stage 2. */
struct progress {
	int64_t items;		/* of the track */
	int64_t agreed;		/* with an agreed answer, whatever it is */
	int64_t not_applicable;	/* of these, "does not apply" */
	int64_t rated;		/* items with at least one rating */
	int64_t wanting;	/* not agreed, and rated above what the
				 * evidence allows */
};
enum progress_status {
	PROGRESS_NOT_STARTED,
	PROGRESS_UNDER_WAY,
	PROGRESS_NEEDS_EVIDENCE,
	PROGRESS_DONE,
	PROGRESS_NOT_APPLICABLE,
};
enum progress_status progress_status(const struct progress *progress);
