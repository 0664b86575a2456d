/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/mail.h"

#include "base/check.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

/*
 * Any bytes as a letter's payload: refused, or a text whose lines all end in
 * CRLF, whose head holds the lines that we write and no other, and which goes
 * to one plain address.
 */

enum { HEAD_LINES = 8 };	/* without the lines of the subject */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_head(const char *text, const char *end)
{
	int lines = 0, subjects = 0;

	for (const char *line = text; line < end;
	    line = strstr(line, "\r\n") + 2) {
		if (strncmp(line, "Subject:", 8) == 0)
			subjects++;
		else if (*line != ' ')
			lines++;
	}
	check(lines == HEAD_LINES && subjects == 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct mail_config config = { .from = "tulga@example.mn" };
	AUTO_ARENA struct arena a;
	const char *to, *text, *end;

	check(sodium_init() >= 0);
	arena_init(&a, ARENA_LIMIT);
	if (mail_compose(&a, &config, 7, arena_copy_bytes(&a, bytes, size),
		1770000000, &to, &text) != OK)
		return 0;
	check(strchr(to, '@') != NULL && strpbrk(to, "\r\n<>, ") == NULL);
	for (const char *at = text; (at = strpbrk(at, "\r\n")) != NULL;
	    at += 2)
		check(at[0] == '\r' && at[1] == '\n');
	end = strstr(text, "\r\n\r\n");
	check(end != NULL);
	check_head(text, end);
	return 0;
}
