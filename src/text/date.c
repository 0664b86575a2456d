/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Forms of dates in both languages; the calendar itself is base/time's. */

static const char *const months[] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

/* The first day that we count, 1970-01-01, was a Thursday. */
static const char *const weekdays[] = { "Thursday", "Friday", "Saturday",
	"Sunday", "Monday", "Tuesday", "Wednesday" };

static const char *
weekday_of(int64_t day)
{
	int64_t of_week = day % 7;

	return weekdays[of_week < 0 ? of_week + 7 : of_week];
}

/* нэг, дөрөв, ес: the numbers whose names have front vowels. */
static bool
number_is_front(int number)
{
	return number % 10 == 1 || number % 10 == 4 || number % 10 == 9;
}

static const char *
ordinal_ending(int month)
{
	return number_is_front(month) ? "дүгээр" : "дугаар";
}

static const char *
genitive_ending(int day)
{
	return number_is_front(day) ? "ний" : "ны";
}

const char *
day_show(struct arena *a, enum language language, int64_t day)
{
	struct date date = date_of_day(day);

	if (language == LANGUAGE_EN)
		return arena_print(a, "%d %s %d", date.day,
		    months[date.month - 1], date.year);
	return arena_print(a, "%04d.%02d.%02d", date.year, date.month,
	    date.day);
}

const char *
date_show(struct arena *a, enum language language, int64_t instant)
{
	return day_show(a, language, day_of(instant));
}

const char *
datetime_show(struct arena *a, enum language language, int64_t instant)
{
	int64_t day = day_of(instant);
	int minute = (int)((instant - day_start(day)) / 60);

	return arena_print(a, language == LANGUAGE_EN ? "%s, %02d:%02d" :
	    "%s %02d:%02d", day_show(a, language, day), minute / 60,
	    minute % 60);
}

const char *
day_show_long(struct arena *a, enum language language, int64_t day)
{
	struct date date = date_of_day(day);

	if (language == LANGUAGE_EN)
		return arena_print(a, "%s %s", weekday_of(day),
		    day_show(a, language, day));
	return arena_print(a, "%d оны %d %s сарын %d-%s өдөр", date.year,
	    date.month, ordinal_ending(date.month), date.day,
	    genitive_ending(date.day));
}

const char *
month_show(struct arena *a, enum language language, int64_t day)
{
	struct date date = date_of_day(day);

	if (language == LANGUAGE_EN)
		return arena_print(a, "%s %d", months[date.month - 1],
		    date.year);
	return arena_print(a, "%d оны %d %s сар", date.year, date.month,
	    ordinal_ending(date.month));
}

const char *
day_show_iso(struct arena *a, int64_t day)
{
	struct date date = date_of_day(day);

	return arena_print(a, "%04d-%02d-%02d", date.year, date.month,
	    date.day);
}

/* Three runs of digits with a sign between them. */
struct triple {
	int numbers[3];
	size_t sizes[3];
	char signs[2];
};

static const char *
number_read(const char *at, int *number, size_t *size)
{
	*size = strspn(at, "0123456789");
	if (*size == 0 || *size > 4)
		return NULL;
	*number = 0;
	for (size_t i = 0; i < *size; i++)
		*number = *number * 10 + (at[i] - '0');
	return at + *size;
}

static const char *
triple_read(const char *at, struct triple *t)
{
	for (size_t i = 0; i < 3; i++) {
		if (i > 0)
			t->signs[i - 1] = *at++;
		at = number_read(at, &t->numbers[i], &t->sizes[i]);
		if (at == NULL || (i < 2 && *at == '\0'))
			return NULL;
	}
	return at;
}

static bool
triple_is_date(const struct triple *t, struct date *date)
{
	bool spaced = t->signs[0] == ' ';
	int year = spaced ? 2 : 0, day = spaced ? 0 : 2;

	if (t->signs[0] != t->signs[1] || strchr("-./ ", t->signs[0]) == NULL)
		return false;
	if (t->sizes[year] != 4 || t->sizes[1] > 2 || t->sizes[day] > 2)
		return false;
	*date = (struct date){ .year = t->numbers[year],
		.month = t->numbers[1], .day = t->numbers[day] };
	return date_is_valid(*date);
}

enum outcome
day_parse(const char *text, int64_t *day_out)
{
	static const char blanks[] = " \t\n";
	const char *at = text + strspn(text, blanks);
	struct triple triple;
	struct date date;

	at = triple_read(at, &triple);
	if (at == NULL || at[strspn(at, blanks)] != '\0')
		return INVALID;
	if (!triple_is_date(&triple, &date))
		return INVALID;
	*day_out = day_of_date(date);
	return OK;
}
