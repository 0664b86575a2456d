/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/job.h"

#include "base/log.h"
#include "base/sandbox.h"

#include <sodium.h>
#include <unistd.h>

/* The child that turns a password into a key: slow and large on purpose. */

static const unsigned long long PASSES = 3;
static const size_t MEMORY = (size_t)64 * 1024 * 1024;

_Static_assert(DERIVE_SALT == crypto_pwhash_SALTBYTES, "libsodium's salt");

enum outcome
job_derive_key(const struct runner_derive *d, uint8_t key_out[DERIVE_KEY])
{
	if (crypto_pwhash(key_out, DERIVE_KEY, d->password, d->size, d->salt,
	    PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0)
		return OK;
	log_error("no memory to derive a key");
	return FAILED;
}

enum outcome
job_derive(const struct runner_derive *d)
{
	const struct sandbox_paths none = { 0 };
	uint8_t key[DERIVE_KEY];

	if (sandbox_enter(SANDBOX_DERIVE, &none) != OK ||
	    job_derive_key(d, key) != OK)
		return FAILED;
	return write(STDOUT_FILENO, key, sizeof(key)) == sizeof(key) ? OK :
	    FAILED;
}
