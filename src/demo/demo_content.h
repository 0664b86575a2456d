/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "content/fault.h"
#include "content/yaml.h"
#include "http/request.h"
#include "text/language.h"

/*
 * What content/demo holds, as it was read; for the files of this folder. Days
 * are as written; demo_day moves them. Texts are never NULL but in labels that
 * are absent. The ids at each end are filled in while the thing is made.
 */
enum { DEMO_PRINCIPLES = 9, DEMO_LEVELS = 5 };

struct demo_member {
	const char *person;	/* email; "" without an account */
	const char *name;	/* "" with one */
	const char *duty;
};
struct demo_team LIST_OF(struct demo_member);

struct demo_organisation {
	const char *slug;
	struct label name, purpose;
	const char *bichig, *registration, *legal_form, *unit;
	const char *place, *field;	/* Mongolian */
	const char *website, *email, *phone, *source;
	int64_t people, founded;
	int64_t joined;		/* day; 0: it stands in a register only */
	const char *signed_by;
	struct demo_team team;
	int64_t id;
	int64_t runs;		/* made so far */
};
struct demo_organisations LIST_OF(struct demo_organisation);

struct demo_person {
	const char *email, *given, *patronymic;
	struct demo_organisation *organisation;	/* NULL: the coalition's */
	enum organisation_role role;
	enum coalition_right right;
	const char *role_name;	/* of either, as the file has it */
	int64_t id;
};
struct demo_people LIST_OF(struct demo_person);

struct demo_coalition {
	struct label title;
	const char *password;
	int64_t today;		/* day; nothing that happened is later */
	const char *edition;	/* of the charter's text */
	struct label charter_title;
	int64_t imported;	/* day */
	struct demo_organisations organisations;
	struct demo_people people;
};

struct demo_finding {
	const char *kind, *principle, *text, *reply;
	int64_t id;
};
struct demo_findings LIST_OF(struct demo_finding);

struct demo_values LIST_OF(int64_t);

struct demo_action {
	const char *kind;
	size_t finding;		/* place in the story's list */
	const char *title, *owner, *state, *progress;
	int64_t due, cost;
	const char *indicator, *unit;	/* "" without an indicator */
	int64_t baseline, target;
	struct demo_values measured;
	int64_t id, indicator_id;
};
struct demo_actions LIST_OF(struct demo_action);

/* What a team found and means to do. */
struct demo_story {
	const char *id;
	struct demo_findings findings;
	struct demo_actions actions;
};
struct demo_stories LIST_OF(struct demo_story);

/* The stage that a run has reached; the last is finished and published. */
enum { DEMO_FINISHED = 6 };

struct demo_run {
	struct demo_organisation *organisation;
	const char *track, *scope, *invited;
	const char *objectives, *not_our_field;	/* ids, blank between */
	int64_t weights[8];	/* by criterion of the library; 1 */
	bool weighted;
	int64_t begins, ends;	/* days; of an open one when it would end */
	int64_t stage;
	int self[DEMO_PRINCIPLES], stakeholders[DEMO_PRINCIPLES];
	int64_t raters, answers;
	const char *member;	/* who rates with an account; "" nobody */
	struct demo_story *story;	/* NULL: nothing was found yet */
	int64_t corrected;	/* day of a second revision; 0 none */
	const char *correction;	/* its reason */
};
struct demo_runs LIST_OF(struct demo_run);

struct demo_evidence {
	struct demo_organisation *organisation;
	const char *kind, *title, *file, *link, *visible;
	int64_t day;		/* 0 unknown */
	uint8_t hash[32];	/* of the file */
	int64_t size, id;
};
struct demo_evidence_list LIST_OF(struct demo_evidence);

struct demo_text {
	struct demo_organisation *organisation;
	const char *text;
};
struct demo_texts LIST_OF(struct demo_text);

struct demo_note_text {
	struct demo_organisation *organisation;
	const char *kind, *item, *respondents, *title, *body;
};
struct demo_note_texts LIST_OF(struct demo_note_text);

struct demo_story_book {
	struct demo_runs runs;
	struct demo_stories stories;
	struct demo_evidence_list evidence;
	struct demo_texts comments;
	struct demo_note_texts notes;
	const char *rationales[DEMO_LEVELS];
};

/* Words that names of the national scale are made of. */
struct demo_labels LIST_OF(struct label);
struct demo_words {
	struct demo_labels first, second, fields;
	struct label name, purpose;	/* with places first, second, field */
	const char *legal_form;
	const char *scope, *finding, *action, *owner;
};

/*
 * Each reads one file of content/demo into `a` and adds its faults: INVALID
 * then; else as yaml_open. The library is open.
 */
MUST_CHECK enum outcome demo_coalition_read(struct arena *a,
    const char *folder, struct content_faults *faults,
    struct demo_coalition *coalition_out);
MUST_CHECK enum outcome demo_runs_read(struct arena *a, const char *folder,
    struct content_faults *faults, struct demo_coalition *coalition,
    struct demo_story_book *book_out);
MUST_CHECK enum outcome demo_words_read(struct arena *a, const char *folder,
    struct content_faults *faults, struct demo_words *words_out);

/* What "organisation" of a map names; NULL, and a fault, when none has it. */
struct demo_organisation *demo_read_organisation(const struct yaml_node *map,
    struct demo_coalition *coalition, struct content_faults *faults);

/* A required day, "2026-10-14". */
int64_t demo_read_day(const struct yaml_node *map, const char *key,
    struct content_faults *faults);

/* The day of a key that may be absent: 0. */
int64_t demo_read_day_or_none(const struct yaml_node *map, const char *key,
    struct content_faults *faults);
