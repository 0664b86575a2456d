/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include <string.h>

/* Which files the database names, a page at a time. */

static enum outcome
kept_list(struct db *db, struct arena *a, const char *sql, int64_t after,
    struct kept_files *files_out)
{
	AUTO_CLOSE struct rows rows = db_query(db, a, sql, db_int(after),
	    db_int(KEPT_FILES_PAGE));
	struct kept_files files = { 0 };
	enum outcome got;

	while ((got = rows_next(&rows)) == OK) {
		size_t size;
		const void *hash = rows_blob(&rows, 1, &size);
		struct kept_file *f = LIST_ADD(a, &files);

		f->id = rows_int(&rows, 0);
		if (size == sizeof(f->hash))
			memcpy(f->hash, hash, size);
	}
	if (got != NOT_FOUND)
		return got;
	*files_out = files;
	return OK;
}

static const char KEPT_EVIDENCE[] =
	"SELECT min(id) AS first, hash FROM evidence WHERE hash IS NOT NULL"
	" GROUP BY hash HAVING min(id) > $1 ORDER BY first LIMIT $2";

enum outcome
kept_evidence_list(struct db *db, struct arena *a, int64_t after,
    struct kept_files *files_out)
{
	return kept_list(db, a, KEPT_EVIDENCE, after, files_out);
}

static const char KEPT_PDF[] =
	"SELECT min(id) AS first, hash FROM report_file"
	" GROUP BY hash HAVING min(id) > $1 ORDER BY first LIMIT $2";

enum outcome
kept_pdf_list(struct db *db, struct arena *a, int64_t after,
    struct kept_files *files_out)
{
	return kept_list(db, a, KEPT_PDF, after, files_out);
}
