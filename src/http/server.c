/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/server.h"

#include "base/check.h"
#include "base/log.h"
#include "http/asset.h"
#include "http/framing.h"
#include "http/private.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

/*
 * One web process: libmicrohttpd driven by an epoll loop of ours, which also
 * hears vault and runner, runs the batch of writes after each round and ends
 * connections that are too slow.
 */

static const struct server_deadlines DEADLINES = {
	.head = 30 * 1000,
	.body = 60 * 1000,
	.upload = 15 * 60 * 1000,
	.send = 120 * 1000,
	.write = 5 * 1000,
	.stop = 4 * 1000,
};

enum {
	CONNECTIONS = 16384,
	POOL = 6 * 1024,	/* of a connection; long headers get 431 */
	CACHE_BYTES = 16 * 1024 * 1024,
	IDLE_SECONDS = 75,
	RETRY_MS = 1,		/* when another process holds the lock */
	LAST_MS = 300,		/* to send the last answers at the end */
	SEND_STEP = 1024 * 1024,	/* as long again for each MiB */
	LOG_MS = 1000,		/* between two lines of libmicrohttpd */
};

static volatile sig_atomic_t stopping;

void
server_stop(void)
{
	stopping = 1;
}

/* --- libmicrohttpd's calls --------------------------------------------- */

/* The request line is read: a request begins. */
static void *
uri_note(void *arg, const char *uri, struct MHD_Connection *mhd)
{
	struct server *server = arg;
	struct request *rq = request_open(server, uri);

	rq->private->connection = mhd;
	rq->private->socket = connection_of(mhd);
	connection_end_request(rq->private->socket);
	rq->private->socket->rq = rq;
	return rq;
}

static void
request_end(void *arg, struct MHD_Connection *mhd, void **context,
    enum MHD_RequestTerminationCode code)
{
	struct request *rq = *context;

	(void)arg;
	(void)mhd;
	(void)code;
	if (rq != NULL)
		connection_end_request(rq->private->socket);
	*context = NULL;
}

static enum MHD_Result
refuse_and_close(struct MHD_Connection *mhd, unsigned status, const char *text)
{
	struct MHD_Response *response = response_plain(status, text);
	enum MHD_Result queued = MHD_queue_response(mhd, status, response);

	MHD_destroy_response(response);
	return queued;
}

/* Headers are complete. Nothing is answered here: that would close. */
static enum MHD_Result
head_read(struct request *rq, const char *method, const char *version)
{
	struct request_private *p = rq->private;
	const struct server_deadlines *d = &rq->server->config.deadlines;
	const char *length = request_header(rq, "Content-Length");

	if (!framing_is_plain(p->connection, version))
		return refuse_and_close(p->connection, 400,
		    "400: this request can be read in more than one way.\n");
	if (length != NULL &&
	    strtoull(length, NULL, 10) > UPLOAD_MOST * 4)
		return refuse_and_close(p->connection, 413,
		    "413: a file may have at most 20 MiB.\n");
	rq->method = arena_copy(&rq->arena, method);
	p->stage = STAGE_BODY;
	if (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)
		return MHD_YES;
	turn_find_route(rq);
	p->has_route = true;
	p->may_upload = turn_may_upload(rq);
	connection_allow(p->socket, p->may_upload ? d->upload : d->body);
	return MHD_YES;
}

static bool
asset_ready(struct request *rq)
{
	struct request_private *p = rq->private;

	if (strncmp(p->raw, "/assets/", 8) != 0)
		return false;
	p->ready = asset_response(p->raw,
	    encode_accept(request_header(rq, "Accept-Encoding")));
	if (p->ready == NULL)
		return false;
	p->status = 200;
	p->ready_is_kept = true;
	p->stage = STAGE_READY;
	return true;
}

/* The whole request is here. */
static void
request_complete(struct request *rq)
{
	struct request_private *p = rq->private;

	connection_allow(p->socket, rq->server->config.deadlines.send);
	if (!p->has_route) {
		if (asset_ready(rq) || turn_from_cache(rq))
			return;
		turn_find_route(rq);
		if (address_fields_parse(&rq->arena, rq->query,
			strlen(rq->query), &p->fields) != OK)
			p->body_fault = INVALID;
	} else {
		request_body_end(rq);
	}
	turn_begin(rq);
}

