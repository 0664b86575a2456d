/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* memfd_create */

#include "runner/runner.h"

#include "base/arena.h"
#include "base/channel.h"
#include "base/descriptor.h"
#include "runner/client.h"

#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * A runner of its own for every test, asked over real channels: the first end
 * is a web process's, the second the clerk's.
 */

struct house {
	pid_t runner;
	struct channel *web;
	struct channel *clerk;
	struct arena arena;
};

static int
house_open(void **state)
{
	struct house *house = calloc(1, sizeof(*house));
	int web[2], clerk[2];

	assert_non_null(house);
	assert_int_equal(channel_pair(web), OK);
	assert_int_equal(channel_pair(clerk), OK);
	house->runner = fork();
	assert_true(house->runner >= 0);
	if (house->runner == 0) {
		int ends[] = { web[1], clerk[1] };

		descriptor_keep(ends, 2);
		_exit(runner_serve(ends, 2) == OK ? 0 : 1);
	}
	close(web[1]);
	close(clerk[1]);
	house->web = channel_open(web[0]);
	house->clerk = channel_open(clerk[0]);
	channel_patience(house->clerk, RUNNER_PATIENCE_MS);
	arena_init(&house->arena, ARENA_LIMIT);
	*state = house;
	return 0;
}

static int
house_close(void **state)
{
	struct house *house = *state;
	int status;

	channel_close(house->web);
	channel_close(house->clerk);
	assert_int_equal(waitpid(house->runner, &status, 0), house->runner);
	arena_done(&house->arena);
	free(house);
	/* it ends by itself, and well, when nobody can ask any more */
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static int
file_of(const void *bytes, size_t size)
{
	int fd = memfd_create("upload", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, size), size);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

/* From Debian's argon2: -id -t 3 -k 65536 -p 1 -l 32 -r, salt as below. */
static void
test_a_password_becomes_the_key_that_argon2id_gives(void **state)
{
	static const uint8_t want[DERIVE_KEY] = {
		0xff, 0x9f, 0xe8, 0x7f, 0x70, 0xd5, 0x69, 0x58,
		0x42, 0x3f, 0x63, 0xcf, 0x03, 0x57, 0x3e, 0x03,
		0x7d, 0xb6, 0x48, 0x67, 0x33, 0xfc, 0x5f, 0xb1,
		0xd4, 0x4e, 0xcd, 0x81, 0x7a, 0xaf, 0x26, 0x3a,
	};
	struct house *house = *state;
	struct runner_derive d = { .salt = "wellwaterhearing", .size = 8,
	    .password = "password" };
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    RUNNER_DERIVE, &d, sizeof(d), -1, &answer), OK);
	assert_int_equal(answer.outcome, OK);
	assert_int_equal(answer.size, DERIVE_KEY);
	assert_memory_equal(answer.bytes, want, sizeof(want));
}

struct tally {
	int counts[FAILED + 1];
	int total;
};

static void
count_answer(void *arg, const struct channel_answer *answer)
{
	struct tally *tally = arg;

	tally->counts[answer->outcome]++;
	tally->total++;
	if (answer->fd != -1)
		close(answer->fd);
}

static void
test_a_crowd_of_passwords_is_answered_or_told_busy(void **state)
{
	enum { CROWD = 60 };
	struct house *house = *state;
	struct tally tally = { 0 };

	channel_patience(house->web, 60000);
	for (int i = 0; i < CROWD; i++) {
		struct runner_derive d = { .size = 4, .password = "well" };

		assert_int_equal(runner_derive(house->web, &d, count_answer,
		    &tally), OK);
		assert_int_equal(d.password[0], 0);
	}
	while (tally.total < CROWD) {
		channel_turn(house->web);
		usleep(10000);
	}
	assert_int_equal(tally.counts[OK] + tally.counts[BUSY], CROWD);
	assert_true(tally.counts[OK] >= DERIVE_QUEUE);
	assert_true(tally.counts[BUSY] > 0);
}

