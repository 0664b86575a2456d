/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "instrument/instrument_read.h"

#include "base/list.h"

/* The head of an edition: what it is, its scale, who is asked, its tracks. */

static void
read_levels(struct arena *a, const struct yaml_node *node,
    struct scale *scale, struct content_faults *faults)
{
	static const char *const KEYS[] = { "value", "label", NULL };
	const struct yaml_nodes *levels = yaml_list(node, "levels", faults);

	LIST_EACH(entry, levels) {
		struct scale_level *level = LIST_ADD(a, &scale->levels);

		yaml_check_keys(entry, KEYS, faults);
		level->value = (int)yaml_int(entry, "value", SCALE_LEAST,
		    SCALE_MOST, faults);
		level->label = yaml_label(entry, "label", faults);
	}
}

static void
read_scale(struct arena *a, const struct yaml_node *node, struct scale *scale,
    struct content_faults *faults)
{
	static const char *const KEYS[] = { "min", "max", "step", "direction",
		"tie", "levels", "not_applicable", "dont_know", NULL };
	static const char *const DIRECTIONS[] = { [SCALE_UP] = "up",
		[SCALE_DOWN] = "down", NULL };
	static const char *const TIES[] = { [TIE_LOWER] = "lower",
		[TIE_FREE] = "free", NULL };

	yaml_check_keys(node, KEYS, faults);
	scale->min = (int)yaml_int(node, "min", SCALE_LEAST, SCALE_MOST - 1,
	    faults);
	scale->max = (int)yaml_int(node, "max", scale->min + 1, SCALE_MOST,
	    faults);
	scale->step = (int)yaml_int(node, "step", 1, scale->max - scale->min,
	    faults);
	scale->direction = (enum scale_direction)yaml_choice(node, "direction",
	    DIRECTIONS, faults);
	scale->tie = (enum scale_tie)yaml_choice(node, "tie", TIES, faults);
	scale->not_applicable = yaml_label(node, "not_applicable", faults);
	scale->dont_know = yaml_label(node, "dont_know", faults);
	read_levels(a, node, scale, faults);
}

/* Without the key, no kind of evidence limits an answer. */
static void
read_evidence_cap(const struct yaml_node *root, struct instrument *instrument,
    struct content_faults *faults)
{
	const struct scale *scale = &instrument->scale;
	const char *keys[EVIDENCE_KINDS + 1] = { NULL };
	const struct yaml_node *node = yaml_find(root, "evidence_cap");

	for (size_t i = 0; i < EVIDENCE_KINDS; i++) {
		keys[i] = evidence_kind_name((enum evidence_kind)i);
		instrument->evidence_cap[i] = scale->direction == SCALE_UP ?
		    scale->max : scale->min;
		if (node != NULL)
			instrument->evidence_cap[i] = (int)yaml_int(node,
			    keys[i], scale->min, scale->max, faults);
	}
	if (node != NULL)
		yaml_check_keys(node, keys, faults);
}

static void
read_groups(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "side", "label", NULL };
	static const char *const SIDES[] = { [SIDE_INSIDE] = "inside",
		[SIDE_OUTSIDE] = "outside", NULL };
	const struct yaml_nodes *groups = yaml_list(root, "groups", faults);

	LIST_EACH(node, groups) {
		struct respondent_group group;

		yaml_check_keys(node, KEYS, faults);
		group.id = yaml_id(node, "id", faults);
		group.side = (enum group_side)yaml_choice(node, "side", SIDES,
		    faults);
		group.label = yaml_label(node, "label", faults);
		if (instrument_find_group(instrument, group.id) != NULL)
			yaml_fault(faults, node,
			    N_("\"%(id)s\" stands here twice"),
			    WORDS(word_text("id", group.id)));
		*LIST_ADD(a, &instrument->groups) = group;
	}
}

static void
read_tracks(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults)
{
	static const char *const KEYS[] = { "id", "label", "about", NULL };
	const struct yaml_nodes *tracks = yaml_list(root, "tracks", faults);

	LIST_EACH(node, tracks) {
		struct track track;

		yaml_check_keys(node, KEYS, faults);
		track.id = yaml_id(node, "id", faults);
		track.label = yaml_label(node, "label", faults);
		track.about = yaml_label(node, "about", faults);
		if (instrument_find_track(instrument, track.id) != NULL)
			yaml_fault(faults, node,
			    N_("\"%(id)s\" stands here twice"),
			    WORDS(word_text("id", track.id)));
		if (instrument->tracks.count == TRACKS_MOST) {
			yaml_fault(faults, node,
			    N_("There are more than %(most)s of these"),
			    WORDS(word_number("most", TRACKS_MOST)));
			return;
		}
		*LIST_ADD(a, &instrument->tracks) = track;
	}
}

void
instrument_read_head(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults)
{
	static const char *const KEYS[] = { "name", "edition", "unit", "title",
		"about", "source", "licence", "scale", "evidence_cap",
		"groups", "tracks", "dimensions", NULL };
	static const char *const UNITS[] = {
		[UNIT_ORGANISATION] = "organisation", [UNIT_SECTOR] = "sector",
		NULL };

	yaml_check_keys(root, KEYS, faults);
	instrument->place = root->place;
	instrument->name = yaml_id(root, "name", faults);
	instrument->edition = yaml_id(root, "edition", faults);
	instrument->unit = (enum instrument_unit)yaml_choice(root, "unit",
	    UNITS, faults);
	instrument->title = yaml_label(root, "title", faults);
	instrument->about = yaml_label(root, "about", faults);
	instrument->source = yaml_label(root, "source", faults);
	instrument->licence = yaml_label(root, "licence", faults);
	read_scale(a, yaml_map(root, "scale", faults), &instrument->scale,
	    faults);
	read_evidence_cap(root, instrument, faults);
	read_groups(a, root, instrument, faults);
	read_tracks(a, root, instrument, faults);
}
