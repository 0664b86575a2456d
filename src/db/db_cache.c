/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_cache.h"

#include "base/check.h"

#include <stdlib.h>
#include <string.h>

/*
 * A table with open addressing. It keeps copies of the texts: a statement made
 * while running may be gone, or another one, when its address comes again.
 */

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
static uint64_t
hash_text(uint64_t hash, const char *text)
{
	for (; *text != '\0'; text++)
		hash = (hash ^ (unsigned char)*text) * 0x100000001b3U;
	return hash;
}

static bool
slot_is(const struct db_cached *slot, uint64_t hash, const char *sql,
    const char *kinds)
{
	return slot->hash == hash && strcmp(slot->sql, sql) == 0 &&
	    strcmp(slot->kinds, kinds) == 0;
}

static char *
copy(const char *text)
{
	char *copied = strdup(text);

	check(copied != NULL);
	return copied;
}

struct db_cached *
db_cache_find(struct db_cache *cache, const char *sql, const char *kinds)
{
	uint64_t hash = hash_text(hash_text(0xcbf29ce484222325U, sql), kinds);
	size_t at = hash % DB_CACHE_SLOTS;

	if (cache->slots == NULL) {
		cache->slots = calloc(DB_CACHE_SLOTS, sizeof(*cache->slots));
		check(cache->slots != NULL);
	}
	while (cache->slots[at].sql != NULL) {
		if (slot_is(&cache->slots[at], hash, sql, kinds))
			return &cache->slots[at];
		at = (at + 1) % DB_CACHE_SLOTS;
	}
	if (cache->count == DB_CACHE_MOST)
		return NULL;

	cache->count++;
	cache->slots[at] = (struct db_cached){ .sql = copy(sql),
		.kinds = copy(kinds), .hash = hash,
		.number = ++cache->last_number };
	return &cache->slots[at];
}

void
db_cache_clear(struct db_cache *cache, void (*forget)(void *statement))
{
	if (cache->slots == NULL)
		return;

	for (size_t i = 0; i < DB_CACHE_SLOTS; i++) {
		struct db_cached *slot = &cache->slots[i];

		if (slot->statement != NULL && forget != NULL)
			forget(slot->statement);
		free(slot->sql);
		free(slot->kinds);
	}
	free(cache->slots);
	cache->slots = NULL;
	cache->count = 0;
}
