/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/mail.h"

#include "text/utf8.h"

#include <jansson.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Letters as servers read them: RFC 5322, 2045 and 2047. */

enum { NOW = 1770000000, LINE_MOST = 78 };	/* 2026-02-02T02:40:00Z */

static const struct mail_config CONFIG = { .from = "tulga@example.mn",
	.folder = "/nowhere" };
static const char LONG_SUBJECT[] = "Цагаан гол: усны хонгилын тухай хэлэлцүүлэг "
	"2026 оны гуравдугаар сарын арван хоёронд болно";

static int
arena_up(void **state)
{
	static struct arena a;

	arena_init(&a, ARENA_LIMIT);
	*state = &a;
	return 0;
}

static int
arena_down(void **state)
{
	arena_done(*state);
	return 0;
}

static const char *
payload(struct arena *a, const char *to, const char *subject,
    const char *body)
{
	json_t *letter = json_pack("{s:s, s:s, s:s}", "to", to, "subject",
	    subject, "body", body);
	char *text = json_dumps(letter, JSON_SORT_KEYS);
	const char *copy = arena_copy(a, text);

	free(text);
	json_decref(letter);
	return copy;
}

static const char *
compose(struct arena *a, const char *subject, const char *body)
{
	const char *to, *text;

	assert_int_equal(mail_compose(a, &CONFIG, 41,
	    payload(a, "bold@example.mn", subject, body), NOW, &to, &text),
	    OK);
	assert_string_equal(to, "bold@example.mn");
	return text;
}

static const char *
decoded(struct arena *a, const char *coded, size_t size)
{
	uint8_t *bytes = arena_take(a, size + 1);
	size_t got;

	assert_int_equal(sodium_base642bin(bytes, size, coded, size, "\r\n",
	    &got, NULL, sodium_base64_VARIANT_ORIGINAL), 0);
	return (const char *)bytes;
}

/* The decoded words of the subject; each must be whole letters. */
static const char *
subject_of(struct arena *a, const char *text)
{
	const char *at = strstr(text, "\r\nSubject:");
	const char *subject = "";

	assert_non_null(at);
	at += strlen("\r\nSubject:");
	while (strncmp(at, " =?UTF-8?B?", 11) == 0) {
		const char *end = strstr(at + 11, "?=\r\n");
		const char *word;

		assert_non_null(end);
		word = decoded(a, at + 11, (size_t)(end - at - 11));
		assert_true(utf8_is_valid(word, strlen(word)));
		subject = arena_print(a, "%s%s", subject, word);
		at = end + 4;
	}
	return subject;
}

static void
test_every_line_ends_in_crlf_and_is_short(void **state)
{
	const char *text = compose(*state, LONG_SUBJECT, LONG_SUBJECT);
	size_t line = 0;

	for (; *text != '\0'; text++) {
		if (*text == '\n')
			fail_msg("a line feed alone");
		if (*text != '\r') {
			assert_in_range(*text, ' ', '~');
			assert_true(++line <= LINE_MOST);
			continue;
		}
		assert_int_equal(*++text, '\n');
		line = 0;
	}
	assert_int_equal(line, 0);
}

static void
test_the_head_says_what_a_letter_needs(void **state)
{
	const char *text = compose(*state, "Well", "Water");
	static const char *const lines[] = {
		"Date: Mon, 02 Feb 2026 02:40:00 +0000\r\n",
		"\r\nFrom: <tulga@example.mn>\r\n",
		"\r\nTo: <bold@example.mn>\r\n",
		"\r\nMessage-ID: <outbox-41@example.mn>\r\n",
		"\r\nAuto-Submitted: auto-generated\r\n",
		"\r\nMIME-Version: 1.0\r\n",
		"\r\nContent-Type: text/plain; charset=utf-8\r\n",
		"\r\nContent-Transfer-Encoding: base64\r\n",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strstr(text, lines[i]) == NULL)
			fail_msg("no \"%s\" in \"%s\"", lines[i], text);
}

static void
test_a_subject_is_never_cut_within_a_letter(void **state)
{
	struct arena *a = *state;
	static const char *const subjects[] = { "Well", LONG_SUBJECT,
		"aЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦ",
		"ЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦЦ", "🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊🌊", "" };

	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++)
		assert_string_equal(subject_of(a, compose(a, subjects[i],
		    "Water")), subjects[i]);
}

