/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/list.h"

#include <string.h>

/* Growth of lists in an arena: the old run is left behind, it dies with it. */

void *
list_room(struct arena *a, void *items, size_t count, size_t size)
{
	void *grown;

	if (count != 0 && (count & (count - 1)) != 0)
		return items;
	grown = arena_take_many(a, count == 0 ? 1 : count * 2, size);
	if (count > 0)
		memcpy(grown, items, count * size);
	return grown;
}
