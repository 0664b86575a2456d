/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

/*
 * A text in CommonMark as HTML, in `a`. The result may be sent as it is
 * (|trusted): raw HTML is left out, links with schemes that run code lose
 * their address, images become their description, so that no page makes a
 * reader's browser call another host. A line break in the text is a space.
 * The text is valid UTF-8 whose length was limited where it came in.
 */
const char *markdown_html(struct arena *a, const char *text);
