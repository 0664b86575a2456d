/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/response.h"

#include "base/check.h"
#include "base/log.h"
#include "html/html_templates.h"
#include "html/html_view.h"
#include "http/encode.h"
#include "http/private.h"
#include "text/catalogue.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * From what a handler said to bytes on the wire: the one table of outcomes,
 * the headers that every answer carries, packing and keeping.
 */

static const char POLICY[] =
	"default-src 'none'; style-src 'self'; script-src 'self'; "
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/* What each outcome means to a reader, when the handler rendered nothing. */
static const struct {
	unsigned status;
	const char *title;
	const char *text;
} outcome_pages[] = {
	[OK] = { 200, NULL, NULL },
	[NOT_FOUND] = { 404, N_("This page is not here"),
	    N_("The address may be mistyped, or what it showed is not public. "
	       "Look for it from the list of organisations.") },
	[FORBIDDEN] = { 403, N_("This page is not open to you"),
	    N_("Your role does not reach this page. An administrator of the "
	       "organisation can change your role.") },
	[INVALID] = { 422, N_("Something in the form is missing or wrong"),
	    N_("Nothing was saved. Go back, check what you typed and send it "
	       "again.") },
	[CONFLICT] = { 409, N_("Somebody changed this in the meantime"),
	    N_("Nothing was saved. Go back, load the page again and look at "
	       "what changed.") },
	[BUSY] = { 503, N_("Too many people are writing just now"),
	    N_("Nothing was saved. Try again in a minute.") },
	[FAILED] = { 500, N_("Something went wrong on our side"),
	    N_("Nothing was saved. Try again in a minute; if it happens again, "
	       "tell the coalition.") },
};

/* --- What handlers say ------------------------------------------------- */

enum outcome
redirect(struct request *rq, const char *format, ...)
{
	va_list args;
	const char *address;

	va_start(args, format);
	address = arena_vprint(&rq->arena, format, args);
	va_end(args);
	check(address[0] == '/' && address[1] != '/');
	address = address_clean(&rq->arena, address, strlen(address));
	if (strncmp(address, "/mn/", 4) != 0 &&
	    strncmp(address, "/en/", 4) != 0)
		address = arena_print(&rq->arena, "/%s%s",
		    language_code(rq->language),
		    strcmp(address, "/") == 0 ? "" : address);
	rq->private->location = address;
	return OK;
}

void
redirect_notice(struct request *rq, const char *message)
{
	size_t size = strlen(message);
	char *text;

	if (request_is_autosave(rq))
		return; /* there is no next page */
	text = arena_take(&rq->arena, size * 2 + 1);
	sodium_bin2hex(text, size * 2 + 1, (const uint8_t *)message, size);
	respond_cookie(rq, "notice", text, 60);
}

enum outcome
respond(struct request *rq, const char *type, const void *bytes, size_t size)
{
	rq->private->type = type;
	rq->private->bytes = bytes;
	rq->private->size = size;
	return OK;
}

enum outcome
respond_file(struct request *rq, const char *type, int fd, const char *name)
{
	rq->private->type = type;
	rq->private->file = fd;
	rq->private->file_name = name;
	return OK;
}

void
respond_status(struct request *rq, unsigned status)
{
	rq->private->status = status;
}

void
respond_header(struct request *rq, const char *name, const char *value)
{
	struct request_private *p = rq->private;

	check(p->header_count < HEADERS_MOST);
	p->headers[p->header_count++] = (struct header){ name, value };
}

void
respond_cookie(struct request *rq, const char *name, const char *value,
    int64_t age_seconds)
{
	respond_header(rq, "Set-Cookie",
	    arena_print(&rq->arena,
		"__Host-%s=%s; Path=/; Max-Age=%lld; HttpOnly; Secure; "
		"SameSite=Lax", name, value, (long long)age_seconds));
}

void
page_shows(struct request *rq, enum generation_kind kind, int64_t id)
{
	struct request_private *p = rq->private;

	check(p->show_count < REQUEST_SHOWS);
	p->shows[p->show_count++] = (struct shown){ kind, id,
		generation_now(kind, id) };
}

/* --- What every answer carries ----------------------------------------- */

