/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "assessment/assessment_view.h"
#include "http/request.h"
#include "instrument/instrument.h"

/*
 * The form of stage 1: made, filled from what is stored, read back. Weights
 * are fields of their own, one for each criterion of the content.
 */
struct setup_form {
	struct form form;
	size_t base;		/* how many fields come before the weights */
	struct assessment_setup setup;	/* after setup_form_read */
};

/* An empty form for a run with this instrument. */
void setup_form_open(struct request *rq, struct setup_form *f,
    const struct instrument *instrument);

void setup_form_fill(struct request *rq, struct setup_form *f,
    const struct assessment *run, const struct weight_list *weights,
    const struct team_list *team);

/* Reads and checks; `now` is the stored run, NULL for a new one. */
void setup_form_read(struct request *rq, struct setup_form *f,
    const struct instrument *instrument, const struct assessment *now);
