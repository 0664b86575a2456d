/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "base/arena.h"

/*
 * Where the files of content are: `argument` (--content DIR) unless NULL, else
 * the environment's TULGA_CONTENT, else the folder the program was built for.
 */
const char *content_folder(const char *argument);

/* FOLDER/part/name.yaml, in `a`. */
const char *content_path(struct arena *a, const char *folder, const char *part,
    const char *name);
