/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/language.h"

/*
 * The one table of field kinds. Whatever a form, a record or an imported row
 * holds is one of these; a kind says how it is read, checked, stored and
 * shown. What the table can't say is written in C, where it is needed.
 */
enum field_kind {
	FIELD_TEXT,		/* one line; least..most code points */
	FIELD_LONG_TEXT,	/* several lines */
	FIELD_EMAIL,		/* one address, at most 254 bytes */
	FIELD_LINK,		/* http:// or https:// */
	FIELD_PASSWORD,		/* as typed, never trimmed, never shown again */
	FIELD_NUMBER,		/* integer within least..most */
	FIELD_MONEY,		/* whole tögrög within least..most */
	FIELD_DAY,		/* calendar day as typed; days since 1970 */
	FIELD_CHOICE,		/* one of the choices, all in sight */
	FIELD_SELECT,		/* one of the choices, looked up in a list */
	FIELD_CHOICES,		/* any of the choices; "a b c" */
	FIELD_TICK,		/* "1" or nothing */
	FIELD_FILE,		/* handled by the upload, here for forms */
	FIELD_HIDDEN,		/* carried along; checked like FIELD_TEXT */
};

enum field_flag {
	FIELD_REQUIRED = 1 << 0,
	FIELD_NEW_PASSWORD = 1 << 1,	/* autocomplete=new-password */
	FIELD_NARROW = 1 << 2,		/* a short input */
	FIELD_SAME = 1 << 3,		/* both languages: no direction mark */
};

struct choice {
	const char *value;	/* NULL ends a table */
	const char *label;	/* N_(...) */
	const char *hint;	/* N_(...) or NULL */
};

struct field {
	const char *name;	/* NULL ends a table */
	enum field_kind kind;
	unsigned flags;
	int64_t least, most;	/* length or value; 0,0: the kind's limits */
	const char *label;	/* N_(...) */
	const char *hint;	/* N_(...) or NULL */
	const struct choice *choices;	/* of a choice; NULL: given later */
	const char *autocomplete;	/* as in HTML, or NULL */
};

/*
 * The kinds' own limits, for a field that names none. Texts are counted in
 * code points; numbers and money run from 0 to FIELD_NUMBER_MOST, days from
 * 1900-01-01 to 2199-12-31. Only a new password has a least length.
 */
enum {
	FIELD_TEXT_MOST = 200,
	FIELD_LONG_TEXT_MOST = 5000,
	FIELD_EMAIL_MOST = 254,
	FIELD_LINK_MOST = 2000,
	FIELD_PASSWORD_LEAST = 10,
	FIELD_PASSWORD_MOST = 200,
};
#define FIELD_NUMBER_MOST INT64_C(1000000000000000)

/* A value read and checked. `text` is normalised (NFC, trimmed, LF). */
struct field_value {
	const char *text;	/* NULL when nothing was given */
	int64_t number;		/* number, money, day, tick */
	const char *error;	/* ready to be shown, or NULL */
};

/*
 * Reads what was typed (NULL: nothing) by the rules of its kind; the error is
 * in `language`. Choices are checked against `field->choices` only.
 */
struct field_value field_read(struct arena *a, enum language language,
    const struct field *field, const char *typed);

/* "text", "long", "choice", ...: the kind's name for templates and schemas. */
const char *field_kind_name(enum field_kind kind);
