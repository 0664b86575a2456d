/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "instrument/scale.h"

/*
 * The stakeholder survey of a run: the public questions of its track, one
 * link for all who are asked, no names. It includes nothing of assessments;
 * what it must know of its run it reads itself.
 */
enum {
	SURVEY_COMMENT_MOST = 1000,
	SURVEY_INVITED_MOST = 300,
	SURVEY_TOKEN_SIZE = 13,		/* 12 letters and the end */
	SURVEY_ANSWERS_MOST = 100,	/* of one response */
};

struct survey {
	int64_t id;
	int64_t assessment;
	const char *token;	/* in the link and the QR code */
	const char *invited;	/* how people were invited, in words */
	int64_t opens;		/* instant */
	int64_t closes;		/* instant it was closed; 0: open */
	int64_t responses;
};

/* One person's whole answer. */
struct survey_answer {
	const char *item;
	struct rating answer;
};
struct survey_answers LIST_OF(struct survey_answer);

struct survey_response {
	const char *respondents;	/* group id, one of those asked */
	const char *comment;		/* "" none */
	struct survey_answers answers;	/* each item once, of the run's track */
	int64_t day;
};

/*
 * The token of a survey's link: 12 letters and digits without look-alikes, so
 * that it can be typed from a poster. From `once`, so that opening twice gives
 * one link. It is public, not a secret.
 */
void survey_token_make(const char *once, char token_out[SURVEY_TOKEN_SIZE]);
bool survey_token_is_valid(const char *token);

/* How long it takes to answer: ten seconds a question, in whole minutes up. */
int64_t survey_minutes(int64_t questions);

/* True when there is at least one answer or a comment. */
bool survey_response_says_something(const struct survey_response *response);
