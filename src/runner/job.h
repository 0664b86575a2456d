/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"
#include "base/sandbox.h"
#include "runner/client.h"

/*
 * What the children of the runner do. A child has the question's bytes, its
 * descriptor as standard input where it has one, and standard output for its
 * answer; everything else is closed. It may not trust the file that it reads.
 */

/* Loads what children need and cannot load inside a sandbox. */
MUST_CHECK enum outcome job_prepare(void);

/*
 * Each enters its sandbox, writes its answer to standard output and returns
 * OK; FAILED (logged) says that there is none. They write exactly DERIVE_KEY
 * bytes and one struct runner_inspection.
 */
MUST_CHECK enum outcome job_derive(const struct runner_derive *d);
MUST_CHECK enum outcome job_inspect(void);

/*
 * The key alone, without a sandbox: for tools of the operator's that have no
 * runner. FAILED, logged: no memory.
 */
MUST_CHECK enum outcome job_derive_key(const struct runner_derive *d,
    uint8_t key_out[DERIVE_KEY]);

/*
 * Becomes the program, which reads standard input and writes standard output;
 * returns FAILED only when that did not work. `temporary` is a folder of its
 * own.
 */
MUST_CHECK enum outcome job_program(enum runner_program program,
    const char *temporary);

/* What programs may read and execute; they write in `temporary` alone. */
struct sandbox_paths job_program_paths(const char *temporary);
