/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/time.h"

#include <time.h>

/* Clocks, and the civil calendar after the well-known era arithmetic. */

enum { ULAANBAATAR_OFFSET = 8 * 3600, ERA_DAYS = 146097 };

int64_t
time_now(void)
{
	return time(NULL);
}

int64_t
time_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t
day_of(int64_t instant)
{
	return floor_div(instant + ULAANBAATAR_OFFSET, DAY_SECONDS);
}

int64_t
day_start(int64_t day)
{
	return day * DAY_SECONDS - ULAANBAATAR_OFFSET;
}

/* Years are counted from March, so that the leap day comes last. */
struct date
date_of_day(int64_t day)
{
	int64_t shifted = day + 719468;
	int64_t era = floor_div(shifted, ERA_DAYS);
	int64_t in_era = shifted - era * ERA_DAYS;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 -
	    in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	struct date date = {
		.year = (int)(year + era * 400 + (month >= 10)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(in_year - (153 * month + 2) / 5 + 1),
	};

	return date;
}

int64_t
day_of_date(struct date date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t of_era = year - era * 400;
	int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
	int64_t in_year = (153 * month + 2) / 5 + date.day - 1;

	return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 +
	    in_year - 719468;
}

bool
date_is_valid(struct date date)
{
	struct date back;

	if (date.year < 1 || date.year > 9999 || date.month < 1 ||
	    date.month > 12 || date.day < 1 || date.day > 31)
		return false;
	back = date_of_day(day_of_date(date));
	return back.month == date.month && back.day == date.day;
}
