/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "base/outcome.h"
#include "vault/client.h"

/*
 * One-time codes by time: RFC 6238 with HMAC-SHA-1, 30-second steps counted
 * from 1970, six digits. Secrets are sealed with XChaCha20-Poly1305 under the
 * vault's key and bound to their person: another's sealed secret does not open.
 */
enum { VAULT_KEY = 32, TOTP_STEP = 30 };

/* A new secret for question->person, sealed and as base32 (RFC 4648). */
MUST_CHECK enum outcome totp_new(const uint8_t key[VAULT_KEY],
    const struct vault_totp_new *question, struct vault_totp_made *made_out);

/*
 * Looks for the code in the step of question->now, the one before and the one
 * after, but only in steps after question->last_step. INVALID when it is in
 * none, when it is not six digits, or when the secret does not open.
 */
MUST_CHECK enum outcome totp_check(const uint8_t key[VAULT_KEY],
    const struct vault_totp_check *question, int64_t *step_out);
