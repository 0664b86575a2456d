/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/outcome.h"
#include "runner/client.h"

/*
 * What kind of file this is, told by its content and never by its name.
 *
 * Accepted as evidence: PDF; PNG, JPEG, WebP and GIF; plain text and CSV;
 * text and spreadsheet documents (ODT, ODS, DOCX, XLSX) without macros; MP3,
 * Ogg and M4A sound; MP4 film. Never HTML, SVG, scripts or programs, nor text
 * that a browser might take for one of them.
 */
enum {
	MEDIA_FIRST = 256 * 1024,	/* bytes of the sample's beginning */
	MEDIA_LAST = 64 * 1024,		/* and end: an archive's directory */
};

struct media_sample {
	const unsigned char *first;
	size_t first_size;
	const unsigned char *last;	/* may overlap with `first` */
	size_t last_size;
};

/* Loads libmagic's database; once, before any other call. FAILED is logged. */
MUST_CHECK enum outcome media_open(void);

/* Always a type of at most INSPECT_TYPE - 1 ASCII characters. */
void media_type(const struct media_sample *sample, char type_out[INSPECT_TYPE]);

bool media_is_accepted(const struct media_sample *sample, const char *type);
