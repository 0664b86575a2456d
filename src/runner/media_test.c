/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/media.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The beginnings of real files, and small archives written here. */

enum { ARCHIVE = 4096 };

struct archive {
	unsigned char bytes[ARCHIVE];
	size_t size;
};

static void
put(struct archive *archive, const void *bytes, size_t size)
{
	assert_true(archive->size + size <= ARCHIVE);
	memcpy(archive->bytes + archive->size, bytes, size);
	archive->size += size;
}

static void
put_named(struct archive *archive, const char *head, size_t head_size,
    size_t name_at, const char *name, const char *content)
{
	unsigned char entry[64] = { 0 };

	memcpy(entry, head, strlen(head));
	entry[name_at] = (unsigned char)strlen(name);
	put(archive, entry, head_size);
	put(archive, name, strlen(name));
	put(archive, content, strlen(content));
}

/* Stored parts without sizes, as far as a reader of names goes. */
static struct archive
archive_of(const char *const names[], const char *first_content)
{
	struct archive archive = { .size = 0 };

	for (size_t i = 0; names[i] != NULL; i++)
		put_named(&archive, "PK\3\4\24", 30, 26, names[i],
		    i == 0 ? first_content : "<well/>");
	for (size_t i = 0; names[i] != NULL; i++)
		put_named(&archive, "PK\1\2\24\3\24", 46, 28, names[i], "");
	put(&archive, "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22);
	return archive;
}

static void
check_media(const void *bytes, size_t size, const char *type, bool accepted)
{
	struct media_sample sample = { bytes, size, bytes, size };
	char got[INSPECT_TYPE];

	media_type(&sample, got);
	if (type != NULL)
		assert_string_equal(got, type);
	if (media_is_accepted(&sample, got) != accepted)
		print_error("\"%s\": accepted is not %d\n", got, accepted);
	assert_int_equal(media_is_accepted(&sample, got), accepted);
}

#define BYTES(text) (text), sizeof(text) - 1

static void
test_the_type_is_told_by_the_first_bytes(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *type;
		bool accepted;
	} cases[] = {
		{ BYTES("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"),
		    "application/pdf", true },
		{ BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0"
		    "\0\0\x90wS\xde"), "image/png", true },
		{ BYTES("\xff\xd8\xff\xe0\0\20JFIF\0\1\1\0\0\1\0\1\0\0"),
		    "image/jpeg", true },
		{ BYTES("RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9d\1\x2a"),
		    "image/webp", true },
		{ BYTES("GIF89a\1\0\1\0\x80\0\0\xff\xff\xff\0\0\0!"),
		    "image/gif", true },
		{ BYTES("OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1"
		    "\x1e\1vorbis\0\0\0\0\2\x44\xac\0\0"), "audio/ogg", true },
		{ BYTES("ID3\3\0\0\0\0\0\x0a" "0123456789\xff\xfb\x90\x64"),
		    "audio/mpeg", true },
		{ BYTES("\0\0\0\x20" "ftypM4A \0\0\2\0M4A mp42isom\0\0\0\0"),
		    "audio/x-m4a", true },
		{ BYTES("\0\0\0\x20" "ftypisom\0\0\2\0isomiso2avc1mp41"),
		    "video/mp4", true },
		{ BYTES("The well in Bayanzag is dry.\n"), "text/plain",
		    true },
		{ BYTES("Баянзагийн худаг ширгэжээ.\n"), "text/plain", true },
		{ BYTES("well,depth\nBayanzag,12\nTost,40\nNoyon,7\n"),
		    "text/csv", true },
		{ BYTES("a < b and <well> are no HTML.\n"), "text/plain",
		    true },

		{ BYTES("<!DOCTYPE html><html><script>alert(1)</script>"),
		    "text/html", false },
		{ BYTES("Dear readers,\n\n   <SCRIPT src=//well></SCRIPT>\n"),
		    NULL, false },
		{ BYTES("\xef\xbb\xbf#!/bin/sh\nrm -rf /\n"), NULL, false },
		{ BYTES("<svg xmlns='http://www.w3.org/2000/svg'></svg>"),
		    "image/svg+xml", false },
		{ BYTES("<?xml version='1.0'?><svg xmlns="
		    "'http://www.w3.org/2000/svg'/>"), NULL, false },
		{ BYTES("<?php system($_GET['x']); ?>\n"), NULL, false },
		{ BYTES("#!/bin/sh\necho well\n"), NULL, false },
		{ BYTES("#!/usr/bin/env python3\nprint(1)\n"), NULL, false },
		{ BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0"),
		    NULL, false },
		{ BYTES("\x7f" "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0\1\0"),
		    NULL, false },
		{ BYTES("\x1f\x8b\10\0\0\0\0\0\0\3"), NULL, false },
		{ BYTES("\0\1\2\3\4\5\6\7"), "application/octet-stream",
		    false },
		{ BYTES(""), "application/x-empty", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_media(cases[i].bytes, cases[i].size, cases[i].type,
		    cases[i].accepted);
}

#define WORD \
	"application/vnd.openxmlformats-officedocument" \
	".wordprocessingml.document"
#define SHEET \
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define ODF "application/vnd.oasis.opendocument."

static void
test_office_documents_are_told_from_other_archives(void **state)
{
	static const struct {
		const char *names[8];
		const char *content;	/* of the first part */
		const char *type;
		bool accepted;
	} cases[] = {
		{ { "[Content_Types].xml", "_rels/.rels", "word/document.xml" },
		    "", WORD, true },
		{ { "docProps/app.xml", "customXml/item1.xml", "well.xml",
		    "word/document.xml", "[Content_Types].xml" }, "", WORD,
		    true },
		{ { "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml" },
		    "", SHEET, true },
		{ { "mimetype", "content.xml" }, ODF "text", ODF "text", true },
		{ { "mimetype", "content.xml" }, ODF "spreadsheet",
		    ODF "spreadsheet", true },

		{ { "[Content_Types].xml", "_rels/.rels", "word/document.xml",
		    "word/vbaProject.bin" }, "", WORD, false },
		{ { "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml",
		    "xl/vbaProject.bin" }, "", SHEET, false },
		{ { "mimetype", "Basic/Standard/Module1.xml", "content.xml" },
		    ODF "text", ODF "text", false },
		{ { "mimetype", "Scripts/python/well.py" }, ODF "text",
		    ODF "text", false },
		{ { "mimetype", "content.xml" }, ODF "presentation", NULL,
		    false },
		{ { "well.txt", "word/document.xml.exe" }, "", NULL, false },
		{ { "META-INF/MANIFEST.MF", "Well.class" }, "", NULL, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct archive archive = archive_of(cases[i].names,
		    cases[i].content);

		check_media(archive.bytes, archive.size, cases[i].type,
		    cases[i].accepted);
	}
}

/* A name longer than what is left must not be read. */
static void
test_a_directory_that_is_cut_off_is_no_document(void **state)
{
	static const char *const names[] = { "well.txt", "word/document.xml",
	    NULL };
	struct archive archive = archive_of(names, "");

	(void)state;
	for (size_t cut = archive.size - 22; cut > 46; cut--) {
		struct media_sample sample = { archive.bytes, archive.size,
		    archive.bytes, cut };
		char type[INSPECT_TYPE];

		media_type(&sample, type);
		assert_int_equal(strcmp(type, WORD) == 0,
		    cut == archive.size - 22);
	}
}

static int
open_database(void **state)
{
	(void)state;
	return media_open() == OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_type_is_told_by_the_first_bytes),
		cmocka_unit_test(
		    test_office_documents_are_told_from_other_archives),
		cmocka_unit_test(
		    test_a_directory_that_is_cut_off_is_no_document),
	};

	return cmocka_run_group_tests_name("media", tests, open_database, NULL);
}
