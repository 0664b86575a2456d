/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/time.h"
#include "text/language.h"

/*
 * Days and instants as people read and type them. Instants are shown in
 * Ulaanbaatar's time (UTC+8); days have no zone (base/time.h). The words for
 * months and weekdays are part of the form of a date, so they stand here and
 * not in the catalogue.
 */

/* "2026.11.23", "23 November 2026" */
const char *day_show(struct arena *a, enum language language, int64_t day);
const char *date_show(struct arena *a, enum language language,
    int64_t instant);

/* "2026.11.23 14:32", "23 November 2026, 14:32" */
const char *datetime_show(struct arena *a, enum language language,
    int64_t instant);

/*
 * The form of letters and reports: "2026 оны 11 дүгээр сарын 23-ны өдөр",
 * "Monday 23 November 2026". The endings follow the vowels of the number's
 * name: months 1, 4, 9, 11 take дүгээр, others дугаар; days that end in
 * 1, 4, 9 take -ний, others -ны.
 */
const char *day_show_long(struct arena *a, enum language language,
    int64_t day);

/* The month that holds a day: "2026 оны 11 дүгээр сар", "November 2026". */
const char *month_show(struct arena *a, enum language language, int64_t day);

/* "2026-11-23" (ISO 8601), for machines and <time datetime>. */
const char *day_show_iso(struct arena *a, int64_t day);

/*
 * Reads a day as typed: "2026-11-23", "2026.11.23", "2026/11/23", months and
 * days with one digit or two, the same sign twice; or "23 11 2026"; blanks
 * around it. The year has four digits. INVALID for anything else and for days
 * that the calendar lacks.
 */
MUST_CHECK enum outcome day_parse(const char *text, int64_t *day_out);
