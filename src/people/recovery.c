/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/recovery.h"

#include "base/buffer.h"
#include "base/check.h"

#include <sodium.h>
#include <string.h>

/*
 * Words from numbers and back. Sounds were chosen so that none is mistaken for
 * another when it is spoken in Mongolian, and so that no word has a meaning
 * that would embarrass its owner more than chance does.
 */

enum { CONSONANTS = 16, VOWELS = 5, SYLLABLES = CONSONANTS * VOWELS };
enum { RANDOM_WORDS = RECOVERY_WORDS - 1 };

/* Latin, Cyrillic in both cases; "sh" and "ch" before "s", "h". */
struct sound {
	const char *latin, *small, *capital;
};

static const struct sound consonants[CONSONANTS] = {
	{ "sh", "ш", "Ш" }, { "ch", "ч", "Ч" }, { "b", "б", "Б" },
	{ "v", "в", "В" }, { "g", "г", "Г" }, { "d", "д", "Д" },
	{ "j", "ж", "Ж" }, { "z", "з", "З" }, { "l", "л", "Л" },
	{ "m", "м", "М" }, { "n", "н", "Н" }, { "p", "п", "П" },
	{ "r", "р", "Р" }, { "s", "с", "С" }, { "t", "т", "Т" },
	{ "h", "х", "Х" },
};

static const struct sound vowels[VOWELS] = {
	{ "a", "а", "А" }, { "e", "э", "Э" }, { "i", "и", "И" },
	{ "o", "о", "О" }, { "u", "у", "У" },
};

static const char *
spell(const struct sound *sound, enum language language)
{
	return language == LANGUAGE_MN ? sound->small : sound->latin;
}

/* The sixth word: the hash of the other five. */
static void
checksum(const struct recovery *recovery, uint8_t word_out[RECOVERY_SYLLABLES])
{
	uint8_t hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, recovery->syllables[0],
	    RANDOM_WORDS * RECOVERY_SYLLABLES);
	for (int i = 0; i < RECOVERY_SYLLABLES; i++)
		word_out[i] = (uint8_t)((hash[2 * i] << 8 | hash[2 * i + 1]) %
		    SYLLABLES);
}

struct recovery
recovery_new(void)
{
	struct recovery made;

	for (int w = 0; w < RANDOM_WORDS; w++)
		for (int s = 0; s < RECOVERY_SYLLABLES; s++)
			made.syllables[w][s] =
			    (uint8_t)randombytes_uniform(SYLLABLES);
	checksum(&made, made.syllables[RANDOM_WORDS]);
	return made;
}

const char *
recovery_word_show(struct arena *a, enum language language,
    const struct recovery *recovery, int word)
{
	char text[RECOVERY_SYLLABLES * 4 + 1] = "";

	check(word >= 0 && word < RECOVERY_WORDS);
	for (int s = 0; s < RECOVERY_SYLLABLES; s++) {
		uint8_t syllable = recovery->syllables[word][s];

		strcat(text, spell(&consonants[syllable / VOWELS], language));
		strcat(text, spell(&vowels[syllable % VOWELS], language));
	}
	return arena_copy(a, text);
}

void
recovery_canonical(const struct recovery *recovery,
    char text_out[RECOVERY_CANONICAL])
{
	text_out[0] = '\0';
	for (int w = 0; w < RECOVERY_WORDS; w++) {
		if (w > 0)
			strcat(text_out, "-");
		for (int s = 0; s < RECOVERY_SYLLABLES; s++) {
			uint8_t syllable = recovery->syllables[w][s];

			strcat(text_out, consonants[syllable / VOWELS].latin);
			strcat(text_out, vowels[syllable % VOWELS].latin);
		}
	}
}

/* Latin letters in either case; Cyrillic as listed. */
static size_t
spelling_size(const char *at, const char *spelling)
{
	size_t i = 0;

	for (; spelling[i] != '\0'; i++) {
		char c = at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != spelling[i])
			return 0;
	}
	return i;
}

/* Moves *at behind a sound of the list and gives its number; -1: none. */
static int
sound_take(const char **at, const struct sound *sounds, int count)
{
	for (int i = 0; i < count; i++) {
		size_t size = spelling_size(*at, sounds[i].latin);

		if (size == 0)
			size = spelling_size(*at, sounds[i].small);
		if (size == 0)
			size = spelling_size(*at, sounds[i].capital);
		if (size > 0) {
			*at += size;
			return i;
		}
	}
	return -1;
}

/* Blanks, digits and signs mean nothing, e.g. "1. badijo, 2. mutesha". */
static const char *
signs_skip(const char *at)
{
	while (*at != '\0' && (unsigned char)*at < 0x80 &&
	    !((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z'))
		at++;
	return at;
}

bool
recovery_parse(const char *typed, struct recovery *recovery_out)
{
	struct recovery read;
	uint8_t sum[RECOVERY_SYLLABLES];

	for (int i = 0; i < RECOVERY_WORDS * RECOVERY_SYLLABLES; i++) {
		int consonant, vowel;

		typed = signs_skip(typed);
		consonant = sound_take(&typed, consonants, CONSONANTS);
		vowel = sound_take(&typed, vowels, VOWELS);
		if (consonant < 0 || vowel < 0)
			return false;
		read.syllables[i / RECOVERY_SYLLABLES][i % RECOVERY_SYLLABLES] =
		    (uint8_t)(consonant * VOWELS + vowel);
	}
	checksum(&read, sum);
	if (*signs_skip(typed) != '\0' ||
	    memcmp(sum, read.syllables[RANDOM_WORDS], sizeof(sum)) != 0)
		return false;
	*recovery_out = read;
	return true;
}
