/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* accept4 */

#include "base/sandbox.h"

#include "../tests/sandbox/evil.h"
#include "base/descriptor.h"

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * The negative test: a child for every kind of sandbox enters it and then does
 * what an attacker would do. And the positive one: what each kind is for still
 * works.
 */

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

enum { DIED = 200 };	/* a child's result: killed by the filter */

static char folder[64], elsewhere[64];

/* Runs `act` in a sandboxed child; its return value, or DIED. */
static int
in_sandbox(enum sandbox_kind kind, const struct sandbox_paths *paths,
    int (*act)(const struct evil *), const struct evil *evil)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (pid == 0) {
		alarm(20);
		if (sandbox_enter(kind, paths) != OK)
			_exit(99);
		_exit(act(evil));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGSYS ? DIED :
		    100 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

static struct sandbox_paths
paths_of(enum sandbox_kind kind)
{
	struct sandbox_paths paths = { 0 };

	if (kind == SANDBOX_WEB || kind == SANDBOX_CLERK ||
	    kind == SANDBOX_RUNNER || kind == SANDBOX_PROGRAM)
		paths.data[0] = folder;
	if (kind == SANDBOX_RUNNER || kind == SANDBOX_PROGRAM) {
		paths.readable[0] = "/usr";
		paths.readable[1] = "/lib";
		paths.readable[2] = "/lib64";
		paths.readable[3] = "/bin";
	}
	return paths;
}

/* W web, V vault, C clerk, R runner, D derive, P parse, M program. */
static const char LETTERS[] = "WVCRDPM";

/* For each deed: who may do it, and who is killed; the rest gets an error. */
static const struct {
	const char *name;
	int (*act)(const struct evil *evil);
	const char *may;
	const char *dies;
} DEEDS[] = {
	{ "open a file elsewhere", evil_read_elsewhere, "", "" },
	{ "make a file elsewhere", evil_write_elsewhere, "", "" },
	{ "read a system file", evil_read_passwd, "", "" },
	{ "make a file in the data folder", evil_make, "WCRM", "" },
	{ "remove a file in the data folder", evil_remove, "WCRM", "" },
	{ "rename a file out of the data folder", evil_move_out, "", "" },
	{ "make a symbolic link", evil_link, "", "" },
	{ "make a socket in the data folder", evil_make_socket, "", "" },
	{ "open a TCP socket", evil_tcp, "", "" },
	{ "open a UDP socket", evil_udp, "", "" },
	{ "open a UNIX socket", evil_unix, "", "" },
	{ "open a raw packet socket", evil_packet, "", "" },
	{ "open a netlink socket", evil_netlink, "", "" },
	{ "connect an open socket", evil_connect, "", "" },
	{ "bind an open socket", evil_bind, "", "" },
	{ "start a program", evil_exec, "RM", "WVCDP" },
	{ "start a program of one's own", evil_exec_own, "", "WVCDP" },
	{ "start an open program", evil_exec_open, "", LETTERS },
	{ "trace the parent", evil_trace, "", LETTERS },
	{ "read another's memory", evil_peek, "", LETTERS },
	{ "signal another process", evil_kill, "", "" },
	{ "signal another thread", evil_kill_thread, "", "" },
	{ "signal through a descriptor", evil_kill_descriptor, "", "" },
	{ "take another's descriptor", evil_steal, "", "" },
	{ "fork", evil_fork, "R", "" },
	{ "fork as vfork does", evil_vfork, "R", "" },
	{ "fork with clone3", evil_clone3, "", "" },
	{ "map memory that can be executed", evil_map_code, "RM", "" },
	{ "make memory executable", evil_turn_code, "RM", "" },
	{ "mount", evil_mount, "", LETTERS },
	{ "take a new name space", evil_unshare, "", LETTERS },
	{ "load a module", evil_module, "", LETTERS },
	{ "load a BPF program", evil_bpf, "", LETTERS },
	{ "change the root folder", evil_chroot, "", LETTERS },
	{ "use io_uring", evil_uring, "", LETTERS },
	{ "use the key ring", evil_keyring, "", LETTERS },
	{ "change the clock", evil_clock, "", "" },
	{ "change the mode of a path", evil_mode, "", "" },
	{ "become another user", evil_user, "", "" },
	{ "push input to a terminal", evil_terminal, "", "" },
	{ "make a device", evil_device, "", "" },
};

static void
test_each_deed_is_done_refused_or_deadly_as_written(void **state)
{
	const struct evil evil = { folder, elsewhere, getpid() };
	unsigned wrong = 0;

	(void)state;
	if (SANITIZED) {
		print_message("skipped: AddressSanitizer has no sandbox\n");
		skip();
	}
	for (size_t i = 0; i < sizeof(DEEDS) / sizeof(DEEDS[0]); i++)
		for (int kind = 0; LETTERS[kind] != '\0'; kind++) {
			struct sandbox_paths paths =
			    paths_of((enum sandbox_kind)kind);
			int got = in_sandbox((enum sandbox_kind)kind, &paths,
			    DEEDS[i].act, &evil), want = EVIL_REFUSED;

			if (strchr(DEEDS[i].may, LETTERS[kind]) != NULL)
				want = EVIL_DONE;
			if (strchr(DEEDS[i].dies, LETTERS[kind]) != NULL)
				want = DIED;
			if (got == want)
				continue;
			print_error("%c: %s: %d, not %d\n", LETTERS[kind],
			    DEEDS[i].name, got, want);
			wrong++;
		}
	assert_int_equal(wrong, 0);
}

/* The control: outside a sandbox the deeds succeed, so they can show a hole. */
static void
test_the_deeds_that_need_no_root_succeed_outside(void **state)
{
	static int (*const acts[])(const struct evil *) = {
		evil_read_elsewhere, evil_write_elsewhere, evil_read_passwd,
		evil_make, evil_remove, evil_move_out, evil_link,
		evil_make_socket, evil_tcp, evil_udp, evil_unix, evil_netlink,
		evil_connect, evil_bind, evil_exec, evil_exec_own,
		evil_exec_open, evil_kill, evil_kill_thread,
		evil_kill_descriptor, evil_fork, evil_vfork, evil_clone3,
		evil_map_code, evil_turn_code, evil_mode,
	};
	const struct evil evil = { folder, elsewhere, getpid() };

	(void)state;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (pid == 0)
			_exit(acts[i](&evil));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != EVIL_DONE)
			print_error("deed %zu: status %d\n", i, status);
		assert_int_equal(status, EVIL_DONE << 8);
	}
}

