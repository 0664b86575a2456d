/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/sandbox.h"

#include "base/log.h"
#include "base/sandbox_part.h"

#include <sys/prctl.h>

/*
 * Puts the layers together: first Landlock, then seccomp, which forbids the
 * calls of both. AddressSanitizer reads /proc, maps and traces at will: a
 * build with it has no sandbox and says so.
 */

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

struct sandbox_layers
sandbox_layers(void)
{
	static struct sandbox_layers known;
	static bool asked;

	if (!asked && !SANITIZED) {
		known.seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
		known.landlock = sandbox_landlock_version();
	}
	asked = true;
	return known;
}

enum outcome
sandbox_enter(enum sandbox_kind kind, const struct sandbox_paths *paths)
{
	struct sandbox_layers layers = sandbox_layers();
	enum outcome entered = OK;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
		log_errno("cannot give up new privileges");
		return FAILED;
	}
	if (SANITIZED)
		log_warning("built with AddressSanitizer: no sandbox");
	if (layers.landlock > 0)
		entered = sandbox_landlock_enter(layers.landlock, kind, paths);
	if (entered == OK && layers.seccomp)
		entered = sandbox_seccomp_enter(kind, paths);
	return entered;
}
