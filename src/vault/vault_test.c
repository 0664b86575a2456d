/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "vault/vault.h"

#include "base/arena.h"
#include "base/channel.h"
#include "base/descriptor.h"
#include "vault/client.h"
#include "vault/totp.h"

#include <liboath/oath.h>
#include <setjmp.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A vault of its own for every test, with a key in a temporary folder. */

static const int64_t NOON = 1790000000;

struct house {
	char folder[32];
	char key[48];
	pid_t vault;
	struct channel *web;
	struct arena arena;
};

static void
start_vault(struct house *house)
{
	int ends[2];

	assert_int_equal(channel_pair(ends), OK);
	house->vault = fork();
	assert_true(house->vault >= 0);
	if (house->vault == 0) {
		descriptor_keep(&ends[1], 1);
		_exit(vault_serve(house->key, &ends[1], 1) == OK ? 0 : 1);
	}
	close(ends[1]);
	house->web = channel_open(ends[0]);
}

static int
stop_vault(struct house *house)
{
	int status;

	channel_close(house->web);
	assert_int_equal(waitpid(house->vault, &status, 0), house->vault);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
house_open(void **state)
{
	struct house *house = calloc(1, sizeof(*house));

	assert_non_null(house);
	strcpy(house->folder, "/tmp/secrets-XXXXXX");
	assert_non_null(mkdtemp(house->folder));
	snprintf(house->key, sizeof(house->key), "%s/vault.key",
	    house->folder);
	assert_int_equal(vault_key_make(house->key), OK);
	arena_init(&house->arena, ARENA_LIMIT);
	start_vault(house);
	*state = house;
	return 0;
}

static int
house_close(void **state)
{
	struct house *house = *state;
	int status = stop_vault(house);

	unlink(house->key);
	rmdir(house->folder);
	arena_done(&house->arena);
	free(house);
	return status;
}

static struct vault_totp_made
made_for(struct house *house, int64_t person)
{
	struct vault_totp_new question = { person };
	struct vault_totp_made made;
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    VAULT_TOTP_NEW, &question, sizeof(question), -1, &answer), OK);
	assert_int_equal(answer.outcome, OK);
	assert_int_equal(answer.size, sizeof(made));
	memcpy(&made, answer.bytes, sizeof(made));
	return made;
}

static enum outcome
ask_check(struct house *house, const struct vault_totp_check *question,
    int64_t *step_out)
{
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    VAULT_TOTP_CHECK, question, sizeof(*question), -1, &answer), OK);
	assert_int_equal(answer.size, answer.outcome == OK ? 8 : 0);
	if (answer.outcome == OK)
		memcpy(step_out, answer.bytes, sizeof(*step_out));
	return answer.outcome;
}

/* What a person's telephone shows at that moment. */
static void
telephone_shows(const struct vault_totp_made *made, int64_t when, char code[8])
{
	char *secret = NULL;
	size_t size;

	assert_int_equal(oath_base32_decode(made->text, strlen(made->text),
	    &secret, &size), OATH_OK);
	assert_int_equal(size, VAULT_TOTP_SECRET);
	assert_int_equal(oath_totp_generate(secret, size, when, 30, 0, 6,
	    code), OATH_OK);
	free(secret);
}

static struct vault_totp_check
question_of(const struct vault_totp_made *made, int64_t shown, int64_t now)
{
	struct vault_totp_check question = { .person = 7, .last_step = -1,
	    .now = now };

	memcpy(question.sealed, made->sealed, sizeof(question.sealed));
	telephone_shows(made, shown, question.code);
	return question;
}

static void
test_a_code_counts_one_step_early_to_one_step_late(void **state)
{
	static const struct {
		int64_t off;
		enum outcome want;
	} cases[] = {
		{ -60, INVALID }, { -30, OK }, { 0, OK }, { 30, OK },
		{ 60, INVALID },
	};
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vault_totp_check question = question_of(&made,
		    NOON + cases[i].off, NOON);
		int64_t step = -1;

		assert_int_equal(ask_check(house, &question, &step),
		    cases[i].want);
		assert_int_equal(step, cases[i].want == OK ?
		    (NOON + cases[i].off) / 30 : -1);
	}
}

static void
test_a_code_works_once(void **state)
{
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);
	struct vault_totp_check question = question_of(&made, NOON, NOON);
	int64_t step;

	assert_int_equal(ask_check(house, &question, &step), OK);
	question.last_step = step;
	assert_int_equal(ask_check(house, &question, &step), INVALID);
	question = question_of(&made, NOON - 30, NOON);
	question.last_step = step;
	assert_int_equal(ask_check(house, &question, &step), INVALID);
	question = question_of(&made, NOON + 30, NOON);
	question.last_step = step;
	assert_int_equal(ask_check(house, &question, &step), OK);
}

static void
test_a_secret_opens_for_its_person_only(void **state)
{
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);
	struct vault_totp_check question = question_of(&made, NOON, NOON);
	int64_t step;

	question.person = 8;
	assert_int_equal(ask_check(house, &question, &step), INVALID);
}

static void
test_a_changed_seal_does_not_open(void **state)
{
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);
	struct vault_totp_check question = question_of(&made, NOON, NOON);
	int64_t step;

	for (size_t i = 0; i < VAULT_SEALED_TOTP; i++) {
		question.sealed[i] ^= 1;
		assert_int_equal(ask_check(house, &question, &step), INVALID);
		question.sealed[i] ^= 1;
	}
	assert_int_equal(ask_check(house, &question, &step), OK);
}

