/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/answer.h"

#include "base/check.h"

#include <string.h>

/* Answers between forms, columns and struct rating. */

/* "-12" or "3": no blanks, no plus, at most three digits. */
static enum outcome
value_parse(const char *text, int *value_out)
{
	bool minus = *text == '-';
	int value = 0;
	size_t size;

	text += minus;
	size = strlen(text);
	if (size < 1 || size > 3 || strspn(text, "0123456789") != size ||
	    (text[0] == '0' && (size > 1 || minus)))
		return INVALID;
	for (; *text != '\0'; text++)
		value = value * 10 + (*text - '0');
	*value_out = minus ? -value : value;
	return OK;
}

enum outcome
answer_parse(const struct scale *scale, const char *text,
    struct rating *answer_out)
{
	int value;

	if (strcmp(text, "na") == 0) {
		*answer_out = (struct rating){ RATING_NOT_APPLICABLE, 0 };
		return OK;
	}
	if (strcmp(text, "dk") == 0) {
		*answer_out = (struct rating){ RATING_DONT_KNOW, 0 };
		return OK;
	}
	if (value_parse(text, &value) != OK || !scale_has(scale, value))
		return INVALID;
	*answer_out = (struct rating){ RATING_VALUE, value };
	return OK;
}

const char *
answer_text(struct arena *a, struct rating answer)
{
	if (answer.kind != RATING_VALUE)
		return answer_column(answer.kind);
	return arena_print(a, "%d", answer.value);
}

const char *
answer_column(enum rating_kind kind)
{
	switch (kind) {
	case RATING_VALUE:
		return "value";
	case RATING_NOT_APPLICABLE:
		return "na";
	case RATING_DONT_KNOW:
		return "dk";
	}
	check(!"a kind of answer");
	return "";
}

struct rating
answer_of_columns(const char *kind, int64_t value)
{
	if (strcmp(kind, "na") == 0)
		return (struct rating){ RATING_NOT_APPLICABLE, 0 };
	if (strcmp(kind, "dk") == 0)
		return (struct rating){ RATING_DONT_KNOW, 0 };
	return (struct rating){ RATING_VALUE, (int)value };
}

bool
answer_same(struct rating one, struct rating other)
{
	return one.kind == other.kind &&
	    (one.kind != RATING_VALUE || one.value == other.value);
}
