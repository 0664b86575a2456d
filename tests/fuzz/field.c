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

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct field field = { .name = "well", .choices = CHOICES };
	struct field_value value, again;
	const char *typed;

	if (size == 0)
		return 0;
	arena_init(&a, ARENA_LIMIT);
	field.kind = (enum field_kind)(bytes[0] % (FIELD_HIDDEN + 1));
	field.flags = (bytes[0] & 0x80) != 0 ? FIELD_REQUIRED : 0;
	typed = arena_copy_bytes(&a, bytes + 1, size - 1);
	value = field_read(&a, LANGUAGE_MN, &field, typed);
	if (value.error != NULL || value.text == NULL)
		return 0;
	check(text_is_clean(value.text, strlen(value.text)));
	again = field_read(&a, LANGUAGE_EN, &field, value.text);
	check(again.error == NULL && again.number == value.number);
	check(strcmp(again.text, value.text) == 0);
	return 0;
}
