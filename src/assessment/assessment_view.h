/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/list.h"
#include "html/html_view.h"
#include "html/qr.h"
#include "text/language.h"

/*
 * What the templates of stages 1 and 2 show: plain data, words of content as
 * labels, messages (N_) where the comment says msgid, days and instants as
 * numbers that filters show.
 */

/* --- On every page of a run (run_page.h fills it) ------------------------ */

struct run_step {
	const char *title;	/* msgid */
	const char *path;	/* after /o/:slug/assessments/:number; "" none */
	bool done;
	bool now;
};
struct run_steps LIST_OF(struct run_step);

struct run_head {
	const char *slug;
	struct label organisation;
	int64_t number;
	int64_t stage;
	bool may_edit;		/* the asker is an editor */
	bool collecting;	/* stage 2 is open */
	struct run_steps steps;
};

/* One row of a scale of answers. */
struct level_row {
	const char *id;		/* in HTML: "answer", "answer-2", ... */
	const char *value;	/* as sent: "0".."4", "na", "dk" */
	struct label words;
	bool chosen;
};
struct level_rows LIST_OF(struct level_row);

struct levels_view {
	const char *name;	/* of the field */
	struct level_rows levels;	/* numbers */
	struct level_rows others;	/* does not apply, don't know */
};

/* --- List of runs -------------------------------------------------------- */

struct runs_row {
	int64_t number;
	struct label track;
	const char *stage;	/* msgid */
	int64_t period_from, period_to, target;
	int64_t published;	/* instant; 0 not yet */
};
struct runs_rows LIST_OF(struct runs_row);

struct runs_view {
	const char *slug;
	struct label organisation;
	bool member;
	bool may_edit;
	struct runs_rows rows;
};

/* --- Stage 1 ------------------------------------------------------------- */

struct setup_view {
	const char *slug;
	struct label organisation;
	int64_t number;		/* 0: a new run */
	struct run_steps steps;
	struct form form;
	struct form_field_list base;	/* of form.fields */
	struct form_field_list weights;	/* the rest of them */
};

/* --- The task list of a run ---------------------------------------------- */

struct task_row {
	const char *id;		/* of the dimension, in the address */
	struct label title;
	const char *status;	/* msgid */
	const char *tag;	/* "", "yellow", "grey"; "done", "off": no tag */
	int64_t items, agreed;
};
struct task_rows LIST_OF(struct task_row);

struct term_labels LIST_OF(struct label);

struct tasks_view {
	struct run_head head;
	struct label track;
	const char *scope;
	struct term_labels objectives;
	struct term_labels groups;
	int64_t period_from, period_to, target;
	int64_t previous;	/* number of the run compared with; 0 none */
	struct task_rows tasks;
	int64_t items, agreed;
	int64_t minutes_left;
	int64_t raters, raters_begun, raters_done;
	bool may_rate;		/* the asker may rate under an own code */
	bool survey_open;
	bool has_survey;
	int64_t responses;
	int64_t evidence;
	int64_t notes;
};

/* --- One principle, one item --------------------------------------------- */

struct item_row {
	const char *id;
	struct label question;
	const char *answer;	/* "3", or "" */
	const char *state;	/* msgid: not yet, does not apply, ... */
	int64_t ratings;
	int64_t pieces;		/* of evidence */
};
struct item_rows LIST_OF(struct item_row);

struct principle_view {
	struct run_head head;
	struct label title;
	struct item_rows items;
};

/* What raters, or the public, answered so far. */
struct sums_row {
	struct label group;
	int64_t n, na, dk;
	bool shows_mean;
	struct decimal mean, spread;
};
struct sums_rows LIST_OF(struct sums_row);

struct count_cell {
	const char *level;
	int64_t count;
};
struct count_cells LIST_OF(struct count_cell);

struct piece_row {
	int64_t id;
	const char *title;
	const char *kind;	/* "stated", "file", "link" */
	const char *link;
	const char *visible;	/* msgid */
	const char *type;	/* of a file, in a word: "PDF" */
	int64_t size;
	bool has_day;
	int64_t day;
	const char *confirmed_by;
	int64_t confirmed;
	int64_t created;
};
struct piece_rows LIST_OF(struct piece_row);

struct item_view {
	struct run_head head;
	const char *id;
	const char *dimension;
	struct label principle;
	struct label question, help, example;
	struct term_labels hints;	/* what would show it */
	struct sums_row sums;	/* all raters */
	struct sums_rows groups;
	bool shows_distribution;
	struct count_cells distribution;
	struct piece_rows pieces;
	struct piece_rows choices;	/* pieces that could serve as well */
	int64_t cap;
	const char *cap_reason;	/* msgid */
	const char *last_answer;	/* of the previous run, "" none */
	struct label last_words;
	int64_t last_number;
	const char *last_rationale;
	const char *answer;	/* agreed, when nobody may change it */
	struct label answer_words;
	struct form form;
	struct form_field rationale;
	const char *answer_error;
	struct levels_view levels;
	const char *previous, *next;	/* ids of items, "" none */
	int64_t notes;
};

