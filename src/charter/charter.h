/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/outcome.h"
#include "content/fault.h"
#include "content/vocabulary.h"
#include "content/yaml.h"
#include "text/language.h"

/*
 * An edition of the index to the charter: the principles and their measures,
 * in our words. What organisations sign is the coalition's own document; these
 * titles only say where in it we are. A published edition never changes.
 */
/* The edition that this release ships. */
#define CHARTER_EDITION "2026-1"

enum { PRINCIPLE_SHORT_MOST = 18 };	/* code points: it labels charts */

struct measure {
	const char *id;		/* "3.1": the principle's id, a stop, more */
	struct label title;
	struct label about;
};
struct measures {
	struct measure *items;
	size_t count;
};

struct principle {
	const char *id;		/* "3" */
	struct label title;
	struct label short_title;
	struct label about;
	struct measures measures;
};
struct principles {
	struct principle *items;
	size_t count;
};

struct charter {
	const char *edition;	/* "2026-1" */
	struct label title;
	struct principles principles;
	struct principle initiative;	/* "B": joining, and the text itself */
};

/*
 * Reads FOLDER/charter/charter-EDITION.yaml; all lives in `a`. Faults are
 * added, the outcome is then INVALID (NOT_FOUND, FAILED as yaml_open says).
 */
MUST_CHECK enum outcome charter_open(struct arena *a, const char *folder,
    const char *edition, struct content_faults *faults,
    struct charter *charter_out);

/* The same from a file's tree. INVALID or OK. */
MUST_CHECK enum outcome charter_read(struct arena *a,
    const struct yaml_node *root, const char *edition,
    struct content_faults *faults, struct charter *charter_out);

/* NULL when there is none; the initiative's own "B" is found too. */
const struct principle *charter_find_principle(const struct charter *charter,
    const char *id);
const struct measure *charter_find_measure(const struct charter *charter,
    const char *id);

/* The principles as terms (label: title, note: about), for instruments. */
struct vocabulary charter_terms(struct arena *a, const struct charter *charter);
