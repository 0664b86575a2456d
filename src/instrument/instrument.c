/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/instrument.h"

#include "base/check.h"
#include "base/list.h"
#include "base/log.h"
#include "content/folder.h"
#include "instrument/instrument_read.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/*
 * Opening an edition and finding things in it. Reading is in instrument_head.c
 * and instrument_items.c, what must hold between the parts in
 * instrument_check.c.
 */

static const char *const EVIDENCE_NAMES[EVIDENCE_KINDS] = {
	[EVIDENCE_NONE] = "none",
	[EVIDENCE_STATED] = "stated",
	[EVIDENCE_DOCUMENTED] = "documented",
	[EVIDENCE_PUBLISHED] = "published",
	[EVIDENCE_CONFIRMED] = "confirmed",
};

/* The file is named for what it holds, so that an edition is found again. */
static void
check_name(const struct instrument *instrument, const char *name,
    struct arena *a, struct content_faults *faults)
{
	const char *full = arena_print(a, "%s-%s", instrument->name,
	    instrument->edition);

	if (strcmp(full, name) != 0)
		content_fault_add(faults, instrument->place,
		    N_("This is edition \"%(edition)s\", but the file's name"
		       " says \"%(name)s\""),
		    WORDS(word_text("edition", full), word_text("name", name)));
}

enum outcome
instrument_read(struct arena *a, const struct yaml_node *root,
    const char *name, const struct instrument_words *words,
    struct content_faults *faults, struct instrument *instrument_out)
{
	struct instrument instrument = { 0 };
	size_t before = content_faults_total(faults);

	instrument_read_head(a, root, &instrument, faults);
	instrument_read_items(a, root, &instrument, faults);
	if (content_faults_total(faults) == before)
		check_name(&instrument, name, a, faults);
	instrument_check(&instrument, words, faults);
	if (content_faults_total(faults) > before)
		return INVALID;
	*instrument_out = instrument;
	return OK;
}

enum outcome
instrument_open(struct arena *a, const char *folder, const char *name,
    const struct instrument_words *words, struct content_faults *faults,
    struct instrument *instrument_out)
{
	const struct yaml_node *root;
	enum outcome got;

	got = yaml_open(a, content_path(a, folder, "instruments", name),
	    faults, &root);
	return got == OK ? instrument_read(a, root, name, words, faults,
	    instrument_out) : got;
}

static int
is_yaml(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return entry->d_name[0] != '.' && size > 5 &&
	    strcmp(entry->d_name + size - 5, ".yaml") == 0;
}

static int
by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

enum outcome
instrument_list(struct arena *a, const char *folder, struct ids *names_out)
{
	const char *path = arena_print(a, "%s/instruments", folder);
	struct ids names = { 0 };
	struct dirent **entries;
	int count;

	count = scandir(path, &entries, is_yaml, by_bytes);
	if (count < 0) {
		log_errno("can't read the folder \"%s\"", path);
		return FAILED;
	}
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		*LIST_ADD(a, &names) = arena_copy_bytes(a, name,
		    strlen(name) - 5);
		free(entries[i]);
	}
	free(entries);
	*names_out = names;
	return OK;
}

const struct item *
instrument_find_item(const struct instrument *instrument, const char *id)
{
	LIST_EACH(item, &instrument->items)
		if (strcmp(item->id, id) == 0)
			return item;
	return NULL;
}

const struct dimension *
instrument_find_dimension(const struct instrument *instrument, const char *id)
{
	LIST_EACH(dimension, &instrument->dimensions)
		if (strcmp(dimension->id, id) == 0)
			return dimension;
	return NULL;
}

const struct respondent_group *
instrument_find_group(const struct instrument *instrument, const char *id)
{
	LIST_EACH(group, &instrument->groups)
		if (strcmp(group->id, id) == 0)
			return group;
	return NULL;
}

const struct track *
instrument_find_track(const struct instrument *instrument, const char *id)
{
	LIST_EACH(track, &instrument->tracks)
		if (strcmp(track->id, id) == 0)
			return track;
	return NULL;
}

bool
item_is_in_track(const struct instrument *instrument, const struct item *item,
    const struct track *track)
{
	size_t index = (size_t)(track - instrument->tracks.items);

	check(index < instrument->tracks.count);
	return (item->tracks >> index & 1U) != 0;
}

bool
item_has_criterion(const struct item *item, const char *criterion)
{
	for (size_t i = 0; i < item->criteria.count; i++)
		if (strcmp(item->criteria.items[i], criterion) == 0)
			return true;
	return false;
}

int
instrument_capped(const struct instrument *instrument,
    enum evidence_kind evidence, int value)
{
	int cap = instrument->evidence_cap[evidence];

	if (instrument->scale.direction == SCALE_UP)
		return value < cap ? value : cap;
	return value > cap ? value : cap;
}

const char *
evidence_kind_name(enum evidence_kind kind)
{
	check((size_t)kind < EVIDENCE_KINDS);
	return EVIDENCE_NAMES[kind];
}
