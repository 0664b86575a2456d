/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "assessment/plan.h"
#include "assessment/plan_store.h"
#include "base/check.h"
#include "base/time.h"
#include "library/library.h"
#include "publish/publish_run.h"
#include "survey/survey_store.h"

#include <string.h>

/* One run through its stages, as far as the file says. */

/* When things happen, in percent of a run's time. */
enum { AT_COLLECTING = 4, AT_ANALYSIS = 66, AT_MONITORING = 95, AT_END = 100 };

int64_t
demo_moment(const struct demo_making *m, int64_t percent)
{
	int64_t days = m->run->ends - m->run->begins;

	return demo_instant(m->demo, m->run->begins + days * percent / 100,
	    9 + percent % 8);
}

bool
demo_asks(const struct demo_making *m, const struct item *item)
{
	return item_is_in_track(m->instrument, item, m->track);
}

bool
demo_not_our_field(const struct demo_making *m, const struct item *item)
{
	return ids_have(m->run->not_our_field, item->id);
}

/* --- Stage 1 ------------------------------------------------------------- */

static const char *
groups_all(struct demo_making *m)
{
	const char *groups = "";

	LIST_EACH(group, &m->instrument->groups)
		groups = arena_print(m->arena, "%s%s%s", groups,
		    *groups == '\0' ? "" : " ", group->id);
	return groups;
}

static void
weights_fill(struct demo_making *m, struct weight_list *weights)
{
	const struct vocabulary *criteria = &library()->criteria;

	for (size_t i = 0; m->run->weighted && i < criteria->count; i++)
		*LIST_ADD(m->arena, weights) = (struct weight){
			criteria->items[i].id, m->run->weights[i] };
}

/* Members with an account stand there with their name too. */
static void
team_fill(struct demo_making *m, struct team_list *team)
{
	const struct demo_coalition *c = &m->demo->coalition;

	LIST_EACH(member, &m->run->organisation->team) {
		struct team_member *t = LIST_ADD(m->arena, team);

		*t = (struct team_member){ .name = member->name,
			.duty = member->duty };
		LIST_EACH(p, &c->people)
			if (strcmp(p->email, member->person) == 0) {
				t->person = p->id;
				t->name = person_show(m->arena, p->given,
				    p->patronymic);
			}
	}
}

/* Speaks of the year before it. */
static enum outcome
setup_make(struct demo_making *m)
{
	const struct demo_run *run = m->run;
	struct date from = date_of_day(run->begins);
	struct assessment_setup setup = {
		.instrument = LIBRARY_INSTRUMENT,
		.edition = LIBRARY_EDITION,
		.track = run->track,
		.objectives = run->objectives,
		.scope = run->scope,
		.period_to = demo_day(m->demo, run->begins - 1),
		.target = demo_day(m->demo, run->ends),
		.groups = groups_all(m),
	};

	from.year--;
	if (!date_is_valid(from))
		from.day--;	/* 29 February */
	setup.period_from = demo_day(m->demo, day_of_date(from));
	weights_fill(m, &setup.weights);
	team_fill(m, &setup.team);
	m->director.now = demo_moment(m, 0);
	return assessment_add(m->tx, m->arena, m->organisation, &setup,
	    &m->director, &m->id);
}

/* --- The stages after it ------------------------------------------------- */

static enum outcome
move(struct demo_making *m, int to, int64_t percent)
{
	return assessment_move(m->tx, m->arena, m->organisation, m->id, to,
	    demo_moment(m, percent));
}

static enum outcome
collect_stage(struct demo_making *m)
{
	enum outcome got = move(m, STAGE_COLLECTING, AT_COLLECTING);

	if (got == OK)
		got = demo_collect(m);
	return got == OK ? demo_survey(m) : got;
}

/* Closing it closes the survey, as the page does. */
static enum outcome
analysis_stage(struct demo_making *m)
{
	enum outcome got = survey_close(m->tx, m->arena, m->organisation,
	    m->id, demo_moment(m, AT_ANALYSIS));

	if (got == OK)
		got = move(m, STAGE_ANALYSIS, AT_ANALYSIS);
	return got == OK && m->run->story != NULL ? demo_findings(m) : got;
}

static enum outcome
monitoring_stage(struct demo_making *m)
{
	int64_t due = next_run_default(demo_day(m->demo,
	    m->run->begins - 1));
	enum outcome got = move(m, STAGE_MONITORING, AT_MONITORING);

	if (got == OK)
		got = assessment_change_next_due(m->tx, m->arena,
		    m->organisation, m->id, due);
	if (got == OK)
		got = demo_progress(m, false);
	if (got == OK && m->run->stage == STAGE_MONITORING)
		got = demo_progress(m, true);
	return got;
}

static enum outcome
publish(struct demo_making *m, int64_t after, const char *reason,
    int64_t now)
{
	const struct publish_order order = { .assessment = m->id,
		.after = after, .detail = "full", .reason = reason };
	int64_t report;

	m->director.now = now;
	return publish_run(m->tx, m->arena, m->organisation, &order,
	    &m->director, &report);
}

static enum outcome
publish_stage(struct demo_making *m)
{
	struct demo_made *made = &m->demo->made;
	enum outcome got = publish(m, 0, "", demo_moment(m, AT_END));

	if (got != OK)
		return got;
	made->reports++;
	if (m->run->organisation == m->demo->coalition.organisations.items)
		made->report = arena_print(m->demo->arena,
		    "/mn/o/%s/assessments/%lld", m->run->organisation->slug,
		    (long long)m->number);
	got = demo_progress(m, true);
	if (got == OK && m->run->corrected != 0)
		got = publish(m, 1, m->run->correction, demo_instant(m->demo,
		    m->run->corrected, 11));
	return got;
}

static enum outcome
stages_make(struct demo_making *m)
{
	static enum outcome (*const stages[])(struct demo_making *) = {
		setup_make, collect_stage, analysis_stage, demo_plan,
		monitoring_stage, publish_stage };
	enum outcome got = OK;

	_Static_assert(sizeof(stages) / sizeof(stages[0]) == DEMO_FINISHED,
	    "a function for each stage");
	for (int64_t i = 0; i < m->run->stage && got == OK; i++)
		got = stages[i](m);
	return got;
}

enum outcome
demo_run_make(struct tx *tx, struct arena *a, struct demo *demo,
    const struct demo_run *run)
{
	struct demo_organisation *o = run->organisation;
	struct demo_making m = {
		.demo = demo,
		.tx = tx,
		.arena = a,
		.run = run,
		.organisation = o->id,
		.number = ++o->runs,
		.director.person = demo_colleague(demo, o,
		    ROLE_ADMINISTRATOR),
		.editor.person = demo_colleague(demo, o, ROLE_EDITOR),
	};
	enum outcome got = assessment_instrument(LIBRARY_INSTRUMENT,
	    LIBRARY_EDITION, &m.instrument);

	if (got != OK)
		return got;
	check(m.instrument->dimensions.count == DEMO_PRINCIPLES);
	m.track = instrument_find_track(m.instrument, run->track);
	m.name = arena_print(a, "demo %s %lld", o->slug,
	    (long long)m.number);
	m.draw = demo_draw_begin(m.name);
	demo->made.runs++;
	return stages_make(&m);
}
