/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/request.h"

#include "base/check.h"
#include "base/log.h"
#include "http/private.h"
#include "text/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/*
 * A request's life and what came with it: fields, one file, cookies. Which
 * route it takes and what is answered is in turn.c and response.c.
 */

enum {
	FILE_NAME_MOST = 200,
	FREE_MOST = 256,	/* requests kept for the next ones */
	ARENA_KEPT = 128 * 1024,	/* what a kept one's arena may hold */
};

static const char MULTIPART[] = "multipart/form-data";
static const char URLENCODED[] = "application/x-www-form-urlencoded";

struct request *
request_open(struct server *server, const char *uri)
{
	struct request *rq = server->free_requests;
	struct request_private *p;

	if (rq != NULL) {
		server->free_requests = rq->private->next_free;
		server->free_count--;
	} else {
		rq = calloc(1, sizeof(*rq));
		check(rq != NULL);
		rq->private = calloc(1, sizeof(*rq->private));
		check(rq->private != NULL);
		arena_init(&rq->arena, ARENA_LIMIT);
	}
	p = rq->private;
	*p = (struct request_private){ .rq = rq, .file = -1,
		.upload = { .fd = -1 }, .stage = STAGE_HEAD };
	rq->server = server;
	rq->db = server->reads;
	rq->vault = server->config.vault;
	rq->runner = server->config.runner;
	rq->data = server->config.data;
	p->raw = arena_copy(&rq->arena, uri);
	return rq;
}

void
request_free(struct request *rq)
{
	arena_done(&rq->arena);
	free(rq->private);
	free(rq);
}

static void
upload_drop(struct upload *upload)
{
	if (upload->fd >= 0)
		close(upload->fd);
	if (upload->path != NULL)
		unlink(upload->path);
}

void
request_close(struct request *rq)
{
	struct request_private *p = rq->private;
	struct server *server = rq->server;
	struct arena arena;

	if (p->multipart != NULL)
		MHD_destroy_post_processor(p->multipart);
	if (p->ready != NULL && !p->ready_is_kept)
		MHD_destroy_response(p->ready);
	if (p->file >= 0)
		close(p->file);
	upload_drop(&p->upload);
	buffer_done(&p->body);
	buffer_done(&p->field);
	page_done(&rq->page);
	if (rq->arena.used > ARENA_KEPT)
		arena_done(&rq->arena);
	else
		arena_reset(&rq->arena);
	arena = rq->arena;
	*rq = (struct request){ .arena = arena, .private = p };
	if (server->free_count == FREE_MOST) {
		request_free(rq);
		return;
	}
	p->next_free = server->free_requests;
	server->free_requests = rq;
	server->free_count++;
}

/* --- The body ---------------------------------------------------------- */

static bool
takes_upload(const struct request *rq)
{
	return rq->private->may_upload;
}

/* One line of at most FILE_NAME_MOST bytes, without any folder. */
static const char *
file_name_clean(struct arena *a, const char *name)
{
	const char *slash = strrchr(name, '/');
	char *clean;

	if (slash != NULL)
		name = slash + 1;
	slash = strrchr(name, '\\');
	if (slash != NULL)
		name = slash + 1;
	if (*name == '\0' || strlen(name) > FILE_NAME_MOST ||
	    !utf8_is_valid(name, strlen(name)))
		return "file";
	clean = arena_copy(a, name);
	for (char *c = clean; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f || *c == '"')
			*c = '_';
	return clean;
}

static void
upload_begin(struct request *rq, const char *field, const char *name)
{
	struct request_private *p = rq->private;
	char *path = arena_print(&rq->arena, "%s/incoming/upload-XXXXXX",
	    rq->data);

	p->has_upload = p->upload_is_open = true;
	p->upload.field = arena_copy(&rq->arena, field);
	p->upload.name = file_name_clean(&rq->arena, name);
	p->upload.fd = mkostemp(path, O_CLOEXEC);
	if (p->upload.fd < 0) {
		log_errno("can't create \"%s\"", path);
		p->body_fault = FAILED;
		return;
	}
	p->upload.path = path;
}

static void
upload_add(struct request_private *p, const char *bytes, size_t size)
{
	struct upload *u = &p->upload;

	if (u->too_large || u->fd < 0)
		return;
	if (size > UPLOAD_MOST - (size_t)u->size) {
		u->too_large = true;
		return;
	}
	while (size > 0) {
		ssize_t wrote = write(u->fd, bytes, size);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0) {
			log_errno("can't write \"%s\"", u->path);
			p->body_fault = FAILED;
			return;
		}
		bytes += wrote;
		size -= (size_t)wrote;
		u->size += wrote;
	}
}

/* The multipart field under way is complete. */
static void
field_end(struct request *rq)
{
	struct request_private *p = rq->private;
	const char *value;

	if (p->field_name == NULL)
		return;
	value = buffer_text(&p->field);
	if (!utf8_is_valid(value, p->field.size) ||
	    strlen(value) != p->field.size ||
	    p->fields.count >= FIELDS_MOST)
		p->body_fault = INVALID;
	else
		*LIST_ADD(&rq->arena, &p->fields) = (struct request_field){
			p->field_name, arena_copy(&rq->arena, value) };
	p->field_name = NULL;
	buffer_clear(&p->field);
}

