/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"
#include "base/outcome.h"

#include <stdint.h>

/* How letters leave: through an SMTP server, or into a folder without one. */
struct mail_config {
	const char *smtp;	/* "smtp://host:587", "smtps://…"; NULL: folder */
	const char *user, *password;	/* NULL: none */
	const char *from;	/* address of the sender */
	const char *folder;	/* DATA/mail: one .eml file a letter */
};

/* The TCP port of the server; 0 for a folder or an address without sense. */
uint16_t mail_port(const struct mail_config *config);

/*
 * The letter as RFC 5322 text with CRLF: UTF-8 in base64, an encoded subject,
 * a Date, a Message-ID made of `id` so that a second sending can be seen, and
 * Auto-Submitted. INVALID: a line break or no "@" in an address.
 */
MUST_CHECK enum outcome mail_compose(struct arena *a,
    const struct mail_config *config, int64_t id, const char *payload,
    int64_t now, const char **to_out, const char **text_out);

/*
 * Sends it. BUSY: try again later; INVALID: it can't be sent at all. Blocks,
 * at most a minute; the clerk's.
 */
MUST_CHECK enum outcome mail_send(struct arena *a,
    const struct mail_config *config, int64_t id, const char *payload,
    int64_t now);
