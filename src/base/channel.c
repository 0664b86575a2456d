/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/channel.h"

#include "base/check.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Open questions sit in a fixed table; the low bits of an id are its slot, the
 * rest a count from a random start. All wait equally long, so the queue of open
 * slots is in order of deadlines.
 */

enum { SLOT_BITS = 10 };

_Static_assert(CHANNEL_OPEN_QUESTIONS == 1 << SLOT_BITS, "slots fill the bits");

/* What goes first in every message, both ways. */
struct header {
	uint64_t id;
	uint16_t kind;		/* the outcome, in an answer */
	uint16_t unused[3];	/* zero */
};

_Static_assert(sizeof(struct header) == CHANNEL_HEADER, "no padding");

struct slot {
	TAILQ_ENTRY(slot) link;
	uint64_t id;
	int64_t deadline;
	channel_answer_fn *answer;	/* NULL: forgotten */
	void *arg;
	bool open;
};

struct channel {
	int fd;
	int patience;
	uint64_t asked;
	TAILQ_HEAD(, slot) waiting, idle;
	struct slot slots[CHANNEL_OPEN_QUESTIONS];
	_Alignas(16) char message[CHANNEL_MESSAGE];
};

struct message {
	struct header header;
	const char *bytes;
	size_t size;
	int fd;
};

enum outcome
channel_pair(int ends_out[2])
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0, ends) != 0) {
		log_errno("cannot make a socket pair");
		return FAILED;
	}
	memcpy(ends_out, ends, sizeof(ends));
	return OK;
}

/* One message and at most one descriptor. BUSY when the socket is full. */
static enum outcome
message_send(int fd, const struct header *header, const void *bytes,
    size_t size, int passed)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec parts[] = {
		{ (void *)header, sizeof(*header) }, { (void *)bytes, size },
	};
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

	check(size <= CHANNEL_PAYLOAD);
	if (passed != -1) {
		struct cmsghdr *item = (struct cmsghdr *)control;

		message.msg_control = control;
		message.msg_controllen = sizeof(control);
		item->cmsg_level = SOL_SOCKET;
		item->cmsg_type = SCM_RIGHTS;
		item->cmsg_len = CMSG_LEN(sizeof(int));
		memcpy(CMSG_DATA(item), &passed, sizeof(int));
	}
	if (sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
		return OK;
	if (errno == EAGAIN || errno == ETOOMANYREFS || errno == ENOBUFS)
		return BUSY;
	log_errno("cannot send to another process of this server");
	return FAILED;
}

/* The first descriptor that came along; any others are closed. */
static int
message_descriptor(struct msghdr *message)
{
	int found = -1;

	for (struct cmsghdr *item = CMSG_FIRSTHDR(message); item != NULL;
	    item = CMSG_NXTHDR(message, item)) {
		size_t size = item->cmsg_len - CMSG_LEN(0);

		if (item->cmsg_level != SOL_SOCKET ||
		    item->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t at = 0; at + sizeof(int) <= size;
		    at += sizeof(int)) {
			int fd;

			memcpy(&fd, CMSG_DATA(item) + at, sizeof(int));
			if (found == -1)
				found = fd;
			else
				close(fd);
		}
	}
	return found;
}

