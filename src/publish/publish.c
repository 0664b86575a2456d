/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish.h"

#include "base/buffer.h"
#include "base/check.h"
#include "publish/publish_json.h"
#include "text/csv.h"

#include <inttypes.h>
#include <sodium.h>
#include <string.h>

/* The document's hash and its machine forms. */

void
publish_hash(const char *document, uint8_t hash_out[PUBLISH_HASH])
{
	crypto_hash_sha256(hash_out, (const uint8_t *)document,
	    strlen(document));
}

const char *
publish_hash_show(struct arena *a, const uint8_t hash[PUBLISH_HASH])
{
	char *text = arena_take(a, 2 * PUBLISH_HASH + 1);

	return sodium_bin2hex(text, 2 * PUBLISH_HASH + 1, hash, PUBLISH_HASH);
}

enum outcome
publish_check(const char *document, const uint8_t hash[PUBLISH_HASH])
{
	AUTO_JSON json_t *root = NULL;
	AUTO_ARENA struct arena a;
	uint8_t found[PUBLISH_HASH];
	const char *again;

	arena_init(&a, ARENA_LIMIT);
	publish_hash(document, found);
	if (sodium_memcmp(found, hash, PUBLISH_HASH) != 0 ||
	    report_read(document, &root) != OK ||
	    report_canonical(&a, root, &again) != OK)
		return INVALID;
	return strcmp(document, again) == 0 ? OK : INVALID;
}

enum outcome
publish_json(struct arena *a, const char *document, const char **json_out)
{
	AUTO_JSON json_t *root = NULL;
	uint8_t hash[PUBLISH_HASH];
	char text[2 * PUBLISH_HASH + 1];

	if (report_read(document, &root) != OK)
		return INVALID;
	publish_hash(document, hash);
	sodium_bin2hex(text, sizeof(text), hash, sizeof(hash));
	report_put_text(root, "hash", text);
	return report_canonical(a, root, json_out);
}

/* --- CSV ----------------------------------------------------------------- */

static void
csv_text(struct buffer *b, struct arena *a, const json_t *item,
    const char *key)
{
	csv_add_field(b, report_get_text(a, item, key));
}

static void
csv_number(struct buffer *b, struct arena *a, const json_t *item,
    const char *key)
{
	csv_add_field(b, json_object_get(item, key) == NULL ? ""
	    : arena_print(a, "%" PRId64, report_get_number(item, key)));
}

/* "3", or what stands for the other answers in ratings files. */
static void
csv_agreed(struct buffer *b, struct arena *a, const json_t *item)
{
	if (report_get_number(item, "not_applicable") != 0)
		csv_add_field(b, "NA");
	else if (report_get_number(item, "dont_know") != 0)
		csv_add_field(b, "DK");
	else
		csv_number(b, a, item, "agreed");
}

static void
csv_item(struct buffer *b, struct arena *a, const json_t *item)
{
	csv_text(b, a, item, "id");
	csv_text(b, a, item, "principle");
	csv_agreed(b, a, item);
	csv_text(b, a, item, "raters");
	csv_text(b, a, item, "spread");
	csv_text(b, a, item, "agreement");
	csv_number(b, a, item, "n");
	csv_text(b, a, item, "stakeholders");
	csv_number(b, a, item, "stakeholders_n");
	csv_end_row(b);
}

enum outcome
publish_csv(struct arena *a, const char *document, const char **csv_out,
    size_t *size_out)
{
	static const char *const head[] = { "id", "principle", "agreed",
		"raters_mean", "spread", "agreement", "n", "stakeholder_mean",
		"stakeholder_n" };
	AUTO_JSON json_t *root = NULL;
	AUTO_BUFFER struct buffer b;
	const json_t *items;

	buffer_init(&b);
	if (report_read(document, &root) != OK)
		return INVALID;
	for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++)
		csv_add_field(&b, head[i]);
	csv_end_row(&b);
	items = json_object_get(root, "items");
	for (size_t i = 0; i < json_array_size(items); i++)
		csv_item(&b, a, json_array_get(items, i));
	*csv_out = arena_copy_bytes(a, b.bytes, b.size);
	*size_out = b.size;
	return OK;
}
