/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/assessment.h"

#include "base/check.h"
#include "base/log.h"
#include "library/library.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

/*
 * The rules of a run: what is open in which stage, what a setup must hold,
 * codes and links of raters. Nothing here reads or writes.
 */

bool
assessment_allows(int stage, enum assessment_work work)
{
	switch (work) {
	case WORK_SETUP:
		return stage <= STAGE_COLLECTING;
	case WORK_COLLECT:
		return stage == STAGE_COLLECTING;
	case WORK_ANALYSE:
		return stage == STAGE_ANALYSIS;
	case WORK_PLAN:
		return stage >= STAGE_ANALYSIS;
	case WORK_MONITOR:
	case WORK_PUBLISH:
		return stage >= STAGE_PLAN;
	}
	return false;
}

bool
assessment_may_move(int from, int to)
{
	if (from == STAGE_ANALYSIS && to == STAGE_COLLECTING)
		return true;
	return from >= STAGE_GOALS && to <= STAGE_MONITORING && to == from + 1;
}

enum setup_fault
assessment_setup_check(const struct assessment_setup *setup,
    const struct assessment *now)
{
	if (setup->period_to < setup->period_from)
		return SETUP_PERIOD;
	if (setup->target < setup->period_to)
		return SETUP_TARGET;
	if (setup->groups[0] == '\0')
		return SETUP_GROUPS;
	if (now != NULL && now->stage > STAGE_GOALS &&
	    strcmp(now->track, "full") == 0 &&
	    strcmp(setup->track, "full") != 0)
		return SETUP_TRACK;
	return SETUP_FINE;
}

enum outcome
assessment_instrument(const char *name, const char *edition,
    const struct instrument **instrument_out)
{
	const struct instrument *found = library_instrument(name, edition);

	if (found == NULL) {
		log_error("no content has instrument \"%s\" edition \"%s\"",
		    name, edition);
		return FAILED;
	}
	*instrument_out = found;
	return OK;
}

bool
ids_have(const char *ids, const char *id)
{
	size_t size = strlen(id);

	while (*ids != '\0') {
		size_t part = strcspn(ids, " ");

		if (part == size && memcmp(ids, id, size) == 0)
			return true;
		ids += part;
		ids += strspn(ids, " ");
	}
	return false;
}

struct id_list
ids_split(struct arena *a, const char *ids)
{
	struct id_list list = { 0 };

	ids += strspn(ids, " ");
	while (*ids != '\0') {
		size_t part = strcspn(ids, " ");
		char *id = arena_take(a, part + 1);

		memcpy(id, ids, part);
		*LIST_ADD(a, &list) = id;
		ids += part;
		ids += strspn(ids, " ");
	}
	return list;
}

/* Neither 0 and O, 1 and I, 2 and Z, 5 and S, 6 and G, 8 and B, U and V. */
static const char CODE_LETTERS[] = "ACDEFHJKMNPRTWXY";
static const char CODE_DIGITS[] = "3479";

void
rater_code_make(const uint8_t random[32], unsigned attempt,
    char code_out[RATER_CODE_SIZE])
{
	const uint8_t *bytes = random + attempt * 3;

	check(attempt < RATER_CODE_ATTEMPTS);
	code_out[0] = CODE_LETTERS[bytes[0] & 15];
	code_out[1] = CODE_DIGITS[bytes[0] >> 4 & 3];
	code_out[2] = '-';
	code_out[3] = CODE_DIGITS[bytes[1] & 3];
	code_out[4] = CODE_LETTERS[bytes[2] & 15];
	code_out[5] = '\0';
}

void
link_token_make(const char *once, int64_t index,
    char token_out[LINK_TOKEN_SIZE])
{
	uint8_t key[16];
	char text[32];
	crypto_generichash_state state;

	snprintf(text, sizeof(text), "link %lld ", (long long)index);
	crypto_generichash_init(&state, NULL, 0, sizeof(key));
	crypto_generichash_update(&state, (const uint8_t *)text, strlen(text));
	crypto_generichash_update(&state, (const uint8_t *)once,
	    strlen(once));
	crypto_generichash_final(&state, key, sizeof(key));
	sodium_bin2base64(token_out, LINK_TOKEN_SIZE, key, sizeof(key),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
link_token_hash(const char *token, uint8_t hash_out[LINK_HASH_SIZE])
{
	crypto_hash_sha256(hash_out, (const uint8_t *)token, strlen(token));
}

bool
shows_mean(int64_t n)
{
	return n >= 2;
}

bool
shows_distribution(int64_t n)
{
	return n >= 5;
}

enum progress_status
progress_status(const struct progress *progress)
{
	if (progress->agreed == progress->items && progress->items > 0)
		return progress->not_applicable == progress->items
		    ? PROGRESS_NOT_APPLICABLE : PROGRESS_DONE;
	if (progress->wanting > 0)
		return PROGRESS_NEEDS_EVIDENCE;
	if (progress->agreed > 0 || progress->rated > 0)
		return PROGRESS_UNDER_WAY;
	return PROGRESS_NOT_STARTED;
}
