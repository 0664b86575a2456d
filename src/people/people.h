/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/request.h"
#include "http/route.h"
#include "people/person_store.h"
#include "people/token.h"

/* What the rest of the program uses of people: hooks, routes, helpers. */

/* Signing in and out, and the ways back in. */
extern const struct route sign_in_routes[];
extern const struct route recovery_routes[];
extern const struct route words_routes[];

/* What somebody does with their own account. */
extern const struct route account_routes[];
extern const struct route second_step_routes[];

/* A message: said beside every field for a new password. */
extern const char people_password_hint[];

/* The server's hook: fills rq->asker from the session token. One query. */
enum outcome people_who_asks(struct request *rq, const char *token);

/*
 * Notes that the session was used, at most once an hour, and then goes on with
 * `show`. For the pages that everybody passes: a session that is not seen for
 * SESSION_IDLE ends.
 */
enum outcome people_see(struct request *rq, handler_fn *show);

/*
 * Passwords are taken over TLS or on this machine only. True: it was neither,
 * and a page that says so has been rendered; the handler returns INVALID.
 */
bool people_refuse_insecure(struct request *rq);

/* The cookie of a session that has just begun. */
void people_session_cookie(struct request *rq, const struct token *token);

/*
 * What links in letters begin with, "https://…": the setting, else the host
 * that was asked for, as far as it can be trusted: from somebody signed in, or
 * on this machine. *address_out is NULL where there is neither.
 */
MUST_CHECK enum outcome people_site_address(struct request *rq,
    const char **address_out);

/*
 * A fresh key for a new password or recovery words: derives it in the runner
 * and goes on with `then`; `key` is complete when got is OK.
 */
typedef enum outcome key_made_fn(struct request *rq, enum outcome got,
    void *arg);
enum outcome person_key_make(struct request *rq, const char *password,
    struct person_key *key, key_made_fn *then, void *arg);

/* The same with the salt in `key`: to be compared with what is stored. */
enum outcome person_key_derive(struct request *rq, const char *password,
    struct person_key *key, key_made_fn *then, void *arg);