/* The first process whose parent is `parent`, 0 when there is none. */
static pid_t
child_of(pid_t parent)
{
	DIR *processes = opendir("/proc");
	const struct dirent *entry;
	pid_t found = 0;

	assert_non_null(processes);
	while (found == 0 && (entry = readdir(processes)) != NULL) {
		char path[300];
		FILE *file;
		int of = 0;

		snprintf(path, sizeof(path), "/proc/%s/stat", entry->d_name);
		file = fopen(path, "re");
		if (file == NULL)
			continue;
		if (fscanf(file, "%*d (%*[^)]) %*c %d", &of) == 1 &&
		    of == parent)
			found = atoi(entry->d_name);
		fclose(file);
	}
	closedir(processes);
	return found;
}

/* What becomes of a question whose child gets this signal at work. */
static enum outcome
derive_disturbed(struct house *house, int number)
{
	struct runner_derive d = { .size = 4, .password = "well" };
	struct tally tally = { 0 };
	pid_t child;

	assert_int_equal(runner_derive(house->web, &d, count_answer, &tally),
	    OK);
	while ((child = child_of(house->runner)) == 0)
		usleep(1000);
	assert_int_equal(kill(child, number), 0);
	while (tally.total == 0) {
		channel_turn(house->web);
		usleep(1000);
	}
	assert_int_equal(tally.total, 1);
	for (int i = 0; i <= FAILED; i++)
		if (tally.counts[i] == 1)
			return (enum outcome)i;
	return BUSY;
}

static void
test_a_child_that_is_killed_or_too_slow_has_failed(void **state)
{
	struct house *house = *state;
	struct runner_derive d = { .size = 4, .password = "well" };
	struct channel_answer answer;

	assert_int_equal(derive_disturbed(house, SIGKILL), FAILED);
	assert_int_equal(derive_disturbed(house, SIGSTOP), FAILED);
	assert_int_equal(child_of(house->runner), 0);
	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    RUNNER_DERIVE, &d, sizeof(d), -1, &answer), OK);
	assert_int_equal(answer.outcome, OK);
}

static void
test_what_has_no_shape_or_no_right_is_refused(void **state)
{
	static const struct {
		bool clerk;
		uint16_t kind;
		size_t size;
		bool file;
		enum outcome want;
	} cases[] = {
		{ false, RUNNER_DERIVE, 7, false, INVALID },
		{ false, RUNNER_DERIVE, sizeof(struct runner_derive), true,
		    INVALID },
		{ false, RUNNER_INSPECT, 0, false, INVALID },
		{ false, RUNNER_INSPECT, 1, true, INVALID },
		{ false, RUNNER_PROGRAM, 1, true, FORBIDDEN },
		{ true, RUNNER_PROGRAM, 2, true, INVALID },
		{ true, RUNNER_PROGRAM, 1, false, INVALID },
		{ true, 99, 0, false, INVALID },
	};
	static const char bytes[sizeof(struct runner_derive)];
	struct house *house = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_FD int fd = cases[i].file ? file_of("well", 4) : -1;
		struct channel_answer answer;

		assert_int_equal(channel_ask_wait(cases[i].clerk ?
		    house->clerk : house->web, &house->arena, cases[i].kind,
		    bytes, cases[i].size, fd, &answer), OK);
		assert_int_equal(answer.outcome, cases[i].want);
	}
}

static void
test_a_password_longer_than_the_limit_is_refused(void **state)
{
	struct house *house = *state;
	struct runner_derive d = { .size = DERIVE_PASSWORD + 1 };
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    RUNNER_DERIVE, &d, sizeof(d), -1, &answer), OK);
	assert_int_equal(answer.outcome, INVALID);
}

