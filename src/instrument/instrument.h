/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/outcome.h"
#include "content/fault.h"
#include "content/vocabulary.h"
#include "content/yaml.h"
#include "instrument/scale.h"
#include "text/language.h"

/*
 * An edition of an instrument: the questions of a self-assessment, the scale
 * they are answered on and who is asked. It is read once at start into an
 * arena that lives as long as the process; a published edition never changes,
 * and whatever was assessed with it names it.
 *
 * Strings are never NULL; a label that may be missing holds NULLs then.
 */
enum { TRACKS_MOST = 8, ITEMS_MOST = 500, MINUTES_MOST = 30 };

/* Whom an instrument rates: one organisation, or a country's civil society. */
enum instrument_unit { UNIT_ORGANISATION, UNIT_SECTOR };

/* What supports an answer, from nothing to seen by somebody else. */
enum evidence_kind {
	EVIDENCE_NONE,
	EVIDENCE_STATED,
	EVIDENCE_DOCUMENTED,
	EVIDENCE_PUBLISHED,
	EVIDENCE_CONFIRMED,
	EVIDENCE_KINDS
};

/* Who answers; small groups are merged by side before anything is hidden. */
enum group_side { SIDE_INSIDE, SIDE_OUTSIDE };

struct respondent_group {
	const char *id;
	enum group_side side;
	struct label label;
};
struct respondent_groups {
	struct respondent_group *items;
	size_t count;
};

/* A choice of items: all of them, or those that matter most. */
struct track {
	const char *id;		/* "short", "full" */
	struct label label;
	struct label about;
};
struct tracks {
	struct track *items;
	size_t count;		/* at most TRACKS_MOST */
};

struct ids {
	const char **items;
	size_t count;
};
struct labels {
	struct label *items;
	size_t count;
};

struct item {
	size_t index;		/* in instrument.items */
	size_t dimension;	/* in instrument.dimensions */
	const char *id;		/* the measure's, where there is one */
	struct ids criteria;	/* of VOCABULARY_CRITERIA; one or more */
	struct ids objectives;	/* of VOCABULARY_OBJECTIVES; one or more */
	unsigned tracks;	/* bit i: in instrument.tracks.items[i] */
	int minutes;		/* to think and answer */
	struct label question;
	struct label help;
	struct labels levels;	/* one for each of scale.levels */
	struct label example;
	struct labels evidence;	/* what would show it; one or more */
	bool is_public;		/* asked of people outside as well */
	struct label public_question;	/* in everyday words; or NULLs */
	struct labels public_levels;	/* as many as levels; or none */
	struct content_place place;
};
struct items {
	struct item *items;
	size_t count;
};

struct dimension {
	const char *id;
	const char *principle;	/* of the charter; "" when there is none */
	struct label title;	/* NULLs: the principle's title serves */
	struct items items;	/* a run of instrument.items */
	struct content_place place;
};
struct dimensions {
	struct dimension *items;
	size_t count;
};

struct instrument {
	const char *name;	/* "initiative" */
	const char *edition;	/* "2026-1" */
	enum instrument_unit unit;
	struct label title, about, source, licence;
	struct scale scale;
	int evidence_cap[EVIDENCE_KINDS];	/* the best value it carries */
	struct respondent_groups groups;
	struct tracks tracks;
	struct dimensions dimensions;
	struct items items;	/* all, in order */
	struct content_place place;
};

/* What an instrument refers to. */
struct instrument_words {
	const struct vocabulary *criteria;
	const struct vocabulary *objectives;
	const struct vocabulary *principles;	/* charter_terms */
};

/*
 * Reads FOLDER/instruments/NAME.yaml (NAME is "initiative-2026-1") and checks
 * it; all lives in `a`. Faults are added, each with its line, and the outcome
 * is then INVALID (NOT_FOUND, FAILED as yaml_open says).
 */
MUST_CHECK enum outcome instrument_open(struct arena *a, const char *folder,
    const char *name, const struct instrument_words *words,
    struct content_faults *faults, struct instrument *instrument_out);

/* The same from a file's tree. INVALID or OK. */
MUST_CHECK enum outcome instrument_read(struct arena *a,
    const struct yaml_node *root, const char *name,
    const struct instrument_words *words, struct content_faults *faults,
    struct instrument *instrument_out);

/*
 * The names in FOLDER/instruments, sorted, without ".yaml". FAILED, logged,
 * when the folder can't be read.
 */
MUST_CHECK enum outcome instrument_list(struct arena *a, const char *folder,
    struct ids *names_out);

/*
 * Adds a fault for whatever the parts of an edition, each well-formed, get
 * wrong together: ids that come twice or are not known, levels that don't
 * match the scale, a criterion that no item of a track speaks about (its
 * weight would do nothing there). instrument_open calls it.
 */
void instrument_check(const struct instrument *instrument,
    const struct instrument_words *words, struct content_faults *faults);

/* NULL when there is none. */
const struct item *instrument_find_item(const struct instrument *instrument,
    const char *id);
const struct dimension *instrument_find_dimension(
    const struct instrument *instrument, const char *id);
const struct respondent_group *instrument_find_group(
    const struct instrument *instrument, const char *id);
const struct track *instrument_find_track(const struct instrument *instrument,
    const char *id);

bool item_is_in_track(const struct instrument *instrument,
    const struct item *item, const struct track *track);
bool item_has_criterion(const struct item *item, const char *criterion);

/* The value that counts when an answer rests on this kind of evidence. */
int instrument_capped(const struct instrument *instrument,
    enum evidence_kind evidence, int value);

/* "none", "stated", ...: as in the file. */
const char *evidence_kind_name(enum evidence_kind kind);
