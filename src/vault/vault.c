/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* MADV_DONTDUMP */

#include "vault/vault.h"

#include "base/channel.h"
#include "base/check.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "base/sandbox.h"
#include "vault/totp.h"

#include <errno.h>
#include <fcntl.h>
#include <liboath/oath.h>
#include <libgen.h>
#include <poll.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * One loop over the askers' ends. Every answer is computed at once (they are
 * quick), and what passed through the buffers is wiped.
 */

enum { ENDS = 256, AT_ONCE = 16, PAGE = 4096 };

struct vault {
	const uint8_t *key;		/* in its locked page */
	const int *fds;
	size_t count;
	bool gone[ENDS];		/* whose other end is closed */
	_Alignas(16) char message[CHANNEL_MESSAGE];
};

static enum outcome
write_key(int fd, const char *folder)
{
	uint8_t key[VAULT_KEY];
	struct stat owner;
	ssize_t size;

	randombytes_buf(key, sizeof(key));
	size = write(fd, key, sizeof(key));
	sodium_memzero(key, sizeof(key));
	if (size != sizeof(key) || stat(folder, &owner) != 0)
		return FAILED;
	if (geteuid() == 0 && fchown(fd, owner.st_uid, owner.st_gid) != 0)
		return FAILED;
	return fsync(fd) == 0 ? OK : FAILED;
}

/* A name that is in the folder only once its bytes are on the disk. */
static enum outcome
place_key(const char *path, const char *temporary, const char *folder)
{
	AUTO_FD int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_FD int fd = open(temporary,
	    O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (at < 0 || fd < 0 || write_key(fd, folder) != OK ||
	    (link(temporary, path) != 0 && errno != EEXIST) ||
	    unlink(temporary) != 0 || fsync(at) != 0) {
		log_errno("cannot make the vault's key \"%s\"", path);
		return FAILED;
	}
	return OK;
}

enum outcome
vault_key_make(const char *path)
{
	struct arena arena;
	enum outcome made = OK;

	if (access(path, F_OK) == 0)
		return OK;
	if (sodium_init() < 0) {
		log_error("cannot start libsodium");
		return FAILED;
	}
	arena_init(&arena, ARENA_LIMIT);
	made = place_key(path, arena_print(&arena, "%s.new", path),
	    dirname(arena_copy(&arena, path)));
	arena_done(&arena);
	return made;
}

/* Nothing of this process goes to a file or to another process. */
static enum outcome
hide_process(void)
{
	const struct rlimit none = { 0, 0 };

	if (prctl(PR_SET_DUMPABLE, 0) == 0 &&
	    setrlimit(RLIMIT_CORE, &none) == 0)
		return OK;
	log_errno("cannot forbid dumps of the vault");
	return FAILED;
}

/* A page that is never swapped out, dumped or given to a child. */
static uint8_t *
locked_page(void)
{
	uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED || mlock(page, PAGE) != 0 ||
	    madvise(page, PAGE, MADV_DONTDUMP) != 0 ||
	    madvise(page, PAGE, MADV_DONTFORK) != 0) {
		log_errno("cannot lock a page for the vault's key");
		return NULL;
	}
	return page;
}

static const uint8_t *
read_key(const char *path)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	uint8_t *page = locked_page();
	struct stat status;

	if (page == NULL)
		return NULL;
	if (fd < 0 || fstat(fd, &status) != 0) {
		log_errno("cannot open the vault's key \"%s\"", path);
		return NULL;
	}
	if (!S_ISREG(status.st_mode) || (status.st_mode & 077) != 0) {
		log_error("others may read the vault's key \"%s\"", path);
		return NULL;
	}
	/* one byte more would show a longer file */
	if (read(fd, page, VAULT_KEY + 1) != VAULT_KEY) {
		log_error("the vault's key \"%s\" is not %d bytes long", path,
		    VAULT_KEY);
		return NULL;
	}
	check(mprotect(page, PAGE, PROT_READ) == 0);
	return page;
}

static enum outcome
answer_check(const struct vault *vault, const struct channel_question *question,
    int64_t *step_out)
{
	struct vault_totp_check asked;
	enum outcome got;

	if (question->size != sizeof(asked))
		return INVALID;
	memcpy(&asked, question->bytes, sizeof(asked));
	got = totp_check(vault->key, &asked, step_out);
	sodium_memzero(&asked, sizeof(asked));
	return got;
}

static enum outcome
answer_new(const struct vault *vault, const struct channel_question *question,
    struct vault_totp_made *made_out)
{
	struct vault_totp_new asked;

	if (question->size != sizeof(asked))
		return INVALID;
	memcpy(&asked, question->bytes, sizeof(asked));
	return totp_new(vault->key, &asked, made_out);
}

static void
answer(const struct vault *vault, int fd,
    const struct channel_question *question)
{
	union {
		int64_t step;
		struct vault_totp_made made;
	} bytes = { 0 };
	enum outcome got = INVALID, sent;
	size_t size = 0;

	switch ((enum vault_question)question->kind) {
	case VAULT_TOTP_CHECK:
		got = answer_check(vault, question, &bytes.step);
		size = sizeof(bytes.step);
		break;
	case VAULT_TOTP_NEW:
		got = answer_new(vault, question, &bytes.made);
		size = sizeof(bytes.made);
		break;
	}
	sent = channel_reply(fd, question->id, got, &bytes,
	    got == OK ? size : 0, -1);
	if (sent != OK)
		log_warning("an answer was not taken: %s", outcome_name(sent));
	sodium_memzero(&bytes, sizeof(bytes));
}

/* Some from each end in turn, so that none can crowd the others out. */
static void
serve_end(struct vault *vault, size_t end)
{
	struct channel_question question;

	for (int i = 0; i < AT_ONCE; i++) {
		enum outcome got = channel_read(vault->fds[end],
		    vault->message, &question);

		if (got == FAILED)
			vault->gone[end] = true;
		if (got == FAILED || got == NOT_FOUND)
			return;
		if (got != OK)
			continue;
		if (question.fd != -1)
			close(question.fd);
		answer(vault, vault->fds[end], &question);
		sodium_memzero(vault->message, question.size + CHANNEL_HEADER);
	}
}

/* Whether anybody can still ask. */
static bool
turn(struct vault *vault)
{
	struct pollfd ready[ENDS];
	size_t open = 0;

	for (size_t i = 0; i < vault->count; i++) {
		ready[i] = (struct pollfd){ .events = POLLIN,
		    .fd = vault->gone[i] ? -1 : vault->fds[i] };
		open += vault->gone[i] ? 0 : 1;
	}
	if (open == 0)
		return false;
	if (poll(ready, vault->count, -1) < 0) {
		check(errno == EINTR);
		return true;
	}
	for (size_t i = 0; i < vault->count; i++)
		if (ready[i].revents != 0)
			serve_end(vault, i);
	return true;
}

enum outcome
vault_serve(const char *path, const int fds[], size_t count)
{
	const struct sandbox_paths none = { 0 };
	static struct vault vault;

	check(count > 0 && count <= ENDS);
	vault.fds = fds;
	vault.count = count;
	if (sodium_init() < 0 || oath_init() != OATH_OK) {
		log_error("cannot start the vault's libraries");
		return FAILED;
	}
	if (hide_process() != OK)
		return FAILED;
	vault.key = read_key(path);
	if (vault.key == NULL || sandbox_enter(SANDBOX_VAULT, &none) != OK)
		return FAILED;
	while (turn(&vault))
		continue;
	return OK;
}
