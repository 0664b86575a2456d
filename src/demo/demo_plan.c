/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "assessment/finding_store.h"
#include "assessment/plan_store.h"
#include "base/time.h"

#include <string.h>

/* Stages 3 to 5: findings, actions, indicators, and what came of them. */

enum { AT_FINDINGS = 74, AT_ACTIONS = 82, AT_PLAN = 86, AT_INDICATORS = 88,
	AT_PROGRESS = 97, KEPT_BEFORE = 5, MEASURED_EVERY = 90 };

/* --- Findings ------------------------------------------------------------ */

static enum outcome
finding_make(struct demo_making *m, struct demo_finding *f)
{
	struct finding new = { .kind = f->kind, .principle = f->principle,
		.item = "", .body = f->text, .reply = "" };
	enum outcome got;

	m->editor.now = demo_moment(m, AT_FINDINGS);
	got = finding_add(m->tx, m->arena, m->organisation, m->id, &new,
	    &m->editor, &f->id);
	if (got != OK || *f->reply == '\0')
		return got;
	got = finding_find(m->tx->db, m->arena, m->organisation, m->id,
	    f->id, &new);
	new.reply = f->reply;
	return got == OK ? finding_reply(m->tx, m->arena, m->organisation,
	    m->id, &new) : got;
}

enum outcome
demo_findings(struct demo_making *m)
{
	enum outcome got = OK;

	LIST_EACH(f, &m->run->story->findings)
		if (got == OK)
			got = finding_make(m, f);
	return got;
}

/* --- The plan ------------------------------------------------------------ */

static enum outcome
action_make(struct demo_making *m, struct demo_action *planned)
{
	const struct demo_finding *finding =
	    &m->run->story->findings.items[planned->finding];
	const struct action action = {
		.finding = finding->id,
		.kind = planned->kind,
		.title = planned->title,
		.owner = planned->owner,
		.due = demo_day(m->demo, planned->due),
		.cost = planned->cost,
		.state = "open",
		.progress = "",
	};

	m->editor.now = demo_moment(m, AT_ACTIONS);
	return action_add(m->tx, m->arena, m->organisation, m->id, &action,
	    &m->editor, &planned->id);
}

static enum outcome
indicator_make(struct demo_making *m, struct demo_action *planned)
{
	const struct indicator indicator = {
		.action = planned->id,
		.title = planned->indicator,
		.unit = planned->unit,
		.baseline = planned->baseline * 100,
		.target = planned->target * 100,
		.target_day = demo_day(m->demo, planned->due),
	};

	m->editor.now = demo_moment(m, AT_INDICATORS);
	return indicator_add(m->tx, m->arena, m->organisation, m->id,
	    &indicator, &m->editor, &planned->indicator_id);
}

enum outcome
demo_plan(struct demo_making *m)
{
	struct demo_actions *actions = &m->run->story->actions;
	enum outcome got = OK;

	LIST_EACH(action, actions)
		if (got == OK)
			got = action_make(m, action);
	if (got == OK)
		got = analysis_close(m->tx, m->arena, m->organisation, m->id,
		    demo_moment(m, AT_PLAN));
	LIST_EACH(action, actions)
		if (got == OK && *action->indicator != '\0')
			got = indicator_make(m, action);
	return got;
}

/* --- Progress ------------------------------------------------------------ */

static bool
is_kept(const struct demo_action *planned)
{
	return strcmp(planned->state, "kept") == 0;
}

/* What was kept was kept shortly before it was due. */
static enum outcome
state_change(struct demo_making *m, const struct demo_action *planned)
{
	int64_t now = is_kept(planned) ? demo_instant(m->demo,
	    planned->due - KEPT_BEFORE, 15) : demo_moment(m, AT_PROGRESS);
	struct action action;
	enum outcome got = action_find(m->tx->db, m->arena, m->organisation,
	    m->id, planned->id, &action);

	if (got != OK)
		return got;
	action.state = planned->state;
	action.progress = planned->progress;
	return action_change(m->tx, m->arena, m->organisation, m->id,
	    &action, now);
}

/* Those after the run's end follow it at equal distances. */
static int64_t
measured_at(const struct demo_making *m, const struct demo_action *planned,
    int64_t place)
{
	int64_t days = m->demo->coalition.today - m->run->ends - 1;
	int64_t step = days / (int64_t)planned->measured.count;

	if (step > MEASURED_EVERY)
		step = MEASURED_EVERY;
	return demo_instant(m->demo, m->run->ends + step * place, 11);
}

static enum outcome
measure(struct demo_making *m, const struct demo_action *planned,
    int64_t place, int64_t now)
{
	const struct measurement measurement = {
		.indicator = planned->indicator_id,
		.day = day_of(now),
		.value = planned->measured.items[place] * 100,
		.note = "",
	};
	int64_t id;

	m->editor.now = now;
	return measurement_add(m->tx, m->arena, m->organisation, m->id,
	    &measurement, &m->editor, &id);
}

/* The first is from before the end when it is where one stood. */
static enum outcome
measurements_make(struct demo_making *m, const struct demo_action *planned,
    bool later)
{
	int64_t count = (int64_t)planned->measured.count;
	bool stood = count > 0 &&
	    planned->measured.items[0] == planned->baseline;
	enum outcome got = OK;

	if (!later)
		return stood ? measure(m, planned, 0,
		    demo_moment(m, AT_PROGRESS)) : OK;
	for (int64_t i = stood ? 1 : 0; i < count && got == OK; i++)
		got = measure(m, planned, i, measured_at(m, planned, i +
		    !stood));
	return got;
}

enum outcome
demo_progress(struct demo_making *m, bool later)
{
	enum outcome got = OK;

	LIST_EACH(planned, &m->run->story->actions) {
		if (got == OK && later == is_kept(planned) &&
		    strcmp(planned->state, "open") != 0)
			got = state_change(m, planned);
		if (got == OK)
			got = measurements_make(m, planned, later);
	}
	return got;
}
