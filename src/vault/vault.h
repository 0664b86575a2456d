/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/outcome.h"

/*
 * The vault process. It answers vault/client.h and nothing else, holds its key
 * in one locked page, leaves no core dump, cannot be traced, and after its
 * start opens no file and no socket.
 */

/*
 * Makes `path` with a new random key, mode 0600, unless it is there. Its folder
 * must exist; the file gets the folder's owner, so that a server that has given
 * up root can read it. On the disk when it returns OK.
 */
MUST_CHECK enum outcome vault_key_make(const char *path);

/*
 * Reads the key at `path`, enters SANDBOX_VAULT and serves the answering ends
 * `fds` until all the other ends are closed (OK) or SIGTERM ends the process.
 * FAILED (logged) when it could not start: no key, a key of another size or
 * that others may read, no locked memory. To be called in a process of its own.
 */
MUST_CHECK enum outcome vault_serve(const char *path, const int fds[],
    size_t count);
