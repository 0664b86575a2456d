/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/parent.h"

#include "../tests/proc/small_server.h"
#include "base/generation.h"
#include "base/time.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* A small server of its own for every test: started, disturbed, stopped. */

static bool
is_alive(pid_t pid)
{
	return kill(pid, 0) == 0;
}

static void
wait_gone(pid_t pid)
{
	int64_t until = time_monotonic_ms() + 5000;

	while (is_alive(pid)) {
		assert_true(time_monotonic_ms() < until);
		usleep(1000);
	}
}

static void
test_both_web_processes_reach_vault_and_runner(void **state)
{
	struct server *server = *state;
	bool seen[WEBS] = { false };

	start_server(server);
	wait_all_started();
	for (int i = 0; i < 200 && !(seen[0] && seen[1]); i++) {
		int digit = ask_web(server, 'w');

		assert_true(digit == '1' || digit == '2');
		seen[digit - '1'] = true;
		assert_int_equal(ask_web(server, 'v'), 'y');
	}
	assert_true(seen[0] && seen[1]);
	for (int i = 0; i < 4; i++)
		assert_int_equal(ask_web(server, 'r'), 'y');
	assert_int_equal(atomic_load(&page->extra), 0);
	assert_int_equal(stop_server(server), 0);
}

static void
test_each_process_is_back_soon_after_it_was_killed(void **state)
{
	struct server *server = *state;

	start_server(server);
	wait_all_started();
	for (int role = 0; role < ROLES; role++) {
		pid_t before = atomic_load(&page->pids[role][0]);
		uint64_t generation = generation_now(GENERATION_ALL, 0);
		bool raises = role == PARENT_WEB || role == PARENT_CLERK;
		int64_t killed = time_monotonic_ms();

		assert_int_equal(kill(before, SIGKILL), 0);
		wait_started(role, 0, 2);
		assert_true(time_monotonic_ms() - killed < 200);
		assert_int_not_equal(atomic_load(&page->pids[role][0]),
		    before);
		assert_int_equal(generation_now(GENERATION_ALL, 0) >
		    generation, raises);
		/* over the very channels of before */
		assert_int_equal(ask_web(server, 'v'), 'y');
		assert_int_equal(ask_web(server, 'r'), 'y');
	}
	assert_int_equal(atomic_load(&page->extra), 0);
	assert_int_equal(stop_server(server), 0);
}

/* Stopped first, so that they wait in the sockets and not in a process. */
static void
test_connections_that_wait_on_a_killed_one_are_kept(void **state)
{
	enum { CLIENTS = 40 };
	struct server *server = *state;
	int clients[CLIENTS];

	start_server(server);
	wait_all_started();
	assert_int_not_equal(ask_web(server, 'w'), -1);
	for (int i = 0; i < WEBS; i++)
		kill(atomic_load(&page->pids[PARENT_WEB][i]), SIGSTOP);
	usleep(50000);
	for (int i = 0; i < CLIENTS; i++)
		clients[i] = begin_asking(server, 'w');
	for (int i = 0; i < WEBS; i++)
		kill(atomic_load(&page->pids[PARENT_WEB][i]), SIGKILL);
	for (int i = 0; i < CLIENTS; i++)
		assert_int_not_equal(end_asking(clients[i]), -1);
	assert_int_equal(stop_server(server), 0);
}

static void
test_one_that_dies_at_once_is_started_ever_more_slowly(void **state)
{
	struct server *server = *state;
	int starts;

	atomic_store(&page->quick, 1);
	start_server(server);
	wait_all_started();
	usleep(2000000);
	starts = atomic_load(&page->starts[PARENT_WEB][0]);
	/* at 0, 0, 100, 300, 700, 1500 ms */
	assert_in_range(starts, 4, 7);
	assert_int_equal(atomic_load(&page->starts[PARENT_WEB][1]), 1);
	assert_int_equal(stop_server(server), 0);
}

