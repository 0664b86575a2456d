/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_read_part.h"

#include "assessment/plan.h"
#include "library/library.h"
#include "text/catalogue.h"

#include <string.h>

/* Reads the stories of runs.yaml: findings, and the plans that follow. */

static const char *const KINDS[] = { "strength", "weakness", "disagreement",
	NULL };
static const char *const ACTION_KINDS[] = { "policy", "training",
	"structure", "rules", "activity", "keep", "help", NULL };
static const char *const STATES[] = { "open", "under-way", "kept",
	"needs-help", NULL };

static void
read_finding(const struct yaml_node *node, struct content_faults *faults,
    struct demo_finding *f)
{
	static const char *const keys[] = { "kind", "principle", "text",
		"reply", NULL };

	yaml_check_keys(node, keys, faults);
	f->kind = KINDS[yaml_choice(node, "kind", KINDS, faults)];
	f->principle = yaml_id(node, "principle", faults);
	f->text = yaml_text(node, "text", faults);
	f->reply = yaml_text_or(node, "reply", "", faults);
	if (*f->principle != '\0' &&
	    charter_find_principle(&library()->charter, f->principle) == NULL)
		yaml_fault(faults, node, N_("There is no \"%(id)s\" here"),
		    WORDS(word_text("id", f->principle)));
}

/* How one will see it, with what was measured so far. */
static void
read_indicator(struct arena *a, const struct yaml_node *node,
    struct content_faults *faults, struct demo_action *action)
{
	static const int64_t most = HUNDREDTHS_MOST / 100;
	const struct yaml_nodes *values = yaml_list_or_none(node, "measured",
	    faults);

	action->indicator = yaml_text_or(node, "indicator", "", faults);
	action->unit = "";
	if (*action->indicator == '\0')
		return;
	action->unit = yaml_text(node, "unit", faults);
	action->baseline = yaml_int(node, "baseline", 0, most, faults);
	action->target = yaml_int(node, "target", 0, most, faults);
	LIST_EACH(value, values)
		*LIST_ADD(a, &action->measured) = demo_read_integer(value,
		    most, faults);
}

static void
read_action(struct arena *a, const struct yaml_node *node,
    const struct demo_story *story, struct content_faults *faults,
    struct demo_action *action)
{
	static const char *const keys[] = { "kind", "finding", "title",
		"owner", "due", "cost", "state", "progress", "indicator",
		"unit", "baseline", "target", "measured", NULL };

	yaml_check_keys(node, keys, faults);
	action->kind = ACTION_KINDS[yaml_choice(node, "kind", ACTION_KINDS,
	    faults)];
	action->finding = (size_t)yaml_int(node, "finding", 1,
	    (int64_t)story->findings.count, faults) - 1;
	action->title = yaml_text(node, "title", faults);
	action->owner = yaml_text(node, "owner", faults);
	action->due = demo_read_day(node, "due", faults);
	action->cost = yaml_int(node, "cost", 0, INT64_C(1000000000),
	    faults);
	action->state = STATES[yaml_choice(node, "state", STATES, faults)];
	action->progress = yaml_text_or(node, "progress", "", faults);
	read_indicator(a, node, faults, action);
}

static void
read_story(struct arena *a, const struct yaml_node *node,
    struct content_faults *faults, struct demo_story *story)
{
	static const char *const keys[] = { "id", "findings", "actions",
		NULL };
	const struct yaml_nodes *list;

	yaml_check_keys(node, keys, faults);
	story->id = yaml_id(node, "id", faults);
	list = yaml_list(node, "findings", faults);
	LIST_EACH(one, list)
		read_finding(one, faults, LIST_ADD(a, &story->findings));
	list = yaml_list(node, "actions", faults);
	LIST_EACH(one, list)
		read_action(a, one, story, faults,
		    LIST_ADD(a, &story->actions));
}

void
demo_stories_read(struct arena *a, const struct yaml_node *root,
    struct content_faults *faults, struct demo_stories *stories)
{
	const struct yaml_nodes *list = yaml_list(root, "stories", faults);

	LIST_EACH(node, list)
		read_story(a, node, faults, LIST_ADD(a, stories));
}
