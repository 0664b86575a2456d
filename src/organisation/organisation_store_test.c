/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_test.h"

#include "base/time.h"
#include "organisation/member_store.h"
#include "organisation/organisation_store.h"
#include "organisation/pledge_store.h"
#include "organisation/search_store.h"
#include "people/person_store.h"
#include "text/collate.h"
#include "text/fold.h"

#include <sodium.h>
#include <string.h>

/* Organisations, their members and their pledges, on both engines. */

enum { NOON = 1795363200 };

struct step {
	struct store_test *t;
	struct organisation o;
	struct person_new person;
	struct invitation_new invitation;
	struct pledge pledge;
	struct charter_text text;
	enum organisation_role role;
	const char *once;
	int64_t organisation, who, id;
};

static const struct organisation EMPTY = { .slug = "", .name_mn = "",
	.name_en = "", .name_bichig = "", .registration = "",
	.legal_form = "public-benefit-ngo", .unit = "", .place = "",
	.field = "", .purpose_mn = "", .purpose_en = "", .website = "",
	.email = "", .phone = "", .standing = "registered", .source = "" };

static enum outcome
organisation_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return organisation_add(tx, &s->t->arena, &s->o, s->once, NOON,
	    &s->id);
}

static int64_t
make_organisation(struct store_test *t, const char *name, const char *unit)
{
	struct step s = { .t = t, .o = EMPTY };

	s.o.name_mn = name;
	s.o.unit = unit;
	assert_outcome(OK, store_write(t, organisation_add_step, &s));
	return s.id;
}

static void
test_an_organisation_gets_an_address_from_its_name(void **state)
{
	struct store_test *t = *state;
	int64_t first = make_organisation(t, "Цагаан гол", "MN-073");
	int64_t second = make_organisation(t, "“Цагаан гол”", "MN-067");
	int64_t third = make_organisation(t, "ᠴᠠᠭᠠᠨ", "");
	struct organisation o;

	assert_outcome(OK, organisation_find(t->db, &t->arena, first, &o));
	assert_string_equal(o.slug, "tsagaan-gol");
	assert_string_equal(o.registration, "");
	assert_string_equal(o.unit, "MN-073");
	assert_int_equal(o.version, 1);
	assert_outcome(OK, organisation_find(t->db, &t->arena, second, &o));
	assert_string_equal(o.slug, "tsagaan-gol-2");
	assert_outcome(OK, organisation_find(t->db, &t->arena, third, &o));
	assert_string_equal(o.slug, "organisation");
}

static void
test_sending_a_form_twice_makes_one_organisation(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .o = EMPTY, .once = "k3f9" };
	int64_t first;

	s.o.name_mn = "Хөх тал сан";
	assert_outcome(OK, store_write(t, organisation_add_step, &s));
	first = s.id;
	assert_outcome(OK, store_write(t, organisation_add_step, &s));
	assert_int_equal(s.id, first);
	assert_int_equal(store_int(t, "SELECT count(*) FROM organisation"
	    " WHERE id >= $1", db_int(0)), 1);
}

static void
test_a_registration_number_belongs_to_one(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .o = EMPTY };
	int64_t id;

	s.o.name_mn = "Хөх тал сан";
	s.o.registration = "9012345";
	assert_outcome(OK, store_write(t, organisation_add_step, &s));
	assert_outcome(OK, organisation_find_registration(t->db, &t->arena,
	    "9012345", &id));
	assert_int_equal(id, s.id);
	s.o.name_mn = "Ногоон тал сан";
	assert_outcome(CONFLICT, store_write(t, organisation_add_step, &s));
	make_organisation(t, "Номин нуур", "");
	make_organisation(t, "Номин нуур хоршоо", "");
}

static struct organisation_row_list
search(struct store_test *t, const char *words, const char *unit)
{
	const struct organisation_search wanted = {
		.folded = fold_search(&t->arena, words), .unit = unit,
		.standing = "", .legal_form = "", .page = 1 };
	struct organisation_row_list list;

	assert_outcome(OK, organisation_search_list(t->db, &t->arena, &wanted,
	    &list));
	return list;
}

