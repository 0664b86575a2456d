/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/channel.h"
#include "base/outcome.h"

/*
 * What may be asked of the vault, the only holder of secrets. Its key is read
 * from DATA/secrets/vault.key (made by `tulga` on first start, mode 0600)
 * before it gives up files and network. All questions are channel questions.
 */
enum vault_question {
	VAULT_TOTP_CHECK,	/* sealed secret, code, last step -> step */
	VAULT_TOTP_NEW,		/* owner -> sealed secret and its base32 text */
};

enum {
	VAULT_TOTP_SECRET = 20,
	VAULT_SEALED_TOTP = 24 + 20 + 16,	/* nonce, secret, tag */
	VAULT_TOTP_TEXT = 33,			/* base32 and NUL */
};

struct vault_totp_new {
	int64_t person;		/* bound as associated data */
};

struct vault_totp_made {
	uint8_t sealed[VAULT_SEALED_TOTP];
	char text[VAULT_TOTP_TEXT];	/* shown once, to be typed or scanned */
};

struct vault_totp_check {
	int64_t person;
	int64_t last_step;	/* a code works once: steps up to here fail */
	int64_t now;		/* UTC seconds */
	uint8_t sealed[VAULT_SEALED_TOTP];
	char code[8];		/* six digits and NUL */
};

/* OK with the step (int64_t) that matched, INVALID when none did. */
MUST_CHECK enum outcome vault_totp_check(struct channel *vault,
    const struct vault_totp_check *check, channel_answer_fn *answer,
    void *arg);
MUST_CHECK enum outcome vault_totp_new(struct channel *vault, int64_t person,
    channel_answer_fn *answer, void *arg);
