/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "base/outcome.h"
#include "instrument/instrument.h"

/*
 * What shows that something is so: a file, a link, or a statement that it
 * exists. A piece belongs to an organisation and serves many items and runs.
 */

enum { EVIDENCE_TITLE_MOST = 200, EVIDENCE_LIST_MOST = 500,
	EVIDENCE_OF_ITEM_MOST = 50 };

struct evidence {
	int64_t id;
	const char *kind;	/* "stated", "file", "link" */
	const char *title;
	const char *link;	/* "" unless a link */
	const uint8_t *hash;	/* 32 bytes, SHA-256; NULL unless a file */
	int64_t size;		/* bytes; 0 unless a file */
	const char *type;	/* media type by content; "" unless a file */
	const char *file_name;	/* "" unless a file */
	bool has_day;
	int64_t day;		/* of the document */
	const char *visible;	/* "team", "reviewers", "public" */
	const char *confirmed_by;	/* peer who saw it; "" nobody */
	int64_t confirmed;	/* day; 0 nobody */
	int64_t created;
};
struct evidence_list LIST_OF(struct evidence);

/*
 * What a piece amounts to: stated; documented, a file or a link that is not
 * public; published, a public one; confirmed by a peer who saw it.
 */
enum evidence_kind evidence_kind_of(const struct evidence *evidence);

/* The strongest in a list; EVIDENCE_NONE when it is empty. */
enum evidence_kind evidence_strongest(const struct evidence_list *list);

/*
 * The highest value that may be agreed on with what is there: on 0 to 4, with
 * nothing 1, stated 2, documented 3, published or confirmed 4.
 */
int evidence_cap(const struct instrument *instrument,
    const struct evidence_list *list);

/* "team" < "reviewers" < "public". */
bool evidence_visible_is_valid(const char *visible);

/* --- Files --------------------------------------------------------------- */

/*
 * Moves the file at `path` (on the same file system) to its place below
 * DATA/evidence, which exists, by the SHA-256 of its bytes (base/keep.h): on
 * the disk when it returns OK. FAILED, logged. Nothing of the database: a file
 * that no row names does no harm.
 */
MUST_CHECK enum outcome evidence_file_keep(const char *data, const char *path,
    const uint8_t hash[32]);

/* Opens a kept file for reading. NOT_FOUND when it is not there. */
MUST_CHECK enum outcome evidence_file_open(const char *data,
    const uint8_t hash[32], int *fd_out);

/* SHA-256 and size of a file, for tools without a runner (demo, check). */
MUST_CHECK enum outcome evidence_file_hash(const char *path,
    uint8_t hash_out[32], int64_t *size_out);
