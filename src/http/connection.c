/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "http/private.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

/*
 * The sockets of one web process and the deadlines of what happens on them.
 * libmicrohttpd's own timeout counts inactivity only, so that one byte a minute
 * would hold a connection for ever; here each phase must end in time. A socket
 * is only shut down: libmicrohttpd finds it so and closes it.
 */

enum { SWEEP_MS = CONNECTION_SWEEP_MS };

static struct connection *
connection_add(struct server *server, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd,
	    MHD_CONNECTION_INFO_CONNECTION_FD);
	struct connection *c = calloc(1, sizeof(*c));

	check(c != NULL && info != NULL);
	c->fd = info->connect_fd;
	connection_allow(c, server->config.deadlines.head);
	c->next = server->connections;
	c->link = &server->connections;
	if (c->next != NULL)
		c->next->link = &c->next;
	server->connections = c;
	return c;
}

static void
connection_remove(struct connection *c)
{
	/* When a query fills its memory libmicrohttpd ends without a word. */
	connection_end_request(c);
	*c->link = c->next;
	if (c->next != NULL)
		c->next->link = c->link;
	free(c);
}

void
connection_note(void *arg, struct MHD_Connection *mhd, void **context,
    enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		*context = connection_add(arg, mhd);
	} else if (*context != NULL) {
		connection_remove(*context);
		*context = NULL;
	}
}

struct connection *
connection_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd,
	    MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	check(info != NULL && info->socket_context != NULL);
	return info->socket_context;
}

void
connection_end_request(struct connection *c)
{
	struct request *rq = c->rq;

	if (rq == NULL)
		return;
	c->rq = NULL;
	connection_allow(c, rq->server->config.deadlines.head);
	later_forget(rq);
	request_close(rq);
}

void
connection_allow(struct connection *c, int64_t ms)
{
	c->deadline = time_monotonic_ms() + ms;
}

void
connections_sweep(struct server *server)
{
	int64_t now = time_monotonic_ms();

	if (now - server->swept < SWEEP_MS)
		return;
	server->swept = now;
	for (struct connection *c = server->connections; c != NULL;
	    c = c->next)
		if (now > c->deadline)
			shutdown(c->fd, SHUT_RDWR);
}

/*
 * Nothing is under way and no more has come; or the rest never will: when a
 * request breaks off, libmicrohttpd sees the end only at its timeout.
 */
static bool
is_idle(const struct connection *c)
{
	char byte;
	ssize_t got = recv(c->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);

	if (c->rq == NULL)
		return got == 0 || (got < 0 && errno == EAGAIN);
	return got == 0 && c->rq->private->stage <= STAGE_BODY;
}

void
connections_end_idle(struct server *server)
{
	for (struct connection *c = server->connections; c != NULL;
	    c = c->next)
		if (is_idle(c))
			shutdown(c->fd, SHUT_RDWR);
}

void
connections_end_waiting(struct server *server)
{
	for (struct connection *c = server->connections; c != NULL;
	    c = c->next)
		if (c->rq != NULL && c->rq->private->waits)
			later_give_up(c->rq);
}
