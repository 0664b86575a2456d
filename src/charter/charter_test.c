/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "charter/charter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	struct arena arena;
	struct content_faults faults;
};

static int
fixture_open(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	arena_init(&f->arena, ARENA_LIMIT);
	content_faults_init(&f->faults, &f->arena);
	*state = f;
	return 0;
}

static int
fixture_close(void **state)
{
	struct fixture *f = *state;

	arena_done(&f->arena);
	free(f);
	return 0;
}

#define LABEL(mn, en) "{mn: \"" mn "\", en: \"" en "\"}\n"
#define PRINCIPLE(indent, id, short_mn) \
	"id: \"" id "\"\n" \
	indent "title: " LABEL("Ил тод", "Open") \
	indent "short: " LABEL(short_mn, "Open") \
	indent "about: " LABEL("Ил тод ажиллана.", "Works in the open.") \
	indent "measures:\n"
#define MEASURE(indent, id) \
	indent "- id: \"" id "\"\n" \
	indent "  title: " LABEL("Төсвөө нийтлэх", "Publish the budget") \
	indent "  about: " LABEL("Төсөв нээлттэй.", "The budget is open.")
#define HEAD "edition: \"2026-1\"\ntitle: " LABEL("Хариуцлага", "Answering")
#define INITIATIVE "initiative:\n  " PRINCIPLE("  ", "B", "Санаачилга") \
	MEASURE("    ", "B.1")
#define GOOD "principles:\n  - " PRINCIPLE("    ", "1", "Ил тод") \
	MEASURE("      ", "1.1") MEASURE("      ", "1.2") \
	"  - " PRINCIPLE("    ", "2", "Түншлэл") MEASURE("      ", "2.1")

static enum outcome
read_from(struct fixture *f, const char *text, struct charter *charter_out)
{
	const struct yaml_node *root;

	assert_int_equal(yaml_parse(&f->arena, "charter.yaml", text,
	    strlen(text), &f->faults, &root), OK);
	return charter_read(&f->arena, root, "2026-1", &f->faults,
	    charter_out);
}

static void
test_principles_and_measures_are_found_by_id(void **state)
{
	struct fixture *f = *state;
	struct charter charter;

	assert_int_equal(read_from(f, HEAD GOOD INITIATIVE, &charter), OK);
	assert_string_equal(charter.edition, "2026-1");
	assert_int_equal(charter.principles.count, 2);
	assert_int_equal(
	    charter_find_principle(&charter, "1")->measures.count, 2);
	assert_string_equal(charter_find_principle(&charter, "2")
	    ->short_title.text[LANGUAGE_MN], "Түншлэл");
	assert_string_equal(charter_find_measure(&charter, "2.1")
	    ->title.text[LANGUAGE_EN], "Publish the budget");
	assert_non_null(charter_find_measure(&charter, "B.1"));
	assert_non_null(charter_find_principle(&charter, "B"));
	assert_null(charter_find_measure(&charter, "3.1"));
	assert_null(charter_find_principle(&charter, "3"));
}

static void
test_principles_serve_instruments_as_terms(void **state)
{
	struct fixture *f = *state;
	struct charter charter;
	struct vocabulary terms;

	assert_int_equal(read_from(f, HEAD GOOD INITIATIVE, &charter), OK);
	terms = charter_terms(&f->arena, &charter);
	assert_int_equal(terms.count, 2);
	assert_string_equal(vocabulary_find(&terms, "1")
	    ->label.text[LANGUAGE_EN], "Open");
}

static const struct {
	const char *text;
	const char *fault;
} REFUSED[] = {
	{ "edition: \"2027-1\"\ntitle: " LABEL("а", "a") GOOD INITIATIVE,
	    "charter.yaml:1:10: This is edition \"2027-1\", but the file's"
	    " name says \"2026-1\"" },
	{ HEAD GOOD "  - " PRINCIPLE("    ", "2", "Дахин")
	    MEASURE("      ", "2.1") INITIATIVE,
	    "charter.yaml:23:5: \"2\" stands here twice" },
	{ HEAD "principles:\n  - " PRINCIPLE("    ", "1", "Ил тод")
	    MEASURE("      ", "2.1") INITIATIVE,
	    "charter.yaml:9:9: \"2.1\" must begin with \"1.\"" },
	{ HEAD "principles:\n  - " PRINCIPLE("    ", "1", "Ил тод")
	    MEASURE("      ", "1.1") MEASURE("      ", "1.1") INITIATIVE,
	    "charter.yaml:12:9: \"1.1\" stands here twice" },
	{ HEAD "principles:\n  - "
	    PRINCIPLE("    ", "1", "Арван есөн тэмдэгтт")
	    MEASURE("      ", "1.1") INITIATIVE,
	    "charter.yaml:6:12: \"Арван есөн тэмдэгтт\" is longer than 18"
	    " characters" },
	{ HEAD GOOD, "charter.yaml:1:1: \"initiative\" is missing" },
};

static void
test_faults_say_where_and_what(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
		struct charter charter = { 0 };

		content_faults_init(&f->faults, &f->arena);
		assert_int_equal(read_from(f, REFUSED[i].text, &charter),
		    INVALID);
		assert_null(charter.edition);
		assert_int_equal(f->faults.count, 1);
		assert_string_equal(content_fault_show(&f->arena, LANGUAGE_EN,
		    &f->faults.items[0]), REFUSED[i].fault);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_principles_and_measures_are_found_by_id),
		TEST(test_principles_serve_instruments_as_terms),
		TEST(test_faults_say_where_and_what),
	};

	return cmocka_run_group_tests_name("charter", tests, NULL, NULL);
}
