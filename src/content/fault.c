/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/fault.h"

#include "base/check.h"
#include "base/list.h"

#include <stdio.h>
#include <string.h>

/* Collecting and showing what is wrong with content. */

enum { NAME_MOST = 64 };

void
content_faults_init(struct content_faults *faults, struct arena *a)
{
	*faults = (struct content_faults){ .arena = a };
}

void
content_fault_add(struct content_faults *faults, struct content_place place,
    const char *msgid, const struct word *words, size_t count)
{
	struct content_fault *fault;

	check(count <= FAULT_WORDS);
	if (faults->count == FAULTS_MOST) {
		faults->dropped++;
		return;
	}
	fault = LIST_ADD(faults->arena, faults);
	fault->file = arena_copy(faults->arena, place.file);
	fault->line = place.line;
	fault->column = place.column;
	fault->msgid = msgid;
	fault->word_count = count;
	for (size_t i = 0; i < count; i++) {
		fault->words[i] = words[i];
		if (words[i].text != NULL)
			fault->words[i].text = arena_copy(faults->arena,
			    words[i].text);
	}
}

size_t
content_faults_total(const struct content_faults *faults)
{
	return faults->count + faults->dropped;
}

const char *
content_fault_show(struct arena *a, enum language language,
    const struct content_fault *fault)
{
	const char *message = catalogue_print(a, language, fault->msgid,
	    fault->words, fault->word_count);

	if (fault->line == 0)
		return arena_print(a, "%s: %s", fault->file, message);
	if (fault->column == 0)
		return arena_print(a, "%s:%d: %s", fault->file, fault->line,
		    message);
	return arena_print(a, "%s:%d:%d: %s", fault->file, fault->line,
	    fault->column, message);
}

void
content_faults_print(const struct content_faults *faults,
    enum language language)
{
	for (size_t i = 0; i < faults->count; i++)
		fprintf(stderr, "%s\n", content_fault_show(faults->arena,
		    language, &faults->items[i]));
	if (faults->dropped > 0)
		fprintf(stderr, "%s\n", catalogue_print(faults->arena, language,
		    N_("Further faults: %(count)s"),
		    WORDS(word_number("count", (int64_t)faults->dropped))));
}

/* Levenshtein's distance of two names of at most NAME_MOST bytes. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_MOST + 1], size = strlen(b);

	for (size_t j = 0; j <= size; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j <= size; j++) {
			size_t best = corner + (a[i] != b[j - 1]);

			corner = row[j];
			if (corner + 1 < best)
				best = corner + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[size];
}

const char *
name_nearest(const char *typed, const char *const *names, size_t count)
{
	const char *nearest = NULL;
	size_t best = strlen(typed) / 3 + 2;

	if (strlen(typed) > NAME_MOST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		size_t far;

		if (strlen(names[i]) > NAME_MOST)
			continue;
		far = distance(typed, names[i]);
		if (far < best) {
			best = far;
			nearest = names[i];
		}
	}
	return nearest;
}
