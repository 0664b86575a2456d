/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/listen.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Real sockets on the loopback, with ports that the kernel chooses. */

static int
connect_to(uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

static void
test_connections_are_spread_over_the_sockets_of_one_port(void **state)
{
	int fds[4], clients[64], served[4] = { 0 };

	(void)state;
	assert_int_equal(listen_open("127.0.0.1", 0, fds, 4), OK);
	for (int i = 1; i < 4; i++)
		assert_int_equal(listen_port(fds[i]), listen_port(fds[0]));
	for (int i = 0; i < 64; i++)
		clients[i] = connect_to(listen_port(fds[0]));
	for (int i = 0; i < 4; i++) {
		int fd;

		while ((fd = accept(fds[i], NULL, NULL)) >= 0) {
			served[i]++;
			close(fd);
		}
		assert_true(served[i] > 0);
	}
	assert_int_equal(served[0] + served[1] + served[2] + served[3], 64);
	for (int i = 0; i < 64; i++)
		close(clients[i]);
	listen_close(fds, 4);
}

/* Also when that program shares its port, as another of our servers does. */
static void
test_a_port_that_is_taken_is_a_conflict(void **state)
{
	int first[2], second[2] = { -7, -7 };

	(void)state;
	assert_int_equal(listen_open("localhost", 0, first, 2), OK);
	assert_int_equal(listen_open("localhost", listen_port(first[0]),
	    second, 2), CONFLICT);
	listen_close(first, 2);
}

static void
test_a_port_is_free_again_after_a_connection_was_closed(void **state)
{
	int fds[1], client, served;
	uint16_t port;

	(void)state;
	assert_int_equal(listen_open("127.0.0.1", 0, fds, 1), OK);
	port = listen_port(fds[0]);
	client = connect_to(port);
	served = accept(fds[0], NULL, NULL);
	close(served);
	close(client);
	listen_close(fds, 1);
	assert_int_equal(listen_open("127.0.0.1", port, fds, 1), OK);
	listen_close(fds, 1);
}

static void
test_addresses_are_told_from_what_is_none(void **state)
{
	static const struct {
		const char *host;
		enum outcome want;
	} cases[] = {
		{ "127.0.0.1", OK }, { "localhost", OK }, { "0.0.0.0", OK },
		{ "", INVALID }, { "[", INVALID }, { "[]", INVALID },
		{ "127.0.0", INVALID }, { "127.0.0.1:80", INVALID },
		{ "[127.0.0.1]", INVALID }, { "tulga.example", INVALID },
		{ "[::1", INVALID }, { "::1]", INVALID },
		{ "[0123456789012345678901234567890123456789012345678901]",
		    INVALID },
		{ "192.0.2.1", NOT_FOUND },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int fd;

		assert_int_equal(listen_open(cases[i].host, 0, &fd, 1),
		    cases[i].want);
		if (cases[i].want == OK)
			close(fd);
	}
}

static void
test_ipv6_is_taken_with_and_without_brackets(void **state)
{
	static const char *const hosts[] = { "::1", "[::1]", "::" };
	int fd = socket(AF_INET6, SOCK_STREAM, 0);
	struct sockaddr_in6 own = { .sin6_family = AF_INET6,
	    .sin6_addr = IN6ADDR_LOOPBACK_INIT };

	(void)state;
	if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof(own)) != 0) {
		print_message("skipped: no IPv6 here\n");
		skip();
	}
	close(fd);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(listen_open(hosts[i], 0, &fd, 1), OK);
		assert_true(listen_port(fd) != 0);
		close(fd);
	}
}

static void
test_a_low_port_is_forbidden_without_root(void **state)
{
	pid_t pid = fork();
	int status, fd;

	(void)state;
	if (pid == 0) {
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(99);
		_exit((int)listen_open("127.0.0.1", 81, &fd, 1));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	/* a system may let everybody use low ports */
	assert_true(WEXITSTATUS(status) == FORBIDDEN ||
	    WEXITSTATUS(status) == OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_connections_are_spread_over_the_sockets_of_one_port),
		cmocka_unit_test(test_a_port_that_is_taken_is_a_conflict),
		cmocka_unit_test(
		    test_a_port_is_free_again_after_a_connection_was_closed),
		cmocka_unit_test(test_addresses_are_told_from_what_is_none),
		cmocka_unit_test(test_ipv6_is_taken_with_and_without_brackets),
		cmocka_unit_test(test_a_low_port_is_forbidden_without_root),
	};

	return cmocka_run_group_tests_name("listen", tests, NULL, NULL);
}
