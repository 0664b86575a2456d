/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/utf8.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int
arena_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return 0;
}

static int
arena_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_well_formed_text_is_valid(void **state)
{
	static const char *const texts[] = { "", "water", "Өвөрхангай", "₮",
		"\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf",
		"\xee\x80\x80", "\xef\xbf\xbf", "\xf0\x90\x80\x80",
		"\xf4\x8f\xbf\xbf" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_true(utf8_is_valid(texts[i], strlen(texts[i])));
	assert_true(utf8_is_valid("a\0b", 3));
}

static void
test_ill_formed_bytes_are_not_valid(void **state)
{
	static const char *const texts[] = {
		"\x80", "\xbf", "a\x80",		/* stray continuation */
		"\xc3", "\xe1\x80", "\xf1\x80\x80",	/* cut short */
		"\xc3z", "\xe1\x80z", "\xf1\x80\x80z",
		"\xc0\x80", "\xc1\xbf",			/* overlong */
		"\xe0\x80\x80", "\xe0\x9f\xbf",
		"\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
		"\xed\xa0\x80", "\xed\xbf\xbf",		/* surrogates */
		"\xf4\x90\x80\x80", "\xf5\x80\x80\x80",	/* too large */
		"\xfe", "\xff",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (utf8_is_valid(texts[i], strlen(texts[i])))
			fail_msg("case %zu was taken for text", i);
	assert_false(utf8_is_valid("ө", 1));
}

static void
test_length_counts_code_points(void **state)
{
	(void)state;
	assert_int_equal(utf8_length(""), 0);
	assert_int_equal(utf8_length("худаг 2"), 7);
	assert_int_equal(utf8_length("₮𐍈"), 2);
}

static void
test_a_text_is_normalised_to_one_form(void **state)
{
	static const struct {
		const char *text, *normal;
	} cases[] = {
		{ "", "" },
		{ "well", "well" },
		{ "a\r\nb\rc\n\r\n", "a\nb\nc\n\n" },
		{ "\r\r\n\r", "\n\n\n" },
		{ "Ё", "Ё" },
		{ "Е\u0308с,\r\nаи\u0306маг", "Ёс,\nаймаг" },
		{ "A\u030a \u212b", "Å Å" },
		/* compatibility forms are somebody's choice and stay */
		{ "№ ﬁ", "№ ﬁ" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(utf8_normalize(&arena, cases[i].text),
		    cases[i].normal);
}

static void
test_a_clean_text_has_tabs_and_line_feeds_only(void **state)
{
	static const char *const clean[] = { "", "a\tb\nc", "Өвөр\u00a0хангай",
		"\u202e", "\ufeff", "\U0001f3d5" };
	static const char *const unclean[] = { "\x01", "\r\n", "\x1b[31m",
		"\x1f", "\x7f", "\xc2\x80", "\xc2\x9f", "\ufdd0", "\ufdef",
		"\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\xff",
		"\xd0" };

	(void)state;
	for (size_t i = 0; i < COUNT(clean); i++)
		if (!text_is_clean(clean[i], strlen(clean[i])))
			fail_msg("clean case %zu was refused", i);
	for (size_t i = 0; i < COUNT(unclean); i++)
		if (text_is_clean(unclean[i], strlen(unclean[i])))
			fail_msg("unclean case %zu was taken", i);
	assert_false(text_is_clean("a\0b", 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_well_formed_text_is_valid),
		cmocka_unit_test(test_ill_formed_bytes_are_not_valid),
		cmocka_unit_test(test_length_counts_code_points),
		cmocka_unit_test(test_a_text_is_normalised_to_one_form),
		cmocka_unit_test(
		    test_a_clean_text_has_tabs_and_line_feeds_only),
	};

	return cmocka_run_group_tests_name("utf8", tests, arena_up, arena_down);
}
