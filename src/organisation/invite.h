/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "http/request.h"
#include "people/token.h"
#include "text/language.h"

/*
 * Inviting somebody by email: a link that lets them in, sent in a letter and
 * shown once to whoever invites, to be passed on by hand where mail does not
 * reach. The letter is in the language of whoever invites, for nothing is
 * known of the other.
 */
struct invite {
	struct request *rq;
	int64_t organisation;	/* 0: the coalition */
	struct label name;	/* of the organisation or the coalition */
	const char *role;	/* role_name or right_name */
	const char *email;
	const char *site;	/* what the link begins with */
	const char *once;
	struct token token;
	int64_t now;
	bool repeated;		/* the same form was sent before */
};

/* Fills all but organisation and name from the request and the arguments. */
MUST_CHECK enum outcome invite_prepare(struct request *rq,
    struct invite *invite, const char *email, const char *role,
    const char *once);

/* Part of a write. INVALID when too many invitations are open. */
MUST_CHECK enum outcome invite_write(struct tx *tx, struct invite *invite);

/* The page with the link; `next` is where to go on, after page.root. */
enum outcome invite_show(struct request *rq, const struct invite *invite,
    const char *next);

/* The role of an invitation as a message for people. */
const char *invite_role_show(const char *role);
