/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "charter/charter.h"
#include "cli/instrument_json.h"
#include "content/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * The subcommand run on the content that is shipped (TULGA_CONTENT), and that
 * content itself: these tests fail when a file of content has a fault.
 */

enum { WORDS_MOST = 8, WORD_SIZE = 64 };

/* What a main's argv is: words that may be moved, and a NULL at the end. */
static void
copy_words(int argc, const char **argv, char store[WORDS_MOST][WORD_SIZE],
    char *words[WORDS_MOST + 1])
{
	assert_true(argc <= WORDS_MOST);
	for (int i = 0; i < argc; i++) {
		assert_true(strlen(argv[i]) < WORD_SIZE);
		words[i] = strcpy(store[i], argv[i]);
	}
	words[argc] = NULL;
}

/* Runs with standard output and error in `out`; returns the exit code. */
static int
run(struct buffer *out, int argc, const char **argv)
{
	FILE *file = tmpfile();
	int kept = dup(STDOUT_FILENO), kept_error = dup(STDERR_FILENO), code;
	char part[4096], store[WORDS_MOST][WORD_SIZE], *words[WORDS_MOST + 1];
	size_t size;

	assert_non_null(file);
	copy_words(argc, argv, store, words);
	fflush(stdout);
	fflush(stderr);
	dup2(fileno(file), STDOUT_FILENO);
	dup2(fileno(file), STDERR_FILENO);
	code = cli_instrument(argc, words);
	fflush(stdout);
	fflush(stderr);
	dup2(kept, STDOUT_FILENO);
	dup2(kept_error, STDERR_FILENO);
	close(kept);
	close(kept_error);
	buffer_init(out);
	rewind(file);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(out, part, size);
	fclose(file);
	return code;
}

#define RUN(out, ...) \
	run((out), (int)(sizeof((const char *[]){ __VA_ARGS__ }) / \
	    sizeof(char *)), (const char *[]){ __VA_ARGS__, NULL })

/* A file with a text, whose name is put into `path`. */
static void
write_table(char path[32], const char *text)
{
	int fd;

	strcpy(path, "/tmp/ratings-XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* The text at a path of keys, NULL for JSON's null. */
static const char *
text_at(const json_t *json, const char *first, const char *second,
    const char *third)
{
	json = json_object_get(json_object_get(json_object_get(json, first),
	    second), third);
	assert_non_null(json);
	return json_is_null(json) ? NULL : json_string_value(json);
}

static void
test_the_shipped_instruments_have_no_fault(void **state)
{
	AUTO_BUFFER struct buffer out;

	(void)state;
	assert_int_equal(RUN(&out, "instrument", "list"), EX_OK);
	assert_non_null(strstr(buffer_text(&out), "initiative-2026-1\t"));
}

static void
test_the_shipped_vocabularies_have_no_fault(void **state)
{
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	struct vocabulary read;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	content_faults_init(&faults, &a);
	for (int i = VOCABULARY_OBJECTIVES; i <= VOCABULARY_UNITS; i++)
		assert_int_equal(vocabulary_open(&a, content_folder(NULL),
		    (enum vocabulary_kind)i, &faults, &read), OK);
	assert_int_equal(read.count, 22);	/* the capital, 21 aimags */
}

static void
test_every_measure_has_its_item_and_no_other(void **state)
{
	AUTO_ARENA struct arena a;
	AUTO_BUFFER struct buffer out;
	struct content_faults faults;
	struct charter charter;
	json_t *shown, *item;
	size_t i, measures = 0;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	content_faults_init(&faults, &a);
	assert_int_equal(charter_open(&a, content_folder(NULL),
	    CHARTER_EDITION, &faults, &charter), OK);
	LIST_EACH(principle, &charter.principles)
		measures += principle->measures.count;
	assert_int_equal(RUN(&out, "instrument", "show", "initiative",
	    "--json"), EX_OK);
	shown = json_loads(buffer_text(&out), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(shown);
	assert_int_equal(json_array_size(json_object_get(shown, "items")),
	    measures);
	json_array_foreach(json_object_get(shown, "items"), i, item) {
		const char *id = json_string_value(json_object_get(item, "id"));

		if (charter_find_measure(&charter, id) == NULL)
			fail_msg("the charter has no measure \"%s\"", id);
		assert_int_equal(json_array_size(json_object_get(item,
		    "levels")), 5);
	}
	json_decref(shown);
}

static void
test_scores_are_exact_text_or_null(void **state)
{
	AUTO_BUFFER struct buffer out;
	char path[32];
	json_t *scores, *item;

	(void)state;
	write_table(path, "rater,group,item,value\n"
	    "a,board,1.1,3\nb,board,1.1,3\nc,staff,1.1,4\nd,staff,1.1,2\n"
	    "a,board,1.2,NA\nb,board,1.2,DK\nc,staff,1.2,1\n");
	assert_int_equal(RUN(&out, "instrument", "score", "initiative", path),
	    EX_OK);
	unlink(path);
	scores = json_loads(buffer_text(&out), JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(scores);
	assert_string_equal(text_at(scores, "items", "1.1", "mean"), "3.00");
	assert_string_equal(text_at(scores, "items", "1.1", "spread"), "0.71");
	assert_string_equal(text_at(scores, "items", "1.1", "agreement"),
	    "64.64");
	assert_null(text_at(scores, "items", "1.2", "agreement"));
	assert_null(text_at(scores, "items", "9.8", "mean"));
	assert_string_equal(text_at(scores, "principles", "1", "mean"),
	    "2.00");
	item = json_object_get(json_object_get(scores, "items"), "1.1");
	assert_string_equal(text_at(item, "groups", "board", "agreement"),
	    "100.00");
	assert_null(text_at(item, "groups", "public", "mean"));
	json_decref(scores);
}

static void
test_faulty_ratings_are_explained_and_not_scored(void **state)
{
	AUTO_BUFFER struct buffer out;
	char path[32];

	(void)state;
	write_table(path, "rater,group,item,value\na,board,1.1,5\n");
	assert_int_equal(RUN(&out, "instrument", "score", "initiative", path),
	    EX_DATAERR);
	unlink(path);
	assert_non_null(strstr(buffer_text(&out), ":2:4: "));
	assert_null(strstr(buffer_text(&out), "{"));
}

static void
test_wrong_use_is_told_apart_from_what_is_missing(void **state)
{
	AUTO_BUFFER struct buffer usage, option, name, file, folder;

	(void)state;
	assert_int_equal(RUN(&usage, "instrument", "show"), EX_USAGE);
	assert_int_equal(RUN(&option, "instrument", "list", "--depth"),
	    EX_USAGE);
	assert_int_equal(RUN(&name, "instrument", "show", "wells"),
	    EX_NOINPUT);
	assert_int_equal(RUN(&file, "instrument", "score", "initiative",
	    "/nowhere/ratings.csv"), EX_NOINPUT);
	assert_int_equal(RUN(&folder, "instrument", "list", "--content",
	    "/nowhere"), EX_IOERR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_shipped_instruments_have_no_fault),
		cmocka_unit_test(test_the_shipped_vocabularies_have_no_fault),
		cmocka_unit_test(test_every_measure_has_its_item_and_no_other),
		cmocka_unit_test(test_scores_are_exact_text_or_null),
		cmocka_unit_test(
		    test_faulty_ratings_are_explained_and_not_scored),
		cmocka_unit_test(
		    test_wrong_use_is_told_apart_from_what_is_missing),
	};

	return cmocka_run_group_tests_name("cli/instrument", tests, NULL,
	    NULL);
}
