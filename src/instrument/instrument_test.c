/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/instrument.h"

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

static void
test_an_edition_is_read_whole(void **state)
{
	const struct fixture *f = *state;
	const struct instrument *wells = &f->wells;

	assert_string_equal(wells->name, "wells");
	assert_string_equal(wells->edition, "2026-1");
	assert_int_equal(wells->unit, UNIT_ORGANISATION);
	assert_int_equal(wells->scale.levels.count, 3);
	assert_int_equal(wells->scale.tie, TIE_LOWER);
	assert_int_equal(wells->groups.items[1].side, SIDE_OUTSIDE);
	assert_int_equal(wells->items.count, 3);
	assert_int_equal(wells->dimensions.count, 2);
	assert_int_equal(wells->dimensions.items[0].items.count, 2);
	assert_ptr_equal(wells->dimensions.items[1].items.items,
	    &wells->items.items[2]);
	assert_string_equal(wells->dimensions.items[1].principle, "");
	assert_null(wells->dimensions.items[0].title.text[LANGUAGE_MN]);
}

static void
test_items_know_their_place_tracks_and_criteria(void **state)
{
	const struct fixture *f = *state;
	const struct instrument *wells = &f->wells;
	const struct item *second = instrument_find_item(wells, "1.2");
	const struct item *third = instrument_find_item(wells, "2.1");

	assert_int_equal(second->index, 1);
	assert_int_equal(third->dimension, 1);
	assert_true(item_is_in_track(wells, second,
	    instrument_find_track(wells, "full")));
	assert_false(item_is_in_track(wells, second,
	    instrument_find_track(wells, "short")));
	assert_true(item_has_criterion(second, "money"));
	assert_false(item_has_criterion(third, "care"));
	assert_false(third->is_public);
	assert_true(instrument_find_item(wells, "1.1")->is_public);
	assert_int_equal(
	    instrument_find_item(wells, "1.1")->public_levels.count, 3);
	assert_null(instrument_find_item(wells, "3.1"));
	assert_null(instrument_find_group(wells, "staff"));
	assert_null(instrument_find_dimension(wells, "2"));
	assert_null(instrument_find_track(wells, "long"));
}

static void
test_evidence_limits_an_answer(void **state)
{
	struct fixture *f = *state;
	struct instrument *wells = &f->wells;

	assert_int_equal(instrument_capped(wells, EVIDENCE_NONE, 2), 0);
	assert_int_equal(instrument_capped(wells, EVIDENCE_STATED, 2), 1);
	assert_int_equal(instrument_capped(wells, EVIDENCE_STATED, 0), 0);
	assert_int_equal(instrument_capped(wells, EVIDENCE_CONFIRMED, 2), 2);
	wells->scale.direction = SCALE_DOWN;	/* a low value is good */
	assert_int_equal(instrument_capped(wells, EVIDENCE_STATED, 0), 1);
	assert_int_equal(instrument_capped(wells, EVIDENCE_STATED, 2), 2);
}

static void
test_without_a_cap_every_answer_stands(void **state)
{
	struct fixture *f = *state;
	struct instrument wells;

	assert_int_equal(sample_read(&f->arena, SAMPLE_NAME SAMPLE_ABOUT
	    SAMPLE_SCALE SAMPLE_GROUPS SAMPLE_TRACKS SAMPLE_DIMENSIONS,
	    &f->faults, &wells), OK);
	assert_int_equal(instrument_capped(&wells, EVIDENCE_NONE, 2), 2);
}

#define ONE_DIMENSION "dimensions:\n" \
	"  - id: \"1\"\n    principle: \"1\"\n    items:\n"
#define BOTH "\"short\", \"full\""
#define ENOUGH ONE_DIMENSION SAMPLE_ITEM("1.1", "\"care\", \"money\"", BOTH)

