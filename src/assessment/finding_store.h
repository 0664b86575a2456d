/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "assessment/assessment_store.h"
#include "base/list.h"
#include "db/db.h"

/*
 * Findings of stage 3, in the words of the people who own them. They are
 * written in stage 3 (CONFLICT else); the reply may be written until the end.
 * Strings live in `a`.
 */
enum { FINDING_BODY_MOST = 1000, FINDING_REPLY_MOST = 1000,
	FINDINGS_MOST = 60 };

struct finding {
	int64_t id;
	const char *kind;	/* "strength", "weakness", "disagreement" */
	const char *principle;	/* id of the dimension */
	const char *item;	/* "" for the whole principle */
	const char *body;
	const char *reply;	/* "" none */
	int64_t person;		/* who owns it; 0 nobody with an account */
	const char *owner;	/* that person's name; "" */
	int64_t version;
};
struct finding_list LIST_OF(struct finding);

/* Sent twice (by->once) it is one. INVALID: FINDINGS_MOST are there. */
MUST_CHECK enum outcome finding_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct finding *finding,
    const struct authored *by, int64_t *id_out);

/* Kind, place, body; who writes owns it from now on. */
MUST_CHECK enum outcome finding_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct finding *finding,
    int64_t person);

/* The reply alone, in stages 3 to 5. */
MUST_CHECK enum outcome finding_reply(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const struct finding *finding);

MUST_CHECK enum outcome finding_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t finding);

MUST_CHECK enum outcome finding_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t finding,
    struct finding *finding_out);

/* Strengths, weaknesses, disagreements; each in the order they were made. */
MUST_CHECK enum outcome finding_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, struct finding_list *list_out);
