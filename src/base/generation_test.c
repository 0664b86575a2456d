/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/generation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
test_raising_one_is_seen_there_and_hardly_elsewhere(void **state)
{
	uint64_t before[1000], mine, moved = 0;

	(void)state;
	mine = generation_now(GENERATION_ORGANISATION, 7);
	for (int64_t id = 0; id < 1000; id++)
		before[id] = generation_now(GENERATION_ORGANISATION, id + 100);
	generation_raise(GENERATION_ORGANISATION, 7);
	assert_true(generation_now(GENERATION_ORGANISATION, 7) > mine);
	for (int64_t id = 0; id < 1000; id++)
		moved += generation_now(GENERATION_ORGANISATION, id + 100) !=
		    before[id];
	assert_true(moved < 10);
}

static void
test_kinds_are_kept_apart(void **state)
{
	uint64_t all = generation_now(GENERATION_ALL, 0);
	uint64_t lists = generation_now(GENERATION_ORGANISATIONS, 0);

	(void)state;
	generation_raise(GENERATION_ORGANISATIONS, 0);
	assert_int_equal(generation_now(GENERATION_ALL, 0), all);
	assert_true(generation_now(GENERATION_ORGANISATIONS, 0) > lists);
}

static void
test_raising_all_makes_everything_old(void **state)
{
	uint64_t before[200];

	(void)state;
	for (int64_t id = 0; id < 200; id++)
		before[id] = generation_now(GENERATION_ORGANISATION, id);
	generation_raise_all();
	for (int64_t id = 0; id < 200; id++)
		assert_true(generation_now(GENERATION_ORGANISATION, id) >
		    before[id]);
}

static void
test_ids_of_any_size_have_a_counter(void **state)
{
	static const int64_t ids[] = { 0, -1, INT64_MAX, INT64_MIN };

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		uint64_t before = generation_now(GENERATION_ORGANISATION,
		    ids[i]);

		generation_raise(GENERATION_ORGANISATION, ids[i]);
		assert_int_equal(generation_now(GENERATION_ORGANISATION,
		    ids[i]), before + 1);
	}
}

/* Four children at once: no step is lost, and the parent sees all. */
static void
test_children_raise_the_same_counter(void **state)
{
	enum { CHILDREN = 4, STEPS = 20000 };
	uint64_t before = generation_now(GENERATION_ORGANISATION, 42);
	int status;

	(void)state;
	for (int i = 0; i < CHILDREN; i++)
		if (fork() == 0) {
			for (int step = 0; step < STEPS; step++)
				generation_raise(GENERATION_ORGANISATION, 42);
			_exit(0);
		}
	for (int i = 0; i < CHILDREN; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	assert_int_equal(generation_now(GENERATION_ORGANISATION, 42),
	    before + CHILDREN * STEPS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_raising_one_is_seen_there_and_hardly_elsewhere),
		cmocka_unit_test(test_kinds_are_kept_apart),
		cmocka_unit_test(test_raising_all_makes_everything_old),
		cmocka_unit_test(test_ids_of_any_size_have_a_counter),
		cmocka_unit_test(test_children_raise_the_same_counter),
	};

	generation_open();
	return cmocka_run_group_tests_name("generation", tests, NULL, NULL);
}
