/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/evidence.h"

#include "base/keep.h"
#include "base/log.h"

#include <limits.h>
#include <stdio.h>

/* Files of evidence: kept (base/keep.h) in DATA/evidence. */

static enum outcome
folder_of(const char *data, char folder[PATH_MAX])
{
	int size = snprintf(folder, PATH_MAX, "%s/evidence", data);

	if (size > 0 && size < PATH_MAX)
		return OK;
	log_error("the path \"%s\" is too long", data);
	return FAILED;
}

enum outcome
evidence_file_keep(const char *data, const char *path,
    const uint8_t hash[32])
{
	char folder[PATH_MAX];
	enum outcome got = folder_of(data, folder);

	return got == OK ? keep_file(folder, path, hash) : got;
}

enum outcome
evidence_file_open(const char *data, const uint8_t hash[32], int *fd_out)
{
	char folder[PATH_MAX];
	enum outcome got = folder_of(data, folder);

	return got == OK ? keep_open(folder, hash, fd_out) : got;
}

enum outcome
evidence_file_hash(const char *path, uint8_t hash_out[32],
    int64_t *size_out)
{
	return keep_hash(path, hash_out, size_out);
}