/* --- Evidence ------------------------------------------------------------ */

struct evidence_form_view {
	struct run_head head;
	const char *item;
	struct label question;
	const char *kind;	/* "file", "link", "stated" */
	struct form form;
};

struct evidence_list_view {
	const char *slug;
	struct label organisation;
	bool may_edit;
	struct piece_rows pieces;
};

struct evidence_change_view {
	const char *slug;
	struct label organisation;
	struct piece_row piece;
	struct form form;
};

/* --- Notes --------------------------------------------------------------- */

struct note_row {
	int64_t id;
	const char *kind;	/* msgid */
	const char *title;
	const char *body;
	const char *item;	/* "" the whole run */
	struct label group;
	int64_t day;
};
struct note_rows LIST_OF(struct note_row);

struct notes_view {
	struct run_head head;
	struct note_rows notes;
};

struct note_form_view {
	struct run_head head;
	int64_t note;		/* 0: a new one */
	struct form form;
};

/* --- Raters, seen by the team -------------------------------------------- */

struct rater_row {
	int64_t id;
	const char *code;
	struct label group;
	bool member;
	int64_t answered;
	int64_t finished;	/* instant; 0 not yet */
};
struct rater_rows LIST_OF(struct rater_row);

struct raters_view {
	struct run_head head;
	int64_t items;
	int64_t minutes;
	struct rater_rows raters;
	struct form form;
};

struct link_row {
	const char *code;
	struct label group;
	const char *link;	/* whole address */
	struct qr_code qr;
};
struct link_rows LIST_OF(struct link_row);

struct links_view {
	struct run_head head;
	struct link_rows links;
	int64_t minutes;
};

/* Before a link is renewed. */
struct rater_link_view {
	struct run_head head;
	int64_t rater;
	const char *code;
	struct form form;
};

/* --- Pages of a rater ---------------------------------------------------- */

struct rater_head {
	const char *base;	/* of the rater's pages, after page.root */
	struct label organisation;
	const char *code;
	struct label group;
	int64_t items, answered;
	int64_t minutes_left;
	int64_t finished;	/* instant; 0 */
	bool closed;		/* stage 2 is over */
	bool member;
};

struct rater_start_view {
	struct rater_head head;
	struct label about;	/* of the instrument */
	int64_t minutes;	/* of the whole track */
	const char *first;	/* item to go on with */
	struct form form;	/* member's choice of group, csrf */
};

struct rater_item_view {
	struct rater_head head;
	struct form form;
	const char *id;
	int64_t place;		/* from 1 */
	struct label principle, question, help, example;
	const char *error;
	struct levels_view levels;
	const char *previous, *next;	/* "" none */
	bool is_last;
};

struct rater_check_row {
	const char *id;
	int64_t place;
	struct label question;
	const char *value;	/* "3", or "" */
	struct label words;
	bool answered;
};
struct rater_check_rows LIST_OF(struct rater_check_row);

struct rater_check_view {
	struct rater_head head;
	struct rater_check_rows rows;
	struct form form;
};

/* --- The survey, seen by the team ---------------------------------------- */

struct comment_row {
	struct label group;
	const char *comment;
};
struct comment_rows LIST_OF(struct comment_row);

struct survey_team_view {
	struct run_head head;
	bool has_survey;
	bool open;
	int64_t questions;
	bool nobody_outside;	/* no outside group is asked in this run */
	const char *link;	/* whole address */
	const char *token;
	const char *invited;
	int64_t opens, closes;	/* instants */
	int64_t responses;
	struct comment_rows comments;
	struct form form;
};

struct poster_view {
	struct run_head head;
	int64_t minutes;
	const char *link;
	struct qr_code qr;
};

/* --- Closing stage 2, the coalition -------------------------------------- */

struct gap_row {
	const char *id;
	struct label question;
};
struct gap_rows LIST_OF(struct gap_row);

struct close_view {
	struct run_head head;
	int64_t items, agreed;
	struct gap_rows gaps;	/* items without an agreed answer */
	int64_t raters, raters_done;
	bool survey_open;
	struct form form;
};

struct coalition_row {
	const char *slug;
	struct label organisation;
	const char *stage;	/* msgid */
	int64_t number_of_stage;
	int64_t items, agreed;
	int64_t raters, raters_done;
	int64_t target;
	bool published;
};
struct coalition_rows LIST_OF(struct coalition_row);

struct coalition_view {
	struct coalition_rows rows;
	int64_t page, next, previous;	/* 0 none */
};

#include "assessment/cycle_view.h"
