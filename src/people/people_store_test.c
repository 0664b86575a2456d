/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_test.h"

#include "base/time.h"
#include "people/link_store.h"
#include "people/mail.h"
#include "people/person_store.h"
#include "people/session_store.h"
#include "people/sign_in.h"
#include "setting/setting_store.h"
#include "text/collate.h"

#include <sodium.h>
#include <string.h>

/* Accounts, sessions and signing in, on both engines. */

enum { NOON = 1795363200 };

/* One write of a test: whatever it needs. */
struct step {
	struct store_test *t;
	int64_t person, other, number;
	const void *bytes;
	const char *text;
	struct person_new new;
};

static enum outcome
person_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return person_add(tx, &s->t->arena, &s->new, &s->person);
}

static const struct person_key KEY = { .salt = "salt of sixteen",
	.verifier = "verifier of thirty-two bytes ok" };

static int64_t
make_person(struct store_test *t, const char *email)
{
	struct step s = { .t = t, .new = { .email = email, .name = "Сарнай",
		.patronymic = "Эрдэнэ", .language = LANGUAGE_MN,
		.password = &KEY, .now = NOON } };

	assert_outcome(OK, store_write(t, person_add_step, &s));
	return s.person;
}

static void
test_somebody_is_found_by_address(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn");
	struct person person;

	assert_outcome(OK, person_find_by_email(t->db, &t->arena,
	    "sarnai@example.mn", &person));
	assert_int_equal(person.id, id);
	assert_string_equal(person.name, "Сарнай");
	assert_int_equal(person.language, LANGUAGE_MN);
	assert_true(person.has_password);
	assert_false(person.has_recovery);
	assert_false(person.has_code);
	assert_outcome(NOT_FOUND, person_find_by_email(t->db, &t->arena,
	    "bat@example.mn", &person));
	assert_outcome(NOT_FOUND, person_find(t->db, &t->arena, id + 1,
	    &person));
}

static void
test_an_address_has_one_account(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .new = { .email = "sarnai@example.mn",
		.name = "Бат", .patronymic = "", .now = NOON } };

	make_person(t, "sarnai@example.mn");
	assert_outcome(CONFLICT, store_write(t, person_add_step, &s));
}

static enum outcome
person_change_step(struct tx *tx, void *arg)
{
	struct step *s = arg;
	const struct person changed = { .id = s->person, .name = "Сарнайцэцэг",
		.patronymic = "", .language = LANGUAGE_EN,
		.version = s->number };

	return person_change(tx, &s->t->arena, &changed);
}

static void
test_the_second_of_two_editors_gets_a_conflict(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .number = 1,
		.person = make_person(t, "sarnai@example.mn") };
	struct person person;

	assert_outcome(OK, store_write(t, person_change_step, &s));
	assert_outcome(CONFLICT, store_write(t, person_change_step, &s));
	assert_outcome(OK, person_find(t->db, &t->arena, s.person, &person));
	assert_string_equal(person.name, "Сарнайцэцэг");
	assert_int_equal(person.version, 2);
	assert_int_equal(person.language, LANGUAGE_EN);
}

static enum outcome
sign_in_step(struct tx *tx, void *arg)
{
	return sign_in_write(tx, arg);
}

static enum outcome
code_step(struct tx *tx, void *arg)
{
	return sign_in_code_write(tx, arg);
}

/* Signs in with the right or a wrong password at an instant. */
static enum sign_in_result
sign_in(struct store_test *t, int64_t person, bool right, int64_t now)
{
	struct sign_in s = { .arena = &t->arena, .person = person,
		.browser = "Firefox, Linux", .now = now,
		.token = token_new() };

	memcpy(s.key, KEY.verifier, sizeof(s.key));
	s.key[0] = (uint8_t)(right ? s.key[0] : s.key[0] ^ 1);
	assert_outcome(OK, store_write(t, sign_in_step, &s));
	return s.result;
}

static void
test_a_right_password_signs_in_and_a_wrong_one_does_not(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn");

	assert_int_equal(sign_in(t, id, true, NOON), SIGN_IN_DONE);
	assert_int_equal(sign_in(t, id, false, NOON), SIGN_IN_REFUSED);
	assert_int_equal(store_int(t, "SELECT count(*) FROM session"
	    " WHERE person = $1", db_int(id)), 1);
}

