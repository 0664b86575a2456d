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
 * are no tokens (RFC 9110, 5.6.2).
 *
 * What the library has decided already can't be seen from here: it takes a bare
 * LF for the end of a line, a NUL in address or value for the end of the text,
 * and a line that begins with a colon for the end of the headers. So a proxy in
 * front must refuse or drop these, as nginx and Caddy do (HACKING.md). A folded
 * line it adds to the header's name, which then is another's: harmless, except
 * where the framing gets lost; that is refused too.
 */
bool framing_is_plain(struct MHD_Connection *connection, const char *version);
