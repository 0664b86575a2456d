/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/latin.h"

#include "base/buffer.h"
#include "base/check.h"
#include "text/utf16.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

/*
 * ICU folds case, width and compatibility forms first, so that the table
 * knows small composed letters only.
 */

static const struct letter {
	UChar32 point;
	const char *latin;
} letters[] = {
	{ U'а', "a" }, { U'б', "b" }, { U'в', "v" }, { U'г', "g" },
	{ U'д', "d" }, { U'е', "ye" }, { U'ё', "yo" }, { U'ж', "j" },
	{ U'з', "z" }, { U'и', "i" }, { U'й', "i" }, { U'к', "k" },
	{ U'л', "l" }, { U'м', "m" }, { U'н', "n" }, { U'о', "o" },
	{ U'ө', "o" }, { U'п', "p" }, { U'р', "r" }, { U'с', "s" },
	{ U'т', "t" }, { U'у', "u" }, { U'ү', "u" }, { U'ф', "f" },
	{ U'х', "kh" }, { U'ц', "ts" }, { U'ч', "ch" }, { U'ш', "sh" },
	{ U'щ', "sh" }, { U'ъ', "" }, { U'ы', "y" }, { U'ь', "i" },
	{ U'э', "e" }, { U'ю', "yu" }, { U'я', "ya" },
	/* typed for ө and ү */
	{ U'є', "o" }, { U'ѳ', "o" }, { U'ї', "u" }, { U'ɵ', "o" },
	/* Kazakh */
	{ U'ә', "a" }, { U'ғ', "g" }, { U'қ', "k" }, { U'ң', "n" },
	{ U'ұ', "u" }, { U'һ', "h" }, { U'і', "i" },
	/* Latin letters of scholars, before their accents are dropped */
	{ U'č', "ch" }, { U'š', "sh" }, { U'ž', "j" }, { U'ǰ', "j" },
};

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

/* NULL when the table and ASCII do not know the letter. */
static const char *
letter_latin(UChar32 point)
{
	static const char ascii[] =
		"0\0001\0002\0003\0004\0005\0006\0007\0008\0009\0"
		"a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0k\0l\0m\0"
		"n\0o\0p\0q\0r\0s\0t\0u\0v\0w\0x\0y\0z";

	if (point >= '0' && point <= '9')
		return ascii + (point - '0') * 2;
	if (point >= 'a' && point <= 'z')
		return ascii + 20 + (point - 'a') * 2;
	for (size_t i = 0; i < LETTERS; i++)
		if (letters[i].point == point)
			return letters[i].latin;
	return NULL;
}

/* Our texts have no lone surrogates. */
static UChar32
point_next(struct utf16 text, int32_t *at)
{
	UChar lead = text.units[(*at)++];

	if (!U16_IS_LEAD(lead))
		return lead;
	return U16_GET_SUPPLEMENTARY(lead, text.units[(*at)++]);
}

/* The letter without its accents. */
static UChar32
letter_base(UChar32 point)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);

	check(U_SUCCESS(error));
	for (;;) {
		UChar parts[32];
		int32_t first = 0, size;

		size = unorm2_getRawDecomposition(nfc, point, parts,
		    sizeof(parts) / sizeof(parts[0]), &error);
		check(U_SUCCESS(error));
		if (size <= 0)
			return point;
		point = point_next((struct utf16){ parts, size }, &first);
	}
}

static bool
point_is_silent(UChar32 point)
{
	static const UChar32 apostrophes[] = { '\'', '`', 0x2018, 0x2019,
		0x2032, 0xb4, 0x2b9, 0x2bc };
	int8_t kind = u_charType(point);

	if (kind == U_NON_SPACING_MARK || kind == U_FORMAT_CHAR)
		return true;
	for (size_t i = 0; i < sizeof(apostrophes) / sizeof(UChar32); i++)
		if (apostrophes[i] == point)
			return true;
	return false;
}

static void
add_units(struct buffer *b, const UChar *units, int32_t count)
{
	char bytes[8];
	UErrorCode error = U_ZERO_ERROR;
	int32_t size;

	u_strToUTF8(bytes, sizeof(bytes), &size, units, count, &error);
	check(U_SUCCESS(error));
	buffer_add(b, bytes, (size_t)size);
}

/* What the code point becomes that stands at `start`; `gap`: words part. */
static void
add_latin(struct buffer *b, struct utf16 text, int32_t start, bool *gap)
{
	int32_t end = start;
	UChar32 point = point_next(text, &end);
	const char *latin = letter_latin(point);

	if (latin == NULL)
		latin = letter_latin(letter_base(point));
	if (latin == NULL ? point_is_silent(point) : *latin == '\0')
		return;
	if (latin == NULL && u_isdigit(point))
		latin = letter_latin('0' + u_charDigitValue(point));
	if (latin == NULL && !u_isalpha(point)) {
		*gap = true;
		return;
	}
	if (*gap && b->size > 0)
		buffer_add_byte(b, '-');
	*gap = false;
	if (latin != NULL)
		buffer_add_text(b, latin);
	else
		add_units(b, text.units + start, end - start);
}

const char *
latin_show(struct arena *a, const char *text)
{
	struct utf16 folded = utf16_normalize(a, UTF16_FOLDED,
	    utf16_of(a, text));
	AUTO_BUFFER struct buffer b;
	bool gap = false;

	buffer_init(&b);
	for (int32_t at = 0; at < folded.size; point_next(folded, &at))
		add_latin(&b, folded, at, &gap);
	return arena_copy(a, buffer_text(&b));
}
