/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/list.h"
#include "text/language.h"

/*
 * Somebody with an account. The given name is the main name in Mongolia; the
 * patronymic is shown as an initial before it and may be missing.
 */
struct person {
	int64_t id;
	const char *email;	/* lower case */
	const char *name;
	const char *patronymic;	/* "" without */
	enum language language;	/* of mail to them */
	bool has_password;
	bool has_recovery;	/* recovery words were made */
	bool has_code;		/* a second step is asked for */
	int64_t version;
};
struct person_list LIST_OF(struct person);

/* "Б. Дорж"; without a patronymic the name alone. */
const char *person_show(struct arena *a, const char *name,
    const char *patronymic);

/* The address in lower case; ASCII letters only, as the field allows. */
const char *email_normalize(struct arena *a, const char *email);

/*
 * Why this can't be somebody's password: a message of the catalogue, or NULL.
 * At least 10 characters, at most 256 bytes, not the address nor its first
 * part, not one of those that are tried first, not one character repeated. No
 * other rule: length is what counts.
 */
const char *password_fault(const char *password, const char *email);

/*
 * Seconds that an account waits after its `tries`-th failed sign-in in a row:
 * none before the fifth, then 30, doubled by each further one, at most 15
 * minutes.
 */
int64_t sign_in_wait(int64_t tries);

/*
 * True for an address of a page of ours to go to after signing in: it begins
 * with one slash and holds nothing that a browser would read as another host.
 */
bool address_is_ours(const char *address);

/* "Firefox, Android" for a User-Agent header; NULL and nonsense give "". */
const char *browser_show(struct arena *a, const char *agent);

/* The digits of a code, which apps show as "123 456"; "" unless there are 6. */
void totp_digits(const char *typed, char code_out[8]);
