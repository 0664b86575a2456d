/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "proc/mail.h"

#include "base/buffer.h"
#include "base/log.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Letters from the outbox's JSON to a server or a folder. */

enum { LINE = 76, SEND_SECONDS = 60, SUBJECT_PIECE = 42 };

/* Base64 in lines of LINE, each ended by CRLF. */
static void
add_base64(struct arena *a, struct buffer *out, const char *text)
{
	size_t size = strlen(text);
	size_t room = sodium_base64_encoded_len(size,
	    sodium_base64_VARIANT_ORIGINAL);
	char *coded = arena_take(a, room);

	sodium_bin2base64(coded, room, (const uint8_t *)text, size,
	    sodium_base64_VARIANT_ORIGINAL);
	for (size_t at = 0; at < strlen(coded); at += LINE)
		buffer_print(out, "%.*s\r\n", LINE, coded + at);
}

/* How much of `text` fits in one encoded word without cutting a letter. */
static size_t
piece_of(const char *text)
{
	size_t size = strlen(text);

	if (size <= SUBJECT_PIECE)
		return size;
	size = SUBJECT_PIECE;
	while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	return size;
}

/* The subject as encoded words (RFC 2047). */
static void
add_subject(struct arena *a, struct buffer *out, const char *subject)
{
	buffer_add_text(out, *subject == '\0' ? "Subject:\r\n" : "Subject:");
	while (*subject != '\0') {
		size_t piece = piece_of(subject);
		size_t room = sodium_base64_encoded_len(piece,
		    sodium_base64_VARIANT_ORIGINAL);
		char *coded = arena_take(a, room);

		sodium_bin2base64(coded, room, (const uint8_t *)subject, piece,
		    sodium_base64_VARIANT_ORIGINAL);
		buffer_print(out, " =?UTF-8?B?%s?=\r\n", coded);
		subject += piece;
	}
}

static bool
address_is_plain(const char *address)
{
	return address != NULL && strchr(address, '@') != NULL &&
	    strpbrk(address, "\r\n<>, ") == NULL;
}

static void
add_head(struct buffer *out, const struct mail_config *config, int64_t id,
    const char *to, int64_t now)
{
	const char *domain = strchr(config->from, '@') + 1;
	time_t seconds = (time_t)now;
	struct tm utc;
	char date[64];

	gmtime_r(&seconds, &utc);
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S +0000", &utc);
	buffer_print(out, "Date: %s\r\nFrom: <%s>\r\nTo: <%s>\r\n"
	    "Message-ID: <outbox-%lld@%s>\r\nAuto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n", date, config->from, to,
	    (long long)id, domain);
}

enum outcome
mail_compose(struct arena *a, const struct mail_config *config, int64_t id,
    const char *payload, int64_t now, const char **to_out,
    const char **text_out)
{
	AUTO_BUFFER struct buffer out = { 0 };
	json_t *letter = json_loads(payload, 0, NULL);
	const char *to = json_string_value(json_object_get(letter, "to"));
	const char *subject =
	    json_string_value(json_object_get(letter, "subject"));
	const char *body = json_string_value(json_object_get(letter, "body"));
	enum outcome got = INVALID;

	if (address_is_plain(to) && address_is_plain(config->from) &&
	    subject != NULL && body != NULL) {
		add_head(&out, config, id, to, now);
		add_subject(a, &out, subject);
		buffer_add_text(&out, "\r\n");
		add_base64(a, &out, body);
		*to_out = arena_copy(a, to);
		*text_out = arena_copy(a, buffer_text(&out));
		got = OK;
	}
	json_decref(letter);
	return got;
}

static enum outcome
folder_put(struct arena *a, const char *folder, int64_t id, const char *text)
{
	const char *path = arena_print(a, "%s/%lld.eml", folder,
	    (long long)id);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	size_t size = strlen(text);
	bool whole;

	if (fd < 0) {
		log_errno("can't create \"%s\"", path);
		return BUSY;
	}
	whole = write(fd, text, size) == (ssize_t)size && fsync(fd) == 0;
	if (!whole)
		log_errno("can't write \"%s\"", path);
	close(fd);
	return whole ? OK : BUSY;
}

uint16_t
mail_port(const struct mail_config *config)
{
	CURLU *url = curl_url();
	char *text = NULL;
	long port = 0;

	if (config->smtp != NULL && url != NULL &&
	    curl_url_set(url, CURLUPART_URL, config->smtp, 0) == CURLUE_OK &&
	    curl_url_get(url, CURLUPART_PORT, &text, CURLU_DEFAULT_PORT) ==
		CURLUE_OK)
		port = strtol(text, NULL, 10);
	curl_free(text);
	curl_url_cleanup(url);
	return (uint16_t)port;
}

struct reading {
	const char *text;
	size_t left;
};

static size_t
text_read(char *into, size_t size, size_t count, void *arg)
{
	struct reading *r = arg;
	size_t most = size * count;

	if (most > r->left)
		most = r->left;
	memcpy(into, r->text, most);
	r->text += most;
	r->left -= most;
	return most;
}

static enum outcome
smtp_send(const struct mail_config *config, const char *to, const char *text)
{
	CURL *curl = curl_easy_init();
	struct curl_slist *receivers = curl_slist_append(NULL, to);
	struct reading r = { text, strlen(text) };
	CURLcode code = CURLE_OUT_OF_MEMORY;

	if (curl != NULL && receivers != NULL) {
		curl_easy_setopt(curl, CURLOPT_URL, config->smtp);
		curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
		curl_easy_setopt(curl, CURLOPT_USE_SSL,
		    config->user == NULL ? CURLUSESSL_TRY : CURLUSESSL_ALL);
		if (config->user != NULL) {
			curl_easy_setopt(curl, CURLOPT_USERNAME, config->user);
			curl_easy_setopt(curl, CURLOPT_PASSWORD,
			    config->password);
		}
		curl_easy_setopt(curl, CURLOPT_MAIL_FROM, config->from);
		curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
		curl_easy_setopt(curl, CURLOPT_READFUNCTION, text_read);
		curl_easy_setopt(curl, CURLOPT_READDATA, &r);
		curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
		curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
		curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
		code = curl_easy_perform(curl);
	}
	if (code != CURLE_OK)
		log_error("the mail server said: %s",
		    curl_easy_strerror(code));
	curl_slist_free_all(receivers);
	curl_easy_cleanup(curl);
	return code == CURLE_OK ? OK : BUSY;
}

enum outcome
mail_send(struct arena *a, const struct mail_config *config, int64_t id,
    const char *payload, int64_t now)
{
	const char *to, *text;
	enum outcome got = mail_compose(a, config, id, payload, now, &to,
	    &text);

	if (got != OK)
		return got;
	return config->smtp == NULL ? folder_put(a, config->folder, id, text)
				    : smtp_send(config, to, text);
}