static enum MHD_Result
multipart_piece(void *arg, enum MHD_ValueKind kind, const char *key,
    const char *file, const char *type, const char *coding,
    const char *bytes, uint64_t at, size_t size)
{
	struct request *rq = arg;
	struct request_private *p = rq->private;

	(void)kind;
	(void)type;
	(void)coding;
	if (key == NULL || !utf8_is_valid(key, strlen(key)))
		return MHD_NO;
	if (at == 0)
		field_end(rq);
	if (file != NULL) {
		if (at == 0)
			p->upload_is_open = false;
		if (at == 0 && !p->has_upload && *file != '\0' &&
		    takes_upload(rq))
			upload_begin(rq, key, file);
		if (p->upload_is_open)
			upload_add(p, bytes, size);
		return MHD_YES;
	}
	if (at == 0)
		p->field_name = arena_copy(&rq->arena, key);
	p->text_size += size;
	if (p->text_size > BODY_MOST)
		p->too_large = true;
	else
		buffer_add(&p->field, bytes, size);
	return MHD_YES;
}

static bool
type_is(const char *type, const char *wanted)
{
	size_t size = strlen(wanted);

	return type != NULL && strncasecmp(type, wanted, size) == 0 &&
	    (type[size] == '\0' || type[size] == ';' || type[size] == ' ');
}

enum MHD_Result
request_body(struct request *rq, const char *bytes, size_t size)
{
	struct request_private *p = rq->private;
	const char *type = request_header(rq, "Content-Type");
	bool parts = type_is(type, MULTIPART);
	size_t most = parts && takes_upload(rq) ? UPLOAD_MOST + BODY_MOST
						: BODY_MOST;

	p->body_size += size;
	if (p->body_size > most)
		p->too_large = true;
	if (p->body_size > most * 4 + UPLOAD_MOST)
		return MHD_NO; /* read enough of what is refused anyway */
	if (p->too_large || p->body_fault != OK || !p->has_route)
		return MHD_YES; /* a GET's body says nothing */
	if (!parts) {
		buffer_add(&p->body, bytes, size);
		return MHD_YES;
	}
	if (p->multipart == NULL)
		p->multipart = MHD_create_post_processor(p->connection, 4096,
		    multipart_piece, rq);
	if (p->multipart == NULL ||
	    MHD_post_process(p->multipart, bytes, size) == MHD_NO)
		p->body_fault = INVALID;
	return MHD_YES;
}

void
request_body_end(struct request *rq)
{
	struct request_private *p = rq->private;
	const char *type = request_header(rq, "Content-Type");

	if (p->multipart != NULL) {
		if (MHD_destroy_post_processor(p->multipart) == MHD_NO)
			p->body_fault = INVALID;
		p->multipart = NULL;
		field_end(rq);
	} else if (p->body.size > 0 && p->body_fault == OK && !p->too_large) {
		p->body_fault = type_is(type, URLENCODED)
		    ? address_fields_parse(&rq->arena, p->body.bytes,
			  p->body.size, &p->fields)
		    : INVALID;
	}
}

/* --- What handlers read ------------------------------------------------ */

const char *
request_path(const struct request *rq, const char *name)
{
	const struct route_match *m = &rq->match;

	for (size_t i = 0; i < m->count; i++)
		if (strlen(name) == m->name_sizes[i] &&
		    memcmp(name, m->names[i], m->name_sizes[i]) == 0)
			return m->values[i];
	check_failed("the route has this name", name, 0);
}

int64_t
request_path_id(const struct request *rq, const char *name)
{
	const char *text = request_path(rq, name);
	int64_t id = 0;

	for (; *text != '\0'; text++) {
		if (*text < '0' || *text > '9' || id > INT64_MAX / 10 - 10)
			return 0;
		id = id * 10 + (*text - '0');
	}
	return id;
}

const char *
request_field_next(const struct request *rq, const char *name, size_t *at)
{
	const struct address_fields *fields = &rq->private->fields;

	while (*at < fields->count) {
		const struct request_field *f = &fields->items[(*at)++];

		if (strcmp(f->name, name) == 0)
			return f->value;
	}
	return NULL;
}

const char *
request_field(const struct request *rq, const char *name)
{
	size_t at = 0;

	return request_field_next(rq, name, &at);
}

const struct upload *
request_upload(const struct request *rq)
{
	return rq->private->has_upload ? &rq->private->upload : NULL;
}

const char *
request_header(const struct request *rq, const char *name)
{
	return MHD_lookup_connection_value(rq->private->connection,
	    MHD_HEADER_KIND, name);
}

const char *
request_cookie(const struct request *rq, const char *name)
{
	return MHD_lookup_connection_value(rq->private->connection,
	    MHD_COOKIE_KIND, name);
}

bool
request_is_autosave(const struct request *rq)
{
	return strcmp(rq->method, "POST") == 0 &&
	    request_header(rq, "X-Autosave") != NULL;
}
