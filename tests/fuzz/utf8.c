/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/utf8.h"

#include "base/arena.h"
#include "base/check.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/markdown.h"
#include "text/number.h"
#include "text/slug.h"

#include <string.h>
#include <unicode/ustring.h>

/*
 * What a typed text meets: ICU must agree on what is UTF-8, a normal form is
 * its own normal form, and everything made from the text keeps its promise.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool
icu_takes(struct arena *a, const char *bytes, size_t size)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar *units = ARENA_MANY(a, size + 1, UChar);

	u_strFromUTF8(units, (int32_t)size + 1, NULL, bytes, (int32_t)size,
	    &error);
	return U_SUCCESS(error);
}

static void
check_normal(struct arena *a, const char *text)
{
	const char *normal = utf8_normalize(a, text);
	size_t size = strlen(normal);

	check(utf8_is_valid(normal, size));
	check(utf8_length(normal) <= size);
	check(strchr(normal, '\r') == NULL);
	check(strcmp(utf8_normalize(a, normal), normal) == 0);
	check(strstr(markdown_html(a, normal), "<img") == NULL);
	check(strstr(markdown_html(a, normal), "<script") == NULL);
}

static void
check_made(struct arena *a, const char *text)
{
	struct trigram_list trigrams = fold_trigrams(a, fold_search(a, text));
	const char *slug = slug_make(a, text);

	check(*slug == '\0' || slug_is_valid(slug));
	for (size_t i = 0; i < trigrams.count; i++) {
		check(utf8_length(trigrams.items[i]) == 3);
		check(i == 0 || strcmp(trigrams.items[i - 1],
		    trigrams.items[i]) < 0);
	}
}

static void
check_read(struct arena *a, const char *text)
{
	int64_t number, again, day;

	if (number_parse(text, INT64_MIN, INT64_MAX, &number) == OK) {
		check(number_parse(number_show(a, LANGUAGE_MN, number),
		    INT64_MIN, INT64_MAX, &again) == OK);
		check(again == number);
	}
	if (day_parse(text, &day) == OK) {
		check(day_parse(day_show_iso(a, day), &again) == OK);
		check(again == day);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	const char *text;
	bool valid;

	arena_init(&a, ARENA_LIMIT);
	text = arena_copy_bytes(&a, bytes, size);
	valid = utf8_is_valid(text, size);
	check(valid == icu_takes(&a, text, size));
	check(valid || !text_is_clean(text, size));
	check_made(&a, text);
	check_read(&a, text);
	if (valid)
		check_normal(&a, text);
	return 0;
}
