/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static enum outcome
read_from(struct arena *a, const char *text, struct content_faults *faults,
    struct vocabulary *vocabulary_out)
{
	const struct yaml_node *root;

	assert_int_equal(yaml_parse(a, "units.yaml", text, strlen(text),
	    faults, &root), OK);
	return vocabulary_read(a, root, VOCABULARY_UNITS, faults,
	    vocabulary_out);
}

static void
test_terms_keep_the_order_of_the_file(void **state)
{
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	struct vocabulary units;

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	content_faults_init(&faults, &a);
	assert_int_equal(read_from(&a,
	    "units:\n"
	    "  - id: \"MN-061\"\n"
	    "    code: \"21\"\n"
	    "    label: {mn: \"Дорнод\", en: \"Dornod\"}\n"
	    "  - id: \"MN-1\"\n"
	    "    label: {mn: \"Улаанбаатар\", en: \"Ulaanbaatar\"}\n"
	    "    note: {mn: \"Нийслэл\", en: \"The capital\"}\n",
	    &faults, &units), OK);
	assert_int_equal(units.count, 2);
	assert_string_equal(units.items[0].code, "21");
	assert_null(units.items[0].note.text[LANGUAGE_MN]);
	assert_string_equal(vocabulary_find(&units, "MN-1")
	    ->note.text[LANGUAGE_EN], "The capital");
	assert_string_equal(vocabulary_find(&units, "MN-1")->code, "");
	assert_null(vocabulary_find(&units, "MN-2"));
	assert_string_equal(vocabulary_ids(&a, &units)[1], "MN-1");
}

static void
test_a_term_without_a_language_or_twice_is_refused(void **state)
{
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	struct vocabulary units = { 0 };

	(void)state;
	arena_init(&a, ARENA_LIMIT);
	content_faults_init(&faults, &a);
	assert_int_equal(read_from(&a,
	    "units:\n"
	    "  - id: \"MN-061\"\n"
	    "    label: {mn: \"Дорнод\"}\n"
	    "  - id: \"MN-061\"\n"
	    "    label: {mn: \"Дорнод\", en: \"Dornod\"}\n",
	    &faults, &units), INVALID);
	assert_int_equal(units.count, 0);
	assert_int_equal(faults.count, 2);
	assert_string_equal(content_fault_show(&a, LANGUAGE_EN,
	    &faults.items[0]), "units.yaml:3:12: \"en\" is missing");
	assert_string_equal(content_fault_show(&a, LANGUAGE_EN,
	    &faults.items[1]), "units.yaml:4:5: \"MN-061\" stands here twice");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terms_keep_the_order_of_the_file),
		cmocka_unit_test(
		    test_a_term_without_a_language_or_twice_is_refused),
	};

	return cmocka_run_group_tests_name("content/vocabulary", tests, NULL,
	    NULL);
}
