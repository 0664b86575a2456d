/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* One write(2) per line, so that lines of several processes never mix. */

enum { LINE_SIZE = 1024 };

static const char *process_name = "tulga";

void
log_name(const char *process)
{
	process_name = process;
}

static void
escape_breaks(char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			*text = '?';
}

static void
log_line(const char *level, const char *format, va_list args, int error)
{
	char line[LINE_SIZE], stamp[32], text[LINE_SIZE - 128];
	time_t now = time(NULL);
	struct tm utc;
	int size;

	gmtime_r(&now, &utc);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%SZ", &utc);
	vsnprintf(text, sizeof(text), format, args);
	escape_breaks(text);
	size = snprintf(line, sizeof(line), "%s %s %s %s%s%s\n", stamp,
	    process_name, level, text, error == 0 ? "" : ": ",
	    error == 0 ? "" : strerror(error));
	if (size >= (int)sizeof(line))
		size = (int)sizeof(line) - 1;
	if (write(STDERR_FILENO, line, (size_t)size) < 0)
		return; /* nobody left to tell */
}

#define LOG_AS(level, error) \
	do { \
		va_list args; \
		va_start(args, format); \
		log_line((level), format, args, (error)); \
		va_end(args); \
	} while (0)

void
log_error(const char *format, ...)
{
	LOG_AS("error", 0);
}

void
log_warning(const char *format, ...)
{
	LOG_AS("warning", 0);
}

void
log_info(const char *format, ...)
{
	LOG_AS("info", 0);
}

void
log_errno(const char *format, ...)
{
	int error = errno;

	LOG_AS("error", error);
	errno = error;
}