static void
test_names_are_found_however_they_are_typed(void **state)
{
	static const char *const typed[] = { "Өвөрхангай", "өвөрхангайн ус",
		"Оворхангай", "Uvurkhangai", "Övörkhangai", "ovorhangai",
		"хангайн" };
	struct store_test *t = *state;

	make_organisation(t, "Өвөрхангайн ус", "MN-055");
	make_organisation(t, "Цагаан гол", "MN-073");
	for (size_t i = 0; i < sizeof(typed) / sizeof(typed[0]); i++)
		if (search(t, typed[i], "").count != 1)
			fail_msg("\"%s\" found nothing", typed[i]);
	assert_int_equal(search(t, "ус", "").count, 0); /* not a prefix */
	assert_int_equal(search(t, "ов", "").count, 1);
	assert_int_equal(search(t, "О", "").count, 1);
	assert_int_equal(search(t, "Дорнод", "").count, 0);
}

static void
test_lists_are_by_name_and_filtered(void **state)
{
	struct store_test *t = *state;
	struct organisation_row_list list;

	make_organisation(t, "Үүлэн бор", "MN-073");
	make_organisation(t, "Уулын эрх", "MN-073");
	make_organisation(t, "Ёл шувуу", "MN-046");
	make_organisation(t, "Ерөөл", "MN-046");
	list = search(t, "", "");
	assert_int_equal(list.count, 4);
	assert_string_equal(list.items[0].name.text[LANGUAGE_MN], "Ерөөл");
	assert_string_equal(list.items[1].name.text[LANGUAGE_MN], "Ёл шувуу");
	assert_string_equal(list.items[3].name.text[LANGUAGE_MN], "Үүлэн бор");
	assert_int_equal(search(t, "", "MN-046").count, 2);
	assert_int_equal(search(t, "ерө", "MN-046").count, 1);
	assert_int_equal(search(t, "ерө", "MN-073").count, 0);
}

static void
test_counts_come_apart_by_what_can_be_filtered(void **state)
{
	struct store_test *t = *state;
	struct organisation_search all = { .folded = "", .unit = "",
		.standing = "", .legal_form = "", .page = 1 };
	struct organisation_count_list list;

	make_organisation(t, "Уулын эрх", "MN-073");
	make_organisation(t, "Уулын гол", "MN-073");
	make_organisation(t, "Ерөөл", "MN-046");
	assert_outcome(OK, organisation_search_count(t->db, &t->arena, &all,
	    &list));
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[0].count + list.items[1].count, 3);
	all.folded = fold_search(&t->arena, "уулын");
	assert_outcome(OK, organisation_search_count(t->db, &t->arena, &all,
	    &list));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].count, 2);
	all.folded = fold_search(&t->arena, "е");
	assert_outcome(OK, organisation_search_count(t->db, &t->arena, &all,
	    &list));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].unit, "MN-046");
}

static void
test_a_word_nearly_right_finds_what_was_meant(void **state)
{
	struct store_test *t = *state;
	struct organisation_row_list list;

	make_organisation(t, "Баянхонгор усны хоршоо", "MN-069");
	make_organisation(t, "Цагаан гол", "MN-073");
	assert_int_equal(search(t, "Баянхонгорр усни", "").count, 0);
	assert_outcome(OK, organisation_search_near(t->db, &t->arena,
	    fold_search(&t->arena, "Баянхонгорр усни"), &list));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].unit, "MN-069");
	assert_outcome(OK, organisation_search_near(t->db, &t->arena, "ab",
	    &list));
	assert_int_equal(list.count, 0);
}

static enum outcome
organisation_change_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return organisation_change(tx, &s->t->arena, &s->o, NOON + 1);
}

static void
test_a_changed_name_is_found_and_the_old_one_is_not(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t };
	int64_t id = make_organisation(t, "Цагаан гол", "MN-073");

	assert_outcome(OK, organisation_find(t->db, &t->arena, id, &s.o));
	s.o.name_mn = "Ногоон тал";
	assert_outcome(OK, store_write(t, organisation_change_step, &s));
	assert_int_equal(search(t, "ногоон", "").count, 1);
	assert_int_equal(search(t, "цагаан", "").count, 0);
	assert_outcome(CONFLICT, store_write(t, organisation_change_step, &s));
	assert_outcome(OK, organisation_find(t->db, &t->arena, id, &s.o));
	assert_string_equal(s.o.slug, "tsagaan-gol");
	assert_int_equal(s.o.version, 2);
}

