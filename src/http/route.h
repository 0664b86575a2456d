/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"

#include <stddef.h>

struct request;

/*
 * Who may come in. The router asks the hooks before it calls a handler, so
 * that no handler can forget it. Organisation roles hold in the organisation
 * of the address (`/o/:slug...`) and each includes those before it; coalition
 * roles hold everywhere outside organisations.
 */
enum need {
	PUBLIC,
	SIGNED_IN,
	VIEWER,			/* of the organisation */
	RATER,
	EDITOR,
	ADMINISTRATOR,
	MODERATOR,		/* of the coalition */
	COORDINATOR,
	SITE_ADMINISTRATOR,
};

enum route_flag {
	/* The page may be kept for readers without a session. */
	ROUTE_CACHED = 1 << 0,
	/* A machine format: its address has no language in front. When kept,
	 * it is Mongolian for everybody, unless its query says otherwise. */
	ROUTE_BARE = 1 << 1,
	/* A POST without a session, checked by its origin and not by a token:
	 * sign-in, and pages whose address is itself the secret. */
	ROUTE_ANONYMOUS = 1 << 2,
	/* Takes one file of up to UPLOAD_MOST bytes. */
	ROUTE_UPLOAD = 1 << 3,
	/* The address holds a secret: never logged, cached or referred. */
	ROUTE_SECRET = 1 << 4,
};

/*
 * What a handler returns chooses status and page (see response.c): OK the page
 * it rendered, INVALID the same form again if it rendered one, NOT_FOUND,
 * FORBIDDEN, CONFLICT, BUSY, FAILED the page that says so.
 */
typedef enum outcome handler_fn(struct request *rq);

/*
 * Paths: literal segments, ":name" for one segment, ":name.ext" for one that
 * ends so. A literal wins over ":name.ext", which wins over ":name".
 */
struct route {
	const char *method;	/* "GET" (HEAD too) or "POST"; NULL ends */
	const char *path;
	enum need need;
	handler_fn *handler;
	unsigned flags;
};

enum { ROUTE_SEGMENTS = 12, ROUTE_TABLES = 32 };

struct route_match {
	const struct route *route;
	size_t count;		/* of the pairs below */
	const char *names[ROUTE_SEGMENTS];	/* "slug", from the table */
	size_t name_sizes[ROUTE_SEGMENTS];
	const char *values[ROUTE_SEGMENTS];	/* in the request's arena */
};

struct arena;

/*
 * The route of `tables` (NULL-terminated) for a percent-decoded path.
 * NOT_FOUND: no path fits. INVALID: a path fits, but with other methods.
 */
MUST_CHECK enum outcome route_find(const struct route *const tables[],
    struct arena *a, const char *method, const char *path,
    struct route_match *match_out);

/* What a 405 allows for that path: "GET, HEAD", "POST" or both; "" for none. */
const char *route_methods(const struct route *const tables[],
    const char *path);
