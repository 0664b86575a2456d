/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/arena.h"
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <cmocka.h>

/* Options in any order and form, and what is said about wrong ones. */

enum { WORDS_MOST = 16 };

struct fixture {
	struct arena arena;
	struct buffer out, err;
	const char *data, *port;
	bool apply;
	char *words[WORDS_MOST + 1];
	int count, code;
};

static int
fixture_up(void **state)
{
	static struct fixture f;

	f = (struct fixture){ .code = -1 };
	arena_init(&f.arena, ARENA_LIMIT);
	buffer_init(&f.out);
	buffer_init(&f.err);
	*state = &f;
	return 0;
}

static int
fixture_down(void **state)
{
	struct fixture *f = *state;

	buffer_done(&f->out);
	buffer_done(&f->err);
	arena_done(&f->arena);
	return 0;
}

/* A stream of the process while it goes to a file. */
struct caught {
	FILE *file;
	int number, kept;
};

static struct caught
catch_begin(int number)
{
	struct caught c = { tmpfile(), number, dup(number) };

	assert_non_null(c.file);
	fflush(NULL);
	dup2(fileno(c.file), number);
	return c;
}

static void
catch_end(struct caught *c, struct buffer *out)
{
	char part[4096];
	size_t size;

	fflush(NULL);
	dup2(c->kept, c->number);
	close(c->kept);
	rewind(c->file);
	buffer_clear(out);
	while ((size = fread(part, 1, sizeof(part), c->file)) > 0)
		buffer_add(out, part, size);
	fclose(c->file);
}

/* "check --port 80 wells", with three options, split at blanks. */
static bool
read_line(struct fixture *f, const char *line)
{
	const struct cli_option options[] = {
		{ "data", "DIR", "the data folder", &f->data, NULL },
		{ "port", "N", "port to listen on", &f->port, NULL },
		{ "apply", NULL, "write it", NULL, &f->apply },
		{ 0 }
	};
	struct caught out, err;
	bool on;

	f->count = 0;
	for (char *word = strtok(arena_copy(&f->arena, line), " ");
	    word != NULL && f->count < WORDS_MOST; word = strtok(NULL, " "))
		f->words[f->count++] = word;
	f->words[f->count] = NULL;
	out = catch_begin(STDOUT_FILENO);
	err = catch_begin(STDERR_FILENO);
	on = cli_read(&f->count, f->words, "wells [OPTIONS]", "Counts wells.",
	    options, &f->code);
	catch_end(&err, &f->err);
	catch_end(&out, &f->out);
	return on;
}

static void
test_options_are_read_in_any_order_and_form(void **state)
{
	static const char *const lines[] = {
		"wells --data here --port 80 --apply one two",
		"wells one --port=80 two --apply --data here",
		"wells --apply one --data=here --port 80 two",
		"wells --data there --data here one two --apply --port=80",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct fixture *f = *state;

		f->data = f->port = NULL;
		f->apply = false;
		assert_true(read_line(f, lines[i]));
		assert_string_equal(f->data, "here");
		assert_string_equal(f->port, "80");
		assert_true(f->apply);
		assert_int_equal(f->count, 3);
		assert_string_equal(f->words[0], "wells");
		assert_string_equal(f->words[1], "one");
		assert_string_equal(f->words[2], "two");
		assert_int_equal(f->out.size + f->err.size, 0);
	}
}

static void
test_what_is_not_given_stays_as_it_was(void **state)
{
	struct fixture *f = *state;

	f->data = "data";
	assert_true(read_line(f, "wells one"));
	assert_string_equal(f->data, "data");
	assert_null(f->port);
	assert_false(f->apply);
	assert_int_equal(f->count, 2);
}

static void
test_two_hyphens_end_the_options(void **state)
{
	struct fixture *f = *state;

	assert_true(read_line(f, "wells --apply -- --data --help"));
	assert_true(f->apply);
	assert_null(f->data);
	assert_int_equal(f->count, 3);
	assert_string_equal(f->words[1], "--data");
	assert_string_equal(f->words[2], "--help");
}