static enum outcome
person_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return person_add(tx, &s->t->arena, &s->person, &s->who);
}

static enum outcome
member_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return member_add(tx, &s->t->arena, s->organisation, s->who, s->role,
	    NOON);
}

static enum outcome
member_remove_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return member_remove(tx, &s->t->arena, s->organisation, s->who);
}

static int64_t
make_member(struct store_test *t, int64_t organisation, const char *email,
    enum organisation_role role)
{
	struct step s = { .t = t, .organisation = organisation, .role = role,
		.person = { .email = email, .name = email, .patronymic = "",
		    .now = NOON } };

	assert_outcome(OK, store_write(t, person_add_step, &s));
	assert_outcome(OK, store_write(t, member_add_step, &s));
	return s.who;
}

static void
test_the_address_tells_the_askers_role(void **state)
{
	struct store_test *t = *state;
	int64_t ours = make_organisation(t, "Цагаан гол", "");
	int64_t theirs = make_organisation(t, "Хөх тал", "");
	int64_t person = make_member(t, ours, "s@example.mn", ROLE_EDITOR);
	struct request_organisation found;

	assert_outcome(OK, organisation_find_for(t->db, &t->arena,
	    "tsagaan-gol", person, &found));
	assert_int_equal(found.id, ours);
	assert_int_equal(found.role, ROLE_EDITOR);
	assert_outcome(OK, organisation_find_for(t->db, &t->arena,
	    "khokh-tal", person, &found));
	assert_int_equal(found.id, theirs);
	assert_int_equal(found.role, ROLE_NONE);
	assert_outcome(OK, organisation_find_for(t->db, &t->arena,
	    "tsagaan-gol", 0, &found));
	assert_int_equal(found.role, ROLE_NONE);
	assert_outcome(NOT_FOUND, organisation_find_for(t->db, &t->arena,
	    "no-such", person, &found));
}

static void
test_members_are_listed_changed_and_removed_within_one(void **state)
{
	struct store_test *t = *state;
	int64_t ours = make_organisation(t, "Цагаан гол", "");
	int64_t theirs = make_organisation(t, "Хөх тал", "");
	struct step s = { .t = t, .organisation = ours,
		.role = ROLE_ADMINISTRATOR };
	struct member_list list;
	int64_t others = 0;

	make_member(t, ours, "a@example.mn", ROLE_ADMINISTRATOR);
	s.who = make_member(t, ours, "b@example.mn", ROLE_RATER);
	make_member(t, theirs, "c@example.mn", ROLE_ADMINISTRATOR);
	assert_outcome(OK, member_list(t->db, &t->arena, ours, &list));
	assert_int_equal(list.count, 2);
	assert_int_equal(list.items[1].role, ROLE_RATER);
	assert_outcome(OK, store_write(t, member_add_step, &s));
	assert_outcome(OK, member_other_administrators(t->db, &t->arena, ours,
	    s.who, &others));
	assert_int_equal(others, 1);
	s.organisation = theirs;
	assert_outcome(NOT_FOUND, store_write(t, member_remove_step, &s));
	s.organisation = ours;
	assert_outcome(OK, store_write(t, member_remove_step, &s));
	assert_outcome(OK, member_list(t->db, &t->arena, ours, &list));
	assert_int_equal(list.count, 1);
}

static enum outcome
member_change_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return member_change(tx, &s->t->arena, s->organisation, s->who,
	    s->role);
}

