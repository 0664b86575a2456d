/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"

#include "tests/support/aborts_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LIMIT = 100 * 1024 };

static bool
is_zero(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static void
test_memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 3, 8, 17, 1000, 20000, 40000 };
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, LIMIT);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char *taken = arena_take(&a, sizes[i]);

		assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
		assert_true(is_zero(taken, sizes[i]));
		memset(taken, 'w', sizes[i]);
	}
}

static void
test_what_was_taken_stays_when_more_is_taken(void **state)
{
	AUTO_ARENA struct arena a;
	char *first;

	(void)state;
	arena_init(&a, LIMIT);
	first = arena_copy(&a, "well");
	for (int i = 0; i < 60; i++)
		memset(arena_take(&a, 1500), i, 1500);
	assert_string_equal(first, "well");
}

static void
test_a_reset_arena_gives_zeroed_memory_again(void **state)
{
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, LIMIT);
	arena_reset(&a);
	for (int turn = 0; turn < 3; turn++) {
		char *taken = arena_take(&a, 30000);

		assert_true(is_zero(taken, 30000));
		memset(taken, 'w', 30000);
		memset(arena_take(&a, 60000), 'w', 60000);
		arena_reset(&a);
		assert_int_equal(a.used, 0);
	}
}

static void
test_texts_are_copied_and_printed(void **state)
{
	AUTO_ARENA struct arena a;
	char bytes[3] = { 'a', '\0', 'b' };
	const char *copy;

	(void)state;
	arena_init(&a, LIMIT);
	copy = arena_copy_bytes(&a, bytes, sizeof(bytes));
	assert_memory_equal(copy, "a\0b", 4);
	assert_string_equal(arena_copy_bytes(&a, NULL, 0), "");
	assert_string_equal(arena_print(&a, "%s %d", "well", 7), "well 7");
	assert_int_equal(strlen(arena_print(&a, "%20000d", 1)), 20000);
}

static void
take_one_too_many(void)
{
	struct arena a;

	arena_init(&a, LIMIT);
	for (int i = 0; i < LIMIT / 1024 + 1; i++)
		arena_take(&a, 1024);
}

static void
take_more_than_the_limit(void)
{
	struct arena a;

	arena_init(&a, LIMIT);
	arena_take(&a, LIMIT + 1);
}

static void
take_a_product_that_wraps(void)
{
	struct arena a;

	arena_init(&a, SIZE_MAX);
	arena_take_many(&a, SIZE_MAX / 2, 3);
}

static void
take_all_that_the_limit_allows(void)
{
	struct arena a;

	arena_init(&a, LIMIT);
	for (int i = 0; i < LIMIT / 1024; i++)
		arena_take(&a, 1024);
	arena_done(&a);
}

static void
test_past_the_limit_it_aborts(void **state)
{
	(void)state;
	assert_true(aborts(take_one_too_many));
	assert_true(aborts(take_more_than_the_limit));
	assert_true(aborts(take_a_product_that_wraps));
	assert_false(aborts(take_all_that_the_limit_allows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_is_zeroed_and_aligned),
		cmocka_unit_test(test_what_was_taken_stays_when_more_is_taken),
		cmocka_unit_test(test_a_reset_arena_gives_zeroed_memory_again),
		cmocka_unit_test(test_texts_are_copied_and_printed),
		cmocka_unit_test(test_past_the_limit_it_aborts),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
