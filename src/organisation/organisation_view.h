/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "html/html_view.h"
#include "text/language.h"

/* What the templates of this folder show. Words marked N_ are messages. */

/* --- The list ----------------------------------------------------------- */

struct option_view {
	const char *value;
	const char *label;	/* in the reader's language */
	int64_t count;
	bool chosen;
};
struct option_views LIST_OF(struct option_view);

struct listed_view {
	const char *slug;
	struct label name;
	const char *place;	/* "Цэцэрлэг, Архангай"; "" unknown */
	const char *field;
	bool member;
	int64_t founded;	/* year; 0 unknown */
	int64_t joined;		/* day; 0: not joined */
};
struct listed_views LIST_OF(struct listed_view);

struct page_link {
	int64_t number;		/* 0: a gap */
	const char *address;	/* after page.root */
	bool here;
};
struct page_links LIST_OF(struct page_link);

struct list_view {
	const char *words;	/* what was searched, as typed */
	struct option_views units, standings, forms;
	int64_t total;
	bool filtered;		/* by words or a filter */
	struct listed_views rows;
	struct listed_views near;	/* when nothing was found */
	struct page_links pages;	/* empty with one page */
	const char *previous, *next;	/* addresses or NULL */
	bool may_add;
};

/* --- The profile -------------------------------------------------------- */

/* One of the three levels of assurance. */
struct level_view {
	const char *title;	/* N_ */
	int64_t day;		/* 0: not done */
	int64_t expires;	/* day; 0: does not */
	bool expired;
};
struct level_views LIST_OF(struct level_view);

/* A published report of a self-assessment. */
struct assessment_link {
	int64_t number;		/* of the run */
	int64_t period_from, period_to;	/* days; 0 unknown */
	int64_t published;	/* instant */
	int64_t revision;	/* from 1 */
};
struct assessment_links LIST_OF(struct assessment_link);

struct profile_view {
	const char *slug;
	struct label name;
	const char *name_mn, *name_en, *name_bichig;
	const char *place, *legal_form, *registration, *field;
	const char *purpose;
	const char *purpose_language;	/* when not the page's, else NULL */
	const char *website, *email, *mailto, *phone;
	int64_t people, founded;
	bool member;
	const char *source;
	int64_t changed;	/* instant */
	struct level_views levels;
	const char *signed_by, *edition;	/* of the last pledge, or NULL */
	int64_t signed_day, signed_until;
	struct assessment_links assessments;
	bool may_see_inside;	/* the asker has a role here */
	bool may_change;	/* is its administrator */
};

/* A page inside an organisation that is one form. */
struct inside_form_view {
	const char *slug;
	struct label organisation;
	const char *title;	/* N_ */
	const char *lead;	/* N_, or NULL */
	const char *who;	/* N_: who sees it */
	const char *action;	/* address after page.root */
	const char *button;	/* N_ */
	bool danger;		/* takes something away */
	struct form form;
	const char *back;	/* address after page.root */
};

/* A new organisation, by the coalition. */
struct organisation_new_view {
	struct form form;
};

/* --- Members ------------------------------------------------------------ */

struct member_view {
	int64_t person;
	const char *name;
	const char *email;
	const char *role;	/* N_ */
	int64_t since;		/* instant */
	bool self;		/* the asker */
};
struct member_views LIST_OF(struct member_view);

struct invited_view {
	int64_t id;
	const char *email;
	const char *role;	/* N_ */
	int64_t expires;	/* instant */
};
struct invited_views LIST_OF(struct invited_view);

struct members_view {
	const char *slug;
	struct label organisation;
	struct member_views members;
	struct invited_views invited;
};

/* Who works for the coalition. */
struct holder_view {
	int64_t person;
	const char *name;
	const char *email;
	const char *right;	/* "coordinator", ... */
	const char *right_shown;	/* N_ */
	bool self;		/* the asker */
};
struct holder_views LIST_OF(struct holder_view);

struct coalition_people_view {
	struct holder_views holders;
	struct form form;	/* inviting somebody */
};

/* The link of an invitation, shown once. */
struct invited_link_view {
	struct label organisation;
	const char *email;
	const char *link;
	const char *next;	/* address after page.root */
};

/* What an invitation's link opens. */
struct invitation_view {
	struct label organisation;	/* empty: to the coalition */
	const char *role;	/* N_ */
	const char *email;
	const char *token;
	const char *person;	/* who is signed in, or NULL */
	struct form form;
};

/* --- Charter and pledge -------------------------------------------------- */

/* The text that members sign, as it was imported. */
struct text_line {
	const char *text;
};
struct text_lines LIST_OF(struct text_line);
struct text_paragraph {
	struct text_lines lines;
};
struct text_paragraphs LIST_OF(struct text_paragraph);

struct charter_text_view {
	const char *title;	/* NULL: none was imported */
	const char *edition;
	const char *language;	/* "mn", "en" */
	const char *markdown;	/* or NULL: plain text */
	struct text_paragraphs paragraphs;	/* of plain text */
};

/* The page of the text itself. */
struct charter_view {
	struct charter_text_view text;
};

struct pledge_view {
	const char *slug;
	struct label organisation;
	struct charter_text_view text;
	struct form form;
	const char *signed_by;	/* last time, or NULL */
	int64_t signed_day, signed_until;
};
