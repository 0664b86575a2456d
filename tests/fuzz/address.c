/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/address.h"

#include "base/check.h"
#include "text/utf8.h"

#include <stdint.h>
#include <string.h>

/*
 * What is decoded is text without NUL, within limits, and comes back when it
 * is encoded again; what is cleaned can stand in a header.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_text(const char *text, size_t most)
{
	check(strlen(text) <= most);
	check(utf8_is_valid(text, strlen(text)));
}

static void
check_path(struct arena *a, const char *raw, size_t size)
{
	const char *path, *again, *value;

	if (address_path(a, raw, size, &path) != OK)
		return;
	check(path[0] == '/');
	check_text(path, size);
	for (const char *c = path; *c != '\0'; c++)
		check((unsigned char)*c >= ' ' && *c != 0x7f);
	value = address_clean(a, path, strlen(path));
	if (strchr(path, '%') == NULL) {
		check(address_path(a, value, strlen(value), &again) == OK);
		check(strcmp(path, again) == 0);
	}
}

static void
check_fields(struct arena *a, const char *raw, size_t size)
{
	struct address_fields fields = { 0 }, again = { 0 };
	const char *query;

	if (address_fields_parse(a, raw, size, &fields) != OK)
		return;
	check(fields.count <= FIELDS_MOST && fields.count <= size);
	LIST_EACH (f, &fields) {
		check_text(f->name, size);
		check_text(f->value, size);
	}
	if (fields.count == 0)
		return;
	query = arena_print(a, "%s=%s", address_value(a, fields.items->name),
	    address_value(a, fields.items->value));
	check(address_fields_parse(a, query, strlen(query), &again) == OK);
	check(again.count == 1);
	check(strcmp(fields.items->name, again.items->name) == 0);
	check(strcmp(fields.items->value, again.items->value) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *raw = (const char *)bytes;
	AUTO_ARENA struct arena a;
	const char *clean, *text;

	arena_init(&a, ARENA_LIMIT);
	check_path(&a, raw, size);
	check_fields(&a, raw, size);
	clean = address_clean(&a, raw, size);
	for (const char *c = clean; *c != '\0'; c++)
		check(*c > ' ' && *c < 0x7f && *c != '\\' && *c != '"');
	text = arena_copy_bytes(&a, bytes, size);
	check(!address_is_of_host(text, "tulga.mn") || size >= 11);
	(void)address_is_loopback(text);
	return 0;
}
