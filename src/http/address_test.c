/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_paths_are_decoded_once(void **state)
{
	static const struct {
		const char *raw, *path;	/* NULL: refused */
	} cases[] = {
		{ "/", "/" },
		{ "/wells/17", "/wells/17" },
		{ "/a%20b", "/a b" },
		{ "/a+b", "/a+b" },
		{ "/%D0%A5%d1%83", "/Ху" },
		{ "/%2525", "/%25" },
		{ "/%7Ewell", "/~well" },
		{ "/%3Fx%23", "/?x#" },
		{ "", NULL }, { "wells", NULL }, { "%2F", NULL },
		{ "/a%2Fb", NULL }, { "/a%2f", NULL },
		{ "/%", NULL }, { "/%4", NULL }, { "/%4g", NULL },
		{ "/%g4", NULL }, { "/%-1", NULL }, { "/% 1", NULL },
		{ "/%00", NULL }, { "/a%00b", NULL },
		{ "/%0d%0a", NULL }, { "/%1f", NULL }, { "/%7F", NULL },
		{ "/\x01", NULL },
		/* no UTF-8: cut off, overlong, surrogate, beyond the end */
		{ "/%c3", NULL }, { "/%ff", NULL }, { "/%c0%af", NULL },
		{ "/%e0%80%af", NULL }, { "/%ed%a0%80", NULL },
		{ "/%f4%90%80%80", NULL }, { "/%80", NULL },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *path = NULL;
		enum outcome got = address_path(&a, cases[i].raw,
		    strlen(cases[i].raw), &path);

		if (cases[i].path == NULL) {
			assert_int_equal(INVALID, got);
			assert_null(path);
		} else {
			assert_int_equal(OK, got);
			assert_string_equal(cases[i].path, path);
		}
	}
}

static void
test_fields_are_read_by_the_standard(void **state)
{
	static const struct {
		const char *raw, *fields;	/* NULL: refused */
	} cases[] = {
		{ "", "" },
		{ "well=Bayan", "[well=Bayan]" },
		{ "a=1&b=2&a=3", "[a=1][b=2][a=3]" },
		{ "a", "[a=]" }, { "a=", "[a=]" }, { "=b", "[=b]" },
		{ "&&a=1&", "[a=1]" }, { "a=b=c", "[a=b=c]" },
		{ "a=b+c%2Bd", "[a=b c+d]" }, { "a+b=%26%3D", "[a b=&=]" },
		{ "a=%2F%0A", "[a=/\n]" }, { "%D1%83=%D1%81", "[у=с]" },
		{ "a=%00", NULL }, { "a%00=1", NULL }, { "a=%", NULL },
		{ "a=%f", NULL }, { "a=1&b=%ff", NULL }, { "%c0%80=1", NULL },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct address_fields fields = { 0 };
		const char *text = "";
		enum outcome got = address_fields_parse(&a, cases[i].raw,
		    strlen(cases[i].raw), &fields);

		assert_int_equal(cases[i].fields == NULL ? INVALID : OK, got);
		if (got != OK)
			continue;
		LIST_EACH (f, &fields)
			text = arena_print(&a, "%s[%s=%s]", text, f->name,
			    f->value);
		assert_string_equal(cases[i].fields, text);
	}
}

static void
test_more_fields_than_allowed_are_refused(void **state)
{
	AUTO_ARENA struct arena a;
	char raw[2 * (FIELDS_MOST + 1)];

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < sizeof(raw); i += 2)
		memcpy(raw + i, "a&", 2);
	for (size_t more = 0; more <= 1; more++) {
		struct address_fields fields = { 0 };

		assert_int_equal(more == 0 ? OK : INVALID,
		    address_fields_parse(&a, raw, 2 * (FIELDS_MOST + more),
			&fields));
		assert_int_equal(FIELDS_MOST, fields.count);
	}
}

static void
test_an_address_is_cleaned_for_headers_and_pages(void **state)
{
	static const struct {
		const char *address, *clean, *value;
	} cases[] = {
		{ "/wells?a=1&b=%20#x", "/wells?a=1&b=%20#x",
		    "%2Fwells%3Fa%3D1%26b%3D%2520%23x" },
		{ "/a b", "/a%20b", "%2Fa%20b" },
		{ "/\r\nSet-Cookie: x", "/%0D%0ASet-Cookie:%20x",
		    "%2F%0D%0ASet-Cookie%3A%20x" },
		{ "/\\evil.mn", "/%5Cevil.mn", "%2F%5Cevil.mn" },
		{ "/\"<>^`{|}", "/%22%3C%3E%5E%60%7B%7C%7D",
		    "%2F%22%3C%3E%5E%60%7B%7C%7D" },
		{ "/ус\x7f", "/%D1%83%D1%81%7F", "%2F%D1%83%D1%81%7F" },
		{ "-._~Az09", "-._~Az09", "-._~Az09" },
		{ "@[", "@[", "%40%5B" },
		{ "", "", "" },
	};
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_string_equal(cases[i].clean, address_clean(&a,
		    cases[i].address, strlen(cases[i].address)));
		assert_string_equal(cases[i].value,
		    address_value(&a, cases[i].address));
	}
}

static void
test_an_origin_is_ours_only_with_the_same_host_and_port(void **state)
{
	static const struct {
		const char *origin, *host;
		bool ours;
	} cases[] = {
		{ "https://tulga.mn", "tulga.mn", true },
		{ "http://Tulga.MN", "tulga.mn", true },
		{ "https://tulga.mn/en/wells", "tulga.mn", true },
		{ "http://[::1]:8080", "[::1]:8080", true },
		{ "https://tulga.mn:444", "tulga.mn", false },
		{ "https://tulga.mn", "tulga.mn:444", false },
		{ "https://tulga.mn.evil.mn", "tulga.mn", false },
		{ "https://evil.mn/tulga.mn", "tulga.mn", false },
		{ "https://tulga.mn@evil.mn", "tulga.mn", false },
		{ "https://evil.mn#tulga.mn", "tulga.mn", false },
		{ "tulga.mn", "tulga.mn", false }, { "null", "null", false },
		{ "", "", false }, { NULL, "tulga.mn", false },
		{ "https://tulga.mn", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(cases[i].ours,
		    address_is_of_host(cases[i].origin, cases[i].host));
}

static void
test_only_this_machine_is_loopback(void **state)
{
	static const struct {
		const char *host;
		bool loopback;
	} cases[] = {
		{ "localhost", true }, { "LOCALHOST:8080", true },
		{ "127.0.0.1", true }, { "127.0.0.1:80", true },
		{ "[::1]", true }, { "[::1]:80", true },
		{ "localhost.evil.mn", false }, { "127.0.0.11", false },
		{ "127.0.0.1.evil.mn", false }, { "192.168.1.2", false },
		{ "tulga.mn", false }, { "", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(cases[i].loopback,
		    address_is_loopback(cases[i].host));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths_are_decoded_once),
		cmocka_unit_test(test_fields_are_read_by_the_standard),
		cmocka_unit_test(test_more_fields_than_allowed_are_refused),
		cmocka_unit_test(
		    test_an_address_is_cleaned_for_headers_and_pages),
		cmocka_unit_test(
		    test_an_origin_is_ours_only_with_the_same_host_and_port),
		cmocka_unit_test(test_only_this_machine_is_loopback),
	};

	return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
