/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "content/fault.h"
#include "content/vocabulary.h"
#include "text/csv.h"

/*
 * Which column of a table holds what. Names of columns, and words for legal
 * forms, come from content/organisations/columns.yaml and, before it, from a
 * file of the same shape that a register needs for itself:
 *
 *	columns:
 *	  name_mn: ["Албан ёсны нэр"]
 *	legal_forms:
 *	  foundation: ["Буяны сан"]
 */
enum import_column {
	COLUMN_NAME_MN, COLUMN_NAME_EN, COLUMN_NAME_BICHIG,
	COLUMN_REGISTRATION, COLUMN_LEGAL_FORM, COLUMN_UNIT, COLUMN_PLACE,
	COLUMN_FIELD, COLUMN_PURPOSE_MN, COLUMN_PURPOSE_EN, COLUMN_WEBSITE,
	COLUMN_EMAIL, COLUMN_PHONE, COLUMN_FOUNDED, COLUMN_PEOPLE,
	IMPORT_COLUMNS
};

/* A folded word and what it means. */
struct import_word {
	const char *folded;
	size_t column;		/* among names of columns */
	const char *id;		/* among words for units and legal forms */
};
struct import_words LIST_OF(struct import_word);

struct import_columns {
	struct import_words names, units, legal_forms;
	int at[IMPORT_COLUMNS];	/* place in a row from 0; -1: not there */
	const char *header[IMPORT_COLUMNS];	/* as the table calls it */
	struct import_words unused;	/* headers that mean nothing here */
};

/*
 * Reads the known names: `map` (NULL: none) before the content's own file.
 * INVALID, NOT_FOUND, FAILED with faults added.
 */
MUST_CHECK enum outcome import_columns_open(struct arena *a,
    const char *content, const char *map, struct content_faults *faults,
    struct import_columns *columns_out);

/*
 * Finds the columns in a table's first row. INVALID, with a fault, when there
 * is none for the name, or two for one thing.
 */
MUST_CHECK enum outcome import_columns_find(struct arena *a,
    const char *file, const struct csv_row *header,
    struct content_faults *faults, struct import_columns *columns);

/* What a word of the table means: an id, or NULL. */
const char *import_word_id(struct arena *a, const struct import_words *words,
    const char *text);
