/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import_rows.h"

#include "content/folder.h"
#include "library/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Registers as tables: which column is which, what is wrong, who is known. */

struct fixture {
	struct arena arena;
	struct content_faults faults;
	struct import_columns columns;
	struct import_source source;
};

static int
fixture_up(void **state)
{
	static struct fixture f;

	arena_init(&f.arena, ARENA_LIMIT);
	content_faults_init(&f.faults, &f.arena);
	f.source = (struct import_source){ .file = "register.csv",
		.register_name = "State register", .columns = &f.columns,
		.faults = &f.faults };
	*state = &f;
	return import_columns_open(&f.arena, content_folder(NULL), NULL,
	    &f.faults, &f.columns) == OK ? 0 : -1;
}

static int
fixture_down(void **state)
{
	struct fixture *f = *state;

	arena_done(&f->arena);
	return 0;
}

/* The header of `text` is looked up; the reader stands at the first row. */
static enum outcome
begin(struct fixture *f, const char *text, struct csv *csv_out)
{
	struct csv_row header;

	*csv_out = csv_open(text, strlen(text));
	assert_int_equal(csv_next(csv_out, &f->arena, &header), OK);
	return import_columns_find(&f->arena, "register.csv", &header,
	    &f->faults, &f->columns);
}

static enum outcome
next(struct fixture *f, struct csv *csv, struct organisation *o)
{
	struct csv_row row;

	assert_int_equal(csv_next(csv, &f->arena, &row), OK);
	return import_row_read(&f->arena, &f->source, &row, o);
}

static const char *
fault_show(struct fixture *f, size_t i)
{
	assert_true(i < f->faults.count);
	return content_fault_show(&f->arena, LANGUAGE_EN,
	    &f->faults.items[i]);
}

static void
test_columns_are_known_in_both_languages(void **state)
{
	static const char *const tables[] = {
		"Байгууллагын нэр,Регистрийн дугаар,Аймаг,Эрх зүйн хэлбэр,Тоо\n"
		"Цагаан гол,9012345,Архангай,Сан,2011\n",
		"NAME;registration-number;Aimag;Legal form;Remark\r\n"
		"Цагаан гол;9012345;Arkhangai;Foundation;x\r\n",
	};

	for (size_t i = 0; i < 2; i++) {
		struct fixture *f = *state;
		struct organisation o;
		struct csv csv;

		assert_int_equal(begin(f, tables[i], &csv), OK);
		assert_int_equal(next(f, &csv, &o), OK);
		assert_string_equal(o.name_mn, "Цагаан гол");
		assert_string_equal(o.registration, "9012345");
		assert_string_equal(o.unit, "MN-073");
		assert_string_equal(o.legal_form, "foundation");
		assert_string_equal(o.standing, "registered");
		assert_string_equal(o.source, "State register");
		assert_string_equal(o.email, "");
	}
}

static void
test_a_table_without_a_name_is_refused(void **state)
{
	struct fixture *f = *state;
	struct csv csv;

	assert_int_equal(begin(f, "Аймаг,Сум\nУвс,Тэс\n", &csv), INVALID);
	assert_non_null(strstr(fault_show(f, 0), "register.csv:1: "));
}

static void
test_two_columns_for_one_thing_are_refused(void **state)
{
	struct fixture *f = *state;
	struct csv csv;

	assert_int_equal(begin(f, "Нэр,Аймаг,Name\nа,б,в\n", &csv), INVALID);
	assert_non_null(strstr(fault_show(f, 0), "register.csv:1:3: "));
}

