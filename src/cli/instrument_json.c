/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/instrument_json.h"

#include "base/check.h"
#include "base/list.h"
#include "text/number.h"

/*
 * Builds the JSON of `tulga instrument`. jansson fails only when memory ends
 * or a text is not UTF-8, which content never is: put() checks.
 */

static void
put(json_t *object, const char *key, json_t *value)
{
	check(json_object_set_new(object, key, value) == 0);
}

static void
append(json_t *array, json_t *value)
{
	check(json_array_append_new(array, value) == 0);
}

static json_t *
label_json(struct label label)
{
	json_t *object = json_object();

	for (size_t i = 0; i < LANGUAGES; i++)
		put(object, language_code((enum language)i),
		    json_string(label.text[i]));
	return object;
}

static json_t *
labels_json(const struct labels *labels)
{
	json_t *array = json_array();

	LIST_EACH(label, labels)
		append(array, label_json(*label));
	return array;
}

static json_t *
ids_json(const struct ids *ids)
{
	json_t *array = json_array();

	for (size_t i = 0; i < ids->count; i++)
		append(array, json_string(ids->items[i]));
	return array;
}

static json_t *
scale_json(const struct scale *scale)
{
	json_t *object = json_object(), *levels = json_array();

	LIST_EACH(level, &scale->levels) {
		json_t *one = json_object();

		put(one, "value", json_integer(level->value));
		put(one, "label", label_json(level->label));
		append(levels, one);
	}
	put(object, "min", json_integer(scale->min));
	put(object, "max", json_integer(scale->max));
	put(object, "step", json_integer(scale->step));
	put(object, "direction", json_string(
	    scale->direction == SCALE_UP ? "up" : "down"));
	put(object, "levels", levels);
	put(object, "not_applicable", label_json(scale->not_applicable));
	put(object, "dont_know", label_json(scale->dont_know));
	return object;
}

static json_t *
item_tracks_json(const struct instrument *instrument, const struct item *item)
{
	json_t *array = json_array();

	LIST_EACH(track, &instrument->tracks)
		if (item_is_in_track(instrument, item, track))
			append(array, json_string(track->id));
	return array;
}

static json_t *
item_json(const struct instrument *instrument, const struct item *item)
{
	const struct dimension *dimension =
	    &instrument->dimensions.items[item->dimension];
	json_t *object = json_object();

	put(object, "id", json_string(item->id));
	put(object, "dimension", json_string(dimension->id));
	put(object, "principle", dimension->principle[0] == '\0' ?
	    json_null() : json_string(dimension->principle));
	put(object, "tracks", item_tracks_json(instrument, item));
	put(object, "criteria", ids_json(&item->criteria));
	put(object, "objectives", ids_json(&item->objectives));
	put(object, "minutes", json_integer(item->minutes));
	put(object, "public", json_boolean(item->is_public));
	put(object, "question", label_json(item->question));
	put(object, "help", label_json(item->help));
	put(object, "levels", labels_json(&item->levels));
	put(object, "example", label_json(item->example));
	put(object, "evidence", labels_json(&item->evidence));
	if (item->is_public) {
		put(object, "public_question",
		    label_json(item->public_question));
		put(object, "public_levels",
		    labels_json(&item->public_levels));
	}
	return object;
}

static json_t *
groups_json(const struct instrument *instrument)
{
	json_t *array = json_array();

	LIST_EACH(group, &instrument->groups) {
		json_t *object = json_object();

		put(object, "id", json_string(group->id));
		put(object, "side", json_string(
		    group->side == SIDE_INSIDE ? "inside" : "outside"));
		put(object, "label", label_json(group->label));
		append(array, object);
	}
	return array;
}

json_t *
instrument_json(const struct instrument *instrument)
{
	json_t *object = json_object(), *items = json_array();

	LIST_EACH(item, &instrument->items)
		append(items, item_json(instrument, item));
	put(object, "name", json_string(instrument->name));
	put(object, "edition", json_string(instrument->edition));
	put(object, "title", label_json(instrument->title));
	put(object, "scale", scale_json(&instrument->scale));
	put(object, "items", items);
	put(object, "groups", groups_json(instrument));
	return object;
}

/* Text with two decimals; null when it is not known. */
static void
put_decimal(json_t *object, const char *key, struct decimal decimal)
{
	AUTO_ARENA struct arena a;

	arena_init(&a, ARENA_LIMIT);
	put(object, key, decimal.known ?
	    json_string(decimal_show(&a, decimal)) : json_null());
}

static json_t *
tally_json(const struct scale *scale, const struct tally *tally)
{
	json_t *object = json_object();

	put_decimal(object, "mean", score_mean(tally));
	put_decimal(object, "spread", score_spread(tally));
	put_decimal(object, "agreement", score_agreement(scale, tally));
	put(object, "n", json_integer(tally->n));
	put(object, "na", json_integer(tally->na));
	put(object, "dk", json_integer(tally->dk));
	return object;
}

static json_t *
item_score_json(const struct score_sheet *sheet, const struct item *item)
{
	const struct instrument *instrument = sheet->instrument;
	json_t *groups = json_object(), *object;

	object = tally_json(&instrument->scale,
	    score_sheet_tally(sheet, item, NULL));
	LIST_EACH(group, &instrument->groups)
		put(groups, group->id, tally_json(&instrument->scale,
		    score_sheet_tally(sheet, item, group)));
	put(object, "groups", groups);
	return object;
}

static json_t *
principle_score_json(const struct score_sheet *sheet,
    const struct dimension *dimension, const struct respondent_group *group)
{
	json_t *object = json_object();

	put_decimal(object, "mean", score_sheet_mean(sheet, dimension, group));
	put_decimal(object, "agreement",
	    score_sheet_agreement(sheet, dimension, group));
	return object;
}

json_t *
score_sheet_json(const struct score_sheet *sheet)
{
	const struct instrument *instrument = sheet->instrument;
	json_t *object = json_object(), *items = json_object(),
	    *principles = json_object();

	LIST_EACH(item, &instrument->items)
		put(items, item->id, item_score_json(sheet, item));
	LIST_EACH(dimension, &instrument->dimensions) {
		json_t *one = principle_score_json(sheet, dimension, NULL);
		json_t *groups = json_object();

		LIST_EACH(group, &instrument->groups)
			put(groups, group->id, principle_score_json(sheet,
			    dimension, group));
		put(one, "groups", groups);
		put(principles, dimension->id, one);
	}
	put(object, "items", items);
	put(object, "principles", principles);
	return object;
}
