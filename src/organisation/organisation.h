/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "http/request.h"
#include "text/language.h"

/*
 * An organisation, whether it joined or only stands in an imported register.
 * Strings are never NULL; "" and 0 say that something is not known.
 */
struct organisation {
	int64_t id;
	const char *slug;
	const char *name_mn;	/* never "" */
	const char *name_en;
	const char *name_bichig;
	const char *registration;	/* seven digits */
	const char *legal_form;	/* id of a legal form */
	const char *unit;	/* ISO 3166-2 */
	const char *place;
	const char *field;
	const char *purpose_mn, *purpose_en;
	const char *website, *email, *phone;
	int64_t people;
	int64_t founded;	/* year */
	const char *standing;	/* "member", "registered" */
	int64_t joined;		/* day of the first pledge */
	const char *source;	/* register it was imported from */
	int64_t changed;
	int64_t version;
};

/* The name in each language; Mongolian where there is no other. */
struct label organisation_name(const char *name_mn, const char *name_en);

/* A unit's or a form's name in a language; "" for "" and unknown ids. */
const char *unit_show(enum language language, const char *unit);
const char *legal_form_show(enum language language, const char *form);

/* All that an organisation is searched by, folded (text/fold.h). */
const char *organisation_fold(struct arena *a, const struct organisation *o);

/* True for seven digits. */
bool registration_is_valid(const char *registration);

/* True for a year from FOUNDED_FIRST to this one. */
bool founded_is_valid(int64_t year);

/* "viewer", "rater", "editor", "administrator" */
const char *role_name(enum organisation_role role);
MUST_CHECK enum outcome role_parse(const char *name,
    enum organisation_role *role_out);

/* The role as a message of the catalogue, for people. */
const char *role_show(enum organisation_role role);

/* The day a pledge of `day` ends: the same date two years on. */
int64_t pledge_expiry(int64_t day);

enum { INVITATION_DAYS = 14, FOUNDED_FIRST = 1900 };
