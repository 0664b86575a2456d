/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/server.h"

#include "base/check.h"
#include "base/generation.h"
#include "db/db.h"
#include "http/form.h"
#include "http/later.h"
#include "http/private.h"
#include "http/response.h"
#include "proc/listen.h"

#include <signal.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Bytes to a whole web process over a socket, as they would come from the
 * network: a byte 0xFF ends a piece, and the loop turns after each. Whatever
 * comes, every connection is over at the end and no upload is left.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct server *server;
static char folder[] = "/tmp/tulga-fuzz-XXXXXX";

static const struct field WELL[] = {
	{ "name", FIELD_TEXT, FIELD_REQUIRED, 0, 40, "Name", NULL, NULL, NULL },
	{ 0 }
};

static enum outcome
show(struct request *rq)
{
	page_shows(rq, GENERATION_ALL, 0);
	page_write_text(&rq->page, rq->path);
	page_write_text(&rq->page, request_field(rq, "name"));
	return OK;
}

static enum outcome
write_nothing(struct tx *tx, void *arg)
{
	(void)tx;
	(void)arg;
	return INVALID;
}

static enum outcome
written(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	redirect_notice(rq, "Done");
	return got == INVALID ? redirect(rq, "%s", rq->page.address) : got;
}

static enum outcome
take(struct request *rq)
{
	const struct upload *upload = request_upload(rq);
	struct form form;

	form_open(rq, &form, WELL);
	form_read(rq, &form);
	if (upload != NULL)
		check(access(upload->path, F_OK) == 0);
	return write_later(rq, write_nothing, written, NULL);
}

static enum outcome
who_asks(struct request *rq, const char *token)
{
	if (*token == 'b')
		rq->asker.person = 1;
	return OK;
}

static enum outcome
which(struct request *rq, const char *slug)
{
	rq->organisation.role = ROLE_EDITOR;
	return *slug == 'b' ? OK : NOT_FOUND;
}

static void
frame(struct request *rq)
{
	rq->page.coalition = (struct label){ .text = { "Эвсэл", "Coalition" } };
}

static const struct route ROUTES[] = {
	{ "GET", "/", PUBLIC, show, ROUTE_CACHED },
	{ "GET", "/wells.csv", PUBLIC, show, ROUTE_BARE | ROUTE_CACHED },
	{ "GET", "/o/:slug/:well", PUBLIC, show, 0 },
	{ "GET", "/p", SIGNED_IN, show, 0 },
	{ "POST", "/p", PUBLIC, take, ROUTE_ANONYMOUS },
	{ "POST", "/u", PUBLIC, take, ROUTE_ANONYMOUS | ROUTE_UPLOAD },
	{ "POST", "/t", SIGNED_IN, take, 0 },
	{ 0 }
};
static const struct route *const TABLES[] = { ROUTES, NULL };

/* Never removed: libFuzzer ends without a word to us. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static char incoming[64];
	struct server_config config = { .routes = TABLES,
		.hooks = { who_asks, which, frame } };
	struct db *db;

	(void)argc;
	(void)argv;
	signal(SIGPIPE, SIG_IGN);
	check(sodium_init() >= 0 && mkdtemp(folder) != NULL);
	snprintf(incoming, sizeof(incoming), "%s/incoming", folder);
	check(mkdir(incoming, 0700) == 0);
	generation_open();
	config.data = config.db.folder = folder;
	check(db_open(&config.db, DB_WRITE, &db) == OK);
	db_close(db);
	check(listen_open("127.0.0.1", 0, &config.listen_fd, 1) == OK);
	check(server_open(&config, &server) == OK);
	return 0;
}

/* What the answers say is of no interest; that they come to an end is. */
static void
turn(int fd)
{
	char answer[65536];

	for (int i = 0; i < 3; i++) {
		MHD_run(server->daemon);
		later_run_writes(server);
		while (recv(fd, answer, sizeof(answer), MSG_DONTWAIT) > 0)
			MHD_run(server->daemon);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct sockaddr address = { .sa_family = AF_UNIX };
	int ends[2];

	check(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
	check(MHD_add_connection(server->daemon, ends[0], &address,
	    sizeof(address)) == MHD_YES);
	while (size > 0) {
		const uint8_t *end = memchr(bytes, 0xff, size);
		size_t one = end == NULL ? size : (size_t)(end - bytes);
		size_t step = end == NULL ? one : one + 1;

		if (one > 0)
			(void)!send(ends[1], bytes, one, MSG_NOSIGNAL);
		turn(ends[1]);
		bytes += step;
		size -= step;
	}
	shutdown(ends[1], SHUT_WR);
	turn(ends[1]);
	if (server->connections != NULL)
		shutdown(server->connections->fd, SHUT_RDWR);
	for (int i = 0; i < 100 && server->connections != NULL; i++)
		turn(ends[1]);
	check(server->connections == NULL && server->first_write == NULL);
	close(ends[1]);
	return 0;
}
