/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/language.h"

#include "base/check.h"

#include <string.h>
#include <strings.h>

/*
 * Accept-Language is read range by range; a range that can't be read says
 * nothing. Weights are thousandths, and those of a language's variants
 * (mn-MN, mn-Mong) count for the language.
 */

static const char *const codes[LANGUAGES] = {
	[LANGUAGE_MN] = "mn",
	[LANGUAGE_EN] = "en",
};

const char *
language_code(enum language language)
{
	check(language < LANGUAGES);
	return codes[language];
}

enum outcome
language_parse(const char *code, enum language *language_out)
{
	for (enum language l = 0; l < LANGUAGES; l++) {
		if (strcmp(code, codes[l]) == 0) {
			*language_out = l;
			return OK;
		}
	}
	return NOT_FOUND;
}

/* What a header asks for so far; -1 where it has not spoken. */
struct wishes {
	int weights[LANGUAGES];
	int others;	/* of "*" */
};

static const char *
skip_blanks(const char *at)
{
	return at + strspn(at, " \t");
}

static bool
byte_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A weight of "1", "0.8" or "0.333"; NULL when it is none. */
static const char *
weight_parse(const char *at, int *weight_out)
{
	int weight, worth = 100;

	if (*at != '0' && *at != '1')
		return NULL;
	weight = (*at++ - '0') * 1000;
	if (*at == '.')
		at++;
	else
		worth = 0;
	for (; worth > 0 && byte_is_digit(*at); worth /= 10)
		weight += (*at++ - '0') * worth;
	if (weight > 1000)
		return NULL;
	*weight_out = weight;
	return at;
}

/* What follows a range: nothing, or ";q=" and its weight; NULL if neither. */
static const char *
weight_read(const char *at, int *weight_out)
{
	at = skip_blanks(at);
	*weight_out = 1000;
	if (*at != ';')
		return at;
	at = skip_blanks(at + 1);
	if ((at[0] != 'q' && at[0] != 'Q') || at[1] != '=')
		return NULL;
	at = weight_parse(at + 2, weight_out);
	return at == NULL ? NULL : skip_blanks(at);
}

static void
wish(struct wishes *wishes, const char *range, size_t size, int weight)
{
	if (size == 1 && *range == '*')
		wishes->others = weight;
	for (enum language l = 0; l < LANGUAGES; l++) {
		size_t code = strlen(codes[l]);

		if (size < code || strncasecmp(range, codes[l], code) != 0)
			continue;
		if (size > code && range[code] != '-')
			continue;
		if (weight > wishes->weights[l])
			wishes->weights[l] = weight;
	}
}

enum language
language_accept(const char *header)
{
	struct wishes wishes = { .weights = { -1, -1 }, .others = 0 };
	const char *at = header == NULL ? "" : header;

	while (*at != '\0') {
		const char *range = skip_blanks(at);
		size_t size = strcspn(range, " \t;,");
		const char *end;
		int weight;

		end = weight_read(range + size, &weight);
		if (end != NULL && (*end == ',' || *end == '\0'))
			wish(&wishes, range, size, weight);
		at = range + strcspn(range, ",");
		at += *at == ',';
	}
	for (enum language l = 0; l < LANGUAGES; l++)
		if (wishes.weights[l] < 0)
			wishes.weights[l] = wishes.others;
	return wishes.weights[LANGUAGE_EN] > wishes.weights[LANGUAGE_MN] ?
	    LANGUAGE_EN : LANGUAGE_MN;
}
