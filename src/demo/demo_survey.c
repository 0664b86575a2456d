/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "demo/demo_part.h"

#include "base/check.h"
#include "base/time.h"
#include "survey/survey_store.h"

/* The survey of a run: those who are asked outside, and what they say. */

enum { AT_OPEN = 10, AT_CLOSE = 64, COMMENT_EVERY = 9 };

/* Of ten respondents five, two and three. */
static const char *
group_draw(struct demo_making *m)
{
	static const uint8_t places[] = { 0, 0, 0, 0, 0, 1, 1, 2, 2, 2 };
	const char *outside[3];
	size_t count = 0;

	LIST_EACH(group, &m->instrument->groups)
		if (group->side == SIDE_OUTSIDE && count < 3)
			outside[count++] = group->id;
	check(count > 0);
	return outside[places[demo_draw(&m->draw, 10)] % count];
}

/* One question: most answer it, some can't tell. */
static void
answer_draw(struct demo_making *m, const struct item *item,
    struct survey_answers *answers)
{
	int64_t chance = demo_draw(&m->draw, 100);
	struct survey_answer *answer;

	if (chance < 8)
		return;
	answer = LIST_ADD(m->arena, answers);
	answer->item = item->id;
	if (chance < 16 || demo_not_our_field(m, item))
		answer->answer.kind = RATING_DONT_KNOW;
	else
		answer->answer = (struct rating){ RATING_VALUE,
			demo_draw_level(&m->draw,
			    m->run->stakeholders[item->dimension],
			    m->instrument->scale.max) };
}

/* Every ninth writes something, the organisation's comments in turn. */
static const char *
comment_of(const struct demo_making *m, int64_t response)
{
	const struct demo_texts *comments = &m->demo->book.comments;
	int64_t count = 0, wanted;

	LIST_EACH(c, comments)
		count += c->organisation == m->run->organisation;
	if (count == 0 || response % COMMENT_EVERY != 0)
		return "";
	wanted = response / COMMENT_EVERY % count;
	LIST_EACH(c, comments)
		if (c->organisation == m->run->organisation && wanted-- == 0)
			return c->text;
	return "";
}

static enum outcome
response_make(struct demo_making *m, int64_t survey, int64_t number)
{
	int64_t percent = AT_OPEN + (AT_CLOSE - AT_OPEN) * number /
	    m->run->answers;
	struct survey_response response = { .respondents = group_draw(m),
		.comment = comment_of(m, number),
		.day = day_of(demo_moment(m, percent)) };

	LIST_EACH(item, &m->instrument->items)
		if (item->is_public && demo_asks(m, item))
			answer_draw(m, item, &response.answers);
	m->demo->made.responses++;
	return survey_response_add(m->tx, m->arena, survey,
	    &m->instrument->scale, &response, NULL);
}

enum outcome
demo_survey(struct demo_making *m)
{
	char token[SURVEY_TOKEN_SIZE];
	int64_t id;
	enum outcome got;

	survey_token_make(m->name, token);
	got = survey_open(m->tx, m->arena, m->organisation, m->id, token,
	    m->run->invited, demo_moment(m, AT_OPEN), &id);
	for (int64_t i = 0; i < m->run->answers && got == OK; i++)
		got = response_make(m, id, i);
	if (got == OK && m->run->stage == STAGE_COLLECTING) {
		m->demo->made.survey = arena_print(m->demo->arena,
		    "/mn/s/%s", token);
		m->demo->made.collecting = arena_print(m->demo->arena,
		    "/mn/o/%s/assessments/%lld", m->run->organisation->slug,
		    (long long)m->number);
	}
	return got;
}
