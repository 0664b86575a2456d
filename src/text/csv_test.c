/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/csv.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A table as one text: fields in brackets, rows led by their line. */
static void
table_show(struct buffer *b, const char *bytes, size_t size)
{
	struct csv csv = csv_open(bytes, size);
	struct csv_row row;
	struct arena a;
	enum outcome got;

	arena_init(&a, ARENA_LIMIT);
	buffer_clear(b);
	while ((got = csv_next(&csv, &a, &row)) == OK) {
		buffer_print(b, "%d", row.line);
		for (size_t i = 0; i < row.count; i++)
			buffer_print(b, "[%s]", row.items[i]);
		arena_reset(&a);
	}
	if (got == INVALID)
		buffer_print(b, "!%d:%d", csv.fault.line, csv.fault.column);
	arena_done(&a);
}

static void
test_tables_are_read_by_the_standard(void **state)
{
	static const struct {
		const char *csv, *table;
	} cases[] = {
		{ "", "" },
		{ "\n\r\n\n", "" },
		{ "well", "1[well]" },
		{ "name,aimag\r\nWell,Uvs\r\n", "1[name][aimag]2[Well][Uvs]" },
		{ "a,b\n1,2", "1[a][b]2[1][2]" },
		{ "a,\n,b\n,", "1[a][]2[][b]3[][]" },
		{ "a\n\n\nb\n", "1[a]4[b]" },
		{ "\xef\xbb\xbfнэр,дүн\nХудаг,5", "1[нэр][дүн]2[Худаг][5]" },
		{ " a , b", "1[ a ][ b]" },
		/* quotes */
		{ "\"a,b\",\"c\"", "1[a,b][c]" },
		{ "\"the \"\"new\"\" well\"\"\"", "1[the \"new\" well\"]" },
		{ "\"\"\r\n\"\",\"\"", "1[]2[][]" },
		{ "\"one\r\ntwo\nthree\",x\ny,z",
		    "1[one\ntwo\nthree][x]4[y][z]" },
		/* other separators */
		{ "a;b;c\n1,5;2;3", "1[a][b][c]2[1,5][2][3]" },
		{ "a\tb\n1;2\t3,4", "1[a][b]2[1;2][3,4]" },
		{ "\"x,y,z\";b\n1;2", "1[x,y,z][b]2[1][2]" },
		{ "\"x\n;;;\",b\n1;,2", "1[x\n;;;][b]3[1;][2]" },
		{ "a,b;c\n", "1[a][b;c]" },
		/* rows may differ in length */
		{ "a,b\n1\n1,2,3", "1[a][b]2[1]3[1][2][3]" },
	};
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		table_show(&b, cases[i].csv, strlen(cases[i].csv));
		assert_string_equal(buffer_text(&b), cases[i].table);
	}
}

static void
test_a_fault_names_its_line_and_column(void **state)
{
	static const struct {
		const char *csv, *table;
	} cases[] = {
		{ "a,b\n1,\"2", "1[a][b]!2:2" },
		{ "\"", "!1:1" },
		{ "\"\"\"", "!1:1" },
		{ "a,b\n\"x\ny\",\"open", "1[a][b]!3:2" },
		{ "\"a\"b,c", "!1:1" },
		{ "a,\"b\" ,c", "!1:2" },
		{ "a\nb,c \"d\"", "1[a]!2:2" },
		{ "a\rb", "!1:1" },
		{ "a,b\r", "!1:2" },
		{ "x\n\n\xd0,b", "1[x]!3:1" },
		{ "\"x\ny\",\"\n\x01\"", "!2:2" },
		{ "\xff\xfe" "a", "!1:1" },
	};
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		table_show(&b, cases[i].csv, strlen(cases[i].csv));
		assert_string_equal(buffer_text(&b), cases[i].table);
	}
	table_show(&b, "a\0b", 3);
	assert_string_equal(buffer_text(&b), "!1:1");
	table_show(&b, "\"a\0b\"", 5);
	assert_string_equal(buffer_text(&b), "!1:1");
}

static void
test_a_fault_says_what_is_wrong(void **state)
{
	static const char text[] = "a,b \"c\"";
	struct csv csv = csv_open(text, strlen(text));
	struct csv_row row = { .line = 42 };
	AUTO_ARENA struct arena a;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	assert_int_equal(csv_next(&csv, &a, &row), INVALID);
	assert_int_equal(row.line, 42);
	assert_string_equal(csv.fault.what, "A quotation mark stands inside "
	    "a field that does not begin with one");
}

/* `count` times `piece`, then `last`. */
static enum outcome
read_repeated(const char *first, const char *piece, size_t count,
    const char *last, struct csv *csv_out)
{
	AUTO_BUFFER struct buffer b;
	AUTO_ARENA struct arena a;
	struct csv_row row;
	enum outcome got;

	buffer_init(&b);
	arena_init(&a, ARENA_LIMIT);
	buffer_add_text(&b, first);
	for (size_t i = 0; i < count; i++)
		buffer_add_text(&b, piece);
	buffer_add_text(&b, last);
	*csv_out = csv_open(b.bytes, b.size);
	while ((got = csv_next(csv_out, &a, &row)) == OK)
		arena_reset(&a);
	return got;
}

