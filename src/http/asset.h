/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/encode.h"

#include <stddef.h>

struct MHD_Response;

/*
 * Style, script and pictures, compiled into the program with their packed
 * forms by tools/embed_assets.py. The address holds a hash of the bytes, so a
 * reader fetches each once and keeps it for good.
 */
struct asset {
	const char *name;	/* "style.css" */
	const char *url;	/* "/assets/style-0123456789ab.css" */
	const char *type;
	struct {
		const unsigned char *bytes;	/* NULL: no gain */
		size_t size;
	} form[3];		/* by enum coding; plain is never NULL */
};

extern const struct asset assets[];
extern const size_t asset_count;

/* Never NULL: asking for an asset that is not there is a mistake. */
const char *asset_url(const char *name);
const struct asset *asset_find(const char *name);

/* Makes the responses once; the one for an address, or NULL. */
void asset_open(void);
void asset_close(void);
struct MHD_Response *asset_response(const char *url, enum coding coding);