static void
test_a_file_is_hashed_measured_and_named(void **state)
{
	static const uint8_t want[32] = {
		0x46, 0x46, 0x1b, 0xe7, 0xa1, 0x2f, 0xb6, 0xcb,
		0xc0, 0xad, 0x7d, 0x47, 0xf1, 0x58, 0xb0, 0xfb,
		0x1e, 0x9a, 0xea, 0x3d, 0xa3, 0x4c, 0x08, 0x57,
		0x3c, 0x53, 0x68, 0x2c, 0x0e, 0x6d, 0x60, 0x30,
	};
	static const char text[] = "The well in Bayanzag is dry.\n";
	struct house *house = *state;
	AUTO_FD int fd = file_of(text, strlen(text));
	struct runner_inspection seen;
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    RUNNER_INSPECT, "", 0, fd, &answer), OK);
	assert_int_equal(answer.outcome, OK);
	assert_int_equal(answer.size, sizeof(seen));
	memcpy(&seen, answer.bytes, sizeof(seen));
	assert_int_equal(seen.size, strlen(text));
	assert_string_equal(seen.type, "text/plain");
	assert_int_equal(seen.accepted, 1);
	assert_memory_equal(seen.sha256, want, sizeof(want));
}

static void
test_a_pipe_instead_of_a_file_is_answered_failed(void **state)
{
	struct house *house = *state;
	struct channel_answer answer;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(channel_ask_wait(house->web, &house->arena,
	    RUNNER_INSPECT, "", 0, ends[0], &answer), OK);
	assert_int_equal(answer.outcome, FAILED);
	close(ends[0]);
	close(ends[1]);
}

/* The answer's descriptor is the caller's. */
static struct channel_answer
print(struct house *house, const char *html)
{
	AUTO_FD int fd = file_of(html, strlen(html));
	uint8_t program = PROGRAM_PDF;
	struct channel_answer answer;

	assert_int_equal(channel_ask_wait(house->clerk, &house->arena,
	    RUNNER_PROGRAM, &program, 1, fd, &answer), OK);
	return answer;
}

static void
test_html_becomes_a_pdf_that_cannot_be_changed(void **state)
{
	struct channel_answer answer = print(*state,
	    "<!doctype html><html lang=mn><title>Худаг</title>"
	    "<p>Худгийн ус 2026</p>");
	char head[5] = "";

	assert_int_equal(answer.outcome, OK);
	assert_int_equal(read(answer.fd, head, 5), 5);
	assert_memory_equal(head, "%PDF-", 5);
	assert_int_equal(pwrite(answer.fd, "x", 1, 0), -1);
	close(answer.fd);
}

static off_t
printed_size(struct house *house, const char *html)
{
	struct channel_answer answer = print(house, html);
	struct stat status;

	assert_int_equal(answer.outcome, OK);
	assert_int_equal(fstat(answer.fd, &status), 0);
	close(answer.fd);
	return status.st_size;
}

/* A style sheet outside the readable folders changes nothing. */
static void
test_a_document_cannot_fetch_other_files(void **state)
{
	char path[] = "/tmp/hearing-XXXXXX", html[256];
	int fd = mkstemp(path);
	off_t without, with;

	assert_true(fd >= 0);
	assert_true(dprintf(fd, "p { page-break-after: always }") > 0);
	close(fd);
	snprintf(html, sizeof(html), "<link rel=stylesheet href='file://%s'>"
	    "<p>1<p>2<p>3<p>4<p>5<p>6<p>7<p>8<p>9", path);
	without = printed_size(*state, "<p>1<p>2<p>3<p>4<p>5<p>6<p>7<p>8<p>9");
	with = printed_size(*state, html);
	unlink(path);
	assert_true(labs(with - without) < 400);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, house_open, house_close)
		TEST(test_a_password_becomes_the_key_that_argon2id_gives),
		TEST(test_a_crowd_of_passwords_is_answered_or_told_busy),
		TEST(test_a_child_that_is_killed_or_too_slow_has_failed),
		TEST(test_what_has_no_shape_or_no_right_is_refused),
		TEST(test_a_password_longer_than_the_limit_is_refused),
		TEST(test_a_file_is_hashed_measured_and_named),
		TEST(test_a_pipe_instead_of_a_file_is_answered_failed),
		TEST(test_html_becomes_a_pdf_that_cannot_be_changed),
		TEST(test_a_document_cannot_fetch_other_files),
	};

	return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
