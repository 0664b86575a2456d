/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "http/request.h"

#include <stddef.h>
#include <stdint.h>

/*
 * What a handler says about the answer, besides rendering rq->page. Security
 * headers, length, language, compression and caching are not its business.
 */

/*
 * Go there next (303). The address is without a language for pages ("/o/x":
 * the reader's is put in front), with one kept as it is.
 */
enum outcome redirect(struct request *rq, const char *format, ...)
    PRINTF_LIKE(2, 3);

/* Says so on the next page, once: a notice beside the redirect. N_(...). */
void redirect_notice(struct request *rq, const char *message);

/* A body that is not a page. Bytes live in the request's arena or longer. */
enum outcome respond(struct request *rq, const char *type, const void *bytes,
    size_t size);

/* A file as the body, sent as a download under `name` (NULL: shown inline,
 * for types that can't hold script only). Takes over `fd`. */
enum outcome respond_file(struct request *rq, const char *type, int fd,
    const char *name);

/* Another status than the outcome's own; e.g. 202. */
void respond_status(struct request *rq, unsigned status);

/* An extra header; both strings must live as long as the request. */
void respond_header(struct request *rq, const char *name, const char *value);

/* A cookie for this host only: HttpOnly, SameSite=Lax, Secure when it may.
 * An age of 0 removes it. */
void respond_cookie(struct request *rq, const char *name, const char *value,
    int64_t age_seconds);

/*
 * This public page shows (kind, id): when that is raised, the kept copy is
 * old. Call before reading what is shown. Routes with ROUTE_CACHED only.
 */
void page_shows(struct request *rq, enum generation_kind kind, int64_t id);