static enum MHD_Result
ready_send(struct request *rq)
{
	struct request_private *p = rq->private;
	enum MHD_Result queued;

	connection_allow(p->socket, rq->server->config.deadlines.send *
	    (int64_t)(1 + p->ready_size / SEND_STEP));
	p->stage = STAGE_SENT;
	queued = MHD_queue_response(p->connection, p->status, p->ready);
	if (queued == MHD_YES && p->etag != NULL) {
		/* Now libmicrohttpd has a reference of its own. */
		cache_add(rq->server->cache, turn_cache_key(rq), p->etag,
		    p->ready, p->ready_size, p->shows, p->show_count);
		p->ready_is_kept = true;
	}
	return queued;
}

/* Called for headers, for each piece of the body, at its end, on resuming. */
static enum MHD_Result
request_note(void *arg, struct MHD_Connection *mhd, const char *url,
    const char *method, const char *version, const char *bytes, size_t *size,
    void **context)
{
	struct request *rq = *context;
	struct request_private *p = rq->private;
	enum MHD_Result taken;

	(void)arg;
	(void)mhd;
	(void)url;
	if (p->stage == STAGE_HEAD)
		return head_read(rq, method, version);
	if (p->stage == STAGE_BODY && *size > 0) {
		taken = request_body(rq, bytes, *size);
		*size = 0;
		return taken;
	}
	if (p->stage == STAGE_BODY)
		request_complete(rq);
	return p->stage == STAGE_READY ? ready_send(rq) : MHD_YES;
}

/* Addresses stay as sent: address.c decodes them, once. */
static size_t
unescape_nothing(void *arg, struct MHD_Connection *mhd, char *text)
{
	(void)arg;
	(void)mhd;
	return strlen(text);
}

static void mhd_log(void *arg, const char *format, va_list args)
    PRINTF_LIKE(2, 0);

/* Whoever sends rubbish makes it talk, so it may not talk much. */
static void
mhd_log(void *arg, const char *format, va_list args)
{
	static int64_t last = -LOG_MS;
	int64_t now = time_monotonic_ms();
	char line[256];

	(void)arg;
	if (now - last < LOG_MS)
		return;
	last = now;
	vsnprintf(line, sizeof(line), format, args);
	line[strcspn(line, "\r\n")] = '\0';
	log_warning("http: %s", line);
}

/* --- The loop ---------------------------------------------------------- */

static struct MHD_Daemon *
daemon_start(struct server *server)
{
	const struct server_config *c = &server->config;

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
		MHD_USE_ERROR_LOG,
	    0, NULL, NULL, request_note, server,
	    MHD_OPTION_EXTERNAL_LOGGER, mhd_log, NULL,
	    MHD_OPTION_LISTEN_SOCKET, c->listen_fd,
	    MHD_OPTION_URI_LOG_CALLBACK, uri_note, server,
	    MHD_OPTION_NOTIFY_COMPLETED, request_end, server,
	    MHD_OPTION_NOTIFY_CONNECTION, connection_note, server,
	    MHD_OPTION_UNESCAPE_CALLBACK, unescape_nothing, NULL,
	    MHD_OPTION_CONNECTION_LIMIT, c->connections,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
	    MHD_OPTION_END);
}

static void
loop_watch(struct server *server, int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

	check(epoll_ctl(server->loop, EPOLL_CTL_ADD, fd, &event) == 0);
}

static void
deadline_complete(int *deadline, int usual)
{
	if (*deadline == 0)
		*deadline = usual;
}

static void
config_complete(struct server_config *config)
{
	struct server_deadlines *d = &config->deadlines;

	if (config->connections == 0)
		config->connections = CONNECTIONS;
	if (config->cache_bytes == 0)
		config->cache_bytes = CACHE_BYTES;
	deadline_complete(&d->head, DEADLINES.head);
	deadline_complete(&d->body, DEADLINES.body);
	deadline_complete(&d->upload, DEADLINES.upload);
	deadline_complete(&d->send, DEADLINES.send);
	deadline_complete(&d->write, DEADLINES.write);
	deadline_complete(&d->stop, DEADLINES.stop);
}

