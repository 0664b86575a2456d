/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/ratings_csv.h"

#include "instrument/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct content_faults faults;
	struct instrument wells;
};

static int
fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	arena_init(&f->arena, ARENA_LIMIT);
	content_faults_init(&f->faults, &f->arena);
	*state = f;
	return sample_read(&f->arena, SAMPLE, &f->faults, &f->wells) == OK ?
	    0 : -1;
}

static int
fixture_close(void **state)
{
	struct fixture *f = *state;

	arena_done(&f->arena);
	free(f);
	return 0;
}

static enum outcome
read_table(struct fixture *f, const char *text, struct score_sheet *sheet_out)
{
	content_faults_init(&f->faults, &f->arena);
	return ratings_csv_read(&f->arena, "ratings.csv", text, strlen(text),
	    &f->wells, &f->faults, sheet_out);
}

static void
test_answers_are_counted_by_item_and_group(void **state)
{
	struct fixture *f = *state;
	const struct instrument *wells = &f->wells;
	const struct item *clean = &wells->items.items[0];
	const struct respondent_group *people = &wells->groups.items[1];
	struct score_sheet sheet;

	assert_int_equal(read_table(f,
	    "value,item,rater,group\r\n"
	    "2,1.1,a,board\r\n"
	    "1, 1.1 ,b,public\r\n"
	    "0,1.1,c,public\r\n"
	    "NA,1.1,d,public\r\n"
	    "DK,1.2,a,board\r\n"
	    "1,2.1,a,board\r\n", &sheet), OK);
	assert_int_equal(score_sheet_tally(&sheet, clean, NULL)->n, 3);
	assert_int_equal(score_sheet_tally(&sheet, clean, NULL)->na, 1);
	assert_int_equal(score_sheet_tally(&sheet, clean, people)->sum, 1);
	assert_int_equal(score_sheet_tally(&sheet, &wells->items.items[1],
	    NULL)->dk, 1);
	assert_int_equal(score_sheet_mean(&sheet, &wells->dimensions.items[0],
	    NULL).hundredths, 100);
	assert_int_equal(score_sheet_mean(&sheet, &wells->dimensions.items[0],
	    people).hundredths, 50);
	assert_false(score_sheet_mean(&sheet, &wells->dimensions.items[1],
	    people).known);
	assert_int_equal(score_sheet_agreement(&sheet,
	    &wells->dimensions.items[0], people).hundredths, 5000);
	assert_false(score_sheet_agreement(&sheet,
	    &wells->dimensions.items[1], NULL).known);
}

static void
test_semicolons_serve_as_well_as_commas(void **state)
{
	struct fixture *f = *state;
	struct score_sheet sheet;

	assert_int_equal(read_table(f, "\xef\xbb\xbfrater;group;item;value\n"
	    "а;board;1.1;2\n", &sheet), OK);
	assert_int_equal(score_sheet_tally(&sheet, f->wells.items.items,
	    NULL)->sum, 2);
}

static void
test_a_table_without_rows_has_no_answers(void **state)
{
	struct fixture *f = *state;
	struct score_sheet sheet;

	assert_int_equal(read_table(f, "rater,group,item,value\n", &sheet),
	    OK);
	assert_int_equal(score_sheet_tally(&sheet, f->wells.items.items,
	    NULL)->n, 0);
}

#define HEADER "rater,group,item,value\n"

static const struct {
	const char *text;
	const char *fault;
} REFUSED[] = {
	{ "", "ratings.csv: The file is empty" },
	{ "rater,group,item\n",
	    "ratings.csv:1: The column \"value\" is missing" },
	{ "rater,group,item,value,item\n",
	    "ratings.csv:1:5: The column \"item\" stands here twice" },
	{ "rater,group,item,value,remarks\n",
	    "ratings.csv:1:5: The column \"remarks\" is not known" },
	{ HEADER "a,board,1.1,2\na,board,1.2\n",
	    "ratings.csv:3: This row has 3 fields, the header 4" },
	{ HEADER "a,board,9.9,2\n", "ratings.csv:2:3: Column \"item\": this"
	    " instrument has no item \"9.9\"" },
	{ HEADER "a,staff,1.1,2\n", "ratings.csv:2:2: Column \"group\": this"
	    " instrument has no group \"staff\"" },
	{ HEADER " ,board,1.1,2\n",
	    "ratings.csv:2:1: Column \"rater\" is empty" },
	{ HEADER "a,board,1.1,3\n", "ratings.csv:2:4: Column \"value\": \"3\""
	    " is neither on the scale nor NA or DK" },
	{ HEADER "a,board,1.1,-1\n", NULL },
	{ HEADER "a,board,1.1,\n", NULL },
	{ HEADER "a,board,1.1,1.0\n", NULL },
	{ HEADER "a,board,1.1,99999999999999999999\n", NULL },
	{ HEADER "a,board,1.1,na\n", NULL },
	{ HEADER "a,board,1.1,2\nb,board,1.1,2\na,public,1.1,1\n",
	    "ratings.csv:4:3: The rater \"a\" has answered item \"1.1\" in"
	    " line 2 already" },
	{ HEADER "a,board,1.1,\"2\n", NULL },
};

static void
test_faults_name_row_and_column(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
		struct score_sheet sheet = { 0 };

		assert_int_equal(read_table(f, REFUSED[i].text, &sheet),
		    INVALID);
		assert_null(sheet.tallies);
		assert_int_equal(f->faults.count, 1);
		if (REFUSED[i].fault != NULL)
			assert_string_equal(content_fault_show(&f->arena,
			    LANGUAGE_EN, &f->faults.items[0]),
			    REFUSED[i].fault);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_answers_are_counted_by_item_and_group),
		TEST(test_semicolons_serve_as_well_as_commas),
		TEST(test_a_table_without_rows_has_no_answers),
		TEST(test_faults_name_row_and_column),
	};

	return cmocka_run_group_tests_name("instrument/ratings_csv", tests,
	    NULL, NULL);
}
