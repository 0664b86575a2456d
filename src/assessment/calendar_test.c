/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Calendars as RFC 5545 wants them. */

static void
write_one(struct buffer *out, const char *summary)
{
	struct calendar_event event = { .uid = "action-7@tulga",
		.day = 20800, .summary = summary, .description = "" };
	const struct calendar_events events = { &event, 1 };

	buffer_init(out);
	calendar_write(out, "Цагаан гол", &events, 1791946800);
}

static void
test_an_event_is_a_whole_day(void **state)
{
	AUTO_BUFFER struct buffer out;

	(void)state;
	write_one(&out, "Put the report on the board");
	assert_string_equal("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//tulga//calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\nX-WR-CALNAME:Цагаан гол\r\n"
	    "BEGIN:VEVENT\r\nUID:action-7@tulga\r\n"
	    "DTSTAMP:20261014T030000Z\r\n"
	    "DTSTART;VALUE=DATE:20261213\r\nDTEND;VALUE=DATE:20261214\r\n"
	    "SUMMARY:Put the report on the board\r\nTRANSP:TRANSPARENT\r\n"
	    "END:VEVENT\r\nEND:VCALENDAR\r\n", buffer_text(&out));
}

static void
test_texts_are_escaped(void **state)
{
	AUTO_BUFFER struct buffer out;

	(void)state;
	write_one(&out, "a,b;c\\d\ne\rEND:VEVENT");
	assert_non_null(strstr(buffer_text(&out),
	    "\r\nSUMMARY:a\\,b\\;c\\\\d\\neEND:VEVENT\r\n"));
}

/* Every line has at most 75 bytes, and unfolding gives the text back. */
static void
test_long_lines_fold_between_letters(void **state)
{
	static const char *const texts[] = {
		"Сумын самбарт улирлын тайлан байршуулах, багийн хурлаар "
		"хэлэлцүүлэх, санал авах",
		"xСумын самбарт улирлын тайлан байршуулах, багийн хурлаар "
		"хэлэлцүүлэх, санал авах",
		"ᠴᠠᠭᠠᠨ ᠭᠣᠣᠯ ᠴᠠᠭᠠᠨ ᠭᠣᠣᠯ ᠴᠠᠭᠠᠨ ᠭᠣᠣᠯ ᠴᠠᠭᠠᠨ ᠭᠣᠣᠯ",
		"0123456789012345678901234567890123456789012345678901234567"
		"890123456",	/* 67 + "SUMMARY:" = 75 */
		"0123456789012345678901234567890123456789012345678901234567"
		"8901234567",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		AUTO_BUFFER struct buffer out, plain;
		const char *at;

		write_one(&out, texts[i]);
		buffer_init(&plain);
		for (at = buffer_text(&out); *at != '\0';) {
			size_t line = strcspn(at, "\r");

			assert_true(line <= 75);
			assert_int_equal(0, strncmp(at + line, "\r\n", 2));
			assert_true(((unsigned char)at[*at == ' '] & 0xC0)
			    != 0x80);
			if (*at == ' ')
				buffer_add(&plain, at + 1, line - 1);
			else
				buffer_add(&plain, at, line);
			at += line + 2;
			if (*at != ' ')
				buffer_add_byte(&plain, '\n');
		}
		if (strchr(texts[i], ',') == NULL)
			assert_non_null(strstr(buffer_text(&plain),
			    texts[i]));
	}
}

static void
test_a_line_of_75_bytes_is_not_folded(void **state)
{
	AUTO_BUFFER struct buffer out;

	(void)state;
	write_one(&out, "012345678901234567890123456789012345678901234567890"
	    "1234567890123456");
	assert_null(strstr(buffer_text(&out), "\r\n "));
}

static void
test_keys_differ_by_organisation_and_secret(void **state)
{
	uint8_t one[CALENDAR_SECRET] = { 1 }, other[CALENDAR_SECRET] = { 2 };
	char first[CALENDAR_KEY_SIZE], second[CALENDAR_KEY_SIZE];

	(void)state;
	calendar_key_make(one, 7, first);
	assert_int_equal(CALENDAR_KEY_SIZE - 1, strlen(first));
	calendar_key_make(one, 7, second);
	assert_string_equal(first, second);
	calendar_key_make(one, 8, second);
	assert_string_not_equal(first, second);
	calendar_key_make(other, 7, second);
	assert_string_not_equal(first, second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_event_is_a_whole_day),
		cmocka_unit_test(test_texts_are_escaped),
		cmocka_unit_test(test_long_lines_fold_between_letters),
		cmocka_unit_test(test_a_line_of_75_bytes_is_not_folded),
		cmocka_unit_test(test_keys_differ_by_organisation_and_secret),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
