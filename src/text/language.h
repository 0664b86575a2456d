/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "base/outcome.h"

/* The languages of the interface; Mongolian is the first. */
enum language { LANGUAGE_MN, LANGUAGE_EN, LANGUAGES };

/* Words of content in every language; none is NULL once content is loaded. */
struct label {
	const char *text[LANGUAGES];
};

/* "mn", "en": the first part of a page's address and of <html lang>. */
const char *language_code(enum language language);

/* NOT_FOUND when `code` is no language of the interface. */
MUST_CHECK enum outcome language_parse(const char *code,
    enum language *language_out);

/*
 * The best language for an Accept-Language header (RFC 9110, 12.5.4), NULL or
 * anything unreadable included: Mongolian unless English is preferred to it.
 */
enum language language_accept(const char *header);
