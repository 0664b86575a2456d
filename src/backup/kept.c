/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include "base/buffer.h"
#include "base/keep.h"
#include "base/log.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Kept files against the rows that name them. */

enum { HASH = 32, HEX = 2 * HASH + 1 };

const char *
kept_path(struct arena *a, const char *folder, const uint8_t hash[32])
{
	char hex[HEX];

	sodium_bin2hex(hex, sizeof(hex), hash, HASH);
	return arena_print(a, "%s/%.2s/%s", folder, hex, hex + 2);
}

static void
file_check(struct arena *a, const char *folder, const struct kept_file *file,
    struct kept_faults *faults)
{
	const char *path = kept_path(a, folder, file->hash);
	uint8_t hash[HASH];
	struct stat about;
	int64_t size;

	faults->files++;
	if (stat(path, &about) != 0) {
		faults->missing++;
		log_error("\"%s\", of row %lld, is missing", path,
		    (long long)file->id);
	} else if (keep_hash(path, hash, &size) != OK ||
	    memcmp(hash, file->hash, HASH) != 0) {
		faults->altered++;
		log_error("\"%s\", of row %lld, has other bytes than when it "
		    "was kept", path, (long long)file->id);
	}
}

typedef enum outcome list_fn(struct db *db, struct arena *a, int64_t after,
    struct kept_files *files_out);

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, HASH);
}

/* All the hashes that rows name, sorted; each file checked on the way. */
static enum outcome
rows_check(struct db *db, struct arena *a, const char *folder, list_fn *list,
    struct buffer *named, struct kept_faults *faults)
{
	struct kept_files files = { 0 };
	int64_t after = 0;
	enum outcome got;

	while ((got = list(db, a, after, &files)) == OK && files.count > 0) {
		LIST_EACH (f, &files) {
			file_check(a, folder, f, faults);
			buffer_add(named, f->hash, HASH);
		}
		after = files.items[files.count - 1].id;
	}
	if (named->size > 0)
		qsort(named->bytes, named->size / HASH, HASH, compare);
	return got;
}

static void
orphan_check(const char *folder, const char *two, const char *rest,
    const struct buffer *named, struct kept_faults *faults)
{
	char hex[HEX];
	uint8_t hash[HASH];
	size_t size = 0;

	if (snprintf(hex, sizeof(hex), "%s%s", two, rest) != HEX - 1 ||
	    sodium_hex2bin(hash, HASH, hex, HEX - 1, NULL, &size, NULL) != 0 ||
	    size != HASH)
		return; /* a name that is none of ours */
	if (named->size > 0 && bsearch(hash, named->bytes, named->size / HASH,
		HASH, compare) != NULL)
		return;
	faults->orphans++;
	log_warning("\"%s/%s/%s\" is named by no row: an upload that was not "
	    "saved; it may be removed", folder, two, rest);
}

/* Looks through FOLDER/ab/… for files that no row names. */
static void
folder_check(struct arena *a, const char *folder, const struct buffer *named,
    struct kept_faults *faults)
{
	DIR *outer = opendir(folder), *inner;
	struct dirent *two, *rest;

	while (outer != NULL && (two = readdir(outer)) != NULL) {
		if (two->d_name[0] == '.')
			continue;
		inner = opendir(arena_print(a, "%s/%s", folder, two->d_name));
		while (inner != NULL && (rest = readdir(inner)) != NULL)
			if (rest->d_name[0] != '.')
				orphan_check(folder, two->d_name,
				    rest->d_name, named, faults);
		if (inner != NULL)
			closedir(inner);
	}
	if (outer != NULL)
		closedir(outer);
}

enum outcome
kept_check(struct db *db, const char *data, struct kept_faults *faults_out)
{
	const struct {
		const char *folder;
		list_fn *list;
	} kinds[] = { { "evidence", kept_evidence_list },
		{ "pdf", kept_pdf_list } };
	struct kept_faults faults = { 0 };
	AUTO_ARENA struct arena a;
	enum outcome got = OK;

	arena_init(&a, (size_t)1024 * 1024 * 1024);
	for (size_t i = 0; i < 2 && got == OK; i++) {
		AUTO_BUFFER struct buffer named = { 0 };
		const char *folder = arena_print(&a, "%s/%s", data,
		    kinds[i].folder);

		got = rows_check(db, &a, folder, kinds[i].list, &named,
		    &faults);
		if (got == OK)
			folder_check(&a, folder, &named, &faults);
	}
	if (got == OK)
		*faults_out = faults;
	return got;
}
