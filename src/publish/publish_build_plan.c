/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish_build.h"

#include "base/check.h"
#include "publish/publish_json.h"
#include "text/date.h"

/* The words of a report: findings, actions, indicators. */

json_t *
build_findings(const struct builder *b)
{
	const struct instrument *instrument = b->in->analysis->instrument;
	json_t *array = json_array();

	LIST_EACH(finding, &b->in->findings) {
		const struct dimension *dimension = instrument_find_dimension(
		    instrument, finding->principle);
		json_t *object = json_object();

		check(dimension != NULL);
		report_put_text(object, "kind", finding->kind);
		report_put_text(object, "principle", finding->principle);
		report_put_label(object, "title",
		    build_title(b, dimension, true));
		report_put_given(object, "item", finding->item);
		report_put_text(object, "body", finding->body);
		report_put_given(object, "reply", finding->reply);
		report_append(array, object);
	}
	return array;
}

static json_t *
measurements_json(const struct builder *b,
    const struct measurement_list *measurements)
{
	json_t *array = json_array();

	LIST_EACH(measurement, measurements) {
		json_t *object = json_object();

		report_put_text(object, "day",
		    day_show_iso(b->a, measurement->day));
		report_put_decimal(object, "value",
		    (struct decimal){ true, measurement->value });
		report_put_given(object, "note", measurement->note);
		report_append(array, object);
	}
	return array;
}

/* Those of one action; 0: those of none. */
json_t *
build_indicators(const struct builder *b, int64_t action)
{
	json_t *array = json_array();

	LIST_EACH(entry, &b->in->indicators) {
		const struct indicator *i = &entry->indicator;
		json_t *object;

		if (i->action != action)
			continue;
		object = json_object();
		report_put_text(object, "title", i->title);
		report_put_text(object, "unit", i->unit);
		report_put_decimal(object, "baseline",
		    (struct decimal){ true, i->baseline });
		report_put_decimal(object, "target",
		    (struct decimal){ true, i->target });
		report_put_text(object, "target_day",
		    day_show_iso(b->a, i->target_day));
		report_put(object, "measurements",
		    measurements_json(b, &entry->measurements));
		report_append(array, object);
	}
	return array;
}

/* The finding's place in the document, from 1; 0 when it has none. */
static int64_t
finding_place(const struct builder *b, int64_t finding)
{
	for (size_t i = 0; i < b->in->findings.count; i++)
		if (b->in->findings.items[i].id == finding)
			return (int64_t)i + 1;
	return 0;
}

static json_t *
action_json(const struct builder *b, const struct action *action)
{
	int64_t finding = finding_place(b, action->finding);
	json_t *object = json_object();

	report_put_text(object, "title", action->title);
	report_put_text(object, "kind", action->kind);
	report_put_text(object, "owner", action->owner);
	report_put_text(object, "due", day_show_iso(b->a, action->due));
	report_put_text(object, "state", action->state);
	report_put_given(object, "progress", action->progress);
	if (action->cost > 0)
		report_put_number(object, "cost", action->cost);
	if (finding > 0)
		report_put_number(object, "finding", finding);
	if (action_is_moved(action)) {
		report_put_text(object, "first_due",
		    day_show_iso(b->a, action->first_due));
		report_put_text(object, "moved_because", action->moved_because);
	}
	report_put(object, "indicators", build_indicators(b, action->id));
	return object;
}

json_t *
build_actions(const struct builder *b)
{
	json_t *array = json_array();

	LIST_EACH(action, &b->in->actions)
		report_append(array, action_json(b, action));
	return array;
}
