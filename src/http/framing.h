/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <microhttpd.h>
#include <stdbool.h>

/*
 * Whether the request's headers frame it in one way only. libmicrohttpd is
 * lenient; a proxy in front may read the same bytes otherwise, so everything
 * ambiguous is refused with 400 and a close: Content-Length together with
 * Transfer-Encoding or given twice or not a plain number, any transfer coding
 * but "chunked", a repeated or missing Host (HTTP/1.1), and header names that
 * are no tokens (RFC 9110, 5.6.2). A bare LF, a folded line and a NUL in address
 * or value can't be seen from here: the library has taken them for the end of
 * the line, a blank and the end of the text already (HACKING.md).
 */
bool framing_is_plain(struct MHD_Connection *connection, const char *version);
