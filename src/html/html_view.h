/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"
#include "html/chart.h"
#include "text/language.h"

/*
 * What the templates of this folder show: the error page and forms. Forms are
 * filled by http/form.h; here is only their shape.
 */

/* Title and text are messages (N_), translated by the template. */
struct error_view {
	int64_t status;
	const char *title;
	const char *text;
};

struct form_choice {
	const char *value;
	const char *label;	/* in the reader's language */
	const char *hint;	/* or NULL */
	bool chosen;
};
struct form_choices LIST_OF(struct form_choice);

struct field;

struct form_field {
	const struct field *field;
	const char *kind;	/* field_kind_name */
	const char *name;
	const char *label;	/* in the reader's language */
	const char *hint;	/* or NULL */
	const char *typed;	/* as it stands in the form; "" for nothing */
	const char *error;	/* or NULL */
	const char *described;	/* ids of hint and error, or NULL */
	const char *autocomplete;	/* or NULL */
	bool required;
	bool narrow;
	int64_t most;		/* code points, for the counter */
	struct form_choices choices;
	const char *text;	/* after form_read: the value, or NULL */
	int64_t number;		/* after form_read: number, day, tick */
};
struct form_field_list LIST_OF(struct form_field);

struct form_error {
	const char *name;	/* id of the field; "main" for the whole */
	const char *label;	/* of that field, or NULL */
	const char *message;
};
struct form_errors LIST_OF(struct form_error);

/* Two people changed the same thing: what each has, field by field. */
struct form_difference {
	const char *label;
	const char *yours;
	const char *theirs;
};
struct form_differences LIST_OF(struct form_difference);

struct form {
	struct form_field_list fields;
	struct form_errors errors;
	struct form_differences conflict;
	const char *once;	/* makes a second sending the same thing */
	int64_t version;	/* of what is changed; 0 for something new */
};
