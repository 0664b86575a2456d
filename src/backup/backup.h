/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/list.h"
#include "db/db.h"

#include <stdint.h>

/*
 * One file that holds a whole data folder, and the way back. It is a tar
 * archive packed with gzip, mode 0600: db/tulga.db as one consistent state, the
 * evidence and printed reports that this state names, the vault's key, and
 * last MANIFEST with the SHA-256 of each, in the form that sha256sum -c reads.
 * Writers go on meanwhile: files never change once they are kept.
 *
 * Whoever has the file has everything, the key included: keep it like money.
 */

/* Said while it goes on, for progress; may be NULL. */
typedef void backup_note(void *arg, int64_t files);

/*
 * Copies DATA to a new file, complete and on disk or absent. CONFLICT: it
 * exists. INVALID, logged: PostgreSQL, whose pg_dump does this. FAILED, logged.
 */
MUST_CHECK enum outcome backup_make(struct db *db, const char *data,
    const char *file, backup_note *note, void *arg);

/*
 * Makes `data` (missing or empty) from a backup. INVALID, logged: no backup, an
 * incomplete or altered one; then `data` is left empty. CONFLICT: not empty.
 */
MUST_CHECK enum outcome backup_restore(const char *file, const char *data,
    backup_note *note, void *arg);

/* --- What must be there -------------------------------------------------- */

/* A kept file that a row of the database names. */
struct kept_file {
	int64_t id;		/* of the row, for paging */
	uint8_t hash[32];	/* its place: ab/cdef… in hexadecimal */
};
struct kept_files LIST_OF(struct kept_file);

enum { KEPT_FILES_PAGE = 500 };

/*
 * Up to KEPT_FILES_PAGE evidence files whose first row has an id above `after`,
 * in order, each file once.
 */
MUST_CHECK enum outcome kept_evidence_list(struct db *db, struct arena *a,
    int64_t after, struct kept_files *files_out);

/* The same for printed reports. */
MUST_CHECK enum outcome kept_pdf_list(struct db *db, struct arena *a,
    int64_t after, struct kept_files *files_out);

/* FOLDER/ab/cdef…, in `a`. */
const char *kept_path(struct arena *a, const char *folder,
    const uint8_t hash[32]);

/* Counts of what `tulga check` found wrong; each is logged. */
struct kept_faults {
	int64_t files;		/* looked at */
	int64_t missing;	/* named by a row, not there */
	int64_t altered;	/* bytes that are not their name's */
	int64_t orphans;	/* there, named by no row: harmless */
};

MUST_CHECK enum outcome kept_check(struct db *db, const char *data,
    struct kept_faults *faults_out);
