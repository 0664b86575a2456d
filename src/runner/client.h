/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/channel.h"
#include "base/outcome.h"

/*
 * What may be asked of the runner, the process that was forked before any
 * state existed. For each question it forks one short-lived child under its
 * own limits and sandbox. All questions are channel questions: the answer
 * comes later, from channel_turn.
 */
enum runner_question {
	RUNNER_DERIVE,		/* struct runner_derive -> 32 bytes */
	RUNNER_INSPECT,		/* a file's fd -> struct runner_inspection */
	RUNNER_PROGRAM,		/* one of enum runner_program; the clerk only */
};

enum {
	DERIVE_SALT = 16,
	DERIVE_KEY = 32,
	DERIVE_PASSWORD = 256,	/* longest password, bytes */
	DERIVE_AT_ONCE = 2,	/* 64 MiB and 0.2 s of a core each */
	DERIVE_QUEUE = 32,	/* more are answered BUSY */
	INSPECT_TYPE = 96,
	INSPECT_AT_ONCE = 2,
	INSPECT_QUEUE = 32,
	PROGRAM_AT_ONCE = 1,
	PROGRAM_QUEUE = 4,
	PROGRAM_SECONDS = 60,
	RUNNER_PATIENCE_MS = 130000,	/* one in front, one's own, a reserve */
};

/* Argon2id, 64 MiB, 3 passes, one lane (libsodium's crypto_pwhash). */
struct runner_derive {
	uint8_t salt[DERIVE_SALT];
	uint16_t size;			/* of password */
	char password[DERIVE_PASSWORD];
};

/*
 * What a file is: its bytes' SHA-256, size, media type by content (libmagic)
 * and whether that type is on the list of accepted evidence types. The child
 * has also fsynced it.
 */
struct runner_inspection {
	uint8_t sha256[32];
	int64_t size;
	char type[INSPECT_TYPE];	/* e.g. "application/pdf" */
	uint8_t accepted;		/* 0 or 1 */
};

/* The fixed list of outside programs. Input: the fd passed; output: an fd. */
enum runner_program {
	PROGRAM_PDF,	/* WeasyPrint: HTML to PDF; no network */
};

/* See channel_ask for the promises. The password is wiped from `d`. */
MUST_CHECK enum outcome runner_derive(struct channel *runner,
    struct runner_derive *d, channel_answer_fn *answer, void *arg);
MUST_CHECK enum outcome runner_inspect(struct channel *runner, int fd,
    channel_answer_fn *answer, void *arg);

/*
 * From the clerk only (others are answered FORBIDDEN). `fd` is read from its
 * present place to its end. The answer's fd is a sealed memory file, at its
 * start. Its channel needs channel_patience of RUNNER_PATIENCE_MS.
 */
MUST_CHECK enum outcome runner_program(struct channel *runner,
    enum runner_program program, int fd, channel_answer_fn *answer, void *arg);
