/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/address.h"

#include "text/utf8.h"

#include <string.h>
#include <strings.h>

/* Percent-decoding and what is read with it; fuzzed by tests/fuzz/address. */

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes into the arena. INVALID: bad escape, NUL, or no UTF-8. */
static enum outcome
decode(struct arena *a, const char *raw, size_t size, bool plus_is_blank,
    const char **text_out)
{
	char *text = arena_take(a, size + 1);
	size_t used = 0;

	for (size_t i = 0; i < size; i++) {
		char c = raw[i];

		if (c == '%') {
			int high = i + 2 < size ? hex_digit(raw[i + 1]) : -1;
			int low = high < 0 ? -1 : hex_digit(raw[i + 2]);

			if (low < 0)
				return INVALID;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus_is_blank) {
			c = ' ';
		}
		if (c == '\0')
			return INVALID;
		text[used++] = c;
	}
	if (!utf8_is_valid(text, used))
		return INVALID;
	*text_out = text;
	return OK;
}

static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

enum outcome
address_path(struct arena *a, const char *raw, size_t size,
    const char **path_out)
{
	const char *path;

	for (size_t i = 0; i + 2 < size; i++)
		if (raw[i] == '%' && raw[i + 1] == '2' &&
		    (raw[i + 2] | 0x20) == 'f')
			return INVALID;
	if (size == 0 || raw[0] != '/' ||
	    decode(a, raw, size, false, &path) != OK || has_control(path))
		return INVALID;
	*path_out = path;
	return OK;
}

static const char *
encode(struct arena *a, const char *text, size_t size,
    bool stays(unsigned char c))
{
	static const char digits[] = "0123456789ABCDEF";
	char *encoded = arena_take(a, 3 * size + 1), *end = encoded;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (stays(c)) {
			*end++ = (char)c;
			continue;
		}
		*end++ = '%';
		*end++ = digits[c >> 4];
		*end++ = digits[c & 15];
	}
	return encoded;
}

static bool
stays_in_address(unsigned char c)
{
	return c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL;
}

static bool
stays_in_value(unsigned char c)
{
	unsigned char low = c | 0x20;

	return (low >= 'a' && low <= 'z') || (c >= '0' && c <= '9') ||
	    (c != '\0' && strchr("-._~", c) != NULL);
}

const char *
address_clean(struct arena *a, const char *address, size_t size)
{
	return encode(a, address, size, stays_in_address);
}

const char *
address_value(struct arena *a, const char *text)
{
	return encode(a, text, strlen(text), stays_in_value);
}

static enum outcome
field_parse(struct arena *a, const char *raw, size_t size,
    struct address_fields *fields)
{
	const char *equals = memchr(raw, '=', size);
	size_t name_size = equals == NULL ? size : (size_t)(equals - raw);
	struct request_field field = { .value = "" };
	enum outcome got;

	got = decode(a, raw, name_size, true, &field.name);
	if (got == OK && equals != NULL)
		got = decode(a, equals + 1, size - name_size - 1, true,
		    &field.value);
	if (got != OK || fields->count >= FIELDS_MOST)
		return INVALID;
	*LIST_ADD(a, fields) = field;
	return OK;
}

enum outcome
address_fields_parse(struct arena *a, const char *raw, size_t size,
    struct address_fields *fields)
{
	while (size > 0) {
		const char *end = memchr(raw, '&', size);
		size_t one = end == NULL ? size : (size_t)(end - raw);
		size_t step = end == NULL ? one : one + 1;

		if (one > 0 && field_parse(a, raw, one, fields) != OK)
			return INVALID;
		raw += step;
		size -= step;
	}
	return OK;
}

bool
address_is_of_host(const char *origin, const char *host)
{
	const char *name;
	size_t size;

	if (origin == NULL || host == NULL)
		return false;
	name = strstr(origin, "://");
	if (name == NULL)
		return false;
	name += 3;
	size = strcspn(name, "/");
	return size == strlen(host) && strncasecmp(name, host, size) == 0;
}

bool
address_is_loopback(const char *host)
{
	static const char *const names[] = {
		"localhost", "127.0.0.1", "[::1]"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t size = strlen(names[i]);

		if (strncasecmp(host, names[i], size) == 0 &&
		    (host[size] == '\0' || host[size] == ':'))
			return true;
	}
	return false;
}