static void
test_the_body_comes_back_as_it_was(void **state)
{
	struct arena *a = *state;
	static const char *const bodies[] = { "", "Water\n",
		"Сайн байна уу\n\nhttps://example.mn/mn/password/abc\n.\n" };

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		const char *text = compose(a, i == 0 ? "" : "Well",
		    bodies[i]);
		const char *body = strstr(text, "\r\n\r\n");

		assert_non_null(body);
		assert_string_equal(decoded(a, body + 4, strlen(body + 4)),
		    bodies[i]);
	}
}

static void
test_addresses_that_would_add_a_header_are_refused(void **state)
{
	struct arena *a = *state;
	static const char *const wrong[] = { "", "bold", "bold@example.mn\r\n"
		"Bcc: all@example.mn", "bold@example.mn\nX: y", "a@b, c@d",
		"<bold@example.mn>", "bold @example.mn" };
	const char *to = NULL, *text = NULL;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct mail_config from = { .from = wrong[i] };

		assert_int_equal(mail_compose(a, &CONFIG, 1, payload(a,
		    wrong[i], "Well", "Water"), NOW, &to, &text), INVALID);
		assert_int_equal(mail_compose(a, &from, 1, payload(a,
		    "bold@example.mn", "Well", "Water"), NOW, &to, &text),
		    INVALID);
	}
	assert_null(to);
	assert_null(text);
}

static void
test_a_payload_without_a_letter_is_refused(void **state)
{
	struct arena *a = *state;
	static const char *const wrong[] = { "", "{}", "[]", "{\"to\":", "7",
		"{\"to\":\"a@b\",\"subject\":\"Well\"}",
		"{\"to\":7,\"subject\":\"Well\",\"body\":\"Water\"}" };
	const char *to, *text;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_int_equal(mail_compose(a, &CONFIG, 1, wrong[i], NOW,
		    &to, &text), INVALID);
}

static void
test_without_a_server_a_letter_is_a_file_of_its_own(void **state)
{
	struct arena *a = *state;
	char folder[] = "/tmp/mail-XXXXXX", bytes[4096] = "";
	struct mail_config config = { .from = "tulga@example.mn" };
	const char *letter = payload(a, "bold@example.mn", "Well", "Water");
	const char *path, *to, *text;
	struct stat status;
	FILE *file;

	config.folder = mkdtemp(folder);
	path = arena_print(a, "%s/41.eml", folder);
	/* Sent twice, as after a clerk's death, it is there once. */
	for (int i = 0; i < 2; i++)
		assert_int_equal(mail_send(a, &config, 41, letter, NOW), OK);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	file = fopen(path, "re");
	assert_non_null(file);
	assert_true(fread(bytes, 1, sizeof(bytes) - 1, file) > 0);
	fclose(file);
	assert_int_equal(mail_compose(a, &config, 41, letter, NOW, &to,
	    &text), OK);
	assert_string_equal(bytes, text);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(mail_send(a, &config, 41, letter, NOW), BUSY);
}

static void
test_a_server_that_is_not_there_means_later(void **state)
{
	struct arena *a = *state;
	/* Port 1 of this machine: refused at once. */
	const struct mail_config config = { .smtp = "smtp://127.0.0.1:1",
		.from = "tulga@example.mn" };

	assert_int_equal(mail_send(a, &config, 41, payload(a,
	    "bold@example.mn", "Well", "Water"), NOW), BUSY);
}

static void
test_the_servers_port_is_the_one_of_its_address(void **state)
{
	static const struct {
		const char *smtp;
		uint16_t port;
	} cases[] = {
		{ "smtp://mail.example.mn:587", 587 },
		{ "smtp://mail.example.mn", 25 },
		{ "smtps://mail.example.mn", 465 },
		{ "no address", 0 }, { NULL, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct mail_config config = { .smtp = cases[i].smtp };

		assert_int_equal(mail_port(&config), cases[i].port);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_up, arena_down)
		TEST(test_every_line_ends_in_crlf_and_is_short),
		TEST(test_the_head_says_what_a_letter_needs),
		TEST(test_a_subject_is_never_cut_within_a_letter),
		TEST(test_the_body_comes_back_as_it_was),
		TEST(test_addresses_that_would_add_a_header_are_refused),
		TEST(test_a_payload_without_a_letter_is_refused),
		TEST(test_without_a_server_a_letter_is_a_file_of_its_own),
		TEST(test_a_server_that_is_not_there_means_later),
		TEST(test_the_servers_port_is_the_one_of_its_address),
#undef TEST
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("mail", tests, NULL, NULL);
}
