/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "instrument/instrument.h"

/*
 * Parts of reading an edition, for instrument.c only: each fills its part of
 * the instrument from the file's root and adds faults.
 */

/* Everything but dimensions and items. */
void instrument_read_head(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults);

/* Dimensions and items; after the head, whose tracks they name. */
void instrument_read_items(struct arena *a, const struct yaml_node *root,
    struct instrument *instrument, struct content_faults *faults);
