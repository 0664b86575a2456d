/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/cache.h"

#include "http/private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PAGE = 1000, OVERHEAD = 400 };

/* How many responses were given back; each frees its own byte. */
static int freed;

static void
page_free(void *bytes)
{
	freed++;
	free(bytes);
}

static struct MHD_Response *
page_make(void)
{
	return MHD_create_response_from_buffer_with_free_callback(1,
	    calloc(1, 1), page_free);
}

static void
add(struct cache *c, const char *key, size_t size, int64_t organisation)
{
	const struct shown shows[] = {
		{ GENERATION_ALL, 0, generation_now(GENERATION_ALL, 0) },
		{ GENERATION_ORGANISATION, organisation,
		    generation_now(GENERATION_ORGANISATION, organisation) },
	};

	cache_add(c, key, "\"etag\"", page_make(), size, shows, 2);
}

static bool
has(struct cache *c, const char *key)
{
	const char *etag = NULL;
	bool found = cache_find(c, key, &etag) != NULL;

	if (found)
		assert_string_equal("\"etag\"", etag);
	else
		assert_null(etag);
	return found;
}

static int
setup(void **state)
{
	freed = 0;
	*state = cache_open(3 * (PAGE + OVERHEAD));
	return 0;
}

static int
teardown(void **state)
{
	if (*state != NULL)
		cache_close(*state);
	return 0;
}

static void
test_a_page_is_found_by_its_whole_key(void **state)
{
	struct cache *c = *state;

	add(c, "1 auto /en/wells", PAGE, 7);
	assert_true(has(c, "1 auto /en/wells"));
	assert_true(has(c, "1 auto /en/wells"));
	assert_false(has(c, "0 auto /en/wells"));
	assert_false(has(c, "1 auto /en/wells?"));
	assert_false(has(c, ""));
	assert_int_equal(0, freed);
}

static void
test_what_was_not_asked_for_longest_goes_first(void **state)
{
	struct cache *c = *state;

	add(c, "a", PAGE, 7);
	add(c, "b", PAGE, 7);
	add(c, "c", PAGE, 7);
	assert_true(has(c, "a"));
	add(c, "d", PAGE, 7);
	assert_false(has(c, "b"));
	assert_true(has(c, "a") && has(c, "c") && has(c, "d"));
	assert_int_equal(1, freed);
}

static void
test_a_page_that_needs_all_the_room_drives_out_the_others(void **state)
{
	struct cache *c = *state;

	add(c, "a", PAGE, 7);
	add(c, "b", PAGE, 7);
	add(c, "large", 3 * PAGE, 7);
	assert_true(has(c, "large"));
	assert_int_equal(2, freed);
}

static void
test_a_page_larger_than_the_limit_is_given_back_alone(void **state)
{
	struct cache *c = *state;

	add(c, "a", PAGE, 7);
	add(c, "large", 5 * PAGE, 7);
	assert_false(has(c, "large"));
	assert_true(has(c, "a"));
	assert_int_equal(1, freed);
}

static void
test_the_same_key_again_replaces_the_page(void **state)
{
	struct cache *c = *state;

	for (int i = 0; i < 20; i++)
		add(c, "a", PAGE, 7);
	add(c, "b", PAGE, 7);
	assert_true(has(c, "a") && has(c, "b"));
	assert_int_equal(19, freed);
}

static void
test_a_raised_generation_makes_a_page_old(void **state)
{
	struct cache *c = *state;

	add(c, "seven", PAGE, 7);
	add(c, "eight", PAGE, 8);
	generation_raise(GENERATION_ORGANISATION, 7);
	assert_false(has(c, "seven"));
	assert_true(has(c, "eight"));
	generation_raise(GENERATION_ALL, 0);
	assert_false(has(c, "eight"));
	assert_int_equal(2, freed);
	add(c, "eight", PAGE, 8);
	generation_raise_all();
	assert_false(has(c, "eight"));
}

static void
test_a_generation_raised_meanwhile_makes_a_page_old(void **state)
{
	struct cache *c = *state;
	struct shown before = { GENERATION_ORGANISATION, 7,
		generation_now(GENERATION_ORGANISATION, 7) };

	generation_raise(GENERATION_ORGANISATION, 7);
	cache_add(c, "a", "\"etag\"", page_make(), PAGE, &before, 1);
	assert_false(has(c, "a"));
}

static void
test_closing_gives_everything_back(void **state)
{
	struct cache *c = *state;
	char key[16];

	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof(key), "%d", i);
		add(c, key, PAGE / 100, 7);
	}
	cache_close(c);
	*state = NULL;
	assert_int_equal(100, freed);
	cache_close(NULL);
}

#define cache_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cache_test(test_a_page_is_found_by_its_whole_key),
		cache_test(test_what_was_not_asked_for_longest_goes_first),
		cache_test(
		    test_a_page_that_needs_all_the_room_drives_out_the_others),
		cache_test(
		    test_a_page_larger_than_the_limit_is_given_back_alone),
		cache_test(test_the_same_key_again_replaces_the_page),
		cache_test(test_a_raised_generation_makes_a_page_old),
		cache_test(
		    test_a_generation_raised_meanwhile_makes_a_page_old),
		cache_test(test_closing_gives_everything_back),
	};

	generation_open();
	return cmocka_run_group_tests_name("cache", tests, NULL, NULL);
}
