/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/setup_form.h"

#include "assessment/run_page.h"
#include "assessment/team.h"
#include "base/time.h"
#include "http/form.h"
#include "library/library.h"
#include "text/catalogue.h"

#include <string.h>

/* The form of stage 1. */

static const struct field BASE[] = {
	{ "objectives", FIELD_CHOICES, FIELD_REQUIRED, 0, 0,
	    N_("What do you want to find out?"),
	    N_("Choose one or several. They stand at the head of the report."),
	    NULL, NULL },
	{ "track", FIELD_CHOICE, FIELD_REQUIRED, 0, 0,
	    N_("How many questions?"), NULL, NULL, NULL },
	{ "scope", FIELD_LONG_TEXT, FIELD_REQUIRED, 3, SCOPE_MOST,
	    N_("What is looked at?"),
	    N_("For example: the whole organisation, all programmes; or one "
	       "branch."), NULL, NULL },
	{ "period_from", FIELD_DAY, FIELD_REQUIRED, 0, 0,
	    N_("First day of the period"),
	    N_("For example 2026.01.01. Answers speak about this period."),
	    NULL, NULL },
	{ "period_to", FIELD_DAY, FIELD_REQUIRED, 0, 0,
	    N_("Last day of the period"), N_("For example 2026.12.31"),
	    NULL, NULL },
	{ "target", FIELD_DAY, FIELD_REQUIRED, 0, 0,
	    N_("When do you want to have the report?"),
	    N_("Four to six weeks from now are usual."), NULL, NULL },
	{ "groups", FIELD_CHOICES, FIELD_REQUIRED, 0, 0,
	    N_("Who will be asked?"),
	    N_("Groups inside answer every question. Groups outside also "
	       "answer the survey."), NULL, NULL },
	{ "team", FIELD_LONG_TEXT, 0, 0, 2500,
	    N_("Who carries this assessment?"),
	    N_("One person a line: name, then what they do after a comma."),
	    NULL, NULL },
	{ 0 }
};
enum { BASE_COUNT = sizeof(BASE) / sizeof(BASE[0]) - 1 };

static const char *
weight_name(struct arena *a, const char *criterion)
{
	return arena_print(a, "weight_%s", criterion);
}

/* The fields of the table, then one for each criterion. */
static const struct field *
table_make(struct request *rq)
{
	const struct vocabulary *criteria = &library()->criteria;
	struct field *table = ARENA_MANY(&rq->arena,
	    BASE_COUNT + criteria->count + 1, struct field);

	memcpy(table, BASE, BASE_COUNT * sizeof(BASE[0]));
	for (size_t i = 0; i < criteria->count; i++)
		table[BASE_COUNT + i] = (struct field){
			.name = weight_name(&rq->arena,
			    criteria->items[i].id),
			.kind = FIELD_NUMBER, .flags = FIELD_NARROW,
			.least = 0, .most = WEIGHT_MOST,
			.label = criteria->items[i].label.text[rq->language],
			.hint = criteria->items[i].note.text[rq->language] };
	return table;
}

static struct form_choices
objective_choices(struct request *rq)
{
	const struct vocabulary *objectives = &library()->objectives;
	struct form_choices choices = { 0 };

	for (size_t i = 0; i < objectives->count; i++)
		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = objectives->items[i].id,
			.label = objectives->items[i].label.text[rq->language],
			.hint = objectives->items[i].note.text[rq->language] };
	return choices;
}

/* "20 questions, about 45 minutes for each rater" */
static const char *
track_hint(struct request *rq, const struct instrument *instrument,
    const struct track *track)
{
	int64_t items = 0, minutes = 0;

	for (size_t i = 0; i < instrument->items.count; i++)
		if (item_is_in_track(instrument, &instrument->items.items[i],
			track)) {
			items++;
			minutes += instrument->items.items[i].minutes;
		}
	return request_text(rq, N_("%(items)s questions, about %(minutes)s "
	    "minutes for each rater. %(about)s"),
	    WORDS(word_number("items", items),
		word_number("minutes", minutes),
		word_text("about", track->about.text[rq->language])));
}

static struct form_choices
track_choices(struct request *rq, const struct instrument *instrument)
{
	struct form_choices choices = { 0 };

	for (size_t i = 0; i < instrument->tracks.count; i++) {
		const struct track *track = &instrument->tracks.items[i];

		*LIST_ADD(&rq->arena, &choices) = (struct form_choice){
			.value = track->id,
			.label = track->label.text[rq->language],
			.hint = track_hint(rq, instrument, track) };
	}
	return choices;
}

