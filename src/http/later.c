/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/later.h"

#include "base/check.h"
#include "http/private.h"

#include <string.h>

/*
 * The queue of writes of one web process and the questions under way. A write
 * that finds the lock taken stays queued; past its deadline it is BUSY.
 */

enum outcome
write_later(struct request *rq, db_write_fn *fn, answer_fn *answer, void *arg)
{
	struct request_private *p = rq->private;
	struct server *server = rq->server;

	check(!p->waits);
	p->write = fn;
	p->answer = answer;
	p->arg = arg;
	p->waits = true;
	p->next_write = NULL;
	p->queued = time_monotonic_ms();
	*server->last_write = rq;
	server->last_write = &p->next_write;
	return OK;
}

void
write_raises(struct request *rq, enum generation_kind kind, int64_t id)
{
	struct request_private *p = rq->private;

	check(p->raise_count < REQUEST_RAISES);
	p->raises[p->raise_count++] = (struct raised){ kind, id };
}

static struct request *
write_take(struct server *server)
{
	struct request *rq = server->first_write;

	server->first_write = rq->private->next_write;
	if (server->first_write == NULL)
		server->last_write = &server->first_write;
	rq->private->write = NULL;
	return rq;
}

static void
write_answer(struct request *rq, enum outcome got)
{
	struct request_private *p = rq->private;
	answer_fn *answer = p->answer;

	if (got == OK)
		for (size_t i = 0; i < p->raise_count; i++)
			generation_raise(p->raises[i].kind, p->raises[i].id);
	p->raise_count = 0;
	p->waits = false;
	p->answer = NULL;
	turn_go_on(rq, answer(rq, got, p->arg));
}

/* What has waited for the lock too long goes back as BUSY. */
static void
writes_expire(struct server *server)
{
	int64_t now = time_monotonic_ms();

	while (server->first_write != NULL &&
	    now - server->first_write->private->queued >
		server->config.deadlines.write)
		write_answer(write_take(server), BUSY);
}

void
later_run_writes(struct server *server)
{
	struct db_write writes[DB_BATCH_MAX];
	struct request *asked[DB_BATCH_MAX];
	size_t count = 0;

	for (struct request *rq = server->first_write;
	    rq != NULL && count < DB_BATCH_MAX; rq = rq->private->next_write) {
		asked[count] = rq;
		writes[count++] = (struct db_write){ rq->private->write,
			rq->private->arg, BUSY };
	}
	if (count == 0)
		return;
	server->lock_is_taken =
	    db_batch_try(server->writes, writes, count) == BUSY;
	if (server->lock_is_taken) {
		writes_expire(server);
		return;
	}
	for (size_t i = 0; i < count; i++)
		check(write_take(server) == asked[i]);
	for (size_t i = 0; i < count; i++)
		write_answer(asked[i], writes[i].outcome);
}

static void
write_forget(struct server *server, struct request *rq)
{
	struct request **link = &server->first_write;

	while (*link != NULL && *link != rq)
		link = &(*link)->private->next_write;
	if (*link == NULL)
		return;
	*link = rq->private->next_write;
	if (*link == NULL)
		server->last_write = link;
}

/*
 * The request ends, so nothing may answer it any more: neither a queued write
 * nor a question. libmicrohttpd does not see that a suspended connection's
 * other side is gone: its write is done, and only the answer gets lost.
 */
void
later_forget(struct request *rq)
{
	struct server *server = rq->server;

	if (rq->private->write != NULL)
		write_forget(server, rq);
	if (server->config.vault != NULL)
		channel_forget(server->config.vault, rq);
	if (server->config.runner != NULL)
		channel_forget(server->config.runner, rq);
}

void
later_give_up(struct request *rq)
{
	later_forget(rq);
	rq->private->waits = false;
	turn_go_on(rq, BUSY);
}

void *
later_wait(struct request *rq, later_fn *answer, void *arg)
{
	struct request_private *p = rq->private;

	check(!p->waits);
	p->waits = true;
	p->later = answer;
	p->arg = arg;
	return rq;
}

void
later_answer(void *wait, const struct channel_answer *answer)
{
	struct request *rq = wait;
	struct request_private *p = rq->private;
	later_fn *later = p->later;
	struct channel_answer copy = *answer;

	p->waits = false;
	p->later = NULL;
	copy.bytes = arena_copy_bytes(&rq->arena, answer->bytes,
	    answer->size);
	turn_go_on(rq, later(rq, &copy, p->arg));
}

enum outcome
later_refused(struct request *rq, enum outcome why)
{
	rq->private->waits = false;
	rq->private->later = NULL;
	return why;
}
