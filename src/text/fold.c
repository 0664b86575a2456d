/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fold.h"

#include "text/latin.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * Two walks over the Latin form: vowels first, while hyphens still tell where
 * words end (a y before a hyphen makes no ye); consonants then, across words,
 * because Бат-Сүмбэр and Батсүмбэр are one name.
 */

static bool
byte_is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o';
}

/* Adds to a key, a repeated vowel once. */
static char *
add_folded(const char *start, char *end, char c)
{
	if (end > start && end[-1] == c && byte_is_vowel(c))
		return end;
	*end = c;
	return end + 1;
}

static char
letter_class(char c)
{
	switch (c) {
	case 'u':
		return 'o';
	case 'y':
		return 'i';
	case 'w':
		return 'v';
	case 'q':
		return 'k';
	case 'x':
		return 'h';
	default:
		return c;
	}
}

/* In place: the result is never longer. */
static void
fold_vowels(char *text)
{
	char *end = text;

	for (const char *at = text; *at != '\0'; at++) {
		if (*at == '-')
			continue;
		if (at[0] == 'y' && (at[1] == 'e' || at[1] == 'o')) {
			end = add_folded(text, end, 'e');
			at++;
		} else {
			end = add_folded(text, end, letter_class(*at));
		}
	}
	*end = '\0';
}

static const struct cluster {
	const char *spelling;
	char folded;
} clusters[] = {
	{ "dzh", 'j' }, { "dj", 'j' }, { "dz", 'z' }, { "kh", 'h' },
	{ "ts", 'c' }, { "zh", 'j' },
};

static const struct cluster *
cluster_at(const char *at)
{
	for (size_t i = 0; i < sizeof(clusters) / sizeof(clusters[0]); i++)
		if (strncmp(at, clusters[i].spelling,
		    strlen(clusters[i].spelling)) == 0)
			return &clusters[i];
	return NULL;
}

static void
fold_consonants(char *text)
{
	char *end = text;

	for (const char *at = text; *at != '\0';) {
		const struct cluster *cluster = cluster_at(at);

		*end++ = cluster == NULL ? *at : cluster->folded;
		at += cluster == NULL ? 1 : strlen(cluster->spelling);
	}
	*end = '\0';
}

const char *
fold_search(struct arena *a, const char *text)
{
	char *key = arena_copy(a, latin_show(a, text));

	fold_vowels(key);
	fold_consonants(key);
	return key;
}

/* The start of the code point after the one at `at`. */
static const char *
point_after(const char *at)
{
	do
		at++;
	while (((unsigned char)*at & 0xc0) == 0x80);
	return at;
}

static int
text_order(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void
drop_repeated(struct trigram_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (kept == 0 ||
		    strcmp(list->items[kept - 1], list->items[i]) != 0)
			list->items[kept++] = list->items[i];
	list->count = kept;
}

struct trigram_list
fold_trigrams(struct arena *a, const char *folded)
{
	struct trigram_list list = { 0 };
	const char *start = folded, *end = folded;

	for (size_t seen = 1; *end != '\0'; seen++) {
		end = point_after(end);
		if (seen < 3)
			continue;
		*LIST_ADD(a, &list) = arena_copy_bytes(a, start,
		    (size_t)(end - start));
		start = point_after(start);
	}
	if (list.count > 0)
		qsort(list.items, list.count, sizeof(list.items[0]),
		    text_order);
	drop_repeated(&list);
	return list;
}
