/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish_json.h"

#include "assessment/plan.h"
#include "base/check.h"
#include "base/time.h"
#include "text/date.h"
#include "text/number.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* JSON values of reports: made, checked, written canonically, read. */

enum { DEPTH_MOST = 8 };	/* root to an indicator's measurement: 7 */

void
json_end(json_t **value)
{
	json_decref(*value);
}

void
report_put(json_t *object, const char *key, json_t *value)
{
	check(json_object_set_new(object, key,
	    value == NULL ? json_null() : value) == 0);
}

void
report_append(json_t *array, json_t *value)
{
	check(json_array_append_new(array,
	    value == NULL ? json_null() : value) == 0);
}

void
report_put_text(json_t *object, const char *key, const char *text)
{
	report_put(object, key, json_string(text));
}

void
report_put_number(json_t *object, const char *key, int64_t number)
{
	report_put(object, key, json_integer(number));
}

void
report_put_given(json_t *object, const char *key, const char *text)
{
	if (text[0] != '\0')
		report_put_text(object, key, text);
}

void
report_put_decimal(json_t *object, const char *key, struct decimal decimal)
{
	struct arena a;

	if (!decimal.known)
		return;
	arena_init(&a, ARENA_LIMIT);
	report_put_text(object, key, decimal_show(&a, decimal));
	arena_done(&a);
}

void
report_put_label(json_t *object, const char *key, struct label label)
{
	json_t *both = json_object();

	for (size_t i = 0; i < LANGUAGES; i++)
		report_put_text(both, language_code((enum language)i),
		    label.text[i]);
	report_put(object, key, both);
}

const char *
instant_iso(struct arena *a, int64_t instant)
{
	int64_t day = instant / DAY_SECONDS, rest = instant % DAY_SECONDS;

	return arena_print(a, "%sT%02d:%02d:%02dZ", day_show_iso(a, day),
	    (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

/* --- Canonical form ------------------------------------------------------ */

static bool
text_is_clean(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f)
			return false;
	}
	return true;
}

static bool
name_is_ascii(const char *name)
{
	for (; *name != '\0'; name++)
		if (*name < 0x20 || *name > 0x7e)
			return false;
	return true;
}

static bool value_is_clean(const json_t *value, int depth);

static bool
members_are_clean(const json_t *object, int depth)
{
	/* jansson's iterators want a pointer that is not const. */
	json_t *of = (json_t *)(uintptr_t)object;

	for (void *at = json_object_iter(of); at != NULL;
	    at = json_object_iter_next(of, at))
		if (!name_is_ascii(json_object_iter_key(at)) ||
		    !value_is_clean(json_object_iter_value(at), depth))
			return false;
	return true;
}

static bool
value_is_clean(const json_t *value, int depth)
{
	if (depth > DEPTH_MOST)
		return false;
	if (json_is_object(value))
		return members_are_clean(value, depth + 1);
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++)
			if (!value_is_clean(json_array_get(value, i),
			    depth + 1))
				return false;
		return true;
	}
	if (json_is_string(value))
		return text_is_clean(json_string_value(value),
		    json_string_length(value));
	return json_is_integer(value);
}

enum outcome
report_canonical(struct arena *a, const json_t *value, const char **text_out)
{
	char *text;

	if (!value_is_clean(value, 0))
		return INVALID;
	text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	check(text != NULL);
	*text_out = arena_copy(a, text);
	free(text);
	return OK;
}

/* --- Reading ------------------------------------------------------------- */

enum outcome
report_read(const char *text, json_t **root_out)
{
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	if (!json_is_object(root)) {
		json_decref(root);
		return INVALID;
	}
	*root_out = root;
	return OK;
}

const char *
report_get_text(struct arena *a, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : arena_copy(a, text);
}

int64_t
report_get_number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

struct decimal
report_get_decimal(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	struct decimal decimal = { .known = false };

	if (text != NULL)
		decimal.known = hundredths_parse(text,
		    &decimal.hundredths) == OK;
	return decimal;
}

struct label
report_get_label(struct arena *a, const json_t *object, const char *key)
{
	const json_t *both = json_object_get(object, key);
	struct label label;

	for (size_t i = 0; i < LANGUAGES; i++)
		label.text[i] = report_get_text(a, both,
		    language_code((enum language)i));
	return label;
}

int64_t
report_get_day(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	int64_t day = 0;

	if (text == NULL || day_parse(text, &day) != OK)
		return 0;
	return day;
}

/* Two digits at `text`; -1 when there are none. */
static int
two_digits(const char *text)
{
	if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
		return -1;
	return (text[0] - '0') * 10 + (text[1] - '0');
}

int64_t
report_get_instant(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	char date[11];
	int64_t day;
	int hours, minutes, seconds;

	if (text == NULL || strlen(text) != 20 || text[10] != 'T' ||
	    text[19] != 'Z')
		return 0;
	memcpy(date, text, 10);
	date[10] = '\0';
	hours = two_digits(text + 11);
	minutes = two_digits(text + 14);
	seconds = two_digits(text + 17);
	if (day_parse(date, &day) != OK || hours < 0 || minutes < 0 ||
	    seconds < 0)
		return 0;
	return day * DAY_SECONDS + hours * 3600 + minutes * 60 + seconds;
}
