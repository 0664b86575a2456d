/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/route.h"

#include "base/arena.h"
#include "base/check.h"

#include <stdint.h>
#include <string.h>

/*
 * The first line is a route of our own making, the rest a path: what fits,
 * fits segment by segment, and its values put in place make the path again.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The route's path with the values of the match in place of the names. */
static const char *
filled(struct arena *a, const struct route_match *m)
{
	const char *at = m->route->path, *path = "";

	for (size_t i = 0; i < m->count; i++) {
		size_t before = (size_t)(m->names[i] - 1 - at);

		path = arena_print(a, "%s%.*s%s", path, (int)before, at,
		    m->values[i]);
		at = m->names[i] + m->name_sizes[i];
	}
	return arena_print(a, "%s%s", path, at);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	char *text, *path;
	struct route_match match = { 0 };

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	path = strchr(text, '\n');
	if (path == NULL)
		return 0;
	*path++ = '\0';

	const struct route routes[] = {
		{ "GET", text, PUBLIC, NULL, 0 },
		{ "GET", "/wells/:well", PUBLIC, NULL, 0 },
		{ "GET", "/wells/:well.csv", PUBLIC, NULL, 0 },
		{ "POST", "/:a/:b/:c.json", PUBLIC, NULL, 0 },
		{ 0 }
	};
	const struct route *const tables[] = { routes, NULL };
	enum outcome got = route_find(tables, &a, "GET", path, &match);

	if (got == OK) {
		check(strcmp(match.route->method, "GET") == 0);
		check(match.count <= ROUTE_SEGMENTS);
		check(strcmp(filled(&a, &match), path) == 0);
	}
	check((got == NOT_FOUND) == (*route_methods(tables, path) == '\0'));
	return 0;
}
