/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/decimal.h"
#include "text/catalogue.h"
#include "text/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The page under construction. Templates compile to functions that take one
 * and call what is below; nothing else writes HTML. Every writer takes a plain
 * value and makes it harmless for the place its name says.
 *
 * From `address` on, the fields are what layout and macros may show as
 * {{ page.address }}. page_init leaves none of them NULL; whoever sets them
 * keeps the strings alive until the page is sent.
 */
struct page {
	struct buffer out;	/* the HTML so far; owned */
	struct arena *arena;	/* borrowed: the request's */
	enum language language;

	const char *code;	/* for lang="…": "mn", "en" */
	const char *root;	/* begins every address on the site: "/mn" */
	const char *address;	/* of this page after root: "/o/x" */
	const char *query;	/* with its "?", or "" */
	const char *theme;	/* "auto", "light", "dark" */
	const char *csrf;	/* token for forms, or "" */
	const char *person;	/* name of who is signed in, or "" */
	struct label coalition;
	bool demo;
	bool alone;		/* small layout, for raters and surveys */
	const char *section;	/* which navigation entry is current, or "" */
	const char *notice;	/* what was just done, or "" */
	const char *style_url;
	const char *script_url;
	const char *mark_url;
};

/* An empty page; `arena` and what it holds must outlive it. */
void page_init(struct page *page, struct arena *arena, enum language language);
void page_done(struct page *page);
#define AUTO_PAGE __attribute__((cleanup(page_done)))

/* HTML from a template, as it is. */
static inline void
page_add(struct page *page, const char *html, size_t size)
{
	buffer_add(&page->out, html, size);
}

/* Text between tags, or in a quoted attribute. NULL writes nothing. */
void page_write_text(struct page *page, const char *text);
void page_write_label(struct page *page, struct label label);
void page_write_integer(struct page *page, int64_t number);
void page_write_unsigned(struct page *page, uint64_t number);

/* "3.00", "-0.71"; an en dash when unknown. */
void page_write_decimal(struct page *page, struct decimal decimal);

/* A message, in the form for n things, its places filled from `words`. */
void page_write_message(struct page *page, const struct message *message,
    int64_t n, const struct word *words, size_t count);

/*
 * A whole address in a URL attribute. Only what begins with "/", "#", "?",
 * "https://", "http://" or "mailto:" is written; anything else, NULL and ""
 * included, becomes "#".
 */
void page_write_url(struct page *page, const char *url);

/*
 * The rest of an address of ours, e.g. page.address after "/en": written when
 * it begins with "/", "?" or "#", else nothing.
 */
void page_write_path(struct page *page, const char *path);

/* One segment or query value in a URL attribute, percent-encoded. */
void page_write_part_text(struct page *page, const char *text);
void page_write_part_label(struct page *page, struct label label);

/* HTML that is known to be safe: |trusted. NULL writes nothing. */
void page_write_trusted(struct page *page, const char *html);

/* CommonMark as HTML without raw HTML and without dangerous links. */
void page_write_markdown(struct page *page, const char *text);

/* The label's words in the page's language. */
const char *page_label_text(const struct page *page, struct label label);

/* Filters; results live in the page's arena or are the argument itself. */
const char *page_part(struct page *page, const char *text);
const char *page_lower(struct page *page, const char *text);
const char *page_default(const char *text, const char *otherwise);

/* The text in the page's language; msgid may be NULL or "". */
const char *page_translate(const struct page *page, const char *msgid);

/* Both may be NULL, which equals "". */
bool page_same_text(const char *a, const char *b);

/* Neither NULL nor "". */
bool page_has_text(const char *text);

/* What fills a message's named place. */
struct word page_word_text(struct page *page, const char *name,
    const char *text);
struct word page_word_label(struct page *page, const char *name,
    struct label label);
struct word page_word_integer(struct page *page, const char *name,
    int64_t number);
struct word page_word_unsigned(struct page *page, const char *name,
    uint64_t number);
struct word page_word_decimal(struct page *page, const char *name,
    struct decimal decimal);
