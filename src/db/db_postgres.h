/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <libpq-fe.h>

#include "db/db_engine.h"

/* What db_postgres.c and db_postgres_session.c tell each other. */

enum outcome db_postgres_open(struct db *db, const struct db_config *config);
void db_postgres_close(struct db *db);

/* True when a query or the server found the connection gone. */
bool db_postgres_is_lost(const struct db *db);

/* True when there is a fresh connection. Asks once a second at most. */
bool db_postgres_reconnect(struct db *db);

/*
 * The outcome of an answer; logs what is FAILED. Within a transaction, a lost
 * connection and the server's wish to see it again set db->lost: then nothing
 * was done.
 */
enum outcome db_postgres_outcome(struct db *db, const PGresult *answer,
    const char *sql);

/* PQclear for `AUTO_RESULT PGresult *answer = ...;` */
void db_postgres_clear(PGresult **result);
#define AUTO_RESULT __attribute__((cleanup(db_postgres_clear)))
