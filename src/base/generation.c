/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/generation.h"

#include "base/check.h"

#include <stdatomic.h>
#include <stddef.h>
#include <sys/mman.h>

/* One anonymous shared mapping; slot 0 is the counter that makes all old. */

static _Atomic uint64_t *counters;

void
generation_open(void)
{
	void *page = mmap(NULL, (GENERATION_SLOTS + 1) * sizeof(*counters),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	check(page != MAP_FAILED);
	counters = page;
}

static size_t
slot_of(enum generation_kind kind, int64_t id)
{
	uint64_t mixed = (uint64_t)id * 4 + (uint64_t)kind;

	mixed *= UINT64_C(0x9e3779b97f4a7c15);
	return 1 + (size_t)(mixed >> 52) % GENERATION_SLOTS;
}

uint64_t
generation_now(enum generation_kind kind, int64_t id)
{
	return atomic_load(&counters[0]) +
	    atomic_load(&counters[slot_of(kind, id)]);
}

void
generation_raise(enum generation_kind kind, int64_t id)
{
	atomic_fetch_add(&counters[slot_of(kind, id)], 1);
}

void
generation_raise_all(void)
{
	atomic_fetch_add(&counters[0], 1);
}
