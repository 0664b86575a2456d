/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "people/token.h"

/*
 * Links with which somebody may set a password, once: by mail for whoever
 * forgot it, from the command line for whoever has none yet.
 */
enum {
	LINK_BY_MAIL = 3600,		/* seconds that it lasts */
	LINK_BY_OPERATOR = 3 * 86400,
	LINKS_OPEN = 3,			/* of one person by mail at a time */
};

/* A live link's owner; NOT_FOUND when it was used or has ended. */
MUST_CHECK enum outcome password_link_find(struct db *db, struct arena *a,
    const uint8_t hash[TOKEN_HASH], int64_t now, int64_t *person_out);

/* How many live links a person has. */
MUST_CHECK enum outcome password_link_count(struct db *db, struct arena *a,
    int64_t person, int64_t now, int64_t *count_out);

MUST_CHECK enum outcome password_link_add(struct tx *tx, struct arena *a,
    int64_t person, const uint8_t hash[TOKEN_HASH], int64_t now,
    int64_t life);

/* All of a person's links end: one was used, or the password was changed. */
MUST_CHECK enum outcome password_link_remove_all(struct tx *tx,
    struct arena *a, int64_t person);
