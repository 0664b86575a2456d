/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Instants are integer UTC seconds since 1970. Calendar days (a due date, a
 * period's end) are integer days since 1970-01-01, with no time zone.
 * `struct date` is the civil form of a day.
 */
struct date {
	int year;	/* 1 .. 9999 */
	int month;	/* 1 .. 12 */
	int day;	/* 1 .. 31 */
};

#define DAY_SECONDS 86400

/* Now, from the system clock. */
int64_t time_now(void);

/* Milliseconds of a clock that never jumps; for deadlines and measuring. */
int64_t time_monotonic_ms(void);

/* The calendar day of an instant in Ulaanbaatar (UTC+8, no summer time). */
int64_t day_of(int64_t instant);

/* The first instant of a calendar day in Ulaanbaatar. */
int64_t day_start(int64_t day);

struct date date_of_day(int64_t day);
int64_t day_of_date(struct date date);

/* True for a date that the calendar has, e.g. not 2026-02-30. */
bool date_is_valid(struct date date);