static void
add_header(struct MHD_Response *response, const char *name,
    const char *value)
{
	check(MHD_add_response_header(response, name, value) == MHD_YES);
}

static void
add_security(struct MHD_Response *response, bool secret)
{
	add_header(response, "Content-Security-Policy", POLICY);
	add_header(response, "X-Content-Type-Options", "nosniff");
	add_header(response, "X-Frame-Options", "DENY");
	add_header(response, "Referrer-Policy",
	    secret ? "no-referrer" : "same-origin");
	add_header(response, "Cross-Origin-Opener-Policy", "same-origin");
	add_header(response, "Cross-Origin-Resource-Policy", "same-origin");
	add_header(response, "Permissions-Policy",
	    "camera=(), geolocation=(), microphone=(), payment=()");
}

struct MHD_Response *
response_plain(unsigned status, const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);

	check(response != NULL);
	add_security(response, true);
	add_header(response, "Content-Type", "text/plain; charset=utf-8");
	add_header(response, "Cache-Control", "no-store");
	if (status == 400 || status == 413 || status == 431)
		add_header(response, "Connection", "close");
	return response;
}

/* What a page for everybody and a 304 about it say alike. */
static void
add_kept(struct MHD_Response *response, const char *etag)
{
	add_header(response, "ETag", etag);
	add_header(response, "Cache-Control", "no-cache");
	add_header(response, "Vary", "Accept-Encoding, Cookie");
}

struct MHD_Response *
response_not_modified(const char *etag)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(0,
	    (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);

	check(response != NULL);
	add_security(response, false);
	add_kept(response, etag);
	return response;
}

static void
add_own(struct request *rq, struct MHD_Response *response)
{
	struct request_private *p = rq->private;
	bool secret = rq->match.route != NULL &&
	    (rq->match.route->flags & ROUTE_SECRET) != 0;

	add_security(response, secret);
	for (size_t i = 0; i < p->header_count; i++)
		add_header(response, p->headers[i].name, p->headers[i].value);
	if (p->type != NULL)
		add_header(response, "Content-Type", p->type);
}

/* --- Bodies ------------------------------------------------------------ */

