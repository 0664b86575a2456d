/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/outcome.h"
#include "base/sandbox.h"

/* The two layers of sandbox.h, for sandbox.c alone. They log why they fail. */

/* The ABI version of this kernel's Landlock, 0 when it has none. */
int sandbox_landlock_version(void);

/* Needs no_new_privs. Rights that `version` does not know are not handled. */
MUST_CHECK enum outcome sandbox_landlock_enter(int version,
    enum sandbox_kind kind, const struct sandbox_paths *paths);

/* Needs no_new_privs; comes last, for it forbids the other's calls. */
MUST_CHECK enum outcome sandbox_seccomp_enter(enum sandbox_kind kind,
    const struct sandbox_paths *paths);
