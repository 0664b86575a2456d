/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "db/db.h"
#include "text/language.h"

/*
 * The text that members sign, word for word as it was imported, and who has
 * signed it. An edition that was imported never changes.
 */
struct charter_text {
	const char *edition;
	enum language language;
	const char *title;
	const char *body;
	bool is_markdown;	/* else plain text */
	int64_t imported;
};
enum { CHARTER_BODY_MOST = 1024 * 1024 };

/*
 * The newest edition (a translation that is imported later makes no older one
 * new), in this language, else in the other. NOT_FOUND when there is none.
 */
MUST_CHECK enum outcome charter_text_find(struct db *db, struct arena *a,
    enum language language, struct charter_text *text_out);

/* A certain edition in a certain language. */
MUST_CHECK enum outcome charter_text_find_edition(struct db *db,
    struct arena *a, const char *edition, enum language language,
    struct charter_text *text_out);

/* CONFLICT when this edition has another text in this language already. */
MUST_CHECK enum outcome charter_text_add(struct tx *tx, struct arena *a,
    const struct charter_text *new);

struct pledge {
	int64_t id;
	const char *edition;
	const char *signed_by;	/* name and office */
	int64_t day, expires;	/* days */
};

/* The last one that an organisation signed. */
MUST_CHECK enum outcome pledge_find(struct db *db, struct arena *a,
    int64_t organisation, struct pledge *pledge_out);

/* `once` as in forms. The id in `new` is ignored. */
MUST_CHECK enum outcome pledge_add(struct tx *tx, struct arena *a,
    int64_t organisation, const struct pledge *new, const char *once);
