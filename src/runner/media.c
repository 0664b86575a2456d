/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* memmem */

#include "runner/media.h"

#include "base/log.h"

#include <magic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/*
 * libmagic names the type. It looks only at an archive's beginning, so the
 * directory at the end is read here: it tells office documents from other
 * archives whatever the order of their parts, and shows macros.
 */

#define WORD \
	"application/vnd.openxmlformats-officedocument" \
	".wordprocessingml.document"
#define SHEET \
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define UNKNOWN "application/octet-stream"

enum family { PLAIN_FILE, TEXT, ARCHIVE };

static const struct accepted {
	const char *type;
	enum family family;
} ACCEPTED[] = {
	{ "application/csv", TEXT },
	{ "application/ogg", PLAIN_FILE },
	{ "application/pdf", PLAIN_FILE },
	{ "application/vnd.oasis.opendocument.spreadsheet", ARCHIVE },
	{ "application/vnd.oasis.opendocument.text", ARCHIVE },
	{ SHEET, ARCHIVE },
	{ WORD, ARCHIVE },
	{ "audio/mp4", PLAIN_FILE },
	{ "audio/mpeg", PLAIN_FILE },
	{ "audio/ogg", PLAIN_FILE },
	{ "audio/x-m4a", PLAIN_FILE },
	{ "image/gif", PLAIN_FILE },
	{ "image/jpeg", PLAIN_FILE },
	{ "image/png", PLAIN_FILE },
	{ "image/webp", PLAIN_FILE },
	{ "text/csv", TEXT },
	{ "text/plain", TEXT },
	{ "video/mp4", PLAIN_FILE },
};

/* A part of an archive that decides what it is; `prefix`: or begins so. */
struct part_name {
	const char *name;
	const char *type;	/* NULL: it carries macros */
	bool prefix;
};

static const struct part_name PARTS[] = {
	{ "word/document.xml", WORD, false },
	{ "xl/workbook.xml", SHEET, false },
	{ "word/vbaProject.bin", NULL, false },
	{ "xl/vbaProject.bin", NULL, false },
	{ "Basic/", NULL, true },
	{ "Scripts/", NULL, true },
};

enum { ENTRY_HEAD = 46, ENTRY_NAME_SIZE = 28 };

static magic_t database;

enum outcome
media_open(void)
{
	database = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS |
	    MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR);
	if (database != NULL && magic_load(database, NULL) == 0)
		return OK;
	log_error("cannot load libmagic's database: %s",
	    database == NULL ? "no memory" : magic_error(database));
	return FAILED;
}

static const struct part_name *
part_named(const unsigned char *name, size_t size)
{
	for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++) {
		size_t length = strlen(PARTS[i].name);

		if ((size == length || (PARTS[i].prefix && size > length)) &&
		    memcmp(name, PARTS[i].name, length) == 0)
			return &PARTS[i];
	}
	return NULL;
}

/*
 * Reads the names in the ZIP directory at the sample's end (PKWARE's
 * APPNOTE.TXT 4.3.12). The type of the last deciding part, NULL without one.
 */
static const char *
archive_type(const struct media_sample *sample, bool *macros_out)
{
	const unsigned char *end = sample->last + sample->last_size;
	const unsigned char *entry = sample->last;
	const char *found = NULL;

	*macros_out = false;
	for (;; entry += 4) {
		const struct part_name *part;
		size_t size, left;

		entry = memmem(entry, (size_t)(end - entry), "PK\1\2", 4);
		left = entry == NULL ? 0 : (size_t)(end - entry);
		if (left < ENTRY_HEAD)
			return found;
		size = (size_t)(entry[ENTRY_NAME_SIZE] |
		    entry[ENTRY_NAME_SIZE + 1] << 8);
		if (size > left - ENTRY_HEAD)
			continue;
		part = part_named(entry + ENTRY_HEAD, size);
		if (part != NULL && part->type == NULL)
			*macros_out = true;
		else if (part != NULL)
			found = part->type;
	}
}

void
media_type(const struct media_sample *sample, char type_out[INSPECT_TYPE])
{
	const char *type = magic_buffer(database, sample->first,
	    sample->first_size);
	bool macros;

	if (type == NULL)
		type = UNKNOWN;
	if (strcmp(type, "application/zip") == 0 ||
	    strcmp(type, UNKNOWN) == 0) {
		const char *office = sample->first_size > 4 &&
		    memcmp(sample->first, "PK\3\4", 4) == 0 ?
		    archive_type(sample, &macros) : NULL;

		if (office != NULL)
			type = office;
	}
	snprintf(type_out, INSPECT_TYPE, "%s", type);
}

static bool
holds(const unsigned char *bytes, size_t size, const char *word)
{
	size_t length = strlen(word);

	for (size_t at = 0; at + length <= size; at++)
		if (bytes[at] == '<' && strncasecmp((const char *)bytes + at,
		    word, length) == 0)
			return true;
	return false;
}

/* Text that a browser or a shell might run, whatever it is called. */
static bool
text_is_code(const unsigned char *text, size_t size)
{
	static const char *const words[] = {
		"<!doctype", "<?", "<html", "<body", "<iframe", "<script",
		"<svg",
	};

	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		size -= 3;
	}
	if (size >= 2 && memcmp(text, "#!", 2) == 0)
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (holds(text, size, words[i]))
			return true;
	return false;
}

/* No macros, and an office document by its directory too. */
static bool
archive_is_plain(const struct media_sample *sample, const char *type)
{
	bool macros;
	const char *office = archive_type(sample, &macros);

	if (macros)
		return false;
	return office == NULL ? strstr(type, "opendocument") != NULL :
	    strcmp(office, type) == 0;
}

bool
media_is_accepted(const struct media_sample *sample, const char *type)
{
	for (size_t i = 0; i < sizeof(ACCEPTED) / sizeof(ACCEPTED[0]); i++) {
		if (strcmp(ACCEPTED[i].type, type) != 0)
			continue;
		if (ACCEPTED[i].family == TEXT)
			return !text_is_code(sample->first,
			    sample->first_size);
		return ACCEPTED[i].family == PLAIN_FILE ||
		    archive_is_plain(sample, type);
	}
	return false;
}
