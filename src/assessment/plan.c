/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "assessment/plan.h"

#include "base/time.h"
#include "text/catalogue.h"

#include <string.h>

/* Words and rules of actions and indicators. */

struct word_of {
	const char *id, *words, *tag;
};

static const struct word_of KINDS[] = {
	{ "policy", N_("Policy"), "" },
	{ "training", N_("Training"), "" },
	{ "structure", N_("Structure"), "" },
	{ "rules", N_("Rules"), "" },
	{ "activity", N_("Activity"), "" },
	{ "keep", N_("Keep doing"), "" },
	{ "help", N_("We need help"), "" },
	{ NULL, NULL, NULL },
};

static const struct word_of STATES[] = {
	{ "open", N_("Not begun"), "wait" },
	{ "under-way", N_("Under way"), "go" },
	{ "kept", N_("Kept"), "done" },
	{ "needs-help", N_("Needs help"), "help" },
	{ NULL, NULL, NULL },
};

static const struct word_of *
word_find(const struct word_of *table, const char *id)
{
	while (table->id != NULL && strcmp(table->id, id) != 0)
		table++;
	return table;
}

const char *
action_kind_words(const char *kind)
{
	return word_find(KINDS, kind)->words;
}

const char *
action_state_words(const char *state)
{
	return word_find(STATES, state)->words;
}

const char *
action_state_tag(const char *state)
{
	return word_find(STATES, state)->tag;
}

bool
action_is_open(const struct action *action)
{
	return strcmp(action->state, "kept") != 0;
}

bool
action_is_moved(const struct action *action)
{
	return action->moved_because[0] != '\0';
}

enum action_fault
action_check(const struct action *new, const struct action *now, bool fixed)
{
	if (!fixed || new->due == now->due)
		return ACTION_FINE;
	if (action_is_moved(now))
		return ACTION_MOVED_TWICE;
	return new->moved_because[0] == '\0' ? ACTION_REASON : ACTION_FINE;
}

struct action
action_changed(const struct action *new, const struct action *now, bool fixed)
{
	struct action changed = *new;

	changed.first_due = now->first_due;
	changed.moved_because = now->moved_because;
	if (new->due == now->due)
		return changed;
	if (fixed)
		changed.moved_because = new->moved_because;
	else
		changed.first_due = new->due;
	return changed;
}

/* --- Indicators ---------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether groups of three digits stand behind the blank. */
static bool
group_follows(const char *text)
{
	return is_digit(text[1]) && is_digit(text[2]) && is_digit(text[3]) &&
	    !is_digit(text[4]);
}

/* Digits, grouped or not; moves *text behind them. */
static enum outcome
whole_parse(const char **text, int64_t *whole_out)
{
	int64_t whole = 0;
	const char *at = *text;

	if (!is_digit(*at))
		return INVALID;
	for (; is_digit(*at) || (*at == ' ' && group_follows(at)); at++) {
		if (*at == ' ')
			continue;
		whole = whole * 10 + (*at - '0');
		if (whole > HUNDREDTHS_MOST / 100)
			return INVALID;
	}
	*text = at;
	*whole_out = whole;
	return OK;
}

enum outcome
hundredths_parse(const char *text, int64_t *hundredths_out)
{
	static const char minus[] = "\u2212";
	int64_t value;
	bool negative = false;

	text += strspn(text, " ");
	if (*text == '-') {
		negative = true;
		text++;
	} else if (strncmp(text, minus, sizeof(minus) - 1) == 0) {
		negative = true;
		text += sizeof(minus) - 1;
	}
	if (whole_parse(&text, &value) != OK)
		return INVALID;
	value *= 100;
	if (*text == '.' || *text == ',') {
		if (!is_digit(text[1]))
			return INVALID;
		value += (text[1] - '0') * 10;
		text += 2;
		if (is_digit(*text))
			value += *text++ - '0';
	}
	text += strspn(text, " ");
	if (*text != '\0' || value > HUNDREDTHS_MOST)
		return INVALID;
	*hundredths_out = negative ? -value : value;
	return OK;
}

bool
measurement_is_due(int64_t last_day, int64_t today)
{
	return today - last_day > MEASUREMENT_DAYS;
}

int64_t
next_run_default(int64_t period_to)
{
	struct date date = date_of_day(period_to);

	date.year++;
	if (!date_is_valid(date))
		date.day--;	/* 29 February */
	return day_of_date(date) + 1;
}
