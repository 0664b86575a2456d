/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/mail.h"

#include "base/check.h"
#include "outbox/outbox_store.h"

#include <jansson.h>
#include <stdlib.h>

/* Letters as jobs of the clerk. */

enum outcome
mail_add(struct tx *tx, struct arena *a, const struct mail *mail)
{
	json_t *object = json_pack("{s:s, s:s, s:s}", "to", mail->to,
	    "subject", mail->subject, "body", mail->body);
	char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
	enum outcome got;

	check(object != NULL && text != NULL);
	got = outbox_add(tx, a, "mail", text, mail->now);
	free(text);
	json_decref(object);
	return got;
}
