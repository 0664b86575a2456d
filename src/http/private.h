/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/buffer.h"
#include "base/time.h"
#include "html/html_templates.h"
#include "html/html_view.h"
#include "http/address.h"
#include "http/cache.h"
#include "http/encode.h"
#include "http/later.h"
#include "http/request.h"
#include "http/response.h"
#include "http/server.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the files of src/http share and nobody else sees. */

/* One socket; in libmicrohttpd's terms, its socket context. */
struct connection {
	struct connection *next, **link;
	int fd;
	int64_t deadline;	/* ms; the phase under way must end before */
	struct request *rq;	/* under way; NULL: idle */
};

enum { CONNECTION_SWEEP_MS = 1000 };	/* how often deadlines are looked at */

enum stage {
	STAGE_HEAD,	/* the request line is read, headers are coming */
	STAGE_BODY,
	STAGE_WAITING,	/* suspended: a write, the vault or the runner */
	STAGE_READY,	/* `ready` is to be sent */
	STAGE_SENT,
};

enum { HEADERS_MOST = 12 };

struct header {
	const char *name, *value;
};

struct shown {
	enum generation_kind kind;
	int64_t id;
	uint64_t generation;	/* before the handler read anything */
};

struct raised {
	enum generation_kind kind;
	int64_t id;
};

struct request_private {
	struct request *rq;
	struct MHD_Connection *connection;
	struct connection *socket;
	enum stage stage;
	const char *raw;		/* address as sent */
	const char *shown;		/* the same, fit for a header or page:
					 * without language */
	bool has_route;			/* match and route_outcome are set */
	bool has_language;		/* the address began with one */
	enum outcome route_outcome;

	/* the body, while it comes */
	struct MHD_PostProcessor *multipart;
	struct buffer body;
	struct buffer field;		/* of the multipart field under way */
	const char *field_name;
	size_t body_size;
	size_t text_size;		/* of all multipart fields */
	struct address_fields fields;
	struct upload upload;
	bool may_upload;		/* the asker may come in */
	bool has_upload;
	bool upload_is_open;		/* its bytes are coming */
	enum outcome body_fault;	/* OK, or why the body is refused */
	bool too_large;

	/* the answer, as the handler builds it */
	unsigned status;		/* 0: the outcome's own */
	const char *location;
	const char *type;
	const void *bytes;
	size_t size;
	int file;			/* -1, or the body */
	const char *file_name;
	struct header headers[HEADERS_MOST];
	size_t header_count;
	struct shown shows[REQUEST_SHOWS];
	size_t show_count;
	struct raised raises[REQUEST_RAISES];
	size_t raise_count;
	struct MHD_Response *ready;
	bool ready_is_kept;		/* the cache or asset.c owns it */
	const char *etag;		/* set: to be kept once it is queued */
	size_t ready_size;		/* bytes that it holds */

	/* waiting */
	db_write_fn *write;
	answer_fn *answer;
	later_fn *later;
	void *arg;
	bool waits;
	int64_t queued;			/* ms, when the write was */
	struct request *next_write;
	struct request *next_free;
};

/* The loop of one web process. */
struct server {
	struct server_config config;
	struct MHD_Daemon *daemon;
	struct db *reads, *writes;
	struct cache *cache;
	int loop;			/* epoll */
	struct request *first_write, **last_write;
	bool lock_is_taken;		/* by another process, just now */
	struct request *free_requests;
	size_t free_count;
	struct connection *connections;
	int64_t swept;			/* last look at deadlines, ms */
};

/* connection.c */
void connection_note(void *arg, struct MHD_Connection *mhd, void **context,
    enum MHD_ConnectionNotificationCode code);
struct connection *connection_of(struct MHD_Connection *mhd);
void connection_end_request(struct connection *c);
void connection_allow(struct connection *c, int64_t ms);	/* from now */
void connections_sweep(struct server *server);	/* cuts what is too slow */
void connections_end_idle(struct server *server);
void connections_end_waiting(struct server *server);	/* they become BUSY */

/* request.c */
struct request *request_open(struct server *server, const char *uri);
void request_close(struct request *rq);	/* kept for another */
void request_free(struct request *rq);
enum MHD_Result request_body(struct request *rq, const char *bytes,
    size_t size);
void request_body_end(struct request *rq);

/* turn.c: from a complete request to an answer */
void turn_find_route(struct request *rq);
bool turn_may_upload(struct request *rq);	/* else no file is stored */
void turn_begin(struct request *rq);
void turn_go_on(struct request *rq, enum outcome got);
bool turn_from_cache(struct request *rq);
const char *turn_cache_key(struct request *rq);

/* response.c: builds p->ready */
void response_build(struct request *rq, enum outcome got);
struct MHD_Response *response_plain(unsigned status, const char *text);
struct MHD_Response *response_not_modified(const char *etag);

/* later.c */
void later_run_writes(struct server *server);
void later_forget(struct request *rq);	/* no answer will reach it */
void later_give_up(struct request *rq);	/* answers BUSY instead */