static void
test_an_invitation_never_lowers_a_role(void **state)
{
	struct store_test *t = *state;
	int64_t ours = make_organisation(t, "Цагаан гол", "");
	struct step s = { .t = t, .organisation = ours,
		.role = ROLE_ADMINISTRATOR };
	struct member member;

	s.who = make_member(t, ours, "a@example.mn", ROLE_EDITOR);
	assert_outcome(OK, store_write(t, member_add_step, &s));
	s.role = ROLE_VIEWER;
	assert_outcome(OK, store_write(t, member_add_step, &s));
	assert_outcome(OK, member_find(t->db, &t->arena, ours, s.who,
	    &member));
	assert_int_equal(member.role, ROLE_ADMINISTRATOR);
	assert_outcome(OK, store_write(t, member_change_step, &s));
	assert_outcome(OK, member_find(t->db, &t->arena, ours, s.who,
	    &member));
	assert_int_equal(member.role, ROLE_VIEWER);
	s.organisation = make_organisation(t, "Хөх тал", "");
	assert_outcome(NOT_FOUND, store_write(t, member_change_step, &s));
}

static void
test_somebody_may_work_in_two_organisations(void **state)
{
	struct store_test *t = *state;
	int64_t first = make_organisation(t, "Цагаан гол", "");
	int64_t second = make_organisation(t, "Хөх тал", "");
	struct step s = { .t = t, .organisation = second,
		.role = ROLE_VIEWER };
	struct workplace_list list;

	s.who = make_member(t, first, "a@example.mn", ROLE_ADMINISTRATOR);
	assert_outcome(OK, store_write(t, member_add_step, &s));
	assert_outcome(OK, workplace_list(t->db, &t->arena, s.who, &list));
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0].slug, "khokh-tal");
	assert_int_equal(list.items[0].role, ROLE_VIEWER);
	assert_int_equal(list.items[1].role, ROLE_ADMINISTRATOR);
}

static enum outcome
invitation_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return invitation_add(tx, &s->t->arena, &s->invitation);
}

static enum outcome
invitation_accept_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return invitation_accept(tx, &s->t->arena, s->id, NOON);
}

static void
test_an_invitation_is_good_once_and_for_two_weeks(void **state)
{
	struct store_test *t = *state;
	struct token token = token_new();
	int64_t ours = make_organisation(t, "Цагаан гол", "");
	struct step s = { .t = t, .invitation = { .organisation = ours,
		.role = "editor", .email = "b@example.mn", .once = "x1",
		.hash = token.hash, .now = NOON } };
	struct invitation found;
	struct invitation_list list;
	int64_t end = NOON + INVITATION_DAYS * DAY_SECONDS;

	assert_outcome(OK, store_write(t, invitation_add_step, &s));
	assert_outcome(CONFLICT, store_write(t, invitation_add_step, &s));
	assert_outcome(OK, invitation_find(t->db, &t->arena, token.hash,
	    end - 1, &found));
	assert_string_equal(found.slug, "tsagaan-gol");
	assert_string_equal(found.role, "editor");
	assert_outcome(NOT_FOUND, invitation_find(t->db, &t->arena, token.hash,
	    end, &found));
	assert_outcome(OK, invitation_list(t->db, &t->arena, ours, NOON,
	    &list));
	assert_int_equal(list.count, 1);
	s.id = found.id;
	assert_outcome(OK, store_write(t, invitation_accept_step, &s));
	assert_outcome(CONFLICT, store_write(t, invitation_accept_step, &s));
	assert_outcome(NOT_FOUND, invitation_find(t->db, &t->arena, token.hash,
	    NOON, &found));
}

static void
test_an_invitation_to_the_coalition_has_no_organisation(void **state)
{
	struct store_test *t = *state;
	struct token token = token_new();
	struct step s = { .t = t, .invitation = { .role = "moderator",
		.email = "m@example.mn", .hash = token.hash, .now = NOON } };
	struct invitation found;

	assert_outcome(OK, store_write(t, invitation_add_step, &s));
	assert_outcome(OK, invitation_find(t->db, &t->arena, token.hash, NOON,
	    &found));
	assert_int_equal(found.organisation, 0);
	assert_string_equal(found.slug, "");
}

static enum outcome
text_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return charter_text_add(tx, &s->t->arena, &s->text);
}

static enum outcome
add_text(struct store_test *t, const char *edition, enum language language,
    const char *body, int64_t imported)
{
	struct step s = { .t = t, .text = { .edition = edition,
		.language = language, .title = "Зарчим", .body = body,
		.imported = imported } };

	return store_write(t, text_add_step, &s);
}

