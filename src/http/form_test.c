/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/form.h"

#include "http/private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

static const struct choice KINDS[] = {
	{ "dug", "Dug", NULL }, { "drilled", "Drilled", NULL },
	{ "spring", "Spring", NULL }, { 0 }
};
static const struct field WELL[] = {
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 2, 20, "Name", "As on the map",
	    NULL, NULL },
	{ "depth", FIELD_NUMBER, 0, 1, 300, "Depth", NULL, NULL, NULL },
	{ "kind", FIELD_CHOICE, 0, 0, 0, "Kind", NULL, KINDS, NULL },
	{ "uses", FIELD_CHOICES, 0, 0, 0, "Uses", NULL, KINDS, NULL },
	{ "owner", FIELD_SELECT, 0, 0, 0, "Owner", NULL, NULL, NULL },
	{ "secret", FIELD_PASSWORD, 0, 0, 0, "Password", NULL, NULL, NULL },
	{ 0 }
};

struct asked {
	struct request rq;
	struct request_private private;
	struct form form;
};

static int
setup(void **state)
{
	static struct asked asked;

	asked = (struct asked){ .rq = { .language = LANGUAGE_EN } };
	asked.rq.private = &asked.private;
	arena_init(&asked.rq.arena, ARENA_LIMIT);
	*state = &asked;
	return 0;
}

static int
teardown(void **state)
{
	struct asked *asked = *state;

	arena_done(&asked->rq.arena);
	return 0;
}

/* The form as it is read from this body. */
static struct form *
form_of(struct asked *asked, const char *body)
{
	assert_int_equal(OK, address_fields_parse(&asked->rq.arena, body,
	    strlen(body), &asked->private.fields));
	form_open(&asked->rq, &asked->form, WELL);
	form_read(&asked->rq, &asked->form);
	return &asked->form;
}

static void
test_an_empty_form_shows_its_table(void **state)
{
	struct asked *asked = *state;
	struct form form;

	form_open(&asked->rq, &form, WELL);
	assert_int_equal(6, form.fields.count);
	assert_int_equal(32, strlen(form.once));
	assert_int_equal(0, form.version);
	assert_string_equal("", form_find(&form, "name")->typed);
	assert_string_equal("name-hint", form_find(&form, "name")->described);
	assert_true(form_find(&form, "name")->required);
	assert_int_equal(3, form_find(&form, "kind")->choices.count);
	assert_int_equal(0, form_find(&form, "owner")->choices.count);
	assert_false(form_given(&form, "name"));
}

static void
test_what_was_typed_is_read_and_kept(void **state)
{
	struct form *form = form_of(*state, "name=+Bayan+&depth=42&kind=dug"
	    "&uses=dug&uses=spring&once=abc&version=3&other=x");

	assert_int_equal(0, form->errors.count);
	assert_string_equal("Bayan", form_text(form, "name"));
	assert_string_equal(" Bayan ", form_find(form, "name")->typed);
	assert_int_equal(42, form_number(form, "depth"));
	assert_string_equal("dug spring", form_text(form, "uses"));
	assert_true(form_find(form, "uses")->choices.items[0].chosen);
	assert_false(form_find(form, "uses")->choices.items[1].chosen);
	assert_true(form_find(form, "uses")->choices.items[2].chosen);
	assert_true(form_find(form, "kind")->choices.items[0].chosen);
	assert_string_equal("abc", form->once);
	assert_int_equal(3, form->version);
}

static void
test_mistakes_stand_beside_their_fields_and_in_order(void **state)
{
	struct form *form = form_of(*state, "name=x&depth=deep&kind=steel"
	    "&uses=dug&uses=steel");

	assert_int_equal(4, form->errors.count);
	assert_string_equal("name", form->errors.items[0].name);
	assert_string_equal("depth", form->errors.items[1].name);
	assert_string_equal("kind", form->errors.items[2].name);
	assert_string_equal("uses", form->errors.items[3].name);
	assert_string_equal("name-error name-hint",
	    form_find(form, "name")->described);
	assert_string_equal("depth-error", form_find(form, "depth")->described);
	assert_string_equal("deep", form_find(form, "depth")->typed);
}

