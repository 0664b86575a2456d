/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/due.h"

#include "text/catalogue.h"

/* The words and the page of what is due. */

static const char *
run_words(int64_t stage)
{
	static const char *const words[] = {
		[1] = N_("Self-assessment: set goals and begin"),
		[2] = N_("Self-assessment: collect ratings and evidence"),
		[3] = N_("Self-assessment: find strengths and weaknesses"),
		[4] = N_("Self-assessment: plan and publish"),
	};

	return words[stage >= 1 && stage <= 4 ? stage : 1];
}

const char *
due_words(struct arena *a, enum language language, const struct due *due)
{
	switch (due->kind) {
	case DUE_RUN:
		return catalogue_text(language, run_words(due->stage));
	case DUE_ACTION:
		return catalogue_print(a, language, N_("Action: %(title)s"),
		    WORDS(word_text("title", due->title)));
	case DUE_MEASUREMENT:
		return catalogue_print(a, language,
		    N_("Measure: %(title)s"),
		    WORDS(word_text("title", due->title)));
	case DUE_NEXT_RUN:
		break;
	}
	return catalogue_text(language,
	    N_("Time to begin the next self-assessment"));
}

const char *
due_address(struct arena *a, const struct due *due)
{
	static const char *const places[] = {
		[DUE_RUN] = "/tasks",
		[DUE_ACTION] = "/plan",
		[DUE_MEASUREMENT] = "/monitoring",
	};

	if (due->kind == DUE_NEXT_RUN)
		return arena_print(a, "/o/%s/assessments", due->slug);
	return arena_print(a, "/o/%s/assessments/%lld%s", due->slug,
	    (long long)due->number, places[due->kind]);
}
