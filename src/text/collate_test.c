/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/collate.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int
rules_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return collate_open() == OK ? 0 : -1;
}

static int
rules_down(void **state)
{
	(void)state;
	collate_close();
	arena_done(&arena);
	return 0;
}

static const char *
key(const char *text)
{
	const char *made = NULL;

	assert_int_equal(collate_key(&arena, text, &made), OK);
	return made;
}

static void
assert_sorted(const char *const *texts, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (strcmp(key(texts[i - 1]), key(texts[i])) >= 0)
			fail_msg("\"%s\" does not come before \"%s\"",
			    texts[i - 1], texts[i]);
}

#define ASSERT_SORTED(...) \
	do { \
		const char *const texts[] = { __VA_ARGS__ }; \
		assert_sorted(texts, sizeof(texts) / sizeof(texts[0])); \
	} while (0)

static void
test_the_alphabet_is_in_its_order(void **state)
{
	(void)state;
	ASSERT_SORTED("а", "б", "в", "г", "д", "е", "ё", "ж", "з", "и", "й",
	    "к", "л", "м", "н", "о", "ө", "п", "р", "с", "т", "у", "ү", "ф",
	    "х", "ц", "ч", "ш", "щ", "ъ", "ы", "ь", "э", "ю", "я");
	ASSERT_SORTED("А", "Б", "В", "Г", "Д", "Е", "Ё", "Ж", "З", "И", "Й",
	    "К", "Л", "М", "Н", "О", "Ө", "П", "Р", "С", "Т", "У", "Ү", "Ф",
	    "Х", "Ц", "Ч", "Ш", "Щ", "Ъ", "Ы", "Ь", "Э", "Ю", "Я");
}

/* A letter of its own decides before anything that follows it. */
static void
test_own_letters_are_no_variants(void **state)
{
	(void)state;
	ASSERT_SORTED("ея", "ёа");
	ASSERT_SORTED("оя", "өа");
	ASSERT_SORTED("уя", "үа");
	ASSERT_SORTED("Есөн", "Еэвэн", "Ёл", "Ёс", "Жаргалант");
	ASSERT_SORTED("Орхон", "Отгон", "Өвөрхангай", "Өмнөговь", "Пүрэв");
	ASSERT_SORTED("Увс", "Улаанбаатар", "Үлгий", "Үүр", "Форум");
}

static void
test_case_decides_last_and_small_comes_first(void **state)
{
	(void)state;
	ASSERT_SORTED("говь", "Говь", "говьсүмбэр");
	ASSERT_SORTED("ёс", "Ёс", "ёсон");
}

static void
test_digits_come_before_cyrillic_and_cyrillic_before_latin(void **state)
{
	(void)state;
	ASSERT_SORTED("", "9 худаг", "Янз", "Action", "Zavkhan");
}

static void
test_a_decomposed_letter_sorts_like_the_letter(void **state)
{
	(void)state;
	assert_string_equal(key("Ёс"), key("Е\u0308с"));
	assert_string_equal(key("ай"), key("аи\u0306"));
}

static void
test_a_key_is_short_hexadecimal(void **state)
{
	char longest[4001];
	const char *made;

	(void)state;
	assert_string_equal(key(""), "");
	made = key("Усны хоршоо");
	assert_int_equal(strspn(made, "0123456789abcdef"), strlen(made));
	assert_in_range(strlen(made), 22, 60);
	memset(longest, 'w', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_in_range(strlen(key(longest)), 900, COLLATE_KEY_LIMIT);
	assert_true(strcmp(key(longest), key("v")) > 0);
}

static void
test_bytes_that_are_no_text_have_no_key(void **state)
{
	const char *made = NULL;

	(void)state;
	assert_int_equal(collate_key(&arena, "\xd0", &made), INVALID);
	assert_null(made);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_alphabet_is_in_its_order),
		cmocka_unit_test(test_own_letters_are_no_variants),
		cmocka_unit_test(test_case_decides_last_and_small_comes_first),
		cmocka_unit_test(
		    test_digits_come_before_cyrillic_and_cyrillic_before_latin),
		cmocka_unit_test(
		    test_a_decomposed_letter_sorts_like_the_letter),
		cmocka_unit_test(test_a_key_is_short_hexadecimal),
		cmocka_unit_test(test_bytes_that_are_no_text_have_no_key),
	};

	return cmocka_run_group_tests_name("collate", tests, rules_up,
	    rules_down);
}
