/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/outcome.h"

/*
 * The runner: for each question (runner/client.h) one short-lived child under
 * its own limits and sandbox, so that a hostile file or a costly password can
 * harm nothing but its own answer. The process itself never blocks on a child.
 *
 * How many children run and how many wait is bounded per question; what is
 * beyond is answered BUSY at once. A child that dies, or lives too long and is
 * killed, is answered FAILED.
 *
 * Serves until all the other ends are closed (OK) or the process is ended by
 * SIGTERM; its children die with it. FAILED when it could not start: no magic
 * database, no sandbox. `fds` are the answering ends; the last one is the
 * clerk's, the only one that may start programs. Temporary files are made
 * below /tmp.
 *
 * Enters SANDBOX_RUNNER; to be called in a process of its own.
 */
MUST_CHECK enum outcome runner_serve(const int fds[], size_t count);
