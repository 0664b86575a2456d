/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db_engine.h"

/* What db_sqlite.c, db_sqlite_open.c and db_sqlite_care.c tell each other. */

enum outcome db_sqlite_open(struct db *db, const struct db_config *config);
void db_sqlite_close(struct db *db);

/* Gives the statement that follows its time. */
void db_sqlite_start_clock(struct db *db);

/* The outcome of a result code; logs what is FAILED. */
enum outcome db_sqlite_outcome(struct db *db, int code, const char *sql);

/* After a failed fsync or commit: says so and aborts. */
_Noreturn void db_sqlite_stop(struct db *db, const char *doing);

/* See db.h; the checkpoint's caller holds the lock. */
enum outcome db_sqlite_checkpoint(struct db *db);
int64_t db_sqlite_wal_size(const struct db *db);
enum outcome db_sqlite_backup(struct db *db, const char *file);
enum outcome db_sqlite_check(struct db *db);
