/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* close_range */

#include "base/descriptor.h"

#include "base/check.h"

#include <limits.h>
#include <unistd.h>

/* Gaps between the kept descriptors are closed with one call each. */

/* The smallest of `keep` that is at least `from`, or -1. */
static int
next_kept(const int keep[], size_t count, int from)
{
	int next = -1;

	for (size_t i = 0; i < count; i++)
		if (keep[i] >= from && (next == -1 || keep[i] < next))
			next = keep[i];
	return next;
}

void
descriptor_keep(const int keep[], size_t count)
{
	int from = STDERR_FILENO + 1;

	for (;;) {
		int next = next_kept(keep, count, from);
		unsigned last = next == -1 ? UINT_MAX : (unsigned)next - 1;

		if (next != from)
			check(close_range((unsigned)from, last, 0) == 0);
		if (next == -1)
			return;
		from = next + 1;
	}
}

void
descriptor_done(const int *fd)
{
	if (*fd != -1)
		close(*fd);
}
