/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/cache.h"

#include "base/check.h"
#include "http/private.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

/* Buckets of a fixed table for finding, one tail queue for age. */

enum { BUCKETS = 1024 };

struct entry {
	TAILQ_ENTRY(entry) age;
	LIST_ENTRY(entry) bucket;
	struct MHD_Response *response;
	size_t size;
	struct shown shows[REQUEST_SHOWS];
	size_t show_count;
	char *key;
	char *etag;
};

TAILQ_HEAD(age_queue, entry);
LIST_HEAD(bucket_list, entry);

struct cache {
	size_t limit, used;
	struct age_queue age;	/* oldest first */
	struct bucket_list buckets[BUCKETS];
};

/* FNV-1a, 32 bits: keys are addresses, the table is small. */
static size_t
bucket_of(const char *key)
{
	uint32_t hash = 2166136261u;

	for (; *key != '\0'; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619u;
	return hash % BUCKETS;
}

struct cache *
cache_open(size_t bytes)
{
	struct cache *c = calloc(1, sizeof(*c));

	check(c != NULL);
	c->limit = bytes;
	TAILQ_INIT(&c->age);
	return c;
}

static void
entry_remove(struct cache *c, struct entry *e)
{
	TAILQ_REMOVE(&c->age, e, age);
	LIST_REMOVE(e, bucket);
	c->used -= e->size;
	MHD_destroy_response(e->response);
	free(e->key);
	free(e->etag);
	free(e);
}

void
cache_close(struct cache *c)
{
	struct entry *e;

	if (c == NULL)
		return;
	while ((e = TAILQ_FIRST(&c->age)) != NULL)
		entry_remove(c, e);
	free(c);
}

static bool
entry_is_old(const struct entry *e)
{
	for (size_t i = 0; i < e->show_count; i++)
		if (generation_now(e->shows[i].kind, e->shows[i].id) !=
		    e->shows[i].generation)
			return true;
	return false;
}

static struct entry *
entry_find(struct cache *c, const char *key)
{
	struct entry *e;

	LIST_FOREACH(e, &c->buckets[bucket_of(key)], bucket)
		if (strcmp(e->key, key) == 0)
			return e;
	return NULL;
}

struct MHD_Response *
cache_find(struct cache *c, const char *key, const char **etag_out)
{
	struct entry *e = entry_find(c, key);

	if (e == NULL)
		return NULL;
	if (entry_is_old(e)) {
		entry_remove(c, e);
		return NULL;
	}
	TAILQ_REMOVE(&c->age, e, age);
	TAILQ_INSERT_TAIL(&c->age, e, age);
	*etag_out = e->etag;
	return e->response;
}

void
cache_add(struct cache *c, const char *key, const char *etag,
    struct MHD_Response *response, size_t size, const struct shown *shows,
    size_t show_count)
{
	struct entry *e = entry_find(c, key);

	if (e != NULL)
		entry_remove(c, e);
	size += sizeof(*e) + strlen(key) + strlen(etag) + 2;
	if (size > c->limit) {
		MHD_destroy_response(response);
		return;
	}
	while (c->used + size > c->limit)
		entry_remove(c, TAILQ_FIRST(&c->age));
	e = calloc(1, sizeof(*e));
	check(e != NULL);
	e->key = strdup(key);
	e->etag = strdup(etag);
	check(e->key != NULL && e->etag != NULL);
	e->response = response;
	e->size = size;
	memcpy(e->shows, shows, show_count * sizeof(*shows));
	e->show_count = show_count;
	c->used += size;
	TAILQ_INSERT_TAIL(&c->age, e, age);
	LIST_INSERT_HEAD(&c->buckets[bucket_of(key)], e, bucket);
}
