/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "content/field.h"
#include "text/utf8.h"

#include <string.h>

/*
 * Any bytes typed into a field of any kind: an error or a clean text, and a
 * text that was taken is taken again as it stands.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct choice CHOICES[] = {
	{ "dry", "Dry", NULL },
	{ "in-use", "In use", NULL },
	{ 0 }
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* What every taken text of a kind has, however it was typed. */
static void
check_text(enum field_kind kind, const char *text)
{
	size_t size = strlen(text);

	check(size > 0 && text_is_clean(text, size));
	if (kind == FIELD_PASSWORD)
		return;
	check(!is_blank(text[0]) && !is_blank(text[size - 1]));
	if (kind != FIELD_LONG_TEXT && kind != FIELD_FILE)
		check(strpbrk(text, "\n\t") == NULL || kind == FIELD_DAY ||
		    kind == FIELD_NUMBER || kind == FIELD_MONEY);
	if (kind == FIELD_EMAIL || kind == FIELD_LINK)
		check(strpbrk(text, " \"<>\\") == NULL);
	if (kind == FIELD_CHOICE)
		check(strcmp(text, "dry") == 0 || strcmp(text, "in-use") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct field field = { .name = "well", .choices = CHOICES };
	struct field_value value, again;
	const char *typed;

	arena_init(&a, ARENA_LIMIT);
	if (size == 0)
		return 0;
	field.kind = (enum field_kind)(bytes[0] % (FIELD_HIDDEN + 1));
	field.flags = (bytes[0] & 0x80) != 0 ? FIELD_REQUIRED : 0;
	typed = arena_copy_bytes(&a, bytes + 1, size - 1);
	value = field_read(&a, LANGUAGE_MN, &field, typed);
	if (value.error != NULL || value.text == NULL)
		return 0;
	check_text(field.kind, value.text);
	again = field_read(&a, LANGUAGE_EN, &field, value.text);
	check(again.error == NULL && again.number == value.number);
	check(strcmp(again.text, value.text) == 0);
	return 0;
}
