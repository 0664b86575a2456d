/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/yaml.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static enum outcome
parse(struct fixture *f, const char *text, const struct yaml_node **root_out)
{
	return yaml_parse(&f->arena, "wells.yaml", text, strlen(text),
	    &f->faults, root_out);
}

static const struct yaml_node *
parsed(struct fixture *f, const char *text)
{
	const struct yaml_node *root = NULL;

	assert_int_equal(parse(f, text, &root), OK);
	return root;
}

/* The last fault added, as English. */
static const char *
last(struct fixture *f)
{
	assert_true(f->faults.count > 0);
	return content_fault_show(&f->arena, LANGUAGE_EN,
	    &f->faults.items[f->faults.count - 1]);
}

static void
test_a_tree_knows_its_lines_and_columns(void **state)
{
	const struct yaml_node *root = parsed(*state,
	    "# wells of a soum\n"
	    "wells:\n"
	    "  - name: \"Баян\"\n"
	    "    depth: 42\n"
	    "  - {name: plain text, depth: ~}\n");
	const struct yaml_node *wells = yaml_find(root, "wells");
	const struct yaml_node *first = &wells->nodes.items[0];
	const struct yaml_node *second = &wells->nodes.items[1];

	assert_int_equal(wells->kind, YAML_LIST);
	assert_int_equal(wells->nodes.count, 2);
	assert_int_equal(first->place.line, 3);
	assert_string_equal(yaml_find(first, "name")->text, "Баян");
	assert_int_equal(yaml_find(first, "depth")->place.line, 4);
	assert_int_equal(yaml_find(first, "depth")->place.column, 12);
	assert_string_equal(yaml_find(second, "name")->text, "plain text");
	assert_string_equal(yaml_find(second, "depth")->text, "~");
	assert_null(yaml_find(first, "width"));
	assert_null(yaml_find(wells, "name"));
}

static const struct {
	const char *text;
	const char *fault;
} REFUSED[] = {
	{ "a: 1\nb: 2\na: 3\n", "wells.yaml:3:1: The key \"a\" stands here"
	    " twice; the first is in line 1" },
	{ "a: &well 1\n", "wells.yaml:1:4: Anchors (&) and aliases (*) are"
	    " not used here" },
	{ "a: *well\n", "wells.yaml:1:4: Anchors (&) and aliases (*) are not"
	    " used here" },
	{ "a: !!int 1\n", "wells.yaml:1:4: Tags (!) are not used here" },
	{ "? [a, b]\n: 1\n", "wells.yaml:1:3: A key must be a plain word" },
	{ "a: 1\n---\nb: 2\n",
	    "wells.yaml:2:1: A file holds exactly one document" },
	{ "", "wells.yaml:1:1: A file holds exactly one document" },
	{ "# nothing\n",
	    "wells.yaml:2:1: A file holds exactly one document" },
	{ "a: \"x\\0y\"\n",
	    "wells.yaml:1:4: A text may not hold the character NUL" },
	{ "a: [1, 2\n", NULL },
	{ "a: \"\xff\"\n", NULL },
	{ "a: \"\xed\xa0\x80\"\n", NULL },
	{ "\xff\xfe" "a\0", NULL },
	{ "a:\n\t- 1\n", NULL },
};

static void
test_what_strict_content_may_not_hold_is_refused(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
		const struct yaml_node *root = NULL;

		assert_int_equal(parse(f, REFUSED[i].text, &root), INVALID);
		assert_null(root);
		assert_int_equal(f->faults.count, i + 1);
		if (REFUSED[i].fault != NULL)
			assert_string_equal(last(f), REFUSED[i].fault);
	}
}

static const struct yaml_node *
nested(struct fixture *f, size_t depth, enum outcome want)
{
	AUTO_BUFFER struct buffer text;
	const struct yaml_node *root = NULL;

	buffer_init(&text);
	for (size_t i = 0; i < depth; i++)
		buffer_add_byte(&text, '[');
	for (size_t i = 0; i < depth; i++)
		buffer_add_byte(&text, ']');
	assert_int_equal(parse(f, buffer_text(&text), &root), want);
	return root;
}

