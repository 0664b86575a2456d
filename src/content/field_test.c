/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/field.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct choice STATES[] = {
	{ "dry", "Dry", NULL },
	{ "in-use", "In use", NULL },
	{ "sealed", "Sealed", NULL },
	{ 0 }
};

static const struct field TITLE = { .name = "title", .kind = FIELD_TEXT,
	.flags = FIELD_REQUIRED, .least = 3, .most = 10 };
static const struct field NOTE = { .name = "note", .kind = FIELD_LONG_TEXT };
static const struct field EMAIL = { .name = "email", .kind = FIELD_EMAIL };
static const struct field LINK = { .name = "link", .kind = FIELD_LINK };
static const struct field PASSWORD = { .name = "password",
	.kind = FIELD_PASSWORD, .flags = FIELD_NEW_PASSWORD };
static const struct field OLD_PASSWORD = { .name = "password",
	.kind = FIELD_PASSWORD };
static const struct field DEPTH = { .name = "depth", .kind = FIELD_NUMBER,
	.least = -5, .most = 1200 };
static const struct field COST = { .name = "cost", .kind = FIELD_MONEY };
static const struct field DUG = { .name = "dug", .kind = FIELD_DAY };
static const struct field STATE = { .name = "state", .kind = FIELD_CHOICE,
	.flags = FIELD_REQUIRED, .choices = STATES };
static const struct field SEEN = { .name = "seen", .kind = FIELD_CHOICES,
	.choices = STATES };
static const struct field OPEN_CHOICE = { .name = "unit",
	.kind = FIELD_CHOICE };
static const struct field AGREED = { .name = "agreed", .kind = FIELD_TICK,
	.flags = FIELD_REQUIRED };
static const struct field HIDDEN = { .name = "once", .kind = FIELD_HIDDEN };

static const struct {
	const struct field *field;
	const char *typed;
	const char *text;	/* NULL: nothing was given */
	int64_t number;
} READ[] = {
	{ &TITLE, "Худаг\t2", "Худаг 2", 0 },
	{ &TITLE, "\xc2\xa0Худаг \xc2\xa0", "Худаг", 0 },
	{ &TITLE, "Худаи\xcc\x86", "Худай", 0 },
	{ &NOTE, "нэг\r\nхоёр\r\n", "нэг\nхоёр", 0 },
	{ &NOTE, " \n ", NULL, 0 },
	{ &NOTE, NULL, NULL, 0 },
	{ &EMAIL, " bat.dorj+ngo@example.mn ", "bat.dorj+ngo@example.mn", 0 },
	{ &LINK, "https://example.mn:8080/x?a=1#b",
	    "https://example.mn:8080/x?a=1#b", 0 },
	{ &LINK, "http://localhost", "http://localhost", 0 },
	{ &PASSWORD, "  арван хоёр ", "  арван хоёр ", 0 },
	{ &OLD_PASSWORD, "a", "a", 0 },
	{ &DEPTH, "1,200", "1,200", 1200 },
	{ &DEPTH, "-5", "-5", -5 },
	{ &COST, "1 200 000 ₮", "1 200 000 ₮", 1200000 },
	{ &COST, "500 төгрөг", "500 төгрөг", 500 },
	{ &COST, "0", "0", 0 },
	{ &DUG, "2024.02.29", "2024.02.29", 19782 },
	{ &STATE, "in-use", "in-use", 0 },
	{ &SEEN, "sealed  dry sealed", "dry sealed", 0 },
	{ &SEEN, "", NULL, 0 },
	{ &OPEN_CHOICE, "MN-061", "MN-061", 0 },
	{ &AGREED, "1", "1", 1 },
	{ &HIDDEN, "c0ffee", "c0ffee", 0 },
};

