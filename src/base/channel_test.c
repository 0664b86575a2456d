/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* memfd_create */

#include "base/channel.h"

#include "base/arena.h"
#include "base/descriptor.h"
#include "base/time.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Both ends in one process: what one writes, the other reads. */

struct line {
	struct channel *ch;
	int far;		/* the answering end */
	char buffer[CHANNEL_MESSAGE];
};

struct heard {
	int times;
	enum outcome outcome;
	char text[32];
	int fd;
};

static int
line_open(void **state)
{
	struct line *line = calloc(1, sizeof(*line));
	int ends[2];

	assert_non_null(line);
	assert_int_equal(channel_pair(ends), OK);
	line->ch = channel_open(ends[0]);
	line->far = ends[1];
	*state = line;
	return 0;
}

static int
line_close(void **state)
{
	struct line *line = *state;

	channel_close(line->ch);
	if (line->far != -1)
		close(line->far);
	free(line);
	return 0;
}

static void
hear(void *arg, const struct channel_answer *answer)
{
	struct heard *heard = arg;

	heard->times++;
	heard->outcome = answer->outcome;
	heard->fd = answer->fd;
	assert_true(answer->size < sizeof(heard->text));
	memcpy(heard->text, answer->bytes, answer->size);
	heard->text[answer->size] = '\0';
}

static void
ask(struct line *line, const char *text, struct heard *heard)
{
	assert_int_equal(channel_ask(line->ch, 3, text, strlen(text), -1, hear,
	    heard), OK);
}

static struct channel_question
read_one(struct line *line)
{
	struct channel_question question;

	assert_int_equal(channel_read(line->far, line->buffer, &question), OK);
	return question;
}

static void
test_answers_find_their_questions_in_any_order(void **state)
{
	struct line *line = *state;
	struct heard first = { 0 }, second = { 0 };
	struct channel_question one, two;

	ask(line, "depth", &first);
	ask(line, "budget", &second);
	one = read_one(line);
	assert_int_equal(one.kind, 3);
	assert_int_equal(one.fd, -1);
	assert_int_equal(one.size, 5);
	assert_memory_equal(one.bytes, "depth", 5);
	two = read_one(line);
	assert_int_equal(channel_reply(line->far, two.id, INVALID, "b", 1, -1),
	    OK);
	assert_int_equal(channel_reply(line->far, one.id, OK, "a", 1, -1), OK);
	assert_int_equal(first.times + second.times, 0);
	channel_turn(line->ch);
	assert_int_equal(first.times, 1);
	assert_int_equal(first.outcome, OK);
	assert_string_equal(first.text, "a");
	assert_int_equal(second.times, 1);
	assert_int_equal(second.outcome, INVALID);
	assert_string_equal(second.text, "b");
	channel_turn(line->ch);
	assert_int_equal(first.times, 1);
}

static void
test_a_question_without_an_answer_is_busy_in_the_end(void **state)
{
	struct line *line = *state;
	struct heard heard = { 0 };
	struct channel_question late;

	assert_int_equal(channel_wait_ms(line->ch), -1);
	channel_patience(line->ch, 60);
	ask(line, "depth", &heard);
	assert_in_range(channel_wait_ms(line->ch), 1, 60);
	channel_turn(line->ch);
	assert_int_equal(heard.times, 0);
	usleep(70000);
	assert_int_equal(channel_wait_ms(line->ch), 0);
	channel_turn(line->ch);
	assert_int_equal(heard.times, 1);
	assert_int_equal(heard.outcome, BUSY);
	assert_int_equal(channel_wait_ms(line->ch), -1);

	late = read_one(line);
	assert_int_equal(channel_reply(line->far, late.id, OK, "", 0, -1), OK);
	channel_turn(line->ch);
	assert_int_equal(heard.times, 1);
}

static void
test_a_forgotten_question_is_never_answered(void **state)
{
	struct line *line = *state;
	struct heard gone = { 0 }, stays = { 0 };
	struct channel_question one, two;

	ask(line, "depth", &gone);
	ask(line, "depth", &stays);
	channel_forget(line->ch, &gone);
	one = read_one(line);
	two = read_one(line);
	assert_int_equal(channel_reply(line->far, one.id, OK, "", 0, -1), OK);
	assert_int_equal(channel_reply(line->far, two.id, OK, "", 0, -1), OK);
	channel_turn(line->ch);
	assert_int_equal(gone.times, 0);
	assert_int_equal(stays.times, 1);
}