static void
test_faults_are_named_by_row_and_column(void **state)
{
	static const struct {
		const char *row, *place, *word;
	} cases[] = {
		{ "Гол,90123,Увс,2011,a@b.mn", ":2:2: ", "90123" },
		{ "Гол,9012345,Атлантис,2011,a@b.mn", ":2:3: ", "Атлантис" },
		{ "Гол,9012345,Увс,хоёр,a@b.mn", ":2:4: ", "whole number" },
		{ "Гол,9012345,Увс,1492,a@b.mn", ":2:4: ", "1900" },
		{ "Гол,9012345,Увс,2011,nobody", ":2:5: ", "Email" },
		{ ",9012345,Увс,2011,a@b.mn", ":2:1: ", "Нэр" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture *f = *state;
		struct organisation o;
		struct csv csv;
		const char *text = arena_print(&f->arena,
		    "Нэр,Регистр,Аймаг,Байгуулагдсан он,Email\n%s\n",
		    cases[i].row);

		content_faults_init(&f->faults, &f->arena);
		assert_int_equal(begin(f, text, &csv), OK);
		assert_int_equal(next(f, &csv, &o), INVALID);
		assert_int_equal(f->faults.count, 1);
		if (strstr(fault_show(f, 0), cases[i].place) == NULL ||
		    strstr(fault_show(f, 0), cases[i].word) == NULL)
			fail_msg("%s", fault_show(f, 0));
	}
}

static void
test_a_short_row_leaves_the_rest_unknown(void **state)
{
	struct fixture *f = *state;
	struct organisation o;
	struct csv csv;

	assert_int_equal(begin(f, "Нэр,Утас,Аймаг\nЦагаан гол\n", &csv), OK);
	assert_int_equal(next(f, &csv, &o), OK);
	assert_string_equal(o.phone, "");
	assert_string_equal(o.unit, "");
	assert_string_equal(o.legal_form, "other");
}

static void
test_a_map_gives_columns_other_names(void **state)
{
	struct fixture *f = *state;
	char path[] = "/tmp/tulga-map-XXXXXX";
	int fd = mkstemp(path);
	struct organisation o;
	struct csv csv;

	assert_true(fd >= 0);
	dprintf(fd, "columns:\n  name_mn: [\"Гарчиг\"]\nlegal_forms:\n"
	    "  foundation: [\"Буяны газар\"]\n");
	close(fd);
	assert_int_equal(import_columns_open(&f->arena, content_folder(NULL),
	    path, &f->faults, &f->columns), OK);
	unlink(path);
	assert_int_equal(begin(f, "Гарчиг,Хэлбэр\nГол,буяны газар\n", &csv),
	    OK);
	assert_int_equal(next(f, &csv, &o), OK);
	assert_string_equal(o.name_mn, "Гол");
	assert_string_equal(o.legal_form, "foundation");
}

static void
test_duplicates_are_known_by_number_and_by_name(void **state)
{
	struct fixture *f = *state;
	const struct organisation first = { .name_mn = "Цагаан гол",
		.unit = "MN-073", .registration = "9012345" };
	const struct organisation spelt = { .name_mn = "ЦАГААН-ГОЛ",
		.unit = "MN-073", .registration = "" };
	const struct organisation elsewhere = { .name_mn = "Цагаан гол",
		.unit = "MN-067", .registration = "" };
	struct import_known known;

	import_known_init(&known, &f->arena);
	import_known_add(&known, &first, "row 2");
	assert_string_equal(import_known_number(&known, &first), "row 2");
	assert_null(import_known_number(&known, &spelt));
	assert_string_equal(import_known_name(&known, &spelt), "row 2");
	assert_null(import_known_name(&known, &elsewhere));
}

static void
test_many_are_known(void **state)
{
	struct fixture *f = *state;
	struct import_known known;

	import_known_init(&known, &f->arena);
	for (int i = 0; i < 5000; i++) {
		const struct organisation o = { .unit = "",
			.name_mn = arena_print(&f->arena, "Well %d", i),
			.registration = arena_print(&f->arena, "%07d", i) };

		assert_null(import_known_number(&known, &o));
		assert_null(import_known_name(&known, &o));
		import_known_add(&known, &o, o.registration);
		assert_string_equal(import_known_name(&known, &o),
		    o.registration);
	}
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, fixture_up, \
	    fixture_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(test_columns_are_known_in_both_languages),
		WITH(test_a_table_without_a_name_is_refused),
		WITH(test_two_columns_for_one_thing_are_refused),
		WITH(test_faults_are_named_by_row_and_column),
		WITH(test_a_short_row_leaves_the_rest_unknown),
		WITH(test_a_map_gives_columns_other_names),
		WITH(test_duplicates_are_known_by_number_and_by_name),
		WITH(test_many_are_known),
	};

	if (library_open(content_folder(NULL)) != OK)
		return 1;
	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
