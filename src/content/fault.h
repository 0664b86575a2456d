/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "text/catalogue.h"

/*
 * What is wrong with files of content (or with an imported table), collected
 * while they are read, so that whoever wrote them sees all of it at once, each
 * with its place, in their own language.
 */
enum { FAULT_WORDS = 4, FAULTS_MOST = 200 };

struct content_fault {
	const char *file;	/* as it was opened */
	int line, column;	/* from 1; 0: the file as a whole */
	const char *msgid;	/* N_(...), with places */
	struct word words[FAULT_WORDS];
	size_t word_count;
};

/* Past FAULTS_MOST faults are only counted. */
struct content_faults {
	struct arena *arena;	/* holds the list and all its texts */
	struct content_fault *items;
	size_t count;		/* items kept */
	size_t dropped;		/* further ones */
};

/* A place in a file, to point at. */
struct content_place {
	const char *file;
	int line, column;
};

/* An empty collection; no done, it dies with the arena. */
void content_faults_init(struct content_faults *faults, struct arena *a);

/* How many there are, kept or not. */
size_t content_faults_total(const struct content_faults *faults);

/* Adds one fault. Texts of words are copied; at most FAULT_WORDS. */
void content_fault_add(struct content_faults *faults,
    struct content_place place, const char *msgid, const struct word *words,
    size_t count);

/* For content_fault_add and its like, where a message has no places. */
#define NO_WORDS NULL, 0

/* "file:12:3: message" in a language. */
const char *content_fault_show(struct arena *a, enum language language,
    const struct content_fault *fault);

/* All of them, one a line, on standard error; for command-line tools. */
void content_faults_print(const struct content_faults *faults,
    enum language language);

/*
 * The name nearest to `typed` (fewest letters added, dropped or changed), NULL
 * when none is near: what somebody may have meant.
 */
const char *name_nearest(const char *typed, const char *const *names,
    size_t count);
