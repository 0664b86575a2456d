/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "db/db.h"
#include "http/request.h"
#include "people/token.h"
#include "text/language.h"

/* Who works in an organisation, and the links that let somebody in. */

struct member {
	int64_t person;
	const char *name, *patronymic, *email;
	enum organisation_role role;
	int64_t since;
};
struct member_list LIST_OF(struct member);
enum { MEMBERS_MOST = 500 };

/* By name. */
MUST_CHECK enum outcome member_list(struct db *db, struct arena *a,
    int64_t organisation, struct member_list *list_out);
MUST_CHECK enum outcome member_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t person, struct member *member_out);

/* Adds somebody; who has a role already keeps it if it is the higher one. */
MUST_CHECK enum outcome member_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t person, enum organisation_role role,
    int64_t now);

/* NOT_FOUND when this person has no role here. */
MUST_CHECK enum outcome member_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t person, enum organisation_role role);
MUST_CHECK enum outcome member_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t person);

/* How many administrators there are besides this person. */
MUST_CHECK enum outcome member_other_administrators(struct db *db,
    struct arena *a, int64_t organisation, int64_t person,
    int64_t *count_out);

/* The organisations that somebody works in, by name; for the switcher. */
struct workplace {
	int64_t organisation;
	const char *slug;
	struct label name;
	enum organisation_role role;
};
struct workplace_list LIST_OF(struct workplace);
MUST_CHECK enum outcome workplace_list(struct db *db, struct arena *a,
    int64_t person, struct workplace_list *list_out);

/* --- Invitations ------------------------------------------------------- */

struct invitation {
	int64_t id;
	int64_t organisation;	/* 0: to the coalition */
	const char *slug;	/* "" for the coalition */
	struct label name;	/* of the organisation */
	const char *role;	/* role_name, or right_name for the coalition */
	const char *email;	/* whom it was sent to */
	int64_t created, expires;
};
struct invitation_list LIST_OF(struct invitation);

struct invitation_new {
	int64_t organisation;	/* 0: to the coalition */
	const char *role;
	const char *email;
	int64_t invited_by;	/* 0: from the command line */
	const uint8_t *hash;	/* TOKEN_HASH bytes */
	const char *once;	/* or NULL */
	int64_t now;
};

/*
 * CONFLICT on a second sending (`once`): nothing is added, the write may go on.
 * INVALID when too many invitations are open.
 */
MUST_CHECK enum outcome invitation_add(struct tx *tx, struct arena *a,
    const struct invitation_new *new);

/* An open one; NOT_FOUND when it was accepted, withdrawn or has ended. */
MUST_CHECK enum outcome invitation_find(struct db *db, struct arena *a,
    const uint8_t hash[TOKEN_HASH], int64_t now,
    struct invitation *invitation_out);

/* The open ones of an organisation, newest first. */
MUST_CHECK enum outcome invitation_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t now, struct invitation_list *list_out);

/* CONFLICT when it is no longer open. */
MUST_CHECK enum outcome invitation_accept(struct tx *tx, struct arena *a,
    int64_t invitation, int64_t now);

MUST_CHECK enum outcome invitation_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t invitation);
