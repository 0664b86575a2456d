/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/outcome.h"
#include "content/fault.h"
#include "content/yaml.h"
#include "text/language.h"

/*
 * Lists of words that an installation may change without touching C. Each is a
 * file with one key, the list; an entry has `id` and `label`, and may have
 * `note` (a sentence for readers) and `code` (its code elsewhere).
 */
enum vocabulary_kind {
	VOCABULARY_OBJECTIVES,	/* what a self-assessment is for */
	VOCABULARY_CRITERIA,	/* what an item speaks about */
	VOCABULARY_LEGAL_FORMS,	/* of organisations */
	VOCABULARY_UNITS,	/* aimags and the capital: ISO 3166-2;
				 * code: the statistics office's */
};

struct term {
	const char *id;		/* unique in its vocabulary; kept for ever */
	struct label label;
	struct label note;	/* NULLs when it has none */
	const char *code;	/* "" when it has none */
};

struct vocabulary {
	struct term *items;	/* in the file's order */
	size_t count;
};

/*
 * Reads one of FOLDER's vocabularies; all lives in `a`. Faults are added and
 * the outcome is INVALID (or NOT_FOUND, FAILED as yaml_open says).
 */
MUST_CHECK enum outcome vocabulary_open(struct arena *a, const char *folder,
    enum vocabulary_kind kind, struct content_faults *faults,
    struct vocabulary *vocabulary_out);

/* The same from a file's tree. INVALID or OK. */
MUST_CHECK enum outcome vocabulary_read(struct arena *a,
    const struct yaml_node *root, enum vocabulary_kind kind,
    struct content_faults *faults, struct vocabulary *vocabulary_out);

/* NULL when there is no such term. */
const struct term *vocabulary_find(const struct vocabulary *vocabulary,
    const char *id);

/* All ids, in `a`; for name_nearest. */
const char *const *vocabulary_ids(struct arena *a,
    const struct vocabulary *vocabulary);