static int
sql(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK;
}

/* Returns 0, or which step failed. */
static int
use_sqlite(const struct evil *evil)
{
	char path[128];
	sqlite3 *db, *reader;

	snprintf(path, sizeof(path), "%s/tulga.db", evil->folder);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		return 2;
	if (sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0;"
	    "CREATE TABLE IF NOT EXISTS well (depth, name)"))
		return 3;
	if (sql(db, "BEGIN IMMEDIATE; WITH RECURSIVE n(i) AS (SELECT 1 UNION"
	    " ALL SELECT i + 1 FROM n WHERE i < 50000) INSERT INTO well"
	    " SELECT i * 7919 % 50000, 'Bayanzag' FROM n; COMMIT"))
		return 4;
	if (sqlite3_open(path, &reader) != SQLITE_OK ||
	    sql(reader, "PRAGMA temp_store=MEMORY; SELECT * FROM well"
	    " ORDER BY depth, name"))
		return 5;
	if (sql(db, "PRAGMA wal_checkpoint(TRUNCATE)"))
		return 6;
	sqlite3_close(reader);
	return sqlite3_close(db) == SQLITE_OK ? 0 : 7;
}

static void
test_sqlite_writes_sorts_and_checkpoints_in_the_web(void **state)
{
	const struct evil evil = { folder, elsewhere, getpid() };
	struct sandbox_paths paths = paths_of(SANDBOX_WEB);

	(void)state;
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_sqlite, &evil), 0);
	paths = paths_of(SANDBOX_CLERK);
	assert_int_equal(in_sandbox(SANDBOX_CLERK, &paths, use_sqlite, &evil),
	    0);
}

