/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/encode.h"

#include <brotli/encode.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

/* zlib and brotli, at one quick and one thorough setting each. */

enum {
	SMALLEST = 512,		/* below that packing gains nothing */
	GZIP_QUICK = 2, GZIP_KEPT = 9,
	BROTLI_QUICK = 2, BROTLI_KEPT = 9,
	GZIP_WRAPPER = 16,	/* zlib's way to ask for a gzip header */
};

/* Whether `name` stands in the list without ";q=0". */
static bool
list_allows(const char *list, const char *name)
{
	size_t size = strlen(name);

	for (const char *at = list; *at != '\0'; at += strspn(at, ", \t")) {
		size_t one = strcspn(at, ",");
		const char *q;

		if (strncasecmp(at, name, size) == 0 &&
		    strchr(",; \t", at[size]) != NULL) {
			q = memchr(at, '=', one);
			return q == NULL ||
			    q[1 + strspn(q + 1, "0. \t")] != at[one];
		}
		at += one;
	}
	return false;
}

enum coding
encode_accept(const char *header)
{
	if (header == NULL)
		return CODING_NONE;
	if (list_allows(header, "br"))
		return CODING_BROTLI;
	return list_allows(header, "gzip") ? CODING_GZIP : CODING_NONE;
}

const char *
encode_name(enum coding coding)
{
	static const char *const names[] = { NULL, "gzip", "br" };

	return names[coding];
}

static bool
gzip_bytes(bool keep, const void *bytes, size_t size, struct buffer *out)
{
	z_stream z = { 0 };
	bool done;

	if (deflateInit2(&z, keep ? GZIP_KEPT : GZIP_QUICK, Z_DEFLATED,
		MAX_WBITS + GZIP_WRAPPER, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	buffer_reserve(out, deflateBound(&z, size));
	z.next_in = (Bytef *)(uintptr_t)bytes;
	z.avail_in = (uInt)size;
	z.next_out = (Bytef *)out->bytes;
	z.avail_out = (uInt)(out->room - 1);
	done = deflate(&z, Z_FINISH) == Z_STREAM_END;
	out->size = z.total_out;
	deflateEnd(&z);
	return done;
}

static bool
brotli_bytes(bool keep, const void *bytes, size_t size, struct buffer *out)
{
	size_t room = BrotliEncoderMaxCompressedSize(size);

	if (room == 0)
		return false;
	buffer_reserve(out, room);
	if (!BrotliEncoderCompress(keep ? BROTLI_KEPT : BROTLI_QUICK,
		BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, size, bytes, &room,
		(uint8_t *)out->bytes))
		return false;
	out->size = room;
	return true;
}

bool
encode_bytes(enum coding coding, bool keep, const void *bytes, size_t size,
    struct buffer *out)
{
	bool done;

	if (coding == CODING_NONE || size < SMALLEST || size > INT32_MAX)
		return false;
	done = coding == CODING_BROTLI ? brotli_bytes(keep, bytes, size, out)
				       : gzip_bytes(keep, bytes, size, out);
	return done && out->size < size;
}