static struct MHD_Response *
redirect_response(struct request *rq)
{
	struct request_private *p = rq->private;
	struct MHD_Response *response = MHD_create_response_from_buffer(0,
	    (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);

	check(response != NULL);
	p->type = NULL;
	if (p->status == 0)
		p->status = 303;
	add_own(rq, response);
	add_header(response, "Location", p->location);
	add_header(response, "Cache-Control", "no-store");
	if (p->status == 302)
		add_header(response, "Vary", "Accept-Language");
	return response;
}

/* RFC 6266: the name in ASCII for old readers, then as it is (RFC 8187). */
static const char *
disposition(struct arena *a, const char *name)
{
	char *plain = arena_take(a, strlen(name) + 1), *end = plain;

	for (const char *c = name; *c != '\0'; c++)
		if (*c >= ' ' && *c <= '~' && *c != '"' && *c != '\\')
			*end++ = *c;
		else if ((*c & 0xc0) != 0x80)
			*end++ = '_';
	return arena_print(a, "attachment; filename=\"%s\"; "
	    "filename*=UTF-8''%s", plain, address_value(a, name));
}

static struct MHD_Response *
file_response(struct request *rq)
{
	struct request_private *p = rq->private;
	struct MHD_Response *response;
	struct stat about;

	if (fstat(p->file, &about) < 0) {
		log_errno("can't look at a file to be sent");
		return NULL;
	}
	response = MHD_create_response_from_fd64((uint64_t)about.st_size,
	    p->file);
	if (response == NULL)
		return NULL;
	p->file = -1; /* the response's now */
	p->ready_size = (size_t)about.st_size;
	add_own(rq, response);
	add_header(response, "Cache-Control", "no-store");
	if (p->file_name != NULL)
		add_header(response, "Content-Disposition",
		    disposition(&rq->arena, p->file_name));
	return response;
}

static void
packed_free(void *bytes)
{
	free(bytes);
}

/* The packed or plain bytes as a response that owns its copy. */
static struct MHD_Response *
bytes_response(struct request *rq, bool keep)
{
	struct request_private *p = rq->private;
	enum coding coding =
	    encode_accept(request_header(rq, "Accept-Encoding"));
	AUTO_BUFFER struct buffer packed = { 0 };
	struct MHD_Response *response;
	bool is_packed = encode_bytes(coding, keep, p->bytes, p->size, &packed);

	if (!is_packed) {
		buffer_clear(&packed);
		buffer_add(&packed, p->bytes, p->size);
	}
	p->ready_size = packed.size;
	response = MHD_create_response_from_buffer_with_free_callback(
	    packed.size, packed.bytes, packed_free);
	check(response != NULL);
	packed = (struct buffer){ 0 }; /* the response's now */
	if (is_packed)
		add_header(response, "Content-Encoding", encode_name(coding));
	return response;
}

static const char *
etag_of(struct request *rq, enum coding coding)
{
	struct request_private *p = rq->private;
	uint8_t hash[16];
	char hex[2 * sizeof(hash) + 1];

	crypto_generichash(hash, sizeof(hash), p->bytes, p->size, NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	return arena_print(&rq->arena, "\"%s-%d\"", hex, (int)coding);
}

/* What is said to one reader alone must not be kept for others. */
static bool
sets_cookie(const struct request_private *p)
{
	for (size_t i = 0; i < p->header_count; i++)
		if (strcmp(p->headers[i].name, "Set-Cookie") == 0)
			return true;
	return false;
}

static bool
may_be_kept(const struct request *rq)
{
	const struct request_private *p = rq->private;

	return rq->match.route != NULL && p->status == 200 &&
	    (rq->match.route->flags & ROUTE_CACHED) != 0 &&
	    rq->asker.person == 0 && p->show_count > 0 &&
	    !sets_cookie(p);
}

static struct MHD_Response *
body_response(struct request *rq)
{
	struct request_private *p = rq->private;
	bool keep = may_be_kept(rq);
	struct MHD_Response *response = bytes_response(rq, keep);
	enum coding coding =
	    encode_accept(request_header(rq, "Accept-Encoding"));

	add_own(rq, response);
	if (keep) {
		p->etag = etag_of(rq, coding);
		add_kept(response, p->etag);
	} else {
		add_header(response, "Cache-Control", "no-store");
		add_header(response, "Vary", "Accept-Encoding, Cookie");
	}
	return response;
}

/* --- The table of outcomes --------------------------------------------- */

static void
outcome_page(struct request *rq, enum outcome got)
{
	struct error_view view = {
		.status = (int64_t)rq->private->status,
		.title = outcome_pages[got].title,
		.text = outcome_pages[got].text,
	};

	buffer_clear(&rq->page.out);
	render_error(&rq->page, &view);
}

static void
autosave_answer(struct request *rq, enum outcome got)
{
	const char *name = outcome_name(got);

	respond(rq, "application/json",
	    arena_print(&rq->arena, "{\"outcome\":\"%s\"}", name),
	    strlen("{\"outcome\":\"\"}") + strlen(name));
}

void
response_build(struct request *rq, enum outcome got)
{
	struct request_private *p = rq->private;

	if (p->status == 0 && (got != OK || p->location == NULL))
		p->status = outcome_pages[got].status;
	if (got == BUSY)
		respond_header(rq, "Retry-After", "10");
	if (request_is_autosave(rq) && p->bytes == NULL) {
		p->location = NULL;
		p->status = outcome_pages[got].status;
		autosave_answer(rq, got);
	} else if (got == OK && p->location != NULL) {
		p->ready = redirect_response(rq);
		return;
	} else if (got == OK && p->file >= 0) {
		p->ready = file_response(rq);
		if (p->ready != NULL)
			return;
		got = FAILED;
		p->status = outcome_pages[got].status;
	}
	if (got != OK && p->bytes == NULL && rq->page.out.size == 0)
		outcome_page(rq, got);
	if (p->bytes == NULL) {
		p->type = "text/html; charset=utf-8";
		p->bytes = buffer_text(&rq->page.out);
		p->size = rq->page.out.size;
	}
	p->ready = body_response(rq);
}