/* One server that says nothing but that somebody has connected. */
static int
listen_on(int family, const char *path, uint16_t *port_out)
{
	struct sockaddr_un local = { .sun_family = AF_UNIX };
	struct sockaddr_in four = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(four);
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	if (family == AF_UNIX) {
		snprintf(local.sun_path, sizeof(local.sun_path), "%s", path);
		assert_int_equal(bind(fd, (struct sockaddr *)&local,
		    sizeof(local)), 0);
	} else {
		assert_int_equal(bind(fd, (struct sockaddr *)&four, size), 0);
		assert_int_equal(getsockname(fd, (struct sockaddr *)&four,
		    &size), 0);
		*port_out = ntohs(four.sin_port);
	}
	assert_int_equal(listen(fd, 8), 0);
	return fd;
}

static uint16_t tcp_port;
static const char *pq_host;

/* How far libpq comes: 0 when it is connected and has sent its greeting. */
static int
use_libpq(const struct evil *evil)
{
	char text[200];
	PGconn *db;
	int polled;

	(void)evil;
	snprintf(text, sizeof(text), "host=%s port=%u user=tulga dbname=tulga"
	    " sslmode=disable gssencmode=disable connect_timeout=3", pq_host,
	    pq_host[0] == '/' ? 5432U : (unsigned)tcp_port);
	db = PQconnectStart(text);
	if (db == NULL || PQstatus(db) == CONNECTION_BAD)
		return 2;
	for (int i = 0; i < 10; i++) {
		struct pollfd ready = { .fd = PQsocket(db),
		    .events = POLLOUT };

		if (ready.fd >= 0)
			(void)poll(&ready, 1, 1000);
		polled = PQconnectPoll(db);
		if (polled == PGRES_POLLING_READING)
			return 0;
		if (polled == PGRES_POLLING_FAILED)
			return 3;
	}
	return 4;
}

static void
test_libpq_connects_where_it_is_allowed_and_only_there(void **state)
{
	const struct evil evil = { folder, elsewhere, getpid() };
	struct sandbox_paths paths = paths_of(SANDBOX_WEB);
	bool ports_checked = sandbox_layers().landlock >= 4;
	char path[128];
	uint16_t other;
	AUTO_FD int local = -1, tcp = -1, tcp_other = -1;

	(void)state;
	if (SANITIZED)
		skip();
	snprintf(path, sizeof(path), "%s/.s.PGSQL.5432", folder);
	local = listen_on(AF_UNIX, path, NULL);
	tcp_other = listen_on(AF_INET, NULL, &other);
	tcp = listen_on(AF_INET, NULL, &tcp_port);

	pq_host = folder;
	assert_int_not_equal(in_sandbox(SANDBOX_WEB, &paths, use_libpq, &evil),
	    0);
	paths.unix_connect = true;
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_libpq, &evil), 0);

	pq_host = "127.0.0.1";
	assert_int_not_equal(in_sandbox(SANDBOX_WEB, &paths, use_libpq, &evil),
	    0);
	paths.ports[3] = tcp_port;
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_libpq, &evil), 0);
	paths.ports[3] = other;
	if (ports_checked)
		assert_int_not_equal(in_sandbox(SANDBOX_WEB, &paths, use_libpq,
		    &evil), 0);
	unlink(path);
}

static void *
say_well(void *arg)
{
	return arg;
}

/* As libcurl does for its name look-ups. */
static int
use_thread(const struct evil *evil)
{
	void *said = NULL;
	pthread_t thread;

	if (pthread_create(&thread, NULL, say_well, (void *)evil) != 0 ||
	    pthread_join(thread, &said) != 0 || said != evil)
		return 2;
	if (socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) < 0)
		return 3;
	return fork() < 0 ? 0 : 4;
}