static void
test_the_newest_edition_is_shown_in_the_readers_language(void **state)
{
	struct store_test *t = *state;
	struct charter_text text;

	assert_outcome(NOT_FOUND, charter_text_find(t->db, &t->arena,
	    LANGUAGE_MN, &text));
	assert_outcome(OK, add_text(t, "2025", LANGUAGE_MN, "нэг", NOON));
	assert_outcome(OK, add_text(t, "2026", LANGUAGE_MN, "хоёр", NOON + 1));
	assert_outcome(OK, add_text(t, "2025", LANGUAGE_EN, "one", NOON + 2));
	assert_outcome(OK, charter_text_find(t->db, &t->arena, LANGUAGE_EN,
	    &text));
	assert_string_equal(text.body, "хоёр");
	assert_int_equal(text.language, LANGUAGE_MN);
	assert_outcome(CONFLICT, add_text(t, "2026", LANGUAGE_MN, "гурав",
	    NOON + 3));
	assert_outcome(OK, add_text(t, "2026", LANGUAGE_EN, "two", NOON + 3));
	assert_outcome(OK, charter_text_find(t->db, &t->arena, LANGUAGE_EN,
	    &text));
	assert_string_equal(text.body, "two");
}

static enum outcome
pledge_step(struct tx *tx, void *arg)
{
	struct step *s = arg;
	enum outcome got = pledge_add(tx, &s->t->arena, s->organisation,
	    &s->pledge, s->once);

	return got == OK ? organisation_join(tx, &s->t->arena,
	    s->organisation, s->pledge.day, NOON) : got;
}

static void
test_a_pledge_makes_a_member_and_keeps_the_first_day(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .once = "p1", .pledge = { .edition = "2026",
		.signed_by = "Сарнай, захирал", .day = 20000,
		.expires = 20730 } };
	struct organisation o;
	struct pledge pledge;

	s.organisation = make_organisation(t, "Цагаан гол", "");
	assert_outcome(NOT_FOUND, pledge_find(t->db, &t->arena,
	    s.organisation, &pledge));
	assert_outcome(OK, store_write(t, pledge_step, &s));
	s.once = "p2";
	s.pledge.day = 20700;
	assert_outcome(OK, store_write(t, pledge_step, &s));
	assert_outcome(OK, pledge_find(t->db, &t->arena, s.organisation,
	    &pledge));
	assert_int_equal(pledge.day, 20700);
	assert_outcome(OK, organisation_find(t->db, &t->arena,
	    s.organisation, &o));
	assert_string_equal(o.standing, "member");
	assert_int_equal(o.joined, 20000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(
		    test_an_organisation_gets_an_address_from_its_name),
		store_unit_test(
		    test_sending_a_form_twice_makes_one_organisation),
		store_unit_test(test_a_registration_number_belongs_to_one),
		store_unit_test(test_names_are_found_however_they_are_typed),
		store_unit_test(test_lists_are_by_name_and_filtered),
		store_unit_test(
		    test_counts_come_apart_by_what_can_be_filtered),
		store_unit_test(test_a_word_nearly_right_finds_what_was_meant),
		store_unit_test(
		    test_a_changed_name_is_found_and_the_old_one_is_not),
		store_unit_test(test_the_address_tells_the_askers_role),
		store_unit_test(
		    test_members_are_listed_changed_and_removed_within_one),
		store_unit_test(test_an_invitation_never_lowers_a_role),
		store_unit_test(test_somebody_may_work_in_two_organisations),
		store_unit_test(
		    test_an_invitation_is_good_once_and_for_two_weeks),
		store_unit_test(
		    test_an_invitation_to_the_coalition_has_no_organisation),
		store_unit_test(
		    test_the_newest_edition_is_shown_in_the_readers_language),
		store_unit_test(
		    test_a_pledge_makes_a_member_and_keeps_the_first_day),
	};

	if (sodium_init() < 0 || collate_open() != OK)
		return 1;
	return store_tests_run("organisation_store", tests);
}
