/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include "base/buffer.h"
#include "base/log.h"
#include "base/time.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Packing: the database's state first, then what that state names. */

enum { PIECE = 64 * 1024 };

struct packing {
	struct archive *archive;
	struct arena *arena;
	struct buffer manifest;	/* "hash  name\n" */
	const char *data;
	backup_note *note;
	void *arg;
	int64_t files;
};

static enum outcome
archive_says(struct archive *archive, const char *what)
{
	log_error("%s: %s", what, archive_error_string(archive));
	return FAILED;
}

static void
manifest_add(struct packing *p, crypto_hash_sha256_state *state,
    const char *name)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof(hash) + 1];

	crypto_hash_sha256_final(state, hash);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	buffer_print(&p->manifest, "%s  %s\n", hex, name);
}

static enum outcome
header_add(struct packing *p, const char *name, int64_t size)
{
	struct archive_entry *entry = archive_entry_new();
	int got;

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0600);
	archive_entry_set_mtime(entry, time_now(), 0);
	got = archive_write_header(p->archive, entry);
	archive_entry_free(entry);
	return got == ARCHIVE_OK ? OK : archive_says(p->archive, name);
}

static enum outcome
bytes_add(struct packing *p, const char *name, int fd)
{
	crypto_hash_sha256_state state;
	AUTO_BUFFER struct buffer piece = { 0 };
	ssize_t size;

	crypto_hash_sha256_init(&state);
	buffer_reserve(&piece, PIECE);
	while ((size = read(fd, piece.bytes, PIECE)) > 0) {
		crypto_hash_sha256_update(&state, (uint8_t *)piece.bytes,
		    (size_t)size);
		if (archive_write_data(p->archive, piece.bytes,
			(size_t)size) != size)
			return archive_says(p->archive, name);
	}
	if (size < 0) {
		log_errno("can't read \"%s\"", name);
		return FAILED;
	}
	manifest_add(p, &state, name);
	return OK;
}

/* One file of the disk under its name in the archive. */
static enum outcome
file_add(struct packing *p, const char *path, const char *name)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;
	enum outcome got;

	if (fd < 0 || fstat(fd, &about) != 0) {
		log_errno("can't open \"%s\"", path);
		if (fd >= 0)
			close(fd);
		return FAILED;
	}
	got = header_add(p, name, about.st_size);
	if (got == OK)
		got = bytes_add(p, name, fd);
	close(fd);
	if (p->note != NULL)
		p->note(p->arg, ++p->files);
	return got;
}

typedef enum outcome list_fn(struct db *db, struct arena *a, int64_t after,
    struct kept_files *files_out);

/* All files of a folder that the database's state names, each once. */
static enum outcome
kept_add(struct packing *p, struct db *db, const char *folder, list_fn *list)
{
	struct kept_files files = { 0 };
	int64_t after = 0;
	enum outcome got;

	while ((got = list(db, p->arena, after, &files)) == OK &&
	    files.count > 0) {
		LIST_EACH (f, &files) {
			const char *name = kept_path(p->arena, folder,
			    f->hash);

			after = f->id;
			got = file_add(p, arena_print(p->arena, "%s/%s",
			    p->data, name), name);
			if (got != OK)
				return got;
		}
	}
	return got;
}

static enum outcome
manifest_end(struct packing *p)
{
	enum outcome got = header_add(p, "MANIFEST",
	    (int64_t)p->manifest.size);

	if (got == OK && archive_write_data(p->archive, p->manifest.bytes,
		p->manifest.size) != (ssize_t)p->manifest.size)
		got = archive_says(p->archive, "MANIFEST");
	return got;
}

/* What was never served has no key yet. */
static enum outcome
key_add(struct packing *p)
{
	const char *path = arena_print(p->arena, "%s/secrets/vault.key",
	    p->data);

	if (access(path, F_OK) != 0 && errno == ENOENT)
		return OK;
	return file_add(p, path, "secrets/vault.key");
}

