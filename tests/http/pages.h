/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "http/server.h"

/*
 * A small site about wells and hearings for tests of src/http: a page of each
 * kind that the server knows, and people who need no password. The session
 * cookie "bat" is an editor of the organisation "bayan", "tsetseg" is nobody
 * there; the 32 bytes of their form secrets are all 1 and all 2.
 */
extern const struct route *const test_routes[];
extern const struct server_hooks test_hooks;

/* Makes the table that the pages write to. */
MUST_CHECK enum outcome test_tables(struct db *db);
