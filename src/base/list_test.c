/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct well {
	int64_t depth;
	const char *name;
};
struct well_list LIST_OF(struct well);

static void
test_each_added_item_is_zeroed_and_stays(void **state)
{
	AUTO_ARENA struct arena a;
	struct well_list wells = { 0 };
	int64_t depth = 0;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (int i = 0; i < 1000; i++) {
		struct well *well = LIST_ADD(&a, &wells);

		assert_null(well->name);
		assert_int_equal(well->depth, 0);
		*well = (struct well){ .depth = i, .name = "Bayan" };
	}
	assert_int_equal(wells.count, 1000);
	LIST_EACH(well, &wells) {
		assert_int_equal(well->depth, depth++);
		assert_string_equal(well->name, "Bayan");
	}
	assert_int_equal(depth, 1000);
}

static void
test_an_empty_list_has_nothing_to_walk(void **state)
{
	const struct well_list none = { 0 };
	struct well one = { .depth = 7 };
	const struct well_list empty = { .items = &one, .count = 0 };

	(void)state;
	LIST_EACH(well, &none)
		fail_msg("a well of depth %d", (int)well->depth);
	LIST_EACH(well, &empty)
		fail_msg("a well of depth %d", (int)well->depth);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_added_item_is_zeroed_and_stays),
		cmocka_unit_test(test_an_empty_list_has_nothing_to_walk),
	};

	return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
