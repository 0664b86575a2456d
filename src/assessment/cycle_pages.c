/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/cycle_pages.h"

#include "assessment/cycle_handlers.h"
#include "library/library.h"
#include "text/catalogue.h"
#include "text/number.h"

#include <string.h>

/* The addresses of stages 3 to 5, and what their pages share. */

#define RUN "/o/:slug/assessments/:number"
#define FINDING RUN "/findings/:finding"
#define ACTION RUN "/actions/:action"
#define INDICATOR RUN "/indicators/:indicator"

const struct route cycle_routes[] = {
	{ "GET", RUN "/analysis", VIEWER, analysis_page, 0 },
	{ "POST", RUN "/analysis/close", EDITOR, analysis_close_page, 0 },
	{ "POST", RUN "/findings/propose", EDITOR, finding_propose_page, 0 },
	{ "GET", RUN "/findings/new", EDITOR, finding_new_page, 0 },
	{ "POST", RUN "/findings", EDITOR, finding_add_page, 0 },
	{ "GET", FINDING, EDITOR, finding_page, 0 },
	{ "POST", FINDING, EDITOR, finding_change_page, 0 },
	{ "POST", FINDING "/remove", EDITOR, finding_remove_page, 0 },
	{ "GET", RUN "/plan", VIEWER, plan_page, 0 },
	{ "POST", RUN "/plan/close", EDITOR, plan_close_page, 0 },
	{ "POST", RUN "/next", EDITOR, next_run_page, 0 },
	{ "GET", RUN "/actions/new", EDITOR, action_new_page, 0 },
	{ "POST", RUN "/actions", EDITOR, action_add_page, 0 },
	{ "GET", ACTION, EDITOR, action_page, 0 },
	{ "POST", ACTION, EDITOR, action_change_page, 0 },
	{ "POST", ACTION "/remove", EDITOR, action_remove_page, 0 },
	{ "GET", RUN "/monitoring", VIEWER, monitoring_page, 0 },
	{ "GET", RUN "/indicators/new", EDITOR, indicator_new_page, 0 },
	{ "POST", RUN "/indicators", EDITOR, indicator_add_page, 0 },
	{ "GET", INDICATOR, VIEWER, indicator_page, 0 },
	{ "GET", INDICATOR "/edit", EDITOR, indicator_edit_page, 0 },
	{ "POST", INDICATOR "/edit", EDITOR, indicator_change_page, 0 },
	{ "POST", INDICATOR "/remove", EDITOR, indicator_remove_page, 0 },
	{ "POST", INDICATOR "/measurements", EDITOR, measurement_add_page,
	    0 },
	{ "POST", INDICATOR "/measurements/:measurement/remove", EDITOR,
	    measurement_remove_page, 0 },
	{ "POST", RUN "/calendar", EDITOR, calendar_make_page, 0 },
	{ "GET", "/o/:slug/calendar.ics", PUBLIC, calendar_page,
	    ROUTE_BARE | ROUTE_SECRET },
	{ 0 }
};

const char *
given(const char *text)
{
	return text == NULL ? "" : text;
}

enum outcome
cycle_open(struct request *rq, enum assessment_work work,
    struct run *run_out)
{
	struct run run;
	enum outcome got = run_open(rq, &run);

	if (got != OK)
		return got;
	if (!assessment_allows(run.row.stage, work))
		return CONFLICT;
	*run_out = run;
	return OK;
}

enum outcome
cycle_redirect(struct request *rq, const struct run *run, const char *page)
{
	return redirect(rq, "/o/%s/assessments/%lld/%s",
	    rq->organisation.slug, (long long)run->row.number, page);
}

struct label
dimension_short(const struct dimension *dimension)
{
	const struct principle *principle = charter_find_principle(
	    &library()->charter, dimension->principle);

	if (principle == NULL || dimension->title.text[LANGUAGE_MN] != NULL)
		return dimension_title(dimension);
	return principle->short_title;
}

const char *
finding_kind_words(const char *kind)
{
	if (strcmp(kind, "strength") == 0)
		return N_("Strength");
	if (strcmp(kind, "weakness") == 0)
		return N_("To improve");
	return N_("Where views differ");
}

const char *
finding_place(const struct finding *finding)
{
	return finding->item[0] == '\0' ? finding->principle : finding->item;
}

struct finding_row
finding_row_make(const struct run *run, const struct finding *finding)
{
	const struct dimension *dimension = instrument_find_dimension(
	    run->instrument, finding->principle);

	return (struct finding_row){
		.id = finding->id,
		.kind = finding->kind,
		.kind_words = finding_kind_words(finding->kind),
		.place = finding_place(finding),
		.title = dimension == NULL ? same_label("")
		    : dimension_short(dimension),
		.body = finding->body,
		.reply = finding->reply,
		.owner = finding->owner,
	};
}

/* --- The words of a proposal --------------------------------------------- */

/* "3.2 Publish goals and plans": the measure's title, or the question. */
static const char *
item_words(struct arena *a, enum language language, const struct item *item)
{
	const struct measure *measure = charter_find_measure(
	    &library()->charter, item->id);

	return arena_print(a, "%s %s", item->id, measure == NULL
	    ? item->question.text[language] : measure->title.text[language]);
}

static const char *
reason_words(const struct proposal *proposal)
{
	switch (proposal->reason) {
	case REASON_HIGHEST:
		return N_("Self %(self)s, among our highest. Strongest: "
			  "%(item)s.");
	case REASON_LOWEST:
		return N_("Self %(self)s, among our lowest. Weakest: "
			  "%(item)s.");
	case REASON_GAP:
		return N_("We say %(self)s, stakeholders say "
			  "%(stakeholders)s.");
	case REASON_AGREEMENT:
		break;
	}
	return N_("The raters differ among themselves: agreement "
		  "%(agreement)s of 100.");
}

/* Without figures: a report may show these words and no scores. */
static const char *
bare_reason_words(const struct proposal *proposal)
{
	const struct figures *f = proposal->figures;

	switch (proposal->reason) {
	case REASON_HIGHEST:
		return N_("Among our highest. Strongest: %(item)s.");
	case REASON_LOWEST:
		return N_("Among our lowest. Weakest: %(item)s.");
	case REASON_GAP:
		return f->self.hundredths > f->stakeholders.hundredths
		    ? N_("We rate ourselves higher than stakeholders do.")
		    : N_("Stakeholders rate us higher than we do ourselves.");
	case REASON_AGREEMENT:
		break;
	}
	return N_("The raters differ among themselves.");
}

const char *
finding_words(struct arena *a, enum language language,
    const struct proposal *proposal)
{
	const char *item = proposal->example == NULL ? ""
	    : item_words(a, language, proposal->example->item);
	const char *words = catalogue_print(a, language,
	    bare_reason_words(proposal), WORDS(word_text("item", item)));

	if (proposal->item == NULL)
		return words;
	return arena_print(a, "%s. %s", item_words(a, language,
	    proposal->item), words);
}

const char *
proposal_words(struct arena *a, enum language language,
    const struct proposal *proposal)
{
	const struct figures *f = proposal->figures;
	const char *item = proposal->example == NULL ? ""
	    : item_words(a, language, proposal->example->item);
	const char *words = catalogue_print(a, language,
	    reason_words(proposal), WORDS(
	    word_text("self", decimal_show(a, f->self)),
	    word_text("stakeholders", decimal_show(a, f->stakeholders)),
	    word_text("agreement", decimal_show(a, f->agreement)),
	    word_text("item", item)));

	if (proposal->item == NULL)
		return words;
	return arena_print(a, "%s. %s", item_words(a, language,
	    proposal->item), words);
}