static void
test_columns_fields_and_rows_have_their_limits(void **state)
{
	struct csv csv;

	(void)state;
	assert_int_equal(read_repeated("", "x,", CSV_COLUMNS - 1, "x", &csv),
	    NOT_FOUND);
	assert_int_equal(read_repeated("a\n", "x,", CSV_COLUMNS, "x", &csv),
	    INVALID);
	assert_int_equal(read_repeated("a,a\n", "x,", CSV_COLUMNS, "x", &csv),
	    INVALID);
	assert_int_equal(csv.fault.line, 2);
	assert_int_equal(csv.fault.column, CSV_COLUMNS + 1);

	assert_int_equal(read_repeated("", "w", CSV_FIELD_SIZE, "\n", &csv),
	    NOT_FOUND);
	assert_int_equal(read_repeated("a,", "w", CSV_FIELD_SIZE, "w", &csv),
	    INVALID);
	assert_int_equal(csv.fault.column, 2);
	assert_int_equal(read_repeated("\"", "w", CSV_FIELD_SIZE, "\"", &csv),
	    NOT_FOUND);
	assert_int_equal(read_repeated("\"", "w", CSV_FIELD_SIZE, "w\"", &csv),
	    INVALID);

	assert_int_equal(read_repeated("", "x\n", CSV_ROWS, "", &csv),
	    NOT_FOUND);
	assert_int_equal(read_repeated("", "x\n", CSV_ROWS, "x", &csv),
	    INVALID);
	assert_int_equal(csv.fault.line, CSV_ROWS + 1);
}

static void
test_fields_are_written_so_that_they_come_back(void **state)
{
	static const struct {
		const char *field, *written;
	} cases[] = {
		{ "well", "well\r\n" },
		{ "Усны хоршоо", "\"Усны хоршоо\"\r\n" },
		{ "", "\"\"\r\n" },
		{ "a,b", "\"a,b\"\r\n" },
		{ "a;b", "\"a;b\"\r\n" },
		{ "a\tb", "\"a\tb\"\r\n" },
		{ "\"new\"", "\"\"\"new\"\"\"\r\n" },
		{ "one\ntwo", "\"one\ntwo\"\r\n" },
		{ "1,200.50", "\"1,200.50\"\r\n" },
	};
	AUTO_BUFFER struct buffer b, shown, expected;

	(void)state;
	buffer_init(&b);
	buffer_init(&shown);
	buffer_init(&expected);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buffer_clear(&b);
		csv_add_field(&b, cases[i].field);
		csv_end_row(&b);
		assert_string_equal(buffer_text(&b), cases[i].written);
		table_show(&shown, b.bytes, b.size);
		buffer_clear(&expected);
		buffer_print(&expected, "1[%s]", cases[i].field);
		assert_string_equal(buffer_text(&shown),
		    buffer_text(&expected));
	}
}

static void
test_what_a_spreadsheet_would_run_is_neutralised(void **state)
{
	static const struct {
		const char *field, *written;
	} cases[] = {
		{ "=1+1", "'=1+1,\r\n" },
		{ "+976 99112233", "\"'+976 99112233\",\r\n" },
		{ "-2+3", "'-2+3,\r\n" },
		{ "-", "'-,\r\n" },
		{ "-5.", "'-5.,\r\n" },
		{ "-1e5", "'-1e5,\r\n" },
		{ "@SUM(A1)", "'@SUM(A1),\r\n" },
		{ "\t=1", "\"'\t=1\",\r\n" },
		{ "=\"a\"", "\"'=\"\"a\"\"\",\r\n" },
		{ "-1200", "-1200,\r\n" },
		{ "-0.50", "-0.50,\r\n" },
		{ "a=b", "a=b,\r\n" },
	};
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buffer_clear(&b);
		csv_add_field(&b, cases[i].field);
		buffer_add_text(&b, "\r\n");
		assert_string_equal(buffer_text(&b), cases[i].written);
	}
}

static void
test_a_written_table_has_commas_and_line_ends(void **state)
{
	AUTO_BUFFER struct buffer b;

	(void)state;
	buffer_init(&b);
	csv_add_field(&b, "");
	csv_add_field(&b, "aimag");
	csv_end_row(&b);
	csv_add_field(&b, "5");
	csv_add_field(&b, "");
	csv_end_row(&b);
	assert_string_equal(buffer_text(&b), "\"\",aimag\r\n5,\"\"\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables_are_read_by_the_standard),
		cmocka_unit_test(test_a_fault_names_its_line_and_column),
		cmocka_unit_test(test_a_fault_says_what_is_wrong),
		cmocka_unit_test(
		    test_columns_fields_and_rows_have_their_limits),
		cmocka_unit_test(
		    test_fields_are_written_so_that_they_come_back),
		cmocka_unit_test(
		    test_what_a_spreadsheet_would_run_is_neutralised),
		cmocka_unit_test(test_a_written_table_has_commas_and_line_ends),
	};

	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
