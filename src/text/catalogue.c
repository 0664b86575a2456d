/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/catalogue.h"

#include "base/buffer.h"
#include "base/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * Looks messages up and fills their places. The messages themselves are in
 * catalogue_data.c, which tools/catalogue.py writes from po/.
 */

struct word
word_text(const char *name, const char *text)
{
	return (struct word){ .name = name, .text = text == NULL ? "" : text };
}

struct word
word_number(const char *name, int64_t number)
{
	return (struct word){ .name = name, .number = number };
}

static int
compare_id(const void *key, const void *item)
{
	const struct message *const *message = item;

	return strcmp(key, (*message)->id);
}

const struct message *
catalogue_find(const char *msgid)
{
	const struct message *const *found;

	check(msgid != NULL && msgid[0] != '\0');
	found = bsearch(msgid, catalogue_messages, catalogue_count,
	    sizeof(catalogue_messages[0]), compare_id);
	return found == NULL ? NULL : *found;
}

const char *
message_form(const struct message *message, enum language language, int64_t n)
{
	const char *const *forms = message->text[language];

	return n != 1 && forms[1] != NULL ? forms[1] : forms[0];
}

/* Adds what fills the place "(name)s" at `place`; returns its end or NULL. */
static const char *
fill_place(struct buffer *out, const char *place, const struct word *words,
    size_t count)
{
	size_t size;

	if (place[0] != '(')
		return NULL;
	size = strcspn(place + 1, ")");
	if (strncmp(place + 1 + size, ")s", 2) != 0)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const struct word *w = &words[i];

		if (strlen(w->name) != size ||
		    memcmp(w->name, place + 1, size) != 0)
			continue;
		if (w->text != NULL)
			buffer_add_text(out, w->text);
		else
			buffer_print(out, "%" PRId64, w->number);
		return place + 1 + size + 2;
	}
	return NULL;
}

/* Whatever is no place and no "%%" stays as it is. */
static const char *
fill(struct arena *a, const char *text, const struct word *words, size_t count)
{
	AUTO_BUFFER struct buffer out;
	const char *percent, *end;

	buffer_init(&out);
	while ((percent = strchr(text, '%')) != NULL) {
		buffer_add(&out, text, (size_t)(percent - text));
		text = percent + 1;
		end = fill_place(&out, text, words, count);
		if (end != NULL) {
			text = end;
			continue;
		}
		buffer_add_byte(&out, '%');
		if (text[0] == '%')
			text++;
	}
	buffer_add_text(&out, text);
	return arena_copy(a, buffer_text(&out));
}

const char *
message_print(struct arena *a, const struct message *message,
    enum language language, int64_t n, const struct word *words, size_t count)
{
	const char *text = message_form(message, language, n);

	return count == 0 ? text : fill(a, text, words, count);
}

const char *
catalogue_text(enum language language, const char *msgid)
{
	const struct message *found = catalogue_find(msgid);

	return found == NULL ? msgid : found->text[language][0];
}

const char *
catalogue_print(struct arena *a, enum language language, const char *msgid,
    const struct word *words, size_t count)
{
	const char *text = catalogue_text(language, msgid);

	return count == 0 ? text : fill(a, text, words, count);
}

const char *
catalogue_plural(struct arena *a, enum language language, const char *msgid,
    const char *plural, int64_t n, const struct word *words, size_t count)
{
	const struct message *found = catalogue_find(msgid);
	struct message unknown = { msgid, plural, { { NULL } } };

	for (size_t i = 0; i < LANGUAGES; i++) {
		unknown.text[i][0] = msgid;
		unknown.text[i][1] = plural;
	}
	return message_print(a, found == NULL ? &unknown : found, language, n,
	    words, count);
}