static const struct {
	const struct field *field;
	const char *typed;
	const char *error;
} REFUSED[] = {
	{ &TITLE, NULL, "Please fill this in" },
	{ &TITLE, "   ", "Please fill this in" },
	{ &TITLE, "Ус", "Write at least 3 characters" },
	{ &TITLE, "Баян худаг 1",
	    "Shorten this to 10 characters; it has 12" },
	{ &TITLE, "Худаг\x01", "This holds characters that can't be kept;"
	    " please type it anew" },
	{ &TITLE, "Худаг\xff", "This holds characters that can't be kept;"
	    " please type it anew" },
	{ &EMAIL, "bat@example", "Write an email address, as in"
	    " name@example.mn" },
	{ &EMAIL, "bat dorj@example.mn", NULL },
	{ &EMAIL, "@example.mn", NULL },
	{ &EMAIL, "bat@-example.mn", NULL },
	{ &EMAIL, "bat@example..mn", NULL },
	{ &EMAIL, "bat@example.mn.", NULL },
	{ &EMAIL, "bat@example.mn\nbcc: x@example.mn", NULL },
	{ &LINK, "example.mn", "Write a whole link that starts with https://"
	    " or http://" },
	{ &LINK, "javascript:alert(1)", NULL },
	{ &LINK, "https://", NULL },
	{ &LINK, "https://bank.mn@example.mn/", NULL },
	{ &LINK, "https://example.mn/a b", NULL },
	{ &LINK, "https://example.mn:80x/", NULL },
	{ &PASSWORD, "богино", "Write at least 10 characters" },
	{ &DEPTH, "1.5", "Write a whole number in digits, as in 1200" },
	{ &DEPTH, "1201", "This must be from -5 to 1,200" },
	{ &DEPTH, "99999999999999999999", NULL },
	{ &COST, "-1", NULL },
	{ &COST, "5 ₮ 5", NULL },
	{ &DUG, "2026-02-30", "Write a date that exists, as in 2026.11.23" },
	{ &DUG, "1899-12-31",
	    "This must be from 1 January 1900 to 31 December 2199" },
	{ &STATE, "", "Please choose one" },
	{ &STATE, "flooded", "Choose one of these" },
	{ &SEEN, "dry flooded", "Choose among these" },
	{ &AGREED, NULL, "Please tick this to go on" },
	{ &AGREED, "yes", "Tick this or leave it" },
};

static void
test_each_kind_reads_what_people_type(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(READ) / sizeof(READ[0]); i++) {
		AUTO_ARENA struct arena a;
		struct field_value value;

		arena_init(&a, ARENA_LIMIT);
		value = field_read(&a, LANGUAGE_EN, READ[i].field,
		    READ[i].typed);
		if (value.error != NULL)
			fail_msg("%s: %s", READ[i].typed, value.error);
		if (READ[i].text == NULL)
			assert_null(value.text);
		else
			assert_string_equal(value.text, READ[i].text);
		assert_int_equal(value.number, READ[i].number);
	}
}

static void
test_each_kind_says_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
		AUTO_ARENA struct arena a;
		struct field_value value;

		arena_init(&a, ARENA_LIMIT);
		value = field_read(&a, LANGUAGE_EN, REFUSED[i].field,
		    REFUSED[i].typed);
		if (value.error == NULL)
			fail_msg("\"%s\" was taken", REFUSED[i].typed);
		if (REFUSED[i].error != NULL)
			assert_string_equal(value.error, REFUSED[i].error);
	}
}

static void
test_lengths_are_counted_in_characters_not_bytes(void **state)
{
	AUTO_ARENA struct arena a;
	struct field_value value;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	value = field_read(&a, LANGUAGE_EN, &TITLE, "  Баян худаг\n");
	assert_null(value.error);
	assert_string_equal(value.text, "Баян худаг");
}

static void
test_what_was_typed_is_kept_beside_its_error(void **state)
{
	AUTO_ARENA struct arena a;
	struct field_value value;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	value = field_read(&a, LANGUAGE_MN, &DEPTH, "гучин метр");
	assert_non_null(value.error);
	assert_string_equal(value.text, "гучин метр");
}

static void
test_every_kind_has_a_name(void **state)
{
	(void)state;
	for (int kind = FIELD_TEXT; kind <= FIELD_HIDDEN; kind++)
		assert_non_null(field_kind_name((enum field_kind)kind));
	assert_string_equal(field_kind_name(FIELD_LONG_TEXT), "long");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_kind_reads_what_people_type),
		cmocka_unit_test(test_each_kind_says_what_is_wrong),
		cmocka_unit_test(
		    test_lengths_are_counted_in_characters_not_bytes),
		cmocka_unit_test(test_what_was_typed_is_kept_beside_its_error),
		cmocka_unit_test(test_every_kind_has_a_name),
	};

	return cmocka_run_group_tests_name("content/field", tests, NULL, NULL);
}