static void
test_nesting_ends_at_the_limit(void **state)
{
	assert_non_null(nested(*state, YAML_DEPTH_MOST, OK));
	assert_null(nested(*state, YAML_DEPTH_MOST + 1, INVALID));
	assert_string_equal(last(*state),
	    "wells.yaml:1:33: This is nested too deep");
	assert_null(nested(*state, 100000, INVALID));
}

static void
test_a_file_larger_than_the_limit_is_refused(void **state)
{
	struct fixture *f = *state;
	const struct yaml_node *root = NULL;
	char *text = malloc(YAML_BYTES_MOST + 1);

	memset(text, ' ', YAML_BYTES_MOST + 1);
	memcpy(text, "a: 1\n", 5);
	assert_int_equal(yaml_parse(&f->arena, "w.yaml", text,
	    YAML_BYTES_MOST, &f->faults, &root), OK);
	root = NULL;
	assert_int_equal(yaml_parse(&f->arena, "w.yaml", text,
	    YAML_BYTES_MOST + 1, &f->faults, &root), INVALID);
	assert_null(root);
	assert_string_equal(last(f), "w.yaml: The file is larger than 4 MiB");
	free(text);
}

static void
test_a_file_that_is_not_there_is_told(void **state)
{
	struct fixture *f = *state;
	const struct yaml_node *root = NULL;

	assert_int_equal(yaml_open(&f->arena, "/nowhere/wells.yaml",
	    &f->faults, &root), NOT_FOUND);
	assert_string_equal(last(f),
	    "/nowhere/wells.yaml: There is no such file");
}

static void
test_a_file_is_read_as_its_bytes_are(void **state)
{
	struct fixture *f = *state;
	const struct yaml_node *root = NULL;
	char path[] = "/tmp/wells-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "depth: 42\n", 10), 10);
	close(fd);
	assert_int_equal(yaml_open(&f->arena, path, &f->faults, &root), OK);
	unlink(path);
	assert_string_equal(yaml_text(root, "depth", &f->faults), "42");
	assert_int_equal(f->faults.count, 0);
}

static void
test_getters_read_what_is_right_without_a_fault(void **state)
{
	static const char *const STATES[] = { "dry", "in-use", NULL };
	struct fixture *f = *state;
	const struct yaml_node *root = parsed(f,
	    "id: MN-061.a_b\n"
	    "depth: -42\n"
	    "state: in-use\n"
	    "name: {mn: \"Худаг\", en: \"Well\"}\n"
	    "soums: [Баян, Өлзийт]\n");
	struct label name = yaml_label(root, "name", &f->faults);

	assert_string_equal(yaml_id(root, "id", &f->faults), "MN-061.a_b");
	assert_int_equal(yaml_int(root, "depth", -50, 0, &f->faults), -42);
	assert_int_equal(yaml_choice(root, "state", STATES, &f->faults), 1);
	assert_string_equal(name.text[LANGUAGE_MN], "Худаг");
	assert_string_equal(name.text[LANGUAGE_EN], "Well");
	assert_int_equal(yaml_list(root, "soums", &f->faults)->count, 2);
	assert_string_equal(yaml_text_or(root, "note", "none", &f->faults),
	    "none");
	assert_null(yaml_label_or_none(root, "note", &f->faults).text[0]);
	assert_int_equal(yaml_list_or_none(root, "notes", &f->faults)->count,
	    0);
	assert_int_equal(f->faults.count, 0);
}