static const struct {
	const char *text;
	const char *fault;	/* the first one */
} REFUSED[] = {
	{ SAMPLE_HEAD ENOUGH SAMPLE_ITEM("1.1", "\"care\"", BOTH),
	    "\"1.1\" stands here twice; the first is in line 42" },
	{ SAMPLE_HEAD ENOUGH SAMPLE_ITEM("1.2", "\"cares\"", BOTH),
	    "\"cares\" is in no vocabulary; did you mean \"care\"?" },
	{ SAMPLE_HEAD ENOUGH
	    SAMPLE_ITEM("1.2", "\"care\", \"care\"", BOTH),
	    "\"care\" stands here twice" },
	{ SAMPLE_HEAD ENOUGH SAMPLE_ITEM("1.2", "\"care\"", "\"shrt\""),
	    "\"shrt\" is no track of this instrument; did you mean"
	    " \"short\"?" },
	{ SAMPLE_HEAD ENOUGH "        public: " LABEL("Цэвэр үү?", "Clean?"),
	    "\"public\" and \"public_levels\" belong together" },
	{ SAMPLE_HEAD ENOUGH SAMPLE_PUBLIC "          - "
	    LABEL("Илүү", "More"),
	    "Item \"1.1\" has 4 levels, the scale 3" },
	{ SAMPLE_HEAD ONE_DIMENSION SAMPLE_ITEM("1.1", "\"care\"", BOTH),
	    "No item of the track \"short\" has the criterion \"money\"" },
	{ SAMPLE_HEAD "dimensions:\n  - id: \"1\"\n    principle: \"7\"\n"
	    "    items:\n" SAMPLE_ITEM("1.1", "\"care\", \"money\"", BOTH),
	    "The charter has no principle \"7\"" },
	{ SAMPLE_HEAD "dimensions:\n  - id: \"1\"\n    items:\n"
	    SAMPLE_ITEM("1.1", "\"care\", \"money\"", BOTH),
	    "A dimension needs a \"principle\" or a \"title\"" },
	{ SAMPLE_NAME SAMPLE_ABOUT SAMPLE_SCALE_HEAD
	    "    - value: 0\n      label: " LABEL("Үгүй", "No")
	    "    - value: 2\n      label: " LABEL("Тийм", "Yes")
	    "    - value: 1\n      label: " LABEL("Дунд", "Partly")
	    SAMPLE_GROUPS SAMPLE_TRACKS ENOUGH,
	    "The scale's level 1 is not on the scale or not above the one"
	    " before" },
	{ "name: \"wells\"\nedition: \"2026-2\"\n" SAMPLE_ABOUT SAMPLE_SCALE
	    SAMPLE_GROUPS SAMPLE_TRACKS ENOUGH,
	    "This is edition \"wells-2026-2\", but the file's name says"
	    " \"wells-2026-1\"" },
	{ SAMPLE_HEAD ENOUGH "        publik: 1\n",
	    "\"publik\" is not known here; did you mean \"public\"?" },
};

static void
test_what_is_wrong_is_told_with_its_line(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(REFUSED) / sizeof(REFUSED[0]); i++) {
		struct instrument wells = { 0 };
		const char *shown;

		content_faults_init(&f->faults, &f->arena);
		assert_int_equal(sample_read(&f->arena, REFUSED[i].text,
		    &f->faults, &wells), INVALID);
		assert_null(wells.name);
		shown = content_fault_show(&f->arena, LANGUAGE_EN,
		    &f->faults.items[0]);
		if (strstr(shown, REFUSED[i].fault) == NULL)
			fail_msg("%s, not %s", shown, REFUSED[i].fault);
		assert_memory_equal(shown, "wells.yaml:", 11);
		assert_true(f->faults.items[0].line > 0);
	}
}

static void
test_no_part_of_an_edition_may_be_missing(void **state)
{
	static const char *const PARTS[] = { SAMPLE_NAME, SAMPLE_ABOUT,
		SAMPLE_SCALE, SAMPLE_GROUPS, SAMPLE_TRACKS,
		SAMPLE_DIMENSIONS };
	enum { COUNT = sizeof(PARTS) / sizeof(PARTS[0]) };
	struct fixture *f = *state;

	for (size_t left_out = 0; left_out < COUNT; left_out++) {
		struct instrument wells;
		const char *text = "";

		for (size_t i = 0; i < COUNT; i++)
			if (i != left_out)
				text = arena_print(&f->arena, "%s%s", text,
				    PARTS[i]);
		assert_int_equal(sample_read(&f->arena, text, &f->faults,
		    &wells), INVALID);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_an_edition_is_read_whole),
		TEST(test_items_know_their_place_tracks_and_criteria),
		TEST(test_evidence_limits_an_answer),
		TEST(test_without_a_cap_every_answer_stands),
		TEST(test_what_is_wrong_is_told_with_its_line),
		TEST(test_no_part_of_an_edition_may_be_missing),
	};

	return cmocka_run_group_tests_name("instrument", tests, NULL, NULL);
}
