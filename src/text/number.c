/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/number.h"

#include "base/check.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Integers to text and back; grouping is the only thing to get right. */

enum { NUMBER_ROOM = 32 };

/* The magnitude of INT64_MIN has no int64_t. */
static uint64_t
magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

const char *
number_show(struct arena *a, enum language language, int64_t number)
{
	char shown[NUMBER_ROOM];
	uint64_t left = magnitude(number);
	size_t at = sizeof(shown), count = 0;

	(void)language;
	shown[--at] = '\0';
	do {
		if (count > 0 && count % 3 == 0)
			shown[--at] = ',';
		shown[--at] = (char)('0' + left % 10);
		left /= 10;
		count++;
	} while (left > 0);
	if (number < 0)
		shown[--at] = '-';
	return arena_copy(a, shown + at);
}

const char *
money_show(struct arena *a, enum language language, int64_t tugrug)
{
	return arena_print(a, "%s\u00a0₮", number_show(a, language, tugrug));
}

enum { BYTES, KILOBYTES, MEGABYTES, GIGABYTES, TERABYTES, SIZE_UNITS };

static const char *const size_units[LANGUAGES][SIZE_UNITS] = {
	[LANGUAGE_MN] = { "Б", "КБ", "МБ", "ГБ", "ТБ" },
	[LANGUAGE_EN] = { "B", "KB", "MB", "GB", "TB" },
};

/* `bytes` in tenths of a unit of 1024^power bytes, rounded to what is shown. */
static int64_t
size_tenths(int64_t bytes, int power)
{
	int64_t unit = INT64_C(1) << (10 * power);
	int64_t whole = bytes / unit, rest = bytes % unit;

	if (power < MEGABYTES)
		return (whole + (rest * 2 >= unit)) * 10;
	return whole * 10 + (rest * 10 + unit / 2) / unit;
}

const char *
size_show(struct arena *a, enum language language, int64_t bytes)
{
	int power = BYTES;
	int64_t tenths;

	check(bytes >= 0);
	while (power < TERABYTES && (bytes >> (10 * power) >= 1024 ||
	    size_tenths(bytes, power) >= 10240))
		power++;
	tenths = size_tenths(bytes, power);
	if (tenths % 10 == 0)
		return arena_print(a, "%s\u00a0%s",
		    number_show(a, language, tenths / 10),
		    size_units[language][power]);
	return arena_print(a, "%s.%d\u00a0%s",
	    number_show(a, language, tenths / 10), (int)(tenths % 10),
	    size_units[language][power]);
}

const char *
decimal_show(struct arena *a, struct decimal decimal)
{
	uint64_t hundredths = magnitude(decimal.hundredths);

	if (!decimal.known)
		return "–";
	return arena_print(a, "%s%" PRIu64 ".%02" PRIu64,
	    decimal.hundredths < 0 ? "-" : "", hundredths / 100,
	    hundredths % 100);
}

/* What people put between groups, and around a number. */
static const char *const separators[] = { ",", " ", "\u00a0", "\u202f" };

enum { SEPARATORS = sizeof(separators) / sizeof(separators[0]) };

/* The separator that stands at `at`, or NULL. */
static const char *
separator_at(const char *at)
{
	for (size_t i = 0; i < SEPARATORS; i++)
		if (strncmp(at, separators[i], strlen(separators[i])) == 0)
			return separators[i];
	return NULL;
}

static const char *
skip_blanks(const char *at)
{
	for (;;) {
		const char *separator = separator_at(at);

		if (separator != NULL && *separator != ',')
			at += strlen(separator);
		else if (*at == '\t' || *at == '\n')
			at++;
		else
			return at;
	}
}

static size_t
digits_at(const char *at)
{
	return strspn(at, "0123456789");
}

/* Counted downwards, where int64_t reaches one further. False: too large. */
static bool
digits_add(const char *digits, size_t count, int64_t *negative)
{
	for (size_t i = 0; i < count; i++)
		if (__builtin_mul_overflow(*negative, 10, negative) ||
		    __builtin_sub_overflow(*negative, digits[i] - '0',
		    negative))
			return false;
	return true;
}

/* Digits or groups at `at`, as a number below 0; NULL when there are none. */
static const char *
groups_read(const char *at, int64_t *negative)
{
	size_t count = digits_at(at);
	const char *separator;

	if (count == 0 || !digits_add(at, count, negative))
		return NULL;
	at += count;
	separator = separator_at(at);
	if (separator == NULL || count > 3)
		return at;
	while (separator_at(at) == separator) {
		const char *group = at + strlen(separator);

		if (digits_at(group) == 0)
			return at;
		if (digits_at(group) != 3 || !digits_add(group, 3, negative))
			return NULL;
		at = group + 3;
	}
	return at;
}

enum outcome
number_parse(const char *text, int64_t min, int64_t max, int64_t *number_out)
{
	static const char minus[] = "−";
	const char *at = skip_blanks(text);
	bool below = *at == '-';
	int64_t number = 0;

	at += below;
	if (!below && strncmp(at, minus, strlen(minus)) == 0) {
		below = true;
		at += strlen(minus);
	}
	at = groups_read(at, &number);
	if (at == NULL || *skip_blanks(at) != '\0')
		return INVALID;
	if (!below && __builtin_sub_overflow(0, number, &number))
		return INVALID;
	if (number < min || number > max)
		return INVALID;
	*number_out = number;
	return OK;
}