static void
test_an_answer_to_a_dead_predecessor_is_dropped(void **state)
{
	struct line *line = *state;
	struct heard old = { 0 }, new = { 0 };
	struct channel_question question;
	int kept = dup(channel_fd(line->ch));

	ask(line, "depth", &old);
	question = read_one(line);
	channel_close(line->ch);
	line->ch = channel_open(kept);
	ask(line, "budget", &new);
	assert_int_equal(channel_reply(line->far, question.id, OK, "old", 3,
	    line->far), OK);
	channel_turn(line->ch);
	assert_int_equal(old.times, 0);
	assert_int_equal(new.times, 0);
	question = read_one(line);
	assert_int_equal(channel_reply(line->far, question.id, OK, "new", 3,
	    -1), OK);
	channel_turn(line->ch);
	assert_string_equal(new.text, "new");
}

static void
test_descriptors_travel_both_ways_and_stay_the_senders(void **state)
{
	struct line *line = *state;
	struct heard heard = { 0 };
	struct channel_question question;
	AUTO_FD int file = memfd_create("hearing", MFD_CLOEXEC);
	char byte;

	assert_int_equal(write(file, "w", 1), 1);
	assert_int_equal(channel_ask(line->ch, 1, "", 0, file, hear, &heard),
	    OK);
	question = read_one(line);
	assert_true(question.fd >= 0 && question.fd != file);
	assert_int_equal(fcntl(question.fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(pread(question.fd, &byte, 1, 0), 1);
	assert_int_equal(channel_reply(line->far, question.id, OK, "", 0,
	    question.fd), OK);
	close(question.fd);
	channel_turn(line->ch);
	assert_true(heard.fd >= 0);
	assert_int_equal(pread(heard.fd, &byte, 1, 0), 1);
	assert_int_equal(byte, 'w');
	close(heard.fd);
	assert_int_equal(fcntl(file, F_GETFD), FD_CLOEXEC);
}

static int
open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* Neither a forgotten answer's descriptor nor a second one leaks. */
static void
test_descriptors_that_nobody_wants_are_closed(void **state)
{
	struct line *line = *state;
	struct heard heard = { 0 };
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))] =
	    { 0 };
	char bytes[CHANNEL_HEADER] = { 0 };
	struct iovec part = { bytes, sizeof(bytes) };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1,
	    .msg_control = control, .msg_controllen = sizeof(control) };
	struct cmsghdr *item = CMSG_FIRSTHDR(&message);
	struct channel_question question;
	int two[2] = { line->far, line->far }, before;

	ask(line, "depth", &heard);
	question = read_one(line);
	channel_forget(line->ch, &heard);
	before = open_descriptors();
	assert_int_equal(channel_reply(line->far, question.id, OK, "", 0,
	    line->far), OK);
	channel_turn(line->ch);
	assert_int_equal(open_descriptors(), before);

	item->cmsg_level = SOL_SOCKET;
	item->cmsg_type = SCM_RIGHTS;
	item->cmsg_len = CMSG_LEN(sizeof(two));
	memcpy(CMSG_DATA(item), two, sizeof(two));
	assert_int_equal(sendmsg(channel_fd(line->ch), &message, 0),
	    sizeof(bytes));
	question = read_one(line);
	assert_int_equal(open_descriptors(), before + 1);
	close(question.fd);
}

static void
test_what_has_no_shape_is_invalid_and_does_no_harm(void **state)
{
	struct line *line = *state;
	struct channel_question question;
	struct heard heard = { 0 };

	assert_int_equal(channel_read(line->far, line->buffer, &question),
	    NOT_FOUND);
	assert_int_equal(send(channel_fd(line->ch), "short", 5, 0), 5);
	assert_int_equal(channel_read(line->far, line->buffer, &question),
	    INVALID);
	ask(line, "depth", &heard);
	assert_int_equal(send(line->far, "short", 5, 0), 5);
	question = read_one(line);
	assert_int_equal(channel_reply(line->far, question.id + 1, OK, "", 0,
	    -1), OK);
	channel_turn(line->ch);
	assert_int_equal(heard.times, 0);
	assert_int_equal(channel_reply(line->far, question.id,
	    (enum outcome)77, "", 0, -1), OK);
	channel_turn(line->ch);
	assert_int_equal(heard.outcome, FAILED);
}

