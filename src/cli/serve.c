/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "base/arena.h"
#include "base/generation.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "content/folder.h"
#include "library/library.h"
#include "proc/listen.h"
#include "proc/serve.h"
#include "setting/setting_store.h"
#include "site/routes.h"
#include "text/collate.h"
#include "text/number.h"
#include "vault/vault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* tulga serve: everything that is done before the first fork, in order. */

enum { WEB_MOST = 32, PORT = 8080 };

struct serve {
	struct cli_place place;
	const char *listen, *port, *web, *user, *smtp, *smtp_user, *from;
	const char *address;
	bool behind_proxy;
	struct serve_config config;
	int listeners[WEB_MOST];
	size_t web_count;
};

static bool
read_numbers(struct serve *s, uint16_t *port_out)
{
	int64_t port = PORT, web = sysconf(_SC_NPROCESSORS_ONLN);

	if (s->port != NULL && number_parse(s->port, 0, 65535, &port) != OK) {
		fprintf(stderr, "tulga: --port is a number up to 65535\n");
		return false;
	}
	if (s->web != NULL && number_parse(s->web, 1, WEB_MOST, &web) != OK) {
		fprintf(stderr, "tulga: --web is a number from 1 to %d\n",
		    WEB_MOST);
		return false;
	}
	*port_out = (uint16_t)port;
	s->web_count = (size_t)(web > WEB_MOST ? WEB_MOST : web);
	return true;
}

static enum outcome
address_write(struct tx *tx, void *arg)
{
	const struct serve *s = arg;
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	return setting_change(tx, &a, "site.address", s->address);
}

/* "https://host" without a slash at the end, or nothing. */
static bool
address_is_plain(const char *address)
{
	const char *host = strstr(address, "://");

	return host != NULL && (strncmp(address, "https://", 8) == 0 ||
	    strncmp(address, "http://", 7) == 0) && host[3] != '\0' &&
	    strpbrk(host + 3, "/?# ") == NULL;
}

/* Schema, folders and key, as the user that will serve. */
static int
prepare(struct serve *s, struct arena *a)
{
	AUTO_DB struct db *db = NULL;
	int got = cli_open(&s->place, &db);
	char *data;

	if (got != EX_OK)
		return got;
	if (s->address != NULL && db_write(db, address_write, s) != OK)
		return EX_IOERR;
	data = realpath(s->place.data, NULL);
	if (data == NULL)
		return EX_NOINPUT;
	s->config.data = arena_copy(a, data);
	free(data);
	s->config.db.folder = arena_print(a, "%s/db", s->config.data);
	s->config.db.postgres = s->place.postgres != NULL ? s->place.postgres
	    : getenv("TULGA_POSTGRES");
	s->config.behind_proxy = s->behind_proxy;
	s->config.mail = (struct mail_config){
		.smtp = s->smtp,
		.user = s->smtp_user,
		.password = getenv("TULGA_SMTP_PASSWORD"),
		.from = s->from == NULL ? "tulga@localhost" : s->from,
		.folder = arena_print(a, "%s/mail", s->config.data),
	};
	return cli_exit(vault_key_make(arena_print(a, "%s/secrets/vault.key",
	    s->config.data)));
}

static void
say_ready(const struct serve *s)
{
	struct sandbox_layers layers = sandbox_layers();
	const char *host = s->listen == NULL ? "127.0.0.1" : s->listen;

	log_info("serving \"%s\" with %zu web processes; seccomp %s, "
	    "Landlock %d", s->config.data, s->web_count,
	    layers.seccomp ? "on" : "off", layers.landlock);
	printf("http://%s:%u/\n", host, listen_port(s->listeners[0]));
	fflush(stdout);
}

static int
run(struct serve *s)
{
	struct parent_plan plan = {
		.children = {
			[PARENT_RUNNER] = { "runner", runner_main, &s->config,
			    1 },
			[PARENT_VAULT] = { "vault", vault_main, &s->config,
			    1 },
			[PARENT_CLERK] = { "clerk", clerk_main, &s->config,
			    1 },
			[PARENT_WEB] = { "web", web_main, &s->config,
			    s->web_count },
		},
		.listeners = s->listeners,
		.user = s->user,
	};

	say_ready(s);
	return cli_exit(parent_run(&plan));
}

int
cli_serve(int argc, char **argv)
{
	struct serve s = { .place = { .data = "data" } };
	const struct cli_option options[] = {
		CLI_PLACE(s.place),
		{ "address", "URL", "what links in letters begin with, "
		    "https://…; remembered", &s.address, NULL },
		{ "listen", "HOST", "address to listen on (127.0.0.1)",
		    &s.listen, NULL },
		{ "port", "N", "port to listen on (8080; 0: a free one)",
		    &s.port, NULL },
		{ "web", "N", "web processes (one per processor)", &s.web,
		    NULL },
		{ "user", "NAME", "whom to become when started as root",
		    &s.user, NULL },
		{ "behind-proxy", NULL, "a proxy ends TLS and says so in "
		    "X-Forwarded-Proto", NULL, &s.behind_proxy },
		{ "smtp", "URL", "mail server, smtp:// or smtps:// (without: "
		    "letters go to DIR/mail)", &s.smtp, NULL },
		{ "smtp-user", "NAME", "its user; the password is read from "
		    "TULGA_SMTP_PASSWORD", &s.smtp_user, NULL },
		{ "from", "ADDRESS", "sender of letters", &s.from, NULL },
		{ 0 }
	};
	AUTO_ARENA struct arena a;
	uint16_t port;
	int got;

	arena_init(&a, ARENA_LIMIT);
	if (!cli_read(&argc, argv, "serve [OPTIONS]",
		"Serves a data folder over HTTP until it is stopped "
		"(Ctrl-C).", options, &got))
		return got;
	if (s.address != NULL && !address_is_plain(s.address)) {
		fprintf(stderr, "tulga: --address is like "
		    "https://tulga.example, without a path\n");
		return EX_USAGE;
	}
	if (argc > 1 || !read_numbers(&s, &port)) {
		if (argc > 1)
			fprintf(stderr, "tulga: serve takes no \"%s\"\n",
			    argv[1]);
		return EX_USAGE;
	}
	if (collate_open() != OK ||
	    library_open(content_folder(s.place.content)) != OK)
		return EX_CONFIG;
	site_open();
	got = prepare(&s, &a);
	if (got != EX_OK)
		return got;
	generation_open();
	if (listen_open(s.listen == NULL ? "127.0.0.1" : s.listen, port,
		s.listeners, s.web_count) != OK)
		return EX_UNAVAILABLE;
	got = run(&s);
	listen_close(s.listeners, s.web_count);
	return got;
}
