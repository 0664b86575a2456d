/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "html/html_view.h"
#include "html/qr.h"

/* What the templates of this folder show. Words marked N_ are messages. */

/* A page that is one form. */
struct form_page_view {
	const char *title;	/* N_ */
	const char *lead;	/* N_, or NULL */
	const char *who;	/* N_: who sees what is typed here, or NULL */
	const char *action;	/* where it goes: an address after page.root */
	const char *button;	/* N_ */
	struct form form;
	const char *other;	/* address of another way, or NULL */
	const char *other_text;	/* N_ */
};

/* A page that says one thing and what to do next. */
struct told_view {
	const char *title;	/* N_ */
	const char *text;	/* N_ */
	const char *next;	/* address after page.root, or NULL */
	const char *next_text;	/* N_ */
};

struct sign_in_view {
	struct form form;
	const char *refused;	/* N_: why not, or NULL */
};

struct session_view {
	int64_t id;
	const char *browser;	/* or NULL */
	int64_t created, seen;	/* instants */
	bool here;		/* the one that asks */
};
struct session_views LIST_OF(struct session_view);

struct account_view {
	const char *name;
	const char *email;
	const char *language;	/* N_ */
	bool has_code, has_recovery;
	int64_t sessions;
};

struct sessions_view {
	struct session_views sessions;
};

/* Turning the second step on: the secret, to be scanned or typed. */
struct code_new_view {
	struct form form;
	struct qr_code qr;
	const char *secret;	/* in groups of four */
};

struct word_view {
	const char *word;
};
struct word_views LIST_OF(struct word_view);

/* Recovery words, shown once. */
struct words_view {
	struct word_views words;
};
