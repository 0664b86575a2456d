/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/catalogue.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/*
 * The catalogue of this test stands in for catalogue_data.c; it is sorted as
 * tools/catalogue.py sorts.
 */
static const struct message hearing = { "Hearing", NULL,
	{ { "Сонсгол" }, { "Hearing" } } };
static const struct message owner = { "Well of %(name)s", NULL,
	{ { "%(name)s: худаг" }, { "Well of %(name)s" } } };
static const struct message wells = { "one well", "%(n)s wells",
	{ { "нэг худаг", "%(n)s худаг" }, { "one well", "%(n)s wells" } } };

const struct message *const catalogue_messages[] = { &hearing, &owner, &wells };
const size_t catalogue_count = 3;

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
test_every_message_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < catalogue_count; i++)
		assert_ptr_equal(catalogue_find(catalogue_messages[i]->id),
		    catalogue_messages[i]);
	assert_null(catalogue_find("Budget"));
	assert_null(catalogue_find("~"));
}

static void
test_text_is_in_the_language(void **state)
{
	(void)state;
	assert_string_equal(T_("Hearing", LANGUAGE_MN), "Сонсгол");
	assert_string_equal(T_("Hearing", LANGUAGE_EN), "Hearing");
}

static void
test_an_unknown_message_is_itself(void **state)
{
	(void)state;
	assert_string_equal(catalogue_text(LANGUAGE_MN, "Budget"), "Budget");
	assert_string_equal(catalogue_print(&arena, LANGUAGE_MN,
	    "Budget of %(year)s", WORDS(word_number("year", 2026))),
	    "Budget of 2026");
	assert_string_equal(catalogue_plural(&arena, LANGUAGE_MN,
	    NP_("%(n)s budget", "%(n)s budgets"), 2,
	    WORDS(word_number("n", 2))), "2 budgets");
}

static void
test_places_are_filled_in_any_order(void **state)
{
	static const struct {
		const char *text;
		const char *filled;
	} cases[] = {
		{ "%(b)s %(a)s %(b)s", "-7 well -7" },
		{ "%(a)s", "well" },
		{ "100%% %(a)s", "100% well" },
		{ "100% of %(a)s", "100% of well" },
		{ "%(c)s", "%(c)s" },
		{ "%(a)d", "%(a)d" },
		{ "%(a", "%(a" },
		{ "%(", "%(" },
		{ "%", "%" },
		{ "%%", "%" },
		{ "%%(a)s", "%(a)s" },
		{ "%(ab)s%()s", "%(ab)s%()s" },
		{ "%(empty)s.", "." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(catalogue_print(&arena, LANGUAGE_EN,
		    cases[i].text, WORDS(word_text("a", "well"),
		    word_number("b", -7), word_text("empty", NULL))),
		    cases[i].filled);
}

static void
test_a_word_is_not_filled_again(void **state)
{
	(void)state;
	assert_string_equal(catalogue_print(&arena, LANGUAGE_MN,
	    "Well of %(name)s", WORDS(word_text("name", "%(name)s%%"))),
	    "%(name)s%%: худаг");
}

static void
test_without_words_the_text_stands(void **state)
{
	(void)state;
	assert_string_equal(catalogue_print(&arena, LANGUAGE_EN, "100%% %(a)s",
	    NULL, 0), "100%% %(a)s");
}

static void
test_one_takes_the_first_form_only(void **state)
{
	static const struct {
		int64_t n;
		const char *mn;
		const char *en;
	} cases[] = {
		{ 0, "0 худаг", "0 wells" },
		{ 1, "нэг худаг", "one well" },
		{ 2, "2 худаг", "2 wells" },
		{ 21, "21 худаг", "21 wells" },
		{ -1, "-1 худаг", "-1 wells" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t n = cases[i].n;

		assert_string_equal(catalogue_plural(&arena, LANGUAGE_MN,
		    NP_("one well", "%(n)s wells"), n,
		    WORDS(word_number("n", n))), cases[i].mn);
		assert_string_equal(message_print(&arena, &wells, LANGUAGE_EN,
		    n, WORDS(word_number("n", n))), cases[i].en);
	}
}

static void
test_a_message_without_plural_has_one_form(void **state)
{
	(void)state;
	assert_string_equal(message_form(&hearing, LANGUAGE_MN, 5), "Сонсгол");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_message_is_found),
		cmocka_unit_test(test_text_is_in_the_language),
		cmocka_unit_test(test_an_unknown_message_is_itself),
		cmocka_unit_test(test_places_are_filled_in_any_order),
		cmocka_unit_test(test_a_word_is_not_filled_again),
		cmocka_unit_test(test_without_words_the_text_stands),
		cmocka_unit_test(test_one_takes_the_first_form_only),
		cmocka_unit_test(test_a_message_without_plural_has_one_form),
	};

	return cmocka_run_group_tests_name("catalogue", tests, arena_up,
	    arena_down);
}