static void
test_the_pause_doubles_up_to_five_seconds(void **state)
{
	static const int want[] = { 0, 0, 100, 200, 400, 800, 1600, 3200,
	    5000, 5000 };

	(void)state;
	for (unsigned i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_int_equal(parent_pause_ms(i), want[i]);
	assert_int_equal(parent_pause_ms(4000000000U), 5000);
}

static void
test_a_hangup_makes_kept_pages_old_and_ends_nobody(void **state)
{
	struct server *server = *state;
	uint64_t before = generation_now(GENERATION_ORGANISATIONS, 0);

	start_server(server);
	wait_all_started();
	assert_int_equal(kill(server->parent, SIGHUP), 0);
	for (int i = 0; i < 100 &&
	    generation_now(GENERATION_ORGANISATIONS, 0) == before; i++)
		usleep(10000);
	assert_true(generation_now(GENERATION_ORGANISATIONS, 0) > before);
	assert_int_equal(ask_web(server, 'v'), 'y');
	assert_int_equal(stop_server(server), 0);
}

static void
test_stopping_ends_web_before_clerk_and_leaves_nobody(void **state)
{
	struct server *server = *state;

	start_server(server);
	wait_all_started();
	assert_int_equal(ask_web(server, 'v'), 'y');
	assert_int_equal(stop_server(server), 0);
	assert_true(page->ended[PARENT_WEB] != 0);
	assert_true(page->ended[PARENT_WEB] <= page->ended[PARENT_CLERK]);
	assert_true(page->ended[PARENT_CLERK] <= page->ended[PARENT_RUNNER]);
	assert_true(page->ended[PARENT_RUNNER] <= page->ended[PARENT_VAULT]);
	for (int role = 0; role < ROLES; role++)
		assert_false(is_alive(page->pids[role][0]));
}

static void
test_one_that_will_not_stop_is_killed_in_time(void **state)
{
	struct server *server = *state;
	int64_t asked;

	atomic_store(&page->stubborn, 1);
	start_server(server);
	wait_all_started();
	usleep(20000);
	asked = time_monotonic_ms();
	assert_int_equal(stop_server(server), 0);
	assert_in_range(time_monotonic_ms() - asked, PARENT_STOP_MS - 100,
	    PARENT_STOP_MS + 1500);
	assert_false(is_alive(page->pids[PARENT_CLERK][0]));
}

static void
test_a_second_signal_kills_at_once(void **state)
{
	struct server *server = *state;
	int64_t asked;

	atomic_store(&page->stubborn, 1);
	start_server(server);
	wait_all_started();
	usleep(20000);
	asked = time_monotonic_ms();
	kill(server->parent, SIGINT);
	usleep(100000);
	assert_int_equal(stop_server(server), 0);
	assert_true(time_monotonic_ms() - asked < PARENT_STOP_MS - 100);
}

static void
test_children_die_with_their_parent(void **state)
{
	struct server *server = *state;

	start_server(server);
	wait_all_started();
	kill(server->parent, SIGKILL);
	waitpid(server->parent, NULL, 0);
	server->parent = 0;
	for (int role = 0; role < ROLES; role++)
		wait_gone(page->pids[role][0]);
}

static void
test_a_child_that_gives_up_ends_the_server(void **state)
{
	struct server *server = *state;
	int status;

	atomic_store(&page->give_up, 1);
	start_server(server);
	assert_int_equal(waitpid(server->parent, &status, 0), server->parent);
	server->parent = 0;
	assert_int_equal(status, 1 << 8);
}

static void
test_root_is_given_up_for_the_user(void **state)
{
	struct server *server = *state;

	if (geteuid() != 0) {
		print_message("skipped: needs root\n");
		skip();
	}
	assert_int_equal(chown(server->folder, 65534, 65534), 0);
	assert_int_equal(chown(server->key, 65534, 65534), 0);
	server->user = "nobody";
	start_server(server);
	wait_all_started();
	assert_int_equal(atomic_load(&page->user), 65534);
	assert_int_equal(ask_web(server, 'v'), 'y');
	assert_int_equal(ask_web(server, 'r'), 'y');
	assert_int_equal(stop_server(server), 0);
}

static void
test_a_user_that_does_not_exist_is_an_error(void **state)
{
	struct server *server = *state;
	int status;

	if (geteuid() != 0)
		skip();
	server->user = "no-such-user";
	start_server(server);
	assert_int_equal(waitpid(server->parent, &status, 0), server->parent);
	server->parent = 0;
	assert_int_equal(status, 1 << 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, server_open, server_close)
		TEST(test_both_web_processes_reach_vault_and_runner),
		TEST(test_each_process_is_back_soon_after_it_was_killed),
		TEST(test_connections_that_wait_on_a_killed_one_are_kept),
		TEST(test_one_that_dies_at_once_is_started_ever_more_slowly),
		cmocka_unit_test(test_the_pause_doubles_up_to_five_seconds),
		TEST(test_stopping_ends_web_before_clerk_and_leaves_nobody),
		TEST(test_one_that_will_not_stop_is_killed_in_time),
		TEST(test_a_second_signal_kills_at_once),
		TEST(test_children_die_with_their_parent),
		TEST(test_a_child_that_gives_up_ends_the_server),
		TEST(test_root_is_given_up_for_the_user),
		TEST(test_a_user_that_does_not_exist_is_an_error),
	};

	generation_open();
	return !page_open() ? 1 :
	    cmocka_run_group_tests_name("parent", tests, NULL, NULL);
}
