/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "db/db_lock.h"

#include "base/check.h"
#include "base/log.h"
#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/*
 * The write lock. Waiting asks again and again with short pauses: flock has no
 * timeout, and an alarm would be one more signal to think of.
 */

enum { PAUSE_FIRST_MS = 1, PAUSE_LAST_MS = 2 };

void
db_lock_init(struct db_lock *lock)
{
	*lock = (struct db_lock){ .file = -1 };
}

enum outcome
db_lock_open(struct db_lock *lock, const char *folder)
{
	char path[PATH_MAX];

	db_lock_init(lock);
	if (snprintf(path, sizeof(path), "%s/tulga.lock", folder) >=
	    (int)sizeof(path)) {
		log_error("database: the folder's name \"%s\" is too long",
		    folder);
		return FAILED;
	}

	lock->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
	    0600);
	if (lock->file < 0) {
		log_errno("database: \"%s\" can't be opened", path);
		return FAILED;
	}
	return OK;
}

void
db_lock_close(struct db_lock *lock)
{
	if (lock->file < 0)
		return;

	db_lock_release(lock);
	close(lock->file);
	db_lock_init(lock);
}

/* The clock is the machine's, so that all processes read the same. */
static void
knock(const struct db_lock *lock)
{
	int64_t now = time_monotonic_ms();

	if (pwrite(lock->file, &now, sizeof(now), 0) != sizeof(now))
		log_errno("database: can't knock at the write lock");
}

/* Somebody knocked while we held it, and we let go just now. */
static bool
others_turn(const struct db_lock *lock)
{
	int64_t now = time_monotonic_ms();
	int64_t knocked;

	if (now - lock->released >= DB_LOCK_YIELD_MS)
		return false;
	return pread(lock->file, &knocked, sizeof(knocked), 0) ==
	    sizeof(knocked) && knocked >= lock->taken && knocked <= now;
}

enum outcome
db_lock_try(struct db_lock *lock)
{
	int got;

	check(lock->file >= 0);
	if (db_lock_is_held(lock))
		return OK;
	if (others_turn(lock))
		return BUSY;

	do
		got = flock(lock->file, LOCK_EX | LOCK_NB);
	while (got != 0 && errno == EINTR);
	if (got == 0) {
		lock->holder = getpid();
		lock->taken = time_monotonic_ms();
		return OK;
	}
	if (errno == EWOULDBLOCK) {
		knock(lock);
		return BUSY;
	}
	log_errno("database: the write lock can't be taken");
	return FAILED;
}

static void
pause_ms(int ms)
{
	struct timespec wait = { .tv_nsec = (long)ms * 1000000 };

	/* An early return only asks the kernel a little sooner. */
	nanosleep(&wait, NULL);
}

enum outcome
db_lock_wait(struct db_lock *lock, int timeout_ms)
{
	int64_t deadline = time_monotonic_ms() + timeout_ms;
	int ms = PAUSE_FIRST_MS;
	enum outcome got;

	while ((got = db_lock_try(lock)) == BUSY) {
		if (time_monotonic_ms() >= deadline)
			return BUSY;
		pause_ms(ms);
		ms = ms * 2 > PAUSE_LAST_MS ? PAUSE_LAST_MS : ms * 2;
	}
	return got;
}

void
db_lock_release(struct db_lock *lock)
{
	if (!db_lock_is_held(lock))
		return;

	lock->holder = 0;
	lock->released = time_monotonic_ms();
	if (flock(lock->file, LOCK_UN) != 0)
		log_errno("database: the write lock can't be given up");
}

bool
db_lock_is_held(const struct db_lock *lock)
{
	return lock->holder != 0 && lock->holder == getpid();
}
