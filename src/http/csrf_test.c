/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/csrf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { DIGITS = 4 * CSRF_BYTES };

static void
secrets(uint8_t mine[32], uint8_t theirs[32])
{
	memset(mine, 0x11, 32);
	memset(theirs, 0x22, 32);
}

static void
test_a_token_opens_its_own_session_only_and_never_repeats(void **state)
{
	AUTO_ARENA struct arena a;
	uint8_t mine[32], theirs[32];
	const char *last = "";

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	secrets(mine, theirs);
	for (int i = 0; i < 50; i++) {
		const char *token = csrf_token(&a, mine);

		assert_int_equal(DIGITS, strlen(token));
		assert_true(csrf_is_good(token, mine));
		assert_false(csrf_is_good(token, theirs));
		assert_string_not_equal(last, token);
		last = token;
	}
}

static void
test_a_token_with_one_wrong_digit_is_refused(void **state)
{
	AUTO_ARENA struct arena a;
	uint8_t mine[32], theirs[32];
	const char *token;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	secrets(mine, theirs);
	token = csrf_token(&a, mine);
	for (size_t i = 0; i < DIGITS; i++) {
		char *wrong = arena_copy(&a, token);

		wrong[i] = wrong[i] == '0' ? '1' : '0';
		assert_false(csrf_is_good(wrong, mine));
	}
}

static void
test_what_has_no_tokens_shape_is_refused(void **state)
{
#define ZEROS "00000000000000000000000000000000"
#define ONES "11111111111111111111111111111111"
	static const char *const tokens[] = { NULL, "", "0", "00", ZEROS,
		ONES, ZEROS ONES "00", ZEROS ONES "g", "0" ZEROS ONES,
		ZEROS "1111111111111111111111111111111",
		ZEROS "1111111111111111111111111111111g",
		ZEROS " 1111111111111111111111111111111",
		ZEROS "1111111111111111111111111111111 " };
	uint8_t mine[32], theirs[32];

	(void)state;
	secrets(mine, theirs);
	assert_true(csrf_is_good(ZEROS ONES, mine));
	for (size_t i = 0; i < COUNT(tokens); i++)
		assert_false(csrf_is_good(tokens[i], mine));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_a_token_opens_its_own_session_only_and_never_repeats),
		cmocka_unit_test(test_a_token_with_one_wrong_digit_is_refused),
		cmocka_unit_test(test_what_has_no_tokens_shape_is_refused),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("csrf", tests, NULL, NULL);
}
