/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/collate.h"

#include "base/check.h"
#include "base/log.h"
#include "text/utf16.h"
#include "text/utf8.h"

#include <string.h>
#include <unicode/ucol.h>

/*
 * One collator for the process, opened at start and never changed; ICU's own
 * Mongolian rules only put Cyrillic first and leave Ё a variant of Е.
 */

static const char RULES[] =
	"[reorder Cyrl Mong] &Е<ё<<<Ё &О<ө<<<Ө &У<ү<<<Ү";

static UCollator *collator;

enum outcome
collate_open(void)
{
	struct arena a;
	struct utf16 rules;
	UErrorCode error = U_ZERO_ERROR;

	check(collator == NULL);
	arena_init(&a, ARENA_LIMIT);
	rules = utf16_of(&a, RULES);
	collator = ucol_openRules(rules.units, rules.size, UCOL_DEFAULT,
	    UCOL_TERTIARY, NULL, &error);
	arena_done(&a);
	if (U_SUCCESS(error))
		return OK;
	log_error("cannot load the sorting rules: ICU says \"%s\"",
	    u_errorName(error));
	collator = NULL;
	return FAILED;
}

void
collate_close(void)
{
	if (collator != NULL)
		ucol_close(collator);
	collator = NULL;
}

static const char *
hex_show(struct arena *a, const uint8_t *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	char *shown = arena_take(a, size * 2 + 1);

	for (size_t i = 0; i < size; i++) {
		shown[i * 2] = digits[bytes[i] >> 4];
		shown[i * 2 + 1] = digits[bytes[i] & 15];
	}
	return shown;
}

enum outcome
collate_key(struct arena *a, const char *text, const char **key_out)
{
	uint8_t bytes[COLLATE_KEY_LIMIT / 2 + 1];
	struct utf16 units;
	size_t size;

	check(collator != NULL);
	if (!utf8_is_valid(text, strlen(text)))
		return INVALID;
	if (*text == '\0') {
		*key_out = "";
		return OK;
	}
	units = utf16_of(a, text);
	size = (size_t)ucol_getSortKey(collator, units.units, units.size,
	    bytes, sizeof(bytes));
	check(size > 0);
	if (size > sizeof(bytes))
		size = sizeof(bytes);
	*key_out = hex_show(a, bytes, size - 1); /* the last byte is a NUL */
	return OK;
}
