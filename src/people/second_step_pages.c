/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "people/people.h"

#include "base/time.h"
#include "http/form.h"
#include "http/later.h"
#include "http/response.h"
#include "people/people_templates.h"
#include "people/people_view.h"
#include "people/proof.h"
#include "people/recovery.h"
#include "text/catalogue.h"
#include "vault/client.h"

#include <sodium.h>
#include <string.h>

/*
 * The code from a phone, on and off, and recovery words. A fresh secret is
 * sealed by the vault and travels through the form until the first code has
 * proved that the phone has it; the seal binds it to this person.
 */

enum { SEALED_HEX = 2 * VAULT_SEALED_TOTP, SECRET_TEXT = VAULT_TOTP_TEXT - 1 };

static const struct field CODE_ON[] = {
	{ "sealed", FIELD_HIDDEN, FIELD_REQUIRED, SEALED_HEX, SEALED_HEX,
	    NULL, NULL, NULL, NULL },
	{ "secret", FIELD_HIDDEN, FIELD_REQUIRED, SECRET_TEXT, SECRET_TEXT,
	    NULL, NULL, NULL, NULL },
	{ "code", FIELD_TEXT, FIELD_REQUIRED | FIELD_NARROW, 6, 12,
	    N_("Six digits"), N_("What the app shows now."), NULL,
	    "one-time-code" },
	{ 0 }
};

static const struct field PROVE[] = {
	{ "password", FIELD_PASSWORD, FIELD_REQUIRED, 0, 0, N_("Password"),
	    NULL, NULL, "current-password" },
	{ 0 }
};

/* --- On ---------------------------------------------------------------- */

struct turning_on {
	struct request *rq;
	struct form form;
	uint8_t sealed[VAULT_SEALED_TOTP];
	int64_t step;
};

/*
 * What an app reads from the QR code (Key URI format of Google's app). The
 * site goes by its host: a name in Cyrillic would make the picture too fine.
 */
static const char *
otpauth(struct request *rq, const struct person *person, const char *secret)
{
	const char *host = arena_copy_bytes(&rq->arena, rq->host,
	    strcspn(rq->host, ":"));

	host = page_part(&rq->page, *host == '\0' ? "tulga" : host);
	return arena_print(&rq->arena, "otpauth://totp/%s:%s?secret=%s"
	    "&issuer=%s", host, page_part(&rq->page, person->email), secret,
	    host);
}

/* In groups of four, to be typed. */
static const char *
secret_show(struct arena *a, const char *secret)
{
	const char *shown = "";

	for (size_t at = 0; at < strlen(secret); at += 4)
		shown = arena_print(a, "%s%s%.4s", shown, at > 0 ? " " : "",
		    secret + at);
	return shown;
}

static enum outcome
code_on_show(struct request *rq, const struct form *form, const char *secret)
{
	struct code_new_view view = { .form = *form,
		.secret = secret_show(&rq->arena, secret) };
	struct person person;
	enum outcome got = person_find(rq->db, &rq->arena,
	    rq->asker.person, &person);

	if (got != OK)
		return got;
	view.qr = qr_draw(&rq->arena, otpauth(rq, &person, secret));
	render_code_new(&rq->page, &view);
	return OK;
}

static enum outcome
code_made(struct request *rq, const struct channel_answer *answer, void *arg)
{
	struct vault_totp_made made;
	char hex[SEALED_HEX + 1];
	struct form form;

	(void)arg;
	if (answer->outcome != OK)
		return answer->outcome;
	if (answer->size != sizeof(made))
		return FAILED;
	memcpy(&made, answer->bytes, sizeof(made));
	sodium_bin2hex(hex, sizeof(hex), made.sealed, sizeof(made.sealed));
	form_open(rq, &form, CODE_ON);
	form_fill_text(&form, "sealed", arena_copy(&rq->arena, hex));
	form_fill_text(&form, "secret", arena_copy(&rq->arena, made.text));
	return code_on_show(rq, &form, form_find(&form, "secret")->typed);
}

