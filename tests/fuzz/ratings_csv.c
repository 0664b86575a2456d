/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "base/check.h"
#include "instrument/ratings_csv.h"
#include "instrument/sample.h"

/*
 * Any bytes as a table of ratings: faults, or tallies whose figures exist and
 * stay within the scale.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void
check_tally(const struct scale *scale, const struct tally *tally)
{
	struct decimal mean = score_mean(tally);
	struct decimal agreement = score_agreement(scale, tally);
	int64_t counted = 0;

	for (size_t i = 0; i < TALLY_LEVELS; i++)
		counted += tally->levels[i];
	check(counted == tally->n);
	check(mean.known == (tally->n > 0));
	check(!mean.known || (mean.hundredths >= scale->min * 100 &&
	    mean.hundredths <= scale->max * 100));
	check(agreement.known == (tally->n > 1));
	check(agreement.hundredths >= 0 && agreement.hundredths <= 10000);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	AUTO_ARENA struct arena a;
	struct content_faults faults;
	struct instrument wells;
	struct score_sheet sheet;

	arena_init(&a, ARENA_LIMIT);
	content_faults_init(&faults, &a);
	check(sample_read(&a, SAMPLE, &faults, &wells) == OK);
	if (ratings_csv_read(&a, "fuzz", (const char *)bytes, size, &wells,
	    &faults, &sheet) != OK) {
		check(content_faults_total(&faults) > 0);
		return 0;
	}
	LIST_EACH(item, &wells.items)
		check_tally(&wells.scale,
		    score_sheet_tally(&sheet, item, NULL));
	return 0;
}
