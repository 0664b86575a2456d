/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "charter/charter.h"
#include "instrument/sample.h"

#include <stdint.h>

/*
 * Any YAML as an instrument and as the charter: refused with faults that can
 * be shown, or with everything that the pages count on.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_label(struct label label)
{
	for (int l = 0; l < LANGUAGES; l++)
		check(label.text[l] != NULL && label.text[l][0] != '\0');
}

static void
check_instrument(const struct instrument *instrument)
{
	check(instrument->scale.min < instrument->scale.max);
	check_label(instrument->title);
	check(instrument->dimensions.count > 0);
	LIST_EACH(dimension, &instrument->dimensions) {
		check(dimension->items.count > 0);
		LIST_EACH(item, &dimension->items)
			check_label(item->question);
	}
}

static void
check_charter(const struct charter *charter)
{
	check(charter->principles.count > 0);
	LIST_EACH(principle, &charter->principles)
		check_label(principle->title);
}

static void
check_faults(struct arena *a, const struct content_faults *faults)
{
	check(content_faults_total(faults) > 0);
	for (size_t i = 0; i < faults->count; i++)
		check(content_fault_show(a, LANGUAGE_MN,
		    &faults->items[i])[0] != '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct instrument_words words = sample_words();
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	const struct yaml_node *root;
	struct instrument instrument;
	struct charter charter;

	arena_init(&a, 4 * ARENA_LIMIT);
	content_faults_init(&faults, &a);
	if (yaml_parse(&a, "fuzz", (const char *)bytes, size, &faults,
		&root) != OK)
		return 0;
	if (instrument_read(&a, root, "wells-2026-1", &words, &faults,
		&instrument) == OK)
		check_instrument(&instrument);
	else
		check_faults(&a, &faults);
	content_faults_init(&faults, &a);
	if (charter_read(&a, root, "2026-1", &faults, &charter) == OK)
		check_charter(&charter);
	else
		check_faults(&a, &faults);
	return 0;
}
