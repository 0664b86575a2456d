/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/list.h"
#include "db/db.h"
#include "text/language.h"

/*
 * An organisation's days as a calendar that phones subscribe to (iCalendar,
 * RFC 5545). Whoever has the address may read it: it holds a key made from the
 * installation's secret, so that nothing is stored per organisation.
 */
struct calendar_event {
	const char *uid;	/* the same for the same thing, for ever */
	int64_t day;
	const char *summary;
	const char *description;	/* "" none */
};
struct calendar_events LIST_OF(struct calendar_event);

/*
 * The whole calendar: CRLF, lines of at most 75 bytes folded between code
 * points, texts escaped. `stamp`, an instant, is when it was made.
 */
void calendar_write(struct buffer *out, const char *name,
    const struct calendar_events *events, int64_t stamp);

/* --- The key ------------------------------------------------------------- */

enum { CALENDAR_SECRET = 32, CALENDAR_KEY_SIZE = 23 };

/* 22 letters of base64url. */
void calendar_key_make(const uint8_t secret[CALENDAR_SECRET],
    int64_t organisation, char key_out[CALENDAR_KEY_SIZE]);

/* The installation's secret; NOT_FOUND: nobody has asked for one yet. */
MUST_CHECK enum outcome calendar_secret_find(struct db *db, struct arena *a,
    uint8_t secret_out[CALENDAR_SECRET]);

/* Keeps this one, unless there is one already. */
MUST_CHECK enum outcome calendar_secret_add(struct tx *tx, struct arena *a,
    const uint8_t secret[CALENDAR_SECRET]);

/*
 * What stands in an organisation's calendar: actions not yet kept, days of
 * targets, the day the next run begins, open runs' targets. Titles in the
 * order Mongolian, English where the words are ours.
 */
MUST_CHECK enum outcome calendar_event_list(struct db *db, struct arena *a,
    int64_t organisation, struct calendar_events *list_out);