static void
test_a_value_may_begin_with_a_hyphen_or_be_empty(void **state)
{
	struct fixture *f = *state;

	assert_true(read_line(f, "wells --data -x --port="));
	assert_string_equal(f->data, "-x");
	assert_string_equal(f->port, "");
}

static void
test_wrong_options_are_named_and_end_it(void **state)
{
	static const struct {
		const char *line, *said;
	} cases[] = {
		{ "wells --village 7", "no option \"--village\"" },
		{ "wells --dat here", "no option \"--dat\"" },
		{ "wells --datas here", "no option \"--datas\"" },
		{ "wells --data", "--data wants a value: DIR" },
		{ "wells one --port", "--port wants a value: N" },
		{ "wells --=7", "no option \"--=7\"" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f->code = -1;
		assert_false(read_line(f, cases[i].line));
		assert_int_equal(f->code, EX_USAGE);
		assert_int_equal(f->out.size, 0);
		if (strstr(buffer_text(&f->err), cases[i].said) == NULL)
			fail_msg("%s: %s", cases[i].line,
			    buffer_text(&f->err));
	}
}

static void
test_a_flag_with_a_value_is_refused(void **state)
{
	struct fixture *f = *state;

	assert_false(read_line(f, "wells --apply=no"));
	assert_int_equal(f->code, EX_USAGE);
	assert_false(f->apply);
	assert_non_null(strstr(buffer_text(&f->err), "--apply takes no value"));
}

static void
test_help_says_all_and_ends_well(void **state)
{
	struct fixture *f = *state;
	static const char *const said[] = { "usage: tulga wells [OPTIONS]\n",
		"Counts wells.", "--data DIR\n", "the data folder",
		"--apply\n", "--help\n" };

	assert_false(read_line(f, "wells --data here --help --village"));
	assert_int_equal(f->code, EX_OK);
	assert_int_equal(f->err.size, 0);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		assert_non_null(strstr(buffer_text(&f->out), said[i]));
}

static void
test_each_outcome_has_its_exit_code(void **state)
{
	(void)state;
	assert_int_equal(cli_exit(OK), EX_OK);
	assert_int_equal(cli_exit(NOT_FOUND), EX_NOINPUT);
	assert_int_equal(cli_exit(FORBIDDEN), EX_NOPERM);
	assert_int_equal(cli_exit(INVALID), EX_DATAERR);
	assert_int_equal(cli_exit(CONFLICT), EX_CANTCREAT);
	assert_int_equal(cli_exit(BUSY), EX_TEMPFAIL);
	assert_int_equal(cli_exit(FAILED), EX_IOERR);
}

static void
test_a_data_folder_is_made_once_and_only_for_its_owner(void **state)
{
	static const char *const inside[] = { "db", "evidence", "incoming",
		"pdf", "mail", "secrets" };
	struct fixture *f = *state;
	char root[] = "/tmp/cli-XXXXXX";
	const char *data;
	struct stat status;

	assert_non_null(mkdtemp(root));
	data = arena_print(&f->arena, "%s/data", root);
	assert_int_equal(cli_data_make(data), EX_OK);
	assert_int_equal(cli_data_make(data), EX_OK);
	for (size_t i = 0; i < sizeof(inside) / sizeof(inside[0]); i++) {
		const char *path = arena_print(&f->arena, "%s/%s", data,
		    inside[i]);

		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 0777, 0700);
		assert_int_equal(rmdir(path), 0);
	}
	assert_int_equal(rmdir(data), 0);
	assert_int_equal(rmdir(root), 0);
	assert_int_equal(cli_data_make(data), EX_CANTCREAT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_up, \
    fixture_down)
		TEST(test_options_are_read_in_any_order_and_form),
		TEST(test_what_is_not_given_stays_as_it_was),
		TEST(test_two_hyphens_end_the_options),
		TEST(test_a_value_may_begin_with_a_hyphen_or_be_empty),
		TEST(test_wrong_options_are_named_and_end_it),
		TEST(test_a_flag_with_a_value_is_refused),
		TEST(test_help_says_all_and_ends_well),
		TEST(test_each_outcome_has_its_exit_code),
		TEST(test_a_data_folder_is_made_once_and_only_for_its_owner),
#undef TEST
	};

	return cmocka_run_group_tests_name("cli", tests, NULL, NULL);
}
