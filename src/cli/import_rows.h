/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "cli/import_columns.h"
#include "organisation/organisation.h"

/*
 * One row of a register as an organisation that has not joined. Texts are
 * normalised as those of forms are and checked by the same kinds of fields;
 * what is wrong is added to `faults` with row and column. INVALID then.
 * Strings live in `a`.
 */
struct import_source {
	const char *file;	/* for messages */
	const char *register_name;	/* kept with each organisation */
	struct import_columns *columns;
	struct content_faults *faults;
};
MUST_CHECK enum outcome import_row_read(struct arena *a,
    const struct import_source *source, const struct csv_row *row,
    struct organisation *organisation_out);

/* --- Duplicates ---------------------------------------------------------- */

/*
 * Who is known: by registration number, and by folded name within a unit.
 * Grows with what is added; keys are copied into its arena.
 */
struct import_known {
	struct arena *arena;
	struct known_entry *entries;
	size_t count, room;
};
void import_known_init(struct import_known *known, struct arena *a);

/* Remembers an organisation; `where` says where it was: a slug, "row 12". */
void import_known_add(struct import_known *known,
    const struct organisation *o, const char *where);

/* Where the same number, or the same name in the same unit, was; or NULL. */
const char *import_known_number(struct import_known *known,
    const struct organisation *o);
const char *import_known_name(struct import_known *known,
    const struct organisation *o);
