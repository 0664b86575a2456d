/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/keep.h"

#include "base/descriptor.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* The one place that knows how names are made of hashes. */

enum { HASH_TEXT = 65, READ_AT_ONCE = 65536 };

/* FOLDER/ab and the file's own path. */
struct place {
	char folder[PATH_MAX];
	char file[PATH_MAX];
};

static enum outcome
place_of(const char *root, const uint8_t hash[KEEP_HASH], struct place *place)
{
	char hex[HASH_TEXT];
	int size;

	sodium_bin2hex(hex, sizeof(hex), hash, 32);
	size = snprintf(place->file, sizeof(place->file),
	    "%s/%.2s/%s", root, hex, hex + 2);
	if (size < 0 || (size_t)size >= sizeof(place->file)) {
		log_error("the path \"%s\" is too long", root);
		return FAILED;
	}
	snprintf(place->folder, sizeof(place->folder), "%.*s",
	    size - (HASH_TEXT - 3) - 1, place->file);
	return OK;
}

/* What the system has is on disk. */
static enum outcome
sync_path(const char *path, int flags)
{
	AUTO_FD int fd = open(path, flags | O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && fsync(fd) == 0)
		return OK;
	log_errno("can't sync \"%s\"", path);
	return FAILED;
}

static enum outcome
folder_make(const char *path, const char *above)
{
	if (mkdir(path, 0700) == 0)
		return sync_path(above, O_DIRECTORY);
	if (errno == EEXIST)
		return OK;
	log_errno("can't make the folder \"%s\"", path);
	return FAILED;
}

enum outcome
keep_file(const char *folder, const char *path,
    const uint8_t hash[KEEP_HASH])
{
	struct place place;
	enum outcome got = place_of(folder, hash, &place);

	if (got == OK)
		got = sync_path(path, 0);
	if (got == OK)
		got = folder_make(place.folder, folder);
	if (got != OK)
		return got;
	if (rename(path, place.file) != 0) {
		log_errno("can't move a file to \"%s\"", place.file);
		return FAILED;
	}
	return sync_path(place.folder, O_DIRECTORY);
}

enum outcome
keep_open(const char *folder, const uint8_t hash[KEEP_HASH], int *fd_out)
{
	struct place place;
	enum outcome got = place_of(folder, hash, &place);
	int fd;

	if (got != OK)
		return got;
	fd = open(place.file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0) {
		*fd_out = fd;
		return OK;
	}
	if (errno == ENOENT)
		return NOT_FOUND;
	log_errno("can't open \"%s\"", place.file);
	return FAILED;
}

enum outcome
keep_hash(const char *path, uint8_t hash_out[KEEP_HASH], int64_t *size_out)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	crypto_hash_sha256_state state;
	uint8_t bytes[READ_AT_ONCE];
	int64_t size = 0;
	ssize_t part = fd < 0 ? -1 : 0;

	crypto_hash_sha256_init(&state);
	while (fd >= 0 && (part = read(fd, bytes, sizeof(bytes))) > 0) {
		crypto_hash_sha256_update(&state, bytes,
		    (unsigned long long)part);
		size += part;
	}
	if (part < 0) {
		log_errno("can't read \"%s\"", path);
		return FAILED;
	}
	crypto_hash_sha256_final(&state, hash_out);
	*size_out = size;
	return OK;
}
