/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/evidence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sodium.h>

/* What evidence allows, and files by their hash. */

static void
test_the_kind_of_a_piece_follows_place_visibility_and_peers(void **state)
{
	static const struct {
		const char *kind, *visible, *confirmed_by;
		enum evidence_kind expected;
	} cases[] = {
		{ "stated", "team", "", EVIDENCE_STATED },
		{ "stated", "public", "", EVIDENCE_STATED },
		{ "stated", "team", "Хөх тал", EVIDENCE_CONFIRMED },
		{ "file", "team", "", EVIDENCE_DOCUMENTED },
		{ "file", "reviewers", "", EVIDENCE_DOCUMENTED },
		{ "file", "public", "", EVIDENCE_PUBLISHED },
		{ "link", "team", "", EVIDENCE_DOCUMENTED },
		{ "link", "public", "", EVIDENCE_PUBLISHED },
		{ "link", "team", "Хөх тал", EVIDENCE_CONFIRMED },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct evidence piece = { .kind = cases[i].kind,
			.visible = cases[i].visible,
			.confirmed_by = cases[i].confirmed_by };

		assert_int_equal(cases[i].expected, evidence_kind_of(&piece));
	}
}

static void
test_the_strongest_piece_decides_the_cap(void **state)
{
	const struct instrument instrument = { .evidence_cap = {
	    [EVIDENCE_NONE] = 1, [EVIDENCE_STATED] = 2,
	    [EVIDENCE_DOCUMENTED] = 3, [EVIDENCE_PUBLISHED] = 4,
	    [EVIDENCE_CONFIRMED] = 4 } };
	struct evidence pieces[] = {
		{ .kind = "stated", .visible = "team", .confirmed_by = "" },
		{ .kind = "file", .visible = "team", .confirmed_by = "" },
		{ .kind = "link", .visible = "public", .confirmed_by = "" },
	};
	static const int caps[] = { 1, 2, 3, 4 };

	(void)state;
	for (size_t n = 0; n <= 3; n++) {
		struct evidence_list list = { pieces, n };

		assert_int_equal(caps[n], evidence_cap(&instrument, &list));
	}
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(0, fclose(file));
}

/* A data folder as it is made ready at the start. */
static void
data_folder(char *data)
{
	char evidence[64];

	assert_non_null(mkdtemp(data));
	snprintf(evidence, sizeof(evidence), "%s/evidence", data);
	assert_int_equal(0, mkdir(evidence, 0700));
}

static void
remove_all(const char *folder)
{
	char command[256];

	snprintf(command, sizeof(command), "rm -r '%s'", folder);
	assert_int_equal(0, system(command));
}

static void
test_a_file_is_kept_under_the_hash_of_its_bytes(void **state)
{
	char data[] = "/tmp/tulga-evidence-XXXXXX", path[64], text[16] = "";
	uint8_t hash[32], expected[32];
	int64_t size;
	int fd;

	(void)state;
	data_folder(data);
	snprintf(path, sizeof(path), "%s/upload", data);
	write_file(path, "well minutes");
	assert_int_equal(OK, evidence_file_hash(path, hash, &size));
	assert_int_equal(12, size);
	crypto_hash_sha256(expected, (const uint8_t *)"well minutes", 12);
	assert_memory_equal(expected, hash, 32);
	assert_int_equal(NOT_FOUND, evidence_file_open(data, hash, &fd));
	assert_int_equal(OK, evidence_file_keep(data, path, hash));
	assert_int_not_equal(0, access(path, F_OK));
	assert_int_equal(OK, evidence_file_open(data, hash, &fd));
	assert_int_equal(12, read(fd, text, sizeof(text)));
	assert_string_equal("well minutes", text);
	close(fd);
	remove_all(data);
}

static void
test_the_same_bytes_are_kept_once(void **state)
{
	char data[] = "/tmp/tulga-evidence-XXXXXX", path[64], kept[160];
	char hex[65];
	uint8_t hash[32];
	int64_t size;

	(void)state;
	data_folder(data);
	snprintf(path, sizeof(path), "%s/upload", data);
	for (int i = 0; i < 2; i++) {
		write_file(path, "budget");
		assert_int_equal(OK, evidence_file_hash(path, hash, &size));
		assert_int_equal(OK, evidence_file_keep(data, path, hash));
	}
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	snprintf(kept, sizeof(kept), "%s/evidence/%.2s/%s", data, hex,
	    hex + 2);
	assert_int_equal(0, access(kept, R_OK));
	remove_all(data);
}

static void
test_a_file_that_is_gone_is_a_failure(void **state)
{
	const uint8_t hash[32] = { 1 };
	uint8_t other[32];
	int64_t size;

	(void)state;
	assert_int_equal(FAILED, evidence_file_keep("/tmp", "/tmp/tulga-none",
	    hash));
	assert_int_equal(FAILED, evidence_file_hash("/tmp/tulga-none", other,
	    &size));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_the_kind_of_a_piece_follows_place_visibility_and_peers
		),
		cmocka_unit_test(test_the_strongest_piece_decides_the_cap),
		cmocka_unit_test(
		    test_a_file_is_kept_under_the_hash_of_its_bytes),
		cmocka_unit_test(test_the_same_bytes_are_kept_once),
		cmocka_unit_test(test_a_file_that_is_gone_is_a_failure),
	};

	return cmocka_run_group_tests_name("evidence", tests, NULL, NULL);
}