static void
test_getters_collect_faults_and_stay_safe(void **state)
{
	static const char *const STATES[] = { "dry", "in-use", NULL };
	struct fixture *f = *state;
	struct content_faults *faults = &f->faults;
	const struct yaml_node *root = parsed(f,
	    "id: \"a b\"\n"
	    "depth: 4.2\n"
	    "deep: 4000\n"
	    "state: inuse\n"
	    "name: {mn: \"Худаг\", de: \"Brunnen\"}\n"
	    "empty: \"  \"\n"
	    "none: []\n"
	    "long: 12345678901234567890\n");

	assert_string_equal(yaml_id(root, "id", faults), "");
	assert_int_equal(yaml_int(root, "depth", 1, 300, faults), 1);
	assert_string_equal(last(f), "wells.yaml:2:8: \"depth\" must be a"
	    " whole number from 1 to 300");
	assert_int_equal(yaml_int(root, "deep", 1, 300, faults), 1);
	assert_int_equal(yaml_int(root, "long", 1, 300, faults), 1);
	assert_int_equal(yaml_choice(root, "state", STATES, faults), 0);
	assert_string_equal(last(f), "wells.yaml:4:8: \"inuse\" can't stand"
	    " for \"state\"; the nearest that can is \"in-use\"");
	assert_string_equal(yaml_text(root, "empty", faults), "");
	assert_int_equal(yaml_list(root, "none", faults)->count, 0);
	assert_int_equal(yaml_list(root, "deep", faults)->count, 0);
	assert_string_equal(last(f),
	    "wells.yaml:3:7: \"deep\" must be a list");
	assert_string_equal(yaml_text(root, "owner", faults), "");
	assert_string_equal(last(f), "wells.yaml:1:1: \"owner\" is missing");
	assert_int_equal(faults->count, 9);
	assert_string_equal(yaml_label(root, "name", faults).text[LANGUAGE_EN],
	    "");
	assert_int_equal(faults->count, 11);
	assert_string_equal(last(f), "wells.yaml:5:7: \"en\" is missing");
}

static void
test_a_missing_map_is_one_fault_however_much_is_read(void **state)
{
	struct fixture *f = *state;
	const struct yaml_node *root = parsed(f, "a: 1\n");
	const struct yaml_node *scale = yaml_map(root, "scale", &f->faults);

	yaml_int(scale, "min", 0, 9, &f->faults);
	yaml_label(scale, "label", &f->faults);
	yaml_list(scale, "levels", &f->faults);
	assert_int_equal(f->faults.count, 1);
}

static void
test_an_unknown_key_is_refused_and_the_nearest_named(void **state)
{
	static const char *const KEYS[] = { "depth", "state", NULL };
	struct fixture *f = *state;

	yaml_check_keys(parsed(f, "depth: 1\nstaet: dry\n"), KEYS, &f->faults);
	assert_int_equal(f->faults.count, 1);
	assert_string_equal(last(f), "wells.yaml:2:8: \"staet\" is not known"
	    " here; did you mean \"state\"?");
	yaml_check_keys(parsed(f, "photograph: 1\n"), KEYS, &f->faults);
	assert_string_equal(last(f),
	    "wells.yaml:1:13: \"photograph\" is not known here");
	yaml_check_keys(parsed(f, "[1]\n"), KEYS, &f->faults);
	assert_string_equal(last(f),
	    "wells.yaml:1:1: This entry must hold keys with values");
}

static void
test_faults_beyond_the_limit_are_counted(void **state)
{
	struct fixture *f = *state;
	const struct yaml_node *root = parsed(f, "a: 1\n");

	for (size_t i = 0; i < FAULTS_MOST + 5; i++)
		yaml_text(root, "b", &f->faults);
	assert_int_equal(f->faults.count, FAULTS_MOST);
	assert_int_equal(f->faults.dropped, 5);
	assert_int_equal(content_faults_total(&f->faults), FAULTS_MOST + 5);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_a_tree_knows_its_lines_and_columns),
		TEST(test_what_strict_content_may_not_hold_is_refused),
		TEST(test_nesting_ends_at_the_limit),
		TEST(test_a_file_larger_than_the_limit_is_refused),
		TEST(test_a_file_that_is_not_there_is_told),
		TEST(test_a_file_is_read_as_its_bytes_are),
		TEST(test_getters_read_what_is_right_without_a_fault),
		TEST(test_getters_collect_faults_and_stay_safe),
		TEST(test_a_missing_map_is_one_fault_however_much_is_read),
		TEST(test_an_unknown_key_is_refused_and_the_nearest_named),
		TEST(test_faults_beyond_the_limit_are_counted),
	};

	return cmocka_run_group_tests_name("content/yaml", tests, NULL, NULL);
}
