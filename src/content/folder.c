/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "content/folder.h"

#include <stdlib.h>

/* Paths of content, and the one place that knows where it was installed. */

#ifndef TULGA_CONTENT_DIR
#define TULGA_CONTENT_DIR "/usr/share/tulga/content"
#endif

const char *
content_folder(const char *argument)
{
	const char *folder = argument;

	if (folder == NULL)
		folder = getenv("TULGA_CONTENT");
	return folder == NULL || folder[0] == '\0' ? TULGA_CONTENT_DIR : folder;
}

const char *
content_path(struct arena *a, const char *folder, const char *part,
    const char *name)
{
	return arena_print(a, "%s/%s/%s.yaml", folder, part, name);
}