static void
test_after_five_failures_even_the_right_password_waits(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn");

	for (int i = 0; i < 5; i++)
		assert_int_equal(sign_in(t, id, false, NOON + i),
		    SIGN_IN_REFUSED);
	assert_int_equal(sign_in(t, id, true, NOON + 5), SIGN_IN_REFUSED);
	assert_int_equal(sign_in(t, id, true, NOON + 33), SIGN_IN_REFUSED);
	assert_int_equal(sign_in(t, id, true, NOON + 34), SIGN_IN_DONE);
	assert_int_equal(store_int(t, "SELECT tries FROM person WHERE id = $1",
	    db_int(id)), 0);
}

static void
test_tries_while_waiting_do_not_lengthen_the_wait(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn");

	for (int i = 0; i < 60; i++)
		sign_in(t, id, false, NOON);
	assert_int_equal(store_int(t, "SELECT tries FROM person WHERE id = $1",
	    db_int(id)), 5);
	assert_int_equal(sign_in(t, id, true, NOON + 30), SIGN_IN_DONE);
}

static void
test_an_unknown_address_writes_as_a_wrong_password_does(void **state)
{
	struct store_test *t = *state;

	assert_int_equal(sign_in(t, 0, true, NOON), SIGN_IN_REFUSED);
	assert_int_equal(sign_in(t, 0, true, NOON), SIGN_IN_REFUSED);
	assert_int_equal(store_int(t, "SELECT tries FROM stranger"
	    " WHERE day = $1", db_int(day_of(NOON))), 2);
}

static enum outcome
code_on_step(struct tx *tx, void *arg)
{
	struct step *s = arg;
	uint8_t sealed[VAULT_SEALED_TOTP] = { 1 };

	return person_set_code(tx, &s->t->arena, s->person, sealed, 100);
}

static enum sign_in_result
enter_code(struct store_test *t, int64_t person, int64_t waiting,
    int64_t step)
{
	struct sign_in_code s = { .arena = &t->arena, .person = person,
		.waiting = waiting, .right = true, .step = step,
		.browser = "", .now = NOON, .token = token_new() };

	assert_outcome(OK, store_write(t, code_step, &s));
	return s.result;
}

static void
test_with_a_second_step_the_password_alone_opens_nothing(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn"), waiting;
	struct step s = { .t = t, .person = id };
	struct session_list list;

	assert_outcome(OK, store_write(t, code_on_step, &s));
	assert_int_equal(sign_in(t, id, true, NOON), SIGN_IN_CODE);
	assert_outcome(OK, session_list(t->db, &t->arena, id, NOON, &list));
	assert_int_equal(list.count, 0);
	waiting = store_int(t, "SELECT id FROM session WHERE person = $1",
	    db_int(id));
	assert_int_equal(enter_code(t, id, waiting, 101), SIGN_IN_DONE);
	assert_outcome(OK, session_list(t->db, &t->arena, id, NOON, &list));
	assert_int_equal(list.count, 1);
	assert_int_equal(store_int(t, "SELECT count(*) FROM session"
	    " WHERE person = $1 AND complete = 0", db_int(id)), 0);
}

static void
test_a_code_works_once(void **state)
{
	struct store_test *t = *state;
	int64_t id = make_person(t, "sarnai@example.mn"), waiting;
	struct step s = { .t = t, .person = id };

	assert_outcome(OK, store_write(t, code_on_step, &s));
	sign_in(t, id, true, NOON);
	waiting = store_int(t, "SELECT id FROM session WHERE person = $1",
	    db_int(id));
	assert_int_equal(enter_code(t, id, waiting, 100), SIGN_IN_REFUSED);
	assert_int_equal(enter_code(t, id, waiting, 101), SIGN_IN_DONE);
	sign_in(t, id, true, NOON);
	waiting = store_int(t, "SELECT id FROM session WHERE person = $1"
	    " AND complete = 0", db_int(id));
	assert_int_equal(enter_code(t, id, waiting, 101), SIGN_IN_REFUSED);
}

struct session_step {
	struct store_test *t;
	struct session_new new;
	int64_t session;
};

static enum outcome
session_add_step(struct tx *tx, void *arg)
{
	struct session_step *s = arg;

	return session_add(tx, &s->t->arena, &s->new, &s->session);
}

