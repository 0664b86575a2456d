/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/list.h"
#include "charter/charter.h"
#include "content/vocabulary.h"
#include "instrument/instrument.h"

/*
 * All content of an installation, read once at the start, before the first
 * fork, and never changed while the program runs.
 */
struct library_instruments LIST_OF(struct instrument);

struct library {
	struct charter charter;
	struct vocabulary objectives, criteria, legal_forms, units;
	struct library_instruments instruments;	/* every edition */
};


/* What a new run uses. */
#define LIBRARY_INSTRUMENT "initiative"
#define LIBRARY_EDITION "2026-1"

/*
 * Reads everything below `folder` (content_folder). Faults are logged, one
 * line each with file and line; INVALID then, and nothing is open.
 */
MUST_CHECK enum outcome library_open(const char *folder);

/* What is open; a mistake to ask before library_open. */
const struct library *library(void);

/* An edition, or NULL. */
const struct instrument *library_instrument(const char *name,
    const char *edition);
