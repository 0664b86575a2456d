/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/channel.h"
#include "base/generation.h"
#include "base/outcome.h"
#include "base/role.h"
#include "db/db.h"
#include "html/page.h"
#include "http/route.h"
#include "text/language.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct MHD_Response;

/* Limits at the door, each named in the message that refuses. */
#define BODY_MOST ((size_t)256 * 1024)
#define UPLOAD_MOST ((size_t)20 * 1024 * 1024)
enum { FIELDS_MOST = 600, REQUEST_RAISES = 4, REQUEST_SHOWS = 4 };

/* Who asks; person 0 is a reader without a session. */
struct asker {
	int64_t person;
	int64_t session;
	const char *name;
	unsigned rights;	/* enum coalition_right */
	uint8_t csrf[32];	/* secret of the session's form tokens */
};

/* The organisation of the address and what the asker is in it. */
struct request_organisation {
	int64_t id;		/* 0: the address names none */
	const char *slug;
	struct label name;
	enum organisation_role role;
};

/* A file that came with the form, whole, in DATA/incoming. */
struct upload {
	const char *field;
	const char *name;	/* as the sender called it; UTF-8, one line */
	const char *path;	/* removed when the request ends, if still there */
	int fd;
	int64_t size;
	bool too_large;		/* more than UPLOAD_MOST came */
};

struct request_field {
	const char *name;
	const char *value;	/* valid UTF-8 */
};

/*
 * One request from its first byte to its last. Handlers read it through the
 * functions below; its arena is theirs. Everything here dies with the request.
 */
struct request {
	struct server *server;
	struct arena arena;
	struct db *db;			/* reads; never write through it */
	struct channel *vault, *runner;
	const char *data;		/* the data folder */

	const char *method;
	const char *path;		/* decoded, without the language */
	const char *query;		/* as it came, "" without */
	const char *host;		/* of the Host header, "" without */
	bool secure;			/* https, or http on this machine */
	enum language language;
	struct route_match match;
	struct asker asker;
	struct request_organisation organisation;

	struct page page;		/* what the handler renders */

	struct request_private *private;	/* for src/http only */
};

/* The value of ":name" in the route's path; never NULL for a name it has. */
const char *request_path(const struct request *rq, const char *name);

/* A positive integer from the path; 0 when it is none. */
int64_t request_path_id(const struct request *rq, const char *name);

/* A field of the form, or of the query for GET; NULL when it did not come. */
const char *request_field(const struct request *rq, const char *name);

/* The next field of that name after index *at (start at 0); NULL at the end. */
const char *request_field_next(const struct request *rq, const char *name,
    size_t *at);

/* The file of the form; NULL when none was chosen. */
const struct upload *request_upload(const struct request *rq);

/* A header as it came, or NULL. */
const char *request_header(const struct request *rq, const char *name);

/* A cookie's value, or NULL. */
const char *request_cookie(const struct request *rq, const char *name);

/* True for a POST of the autosave script: answer in JSON, do not redirect. */
bool request_is_autosave(const struct request *rq);

/* The message in the reader's language, with words put in; see catalogue.h. */
#define request_text(rq, ...) \
	catalogue_print(&(rq)->arena, (rq)->language, __VA_ARGS__)
