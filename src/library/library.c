/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "library/library.h"

#include "base/check.h"
#include "base/log.h"

#include <string.h>

/* The one copy, in an arena that lives as long as the process. */

static struct arena arena;
static struct library opened;
static bool is_open;

static enum outcome
vocabularies_open(const char *folder, struct content_faults *faults)
{
	const struct {
		enum vocabulary_kind kind;
		struct vocabulary *into;
	} lists[] = {
		{ VOCABULARY_OBJECTIVES, &opened.objectives },
		{ VOCABULARY_CRITERIA, &opened.criteria },
		{ VOCABULARY_LEGAL_FORMS, &opened.legal_forms },
		{ VOCABULARY_UNITS, &opened.units },
	};
	enum outcome got = OK;

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		enum outcome one = vocabulary_open(&arena, folder,
		    lists[i].kind, faults, lists[i].into);

		if (one != OK)
			got = one;
	}
	return got;
}

static enum outcome
instruments_open(const char *folder, struct content_faults *faults)
{
	struct vocabulary principles = charter_terms(&arena, &opened.charter);
	const struct instrument_words words = {
		.criteria = &opened.criteria,
		.objectives = &opened.objectives,
		.principles = &principles,
	};
	struct ids names;
	enum outcome got = instrument_list(&arena, folder, &names);

	for (size_t i = 0; got == OK && i < names.count; i++)
		got = instrument_open(&arena, folder, names.items[i], &words,
		    faults, LIST_ADD(&arena, &opened.instruments));
	return got;
}

static const struct instrument *
library_find(const char *name, const char *edition)
{
	LIST_EACH (i, &opened.instruments)
		if (strcmp(i->name, name) == 0 &&
		    strcmp(i->edition, edition) == 0)
			return i;
	return NULL;
}

enum outcome
library_open(const char *folder)
{
	struct content_faults faults;
	enum outcome got;

	arena_init(&arena, ARENA_LIMIT);
	content_faults_init(&faults, &arena);
	got = vocabularies_open(folder, &faults);
	if (got == OK)
		got = charter_open(&arena, folder, CHARTER_EDITION, &faults,
		    &opened.charter);
	if (got == OK)
		got = instruments_open(folder, &faults);
	if (got == OK && library_find(LIBRARY_INSTRUMENT, LIBRARY_EDITION) ==
	    NULL)
		got = INVALID;
	for (size_t i = 0; i < faults.count; i++)
		log_error("content: %s", content_fault_show(&arena,
		    LANGUAGE_EN, &faults.items[i]));
	if (got != OK) {
		log_error("the content in \"%s\" can't be used", folder);
		arena_done(&arena);
		opened = (struct library){ 0 };
		return got == FAILED ? FAILED : INVALID;
	}
	is_open = true;
	return OK;
}

const struct library *
library(void)
{
	check(is_open);
	return &opened;
}

const struct instrument *
library_instrument(const char *name, const char *edition)
{
	check(is_open);
	return library_find(name, edition);
}
