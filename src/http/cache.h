/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/generation.h"

#include <stddef.h>
#include <stdint.h>

struct MHD_Response;
struct shown;

/*
 * Finished public pages of one process, ready to be sent: a bounded map from
 * "encoding, theme, address" to a response. An entry goes when what it shows
 * has changed (its generations are compared at every look) or when newer ones
 * need its bytes (least recently used first).
 */
struct cache;

struct cache *cache_open(size_t bytes);
void cache_close(struct cache *c);

/*
 * The kept response, or NULL; still the cache's, so queue it at once.
 * *etag_out (quoted) lives as long as the entry.
 */
struct MHD_Response *cache_find(struct cache *c, const char *key,
    const char **etag_out);

/*
 * Keeps `response`, of `size` bytes with all it holds, taking a reference over
 * from the caller. `shows` are the generations from before it was made.
 */
void cache_add(struct cache *c, const char *key, const char *etag,
    struct MHD_Response *response, size_t size, const struct shown *shows,
    size_t show_count);
