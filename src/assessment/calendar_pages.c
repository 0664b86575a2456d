/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/calendar.h"

#include "assessment/cycle_handlers.h"
#include "base/time.h"
#include "http/response.h"

#include <sodium.h>
#include <string.h>

/* The calendar itself. A wrong key is answered like a wrong address. */

static enum outcome
key_check(struct request *rq)
{
	const char *given_key = request_field(rq, "key");
	uint8_t secret[CALENDAR_SECRET];
	char key[CALENDAR_KEY_SIZE];
	enum outcome got = calendar_secret_find(rq->db, &rq->arena, secret);

	if (got != OK)
		return got;
	calendar_key_make(secret, rq->organisation.id, key);
	if (given_key == NULL || strlen(given_key) != sizeof(key) - 1 ||
	    sodium_memcmp(given_key, key, sizeof(key) - 1) != 0)
		return NOT_FOUND;
	return OK;
}

enum outcome
calendar_page(struct request *rq)
{
	struct calendar_events events;
	AUTO_BUFFER struct buffer out;
	enum outcome got = key_check(rq);

	buffer_init(&out);
	if (got == OK)
		got = calendar_event_list(rq->db, &rq->arena,
		    rq->organisation.id, &events);
	if (got != OK)
		return got;
	calendar_write(&out, rq->organisation.name.text[LANGUAGE_MN], &events,
	    time_now());
	return respond(rq, "text/calendar; charset=utf-8",
	    arena_copy_bytes(&rq->arena, out.bytes, out.size), out.size);
}
