/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/evidence.h"

#include <string.h>

/* How strong a piece of evidence is, and what level it allows. */

enum evidence_kind
evidence_kind_of(const struct evidence *evidence)
{
	if (evidence->confirmed_by[0] != '\0')
		return EVIDENCE_CONFIRMED;
	if (strcmp(evidence->kind, "stated") == 0)
		return EVIDENCE_STATED;
	return strcmp(evidence->visible, "public") == 0
	    ? EVIDENCE_PUBLISHED : EVIDENCE_DOCUMENTED;
}

enum evidence_kind
evidence_strongest(const struct evidence_list *list)
{
	enum evidence_kind strongest = EVIDENCE_NONE;

	LIST_EACH (piece, list) {
		enum evidence_kind one = evidence_kind_of(piece);

		if (one > strongest)
			strongest = one;
	}
	return strongest;
}

int
evidence_cap(const struct instrument *instrument,
    const struct evidence_list *list)
{
	return instrument->evidence_cap[evidence_strongest(list)];
}

bool
evidence_visible_is_valid(const char *visible)
{
	return strcmp(visible, "team") == 0 ||
	    strcmp(visible, "reviewers") == 0 ||
	    strcmp(visible, "public") == 0;
}
