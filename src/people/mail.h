/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"

/*
 * A letter to be sent by the clerk, part of the write that caused it: an
 * outbox job "mail" with {"body","subject","to"}. Subject and body are plain
 * text in the receiver's language; the body may hold a one-time link, so the
 * payload is emptied once it is sent.
 */
struct mail {
	const char *to;
	const char *subject;	/* one line */
	const char *body;
	int64_t now;
};

MUST_CHECK enum outcome mail_add(struct tx *tx, struct arena *a,
    const struct mail *mail);
