/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include "base/buffer.h"
#include "base/log.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Unpacking into an empty folder; only names that a backup can hold. */

enum { PIECE = 64 * 1024, HEX = 64, MANIFEST_MOST = 64 * 1024 * 1024 };

struct unpacking {
	struct archive *archive;
	struct arena *arena;
	const char *data;
	struct buffer made;	/* "hash  name\n", as MANIFEST has it */
	struct buffer manifest;
	backup_note *note;
	void *arg;
	int64_t files;
};

static bool
is_hex(const char *text, size_t size)
{
	return strspn(text, "0123456789abcdef") >= size;
}

/* "evidence/ab/cdef…" or "pdf/ab/cdef…" */
static bool
name_is_kept(const char *name)
{
	if (strncmp(name, "evidence/", 9) == 0)
		name += 9;
	else if (strncmp(name, "pdf/", 4) == 0)
		name += 4;
	else
		return false;
	return strlen(name) == HEX + 1 && is_hex(name, 2) && name[2] == '/' &&
	    is_hex(name + 3, HEX - 2);
}

static bool
name_is_ours(const char *name)
{
	return strcmp(name, "db/tulga.db") == 0 ||
	    strcmp(name, "secrets/vault.key") == 0 || name_is_kept(name);
}

static enum outcome
folders_make(struct unpacking *u, const char *path)
{
	char *copy = arena_copy(u->arena, path);

	for (char *slash = copy + strlen(u->data) + 1;
	    (slash = strchr(slash, '/')) != NULL; slash++) {
		*slash = '\0';
		if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
			log_errno("can't make \"%s\"", copy);
			return FAILED;
		}
		*slash = '/';
	}
	return OK;
}

static enum outcome
bytes_take(struct unpacking *u, int fd, const char *name)
{
	crypto_hash_sha256_state state;
	AUTO_BUFFER struct buffer piece = { 0 };
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[HEX + 1];
	ssize_t size;

	crypto_hash_sha256_init(&state);
	buffer_reserve(&piece, PIECE);
	while ((size = archive_read_data(u->archive, piece.bytes, PIECE)) >
	    0) {
		crypto_hash_sha256_update(&state, (uint8_t *)piece.bytes,
		    (size_t)size);
		if (write(fd, piece.bytes, (size_t)size) != size) {
			log_errno("can't write \"%s\"", name);
			return FAILED;
		}
	}
	if (size < 0) {
		log_error("the backup is damaged: %s",
		    archive_error_string(u->archive));
		return INVALID;
	}
	crypto_hash_sha256_final(&state, hash);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	buffer_print(&u->made, "%s  %s\n", hex, name);
	return fsync(fd) == 0 ? OK : FAILED;
}

static enum outcome
file_take(struct unpacking *u, const char *name)
{
	const char *path = arena_print(u->arena, "%s/%s", u->data, name);
	enum outcome got = folders_make(u, path);
	int fd;

	if (got != OK)
		return got;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		log_errno("can't create \"%s\"", path);
		return FAILED;
	}
	got = bytes_take(u, fd, name);
	close(fd);
	if (u->note != NULL)
		u->note(u->arg, ++u->files);
	return got;
}

static enum outcome
manifest_take(struct unpacking *u)
{
	ssize_t size;

	do {
		buffer_reserve(&u->manifest, PIECE);
		size = archive_read_data(u->archive,
		    u->manifest.bytes + u->manifest.size, PIECE);
		if (size > 0)
			u->manifest.size += (size_t)size;
	} while (size > 0 && u->manifest.size < MANIFEST_MOST);
	return size == 0 ? OK : INVALID;
}

static enum outcome
entries_take(struct unpacking *u)
{
	struct archive_entry *entry;
	enum outcome got = OK;
	int next = ARCHIVE_OK;

	while (got == OK &&
	    (next = archive_read_next_header(u->archive, &entry)) ==
		ARCHIVE_OK) {
		const char *name = archive_entry_pathname(entry);

		if (name != NULL && strcmp(name, "MANIFEST") == 0)
			got = manifest_take(u);
		else if (name != NULL && name_is_ours(name) &&
		    archive_entry_filetype(entry) == AE_IFREG)
			got = file_take(u, name);
		else
			got = INVALID;
	}
	if (got == OK && next != ARCHIVE_EOF)
		got = INVALID;
	if (got == INVALID)
		log_error("this is no backup of tulga, or a damaged one");
	return got;
}

static enum outcome
manifest_check(const struct unpacking *u)
{
	if (u->manifest.size > 0 && u->manifest.size == u->made.size &&
	    memcmp(u->manifest.bytes, u->made.bytes, u->made.size) == 0)
		return OK;
	log_error("the backup is incomplete or was altered: its files are "
	    "not those that its MANIFEST names");
	return INVALID;
}

static bool
folder_is_empty(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	bool empty = true;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			empty = false;
	if (folder != NULL)
		closedir(folder);
	return empty;
}

static int
remove_one(const char *path, const struct stat *about, int kind,
    struct FTW *where)
{
	(void)about;
	(void)kind;
	return where->level == 0 ? 0 : remove(path);
}

enum outcome
backup_restore(const char *file, const char *data, backup_note *note,
    void *arg)
{
	AUTO_ARENA struct arena a;
	struct unpacking u = { .arena = &a, .data = data, .note = note,
		.arg = arg };
	enum outcome got = INVALID;

	arena_init(&a, (size_t)1024 * 1024 * 1024);
	if (mkdir(data, 0700) != 0 && errno != EEXIST) {
		log_errno("can't make \"%s\"", data);
		return FAILED;
	}
	if (!folder_is_empty(data))
		return CONFLICT;
	u.archive = archive_read_new();
	archive_read_support_filter_gzip(u.archive);
	archive_read_support_format_tar(u.archive);
	if (archive_read_open_filename(u.archive, file, PIECE) == ARCHIVE_OK)
		got = entries_take(&u);
	else
		log_error("can't read \"%s\": %s", file,
		    archive_error_string(u.archive));
	archive_read_free(u.archive);
	if (got == OK)
		got = manifest_check(&u);
	buffer_done(&u.made);
	buffer_done(&u.manifest);
	if (got != OK)
		nftw(data, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return got;
}