static void
test_what_is_not_six_digits_is_refused(void **state)
{
	static const char *const codes[] = { "", "12345", "1234567", "12345a",
	    " 12345", "-12345" };
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		struct vault_totp_check question = question_of(&made, NOON,
		    NOON);
		int64_t step;

		memset(question.code, 0, sizeof(question.code));
		memcpy(question.code, codes[i], strlen(codes[i]));
		assert_int_equal(ask_check(house, &question, &step), INVALID);
	}
}

static void
test_a_question_without_shape_is_refused(void **state)
{
	struct house *house = *state;
	struct channel_answer answer;

	for (uint16_t kind = 0; kind < 4; kind++) {
		assert_int_equal(channel_ask_wait(house->web, &house->arena,
		    kind, "well", 4, -1, &answer), OK);
		assert_int_equal(answer.outcome, INVALID);
	}
}

static void
test_secrets_outlive_the_process_and_differ(void **state)
{
	struct house *house = *state;
	struct vault_totp_made made = made_for(house, 7);
	struct vault_totp_made other = made_for(house, 7);
	struct vault_totp_check question = question_of(&made, NOON, NOON);
	int64_t step;

	assert_string_not_equal(made.text, other.text);
	assert_int_equal(stop_vault(house), 0);
	assert_int_equal(vault_key_make(house->key), OK);
	start_vault(house);
	assert_int_equal(ask_check(house, &question, &step), OK);
}

/* Sealed by hand, so that the form on the disk cannot change unnoticed. */
static void
seal_by_hand(const uint8_t key[VAULT_KEY], const char *secret, int64_t person,
    uint8_t sealed_out[VAULT_SEALED_TOTP])
{
	uint8_t own[VAULT_KEY], bound[16] = "totp";

	assert_int_equal(crypto_kdf_derive_from_key(own, sizeof(own), 1,
	    "tulgtotp", key), 0);
	for (int i = 0; i < 8; i++)
		bound[8 + i] = (uint8_t)(person >> 8 * i);
	memset(sealed_out, 5, 24);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed_out + 24, NULL,
	    (const uint8_t *)secret, VAULT_TOTP_SECRET, bound, sizeof(bound),
	    NULL, sealed_out, own);
}

/* RFC 6238, appendix B, SHA-1, cut to six digits. */
static void
test_the_codes_of_rfc_6238_are_found_in_a_seal(void **state)
{
	static const struct {
		int64_t now;
		const char *code;
	} cases[] = {
		{ 59, "287082" }, { 1111111109, "081804" },
		{ 1111111111, "050471" }, { 1234567890, "005924" },
		{ 2000000000, "279037" }, { 20000000000, "353130" },
	};
	const uint8_t key[VAULT_KEY] = "a key for the tests of the vault";

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct vault_totp_check question = { .person = 300,
		    .now = cases[i].now };
		int64_t step;

		memcpy(question.code, cases[i].code, 7);
		seal_by_hand(key, "12345678901234567890", 300,
		    question.sealed);
		assert_int_equal(totp_check(key, &question, &step), OK);
		assert_int_equal(step, cases[i].now / 30);
	}
}

static void
test_a_key_of_another_mode_or_size_is_refused(void **state)
{
	struct house *house = *state;

	assert_int_equal(stop_vault(house), 0);
	assert_int_equal(chmod(house->key, 0640), 0);
	start_vault(house);
	assert_int_equal(stop_vault(house), 1);
	assert_int_equal(chmod(house->key, 0600), 0);
	assert_int_equal(truncate(house->key, 31), 0);
	start_vault(house);
	assert_int_equal(stop_vault(house), 1);
	assert_int_equal(truncate(house->key, 33), 0);
	start_vault(house);
	assert_int_equal(stop_vault(house), 1);
	assert_int_equal(truncate(house->key, 32), 0);
	start_vault(house);
}

static void
test_a_key_is_made_once_for_its_owner_alone(void **state)
{
	struct house *house = *state;
	struct stat first, second;

	assert_int_equal(stat(house->key, &first), 0);
	assert_int_equal(first.st_mode & 0777, 0600);
	assert_int_equal(first.st_size, VAULT_KEY);
	assert_int_equal(vault_key_make(house->key), OK);
	assert_int_equal(stat(house->key, &second), 0);
	assert_int_equal(first.st_ino, second.st_ino);
	assert_int_equal(vault_key_make("/nonexistent/vault.key"), FAILED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, house_open, house_close)
		TEST(test_a_code_counts_one_step_early_to_one_step_late),
		TEST(test_a_code_works_once),
		TEST(test_a_secret_opens_for_its_person_only),
		TEST(test_a_changed_seal_does_not_open),
		TEST(test_what_is_not_six_digits_is_refused),
		TEST(test_a_question_without_shape_is_refused),
		TEST(test_secrets_outlive_the_process_and_differ),
		TEST(test_the_codes_of_rfc_6238_are_found_in_a_seal),
		TEST(test_a_key_of_another_mode_or_size_is_refused),
		TEST(test_a_key_is_made_once_for_its_owner_alone),
	};

	return cmocka_run_group_tests_name("vault", tests, NULL, NULL);
}
