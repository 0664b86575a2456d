/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include "people/recovery.h"
#include "people/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

/* What SHA-256 of the bytes 0 to 14 says; made with another program. */
#define SIXTH "sashedu"
#define SIXTH_MN "сашэду"

static struct arena arena;

static int
arena_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return sodium_init() < 0 ? -1 : 0;
}

static int
arena_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
test_the_given_name_follows_the_initial_of_the_patronymic(void **state)
{
	(void)state;
	assert_string_equal(person_show(&arena, "Дорж", "Бат"), "Б. Дорж");
	assert_string_equal(person_show(&arena, "Sarnai", "Ganbold"),
	    "G. Sarnai");
	assert_string_equal(person_show(&arena, "Энхээ", ""), "Энхээ");
}

static void
test_an_address_is_kept_in_lower_case(void **state)
{
	(void)state;
	assert_string_equal(email_normalize(&arena, "Sarnai@Example.MN"),
	    "sarnai@example.mn");
}

static void
test_a_password_is_refused_for_a_reason(void **state)
{
	static const struct {
		const char *password;
		bool refused;
	} cases[] = {
		{ "short", true }, { "nine char", true },
		{ "ten chars.", false }, { "есөн үсэг", true },
		{ "арван үсэг", false }, { "QwertyUiop", true },
		{ "1234567890", true }, { "aaaaaaaaaaaa", true },
		{ "sarnai.erdene", true }, { "SARNAI.erdene@example.mn", true },
		{ "sarnai.erdene sings", false },
		{ "the well in Bayan soum", false },
	};
	char longest[258];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *fault = password_fault(cases[i].password,
		    "sarnai.erdene@example.mn");

		if ((fault != NULL) != cases[i].refused)
			fail_msg("\"%s\": %s", cases[i].password,
			    fault == NULL ? "taken" : fault);
	}
	memset(longest, 'a', sizeof(longest));
	longest[0] = 'b';
	longest[257] = '\0';
	assert_non_null(password_fault(longest, "x@example.mn"));
	longest[256] = '\0';
	assert_null(password_fault(longest, "x@example.mn"));
}

static void
test_an_account_waits_longer_and_longer_up_to_fifteen_minutes(void **state)
{
	static const int64_t waits[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480,
		900, 900, 900 };

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++)
		assert_int_equal(sign_in_wait((int64_t)i), waits[i]);
	assert_int_equal(sign_in_wait(INT64_MAX), 900);
}

