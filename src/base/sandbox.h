/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/outcome.h"

/*
 * What a process may still do once it has started: a seccomp filter and, where
 * the kernel has it, Landlock rules for paths, ports and signals. There is no
 * way back; a child inherits it and can only give up more. Anything not named
 * is refused with EPERM (never killed silently: the process logs and answers;
 * ptrace, exec, module, mount and namespace calls kill it). New memory is never
 * executable, so libraries must be loaded before.
 */
enum sandbox_kind {
	SANDBOX_WEB,	/* accept, read, write; data folder; no exec, connect */
	SANDBOX_VAULT,	/* reads, writes what is open; no files, sockets */
	SANDBOX_CLERK,	/* like web, and connect for mail (one host is not
			 * checked by the kernel: ports only, where it can) */
	SANDBOX_RUNNER,	/* forks, watches, stops its children; no sockets */
	SANDBOX_DERIVE,	/* computes and writes one answer */
	SANDBOX_PARSE,	/* computes, reads the one file, writes one answer */
	SANDBOX_PROGRAM, /* may become another program; no fork, no sockets */
};

enum { SANDBOX_PATHS = 8, SANDBOX_PORTS = 4 };

/* All absolute; NULL and 0 are passed over. Zeroed: nothing at all. */
struct sandbox_paths {
	/*
	 * Folders (or files) to read, write, create and remove; they must
	 * exist. What is granted holds for all below: never name the whole
	 * data folder, for its `secrets` are the vault's alone.
	 */
	const char *data[SANDBOX_PATHS];

	/*
	 * Folders and files to read; RUNNER and PROGRAM may also execute what
	 * is there. Those that do not exist are left out.
	 */
	const char *readable[SANDBOX_PATHS];

	/* WEB and CLERK: may connect to UNIX sockets: PostgreSQL's. */
	bool unix_connect;

	/*
	 * WEB and CLERK: TCP ports to connect to (PostgreSQL elsewhere, mail).
	 * Kernels before 6.7 let any port pass as soon as one is named. CLERK
	 * may then also ask name servers.
	 */
	uint16_t ports[SANDBOX_PORTS];
};

/* Which layers the running kernel offers; the health page shows it. */
struct sandbox_layers {
	bool seccomp;
	int landlock;	/* ABI version, 0: none */
};

/*
 * Asks the kernel once and remembers, so it may be called inside. Builds with
 * AddressSanitizer have none: it needs calls that no sandbox here allows.
 */
struct sandbox_layers sandbox_layers(void);

/* FAILED when a layer that the kernel offers could not be entered. */
MUST_CHECK enum outcome sandbox_enter(enum sandbox_kind kind,
    const struct sandbox_paths *paths);
