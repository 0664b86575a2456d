/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Content codings that we speak, worst to best. */
enum coding { CODING_NONE, CODING_GZIP, CODING_BROTLI };

/* The best coding that an Accept-Encoding header (or NULL) allows. */
enum coding encode_accept(const char *header);

/* "gzip", "br"; NULL for none. */
const char *encode_name(enum coding coding);

/*
 * Packs `bytes` into `out` (empty before). `keep` spends more time because the
 * result is sent many times. False: no gain or no memory; send it plain.
 */
bool encode_bytes(enum coding coding, bool keep, const void *bytes,
    size_t size, struct buffer *out);
