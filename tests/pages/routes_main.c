/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/route.h"
#include "site/routes.h"

#include <stdio.h>

/* Prints the route tables of the program, one route a line, for the matrix. */

int
main(void)
{
	static const char *const needs[] = { "PUBLIC", "SIGNED_IN", "VIEWER",
		"RATER", "EDITOR", "ADMINISTRATOR", "MODERATOR",
		"COORDINATOR", "SITE_ADMINISTRATOR" };

	for (const struct route *const *table = site_routes; *table != NULL;
	    table++)
		for (const struct route *r = *table; r->method != NULL; r++)
			printf("%s %s %s%s%s%s%s\n", r->method, r->path,
			    needs[r->need],
			    r->flags & ROUTE_CACHED ? " CACHED" : "",
			    r->flags & ROUTE_BARE ? " BARE" : "",
			    r->flags & ROUTE_ANONYMOUS ? " ANONYMOUS" : "",
			    r->flags & ROUTE_SECRET ? " SECRET" : "");
	return 0;
}
