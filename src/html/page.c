/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/page.h"

#include "html/escape.h"
#include "text/markdown.h"
#include "text/number.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/*
 * Writes values into a page, each made harmless for its place. Templates call
 * these through html/page_generic.h, thousands of times a page: no printf.
 */

/* Room for the digits of any 64-bit number. */
#define DIGITS_ROOM 20

void
page_init(struct page *page, struct arena *arena, enum language language)
{
	const char *code = language_code(language);

	*page = (struct page){ .arena = arena, .language = language,
	    .code = code, .root = arena_print(arena, "/%s", code),
	    .address = "", .query = "", .theme = "auto", .csrf = "",
	    .person = "", .section = "", .notice = "", .style_url = "",
	    .script_url = "", .mark_url = "" };
	buffer_init(&page->out);
}

void
page_done(struct page *page)
{
	buffer_done(&page->out);
}

void
page_write_text(struct page *page, const char *text)
{
	if (text != NULL)
		escape_html(&page->out, text, strlen(text));
}

const char *
page_label_text(const struct page *page, struct label label)
{
	return label.text[page->language];
}

void
page_write_label(struct page *page, struct label label)
{
	page_write_text(page, page_label_text(page, label));
}

/* Writes digits backwards, ending before `end`; returns their start. */
static char *
digits_before(char *end, uint64_t number)
{
	do {
		*--end = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	return end;
}

/* The distance from zero, for INT64_MIN too. */
static uint64_t
magnitude(int64_t number)
{
	return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

void
page_write_unsigned(struct page *page, uint64_t number)
{
	char room[DIGITS_ROOM], *end = room + sizeof(room);
	char *start = digits_before(end, number);

	buffer_add(&page->out, start, (size_t)(end - start));
}

void
page_write_integer(struct page *page, int64_t number)
{
	if (number < 0)
		buffer_add_byte(&page->out, '-');
	page_write_unsigned(page, magnitude(number));
}

void
page_write_decimal(struct page *page, struct decimal decimal)
{
	buffer_add_text(&page->out, decimal_show(page->arena, decimal));
}

void
page_write_message(struct page *page, const struct message *message,
    int64_t n, const struct word *words, size_t count)
{
	page_write_text(page, message_print(page->arena, message,
	    page->language, n, words, count));
}

static bool
url_is_allowed(const char *url)
{
	static const char *const starts[] = { "https://", "http://",
		"mailto:" };

	if (url[0] == '/' || url[0] == '#' || url[0] == '?')
		return true;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (strncasecmp(url, starts[i], strlen(starts[i])) == 0)
			return true;
	return false;
}

void
page_write_url(struct page *page, const char *url)
{
	page_write_text(page, url != NULL && url_is_allowed(url) ? url : "#");
}

void
page_write_path(struct page *page, const char *path)
{
	if (path != NULL && path[0] != '\0' && strchr("/?#", path[0]) != NULL)
		page_write_text(page, path);
}

void
page_write_part_text(struct page *page, const char *text)
{
	if (text != NULL)
		escape_percent(&page->out, text, strlen(text));
}

void
page_write_part_label(struct page *page, struct label label)
{
	page_write_part_text(page, page_label_text(page, label));
}

void
page_write_trusted(struct page *page, const char *html)
{
	if (html != NULL)
		buffer_add_text(&page->out, html);
}

void
page_write_markdown(struct page *page, const char *text)
{
	if (text != NULL)
		buffer_add_text(&page->out, markdown_html(page->arena, text));
}

const char *
page_part(struct page *page, const char *text)
{
	AUTO_BUFFER struct buffer out;

	buffer_init(&out);
	if (text != NULL)
		escape_percent(&out, text, strlen(text));
	return arena_copy(page->arena, buffer_text(&out));
}

/* Letter by letter; a letter may take more bytes in lower case. */
const char *
page_lower(struct page *page, const char *text)
{
	AUTO_BUFFER struct buffer out;
	size_t size = text == NULL ? 0 : strlen(text), i = 0;

	buffer_init(&out);
	while (i < size) {
		uint8_t bytes[U8_MAX_LENGTH];
		size_t count = 0;
		UChar32 letter;

		U8_NEXT_OR_FFFD((const uint8_t *)text, i, size, letter);
		U8_APPEND_UNSAFE(bytes, count, (uint32_t)u_tolower(letter));
		buffer_add(&out, bytes, count);
	}
	return arena_copy(page->arena, buffer_text(&out));
}

const char *
page_default(const char *text, const char *otherwise)
{
	return page_has_text(text) ? text : otherwise;
}

const char *
page_translate(const struct page *page, const char *msgid)
{
	return page_has_text(msgid) ?
	    catalogue_text(page->language, msgid) : "";
}

bool
page_same_text(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

bool
page_has_text(const char *text)
{
	return text != NULL && text[0] != '\0';
}

struct word
page_word_text(struct page *page, const char *name, const char *text)
{
	(void)page;
	return word_text(name, text);
}

struct word
page_word_label(struct page *page, const char *name, struct label label)
{
	return word_text(name, page_label_text(page, label));
}

struct word
page_word_integer(struct page *page, const char *name, int64_t number)
{
	(void)page;
	return word_number(name, number);
}

struct word
page_word_unsigned(struct page *page, const char *name, uint64_t number)
{
	return word_text(name, arena_print(page->arena, "%" PRIu64, number));
}

struct word
page_word_decimal(struct page *page, const char *name, struct decimal decimal)
{
	return word_text(name, decimal_show(page->arena, decimal));
}
