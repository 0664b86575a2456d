/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"

/*
 * Messages for operators, one line each on standard error:
 * "time process level text". They name the object in quotes and never hold a
 * member's text, an address or a secret. Line breaks inside are escaped.
 */
void log_name(const char *process);	/* shown in each line; static storage */
void log_error(const char *format, ...) PRINTF_LIKE(1, 2);
void log_warning(const char *format, ...) PRINTF_LIKE(1, 2);
void log_info(const char *format, ...) PRINTF_LIKE(1, 2);

/* Same as log_error with ": " and strerror(errno) appended. */
void log_errno(const char *format, ...) PRINTF_LIKE(1, 2);
