/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>

#include "assessment/assessment_store.h"
#include "assessment/evidence.h"
#include "db/db.h"

/*
 * Pieces of evidence and the items that they serve. Linking and unlinking
 * need a run in stage 2 (CONFLICT). An agreed score never stands above
 * what its item's evidence allows: what would undo that is refused, INVALID.
 */

/* Adds a piece (id, created, confirmed* are ignored). Sent twice: one. */
MUST_CHECK enum outcome evidence_add(struct tx *tx, struct arena *a,
    int64_t organisation, const struct evidence *evidence,
    const struct authored *by, int64_t *id_out);

/* Title, day and who may see it. INVALID: an agreed score of a run in stages 2
 * to 4 rests on its being public. */
MUST_CHECK enum outcome evidence_change(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, const struct evidence *evidence);

/* A peer saw it and says so. `who` "" takes it back. */
MUST_CHECK enum outcome evidence_confirm(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t id, const char *who, int64_t day);

MUST_CHECK enum outcome evidence_find(struct db *db, struct arena *a,
    int64_t organisation, int64_t id, struct evidence *evidence_out);

/* All of an organisation, newest first. */
MUST_CHECK enum outcome evidence_list(struct db *db, struct arena *a,
    int64_t organisation, struct evidence_list *list_out);

/* The piece serves an item of a run; twice is once. NOT_FOUND: not both of
 * this organisation. INVALID: EVIDENCE_OF_ITEM_MOST are there. */
MUST_CHECK enum outcome evidence_item_add(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    int64_t evidence);

/* INVALID: the item's agreed score rests on it. Not there: OK. */
MUST_CHECK enum outcome evidence_item_remove(struct tx *tx, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    int64_t evidence);

/* Those of one item, oldest first. */
MUST_CHECK enum outcome evidence_item_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, const char *item,
    struct evidence_list *list_out);

/* What each item of a run has, if any. */
struct evidence_of_item {
	const char *item;
	int64_t pieces;
	enum evidence_kind strongest;
};
struct evidence_of_items LIST_OF(struct evidence_of_item);
MUST_CHECK enum outcome evidence_of_items_list(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment,
    struct evidence_of_items *list_out);

/* Distinct pieces that serve a run. */
MUST_CHECK enum outcome evidence_count(struct db *db, struct arena *a,
    int64_t organisation, int64_t assessment, int64_t *count_out);
