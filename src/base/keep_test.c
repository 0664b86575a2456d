/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/keep.h"

#include "base/arena.h"

#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* SHA-256 of "abc" (FIPS 180-4, example). */
#define ABC_FOLDER "ba"
#define ABC_FILE \
	"7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

struct fixture {
	struct arena arena;
	char root[32];
};

static int
fixture_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_LIMIT);
	strcpy(f.root, "/tmp/keep-XXXXXX");
	*state = &f;
	return mkdtemp(f.root) == NULL ? -1 : 0;
}

static const char *
in(struct fixture *f, const char *name)
{
	return arena_print(&f->arena, "%s/%s", f->root, name);
}

static int
fixture_down(void **state)
{
	struct fixture *f = *state;

	unlink(in(f, "letter"));
	unlink(in(f, ABC_FOLDER "/" ABC_FILE));
	rmdir(in(f, ABC_FOLDER));
	arena_done(&f->arena);
	return rmdir(f->root);
}

static const char *
letter_put(struct fixture *f, const char *text)
{
	const char *path = in(f, "letter");
	FILE *file = fopen(path, "we");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	return path;
}

static void
test_the_hash_and_size_of_a_file_are_the_standards(void **state)
{
	struct fixture *f = *state;
	uint8_t hash[KEEP_HASH];
	char hex[2 * KEEP_HASH + 1];
	int64_t size;

	assert_int_equal(keep_hash(letter_put(f, "abc"), hash, &size), OK);
	assert_int_equal(size, 3);
	assert_string_equal(sodium_bin2hex(hex, sizeof(hex), hash,
	    sizeof(hash)), ABC_FOLDER ABC_FILE);
	assert_int_equal(keep_hash(in(f, "no-letter"), hash, &size), FAILED);
}

static void
test_a_kept_file_is_found_by_what_it_is(void **state)
{
	struct fixture *f = *state;
	const char *path = letter_put(f, "abc");
	uint8_t hash[KEEP_HASH];
	char text[8] = "";
	struct stat status;
	int64_t size;
	int fd;

	assert_int_equal(keep_hash(path, hash, &size), OK);
	assert_int_equal(keep_open(f->root, hash, &fd), NOT_FOUND);
	assert_int_equal(keep_file(f->root, path, hash), OK);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_int_equal(stat(in(f, ABC_FOLDER "/" ABC_FILE), &status), 0);
	assert_int_equal(keep_open(f->root, hash, &fd), OK);
	assert_int_equal(read(fd, text, sizeof(text)), 3);
	assert_string_equal(text, "abc");
	close(fd);
}

static void
test_the_same_bytes_are_kept_once(void **state)
{
	struct fixture *f = *state;
	uint8_t hash[KEEP_HASH];
	int64_t size;

	for (int i = 0; i < 2; i++) {
		const char *path = letter_put(f, "abc");

		assert_int_equal(keep_hash(path, hash, &size), OK);
		assert_int_equal(keep_file(f->root, path, hash), OK);
		assert_int_not_equal(access(path, F_OK), 0);
	}
	assert_int_equal(access(in(f, ABC_FOLDER "/" ABC_FILE), F_OK), 0);
}

static void
test_a_link_in_the_place_of_a_file_is_not_followed(void **state)
{
	struct fixture *f = *state;
	const char *path = letter_put(f, "abc");
	uint8_t hash[KEEP_HASH];
	int64_t size;
	int fd = -1;

	assert_int_equal(keep_hash(path, hash, &size), OK);
	assert_int_equal(mkdir(in(f, ABC_FOLDER), 0700), 0);
	assert_int_equal(symlink("/etc/passwd", in(f, ABC_FOLDER "/"
	    ABC_FILE)), 0);
	assert_int_equal(keep_open(f->root, hash, &fd), FAILED);
	assert_int_equal(fd, -1);
}

static void
test_what_is_not_there_can_not_be_kept(void **state)
{
	struct fixture *f = *state;
	const uint8_t hash[KEEP_HASH] = { 1 };

	assert_int_equal(keep_file(f->root, in(f, "no-letter"), hash),
	    FAILED);
	assert_int_equal(keep_file(in(f, "no-folder"),
	    letter_put(f, "abc"), hash), FAILED);
	assert_int_equal(access(in(f, "letter"), F_OK), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_up, \
    fixture_down)
		TEST(test_the_hash_and_size_of_a_file_are_the_standards),
		TEST(test_a_kept_file_is_found_by_what_it_is),
		TEST(test_the_same_bytes_are_kept_once),
		TEST(test_a_link_in_the_place_of_a_file_is_not_followed),
		TEST(test_what_is_not_there_can_not_be_kept),
#undef TEST
	};

	return sodium_init() < 0 ? 1 :
	    cmocka_run_group_tests_name("keep", tests, NULL, NULL);
}
