/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/instrument.h"

#include "base/list.h"
#include "instrument/score.h"

#include <string.h>

/* What the parts of an edition must be to each other. */

struct checking {
	const struct instrument *instrument;
	const struct instrument_words *words;
	struct content_faults *faults;
};

/* A fault that names one thing. */
static void
fault_about(const struct checking *c, struct content_place place,
    const char *msgid, const char *id)
{
	content_fault_add(c->faults, place, msgid, WORDS(word_text("id", id)));
}

static void
check_scale(const struct checking *c)
{
	const struct scale *scale = &c->instrument->scale;
	const struct content_place place = c->instrument->place;
	size_t values = scale_values(scale);

	if ((scale->max - scale->min) % scale->step != 0)
		content_fault_add(c->faults, place,
		    N_("The scale does not reach its maximum in whole steps"),
		    NO_WORDS);
	for (size_t i = 0; i < scale->levels.count; i++) {
		const struct scale_level *level = &scale->levels.items[i];

		if (!scale_has(scale, level->value) ||
		    (i > 0 && level->value <= level[-1].value))
			content_fault_add(c->faults, place,
			    N_("The scale's level %(value)s is not on the scale"
			       " or not above the one before"),
			    WORDS(word_number("value", level->value)));
	}
	if (values <= TALLY_LEVELS && scale->levels.count != values)
		content_fault_add(c->faults, place,
		    N_("The scale has %(values)s values but names %(levels)s"),
		    WORDS(word_number("values", (int64_t)values),
			word_number("levels", (int64_t)scale->levels.count)));
}

/* Every id must be a term; none twice. */
static void
check_terms(const struct checking *c, struct content_place place,
    const struct vocabulary *vocabulary, const struct ids *ids)
{
	for (size_t i = 0; i < ids->count; i++) {
		const char *id = ids->items[i];
		const char *nearest;

		for (size_t j = 0; j < i; j++)
			if (strcmp(ids->items[j], id) == 0)
				fault_about(c, place,
				    N_("\"%(id)s\" stands here twice"), id);
		if (id[0] == '\0' || vocabulary_find(vocabulary, id) != NULL)
			continue;
		nearest = name_nearest(id,
		    vocabulary_ids(c->faults->arena, vocabulary),
		    vocabulary->count);
		content_fault_add(c->faults, place, nearest == NULL ?
		    N_("\"%(id)s\" is in no vocabulary") :
		    N_("\"%(id)s\" is in no vocabulary; did you mean"
		       " \"%(nearest)s\"?"),
		    WORDS(word_text("id", id), word_text("nearest", nearest)));
	}
}

static void
check_level_count(const struct checking *c, const struct item *item,
    const struct labels *levels)
{
	if (levels->count == c->instrument->scale.levels.count)
		return;
	content_fault_add(c->faults, item->place,
	    N_("Item \"%(id)s\" has %(count)s levels, the scale %(levels)s"),
	    WORDS(word_text("id", item->id),
		word_number("count", (int64_t)levels->count),
		word_number("levels",
		    (int64_t)c->instrument->scale.levels.count)));
}

static void
check_item(const struct checking *c, const struct item *item)
{
	const struct item *first = instrument_find_item(c->instrument,
	    item->id);

	if (first != item && item->id[0] != '\0')
		content_fault_add(c->faults, item->place,
		    N_("\"%(id)s\" stands here twice; the first is in line"
		       " %(line)s"),
		    WORDS(word_text("id", item->id),
			word_number("line", first->place.line)));
	check_terms(c, item->place, c->words->criteria, &item->criteria);
	check_terms(c, item->place, c->words->objectives, &item->objectives);
	check_level_count(c, item, &item->levels);
	if (item->is_public)
		check_level_count(c, item, &item->public_levels);
}

static void
check_dimension(const struct checking *c, const struct dimension *dimension)
{
	if (instrument_find_dimension(c->instrument, dimension->id) !=
	    dimension && dimension->id[0] != '\0')
		fault_about(c, dimension->place,
		    N_("\"%(id)s\" stands here twice"), dimension->id);
	if (dimension->principle[0] != '\0' &&
	    vocabulary_find(c->words->principles, dimension->principle) == NULL)
		fault_about(c, dimension->place,
		    N_("The charter has no principle \"%(id)s\""),
		    dimension->principle);
}

/* A weight on a criterion must be able to change something in every track. */
static void
check_criterion(const struct checking *c, const struct term *criterion,
    const struct track *track)
{
	LIST_EACH(item, &c->instrument->items)
		if (item_is_in_track(c->instrument, item, track) &&
		    item_has_criterion(item, criterion->id))
			return;
	content_fault_add(c->faults, c->instrument->place,
	    N_("No item of the track \"%(track)s\" has the criterion"
	       " \"%(id)s\""),
	    WORDS(word_text("track", track->id),
		word_text("id", criterion->id)));
}

void
instrument_check(const struct instrument *instrument,
    const struct instrument_words *words, struct content_faults *faults)
{
	const struct checking c = { instrument, words, faults };

	check_scale(&c);
	LIST_EACH(dimension, &instrument->dimensions)
		check_dimension(&c, dimension);
	LIST_EACH(item, &instrument->items)
		check_item(&c, item);
	LIST_EACH(track, &instrument->tracks)
		LIST_EACH(criterion, words->criteria)
			check_criterion(&c, criterion, track);
	if (instrument->items.count > ITEMS_MOST)
		content_fault_add(faults, instrument->place,
		    N_("There are more than %(most)s of these"),
		    WORDS(word_number("most", ITEMS_MOST)));
}