static void
test_a_full_channel_is_busy_at_once_and_then_recovers(void **state)
{
	static char large[CHANNEL_PAYLOAD];
	struct line *line = *state;
	struct heard heard = { 0 };
	struct channel_question question;
	int asked = 0;

	channel_patience(line->ch, 100000);
	while (channel_ask(line->ch, 1, large, sizeof(large), -1, hear,
	    &heard) == OK)
		assert_true(++asked < CHANNEL_OPEN_QUESTIONS);
	assert_true(asked > 0);
	question = read_one(line);
	assert_int_equal(question.size, sizeof(large));
	while (channel_read(line->far, line->buffer, &question) == OK)
		continue;
	assert_int_equal(channel_ask(line->ch, 1, large, sizeof(large), -1,
	    hear, &heard), OK);
}

static void
test_open_questions_are_bounded(void **state)
{
	struct line *line = *state;
	struct heard heard = { 0 };
	struct channel_question question;

	for (int i = 0; i < CHANNEL_OPEN_QUESTIONS; i++) {
		ask(line, "", &heard);
		question = read_one(line);
	}
	assert_int_equal(channel_ask(line->ch, 1, "", 0, -1, hear, &heard),
	    BUSY);
	assert_int_equal(channel_reply(line->far, question.id, OK, "", 0, -1),
	    OK);
	channel_turn(line->ch);
	ask(line, "", &heard);
}

static void
test_when_the_other_end_is_gone_all_are_busy_at_once(void **state)
{
	struct line *line = *state;
	struct channel_question question;
	struct heard heard = { 0 };
	int ends[2];

	ask(line, "depth", &heard);
	close(line->far);
	line->far = -1;
	channel_turn(line->ch);
	assert_int_equal(heard.times, 1);
	assert_int_equal(heard.outcome, BUSY);

	assert_int_equal(channel_pair(ends), OK);
	close(ends[0]);
	assert_int_equal(channel_read(ends[1], line->buffer, &question),
	    FAILED);
	close(ends[1]);
}

struct again {
	struct line *line;
	struct heard heard;
};

static void
ask_again(void *arg, const struct channel_answer *answer)
{
	struct again *again = arg;

	(void)answer;
	ask(again->line, "again", &again->heard);
}

static void
test_a_callback_may_ask_anew(void **state)
{
	struct line *line = *state;
	struct again again = { .line = line };
	struct channel_question question;

	assert_int_equal(channel_ask(line->ch, 1, "", 0, -1, ask_again,
	    &again), OK);
	question = read_one(line);
	assert_int_equal(channel_reply(line->far, question.id, OK, "", 0, -1),
	    OK);
	channel_turn(line->ch);
	question = read_one(line);
	assert_int_equal(channel_reply(line->far, question.id, OK, "yes", 3,
	    -1), OK);
	channel_turn(line->ch);
	assert_string_equal(again.heard.text, "yes");
}

static void
test_asking_and_waiting_gives_the_answer_of_another(void **state)
{
	struct line *line = *state;
	struct arena arena;
	struct channel_answer answer;
	pid_t pid = fork();

	if (pid == 0) {
		struct channel_question question;

		while (channel_read(line->far, line->buffer, &question) != OK)
			usleep(1000);
		_exit(channel_reply(line->far, question.id, CONFLICT,
		    question.bytes, question.size, -1) != OK);
	}
	arena_init(&arena, ARENA_LIMIT);
	assert_int_equal(channel_ask_wait(line->ch, &arena, 9, "hearing", 7,
	    -1, &answer), OK);
	assert_int_equal(answer.outcome, CONFLICT);
	assert_int_equal(answer.size, 7);
	assert_memory_equal(answer.bytes, "hearing", 7);
	assert_int_equal(answer.fd, -1);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	arena_done(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, line_open, line_close)
		TEST(test_answers_find_their_questions_in_any_order),
		TEST(test_a_question_without_an_answer_is_busy_in_the_end),
		TEST(test_a_forgotten_question_is_never_answered),
		TEST(test_an_answer_to_a_dead_predecessor_is_dropped),
		TEST(test_descriptors_travel_both_ways_and_stay_the_senders),
		TEST(test_descriptors_that_nobody_wants_are_closed),
		TEST(test_what_has_no_shape_is_invalid_and_does_no_harm),
		TEST(test_a_full_channel_is_busy_at_once_and_then_recovers),
		TEST(test_open_questions_are_bounded),
		TEST(test_when_the_other_end_is_gone_all_are_busy_at_once),
		TEST(test_a_callback_may_ask_anew),
		TEST(test_asking_and_waiting_gives_the_answer_of_another),
	};

	return cmocka_run_group_tests_name("channel", tests, NULL, NULL);
}
