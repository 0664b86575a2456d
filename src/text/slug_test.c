/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/slug.h"

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

static void
test_a_slug_is_made_from_a_name(void **state)
{
	static const struct {
		const char *name, *slug;
	} cases[] = {
		{ "Өвөрхангай аймгийн усны хоршоо",
		    "ovorkhangai-aimgiin-usny-khorshoo" },
		{ "Цагаан Үүл ТББ", "tsagaan-uul-tbb" },
		{ "Women's Fund & Co.", "womens-fund-co" },
		{ "«Худаг–2026»", "khudag-2026" },
		{ "ᠲᠤᠯᠭᠠ Тулга ᠲᠤᠯᠭᠠ", "tulga" },
		{ "水 well 水 hearing", "well-hearing" },
		{ "水", "" },
		{ "!?", "" },
		{ "", "" },
		/* 60 stay, more is cut after a word, a long word anywhere */
		{ "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee "
		    "ffffffffff",
		    "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-"
		    "ffffffffff" },
		{ "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee "
		    "fffffffffff",
		    "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee" },
		{ "aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee "
		    "ffffffffff gg",
		    "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-"
		    "ffffffffff" },
		{ "a bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		    "bbbb",
		    "a-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		    "bbbb" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *slug = slug_make(&arena, cases[i].name);

		assert_string_equal(slug, cases[i].slug);
		assert_int_equal(slug_is_valid(slug), *slug != '\0');
	}
}

static void
test_a_valid_slug_has_small_letters_digits_single_hyphens(void **state)
{
	static const struct {
		const char *slug;
		bool valid;
	} cases[] = {
		{ "a", true },
		{ "7", true },
		{ "usny-khorshoo-2", true },
		{ "123456789012345678901234567890"
		    "123456789012345678901234567890", true },
		{ "123456789012345678901234567890"
		    "1234567890123456789012345678901", false },
		{ "", false },
		{ "-", false },
		{ "-a", false },
		{ "a-", false },
		{ "a--b", false },
		{ "Usny", false },
		{ "us ny", false },
		{ "us_ny", false },
		{ "../a", false },
		{ "ус", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (slug_is_valid(cases[i].slug) != cases[i].valid)
			fail_msg("\"%s\" was judged wrongly", cases[i].slug);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_slug_is_made_from_a_name),
		cmocka_unit_test(
		    test_a_valid_slug_has_small_letters_digits_single_hyphens),
	};

	return cmocka_run_group_tests_name("slug", tests, arena_up, arena_down);
}
