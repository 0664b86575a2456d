/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/route.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct route WELLS[] = {
	{ "GET", "/", PUBLIC, NULL, 0 },
	{ "GET", "/wells", PUBLIC, NULL, 0 },
	{ "POST", "/wells", EDITOR, NULL, 0 },
	{ "GET", "/wells/:well", PUBLIC, NULL, 0 },
	{ "GET", "/wells/:well.csv", PUBLIC, NULL, 0 },
	{ "GET", "/wells/new", EDITOR, NULL, 0 },
	{ "GET", "/wells/new.csv", PUBLIC, NULL, 0 },
	{ "POST", "/wells/:well", EDITOR, NULL, 0 },
	{ 0 }
};
static const struct route HEARINGS[] = {
	{ "GET", "/o/:slug/hearings/:hearing", PUBLIC, NULL, 0 },
	{ "GET", "/o/:slug/:part/minutes", PUBLIC, NULL, 0 },
	{ "GET", "/o/bayan/:part/:other", PUBLIC, NULL, 0 },
	{ "POST", "/sign-in", PUBLIC, NULL, 0 },
	{ "GET", "/a/b/c/d/e/f/g/h/i/j/k/:last", PUBLIC, NULL, 0 },
	{ 0 }
};
static const struct route *const TABLES[] = { WELLS, HEARINGS, NULL };

/* "path name=value ..." of the route found, or the outcome. */
static const char *
found(struct arena *a, const char *method, const char *path)
{
	struct route_match match;
	enum outcome got = route_find(TABLES, a, method, path, &match);
	const char *text;

	if (got != OK)
		return outcome_name(got);
	text = match.route->path;
	for (size_t i = 0; i < match.count; i++)
		text = arena_print(a, "%s %.*s=%s", text,
		    (int)match.name_sizes[i], match.names[i],
		    match.values[i]);
	assert_string_equal(match.route->method, method);
	return text;
}

static void
test_the_most_literal_route_wins(void **state)
{
	static const struct {
		const char *method, *path, *found;
	} cases[] = {
		{ "GET", "/", "/" },
		{ "GET", "/wells", "/wells" },
		{ "GET", "/wells/new", "/wells/new" },
		{ "GET", "/wells/new.csv", "/wells/new.csv" },
		{ "GET", "/wells/17", "/wells/:well well=17" },
		{ "GET", "/wells/17.csv", "/wells/:well.csv well=17" },
		{ "GET", "/wells/1.7.csv", "/wells/:well.csv well=1.7" },
		{ "GET", "/wells/.csv", "/wells/:well well=.csv" },
		{ "GET", "/wells/17.csvx", "/wells/:well well=17.csvx" },
		{ "GET", "/wells/:well", "/wells/:well well=:well" },
		{ "POST", "/wells/new", "/wells/:well well=new" },
		{ "GET", "/o/altai/hearings/3",
		    "/o/:slug/hearings/:hearing slug=altai hearing=3" },
		/* earlier segments weigh more */
		{ "GET", "/o/bayan/hearings/3",
		    "/o/bayan/:part/:other part=hearings other=3" },
		{ "GET", "/o/altai/hearings/minutes",
		    "/o/:slug/hearings/:hearing slug=altai hearing=minutes" },
		{ "GET", "/o/altai/budget/minutes",
		    "/o/:slug/:part/minutes slug=altai part=budget" },
		{ "GET", "/wells/Худаг 5", "/wells/:well well=Худаг 5" },
		{ "GET", "/a/b/c/d/e/f/g/h/i/j/k/l",
		    "/a/b/c/d/e/f/g/h/i/j/k/:last last=l" },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(cases[i].found,
		    found(&a, cases[i].method, cases[i].path));
}

static void
test_what_no_route_has_is_not_found(void **state)
{
	static const char *const paths[] = { "", "wells", "//", "/wells/",
		"//wells", "/wells//", "/Wells", "/wells/17/depth",
		"/o//hearings/3", "/a/b/c/d/e/f/g/h/i/j/k/l/m",
		"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p" };
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(paths); i++) {
		assert_string_equal("NOT_FOUND", found(&a, "GET", paths[i]));
		assert_string_equal("", route_methods(TABLES, paths[i]));
	}
}

static void
test_a_path_with_other_methods_refuses_and_names_them(void **state)
{
	static const struct {
		const char *method, *path, *allow;
	} cases[] = {
		{ "PUT", "/wells", "GET, HEAD, POST" },
		{ "POST", "/", "GET, HEAD" },
		{ "GET", "/sign-in", "POST" },
		{ "get", "/wells", "GET, HEAD, POST" },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal("INVALID",
		    found(&a, cases[i].method, cases[i].path));
		assert_string_equal(cases[i].allow,
		    route_methods(TABLES, cases[i].path));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_most_literal_route_wins),
		cmocka_unit_test(test_what_no_route_has_is_not_found),
		cmocka_unit_test(
		    test_a_path_with_other_methods_refuses_and_names_them),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
