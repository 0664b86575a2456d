/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "base/outcome.h"
#include "http/request.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Reading of addresses and of application/x-www-form-urlencoded text (the
 * URL Standard's section on it). Everything decoded is valid UTF-8 without
 * NUL, or the whole is INVALID.
 */
struct address_fields LIST_OF(struct request_field);

/*
 * A path as sent. "%2F" is refused, for no segment may hold a slash; so are
 * control characters, which could end a header or a line of the log.
 */
MUST_CHECK enum outcome address_path(struct arena *a, const char *raw,
    size_t size, const char **path_out);

/*
 * An address of ours as it may stand in a header or a page: what no address
 * may hold (blanks, control characters, quotes, backslashes, bytes above 126)
 * is percent-encoded, all else stays, also what is encoded already.
 */
const char *address_clean(struct arena *a, const char *address, size_t size);

/* A text as one value of a query: all but A-Z a-z 0-9 - . _ ~ is encoded. */
const char *address_value(struct arena *a, const char *text);

/* Adds the fields of "a=1&b=2" to `fields`; more than FIELDS_MOST: INVALID. */
MUST_CHECK enum outcome address_fields_parse(struct arena *a, const char *raw,
    size_t size, struct address_fields *fields);

/* Whether Origin or Referer (may be NULL) names this very host. */
bool address_is_of_host(const char *origin, const char *host);

/* Whether the Host header's name means this machine itself. */
bool address_is_loopback(const char *host);
