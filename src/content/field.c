/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/field.h"

#include "base/buffer.h"
#include "base/check.h"
#include "text/catalogue.h"
#include "text/date.h"
#include "text/number.h"
#include "text/utf8.h"

#include <string.h>

/*
 * The table of field kinds and the reading of each. The order is the same for
 * all: clean text, something given, then what only the kind knows.
 */

enum { DAY_FIRST = -25567, DAY_LAST = 84005 };	/* 1900-01-01, 2199-12-31 */

/* One field being read. A kind fills `value` or says what's wrong. */
struct reading {
	struct arena *arena;
	enum language language;
	const struct field *field;
	int64_t least, most;
	struct field_value value;
};

typedef const char *read_fn(struct reading *r, const char *text);

struct kind {
	const char *name;
	int64_t least, most;	/* when the field names none */
	const char *missing;	/* what to say when it is required */
	read_fn *read;		/* NULL as error: it is right */
};

static const char *
say(const struct reading *r, const char *msgid)
{
	return catalogue_text(r->language, msgid);
}

static bool
is_blank_at(const char *at, size_t *size_out)
{
	if (at[0] == '\xc2' && at[1] == '\xa0')
		*size_out = 2;
	else if (at[0] == ' ' || at[0] == '\t' || at[0] == '\n')
		*size_out = 1;
	else
		return false;
	return true;
}

/* Without blanks, line breaks and no-break spaces at both ends. */
static const char *
trim(struct arena *a, const char *text)
{
	const char *end = text + strlen(text);
	size_t size;

	while (is_blank_at(text, &size))
		text += size;
	while (end > text) {
		if (is_blank_at(end - 1, &size))
			end -= 1;
		else if (end - text >= 2 && is_blank_at(end - 2, &size) &&
		    size == 2)
			end -= 2;
		else
			break;
	}
	return arena_copy_bytes(a, text, (size_t)(end - text));
}

/* Line breaks and tabs become spaces: a pasted title stays one line. */
static const char *
one_line(struct arena *a, const char *text)
{
	char *line = arena_copy(a, text);

	for (char *at = line; *at != '\0'; at++)
		if (*at == '\n' || *at == '\t')
			*at = ' ';
	return line;
}

static const char *
check_length(const struct reading *r, const char *text)
{
	int64_t length = (int64_t)utf8_length(text);

	if (length < r->least)
		return catalogue_plural(r->arena, r->language,
		    NP_("Write at least %(least)s character",
			"Write at least %(least)s characters"),
		    r->least, WORDS(word_number("least", r->least)));
	if (length > r->most)
		return catalogue_plural(r->arena, r->language,
		    NP_("Shorten this to %(most)s character; it has %(length)s",
			"Shorten this to %(most)s characters; it has"
			" %(length)s"),
		    r->most, WORDS(word_number("most", r->most),
			word_number("length", length)));
	return NULL;
}

static const char *
read_line(struct reading *r, const char *text)
{
	r->value.text = one_line(r->arena, text);
	return check_length(r, text);
}

static const char *
read_long_text(struct reading *r, const char *text)
{
	r->value.text = text;
	return check_length(r, text);
}

/* A host name's labels between full stops; at least `least` of them. */
static bool
is_host(const char *host, size_t size, size_t least)
{
	static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	const char *end = host + size;
	size_t labels = 0;

	while (host <= end) {
		size_t label = strspn(host, LETTERS);

		if (label == 0 || label > 63 || host[0] == '-' ||
		    host[label - 1] == '-' || label > (size_t)(end - host))
			return false;
		labels++;
		host += label;
		if (host == end)
			return labels >= least;
		if (*host++ != '.')
			return false;
	}
	return false;
}

