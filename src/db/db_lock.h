/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/outcome.h"

/*
 * One writer at a time, by our own lock. SQLite 3.7.0 to 3.51.2 can corrupt a
 * database in WAL mode when two connections write or checkpoint at the same
 * instant (fixed in 3.51.3; Debian 12 has 3.40.1). So every write transaction
 * and every checkpoint of every process runs under an advisory flock(2) on
 * `tulga.lock` in the data folder.
 *
 * The kernel gives the lock up when its holder dies. A child would share its
 * parent's lock, so a lock is held only in the process that took it.
 *
 * Busy writers take turns: who finds the lock taken knocks (writes the time
 * into the file), and who held it meanwhile leaves it to others for
 * DB_LOCK_YIELD_MS after letting go. Whoever waits asks more often than that.
 */
#define DB_LOCK_YIELD_MS 4

struct db_lock {
	int file;	/* -1 while closed */
	pid_t holder;	/* our process while held, else 0 */
	int64_t taken;	/* milliseconds; when we last took it */
	int64_t released;	/* and let go */
};

/* A lock that is closed and not held; what PostgreSQL keeps. */
void db_lock_init(struct db_lock *lock);

/* Opens, perhaps creates, the file. FAILED, logged. */
MUST_CHECK enum outcome db_lock_open(struct db_lock *lock, const char *folder);

/* Gives it up if it is held. */
void db_lock_close(struct db_lock *lock);

/* OK, at once also when we hold it; BUSY: another has it, or its turn. */
MUST_CHECK enum outcome db_lock_try(struct db_lock *lock);

/* Tries until OK or until `timeout_ms` have passed: BUSY. */
MUST_CHECK enum outcome db_lock_wait(struct db_lock *lock, int timeout_ms);

void db_lock_release(struct db_lock *lock);

bool db_lock_is_held(const struct db_lock *lock);
