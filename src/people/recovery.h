/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/language.h"

/*
 * Recovery words: six made-up words that can be spoken, written down and typed
 * back, e.g. "бадижо мутэша …" or "badijo mutesha …". A word has three
 * syllables, each one of 16 consonants and one of 5 vowels, so 80^3 of them
 * (18.97 bits). Five words are random (94.8 bits); the sixth is made from
 * them, so that a slip of the pen is found before anything is tried.
 *
 * Each sound has one Cyrillic and one Latin spelling; both are read, mixed
 * too, in any case and with any signs between them.
 */
enum { RECOVERY_WORDS = 6, RECOVERY_SYLLABLES = 3 };
enum { RECOVERY_CANONICAL = RECOVERY_WORDS * (RECOVERY_SYLLABLES * 3 + 1) };

struct recovery {
	/* 0..79 each: consonant * 5 + vowel */
	uint8_t syllables[RECOVERY_WORDS][RECOVERY_SYLLABLES];
};

struct recovery recovery_new(void);

/* One word as a reader of the language writes it. */
const char *recovery_word_show(struct arena *a, enum language language,
    const struct recovery *recovery, int word);

/* False when these are not six such words, or the sixth does not fit. */
bool recovery_parse(const char *typed, struct recovery *recovery_out);

/* What the key is derived from: in Latin letters, a hyphen between words. */
void recovery_canonical(const struct recovery *recovery,
    char text_out[RECOVERY_CANONICAL]);
