/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/arena.h"

/* A QR code as the path of an SVG; the tags are the template's. */
struct qr_code {
	int64_t size;		/* modules a side, quiet zone included */
	const char *box;	/* "0 0 SIZE SIZE" */
	const char *path;	/* black modules, one unit each */
};

/* `text` is at most 2,200 bytes. Error correction M. */
struct qr_code qr_draw(struct arena *a, const char *text);
