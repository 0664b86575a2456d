/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"

/* What only the demonstration asks of the database. */

/* True while there are neither people nor organisations nor settings. */
MUST_CHECK enum outcome demo_database_is_empty(struct db *db,
    struct arena *a, bool *empty_out);

/* The newest piece of work that waits for the clerk; 0 none. */
MUST_CHECK enum outcome demo_outbox_last(struct db *db, struct arena *a,
    int64_t *id_out);

/*
 * Takes back the asking for printed reports after that one: printing all of a
 * made-up country would keep the clerk busy for a day.
 */
MUST_CHECK enum outcome demo_prints_forget(struct tx *tx, struct arena *a,
    int64_t after);
