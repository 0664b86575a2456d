/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"

#include <stdint.h>

/*
 * Files kept by what they are: FOLDER/ab/cdef…, the SHA-256 of their bytes in
 * hexadecimal. The same bytes are kept once, nothing kept is ever changed.
 */
enum { KEEP_HASH = 32 };

/*
 * Moves the file at `path` (on the same file system) to its place, with fsync
 * of the file and of every folder that changed: on the disk when it returns OK.
 * FAILED, logged.
 */
MUST_CHECK enum outcome keep_file(const char *folder, const char *path,
    const uint8_t hash[KEEP_HASH]);

/* Opens a kept file for reading. NOT_FOUND when it is not there. */
MUST_CHECK enum outcome keep_open(const char *folder,
    const uint8_t hash[KEEP_HASH], int *fd_out);

/* SHA-256 and size of a file anywhere. FAILED, logged. */
MUST_CHECK enum outcome keep_hash(const char *path,
    uint8_t hash_out[KEEP_HASH], int64_t *size_out);
