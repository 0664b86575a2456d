/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/channel.h"
#include "http/request.h"

/*
 * Answers that come later. A handler that writes or asks another process
 * returns what one of these returns and is done; the loop suspends the
 * request, and `answer` runs when the outcome is known: it redirects, renders
 * the form again, or goes on to the next step in the same way. Nothing else
 * in a handler may wait.
 */
typedef enum outcome answer_fn(struct request *rq, enum outcome got,
    void *arg);

/*
 * The one shape of writing. `fn(tx, arg)` checks rules and calls stores inside
 * the batch's transaction; it may run twice and has no effect outside the
 * database and `arg`. OK reaches `answer` only when the commit is on disk.
 */
enum outcome write_later(struct request *rq, db_write_fn *fn,
    answer_fn *answer, void *arg);

/* What the write changes for readers: raised after its commit, if OK. */
void write_raises(struct request *rq, enum generation_kind kind, int64_t id);

/*
 * For answers of vault and runner: start the question with
 * `later_answer` as its callback and `later_wait(rq, ...)` as its arg.
 * *answer_out of `answer`'s arg is valid during the call only, so it is
 * copied to the arena first.
 */
typedef enum outcome later_fn(struct request *rq,
    const struct channel_answer *got, void *arg);
void *later_wait(struct request *rq, later_fn *answer, void *arg);
void later_answer(void *wait, const struct channel_answer *answer);

/* After a question could not be asked: the request is not waiting. */
enum outcome later_refused(struct request *rq, enum outcome why);