static void
test_a_blank_cannot_join_two_choices_into_one(void **state)
{
	assert_int_equal(1, form_of(*state,
	    "name=Bayan&uses=dug+spring")->errors.count);
}

static void
test_a_password_is_never_shown_again(void **state)
{
	struct form *form = form_of(*state, "name=x&secret=seven+words+here");

	assert_string_equal("seven words here", form_text(form, "secret"));
	assert_string_equal("", form_find(form, "secret")->typed);
}

static void
test_choices_may_come_from_elsewhere(void **state)
{
	struct asked *asked = *state;
	struct form_choice owners[] = { { "7", "Bayan", NULL, false } };
	const struct form_choices choices = { owners, 1 };
	const char *body = "name=Bayan&owner=8";

	assert_int_equal(OK, address_fields_parse(&asked->rq.arena, body,
	    strlen(body), &asked->private.fields));
	form_open(&asked->rq, &asked->form, WELL);
	form_choose_from(&asked->form, "owner", &choices);
	form_read(&asked->rq, &asked->form);
	assert_int_equal(1, asked->form.errors.count);
	assert_string_equal("owner", asked->form.errors.items[0].name);
}

static void
test_numbers_that_guard_a_form_are_never_believed(void **state)
{
	struct asked *asked = *state;
	static const struct {
		const char *body;
		int64_t version;
	} cases[] = {
		{ "version=", 0 }, { "version=-1", 0 }, { "version=x", 0 },
		{ "version=007", 7 }, { "version=1x", 1 },
		{ "version=9223372036854775808", 922337203685477580 },
		{ "", 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct form *form;

		asked->private.fields = (struct address_fields){ 0 };
		form = form_of(asked, cases[i].body);
		assert_true(form->version <= cases[i].version);
		assert_true(form->version >= 0);
		assert_int_equal(32, strlen(form->once));
	}
	form_of(asked, "once=0123456789012345678901234567890123456789"
	    "0123456789012345678901234");
	assert_int_equal(32, strlen(asked->form.once));
}

static void
test_many_long_choices_stay_within_the_arena(void **state)
{
	struct asked *asked = *state;
	AUTO_BUFFER struct buffer body = { 0 };

	buffer_add_text(&body, "name=Bayan");
	for (int i = 0; i < FIELDS_MOST - 1; i++)
		buffer_print(&body, "&uses=%0420d", i);
	assert_true(body.size <= BODY_MOST);
	form_of(asked, buffer_text(&body));
	assert_true(asked->rq.arena.used < ARENA_LIMIT / 8);
	assert_int_equal(1, asked->form.errors.count);
}

static void
test_a_conflict_shows_what_differs(void **state)
{
	struct asked *asked = *state;
	struct form stored;
	struct form *mine = form_of(asked, "name=Bayan&depth=42&version=3");

	form_open(&asked->rq, &stored, WELL);
	form_fill_text(&stored, "name", "Bayan");
	form_fill_number(&asked->rq, &stored, "depth", 43);
	stored.version = 4;
	form_conflict(&asked->rq, mine, &stored);
	assert_int_equal(1, mine->conflict.count);
	assert_string_equal("42", mine->conflict.items[0].yours);
	assert_string_equal("43", mine->conflict.items[0].theirs);
	assert_int_equal(4, mine->version);
	assert_string_equal("42", form_find(mine, "depth")->typed);
}

#define form_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		form_test(test_an_empty_form_shows_its_table),
		form_test(test_what_was_typed_is_read_and_kept),
		form_test(test_mistakes_stand_beside_their_fields_and_in_order),
		form_test(test_a_blank_cannot_join_two_choices_into_one),
		form_test(test_a_password_is_never_shown_again),
		form_test(test_choices_may_come_from_elsewhere),
		form_test(test_numbers_that_guard_a_form_are_never_believed),
		form_test(test_many_long_choices_stay_within_the_arena),
		form_test(test_a_conflict_shows_what_differs),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
