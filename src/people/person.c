/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/person.h"

#include "content/field.h"
#include "runner/client.h"
#include "text/catalogue.h"
#include "text/utf8.h"

#include <string.h>
#include <strings.h>

/* Rules about accounts that need no database. */

enum { ADDRESS_MOST = 500 };
enum { WAIT_FROM = 5, WAIT_FIRST = 30, WAIT_MOST = 15 * 60 };

/* Those of ten letters and more that lists of stolen passwords begin with. */
static const char *const COMMON[] = { "0123456789", "0987654321",
	"1020304050", "111111111a", "1111122222", "1122334455", "1212121212",
	"1231231231", "1232323232", "123123123a", "1234512345", "12345678910",
	"1234567890", "123456789a", "123456789q", "1234567891", "12345qwert",
	"123abc123abc", "1a2b3c4d5e", "1q2w3e4r5t", "1q2w3e4r5t6y",
	"1qaz2wsx3edc", "9876543210", "aa12345678", "abcd123456", "abcdefghij",
	"administrator", "asdfasdfasdf", "asdfghjkl1", "asdfghjkl;",
	"changeme123", "football123", "iloveyou12", "iloveyou123",
	"mongolia123", "mongolulus", "password00", "password01", "password10",
	"password11", "password12", "password123", "password1234", "passw0rd123",
	"princess123", "q1w2e3r4t5", "q1w2e3r4t5y6", "qazwsxedc1", "qwer123456",
	"qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop",
	"ulaanbaatar", "welcome123", "zxcvbnm123", "нууцүг1234" };

const char *
person_show(struct arena *a, const char *name, const char *patronymic)
{
	size_t first = 1;

	if (*patronymic == '\0')
		return name;
	while (((unsigned char)patronymic[first] & 0xc0) == 0x80)
		first++;
	return arena_print(a, "%.*s. %s", (int)first, patronymic, name);
}

const char *
email_normalize(struct arena *a, const char *email)
{
	char *lower = arena_copy(a, email);

	for (char *at = lower; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return lower;
}

/* One character again and again, as in "aaaaaaaaaa". */
static bool
is_monotone(const char *password)
{
	return strspn(password, (char[]){ password[0], '\0' }) ==
	    strlen(password);
}

static bool
is_common(const char *password)
{
	for (size_t i = 0; i < sizeof(COMMON) / sizeof(COMMON[0]); i++)
		if (strcasecmp(password, COMMON[i]) == 0)
			return true;
	return is_monotone(password);
}

static bool
is_address(const char *password, const char *email)
{
	size_t local = strcspn(email, "@");

	return strcasecmp(password, email) == 0 ||
	    (strlen(password) == local &&
		strncasecmp(password, email, local) == 0);
}

const char *
password_fault(const char *password, const char *email)
{
	if (utf8_length(password) < FIELD_PASSWORD_LEAST)
		return N_("Use at least 10 characters. A short sentence is "
			  "easy to remember.");
	if (strlen(password) > DERIVE_PASSWORD)
		return N_("Shorten the password: it may take at most 256 "
			  "bytes, which is 128 Cyrillic letters");
	if (is_address(password, email))
		return N_("The password can't be your email address");
	if (is_common(password))
		return N_("This password is one of those that are tried "
			  "first. Choose another.");
	return NULL;
}

int64_t
sign_in_wait(int64_t tries)
{
	int64_t wait = WAIT_FIRST;

	if (tries < WAIT_FROM)
		return 0;
	for (int64_t i = WAIT_FROM; i < tries && wait < WAIT_MOST; i++)
		wait *= 2;
	return wait < WAIT_MOST ? wait : WAIT_MOST;
}

bool
address_is_ours(const char *address)
{
	if (address[0] != '/' || address[1] == '/' ||
	    strlen(address) > ADDRESS_MOST)
		return false;
	for (const char *at = address; *at != '\0'; at++)
		if ((unsigned char)*at <= ' ' || *at == '\\' || *at == 0x7f)
			return false;
	return true;
}

struct mark {
	const char *in_agent;
	const char *name;
};

/* The first that occurs counts: Edge says Chrome too, Chrome says Safari. */
static const struct mark BROWSERS[] = {
	{ "FBAN/", "Facebook" }, { "FBAV/", "Facebook" }, { "Edg", "Edge" },
	{ "OPR/", "Opera" }, { "SamsungBrowser/", "Samsung Internet" },
	{ "YaBrowser/", "Yandex" }, { "Firefox/", "Firefox" },
	{ "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
	{ "Chromium/", "Chromium" }, { "Chrome/", "Chrome" },
	{ "Safari/", "Safari" }, { NULL, NULL },
};

static const struct mark SYSTEMS[] = {
	{ "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
	{ "Windows", "Windows" }, { "Mac OS X", "Mac" },
	{ "CrOS", "ChromeOS" }, { "Linux", "Linux" }, { NULL, NULL },
};

static const char *
mark_find(const struct mark *marks, const char *agent)
{
	while (marks->name != NULL && strstr(agent, marks->in_agent) == NULL)
		marks++;
	return marks->name;
}

const char *
browser_show(struct arena *a, const char *agent)
{
	const char *browser, *system;

	if (agent == NULL)
		return "";
	browser = mark_find(BROWSERS, agent);
	system = mark_find(SYSTEMS, agent);
	if (browser != NULL && system != NULL)
		return arena_print(a, "%s, %s", browser, system);
	if (browser != NULL)
		return browser;
	return system == NULL ? "" : system;
}

void
totp_digits(const char *typed, char code_out[8])
{
	size_t count = 0;

	for (; *typed != '\0'; typed++)
		if (*typed >= '0' && *typed <= '9') {
			if (count < 6)
				code_out[count] = *typed;
			count++;
		}
	code_out[count == 6 ? 6 : 0] = '\0';
}
