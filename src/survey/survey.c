/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "survey/survey.h"

#include <sodium.h>
#include <string.h>

/* The rules of surveys: their links, and what a response must hold. */

/* Neither o and 0, nor l, 1 and i, nor u and v. */
static const char TOKEN_LETTERS[] = "23456789abcdefghjkmnpqrstwxyz";
enum { TOKEN_LETTER_COUNT = sizeof(TOKEN_LETTERS) - 1 };

void
survey_token_make(const char *once, char token_out[SURVEY_TOKEN_SIZE])
{
	static const char purpose[] = "survey";
	uint8_t random[32];

	crypto_generichash(random, sizeof(random), (const uint8_t *)once,
	    strlen(once), (const uint8_t *)purpose, sizeof(purpose) - 1);
	for (size_t i = 0; i < SURVEY_TOKEN_SIZE - 1; i++)
		token_out[i] = TOKEN_LETTERS[(random[2 * i] |
		    random[2 * i + 1] << 8) % TOKEN_LETTER_COUNT];
	token_out[SURVEY_TOKEN_SIZE - 1] = '\0';
}

bool
survey_token_is_valid(const char *token)
{
	size_t size = strlen(token);

	return size == SURVEY_TOKEN_SIZE - 1 &&
	    strspn(token, TOKEN_LETTERS) == size;
}

int64_t
survey_minutes(int64_t questions)
{
	return (questions * 10 + 59) / 60;
}

bool
survey_response_says_something(const struct survey_response *response)
{
	return response->answers.count > 0 || response->comment[0] != '\0';
}
