/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/server.h"

/*
 * Everything that is served, in one place: the route tables of all things and
 * the hooks that tell the server who asks. The access matrix test reads the
 * same tables.
 */
extern const struct route *const site_routes[];
extern const struct server_hooks site_hooks;

/* Ties the things together once the library is open, before any request. */
void site_open(void);