static int64_t
make_session(struct store_test *t, int64_t person, const struct token *token)
{
	struct session_step s = { .t = t, .new = { .person = person,
		.hash = token->hash, .browser = "Chrome, Android",
		.complete = true, .now = NOON } };

	assert_outcome(OK, store_write(t, session_add_step, &s));
	return s.session;
}

static enum outcome
right_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;
	enum outcome got = right_add(tx, &s->t->arena, s->person,
	    RIGHT_COORDINATOR);

	return got == OK ? right_add(tx, &s->t->arena, s->person,
	    RIGHT_COORDINATOR) : got;
}

static void
test_a_session_knows_its_owner_and_their_rights(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .person = make_person(t, "s@example.mn") };
	struct token token = token_new(), other = token_new();
	struct session_owner owner;

	assert_outcome(OK, store_write(t, right_add_step, &s));
	make_session(t, s.person, &token);
	assert_outcome(OK, session_find(t->db, &t->arena, token.hash, true,
	    NOON, &owner));
	assert_int_equal(owner.person, s.person);
	assert_int_equal(owner.rights, RIGHT_COORDINATOR);
	assert_outcome(NOT_FOUND, session_find(t->db, &t->arena, token.hash,
	    false, NOON, &owner));
	assert_outcome(NOT_FOUND, session_find(t->db, &t->arena, other.hash,
	    true, NOON, &owner));
}

static enum outcome
right_remove_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return right_remove(tx, &s->t->arena, s->person, RIGHT_COORDINATOR);
}

static void
test_rights_are_listed_and_taken_away(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .person = make_person(t, "s@example.mn") };
	struct right_holders list;

	assert_outcome(OK, store_write(t, right_add_step, &s));
	assert_outcome(OK, right_list(t->db, &t->arena, &list));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].person, s.person);
	assert_int_equal(list.items[0].right, RIGHT_COORDINATOR);
	assert_outcome(OK, store_write(t, right_remove_step, &s));
	assert_outcome(OK, right_list(t->db, &t->arena, &list));
	assert_int_equal(list.count, 0);
}

static enum outcome
session_see_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return session_see(tx, &s->t->arena, s->other, s->number);
}

static void
test_a_session_ends_when_idle_or_old(void **state)
{
	struct store_test *t = *state;
	int64_t person = make_person(t, "s@example.mn");
	struct token token = token_new();
	struct step s = { .t = t, .other = make_session(t, person, &token) };
	struct session_owner owner;
	int64_t idle = NOON + SESSION_IDLE, old = NOON + SESSION_MOST;

	assert_outcome(NOT_FOUND, session_find(t->db, &t->arena, token.hash,
	    true, idle, &owner));
	for (s.number = NOON; s.number < old; s.number += SESSION_IDLE / 2)
		assert_outcome(OK, store_write(t, session_see_step, &s));
	assert_outcome(OK, session_find(t->db, &t->arena, token.hash, true,
	    old - 1, &owner));
	assert_outcome(NOT_FOUND, session_find(t->db, &t->arena, token.hash,
	    true, old, &owner));
}

static enum outcome
session_remove_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return session_remove(tx, &s->t->arena, s->person, s->other);
}

static enum outcome
session_remove_others_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return session_remove_others(tx, &s->t->arena, s->person, s->other);
}

static void
test_sessions_end_only_by_their_owner(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .person = make_person(t, "s@example.mn") };
	int64_t stranger = make_person(t, "bat@example.mn");
	struct token tokens[3] = { token_new(), token_new(), token_new() };
	struct session_list list;

	s.other = make_session(t, stranger, &tokens[0]);
	assert_outcome(NOT_FOUND, store_write(t, session_remove_step, &s));
	s.other = make_session(t, s.person, &tokens[1]);
	make_session(t, s.person, &tokens[2]);
	assert_outcome(OK, store_write(t, session_remove_others_step, &s));
	assert_outcome(OK, session_list(t->db, &t->arena, s.person, NOON,
	    &list));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].id, s.other);
	assert_string_equal(list.items[0].browser, "Chrome, Android");
	assert_outcome(OK, session_list(t->db, &t->arena, stranger, NOON,
	    &list));
	assert_int_equal(list.count, 1);
}

static enum outcome
link_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return password_link_add(tx, &s->t->arena, s->person, s->bytes, NOON,
	    LINK_BY_MAIL);
}

static enum outcome
password_replace_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return password_replace(tx, &s->t->arena, s->person, &KEY, s->other);
}

