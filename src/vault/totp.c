/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "vault/totp.h"

#include "base/check.h"
#include "base/log.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* All steps that may match are computed and compared: time does not tell. */

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	DIGITS = 6,
};

_Static_assert(NONCE + VAULT_TOTP_SECRET + TAG == VAULT_SEALED_TOTP,
    "nonce, secret, tag");
_Static_assert(VAULT_KEY == crypto_kdf_KEYBYTES, "libsodium's key");

/* What is sealed, and for whom: so that nothing opens in another's place. */
struct bound {
	char purpose[8];
	int64_t person;
};

/* A key for this purpose alone, from the vault's own. */
static void
derive_key(const uint8_t key[VAULT_KEY], uint8_t key_out[VAULT_KEY])
{
	check(crypto_kdf_derive_from_key(key_out, VAULT_KEY, 1, "tulgtotp",
	    key) == 0);
}

static void
seal(const uint8_t key[VAULT_KEY], int64_t person,
    const uint8_t secret[VAULT_TOTP_SECRET],
    uint8_t sealed_out[VAULT_SEALED_TOTP])
{
	const struct bound bound = { "totp", person };
	uint8_t own[VAULT_KEY];

	derive_key(key, own);
	randombytes_buf(sealed_out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed_out + NONCE, NULL,
	    secret, VAULT_TOTP_SECRET, (const uint8_t *)&bound, sizeof(bound),
	    NULL, sealed_out, own);
	sodium_memzero(own, sizeof(own));
}

static enum outcome
unseal(const uint8_t key[VAULT_KEY], int64_t person,
    const uint8_t sealed[VAULT_SEALED_TOTP],
    uint8_t secret_out[VAULT_TOTP_SECRET])
{
	const struct bound bound = { "totp", person };
	uint8_t own[VAULT_KEY];
	int failed;

	derive_key(key, own);
	failed = crypto_aead_xchacha20poly1305_ietf_decrypt(secret_out, NULL,
	    NULL, sealed + NONCE, VAULT_SEALED_TOTP - NONCE,
	    (const uint8_t *)&bound, sizeof(bound), sealed, own);
	sodium_memzero(own, sizeof(own));
	return failed == 0 ? OK : INVALID;
}

enum outcome
totp_new(const uint8_t key[VAULT_KEY], const struct vault_totp_new *question,
    struct vault_totp_made *made_out)
{
	uint8_t secret[VAULT_TOTP_SECRET];
	size_t size = 0;
	char *text = NULL;
	enum outcome made = FAILED;

	randombytes_buf(secret, sizeof(secret));
	if (oath_base32_encode((const char *)secret, sizeof(secret), &text,
	    &size) == OATH_OK && size == VAULT_TOTP_TEXT - 1) {
		memcpy(made_out->text, text, VAULT_TOTP_TEXT);
		seal(key, question->person, secret, made_out->sealed);
		made = OK;
	} else {
		log_error("no memory for a one-time secret");
	}
	if (text != NULL)
		sodium_memzero(text, size);
	free(text);
	sodium_memzero(secret, sizeof(secret));
	return made;
}

static bool
code_has_shape(const char code[8])
{
	for (int i = 0; i < DIGITS; i++)
		if (code[i] < '0' || code[i] > '9')
			return false;
	return code[DIGITS] == '\0';
}

/* The step whose code this is, -1 when it is none of the three. */
static int64_t
find_step(const uint8_t secret[VAULT_TOTP_SECRET],
    const struct vault_totp_check *question)
{
	int64_t now = question->now / TOTP_STEP, found = -1;

	for (int64_t step = now - 1; step <= now + 1; step++) {
		char code[DIGITS + 1];

		if (step < 0 || step <= question->last_step)
			continue;
		if (oath_hotp_generate((const char *)secret, VAULT_TOTP_SECRET,
		    (uint64_t)step, DIGITS, false,
		    OATH_HOTP_DYNAMIC_TRUNCATION, code) != OATH_OK)
			continue;
		if (sodium_memcmp(code, question->code, DIGITS) == 0)
			found = step;
		sodium_memzero(code, sizeof(code));
	}
	return found;
}

enum outcome
totp_check(const uint8_t key[VAULT_KEY],
    const struct vault_totp_check *question, int64_t *step_out)
{
	uint8_t secret[VAULT_TOTP_SECRET];
	int64_t step;

	if (!code_has_shape(question->code) || question->now < 0 ||
	    unseal(key, question->person, question->sealed, secret) != OK)
		return INVALID;
	step = find_step(secret, question);
	sodium_memzero(secret, sizeof(secret));
	if (step < 0)
		return INVALID;
	*step_out = step;
	return OK;
}
