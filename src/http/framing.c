/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/framing.h"

#include <string.h>
#include <strings.h>

/* One walk over all headers; the verdict is drawn from what it counted. */

enum { HOST_MOST = 262 };	/* 255 of a name, ":", a port */

struct framing {
	unsigned lengths, codings, hosts;
	bool faulty;
};

static bool
name_is_token(const char *name, size_t size)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < size; i++) {
		char c = name[i], low = (char)(c | 0x20);

		if ((c >= '0' && c <= '9') || (low >= 'a' && low <= 'z'))
			continue;
		if (c == '\0' || strchr(others, c) == NULL)
			return false;
	}
	return size > 0;
}

static bool
value_is_number(const char *value, size_t size)
{
	if (size == 0 || size > 15)
		return false;
	for (size_t i = 0; i < size; i++)
		if (value[i] < '0' || value[i] > '9')
			return false;
	return true;
}

/* A name or address and a port. Links and QR codes are made of it. */
static bool
value_is_host(const char *value, size_t size)
{
	static const char others[] = "-._:[]";

	if (size == 0 || size > HOST_MOST)
		return false;
	for (size_t i = 0; i < size; i++) {
		char c = value[i], low = (char)(c | 0x20);

		if ((c >= '0' && c <= '9') || (low >= 'a' && low <= 'z'))
			continue;
		if (c == '\0' || strchr(others, c) == NULL)
			return false;
	}
	return true;
}

static bool
name_is(const char *name, size_t size, const char *wanted)
{
	return size == strlen(wanted) && strncasecmp(name, wanted, size) == 0;
}

/* "Content-Length14": what libmicrohttpd makes of a value on a folded line. */
static bool
name_has_swallowed(const char *name, size_t size, const char *wanted)
{
	size_t own = strlen(wanted);

	return size > own && strncasecmp(name, wanted, own) == 0;
}

static enum MHD_Result
header_count(void *arg, enum MHD_ValueKind kind, const char *name,
    size_t name_size, const char *value, size_t value_size)
{
	struct framing *f = arg;

	(void)kind;
	if (value == NULL)
		value_size = 0;
	if (!name_is_token(name, name_size) ||
	    (value_size > 0 && memchr(value, '\0', value_size) != NULL))
		f->faulty = true;
	if (name_has_swallowed(name, name_size, "Content-Length") ||
	    name_has_swallowed(name, name_size, "Transfer-Encoding") ||
	    name_has_swallowed(name, name_size, "Host"))
		f->faulty = true;
	if (name_is(name, name_size, "Content-Length")) {
		f->lengths++;
		f->faulty |= !value_is_number(value, value_size);
	} else if (name_is(name, name_size, "Transfer-Encoding")) {
		f->codings++;
		f->faulty |= value_size != 7 ||
		    strncasecmp(value, "chunked", 7) != 0;
	} else if (name_is(name, name_size, "Host")) {
		f->hosts++;
		f->faulty |= !value_is_host(value, value_size);
	}
	return MHD_YES;
}

bool
framing_is_plain(struct MHD_Connection *connection, const char *version)
{
	struct framing f = { 0 };

	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, header_count,
	    &f);
	if (f.faulty || f.lengths > 1 || f.codings > 1 || f.hosts > 1)
		return false;
	if (f.lengths > 0 && f.codings > 0)
		return false;
	if (strcmp(version, MHD_HTTP_VERSION_1_1) == 0)
		return f.hosts == 1;
	return strcmp(version, MHD_HTTP_VERSION_1_0) == 0 && f.codings == 0;
}
