/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/buffer.h"

#include "tests/support/aborts_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_it_grows_and_stays_one_text(void **state)
{
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	assert_string_equal(buffer_text(&b), "");
	for (int i = 0; i < 1000; i++) {
		buffer_add_text(&b, "well");
		buffer_add_byte(&b, ' ');
		buffer_print(&b, "%03d;", i);
	}
	assert_int_equal(b.size, 9000);
	assert_int_equal(strlen(buffer_text(&b)), 9000);
	assert_memory_equal(b.bytes + 8991, "well 999;", 10);
}

static void
test_bytes_may_hold_a_nul_and_one_follows_uncounted(void **state)
{
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	buffer_add(&b, "a\0b", 3);
	buffer_add(&b, "", 0);
	assert_int_equal(b.size, 3);
	assert_memory_equal(b.bytes, "a\0b", 4);
}

static void
test_a_cleared_buffer_is_empty_and_usable(void **state)
{
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	buffer_clear(&b);
	buffer_add_text(&b, "hearing");
	buffer_clear(&b);
	assert_string_equal(buffer_text(&b), "");
	buffer_add_text(&b, "budget");
	assert_string_equal(buffer_text(&b), "budget");
	buffer_done(&b);
	assert_string_equal(buffer_text(&b), "");
}

static void
test_reserved_room_is_written_without_moving(void **state)
{
	AUTO_BUFFER struct buffer b;
	const char *before;

	(void)state;
	buffer_init(&b);
	buffer_reserve(&b, 5000);
	before = b.bytes;
	for (int i = 0; i < 5000; i++)
		buffer_add_byte(&b, 'w');
	assert_ptr_equal(b.bytes, before);
}

static void
reserve_more_than_the_limit(void)
{
	struct buffer b;

	buffer_init(&b);
	buffer_reserve(&b, BUFFER_LIMIT);
}

static void
reserve_what_wraps(void)
{
	struct buffer b;

	buffer_init(&b);
	buffer_add_text(&b, "well");
	buffer_reserve(&b, SIZE_MAX - 2);
}

static void
test_past_the_limit_it_aborts(void **state)
{
	(void)state;
	assert_true(aborts(reserve_more_than_the_limit));
	assert_true(aborts(reserve_what_wraps));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_grows_and_stays_one_text),
		cmocka_unit_test(
		    test_bytes_may_hold_a_nul_and_one_follows_uncounted),
		cmocka_unit_test(test_a_cleared_buffer_is_empty_and_usable),
		cmocka_unit_test(test_reserved_room_is_written_without_moving),
		cmocka_unit_test(test_past_the_limit_it_aborts),
	};

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
