/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/instrument_read.h"

#include "base/list.h"

/* Dimensions and items of an edition, each item by itself. */

static struct ids
read_ids(struct arena *a, const struct yaml_node *map, const char *key,
    struct content_faults *faults)
{
	const struct yaml_nodes *nodes = yaml_list(map, key, faults);
	struct ids ids = { 0 };

	LIST_EACH(node, nodes)
		*LIST_ADD(a, &ids) = yaml_as_text(node, faults);
	return ids;
}

static struct labels
read_labels(struct arena *a, const struct yaml_nodes *nodes,
    struct content_faults *faults)
{
	struct labels labels = { 0 };

	LIST_EACH(node, nodes)
		*LIST_ADD(a, &labels) = yaml_as_label(node, faults);
	return labels;
}

static void
refuse_track(const struct yaml_node *node, const struct instrument *instrument,
    struct content_faults *faults)
{
	const char *ids[TRACKS_MOST];
	const char *nearest;

	for (size_t i = 0; i < instrument->tracks.count; i++)
		ids[i] = instrument->tracks.items[i].id;
	nearest = name_nearest(node->text, ids, instrument->tracks.count);
	yaml_fault(faults, node, nearest == NULL ?
	    N_("\"%(id)s\" is no track of this instrument") :
	    N_("\"%(id)s\" is no track of this instrument; did you mean"
	       " \"%(nearest)s\"?"),
	    WORDS(word_text("id", node->text), word_text("nearest", nearest)));
}

static unsigned
read_item_tracks(const struct yaml_node *map,
    const struct instrument *instrument, struct content_faults *faults)
{
	const struct yaml_nodes *nodes = yaml_list(map, "tracks", faults);
	unsigned tracks = 0;

	LIST_EACH(node, nodes) {
		const struct track *track = instrument_find_track(instrument,
		    yaml_as_text(node, faults));

		if (track == NULL)
			refuse_track(node, instrument, faults);
		else
			tracks |= 1U << (track - instrument->tracks.items);
	}
	return tracks;
}

static void
read_public(struct arena *a, const struct yaml_node *node, struct item *item,
    struct content_faults *faults)
{
	item->is_public = yaml_find(node, "public") != NULL;
	if (item->is_public != (yaml_find(node, "public_levels") != NULL))
		yaml_fault(faults, node,
		    N_("\"public\" and \"public_levels\" belong together"),
		    NO_WORDS);
	item->public_question = yaml_label_or_none(node, "public", faults);
	item->public_levels = read_labels(a,
	    yaml_list_or_none(node, "public_levels", faults), faults);
}

static void
read_item(struct arena *a, const struct yaml_node *node,
    struct instrument *instrument, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "criteria", "objectives",
		"tracks", "minutes", "question", "help", "levels", "example",
		"evidence", "public", "public_levels", NULL };
	struct item item = { .index = instrument->items.count,
		.dimension = instrument->dimensions.count - 1,
		.place = node->place };

	yaml_check_keys(node, KEYS, faults);
	item.id = yaml_id(node, "id", faults);
	item.criteria = read_ids(a, node, "criteria", faults);
	item.objectives = read_ids(a, node, "objectives", faults);
	item.tracks = read_item_tracks(node, instrument, faults);
	item.minutes = (int)yaml_int(node, "minutes", 1, MINUTES_MOST, faults);
	item.question = yaml_label(node, "question", faults);
	item.help = yaml_label(node, "help", faults);
	item.levels = read_labels(a, yaml_list(node, "levels", faults), faults);
	item.example = yaml_label(node, "example", faults);
	item.evidence = read_labels(a, yaml_list(node, "evidence", faults),
	    faults);
	read_public(a, node, &item, faults);
	*LIST_ADD(a, &instrument->items) = item;
}

/* A dimension is a principle of the charter, or has a title of its own. */
static void
read_dimension(struct arena *a, const struct yaml_node *node,
    struct instrument *instrument, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "principle", "title",
		"items", NULL };
	const struct yaml_nodes *items = yaml_list(node, "items", faults);
	struct dimension *dimension = LIST_ADD(a, &instrument->dimensions);

	yaml_check_keys(node, KEYS, faults);
	dimension->place = node->place;
	dimension->id = yaml_id(node, "id", faults);
	dimension->principle = yaml_text_or(node, "principle", "", faults);
	dimension->title = yaml_label_or_none(node, "title", faults);
	if (yaml_find(node, "principle") == NULL &&
	    yaml_find(node, "title") == NULL)
		yaml_fault(faults, node,
		    N_("A dimension needs a \"principle\" or a \"title\""),
		    NO_WORDS);
	LIST_EACH(entry, items)
		read_item(a, entry, instrument, faults);
}

/* The list of all items has its place now: dimensions can point into it. */
static void
give_dimensions_their_items(struct instrument *instrument)
{
	LIST_EACH(item, &instrument->items) {
		struct items *run =
		    &instrument->dimensions.items[item->dimension].items;

		if (run->count == 0)
			run->items = item;
		run->count++;
	}
}

void
instrument_read_items(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults)
{
	const struct yaml_nodes *dimensions = yaml_list(root, "dimensions",
	    faults);

	LIST_EACH(node, dimensions)
		read_dimension(a, node, instrument, faults);
	give_dimensions_their_items(instrument);
}
