/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/outcome.h"

/*
 * Opens `count` listening TCP sockets on the same address, one for each web
 * process: the kernel spreads connections over them (SO_REUSEPORT), and what
 * waits on one while its process is restarted is not lost. They are
 * non-blocking and close-on-exec; the caller owns them.
 *
 * `host` is an IPv4 or IPv6 address ("127.0.0.1", "::1", "[::1]") or
 * "localhost" (127.0.0.1); names are not looked up. "::" also takes IPv4.
 * Port 0 takes a free one, the same for all.
 *
 * Logs in words that an operator can act on and answers INVALID for a host
 * that is no address, CONFLICT for a port that another program has, FORBIDDEN
 * for a port that only root may use, NOT_FOUND for an address that this machine
 * lacks, FAILED for the rest. Then nothing is open.
 */
MUST_CHECK enum outcome listen_open(const char *host, uint16_t port,
    int fds_out[], size_t count);

/* Closes them again. */
void listen_close(const int fds[], size_t count);

/* The port of a listening socket. */
uint16_t listen_port(int fd);
