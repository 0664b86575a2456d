/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/decimal.h"
#include "base/outcome.h"
#include "text/language.h"

#include <jansson.h>
#include <stdint.h>

/*
 * Writing and reading the JSON of reports, for the files of this folder. The
 * put functions take over `value`. A text that JSON can't hold becomes null,
 * which report_canonical() refuses.
 */

void json_end(json_t **value);
#define AUTO_JSON __attribute__((cleanup(json_end)))

void report_put(json_t *object, const char *key, json_t *value);
void report_append(json_t *array, json_t *value);
void report_put_text(json_t *object, const char *key, const char *text);
void report_put_number(json_t *object, const char *key, int64_t number);

/* Not when it is "" or not known. */
void report_put_given(json_t *object, const char *key, const char *text);
void report_put_decimal(json_t *object, const char *key,
    struct decimal decimal);

void report_put_label(json_t *object, const char *key, struct label label);

/* "2026-10-14T03:20:00Z" */
const char *instant_iso(struct arena *a, int64_t instant);

/*
 * The canonical text, in `a`. INVALID when the value holds anything but
 * objects, arrays, integers and texts without control characters, or a name that is not
 * ASCII.
 */
MUST_CHECK enum outcome report_canonical(struct arena *a, const json_t *value,
    const char **text_out);

/* --- Reading: what is not there reads as "", 0, not known ----------------- */

/* INVALID, with nothing to free: no JSON, deeper than documents are, or no
 * object. */
MUST_CHECK enum outcome report_read(const char *text, json_t **root_out);

const char *report_get_text(struct arena *a, const json_t *object,
    const char *key);
int64_t report_get_number(const json_t *object, const char *key);
struct decimal report_get_decimal(const json_t *object, const char *key);
struct label report_get_label(struct arena *a, const json_t *object,
    const char *key);
int64_t report_get_day(const json_t *object, const char *key);
int64_t report_get_instant(const json_t *object, const char *key);