static void
test_the_clerk_may_look_up_in_a_thread_but_not_fork(void **state)
{
	const struct evil evil = { folder, elsewhere, getpid() };
	struct sandbox_paths paths = paths_of(SANDBOX_CLERK);

	(void)state;
	if (SANITIZED)
		skip();
	paths.ports[0] = 25;
	assert_int_equal(in_sandbox(SANDBOX_CLERK, &paths, use_thread, &evil),
	    0);
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_thread, &evil),
	    2);
}

static int listener;

/* A turn of a web process' loop, against its own client. */
static int
use_server(const struct evil *evil)
{
	struct epoll_event event = { .events = EPOLLIN };
	int loop = epoll_create1(EPOLL_CLOEXEC), fd;
	char bytes[8];

	(void)evil;
	if (loop < 0 || epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event) != 0 ||
	    epoll_wait(loop, &event, 1, 5000) != 1)
		return 2;
	fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (fd < 0 || recv(fd, bytes, sizeof(bytes), 0) != 4 ||
	    send(fd, bytes, 4, MSG_NOSIGNAL) != 4)
		return 3;
	return shutdown(fd, SHUT_WR) == 0 && close(fd) == 0 ? 0 : 4;
}

static void
test_a_web_process_serves_a_socket_that_was_opened_before(void **state)
{
	const struct evil evil = { folder, elsewhere, getpid() };
	struct sandbox_paths paths = paths_of(SANDBOX_WEB);
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	AUTO_FD int client = socket(AF_INET, SOCK_STREAM, 0);
	uint16_t port;

	(void)state;
	listener = listen_on(AF_INET, NULL, &port);
	to.sin_port = htons(port);
	assert_int_equal(connect(client, (struct sockaddr *)&to, sizeof(to)),
	    0);
	assert_int_equal(send(client, "well", 4, 0), 4);
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_server, &evil), 0);
	close(listener);
}

/* A mistake of ours must still end a process, in every kind. */
static int
give_up(const struct evil *evil)
{
	(void)evil;
	abort();
}

static void
test_abort_ends_a_process_in_every_kind(void **state)
{
	(void)state;
	for (int kind = 0; LETTERS[kind] != '\0'; kind++) {
		struct sandbox_paths paths =
		    paths_of((enum sandbox_kind)kind);

		assert_int_equal(in_sandbox((enum sandbox_kind)kind, &paths,
		    give_up, NULL), 100 + SIGABRT);
	}
}

static void
test_a_data_folder_that_does_not_exist_is_an_error(void **state)
{
	struct sandbox_paths paths = { .data = { "/nonexistent" } };

	(void)state;
	if (SANITIZED || sandbox_layers().landlock == 0)
		skip();
	assert_int_equal(in_sandbox(SANDBOX_WEB, &paths, use_sqlite, NULL), 99);
}

static int
folders_make(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/data-XXXXXX");
	strcpy(elsewhere, "/tmp/else-XXXXXX");
	print_message("seccomp: %d, Landlock ABI: %d\n",
	    sandbox_layers().seccomp, sandbox_layers().landlock);
	evil_prepare();
	return mkdtemp(folder) == NULL || mkdtemp(elsewhere) == NULL;
}

static int
folders_remove(void **state)
{
	char command[200];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s %s", folder, elsewhere);
	return system(command);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_the_deeds_that_need_no_root_succeed_outside),
		cmocka_unit_test(
		    test_each_deed_is_done_refused_or_deadly_as_written),
		cmocka_unit_test(
		    test_sqlite_writes_sorts_and_checkpoints_in_the_web),
		cmocka_unit_test(
		    test_libpq_connects_where_it_is_allowed_and_only_there),
		cmocka_unit_test(
		    test_the_clerk_may_look_up_in_a_thread_but_not_fork),
		cmocka_unit_test(
		    test_a_web_process_serves_a_socket_that_was_opened_before),
		cmocka_unit_test(test_abort_ends_a_process_in_every_kind),
		cmocka_unit_test(
		    test_a_data_folder_that_does_not_exist_is_an_error),
	};

	return cmocka_run_group_tests_name("sandbox", tests, folders_make,
	    folders_remove);
}