/* The copied state is opened on its own, so that files match it. */
static enum outcome
all_add(struct packing *p, const char *copied)
{
	const struct db_config config = { .folder = copied };
	AUTO_DB struct db *db = NULL;
	enum outcome got = db_open(&config, DB_READ, &db);

	if (got == OK)
		got = kept_add(p, db, "evidence", kept_evidence_list);
	if (got == OK)
		got = kept_add(p, db, "pdf", kept_pdf_list);
	db_close(db);
	db = NULL;
	if (got == OK)
		got = file_add(p, arena_print(p->arena, "%s/tulga.db",
		    copied), "db/tulga.db");
	if (got == OK)
		got = key_add(p);
	return got == OK ? manifest_end(p) : got;
}

/* Into FILE.part; the caller gives it its name. */
static enum outcome
pack(struct packing *p, const char *copied, int fd)
{
	enum outcome got = FAILED;

	p->archive = archive_write_new();
	if (archive_write_set_format_pax_restricted(p->archive) ==
		ARCHIVE_OK &&
	    archive_write_add_filter_gzip(p->archive) == ARCHIVE_OK &&
	    archive_write_set_options(p->archive,
		"gzip:compression-level=3") == ARCHIVE_OK &&
	    archive_write_open_fd(p->archive, fd) == ARCHIVE_OK)
		got = all_add(p, copied);
	if (got == OK && archive_write_close(p->archive) != ARCHIVE_OK)
		got = archive_says(p->archive, "the backup");
	archive_write_free(p->archive);
	if (got == OK && fsync(fd) != 0) {
		log_errno("can't sync the backup");
		got = FAILED;
	}
	return got;
}

/* A consistent copy of the database in a folder of its own beside it. */
static enum outcome
state_copy(struct db *db, struct arena *a, const char *data,
    const char **folder_out)
{
	char *folder = arena_print(a, "%s/incoming/backup-XXXXXX", data);

	if (mkdtemp(folder) == NULL) {
		log_errno("can't make \"%s\"", folder);
		return FAILED;
	}
	*folder_out = folder;
	return db_backup(db, arena_print(a, "%s/tulga.db", folder));
}

static void
state_remove(struct arena *a, const char *folder)
{
	static const char *const names[] = { "tulga.db", "tulga.db-wal",
		"tulga.db-shm", "tulga.lock" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unlink(arena_print(a, "%s/%s", folder, names[i]));
	rmdir(folder);
}

/* From now on it is the backup, also after a power cut. */
static enum outcome
name_give(struct arena *a, const char *part, const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *folder = slash == NULL ? "."
	    : slash == file ? "/"
	    : arena_copy_bytes(a, file, (size_t)(slash - file));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum outcome got = OK;

	if (rename(part, file) != 0 || fd < 0 || fsync(fd) != 0) {
		log_errno("can't name \"%s\"", file);
		got = FAILED;
	}
	if (fd >= 0)
		close(fd);
	return got;
}

enum outcome
backup_make(struct db *db, const char *data, const char *file,
    backup_note *note, void *arg)
{
	AUTO_ARENA struct arena a;
	struct packing p = { .arena = &a, .data = data, .note = note,
		.arg = arg };
	const char *part, *copied = NULL;
	enum outcome got;
	int fd;

	arena_init(&a, (size_t)1024 * 1024 * 1024);
	if (access(file, F_OK) == 0)
		return CONFLICT;
	part = arena_print(&a, "%s.part", file);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0) {
		log_errno("can't create \"%s\"", part);
		return FAILED;
	}
	got = state_copy(db, &a, data, &copied);
	if (got == OK)
		got = pack(&p, copied, fd);
	if (copied != NULL)
		state_remove(&a, copied);
	close(fd);
	buffer_done(&p.manifest);
	if (got == OK)
		got = name_give(&a, part, file);
	if (got != OK)
		unlink(part);
	return got;
}