/* See channel_read for the outcomes. The bytes stay in `buffer`. */
static enum outcome
message_receive(int fd, char buffer[CHANNEL_MESSAGE],
    struct message *message_out)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
	struct iovec part = { buffer, CHANNEL_MESSAGE };
	struct msghdr got = { .msg_iov = &part, .msg_iovlen = 1,
	    .msg_control = control, .msg_controllen = sizeof(control) };
	struct message message;
	ssize_t size;

	do {
		size = recvmsg(fd, &got, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	} while (size < 0 && errno == EINTR);
	if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return NOT_FOUND;
	if (size <= 0)
		return FAILED;
	message.fd = message_descriptor(&got);
	if ((size_t)size < sizeof(message.header) ||
	    (got.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		if (message.fd != -1)
			close(message.fd);
		log_error("a message from another process has no shape");
		return INVALID;
	}
	memcpy(&message.header, buffer, sizeof(message.header));
	message.bytes = buffer + sizeof(message.header);
	message.size = (size_t)size - sizeof(message.header);
	*message_out = message;
	return OK;
}

struct channel *
channel_open(int fd)
{
	struct channel *ch = calloc(1, sizeof(*ch));

	check(ch != NULL);
	ch->fd = fd;
	ch->patience = CHANNEL_DEADLINE_MS;
	TAILQ_INIT(&ch->waiting);
	TAILQ_INIT(&ch->idle);
	for (size_t i = 0; i < CHANNEL_OPEN_QUESTIONS; i++)
		TAILQ_INSERT_TAIL(&ch->idle, &ch->slots[i], link);
	check(getrandom(&ch->asked, sizeof(ch->asked), 0) ==
	    sizeof(ch->asked));
	return ch;
}

void
channel_close(struct channel *ch)
{
	if (ch == NULL)
		return;
	close(ch->fd);
	explicit_bzero(ch->message, sizeof(ch->message));
	free(ch);
}

int
channel_fd(const struct channel *ch)
{
	return ch->fd;
}

void
channel_patience(struct channel *ch, int milliseconds)
{
	check(TAILQ_EMPTY(&ch->waiting) && milliseconds > 0);
	ch->patience = milliseconds;
}

enum outcome
channel_ask(struct channel *ch, uint16_t kind, const void *bytes, size_t size,
    int fd, channel_answer_fn *answer, void *arg)
{
	struct slot *slot = TAILQ_FIRST(&ch->idle);
	struct header header = { .kind = kind };
	enum outcome sent;

	if (slot == NULL)
		return BUSY;
	header.id = ++ch->asked << SLOT_BITS | (uint64_t)(slot - ch->slots);
	sent = message_send(ch->fd, &header, bytes, size, fd);
	if (sent != OK)
		return sent;

	TAILQ_REMOVE(&ch->idle, slot, link);
	TAILQ_INSERT_TAIL(&ch->waiting, slot, link);
	slot->id = header.id;
	slot->deadline = time_monotonic_ms() + ch->patience;
	slot->answer = answer;
	slot->arg = arg;
	slot->open = true;
	return OK;
}

/* The slot is free again before its owner hears: the owner may ask anew. */
static void
slot_answer(struct channel *ch, struct slot *slot,
    const struct channel_answer *answer)
{
	channel_answer_fn *call = slot->answer;

	slot->open = false;
	TAILQ_REMOVE(&ch->waiting, slot, link);
	TAILQ_INSERT_HEAD(&ch->idle, slot, link);
	if (call != NULL)
		call(slot->arg, answer);
	else if (answer->fd != -1)
		close(answer->fd);
}

static void
deliver(struct channel *ch, const struct message *message)
{
	struct slot *slot = &ch->slots[message->header.id &
	    (CHANNEL_OPEN_QUESTIONS - 1)];
	struct channel_answer answer = {
		.outcome = message->header.kind <= FAILED ?
		    (enum outcome)message->header.kind : FAILED,
		.bytes = message->bytes,
		.size = message->size,
		.fd = message->fd,
	};

	if (slot->open && slot->id == message->header.id)
		slot_answer(ch, slot, &answer);
	else if (message->fd != -1)
		close(message->fd);
}

/* Answers BUSY to what has waited until `now`. */
static void
expire(struct channel *ch, int64_t now)
{
	struct channel_answer late = { .outcome = BUSY, .bytes = "", .fd = -1 };
	struct slot *slot;

	while ((slot = TAILQ_FIRST(&ch->waiting)) != NULL &&
	    slot->deadline <= now)
		slot_answer(ch, slot, &late);
}

void
channel_turn(struct channel *ch)
{
	struct message message;
	enum outcome got = OK;

	for (int i = 0; i < CHANNEL_OPEN_QUESTIONS; i++) {
		got = message_receive(ch->fd, ch->message, &message);
		if (got == NOT_FOUND || got == FAILED)
			break;
		if (got == OK)
			deliver(ch, &message);
	}
	expire(ch, got == FAILED ? INT64_MAX : time_monotonic_ms());
}

int
channel_wait_ms(const struct channel *ch)
{
	const struct slot *slot = TAILQ_FIRST(&ch->waiting);
	int64_t left;

	if (slot == NULL)
		return -1;
	left = slot->deadline - time_monotonic_ms();
	return left > 0 ? (int)left : 0;
}

void
channel_forget(struct channel *ch, const void *arg)
{
	struct slot *slot;

	TAILQ_FOREACH(slot, &ch->waiting, link)
		if (slot->arg == arg)
			slot->answer = NULL;
}

struct waiter {
	struct arena *arena;
	struct channel_answer answer;
	bool done;
};

static void
waiter_answer(void *arg, const struct channel_answer *answer)
{
	struct waiter *waiter = arg;

	waiter->answer = *answer;
	waiter->answer.bytes = arena_copy_bytes(waiter->arena, answer->bytes,
	    answer->size);
	waiter->done = true;
}

enum outcome
channel_ask_wait(struct channel *ch, struct arena *a, uint16_t kind,
    const void *bytes, size_t size, int fd, struct channel_answer *answer_out)
{
	struct waiter waiter = { .arena = a };
	enum outcome asked;

	asked = channel_ask(ch, kind, bytes, size, fd, waiter_answer, &waiter);
	if (asked != OK)
		return asked;
	while (!waiter.done) {
		struct pollfd ready = { .fd = ch->fd, .events = POLLIN };

		if (poll(&ready, 1, channel_wait_ms(ch)) < 0)
			check(errno == EINTR);
		channel_turn(ch);
	}
	*answer_out = waiter.answer;
	return OK;
}

enum outcome
channel_read(int fd, char buffer[CHANNEL_MESSAGE],
    struct channel_question *question_out)
{
	struct message message;
	enum outcome got = message_receive(fd, buffer, &message);

	if (got == OK)
		*question_out = (struct channel_question){
		    .id = message.header.id, .kind = message.header.kind,
		    .bytes = message.bytes, .size = message.size,
		    .fd = message.fd };
	return got;
}

enum outcome
channel_reply(int fd, uint64_t id, enum outcome outcome, const void *bytes,
    size_t size, int passed)
{
	struct header header = { .id = id, .kind = (uint16_t)outcome };

	return message_send(fd, &header, bytes, size, passed);
}
