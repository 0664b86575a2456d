/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "text/language.h"

#include <stddef.h>
#include <stdint.h>

/*
 * The words of the interface. Source texts are English and stand in templates
 * ({% trans %}, |translate) and in C; po/mn.po and po/en.po hold the others,
 * and tools/catalogue.py compiles them into catalogue_data.c. The build stops
 * when a message is missing there, so nothing is untranslated at run time.
 *
 * A message may hold named places, "%(name)s", filled from words; "%%" is one
 * percent sign in a message that has places. Both languages have two forms,
 * one (n == 1) and other; a message without a plural has only the first.
 */

/* Marks a text for the catalogue and changes nothing; for tables. */
#define N_(text) text

/* The same for a pair: `catalogue_plural(a, language, NP_("one", "n"), ...)`. */
#define NP_(one, other) one, other

/* The text of a literal in a language. */
#define T_(text, language) catalogue_text((language), (text))

/* One message; templates point at theirs, so that nothing is searched. */
struct message {
	const char *id;
	const char *plural;	/* NULL without a plural */
	const char *text[LANGUAGES][2];	/* [1] is NULL without a plural */
};

/* All messages, sorted by id in byte order; generated. */
extern const struct message *const catalogue_messages[];
extern const size_t catalogue_count;

/* What fills a named place. Made by the functions below, passed by value. */
struct word {
	const char *name;
	const char *text;	/* NULL: the number is shown */
	int64_t number;
};

/* NULL text shows nothing. The strings must live until the message is made. */
struct word word_text(const char *name, const char *text);

/* Plain digits; for grouped ones pass number_show's text. */
struct word word_number(const char *name, int64_t number);

/* NULL when the catalogue has no such message. */
const struct message *catalogue_find(const char *msgid);

/* A message's form for n things, its places unfilled. */
const char *message_form(const struct message *message, enum language language,
    int64_t n);

/* A message with its places filled, in `a`; without words as it stands. */
const char *message_print(struct arena *a, const struct message *message,
    enum language language, int64_t n, const struct word *words, size_t count);

/* Static text; an unknown msgid returns itself. msgid is never "" or NULL. */
const char *catalogue_text(enum language language, const char *msgid);

/* Text with places filled; an unknown msgid is filled itself. */
const char *catalogue_print(struct arena *a, enum language language,
    const char *msgid, const struct word *words, size_t count);

/* The form for n things; an unknown msgid uses English's rule. */
const char *catalogue_plural(struct arena *a, enum language language,
    const char *msgid, const char *plural, int64_t n, const struct word *words,
    size_t count);

/*
 * An array of words and its size, for the calls above:
 * `catalogue_print(a, language, N_("Due %(day)s"), WORDS(word_text(...)))`.
 */
#define WORDS(...) \
	(const struct word[]){ __VA_ARGS__ }, \
	    sizeof((const struct word[]){ __VA_ARGS__ }) / sizeof(struct word)
