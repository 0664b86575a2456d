/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/sandbox.h"
#include "http/server.h"
#include "proc/serve.h"
#include "site/routes.h"

#include <signal.h>
#include <sysexits.h>

/* A web process: its loop, its sandbox. What it serves is in site/routes.c. */

static void
stop(int number)
{
	(void)number;
	server_stop();
}

static enum outcome
sandbox(const struct serve_config *config, struct arena *a)
{
	struct sandbox_paths paths = {
		.data = { config->db.folder,
			arena_print(a, "%s/incoming", config->data),
			arena_print(a, "%s/evidence", config->data) },
		.readable = { arena_print(a, "%s/pdf", config->data) },
		.unix_connect = config->db.postgres != NULL,
		.ports = { db_config_port(&config->db) },
	};

	return sandbox_enter(SANDBOX_WEB, &paths);
}

int
web_main(void *arg, const struct parent_ends *ends)
{
	const struct serve_config *config = arg;
	struct server_config server_config = {
		.listen_fd = ends->listener,
		.vault = channel_open(ends->vault),
		.runner = channel_open(ends->runner),
		.db = config->db,
		.data = config->data,
		.behind_proxy = config->behind_proxy,
		.routes = site_routes,
		.hooks = site_hooks,
	};
	struct server *server;
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	signal(SIGTERM, stop);
	if (server_open(&server_config, &server) != OK)
		return EX_UNAVAILABLE;
	if (sandbox(config, &a) != OK) {
		server_close(server);
		return EX_UNAVAILABLE;
	}
	server_run(server);
	server_close(server);
	channel_close(server_config.vault);
	channel_close(server_config.runner);
	return EX_OK;
}
