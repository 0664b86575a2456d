/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/media.h"

#include "base/check.h"

#include <stdint.h>
#include <string.h>

/*
 * The type of any file. Both ends of the sample are the whole input, so that
 * an archive's directory is within reach. What is accepted is on the list.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static int opened;
	struct media_sample sample = { bytes, size, bytes, size };
	char type[INSPECT_TYPE];

	if (!opened) {
		check(media_open() == OK);
		opened = 1;
	}
	media_type(&sample, type);
	check(memchr(type, '\0', sizeof(type)) != NULL);
	if (media_is_accepted(&sample, type))
		check(strcmp(type, "text/html") != 0 &&
		    strcmp(type, "image/svg+xml") != 0 &&
		    strcmp(type, "application/zip") != 0);
	return 0;
}
