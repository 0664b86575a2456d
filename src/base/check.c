/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"

#include "base/log.h"

#include <stdlib.h>

/* The one way out for a mistake of ours. */

_Noreturn void
check_failed(const char *condition, const char *file, int line)
{
	log_error("mistake in the program: \"%s\" does not hold at %s:%d",
	    condition, file, line);
	abort();
}
