/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/outcome.h"

/*
 * Questions to another process of this server and their answers, over one
 * SOCK_SEQPACKET socket pair that the parent made before forking and keeps:
 * when either side dies, its successor takes up the same end. A question that
 * died with its reader is answered BUSY here when its deadline has passed. An
 * answer to a question of a dead predecessor is dropped: each asker counts its
 * ids from a random 64-bit start.
 *
 * A message is at most CHANNEL_MESSAGE bytes, CHANNEL_HEADER of them ours;
 * larger things go as a file descriptor. Nothing here blocks but
 * channel_ask_wait: a full socket answers BUSY at once.
 */
#define CHANNEL_MESSAGE 65536
#define CHANNEL_HEADER 16
#define CHANNEL_PAYLOAD (CHANNEL_MESSAGE - CHANNEL_HEADER)
#define CHANNEL_OPEN_QUESTIONS 1024
#define CHANNEL_DEADLINE_MS 15000

struct channel;

struct channel_answer {
	enum outcome outcome;	/* what the other side said, or BUSY, FAILED */
	const void *bytes;	/* until the callback returns */
	size_t size;
	int fd;			/* -1, or handed over: the callback closes it */
};

typedef void channel_answer_fn(void *arg, const struct channel_answer *answer);

/*
 * Both ends of a new channel, non-blocking and close-on-exec: [0] asks, [1]
 * answers. FAILED (logged) when the system has no more descriptors.
 */
MUST_CHECK enum outcome channel_pair(int ends_out[2]);

/* The asker's end. Takes over `fd` (closed by channel_close). */
struct channel *channel_open(int fd);

/* Open questions are forgotten: their callbacks do not run. */
void channel_close(struct channel *ch);
int channel_fd(const struct channel *ch);

/*
 * How long a question may stay open, instead of CHANNEL_DEADLINE_MS; for the
 * clerk, whose programs run for a minute. Only while no question is open.
 */
void channel_patience(struct channel *ch, int milliseconds);

/*
 * Asks; `answer` runs at most once, from a later channel_turn (not at all
 * after channel_forget). `fd` is passed along when it is not -1 and stays the
 * caller's. BUSY, FAILED: nothing was asked and `answer` will not run. `size`
 * above CHANNEL_PAYLOAD is a mistake of ours and aborts.
 */
MUST_CHECK enum outcome channel_ask(struct channel *ch, uint16_t kind,
    const void *bytes, size_t size, int fd, channel_answer_fn *answer,
    void *arg);

/*
 * Delivers what has arrived and what is past its deadline. A callback may ask
 * and forget, but neither turn nor close the channel. When the other end is
 * gone for good, all open questions are answered BUSY.
 */
void channel_turn(struct channel *ch);

/* Milliseconds until the next deadline, -1 when nothing is open. */
int channel_wait_ms(const struct channel *ch);

/* The callbacks of `arg` will not run: its owner is going away. */
void channel_forget(struct channel *ch, const void *arg);

/*
 * Asks and waits; for command-line tools and the clerk. Bytes live in `a`.
 * Returns what channel_ask returned; the other side's outcome is in
 * *answer_out, whose `fd` is then the caller's.
 */
MUST_CHECK enum outcome channel_ask_wait(struct channel *ch, struct arena *a,
    uint16_t kind, const void *bytes, size_t size, int fd,
    struct channel_answer *answer_out);

/* The answering side: reads one question, sends one answer. */
struct channel_question {
	uint64_t id;
	uint16_t kind;
	const void *bytes;	/* in the caller's buffer */
	size_t size;
	int fd;			/* -1 or now the caller's */
};

/*
 * NOT_FOUND when none waits; INVALID when the message had no shape (it is
 * dropped); FAILED when the other end is gone for good.
 */
MUST_CHECK enum outcome channel_read(int fd, char buffer[CHANNEL_MESSAGE],
    struct channel_question *question_out);

/* `passed` is -1 or goes along and stays the caller's. BUSY: not sent. */
MUST_CHECK enum outcome channel_reply(int fd, uint64_t id,
    enum outcome outcome, const void *bytes, size_t size, int passed);