static void
test_a_password_link_works_once_and_for_an_hour(void **state)
{
	struct store_test *t = *state;
	struct token token = token_new();
	struct step s = { .t = t, .bytes = token.hash,
		.person = make_person(t, "s@example.mn") };
	int64_t found = 0, count = 0;

	assert_outcome(OK, store_write(t, link_add_step, &s));
	assert_outcome(OK, password_link_find(t->db, &t->arena, token.hash,
	    NOON + LINK_BY_MAIL - 1, &found));
	assert_int_equal(found, s.person);
	assert_outcome(NOT_FOUND, password_link_find(t->db, &t->arena,
	    token.hash, NOON + LINK_BY_MAIL, &found));
	assert_outcome(OK, password_link_count(t->db, &t->arena, s.person,
	    NOON, &count));
	assert_int_equal(count, 1);
	assert_outcome(OK, store_write(t, password_replace_step, &s));
	assert_outcome(NOT_FOUND, password_link_find(t->db, &t->arena,
	    token.hash, NOON, &found));
}

static void
test_a_new_password_ends_the_other_sessions(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .person = make_person(t, "s@example.mn") };
	struct token tokens[2] = { token_new(), token_new() };

	s.other = make_session(t, s.person, &tokens[0]);
	make_session(t, s.person, &tokens[1]);
	assert_outcome(OK, store_write(t, password_replace_step, &s));
	assert_int_equal(store_int(t, "SELECT id FROM session"
	    " WHERE person = $1", db_int(s.person)), s.other);
}

static enum outcome
mail_add_step(struct tx *tx, void *arg)
{
	struct step *s = arg;
	const struct mail mail = { .to = "s@example.mn",
		.subject = "Урилга \"Цагаан гол\"", .body = "Нэг\nХоёр",
		.now = NOON };

	return mail_add(tx, &s->t->arena, &mail);
}

static void
test_a_letter_waits_in_the_outbox(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t };

	assert_outcome(OK, store_write(t, mail_add_step, &s));
	assert_int_equal(store_int(t, "SELECT count(*) FROM outbox"
	    " WHERE kind = 'mail' AND done IS NULL AND not_before = $1"
	    " AND CAST(payload->>'subject' AS TEXT) = $2",
	    db_int(NOON), db_text("Урилга \"Цагаан гол\"")), 1);
}

static enum outcome
setting_step(struct tx *tx, void *arg)
{
	struct step *s = arg;

	return setting_change(tx, &s->t->arena, "coalition.title.mn", s->text);
}

static void
test_settings_come_all_at_once(void **state)
{
	struct store_test *t = *state;
	struct step s = { .t = t, .text = "Тулга" };
	struct settings settings;

	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal(settings.title_mn, "");
	assert_outcome(OK, store_write(t, setting_step, &s));
	s.text = "Гурван чулуу";
	assert_outcome(OK, store_write(t, setting_step, &s));
	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal(settings.title_mn, "Гурван чулуу");
	assert_string_equal(settings.address, "");
	assert_false(settings.demo);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_somebody_is_found_by_address),
		store_unit_test(test_an_address_has_one_account),
		store_unit_test(test_the_second_of_two_editors_gets_a_conflict),
		store_unit_test(
		    test_a_right_password_signs_in_and_a_wrong_one_does_not),
		store_unit_test(
		    test_after_five_failures_even_the_right_password_waits),
		store_unit_test(
		    test_tries_while_waiting_do_not_lengthen_the_wait),
		store_unit_test(
		    test_an_unknown_address_writes_as_a_wrong_password_does),
		store_unit_test(
		    test_with_a_second_step_the_password_alone_opens_nothing),
		store_unit_test(test_a_code_works_once),
		store_unit_test(
		    test_a_session_knows_its_owner_and_their_rights),
		store_unit_test(test_rights_are_listed_and_taken_away),
		store_unit_test(test_a_session_ends_when_idle_or_old),
		store_unit_test(test_sessions_end_only_by_their_owner),
		store_unit_test(
		    test_a_password_link_works_once_and_for_an_hour),
		store_unit_test(test_a_new_password_ends_the_other_sessions),
		store_unit_test(test_a_letter_waits_in_the_outbox),
		store_unit_test(test_settings_come_all_at_once),
	};

	if (sodium_init() < 0 || collate_open() != OK)
		return 1;
	return store_tests_run("people_store", tests);
}