static void
code_off_show(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("Turn the code off"),
		.lead = N_("Afterwards the password alone opens your "
		    "account."),
		.action = "/account/code/off",
		.button = N_("Turn the code off"),
		.form = *form,
		.other = "/account",
		.other_text = N_("Leave it on"),
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
code_page(struct request *rq)
{
	struct person person;
	struct form form;
	enum outcome got;

	if (people_refuse_insecure(rq))
		return OK;
	got = person_find(rq->db, &rq->arena, rq->asker.person, &person);
	if (got != OK)
		return got;
	if (person.has_code) {
		form_open(rq, &form, PROVE);
		code_off_show(rq, &form);
		return OK;
	}
	got = vault_totp_new(rq->vault, rq->asker.person, later_answer,
	    later_wait(rq, code_made, NULL));
	return got == OK ? OK : later_refused(rq, got);
}

/* CONFLICT: a code is on already, and only the password turns it off. */
static enum outcome
code_on_write(struct tx *tx, void *arg)
{
	struct turning_on *t = arg;
	struct arena *a = &t->rq->arena;
	struct person person;
	enum outcome got = person_find(tx->db, a, t->rq->asker.person,
	    &person);

	if (got != OK)
		return got;
	return person.has_code ? CONFLICT
	    : person_set_code(tx, a, person.id, t->sealed, t->step);
}

static enum outcome
code_on_answer(struct request *rq, enum outcome got, void *arg)
{
	(void)arg;
	if (got == CONFLICT)
		return redirect(rq, "/account");
	if (got != OK)
		return got;
	redirect_notice(rq, N_("Signing in now asks for a code too. Make "
	    "recovery words in case you lose the phone."));
	return redirect(rq, "/account");
}

static enum outcome
code_on_again(struct request *rq, struct turning_on *t)
{
	enum outcome got = code_on_show(rq, &t->form,
	    form_find(&t->form, "secret")->typed);

	return got == OK ? INVALID : got;
}

static enum outcome
code_on_checked(struct request *rq, const struct channel_answer *answer,
    void *arg)
{
	struct turning_on *t = arg;

	if (answer->outcome == INVALID) {
		form_fault(rq, &t->form, "code", T_(N_("This is not the code "
		    "of the secret above. Check the phone's clock and type "
		    "the code that it shows now."), rq->language));
		return code_on_again(rq, t);
	}
	if (answer->outcome != OK || answer->size != sizeof(t->step))
		return answer->outcome == OK ? FAILED : answer->outcome;
	memcpy(&t->step, answer->bytes, sizeof(t->step));
	return write_later(rq, code_on_write, code_on_answer, t);
}

static bool
sealed_read(struct turning_on *t)
{
	size_t size;

	return sodium_hex2bin(t->sealed, sizeof(t->sealed),
	    form_text(&t->form, "sealed"), SEALED_HEX, NULL, &size, NULL) ==
	    0 && size == sizeof(t->sealed);
}

static enum outcome
code_on_take(struct request *rq)
{
	struct turning_on *t = ARENA_NEW(&rq->arena, struct turning_on);
	struct vault_totp_check question = { .person = rq->asker.person,
		.now = time_now() };
	enum outcome got;

	if (people_refuse_insecure(rq))
		return INVALID;
	t->rq = rq;
	form_open(rq, &t->form, CODE_ON);
	form_read(rq, &t->form);
	if (!form_given(&t->form, "sealed") ||
	    !form_given(&t->form, "secret") || !sealed_read(t))
		return INVALID;
	if (t->form.errors.count > 0)
		return code_on_again(rq, t);
	totp_digits(form_text(&t->form, "code"), question.code);
	memcpy(question.sealed, t->sealed, sizeof(question.sealed));
	got = vault_totp_check(rq->vault, &question, later_answer,
	    later_wait(rq, code_on_checked, t));
	return got == OK ? OK : later_refused(rq, got);
}

/* --- Off --------------------------------------------------------------- */

struct proving {
	struct proof proof;
	struct form form;
	struct recovery words;
	struct person_key key;
};

static enum outcome
code_off_proved(struct tx *tx, struct proof *proof)
{
	return person_set_code(tx, &proof->rq->arena,
	    proof->rq->asker.person, NULL, 0);
}

static enum outcome
code_off_answer(struct request *rq, enum outcome got, void *arg)
{
	struct proving *p = arg;

	if (got != OK)
		return got;
	if (!p->proof.right) {
		form_fault(rq, &p->form, "password",
		    T_(proof_refused, rq->language));
		code_off_show(rq, &p->form);
		return INVALID;
	}
	redirect_notice(rq, N_("The code is off."));
	return redirect(rq, "/account");
}

static enum outcome
code_off_take(struct request *rq)
{
	struct proving *p = ARENA_NEW(&rq->arena, struct proving);

	if (people_refuse_insecure(rq))
		return INVALID;
	p->proof = (struct proof){ .rq = rq, .then = code_off_proved,
		.arg = p };
	form_open(rq, &p->form, PROVE);
	form_read(rq, &p->form);
	if (p->form.errors.count > 0) {
		code_off_show(rq, &p->form);
		return INVALID;
	}
	return proof_later(rq, &p->proof, form_text(&p->form, "password"),
	    code_off_answer);
}

/* --- Recovery words ---------------------------------------------------- */

static void
words_ask(struct request *rq, const struct form *form)
{
	const struct form_page_view view = {
		.title = N_("Recovery words"),
		.lead = N_("We make six words and show them once. Write them "
		    "on paper and keep it where you keep your passport. With "
		    "them you can set a new password when you have lost "
		    "everything else. Words made earlier stop working."),
		.action = "/account/words",
		.button = N_("Make the words"),
		.form = *form,
		.other = "/account",
		.other_text = N_("Back without words"),
	};

	render_form_page(&rq->page, &view);
}

static enum outcome
words_page(struct request *rq)
{
	struct form form;

	if (people_refuse_insecure(rq))
		return OK;
	form_open(rq, &form, PROVE);
	words_ask(rq, &form);
	return OK;
}

static enum outcome
words_proved(struct tx *tx, struct proof *proof)
{
	struct proving *p = proof->arg;

	return person_set_recovery(tx, &proof->rq->arena,
	    proof->rq->asker.person, &p->key);
}

static enum outcome
words_answer(struct request *rq, enum outcome got, void *arg)
{
	struct proving *p = arg;
	struct words_view view = { 0 };

	if (got != OK)
		return got;
	if (!p->proof.right) {
		form_fault(rq, &p->form, "password",
		    T_(proof_refused, rq->language));
		words_ask(rq, &p->form);
		return INVALID;
	}
	for (int i = 0; i < RECOVERY_WORDS; i++)
		*LIST_ADD(&rq->arena, &view.words) = (struct word_view){
			recovery_word_show(&rq->arena, rq->language,
			    &p->words, i) };
	render_words(&rq->page, &view);
	return OK;
}

static enum outcome
words_made(struct request *rq, enum outcome got, void *arg)
{
	struct proving *p = arg;

	if (got != OK)
		return got;
	return proof_later(rq, &p->proof, form_text(&p->form, "password"),
	    words_answer);
}

static enum outcome
words_take(struct request *rq)
{
	struct proving *p = ARENA_NEW(&rq->arena, struct proving);
	char canonical[RECOVERY_CANONICAL];

	if (people_refuse_insecure(rq))
		return INVALID;
	p->proof = (struct proof){ .rq = rq, .then = words_proved,
		.arg = p };
	form_open(rq, &p->form, PROVE);
	form_read(rq, &p->form);
	if (p->form.errors.count > 0) {
		words_ask(rq, &p->form);
		return INVALID;
	}
	p->words = recovery_new();
	recovery_canonical(&p->words, canonical);
	return person_key_make(rq, canonical, &p->key, words_made, p);
}

const struct route second_step_routes[] = {
	{ "GET",  "/account/code", SIGNED_IN, code_page, 0 },
	{ "POST", "/account/code", SIGNED_IN, code_on_take, 0 },
	{ "POST", "/account/code/off", SIGNED_IN, code_off_take, 0 },
	{ "GET",  "/account/words", SIGNED_IN, words_page, 0 },
	{ "POST", "/account/words", SIGNED_IN, words_take, 0 },
	{ 0 }
};
