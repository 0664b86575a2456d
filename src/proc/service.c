/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/arena.h"
#include "proc/serve.h"
#include "runner/runner.h"
#include "vault/vault.h"

#include <sysexits.h>

/* The two processes that hold no state of ours and serve the others. */

int
vault_main(void *arg, const struct parent_ends *ends)
{
	const struct serve_config *config = arg;
	AUTO_ARENA struct arena a;
	const char *path;

	arena_init(&a, ARENA_LIMIT);
	path = arena_print(&a, "%s/secrets/vault.key", config->data);
	return vault_serve(path, ends->askers, ends->asker_count) == OK
	    ? EX_OK : EX_UNAVAILABLE;
}

int
runner_main(void *arg, const struct parent_ends *ends)
{
	(void)arg;
	return runner_serve(ends->askers, ends->asker_count) == OK
	    ? EX_OK : EX_UNAVAILABLE;
}
