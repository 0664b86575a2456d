/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "library/library.h"

#include "base/buffer.h"
#include "content/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/aborts_test.h"

/* The shipped content is whole; a copy with a fault is refused, by line. */

struct fixture {
	struct arena arena;
	struct buffer said;
	char folder[32];
};

static int
fixture_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_LIMIT);
	buffer_init(&f.said);
	strcpy(f.folder, "/tmp/library-XXXXXX");
	if (mkdtemp(f.folder) == NULL)
		return -1;
	*state = &f;
	return system(arena_print(&f.arena, "cp -R '%s/.' '%s'",
	    content_folder(NULL), f.folder));
}

static int
fixture_down(void **state)
{
	struct fixture *f = *state;
	int failed = system(arena_print(&f->arena, "rm -r '%s'", f->folder));

	buffer_done(&f->said);
	arena_done(&f->arena);
	return failed;
}

static const char *
in(struct fixture *f, const char *file)
{
	return arena_print(&f->arena, "%s/%s", f->folder, file);
}

/* Opens the copy; what it logs is in f->said. */
static enum outcome
open_copy(struct fixture *f)
{
	FILE *file = tmpfile();
	int kept = dup(STDERR_FILENO);
	enum outcome got;
	char part[4096];
	size_t size;

	assert_non_null(file);
	dup2(fileno(file), STDERR_FILENO);
	got = library_open(f->folder);
	dup2(kept, STDERR_FILENO);
	close(kept);
	rewind(file);
	buffer_clear(&f->said);
	while ((size = fread(part, 1, sizeof(part), file)) > 0)
		buffer_add(&f->said, part, size);
	fclose(file);
	return got;
}

static void
assert_said(const struct fixture *f, const char *what)
{
	if (strstr(buffer_text(&f->said), what) == NULL)
		fail_msg("no \"%s\" in \"%s\"", what, buffer_text(&f->said));
}

static int
lines_of(const char *path)
{
	FILE *file = fopen(path, "re");
	int lines = 0, c;

	assert_non_null(file);
	while ((c = getc(file)) != EOF)
		lines += c == '\n';
	fclose(file);
	return lines;
}

static void
put(const char *path, const char *mode, const char *text)
{
	FILE *file = fopen(path, mode);

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static const char *const FILES[] = {
	"charter/charter-2026-1.yaml", "charter/criteria.yaml",
	"charter/objectives.yaml", "instruments/initiative-2026-1.yaml",
	"organisations/legal-forms.yaml", "places/units.yaml",
};
enum { FILES_COUNT = sizeof(FILES) / sizeof(FILES[0]) };

static void
test_a_key_too_many_is_refused_with_file_and_line(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < FILES_COUNT; i++) {
		const char *path = in(f, FILES[i]);
		int lines = lines_of(path);

		put(path, "ae", "village: 7\n");
		assert_int_equal(open_copy(f), INVALID);
		assert_said(f, arena_print(&f->arena,
		    "%s:%d:10: \"village\" is not known here", FILES[i],
		    lines + 1));
		assert_int_equal(truncate(path, 0), 0);
		assert_int_equal(system(arena_print(&f->arena,
		    "cp '%s/%s' '%s'", content_folder(NULL), FILES[i],
		    path)), 0);
	}
}

static void
test_a_file_that_is_no_yaml_or_missing_is_named(void **state)
{
	struct fixture *f = *state;

	put(in(f, "places/units.yaml"), "we", "units:\n  - [\n");
	assert_int_equal(open_copy(f), INVALID);
	assert_said(f, "places/units.yaml:");
	assert_int_equal(unlink(in(f, "places/units.yaml")), 0);
	assert_int_equal(open_copy(f), INVALID);
	assert_said(f, "places/units.yaml");
}

static void
test_faults_of_several_files_are_told_together(void **state)
{
	struct fixture *f = *state;

	put(in(f, "places/units.yaml"), "ae", "village: 7\n");
	put(in(f, "charter/criteria.yaml"), "ae", "village: 7\n");
	assert_int_equal(open_copy(f), INVALID);
	assert_said(f, "places/units.yaml:");
	assert_said(f, "charter/criteria.yaml:");
}

static void
test_without_the_instrument_of_new_runs_nothing_opens(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(unlink(in(f, "instruments/" LIBRARY_INSTRUMENT "-"
	    LIBRARY_EDITION ".yaml")), 0);
	assert_int_equal(open_copy(f), INVALID);
	assert_said(f, "can't be used");
}

static void
ask_before_it_is_open(void)
{
	library();
}

static void
test_asking_before_it_is_open_is_a_mistake(void **state)
{
	(void)state;
	assert_true(aborts(ask_before_it_is_open));
}

static void
test_the_shipped_content_is_whole(void **state)
{
	const struct library *l;
	const struct instrument *i;

	(void)state;
	assert_int_equal(library_open(content_folder(NULL)), OK);
	l = library();
	assert_int_equal(l->charter.principles.count, 9);
	assert_int_equal(l->units.count, 22);
	assert_true(l->objectives.count > 0);
	assert_true(l->criteria.count > 0);
	assert_true(l->legal_forms.count > 0);
	i = library_instrument(LIBRARY_INSTRUMENT, LIBRARY_EDITION);
	assert_non_null(i);
	assert_int_equal(i->dimensions.count, 9);
	assert_null(library_instrument(LIBRARY_INSTRUMENT, "1999-1"));
	assert_null(library_instrument("village", LIBRARY_EDITION));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_up, \
    fixture_down)
		cmocka_unit_test(test_asking_before_it_is_open_is_a_mistake),
		TEST(test_a_file_that_is_no_yaml_or_missing_is_named),
		TEST(test_faults_of_several_files_are_told_together),
		TEST(test_without_the_instrument_of_new_runs_nothing_opens),
		TEST(test_a_key_too_many_is_refused_with_file_and_line),
		/* Last: content is opened once and stays. */
		cmocka_unit_test(test_the_shipped_content_is_whole),
#undef TEST
	};

	return cmocka_run_group_tests_name("library", tests, NULL, NULL);
}
