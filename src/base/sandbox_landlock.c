/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* O_PATH */

#include "base/sandbox_part.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Landlock by raw system calls: glibc has no wrappers, and Debian 12's kernel
 * headers end at ABI 2, so that what came later is spelled out here (from the
 * kernel's Documentation/userspace-api/landlock.rst).
 */

/* Rights on files and folders, by the ABI that brought them. */
#define FILES_1 ((UINT64_C(1) << 13) - 1)
#define REFER_2 (UINT64_C(1) << 13)
#define TRUNCATE_3 (UINT64_C(1) << 14)
#define DEVICE_5 (UINT64_C(1) << 15)

#define BIND_4 (UINT64_C(1) << 0)
#define CONNECT_4 (UINT64_C(1) << 1)
#define ABSTRACT_SOCKET_6 (UINT64_C(1) << 0)
#define SIGNAL_6 (UINT64_C(1) << 1)

#define READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITE \
	(LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
	LANDLOCK_ACCESS_FS_REMOVE_DIR | REFER_2 | TRUNCATE_3)
#define EXECUTE LANDLOCK_ACCESS_FS_EXECUTE

/* The only rights that a rule about a single file may name. */
#define OF_A_FILE \
	(EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | \
	LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE_3 | DEVICE_5)

enum { RULE_PATH = 1, RULE_PORT = 2 };

struct handled {
	uint64_t files;
	uint64_t net;
	uint64_t scoped;
};

struct port_rule {
	uint64_t allowed;
	uint64_t port;
};

int
sandbox_landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return version > 0 ? (int)version : 0;
}

/* Everything that this ABI can refuse is refused unless a rule allows it. */
static struct handled
handled_by(int version)
{
	struct handled handled = { .files = FILES_1 };

	if (version >= 2)
		handled.files |= REFER_2;
	if (version >= 3)
		handled.files |= TRUNCATE_3;
	if (version >= 4)
		handled.net = BIND_4 | CONNECT_4;
	if (version >= 5)
		handled.files |= DEVICE_5;
	if (version >= 6)
		handled.scoped = ABSTRACT_SOCKET_6 | SIGNAL_6;
	return handled;
}

static enum outcome
allow_path(int rules, const char *path, uint64_t rights, bool may_lack)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights };
	struct stat status;
	long added;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0 && errno == ENOENT && may_lack)
		return OK;
	if (rule.parent_fd < 0 || fstat(rule.parent_fd, &status) != 0) {
		log_errno("cannot open \"%s\" for the sandbox", path);
		return FAILED;
	}
	if (!S_ISDIR(status.st_mode))
		rule.allowed_access &= OF_A_FILE;
	added = syscall(SYS_landlock_add_rule, rules, RULE_PATH, &rule, 0);
	if (added != 0)
		log_errno("cannot allow \"%s\" in the sandbox", path);
	close(rule.parent_fd);
	return added == 0 ? OK : FAILED;
}

static enum outcome
allow_paths(int rules, uint64_t known, enum sandbox_kind kind,
    const struct sandbox_paths *paths)
{
	bool executes = kind == SANDBOX_RUNNER || kind == SANDBOX_PROGRAM;
	uint64_t read = (READ | (executes ? EXECUTE : 0)) & known;
	uint64_t write = (READ | WRITE) & known;

	for (int i = 0; i < SANDBOX_PATHS; i++)
		if (paths->data[i] != NULL &&
		    allow_path(rules, paths->data[i], write, false) != OK)
			return FAILED;
	for (int i = 0; i < SANDBOX_PATHS; i++)
		if (paths->readable[i] != NULL &&
		    allow_path(rules, paths->readable[i], read, true) != OK)
			return FAILED;
	return OK;
}

static enum outcome
allow_ports(int rules, const struct sandbox_paths *paths)
{
	for (int i = 0; i < SANDBOX_PORTS; i++) {
		struct port_rule rule = { CONNECT_4, paths->ports[i] };

		if (rule.port != 0 && syscall(SYS_landlock_add_rule, rules,
		    RULE_PORT, &rule, 0) != 0) {
			log_errno("cannot allow port %u in the sandbox",
			    (unsigned)paths->ports[i]);
			return FAILED;
		}
	}
	return OK;
}

/* How much of struct handled a kernel of this ABI has heard of. */
static size_t
handled_size(int version)
{
	if (version >= 6)
		return sizeof(struct handled);
	return version >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
}

enum outcome
sandbox_landlock_enter(int version, enum sandbox_kind kind,
    const struct sandbox_paths *paths)
{
	struct handled handled = handled_by(version);
	enum outcome got;
	int rules;

	rules = (int)syscall(SYS_landlock_create_ruleset, &handled,
	    handled_size(version), 0);
	if (rules < 0) {
		log_errno("cannot make Landlock rules");
		return FAILED;
	}
	got = allow_paths(rules, handled.files, kind, paths);
	if (got == OK && handled.net != 0)
		got = allow_ports(rules, paths);
	if (got == OK && syscall(SYS_landlock_restrict_self, rules, 0) != 0) {
		log_errno("cannot enter Landlock rules");
		got = FAILED;
	}
	close(rules);
	return got;
}