static void
test_only_pages_of_ours_follow_a_sign_in(void **state)
{
	static const char *const ours[] = { "/", "/o/tsagaan-gol/members",
		"/o/tsagaan-gol?page=2&q=%D0%B3" };
	static const char *const others[] = { "", "//example.com", "o/x",
		"https://example.com", "/\\example.com", "/a b",
		"/a\r\nSet-Cookie: x", "\t/a" };

	(void)state;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		assert_true(address_is_ours(ours[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_false(address_is_ours(others[i]));
}

static void
test_a_browser_is_named_by_brand_and_system(void **state)
{
	static const struct {
		const char *agent, *shown;
	} cases[] = {
		{ "Mozilla/5.0 (Android 13; Mobile; rv:128.0) Gecko/128.0 "
		  "Firefox/128.0", "Firefox, Android" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
		  " Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows" },
		{ "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 "
		  "Chrome/126.0 Mobile Safari/537.36 [FBAN/EMA]",
		    "Facebook, Android" },
		{ "curl/7.88.1", "" }, { NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(browser_show(&arena, cases[i].agent),
		    cases[i].shown);
}

static void
test_a_code_is_six_digits_with_or_without_blanks(void **state)
{
	static const struct {
		const char *typed, *code;
	} cases[] = { { "123456", "123456" }, { "123 456", "123456" },
		{ " 12-34-56 ", "123456" }, { "12345", "" },
		{ "1234567", "" }, { "", "" }, { "нэг", "" } };
	char code[8];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		totp_digits(cases[i].typed, code);
		assert_string_equal(code, cases[i].code);
	}
}

static const char *
words_show(enum language language, const struct recovery *recovery)
{
	const char *text = "";

	for (int i = 0; i < RECOVERY_WORDS; i++)
		text = arena_print(&arena, "%s%s%s", text, i > 0 ? " " : "",
		    recovery_word_show(&arena, language, recovery, i));
	return text;
}

static void
test_recovery_words_are_read_back_in_both_scripts(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		struct recovery made = recovery_new(), read;

		assert_true(recovery_parse(words_show(LANGUAGE_MN, &made),
		    &read));
		assert_memory_equal(&made, &read, sizeof(made));
		assert_true(recovery_parse(words_show(LANGUAGE_EN, &made),
		    &read));
		assert_memory_equal(&made, &read, sizeof(made));
	}
}

static void
test_signs_and_case_between_recovery_words_do_not_matter(void **state)
{
	static const char latin[] =
	    "ShashEshi, shoshucha; chechicho - chubabe / bibobu " SIXTH;
	static const char cyrillic[] =
	    "1. ШАШЭШИ 2. шошуча 3. чэчичо 4. Чубабэ 5. бибобу\n6. " SIXTH_MN;
	struct recovery first, second;
	char canonical[RECOVERY_CANONICAL];

	(void)state;
	assert_true(recovery_parse(latin, &first));
	assert_true(recovery_parse(cyrillic, &second));
	assert_memory_equal(&first, &second, sizeof(first));
	recovery_canonical(&second, canonical);
	assert_string_equal(canonical,
	    "shasheshi-shoshucha-chechicho-chubabe-bibobu-" SIXTH);
}

static void
test_a_slip_in_a_recovery_word_is_found(void **state)
{
	struct recovery made = recovery_new(), read;
	struct recovery slip = made;

	(void)state;
	slip.syllables[1][1] = (uint8_t)((slip.syllables[1][1] + 1) % 80);
	assert_false(recovery_parse(words_show(LANGUAGE_EN, &slip), &read));
	assert_false(recovery_parse("", &read));
	assert_false(recovery_parse("badijo mutesha", &read));
	assert_false(recovery_parse(arena_print(&arena, "%s badijo",
	    words_show(LANGUAGE_EN, &made)), &read));
}

static void
test_a_token_is_known_by_its_hash_alone(void **state)
{
	struct token first = token_new(), second = token_new();
	uint8_t hash[TOKEN_HASH];

	(void)state;
	assert_int_equal(strlen(first.text), TOKEN_TEXT - 1);
	assert_string_not_equal(first.text, second.text);
	assert_true(token_hash(first.text, hash));
	assert_memory_equal(hash, first.hash, sizeof(hash));
	assert_memory_not_equal(hash, second.hash, sizeof(hash));
	assert_false(token_hash("too-short", hash));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_the_given_name_follows_the_initial_of_the_patronymic),
		cmocka_unit_test(test_an_address_is_kept_in_lower_case),
		cmocka_unit_test(test_a_password_is_refused_for_a_reason),
		cmocka_unit_test(
		    test_an_account_waits_longer_and_longer_up_to_fifteen_minutes),
		cmocka_unit_test(test_only_pages_of_ours_follow_a_sign_in),
		cmocka_unit_test(test_a_browser_is_named_by_brand_and_system),
		cmocka_unit_test(
		    test_a_code_is_six_digits_with_or_without_blanks),
		cmocka_unit_test(
		    test_recovery_words_are_read_back_in_both_scripts),
		cmocka_unit_test(
		    test_signs_and_case_between_recovery_words_do_not_matter),
		cmocka_unit_test(test_a_slip_in_a_recovery_word_is_found),
		cmocka_unit_test(test_a_token_is_known_by_its_hash_alone),
	};

	return cmocka_run_group_tests_name("person", tests, arena_up,
	    arena_down);
}
