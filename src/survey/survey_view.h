/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "html/html_view.h"
#include "text/language.h"

/* What the templates of the respondent's pages show. */

struct survey_level {
	const char *id;		/* in HTML */
	const char *value;
	struct label words;
	bool chosen;
};
struct survey_levels LIST_OF(struct survey_level);

struct survey_question {
	const char *name;	/* of the field: "q-1.2" */
	struct label question;
	struct survey_levels levels;
	struct survey_levels others;	/* does not apply, don't know */
	int64_t number;		/* from 1, over all sections */
};
struct survey_questions LIST_OF(struct survey_question);

struct survey_section {
	struct label title;
	struct survey_questions questions;
};
struct survey_sections LIST_OF(struct survey_section);

struct survey_form_view {
	const char *token;
	struct label organisation;
	int64_t questions;
	int64_t minutes;
	bool chooses_group;	/* several groups are asked */
	struct form form;
	struct form_field respondents;
	struct survey_sections sections;
	struct form_field comment;
};

struct survey_end_view {
	struct label organisation;
	const char *slug;
	bool closed;		/* it was closed before this answer */
};