/* The form that browsers check (HTML, 4.10.5.1.5), with a dot in the host. */
static const char *
read_email(struct reading *r, const char *text)
{
	static const char LOCAL[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-";
	size_t local = strspn(text, LOCAL);

	r->value.text = text;
	if (local == 0 || local > 64 || text[local] != '@' ||
	    !is_host(text + local + 1, strlen(text + local + 1), 2))
		return say(r,
		    N_("Write an email address, as in name@example.mn"));
	return check_length(r, text);
}

static const char *
read_link(struct reading *r, const char *text)
{
	const char *host = NULL;
	size_t size, name;

	r->value.text = text;
	if (strncmp(text, "https://", 8) == 0)
		host = text + 8;
	else if (strncmp(text, "http://", 7) == 0)
		host = text + 7;
	if (host != NULL) {
		size = strcspn(host, "/?#");
		name = strcspn(host, ":/?#");
		if (is_host(host, name, 1) && (name == size ||
		    strspn(host + name + 1, "0123456789") == size - name - 1) &&
		    strpbrk(text, " \t\n\"<>\\^`{|}") == NULL)
			return check_length(r, text);
	}
	return say(r, N_("Write a whole link that starts with https:// or"
			 " http://"));
}

static const char *
read_password(struct reading *r, const char *text)
{
	r->value.text = text;
	return check_length(r, text);
}

/* What to say about a number outside its limits, ready formatted. */
static const char *
between(const struct reading *r, const char *least, const char *most)
{
	return catalogue_print(r->arena, r->language,
	    N_("This must be from %(least)s to %(most)s"),
	    WORDS(word_text("least", least), word_text("most", most)));
}

static const char *
read_number(struct reading *r, const char *text)
{
	r->value.text = text;
	if (number_parse(text, INT64_MIN, INT64_MAX, &r->value.number) != OK)
		return say(r, N_("Write a whole number in digits, as in 1200"));
	if (r->value.number >= r->least && r->value.number <= r->most)
		return NULL;
	return between(r, number_show(r->arena, r->language, r->least),
	    number_show(r->arena, r->language, r->most));
}

/* The sign and the word for tugrik may stand behind the number. */
static const char *
read_money(struct reading *r, const char *text)
{
	static const char *const SIGNS[] = { "₮", "төг", "төгрөг", "MNT" };
	const char *number = text;
	size_t size = strlen(text);

	r->value.text = text;
	for (size_t i = 0; i < sizeof(SIGNS) / sizeof(SIGNS[0]); i++) {
		size_t sign = strlen(SIGNS[i]);

		if (size > sign && strcmp(text + size - sign, SIGNS[i]) == 0)
			number = trim(r->arena, arena_copy_bytes(r->arena,
			    text, size - sign));
	}
	if (number_parse(number, INT64_MIN, INT64_MAX, &r->value.number) != OK)
		return say(r, N_("Write an amount in whole tögrög, as in"
				 " 1,200,000"));
	if (r->value.number >= r->least && r->value.number <= r->most)
		return NULL;
	return between(r, money_show(r->arena, r->language, r->least),
	    money_show(r->arena, r->language, r->most));
}

static const char *
read_day(struct reading *r, const char *text)
{
	r->value.text = text;
	if (day_parse(text, &r->value.number) != OK)
		return say(r, N_("Write a date that exists, as in 2026.11.23"));
	if (r->value.number >= r->least && r->value.number <= r->most)
		return NULL;
	return between(r, day_show(r->arena, r->language, r->least),
	    day_show(r->arena, r->language, r->most));
}

static bool
is_choice(const struct choice *choices, const char *value, size_t size)
{
	for (; choices->value != NULL; choices++)
		if (strlen(choices->value) == size &&
		    memcmp(choices->value, value, size) == 0)
			return true;
	return false;
}

static const char *
read_choice(struct reading *r, const char *text)
{
	const struct choice *choices = r->field->choices;

	r->value.text = text;
	if (choices == NULL || is_choice(choices, text, strlen(text)))
		return NULL;
	return say(r, N_("Choose one of these"));
}

/* True when `value` is among the words of `text`. */
static bool
has_word(const char *text, const char *value)
{
	size_t size = strlen(value);

	while (*text != '\0') {
		size_t word = strcspn(text, " ");

		if (word == size && memcmp(text, value, size) == 0)
			return true;
		text += word + strspn(text + word, " ");
	}
	return false;
}

/* In the table's order and each once, so that equal choices are equal text. */
static const char *
read_choices(struct reading *r, const char *text)
{
	const struct choice *choices = r->field->choices;
	AUTO_BUFFER struct buffer ordered;

	buffer_init(&ordered);
	r->value.text = text;
	if (choices == NULL)
		return NULL;
	for (const char *at = text; *at != '\0'; at += strspn(at, " ")) {
		size_t word = strcspn(at, " ");

		if (!is_choice(choices, at, word))
			return say(r, N_("Choose among these"));
		at += word;
	}
	for (; choices->value != NULL; choices++)
		if (has_word(text, choices->value))
			buffer_print(&ordered, "%s%s",
			    ordered.size == 0 ? "" : " ", choices->value);
	r->value.text = arena_copy(r->arena, buffer_text(&ordered));
	return NULL;
}

static const char *
read_tick(struct reading *r, const char *text)
{
	r->value.text = text;
	r->value.number = strcmp(text, "1") == 0;
	return r->value.number ? NULL : say(r, N_("Tick this or leave it"));
}

static const char *
read_file(struct reading *r, const char *text)
{
	r->value.text = text;
	return NULL;
}

#define FILL_IN N_("Please fill this in")

static const struct kind KINDS[] = {
	[FIELD_TEXT] = { "text", 0, FIELD_TEXT_MOST, FILL_IN, read_line },
	[FIELD_LONG_TEXT] = { "long", 0, FIELD_LONG_TEXT_MOST, FILL_IN,
	    read_long_text },
	[FIELD_EMAIL] = { "email", 0, FIELD_EMAIL_MOST, FILL_IN, read_email },
	[FIELD_LINK] = { "link", 0, FIELD_LINK_MOST, FILL_IN, read_link },
	[FIELD_PASSWORD] = { "password", 0, FIELD_PASSWORD_MOST, FILL_IN,
	    read_password },
	[FIELD_NUMBER] = { "number", 0, FIELD_NUMBER_MOST, FILL_IN,
	    read_number },
	[FIELD_MONEY] = { "money", 0, FIELD_NUMBER_MOST, FILL_IN, read_money },
	[FIELD_DAY] = { "day", DAY_FIRST, DAY_LAST, FILL_IN, read_day },
	[FIELD_CHOICE] = { "choice", 0, 0, N_("Please choose one"),
	    read_choice },
	[FIELD_SELECT] = { "select", 0, 0, N_("Please choose one"),
	    read_choice },
	[FIELD_CHOICES] = { "choices", 0, 0, N_("Please choose at least one"),
	    read_choices },
	[FIELD_TICK] = { "tick", 0, 0, N_("Please tick this to go on"),
	    read_tick },
	[FIELD_FILE] = { "file", 0, 0, N_("Please choose a file"), read_file },
	[FIELD_HIDDEN] = { "hidden", 0, FIELD_TEXT_MOST, FILL_IN, read_line },
};

static const struct kind *
kind_of(enum field_kind kind)
{
	check((size_t)kind < sizeof(KINDS) / sizeof(KINDS[0]));
	return &KINDS[kind];
}

static struct reading
reading_of(struct arena *a, enum language language, const struct field *field)
{
	const struct kind *kind = kind_of(field->kind);
	bool own = field->least == 0 && field->most == 0;
	struct reading r = { .arena = a, .language = language, .field = field,
		.least = own ? kind->least : field->least,
		.most = own ? kind->most : field->most };

	if (own && (field->flags & FIELD_NEW_PASSWORD) != 0)
		r.least = FIELD_PASSWORD_LEAST;
	return r;
}

/* What was typed as text of its kind, NULL when it holds what no text may. */
static const char *
clean(struct arena *a, enum field_kind kind, const char *typed)
{
	const char *text;

	if (!utf8_is_valid(typed, strlen(typed)))
		return NULL;
	text = kind == FIELD_PASSWORD ? typed : utf8_normalize(a, typed);
	if (!text_is_clean(text, strlen(text)))
		return NULL;
	return kind == FIELD_PASSWORD ? text : trim(a, text);
}

struct field_value
field_read(struct arena *a, enum language language, const struct field *field,
    const char *typed)
{
	const struct kind *kind = kind_of(field->kind);
	struct reading r = reading_of(a, language, field);
	const char *text = clean(a, field->kind, typed == NULL ? "" : typed);

	if (text == NULL)
		r.value.error = say(&r, N_("This holds characters that can't be"
					   " kept; please type it anew"));
	else if (text[0] != '\0')
		r.value.error = kind->read(&r, text);
	else if ((field->flags & FIELD_REQUIRED) != 0)
		r.value.error = say(&r, kind->missing);
	return r.value;
}

const char *
field_kind_name(enum field_kind kind)
{
	return kind_of(kind)->name;
}
