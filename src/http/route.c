/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/route.h"

#include "base/arena.h"

#include <stdbool.h>
#include <string.h>

/*
 * Finding the route of a path: every table is tried, the most literal fit
 * wins. The tables are small and constant, so there is no index to build.
 */

struct segment {
	const char *at;
	size_t size;
};

/* Splits at slashes; how many, or ROUTE_SEGMENTS + 1 for what no route has. */
static size_t
segments_of(const char *path, struct segment segments[ROUTE_SEGMENTS])
{
	size_t count = 0;

	if (*path != '/')
		return ROUTE_SEGMENTS + 1;
	while (*path == '/') {
		path++;
		if (*path == '\0' && count == 0)
			return 0;
		if (count == ROUTE_SEGMENTS)
			return ROUTE_SEGMENTS + 1;
		segments[count].at = path;
		segments[count].size = strcspn(path, "/");
		path += segments[count].size;
		count++;
	}
	return count;
}

/* How well one segment fits: 3 literal, 2 ":name.ext", 1 ":name", 0 not. */
static int
segment_fit(struct segment pattern, struct segment given)
{
	const char *dot;
	size_t rest;

	if (pattern.size == 0 || pattern.at[0] != ':')
		return pattern.size == given.size &&
		    memcmp(pattern.at, given.at, given.size) == 0 ? 3 : 0;
	if (given.size == 0)
		return 0;
	dot = memchr(pattern.at, '.', pattern.size);
	if (dot == NULL)
		return 1;
	rest = pattern.size - (size_t)(dot - pattern.at);
	return given.size > rest &&
	    memcmp(given.at + given.size - rest, dot, rest) == 0 ? 2 : 0;
}

/* All segments' fits as one number, earlier ones weighing more; 0: no fit. */
static unsigned long
path_fit(const char *pattern, const struct segment *given, size_t count)
{
	struct segment wanted[ROUTE_SEGMENTS];
	unsigned long fit = 1;

	if (segments_of(pattern, wanted) != count)
		return 0;
	for (size_t i = 0; i < count; i++) {
		int one = segment_fit(wanted[i], given[i]);

		if (one == 0)
			return 0;
		fit = fit * 4 + (unsigned long)one;
	}
	return fit;
}

static void
match_fill(struct arena *a, const struct segment *given, size_t count,
    struct route_match *match)
{
	struct segment wanted[ROUTE_SEGMENTS];

	segments_of(match->route->path, wanted);
	match->count = 0;
	for (size_t i = 0; i < count; i++) {
		const char *dot;
		size_t name = wanted[i].size, value = given[i].size;

		if (name == 0 || wanted[i].at[0] != ':')
			continue;
		dot = memchr(wanted[i].at, '.', wanted[i].size);
		if (dot != NULL) {
			name = (size_t)(dot - wanted[i].at);
			value -= wanted[i].size - name;
		}
		match->names[match->count] = wanted[i].at + 1;
		match->name_sizes[match->count] = name - 1;
		match->values[match->count++] =
		    arena_copy_bytes(a, given[i].at, value);
	}
}

enum outcome
route_find(const struct route *const tables[], struct arena *a,
    const char *method, const char *path, struct route_match *match_out)
{
	struct segment given[ROUTE_SEGMENTS];
	size_t count = segments_of(path, given);
	struct route_match match = { 0 };
	unsigned long best = 0;
	bool other_method = false;

	if (count > ROUTE_SEGMENTS)
		return NOT_FOUND;
	for (; *tables != NULL; tables++)
		for (const struct route *r = *tables; r->method; r++) {
			unsigned long fit = path_fit(r->path, given, count);

			if (fit > 0 && strcmp(r->method, method) != 0)
				other_method = true;
			else if (fit > best) {
				best = fit;
				match.route = r;
			}
		}
	if (best == 0)
		return other_method ? INVALID : NOT_FOUND;
	match_fill(a, given, count, &match);
	*match_out = match;
	return OK;
}

const char *
route_methods(const struct route *const tables[], const char *path)
{
	static const char *const names[] = { "", "GET, HEAD", "POST",
		"GET, HEAD, POST" };
	struct segment given[ROUTE_SEGMENTS];
	size_t count = segments_of(path, given);
	unsigned found = 0;

	if (count > ROUTE_SEGMENTS)
		return "";
	for (; *tables != NULL; tables++)
		for (const struct route *r = *tables; r->method; r++)
			if (path_fit(r->path, given, count) > 0)
				found |= strcmp(r->method, "GET") == 0 ? 1 : 2;
	return names[found];
}
