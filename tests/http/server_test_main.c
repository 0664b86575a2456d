/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "pages.h"

#include "base/generation.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "proc/listen.h"
#include "runner/runner.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

/*
 * One web process and one runner for tests/http/run:
 *
 *	server_test_main FOLDER [port=N] [NAME=MILLISECONDS...] [cache=BYTES]
 *
 * Prints "port N" when it listens; NAMEs are those of struct server_deadlines.
 */

static void
stop(int number)
{
	(void)number;
	server_stop();
}

static bool
option_take(struct server_config *config, uint16_t *port, const char *option)
{
	struct server_deadlines *d = &config->deadlines;
	const struct {
		const char *name;
		int *value;
	} names[] = {
		{ "head=", &d->head }, { "body=", &d->body },
		{ "upload=", &d->upload }, { "send=", &d->send },
		{ "write=", &d->write }, { "stop=", &d->stop },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t size = strlen(names[i].name);

		if (strncmp(option, names[i].name, size) == 0) {
			*names[i].value = atoi(option + size);
			return true;
		}
	}
	if (strncmp(option, "port=", 5) == 0)
		*port = (uint16_t)atoi(option + 5);
	else if (strncmp(option, "cache=", 6) == 0)
		config->cache_bytes = strtoull(option + 6, NULL, 10);
	else if (strcmp(option, "proxy") == 0)
		config->behind_proxy = true;
	else
		return false;
	return true;
}

/* A runner in a child, which ends when this process does. */
static struct channel *
runner_start(pid_t *pid_out)
{
	int ends[2];

	if (channel_pair(ends) != OK)
		return NULL;
	*pid_out = fork();
	if (*pid_out == 0) {
		close(ends[0]);
		signal(SIGTERM, SIG_DFL);
		_exit(runner_serve(&ends[1], 1) == OK ? 0 : 1);
	}
	return *pid_out < 0 ? NULL : channel_open(ends[0]);
}

static enum outcome
data_make(const struct server_config *config)
{
	AUTO_DB struct db *db = NULL;
	char folder[512];
	enum outcome got;

	snprintf(folder, sizeof(folder), "%s/incoming", config->data);
	mkdir(folder, 0700);
	got = db_open(&config->db, DB_WRITE, &db);
	if (got == OK)
		got = db_migrate(db);
	return got == OK ? test_tables(db) : got;
}

static enum outcome
serve(struct server_config *config)
{
	const struct sandbox_paths paths = { .data = { config->data } };
	struct server *server;
	enum outcome got = server_open(config, &server);

	if (got != OK)
		return got;
	got = sandbox_enter(SANDBOX_WEB, &paths);
	if (got == OK) {
		printf("port %u\n", (unsigned)listen_port(config->listen_fd));
		fflush(stdout);
		server_run(server);
	}
	server_close(server);
	return got;
}

int
main(int argc, char *argv[])
{
	struct server_config config = {
		.data = argv[1], .db = { .folder = argv[1] },
		.routes = test_routes, .hooks = test_hooks,
	};
	uint16_t port = 0;
	pid_t runner;
	enum outcome got;

	for (int i = 2; i < argc; i++)
		if (!option_take(&config, &port, argv[i]))
			return EX_USAGE;
	if (argc < 2 || sodium_init() < 0)
		return EX_USAGE;
	log_name("web");
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTERM, stop);
	generation_open();
	config.runner = runner_start(&runner);
	got = data_make(&config);
	if (got == OK)
		got = listen_open("127.0.0.1", port, &config.listen_fd, 1);
	if (got == OK)
		got = serve(&config);
	close(config.listen_fd);
	channel_close(config.runner);
	return got == OK ? EX_OK : EX_UNAVAILABLE;
}
