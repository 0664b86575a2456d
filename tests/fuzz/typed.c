/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "text/date.h"
#include "text/number.h"

#include <stdint.h>

/*
 * Any text as a typed number and a typed day: what is read keeps to its range,
 * and is read again as the same from how we show it.
 */

enum { LEAST = -5000, MOST = 90000000 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_number(struct arena *a, const char *text)
{
	int64_t number, again;

	if (number_parse(text, LEAST, MOST, &number) != OK)
		return;
	check(number >= LEAST && number <= MOST);
	for (int l = 0; l < LANGUAGES; l++)
		check(number_parse(number_show(a, (enum language)l, number),
		    LEAST, MOST, &again) == OK && again == number);
}

static void
check_day(struct arena *a, const char *text)
{
	int64_t day, again;

	if (day_parse(text, &day) != OK)
		return;
	check(date_is_valid(date_of_day(day)));
	check(day_parse(day_show_iso(a, day), &again) == OK && again == day);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	const char *text;

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	check_number(&a, text);
	check_day(&a, text);
	return 0;
}
