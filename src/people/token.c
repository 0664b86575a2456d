/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/token.h"

#include "base/check.h"

#include <sodium.h>
#include <string.h>

/* Tokens for cookies and links. libsodium is initialised by main. */

enum { TOKEN_BYTES = 32, VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

struct token
token_new(void)
{
	uint8_t bytes[TOKEN_BYTES];
	struct token token;

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(token.text, sizeof(token.text), bytes,
	    sizeof(bytes), VARIANT);
	check(token_hash(token.text, token.hash));
	sodium_memzero(bytes, sizeof(bytes));
	return token;
}

bool
token_hash(const char *text, uint8_t hash_out[TOKEN_HASH])
{
	size_t size = strlen(text);

	if (size != TOKEN_TEXT - 1)
		return false;
	crypto_hash_sha256(hash_out, (const uint8_t *)text, size);
	return true;
}
