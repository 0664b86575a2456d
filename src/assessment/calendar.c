/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/calendar.h"

#include "base/time.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

/* iCalendar text and the key of its address. */

enum { LINE_MOST = 75 };	/* bytes, without the line's end */

/* How many bytes of the line fit, without cutting a code point. */
static size_t
fold_at(const char *line, size_t size, size_t most)
{
	size_t at = most;

	if (size <= most)
		return size;
	while (at > 0 && ((unsigned char)line[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* One content line, folded (RFC 5545, 3.1). */
static void
line_add(struct buffer *out, const char *line)
{
	size_t size = strlen(line), most = LINE_MOST;

	for (;;) {
		size_t part = fold_at(line, size, most);

		buffer_add(out, line, part);
		buffer_add_text(out, "\r\n");
		line += part;
		size -= part;
		if (size == 0)
			return;
		buffer_add_byte(out, ' ');
		most = LINE_MOST - 1;	/* the blank counts */
	}
}

/* A TEXT value (3.3.11); other control characters are dropped. */
static void
text_add(struct buffer *line, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n') {
			buffer_add_text(line, "\\n");
			continue;
		}
		if ((unsigned char)*text < 0x20 && *text != '\t')
			continue;
		if (strchr("\\;,", *text) != NULL)
			buffer_add_byte(line, '\\');
		buffer_add_byte(line, *text);
	}
}

static void
property_add(struct buffer *out, const char *name, const char *text)
{
	AUTO_BUFFER struct buffer line;

	buffer_init(&line);
	buffer_add_text(&line, name);
	text_add(&line, text);
	line_add(out, buffer_text(&line));
}

static void
day_add(struct buffer *out, const char *name, int64_t day)
{
	struct date date = date_of_day(day);
	char line[64];

	snprintf(line, sizeof(line), "%s%04d%02d%02d", name, date.year,
	    date.month, date.day);
	line_add(out, line);
}

static void
stamp_add(struct buffer *out, int64_t stamp)
{
	struct date date = date_of_day(stamp / DAY_SECONDS);
	int rest = (int)(stamp % DAY_SECONDS);
	char line[64];

	snprintf(line, sizeof(line), "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ",
	    date.year, date.month, date.day, rest / 3600, rest / 60 % 60,
	    rest % 60);
	line_add(out, line);
}

static void
event_add(struct buffer *out, const struct calendar_event *event,
    int64_t stamp)
{
	line_add(out, "BEGIN:VEVENT");
	property_add(out, "UID:", event->uid);
	stamp_add(out, stamp);
	day_add(out, "DTSTART;VALUE=DATE:", event->day);
	day_add(out, "DTEND;VALUE=DATE:", event->day + 1);
	property_add(out, "SUMMARY:", event->summary);
	if (event->description[0] != '\0')
		property_add(out, "DESCRIPTION:", event->description);
	line_add(out, "TRANSP:TRANSPARENT");
	line_add(out, "END:VEVENT");
}

void
calendar_write(struct buffer *out, const char *name,
    const struct calendar_events *events, int64_t stamp)
{
	line_add(out, "BEGIN:VCALENDAR");
	line_add(out, "VERSION:2.0");
	line_add(out, "PRODID:-//tulga//calendar//EN");
	line_add(out, "CALSCALE:GREGORIAN");
	line_add(out, "METHOD:PUBLISH");
	property_add(out, "X-WR-CALNAME:", name);
	LIST_EACH(event, events)
		event_add(out, event, stamp);
	line_add(out, "END:VCALENDAR");
}

void
calendar_key_make(const uint8_t secret[CALENDAR_SECRET],
    int64_t organisation, char key_out[CALENDAR_KEY_SIZE])
{
	uint8_t key[16];
	char text[48];

	snprintf(text, sizeof(text), "calendar %" PRId64, organisation);
	crypto_generichash(key, sizeof(key), (const uint8_t *)text,
	    strlen(text), secret, CALENDAR_SECRET);
	sodium_bin2base64(key_out, CALENDAR_KEY_SIZE, key, sizeof(key),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
