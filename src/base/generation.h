/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Counters in one page shared by all processes of a server. A cached page
 * remembers the counters of what it shows; a committed write raises them, and
 * whoever compares afterwards sees that the page is old. Counters only grow.
 *
 * A slot is found by what is shown: (kind, id) hash to one of
 * GENERATION_SLOTS; sharing a slot costs a needless miss, never a stale page.
 */
#define GENERATION_SLOTS 4096

enum generation_kind {
	GENERATION_ALL,		/* content, charter, settings of the coalition */
	GENERATION_ORGANISATIONS,	/* any list of organisations */
	GENERATION_ORGANISATION,	/* id: one organisation and all it shows */
};

/* Maps the page; call once, before the first fork. */
void generation_open(void);

uint64_t generation_now(enum generation_kind kind, int64_t id);
void generation_raise(enum generation_kind kind, int64_t id);

/* After a child died no one knows what it had committed: all are old. */
void generation_raise_all(void);
