/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/job.h"

#include "base/log.h"
#include "runner/media.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The child that looks at one uploaded file, its standard input: size, hash,
 * type, and that it is on the disk.
 */

enum { CHUNK = 64 * 1024 };

/* In the child's own memory; too large for a stack. */
static unsigned char first[MEDIA_FIRST], last[MEDIA_LAST], chunk[CHUNK];

enum outcome
job_prepare(void)
{
	if (sodium_init() < 0) {
		log_error("cannot start libsodium");
		return FAILED;
	}
	return media_open();
}

/* Reads `size` bytes at `offset`, or fewer where the file ends. */
static enum outcome
read_at(unsigned char *bytes, size_t size, int64_t offset, size_t *read_out)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = pread(STDIN_FILENO, bytes + done, size - done,
		    offset + (int64_t)done);

		if (got < 0) {
			log_errno("cannot read an uploaded file");
			return FAILED;
		}
		if (got == 0)
			break;
		done += (size_t)got;
	}
	*read_out = done;
	return OK;
}

static enum outcome
hash_file(uint8_t sha256_out[32], int64_t *size_out)
{
	crypto_hash_sha256_state state;
	int64_t size = 0;
	size_t got;

	crypto_hash_sha256_init(&state);
	do {
		if (read_at(chunk, sizeof(chunk), size, &got) != OK)
			return FAILED;
		crypto_hash_sha256_update(&state, chunk, got);
		size += (int64_t)got;
	} while (got == sizeof(chunk));
	crypto_hash_sha256_final(&state, sha256_out);
	*size_out = size;
	return OK;
}

static enum outcome
tell_type(struct runner_inspection *seen)
{
	struct media_sample sample = { .first = first, .last = last };
	int64_t tail = seen->size > MEDIA_LAST ? seen->size - MEDIA_LAST : 0;

	if (read_at(first, sizeof(first), 0, &sample.first_size) != OK ||
	    read_at(last, sizeof(last), tail, &sample.last_size) != OK)
		return FAILED;
	media_type(&sample, seen->type);
	seen->accepted = media_is_accepted(&sample, seen->type);
	return OK;
}

enum outcome
job_inspect(void)
{
	const struct sandbox_paths none = { 0 };
	struct runner_inspection seen = { 0 };
	struct stat status;

	if (sandbox_enter(SANDBOX_PARSE, &none) != OK)
		return FAILED;
	if (fstat(STDIN_FILENO, &status) != 0 || !S_ISREG(status.st_mode)) {
		log_error("what was uploaded is not a file");
		return FAILED;
	}
	if (hash_file(seen.sha256, &seen.size) != OK || tell_type(&seen) != OK)
		return FAILED;
	if (fsync(STDIN_FILENO) != 0) {
		log_errno("cannot put an uploaded file on the disk");
		return FAILED;
	}
	return write(STDOUT_FILENO, &seen, sizeof(seen)) == sizeof(seen) ?
	    OK : FAILED;
}
