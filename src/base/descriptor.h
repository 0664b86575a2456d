/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

/*
 * A forked process starts with a copy of every descriptor of its parent. This
 * closes all above standard error but those in `keep` (in any order; -1 and
 * repeats are ignored), so that no process can reach what is not its own.
 */
void descriptor_keep(const int keep[], size_t count);

/* close() for AUTO variables: `AUTO_FD int fd = open(…);`; -1 is ignored. */
void descriptor_done(const int *fd);

#define AUTO_FD __attribute__((cleanup(descriptor_done)))
