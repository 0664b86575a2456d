/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdint.h>
#include <unicode/utypes.h>

#include "base/arena.h"

/* Texts as ICU wants them. Only files of text/ that call ICU include this. */
struct utf16 {
	const UChar *units;
	int32_t size;
};

/* Each ill-formed sequence becomes U+FFFD. At most 1 GiB. */
struct utf16 utf16_of(struct arena *a, const char *text);

const char *utf16_show(struct arena *a, struct utf16 text);

enum utf16_form {
	UTF16_NFC,	/* Unicode's composed form */
	UTF16_FOLDED,	/* NFKC_Casefold: compared without case or style */
};

struct utf16 utf16_normalize(struct arena *a, enum utf16_form form,
    struct utf16 text);
