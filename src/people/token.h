/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * A secret that stands in a cookie or a link: 256 random bits. Only its
 * SHA-256 is stored, so that who reads the database can't use it.
 */
enum { TOKEN_TEXT = 44, TOKEN_HASH = 32 };

struct token {
	char text[TOKEN_TEXT];		/* base64url without padding, and NUL */
	uint8_t hash[TOKEN_HASH];
};

struct token token_new(void);

/* The hash of what came back; false when it can't be a token. */
bool token_hash(const char *text, uint8_t hash_out[TOKEN_HASH]);
