/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/check.h"
#include "html/page.h"
#include "text/date.h"
#include "text/number.h"

#include <string.h>

/*
 * Chooses by C type what a template's {{ x }}, {% if x %} and x == y mean. For
 * generated code only. A type that is not listed is a compile error that says
 * "'_Generic' selector of type ... is not compatible": a bool can't be shown,
 * a struct can't be compared.
 */

/* Every integer type, giving `signed_way` or `unsigned_way`. */
#define PAGE_INTEGERS(signed_way, unsigned_way) \
	char: (signed_way), signed char: (signed_way), \
	short: (signed_way), int: (signed_way), long: (signed_way), \
	long long: (signed_way), unsigned char: (unsigned_way), \
	unsigned short: (unsigned_way), unsigned int: (unsigned_way), \
	unsigned long: (unsigned_way), unsigned long long: (unsigned_way)

#define page_write(page, x) _Generic((x), \
	const char *: page_write_text, char *: page_write_text, \
	struct label: page_write_label, struct decimal: page_write_decimal, \
	PAGE_INTEGERS(page_write_integer, page_write_unsigned))((page), (x))

/* Later in a URL attribute: percent-encoded. */
#define page_write_part(page, x) _Generic((x), \
	const char *: page_write_part_text, char *: page_write_part_text, \
	struct label: page_write_part_label, \
	PAGE_INTEGERS(page_write_integer, page_write_unsigned))((page), (x))

#define page_word(page, name, x) _Generic((x), \
	const char *: page_word_text, char *: page_word_text, \
	struct label: page_word_label, struct decimal: page_word_decimal, \
	PAGE_INTEGERS(page_word_integer, page_word_unsigned)) \
	((page), (name), (x))

static inline const char *
page_text_itself(const struct page *page, const char *text)
{
	(void)page;
	return text;
}

/* x as const char *; a label in the page's language. */
#define page_text(page, x) _Generic((x), \
	const char *: page_text_itself, char *: page_text_itself, \
	struct label: page_label_text)((page), (x))

/* x as int64_t, which is any integer. */
#define page_number(x) \
	((int64_t)_Generic((x), PAGE_INTEGERS((x), (x))))

/* The same for any type, something false where x is of another. */
#define PAGE_TEXT_OR(x) \
	_Generic((x), const char *: (x), char *: (x), default: "")
#define PAGE_NUMBER_OR(x) \
	((int64_t)_Generic((x), bool: (x), PAGE_INTEGERS((x), (x)), default: 0))
#define PAGE_LABEL_OR(x) \
	_Generic((x), struct label: (x), default: (struct label){ { 0 } })
#define PAGE_DECIMAL_OR(x) \
	_Generic((x), struct decimal: (x), default: (struct decimal){ 0 })

/* Any {items, count}; what has another size is no list. */
struct page_list {
	void *items;
	size_t count;
};

static inline bool
page_list_has_items(const void *list, size_t size)
{
	struct page_list copy;

	check(size == sizeof(copy));
	memcpy(&copy, list, sizeof(copy));
	return copy.count > 0;
}

#define page_true(page, x) _Generic((x), \
	const char *: page_has_text(PAGE_TEXT_OR(x)), \
	char *: page_has_text(PAGE_TEXT_OR(x)), \
	struct label: page_has_text(page_label_text((page), \
	    PAGE_LABEL_OR(x))), \
	struct decimal: PAGE_DECIMAL_OR(x).known, \
	bool: PAGE_NUMBER_OR(x) != 0, \
	PAGE_INTEGERS(PAGE_NUMBER_OR(x) != 0, PAGE_NUMBER_OR(x) != 0), \
	default: page_list_has_items(&(x), sizeof(x)))

/* 1 text, 2 integer; nothing else can be compared. */
#define PAGE_KIND(x) _Generic((x), \
	const char *: 1, char *: 1, PAGE_INTEGERS(2, 2))

/* Two values of one kind: as text, or as numbers. */
#define page_equal(x, y) \
	((void)sizeof(char[PAGE_KIND(x) == PAGE_KIND(y) ? 1 : -1]), \
	    page_same_text(PAGE_TEXT_OR(x), PAGE_TEXT_OR(y)) && \
	    PAGE_NUMBER_OR(x) == PAGE_NUMBER_OR(y))
