/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "vault/client.h"

/* Puts a question to the vault into bytes; the vault checks them again. */

enum outcome
vault_totp_check(struct channel *vault, const struct vault_totp_check *check,
    channel_answer_fn *answer, void *arg)
{
	return channel_ask(vault, VAULT_TOTP_CHECK, check, sizeof(*check), -1,
	    answer, arg);
}

enum outcome
vault_totp_new(struct channel *vault, int64_t person,
    channel_answer_fn *answer, void *arg)
{
	struct vault_totp_new question = { .person = person };

	return channel_ask(vault, VAULT_TOTP_NEW, &question, sizeof(question),
	    -1, answer, arg);
}
