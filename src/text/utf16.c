/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/utf16.h"

#include "base/check.h"

#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/*
 * ICU fails here only when it was built without its data or when we gave it
 * too little room: both are mistakes, not outcomes.
 */

enum { TEXT_LIMIT = 1 << 30, REPLACEMENT = 0xfffd };

struct utf16
utf16_of(struct arena *a, const char *text)
{
	size_t bytes = strlen(text);
	UErrorCode error = U_ZERO_ERROR;
	int32_t size = 0;
	UChar *units;

	check(bytes < TEXT_LIMIT);
	units = ARENA_MANY(a, bytes + 1, UChar);
	u_strFromUTF8WithSub(units, (int32_t)bytes + 1, &size, text,
	    (int32_t)bytes, REPLACEMENT, NULL, &error);
	check(U_SUCCESS(error));
	return (struct utf16){ .units = units, .size = size };
}

const char *
utf16_show(struct arena *a, struct utf16 text)
{
	size_t room = (size_t)text.size * 3 + 1;
	UErrorCode error = U_ZERO_ERROR;
	char *bytes;

	check(room < TEXT_LIMIT);
	bytes = arena_take(a, room);
	u_strToUTF8WithSub(bytes, (int32_t)room, NULL, text.units, text.size,
	    REPLACEMENT, NULL, &error);
	check(U_SUCCESS(error));
	return bytes;
}

static const UNormalizer2 *
normalizer(enum utf16_form form)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *found = form == UTF16_NFC ?
	    unorm2_getNFCInstance(&error) :
	    unorm2_getNFKCCasefoldInstance(&error);

	check(U_SUCCESS(error));
	return found;
}

struct utf16
utf16_normalize(struct arena *a, enum utf16_form form, struct utf16 text)
{
	const UNormalizer2 *by = normalizer(form);
	UErrorCode error = U_ZERO_ERROR;
	int32_t size;
	UChar *units;

	size = unorm2_normalize(by, text.units, text.size, NULL, 0, &error);
	check(error == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(error));
	units = ARENA_MANY(a, (size_t)size + 1, UChar);
	error = U_ZERO_ERROR;
	unorm2_normalize(by, text.units, text.size, units, size + 1, &error);
	check(U_SUCCESS(error));
	return (struct utf16){ .units = units, .size = size };
}
