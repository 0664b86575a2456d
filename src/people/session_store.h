/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"
#include "people/token.h"

/*
 * Browsers that are signed in. A session lasts SESSION_IDLE since it was last
 * seen and SESSION_MOST since it began. One that still awaits the code of step
 * two lasts CODE_MOST and opens nothing.
 */
enum {
	SESSION_IDLE = 30 * 86400,
	SESSION_MOST = 90 * 86400,
	CODE_MOST = 600,
	SESSIONS_SHOWN = 50,
};

struct session_new {
	int64_t person;
	const uint8_t *hash;	/* TOKEN_HASH bytes */
	const char *browser;
	bool complete;
	int64_t now;
};

/* Who a token belongs to. */
struct session_owner {
	int64_t session;
	int64_t person;
	const char *name, *patronymic;
	unsigned rights;	/* enum coalition_right */
};

struct session {
	int64_t id;
	const char *browser;	/* "" when it did not say */
	int64_t created, seen;
};
struct session_list LIST_OF(struct session);

MUST_CHECK enum outcome session_add(struct tx *tx, struct arena *a,
    const struct session_new *new, int64_t *session_out);

/* A live session, complete or awaiting its code. One indexed query. */
MUST_CHECK enum outcome session_find(struct db *db, struct arena *a,
    const uint8_t hash[TOKEN_HASH], bool complete, int64_t now,
    struct session_owner *owner_out);

/* The live ones of a person, last seen first, at most SESSIONS_SHOWN. */
MUST_CHECK enum outcome session_list(struct db *db, struct arena *a,
    int64_t person, int64_t now, struct session_list *list_out);

/* When it was last seen, to the hour. */
MUST_CHECK enum outcome session_seen(struct db *db, struct arena *a,
    int64_t session, int64_t *seen_out);

/* Notes the use; `now` is rounded down to the hour. */
MUST_CHECK enum outcome session_see(struct tx *tx, struct arena *a,
    int64_t session, int64_t now);

/* NOT_FOUND when it is not this person's. */
MUST_CHECK enum outcome session_remove(struct tx *tx, struct arena *a,
    int64_t person, int64_t session);

/* All of a person but `keep` (0: all). */
MUST_CHECK enum outcome session_remove_others(struct tx *tx, struct arena *a,
    int64_t person, int64_t keep);

/* Those of anybody that have ended, at most 100 at a time. */
MUST_CHECK enum outcome session_remove_ended(struct tx *tx, struct arena *a,
    int64_t now);
