/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "cli/cli.h"

/* The two things that `tulga import` reads; argv[0] is their name. */
cli_run cli_import_organisations, cli_import_charter;

/*
 * A whole file in memory, without its byte-order mark and with a NUL behind
 * it; freed by the caller's buffer_done. EX_OK, or said why.
 */
struct buffer;
int import_file_read(const char *path, size_t most, struct buffer *out);
