/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "organisation/organisation.h"

/* Organisations in the database. Strings live in `a`. */

MUST_CHECK enum outcome organisation_find(struct db *db, struct arena *a,
    int64_t id, struct organisation *organisation_out);

/* What the router asks for each address: who, and the asker's role in it. */
MUST_CHECK enum outcome organisation_find_for(struct db *db, struct arena *a,
    const char *slug, int64_t person, struct request_organisation *found_out);

MUST_CHECK enum outcome organisation_find_slug(struct db *db, struct arena *a,
    const char *slug, int64_t *id_out);
MUST_CHECK enum outcome organisation_find_registration(struct db *db,
    struct arena *a, const char *registration, int64_t *id_out);

/*
 * Adds one with a slug made from its name (or `slug`, when it is not ""), and
 * makes it findable. `once` (NULL: none) makes a second sending the same one.
 * CONFLICT when the registration number is taken.
 */
MUST_CHECK enum outcome organisation_add(struct tx *tx, struct arena *a,
    const struct organisation *new, const char *once, int64_t now,
    int64_t *id_out);

/*
 * Changes everything but slug, standing, joined and source. CONFLICT when the
 * version is another, or the registration number is taken.
 */
MUST_CHECK enum outcome organisation_change(struct tx *tx, struct arena *a,
    const struct organisation *changed, int64_t now);

/* From the pledge's day on it is a member; the first day is kept. */
MUST_CHECK enum outcome organisation_join(struct tx *tx, struct arena *a,
    int64_t id, int64_t day, int64_t now);

/* What an import compares with; page by id from 0. */
struct organisation_key {
	int64_t id;
	const char *slug, *name_mn, *unit, *registration;
};
struct organisation_key_list LIST_OF(struct organisation_key);
enum { ORGANISATION_KEYS = 1000 };
MUST_CHECK enum outcome organisation_keys_list(struct db *db, struct arena *a,
    int64_t after, struct organisation_key_list *list_out);
