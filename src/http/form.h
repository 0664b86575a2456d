/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "content/field.h"
#include "html/html_view.h"
#include "http/request.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A form is declared once as a table of fields; from it come its empty form,
 * what was typed, the errors beside the fields and the form shown again.
 *
 *	static const struct field PROMISE[] = {
 *		{ "title", FIELD_TEXT, FIELD_REQUIRED, 3, 120, N_("Title") },
 *		{ 0 }
 *	};
 *
 *	form_open(rq, &form, PROMISE);	labels, hints, choices
 *	form_fill_text(...)		what stands there already
 *	form_read(rq, &form);		what was typed, checked
 *	if (form.errors.count > 0) ...	render again, return INVALID
 *
 * Templates show it with {{ form_fields(form) }} of html/form.html, in the
 * order of the table, or field by field with {{ form_field(...) }}.
 */
void form_open(struct request *rq, struct form *form,
    const struct field *table);

/* Choices that are not in the table: of content, or of this organisation. */
void form_choose_from(struct form *form, const char *name,
    const struct form_choices *choices);

void form_fill_text(struct form *form, const char *name, const char *text);
void form_fill_number(struct request *rq, struct form *form,
    const char *name, int64_t number);
void form_fill_day(struct request *rq, struct form *form, const char *name,
    int64_t day);

/* Takes and checks every field; also `once` and `version`. */
void form_read(struct request *rq, struct form *form);

/* After form_read. Text is NULL when nothing was given. */
const char *form_text(const struct form *form, const char *name);
int64_t form_number(const struct form *form, const char *name);
bool form_given(const struct form *form, const char *name);

/* Never NULL; asking for a field that the table lacks is a mistake. */
struct form_field *form_find(struct form *form, const char *name);

/* A fault that only rules know; `message` is ready to be shown. */
void form_fault(struct request *rq, struct form *form, const char *name,
    const char *message);

/* The stored form has another version: show both, keep what was typed. */
void form_conflict(struct request *rq, struct form *form,
    const struct form *stored);