void
setup_form_open(struct request *rq, struct setup_form *f,
    const struct instrument *instrument)
{
	const struct vocabulary *criteria = &library()->criteria;
	struct form_choices objectives = objective_choices(rq);
	struct form_choices tracks = track_choices(rq, instrument);
	struct form_choices groups = group_choices(rq, instrument, NULL,
	    false);

	*f = (struct setup_form){ .base = BASE_COUNT };
	form_open(rq, &f->form, table_make(rq));
	form_choose_from(&f->form, "objectives", &objectives);
	form_choose_from(&f->form, "track", &tracks);
	form_choose_from(&f->form, "groups", &groups);
	for (size_t i = 0; i < criteria->count; i++)
		form_fill_text(&f->form, weight_name(&rq->arena,
		    criteria->items[i].id), "1");
}

void
setup_form_fill(struct request *rq, struct setup_form *f,
    const struct assessment *run, const struct weight_list *weights,
    const struct team_list *team)
{
	struct form *form = &f->form;

	form_fill_text(form, "objectives", run->objectives);
	form_fill_text(form, "track", run->track);
	form_fill_text(form, "scope", run->scope);
	form_fill_day(rq, form, "period_from", run->period_from);
	form_fill_day(rq, form, "period_to", run->period_to);
	form_fill_day(rq, form, "target", run->target);
	form_fill_text(form, "groups", run->groups);
	form_fill_text(form, "team", team_print(&rq->arena, team));
	LIST_EACH (weight, weights)
		if (vocabulary_find(&library()->criteria, weight->criterion))
			form_fill_number(rq, form, weight_name(&rq->arena,
			    weight->criterion), weight->weight);
	form->version = run->version;
}

/* --- Reading ------------------------------------------------------------- */

static struct weight_list
weights_read(struct request *rq, const struct form *form)
{
	const struct vocabulary *criteria = &library()->criteria;
	struct weight_list weights = { 0 };

	for (size_t i = 0; i < criteria->count; i++) {
		const char *name = weight_name(&rq->arena,
		    criteria->items[i].id);

		if (form_given(form, name) && form_number(form, name) != 1)
			*LIST_ADD(&rq->arena, &weights) = (struct weight){
				criteria->items[i].id,
				form_number(form, name) };
	}
	return weights;
}

static void
fault_add(struct request *rq, struct form *form, enum setup_fault fault)
{
	static const struct { const char *field, *message; } faults[] = {
		[SETUP_FINE] = { NULL, NULL },
		[SETUP_PERIOD] = { "period_to",
		    N_("The last day lies before the first") },
		[SETUP_TARGET] = { "target",
		    N_("The report can't be ready before the period ends") },
		[SETUP_GROUPS] = { "groups", N_("Choose who will be asked") },
		[SETUP_TRACK] = { "track",
		    N_("People are answering the full set already; it can't "
		       "become the short one") },
	};

	if (fault != SETUP_FINE)
		form_fault(rq, form, faults[fault].field,
		    catalogue_text(rq->language, faults[fault].message));
}

void
setup_form_read(struct request *rq, struct setup_form *f,
    const struct instrument *instrument, const struct assessment *now)
{
	struct form *form = &f->form;
	struct assessment_setup *setup = &f->setup;
	const char *team;

	form_read(rq, form);
	team = form_text(form, "team");
	if (team_parse(&rq->arena, team == NULL ? "" : team, &setup->team) !=
	    OK)
		form_fault(rq, form, "team", request_text(rq,
		    N_("At most %(most)s people, and %(letters)s letters a "
		       "line"), WORDS(word_number("most", TEAM_MOST),
			word_number("letters", TEAM_NAME_MOST))));
	if (form->errors.count > 0)
		return;
	setup->instrument = instrument->name;
	setup->edition = instrument->edition;
	setup->track = form_text(form, "track");
	setup->objectives = form_text(form, "objectives");
	setup->scope = form_text(form, "scope");
	setup->period_from = form_number(form, "period_from");
	setup->period_to = form_number(form, "period_to");
	setup->target = form_number(form, "target");
	setup->groups = form_text(form, "groups");
	setup->weights = weights_read(rq, form);
	fault_add(rq, form, assessment_setup_check(setup, now));
}
