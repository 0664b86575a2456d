/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_each_language_is_parsed_from_its_own_code(void **state)
{
	enum language language = LANGUAGES;

	(void)state;
	for (enum language l = 0; l < LANGUAGES; l++) {
		assert_int_equal(language_parse(language_code(l), &language),
		    OK);
		assert_int_equal(language, l);
	}
}

static void
test_a_code_of_no_language_is_not_found(void **state)
{
	static const char *const codes[] = { "", "m", "MN", "mn-MN", "mnx",
		"ru", " en" };
	enum language language = LANGUAGE_EN;

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		assert_int_equal(language_parse(codes[i], &language),
		    NOT_FOUND);
	assert_int_equal(language, LANGUAGE_EN);
}

static const struct accepted {
	const char *header;
	enum language language;
} accepted[] = {
	{ NULL, LANGUAGE_MN },
	{ "", LANGUAGE_MN },
	{ "mn", LANGUAGE_MN },
	{ "en", LANGUAGE_EN },
	{ "EN-gb", LANGUAGE_EN },
	{ "*", LANGUAGE_MN },
	{ "de-DE, fr", LANGUAGE_MN },
	/* neither is wished more */
	{ "en,mn", LANGUAGE_MN },
	{ "en;q=0.5, mn;q=0.5", LANGUAGE_MN },
	/* weights */
	{ "mn-MN,mn;q=0.9,en-US;q=0.8,en;q=0.7", LANGUAGE_MN },
	{ "en-US,en;q=0.9,mn;q=0.8", LANGUAGE_EN },
	{ "mn;q=0.333, en;q=0.334", LANGUAGE_EN },
	{ "kk-KZ, ru;q=0.8, en;q=0.1", LANGUAGE_EN },
	{ "en ; Q=0.2 ,\tmn\t;q=0.3", LANGUAGE_MN },
	{ "mn-Mong;q=0.4, en;q=0.3", LANGUAGE_MN },
	{ "en;q=0", LANGUAGE_MN },
	{ "mn;q=0, *", LANGUAGE_EN },
	{ "en;q=0.5, *", LANGUAGE_MN },
	{ "*;q=0.1, en;q=0.2", LANGUAGE_EN },
	{ "en;q=1.000, mn;q=1.", LANGUAGE_MN },
	/* a range that can't be read says nothing */
	{ "en;q=2", LANGUAGE_MN },
	{ "en;q=1.001", LANGUAGE_MN },
	{ "en;q=0.1234", LANGUAGE_MN },
	{ "en;q=", LANGUAGE_MN },
	{ "en;level=1", LANGUAGE_MN },
	{ "en de", LANGUAGE_MN },
	{ "english", LANGUAGE_MN },
	{ "en_US", LANGUAGE_MN },
	{ ",,;q=1,,en;q=0.5,", LANGUAGE_EN },
	{ "mn;q=x, en;q=0.1", LANGUAGE_EN },
};

static void
test_mongolian_is_chosen_unless_english_is_preferred_to_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++) {
		enum language got = language_accept(accepted[i].header);

		if (got != accepted[i].language)
			fail_msg("\"%s\" gave %s", accepted[i].header,
			    language_code(got));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_each_language_is_parsed_from_its_own_code),
		cmocka_unit_test(test_a_code_of_no_language_is_not_found),
		cmocka_unit_test(
		    test_mongolian_is_chosen_unless_english_is_preferred_to_it),
	};

	return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
