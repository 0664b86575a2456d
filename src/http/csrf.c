/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/csrf.h"

#include <sodium.h>
#include <string.h>

/* Mask and masked secret, each CSRF_BYTES, in hexadecimal. */

const char *
csrf_token(struct arena *a, const uint8_t secret[32])
{
	uint8_t token[2 * CSRF_BYTES];
	char *text = arena_take(a, 2 * sizeof(token) + 1);

	randombytes_buf(token, CSRF_BYTES);
	for (size_t i = 0; i < CSRF_BYTES; i++)
		token[CSRF_BYTES + i] = token[i] ^ secret[i];
	return sodium_bin2hex(text, 2 * sizeof(token) + 1, token,
	    sizeof(token));
}

bool
csrf_is_good(const char *token, const uint8_t secret[32])
{
	uint8_t got[2 * CSRF_BYTES];
	size_t size;

	if (token == NULL || strlen(token) != 2 * sizeof(got) ||
	    sodium_hex2bin(got, sizeof(got), token, strlen(token), NULL,
		&size, NULL) != 0 || size != sizeof(got))
		return false;
	for (size_t i = 0; i < CSRF_BYTES; i++)
		got[CSRF_BYTES + i] ^= got[i];
	return sodium_memcmp(got + CSRF_BYTES, secret, CSRF_BYTES) == 0;
}
