/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The prepared statements of one connection, found by their text and the kinds
 * of their values. The program has a fixed number of statements; should they
 * ever outgrow the cache, the rest is prepared for one use each.
 */
#define DB_CACHE_SLOTS 1024
#define DB_CACHE_MOST 768

struct db_cached {
	char *sql;		/* NULL: a free slot */
	char *kinds;
	uint64_t hash;
	void *statement;	/* the engine's; NULL: not prepared yet */
	unsigned number;	/* its own, from 1, never used again */
	bool used;		/* SQLite: being stepped just now */
};

struct db_cache {
	struct db_cached *slots;	/* NULL while empty */
	size_t count;
	unsigned last_number;
};

/*
 * The statement's place, kept until db_cache_clear; NULL when the cache is
 * full. `kinds` may be "".
 */
struct db_cached *db_cache_find(struct db_cache *cache, const char *sql,
    const char *kinds);

/* Empties it, passing each prepared statement to `forget` (may be NULL). */
void db_cache_clear(struct db_cache *cache, void (*forget)(void *statement));
