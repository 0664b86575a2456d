/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

#include <stddef.h>

/*
 * A list is any struct with `items` and `count`, as templates expect:
 *
 *	struct promise_list LIST_OF(struct promise);
 *
 * LIST_ADD makes room for one more in an arena and gives its address, zeroed.
 * Growth doubles at powers of two, so no capacity is kept. LIST_EACH walks a
 * const list too ("+ 0" drops the const of the struct from the type).
 */
#define LIST_OF(type) { type *items; size_t count; }

#define LIST_ADD(a, list) \
	((list)->items = list_room((a), (list)->items, (list)->count, \
	    sizeof(*(list)->items)), &(list)->items[(list)->count++])

#define LIST_EACH(item, list) \
	for (__typeof__((list)->items + 0) item = (list)->items; \
	    item != NULL && item < (list)->items + (list)->count; item++)

void *list_room(struct arena *a, void *items, size_t count, size_t size);