enum outcome
server_open(const struct server_config *config, struct server **server_out)
{
	struct server *server = calloc(1, sizeof(*server));
	enum outcome got;

	check(server != NULL);
	server->config = *config;
	config_complete(&server->config);
	server->last_write = &server->first_write;
	server->cache = cache_open(server->config.cache_bytes);
	asset_open();
	got = db_open(&config->db, DB_READ, &server->reads);
	if (got == OK)
		got = db_open(&config->db, DB_WRITE, &server->writes);
	if (got == OK) {
		server->loop = epoll_create1(EPOLL_CLOEXEC);
		server->daemon = daemon_start(server);
		if (server->loop < 0 || server->daemon == NULL)
			got = FAILED;
	}
	if (got != OK) {
		log_error("the web process can't start: %s",
		    outcome_name(got));
		server_close(server);
		return got;
	}
	loop_watch(server, MHD_get_daemon_info(server->daemon,
	    MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd);
	if (config->vault != NULL)
		loop_watch(server, channel_fd(config->vault));
	if (config->runner != NULL)
		loop_watch(server, channel_fd(config->runner));
	*server_out = server;
	return OK;
}

static int
least_wait(int a, int b)
{
	if (a < 0)
		return b;
	return b < 0 || a < b ? a : b;
}

static int
loop_wait_ms(struct server *server)
{
	MHD_UNSIGNED_LONG_LONG mhd;
	int wait = CONNECTION_SWEEP_MS;

	if (MHD_get_timeout(server->daemon, &mhd) == MHD_YES &&
	    mhd < (MHD_UNSIGNED_LONG_LONG)wait)
		wait = (int)mhd;
	if (server->first_write != NULL)
		wait = least_wait(server->lock_is_taken ? RETRY_MS : 0, wait);
	if (server->config.vault != NULL)
		wait = least_wait(channel_wait_ms(server->config.vault), wait);
	if (server->config.runner != NULL)
		wait = least_wait(channel_wait_ms(server->config.runner),
		    wait);
	return wait;
}

/* The parent keeps both ends of a channel: a hang-up means that it is gone. */
static void
loop_listen(struct server *server)
{
	struct epoll_event events[8];
	int count = epoll_wait(server->loop, events, 8, loop_wait_ms(server));

	for (int i = 0; i < count; i++)
		if ((events[i].events & EPOLLHUP) != 0)
			server_stop();
}

static void
loop_turn(struct server *server)
{
	loop_listen(server);
	if (server->config.vault != NULL)
		channel_turn(server->config.vault);
	if (server->config.runner != NULL)
		channel_turn(server->config.runner);
	MHD_run(server->daemon);
	if (server->first_write != NULL) {
		later_run_writes(server);
		MHD_run(server->daemon);
	}
	connections_sweep(server);
}

/* Turns until no connection is left, at most for so long. */
static void
loop_end(struct server *server, int ms)
{
	int64_t end = time_monotonic_ms() + ms;

	while (server->connections != NULL && time_monotonic_ms() < end) {
		connections_end_idle(server);
		loop_turn(server);
	}
}

void
server_run(struct server *server)
{
	while (!stopping)
		loop_turn(server);
	MHD_quiesce_daemon(server->daemon);
	loop_end(server, server->config.deadlines.stop);
	connections_end_waiting(server);
	loop_end(server, LAST_MS);
}

static void
free_requests(struct server *server)
{
	while (server->free_requests != NULL) {
		struct request *rq = server->free_requests;

		server->free_requests = rq->private->next_free;
		request_free(rq);
	}
}

void
server_close(struct server *server)
{
	if (server->daemon != NULL) {
		/* It would close the listening socket, and panic at whatever
		 * is suspended. */
		MHD_quiesce_daemon(server->daemon);
		connections_end_waiting(server);
		MHD_stop_daemon(server->daemon);
	}
	cache_close(server->cache);
	asset_close();
	free_requests(server);
	db_close(server->reads);
	db_close(server->writes);
	if (server->loop > 0)
		close(server->loop);
	free(server);
}

const char *
server_library(void)
{
	return MHD_get_version();
}
