/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* MAP_ANONYMOUS */

#include "../tests/proc/small_server.h"

#include "base/arena.h"
#include "base/channel.h"
#include "base/time.h"
#include "proc/listen.h"
#include "runner/client.h"
#include "runner/runner.h"
#include "vault/client.h"
#include "vault/vault.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* The processes of the small server, and how a test starts and asks them. */

struct page *page;
static enum parent_role own_role;

static void
on_stop(int number)
{
	(void)number;
	atomic_store(&page->ended[own_role], time_monotonic_ms());
	_exit(0);
}

static void
note_start(enum parent_role role, const struct parent_ends *ends)
{
	int wanted = (int)ends->asker_count + (ends->listener != -1) +
	    (ends->vault != -1) + (ends->runner != -1), count = 0;

	own_role = role;
	signal(SIGTERM, on_stop);
	for (int fd = 3; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	atomic_fetch_add(&page->extra, abs(count - wanted));
	atomic_store(&page->user, (int)geteuid());
	atomic_fetch_add(&page->starts[role][ends->index], 1);
	atomic_store(&page->pids[role][ends->index], getpid());
}

static bool
vault_answers(struct channel *vault, struct arena *a)
{
	struct vault_totp_new question = { 7 };
	struct channel_answer answer;

	return channel_ask_wait(vault, a, VAULT_TOTP_NEW, &question,
	    sizeof(question), -1, &answer) == OK && answer.outcome == OK;
}

static bool
runner_answers(struct channel *runner, struct arena *a)
{
	struct runner_derive question = { .size = 4, .password = "well" };
	struct channel_answer answer;

	return channel_ask_wait(runner, a, RUNNER_DERIVE, &question,
	    sizeof(question), -1, &answer) == OK && answer.outcome == OK;
}

/* What a client asks with one letter, a web process answers with a digit. */
static char
answer_of(char letter, const struct parent_ends *ends, struct channel *vault,
    struct channel *runner)
{
	struct arena arena;
	bool yes = false;

	arena_init(&arena, ARENA_LIMIT);
	if (letter == 'v')
		yes = vault_answers(vault, &arena);
	if (letter == 'r')
		yes = runner_answers(runner, &arena);
	arena_done(&arena);
	return letter == 'w' ? (char)('1' + ends->index) : yes ? 'y' : 'n';
}

static int
web_main(void *arg, const struct parent_ends *ends)
{
	struct channel *vault, *runner;
	char letter;

	(void)arg;
	note_start(PARENT_WEB, ends);
	if (atomic_load(&page->quick) && ends->index == 0)
		return 1;
	vault = channel_open(ends->vault);
	runner = channel_open(ends->runner);
	channel_patience(vault, 3000);
	channel_patience(runner, 5000);
	fcntl(ends->listener, F_SETFL, 0);
	for (;;) {
		int fd = accept(ends->listener, NULL, NULL);

		if (fd < 0)
			continue;
		if (read(fd, &letter, 1) == 1) {
			letter = answer_of(letter, ends, vault, runner);
			(void)!write(fd, &letter, 1);
		}
		close(fd);
	}
}

static int
clerk_main(void *arg, const struct parent_ends *ends)
{
	(void)arg;
	note_start(PARENT_CLERK, ends);
	if (atomic_load(&page->give_up))
		return PARENT_GIVE_UP;
	if (atomic_load(&page->stubborn))
		signal(SIGTERM, SIG_IGN);
	for (;;)
		pause();
}

static int
vault_main(void *arg, const struct parent_ends *ends)
{
	note_start(PARENT_VAULT, ends);
	return vault_serve(arg, ends->askers, ends->asker_count) == OK ? 0 : 1;
}

static int
runner_main(void *arg, const struct parent_ends *ends)
{
	(void)arg;
	note_start(PARENT_RUNNER, ends);
	return runner_serve(ends->askers, ends->asker_count) == OK ? 0 : 1;
}

void
wait_started(int role, int index, int starts)
{
	int64_t until = time_monotonic_ms() + 10000;

	while (atomic_load(&page->starts[role][index]) < starts ||
	    atomic_load(&page->pids[role][index]) == 0) {
		assert_true(time_monotonic_ms() < until);
		usleep(1000);
	}
}

void
start_server(struct server *server)
{
	const struct parent_plan plan = {
		.children = {
			[PARENT_RUNNER] = { "runner", runner_main, NULL, 1 },
			[PARENT_VAULT] = { "vault", vault_main, server->key,
			    1 },
			[PARENT_CLERK] = { "clerk", clerk_main, NULL, 1 },
			[PARENT_WEB] = { "web", web_main, NULL, WEBS },
		},
		.listeners = server->listeners,
		.user = server->user,
	};

	server->parent = fork();
	assert_true(server->parent >= 0);
	if (server->parent == 0)
		_exit(parent_run(&plan) == OK ? 0 : 1);
}

void
wait_all_started(void)
{
	for (int role = 0; role < ROLES; role++)
		for (int i = 0; i < (role == PARENT_WEB ? WEBS : 1); i++)
			wait_started(role, i, 1);
}

int
server_open(void **state)
{
	struct server *server = calloc(1, sizeof(*server));

	assert_non_null(server);
	memset(page, 0, sizeof(*page));
	strcpy(server->folder, "/tmp/secrets-XXXXXX");
	assert_non_null(mkdtemp(server->folder));
	snprintf(server->key, sizeof(server->key), "%s/vault.key",
	    server->folder);
	assert_int_equal(vault_key_make(server->key), OK);
	assert_int_equal(listen_open("127.0.0.1", 0, server->listeners, WEBS),
	    OK);
	*state = server;
	return 0;
}

int
server_close(void **state)
{
	struct server *server = *state;

	if (server->parent > 0) {
		kill(server->parent, SIGKILL);
		waitpid(server->parent, NULL, 0);
	}
	listen_close(server->listeners, WEBS);
	unlink(server->key);
	rmdir(server->folder);
	free(server);
	return 0;
}

int
stop_server(struct server *server)
{
	int status;

	kill(server->parent, SIGTERM);
	assert_int_equal(waitpid(server->parent, &status, 0), server->parent);
	server->parent = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int
begin_asking(const struct server *server, char letter)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons(listen_port(server->listeners[0])),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const struct timeval limit = { 15, 0 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	assert_int_equal(write(fd, &letter, 1), 1);
	return fd;
}

int
end_asking(int fd)
{
	char letter;
	ssize_t got = read(fd, &letter, 1);

	close(fd);
	return got == 1 ? letter : -1;
}

int
ask_web(const struct server *server, char letter)
{
	return end_asking(begin_asking(server, letter));
}

bool
page_open(void)
{
	page = mmap(NULL, sizeof(*page), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return page != MAP_FAILED;
}
