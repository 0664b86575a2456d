/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "assessment/assessment_store.h"
#include "assessment/assessment_view.h"
#include "assessment/evidence.h"
#include "http/form.h"
#include "http/later.h"
#include "http/request.h"
#include "http/response.h"
#include "instrument/instrument.h"
#include "instrument/score.h"

/*
 * What the pages of a run have in common: finding it from the address, its
 * items, and the parts of views that several pages show.
 */

/* The items of a run's track, in order. */
struct run_items LIST_OF(const struct item *);

/* A run with the content that it pins. */
struct run {
	struct assessment row;
	const struct instrument *instrument;
	const struct track *track;
	struct run_items items;
};

/* Completes `run_out` around a row. FAILED when the content lacks its parts. */
MUST_CHECK enum outcome run_complete(struct arena *a,
    const struct assessment *row, struct run *run_out);

/* The run of ":number" in the organisation of the address. */
MUST_CHECK enum outcome run_open(struct request *rq, struct run *run_out);

struct run_head run_head_make(struct request *rq, const struct run *run);
struct run_steps run_steps_make(struct arena *a, int stage);

/* The item of ":item", when the run's track has it. */
MUST_CHECK enum outcome run_item(struct request *rq, const struct run *run,
    const struct item **item_out);

/* Its place among the run's items, from 0. */
size_t run_item_place(const struct run *run, const struct item *item);

int64_t run_minutes(const struct run *run);

/* True for an item of the run's track that people outside are asked. */
int64_t run_public_count(const struct run *run);

bool asker_is_member(const struct request *rq);
bool asker_may_edit(const struct request *rq);
struct authored authored_by(struct request *rq, const struct form *form);

/* Names of an organisation as a label; English falls back to Mongolian. */
struct label name_label(const char *mn, const char *en);

/* A msgid in both languages, and one text for both. */
struct label message_label(const char *msgid);
struct label same_label(const char *text);

/* The title of a dimension: its own, or its principle's. */
struct label dimension_title(const struct dimension *dimension);
struct label group_label(const struct instrument *instrument,
    const char *group);

/* "https://host" of this request, for links on paper and in QR codes. */
const char *request_origin(struct request *rq);

/* What is chosen: an answer as sent, or "". */
struct levels_view levels_make(struct arena *a,
    const struct instrument *instrument, const struct item *item,
    bool is_public, const char *name, const char *chosen);

/* The words of an answer: the item's level, or the scale's NA and DK. */
struct label answer_words(const struct instrument *instrument,
    const struct item *item, struct rating answer);

/* "3"; "" for the other kinds. */
const char *answer_number(struct arena *a, struct rating answer);

struct piece_rows piece_rows_make(struct arena *a,
    const struct evidence_list *list);
const char *visible_words(const char *visible);
const char *stage_words(int stage);

/* Choices of a form from the run's groups; `outside` only those outside. */
struct form_choices group_choices(struct request *rq,
    const struct instrument *instrument, const char *groups, bool outside);
