/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include "content/fault.h"
#include "content/yaml.h"
#include "instrument/instrument.h"

#include <string.h>

/*
 * A small instrument for tests, of parts that a test may replace: two
 * dimensions, three items, a scale from 0 to 2, groups board and public.
 */
#define LABEL(mn, en) "{mn: \"" mn "\", en: \"" en "\"}\n"
#define SAMPLE_NAME "name: \"wells\"\nedition: \"2026-1\"\n"
#define SAMPLE_ABOUT \
	"unit: \"organisation\"\n" \
	"title: " LABEL("Худаг", "Wells") \
	"about: " LABEL("Худгийн тухай", "About wells") \
	"source: " LABEL("Өөрсдөө", "Ourselves") \
	"licence: " LABEL("Нээлттэй", "Open")
#define SAMPLE_SCALE_HEAD \
	"scale:\n" \
	"  min: 0\n" \
	"  max: 2\n" \
	"  step: 1\n" \
	"  direction: \"up\"\n" \
	"  tie: \"lower\"\n" \
	"  not_applicable: " LABEL("Хамаарахгүй", "Not our field") \
	"  dont_know: " LABEL("Мэдэхгүй", "I do not know") \
	"  levels:\n"
#define SAMPLE_SCALE SAMPLE_SCALE_HEAD \
	"    - value: 0\n      label: " LABEL("Үгүй", "No") \
	"    - value: 1\n      label: " LABEL("Дунд", "Partly") \
	"    - value: 2\n      label: " LABEL("Тийм", "Yes")
#define SAMPLE_CAP \
	"evidence_cap: {none: 0, stated: 1, documented: 1, published: 2," \
	" confirmed: 2}\n"
#define SAMPLE_GROUPS \
	"groups:\n" \
	"  - id: \"board\"\n    side: \"inside\"\n    label: " \
	LABEL("Зөвлөл", "Board") \
	"  - id: \"public\"\n    side: \"outside\"\n    label: " \
	LABEL("Олон нийт", "The public")
#define SAMPLE_TRACKS \
	"tracks:\n" \
	"  - id: \"short\"\n    label: " LABEL("Товч", "Short") \
	"    about: " LABEL("Цөөн", "Few") \
	"  - id: \"full\"\n    label: " LABEL("Бүрэн", "Full") \
	"    about: " LABEL("Бүгд", "All")
#define SAMPLE_LEVELS(indent) \
	indent "- " LABEL("Үгүй", "No") indent "- " LABEL("Дунд", "Partly") \
	indent "- " LABEL("Тийм", "Yes")
#define SAMPLE_ITEM(id, criteria, tracks) \
	"      - id: \"" id "\"\n" \
	"        criteria: [" criteria "]\n" \
	"        objectives: [\"safety\"]\n" \
	"        tracks: [" tracks "]\n" \
	"        minutes: 2\n" \
	"        question: " LABEL("Цэвэр үү?", "Is it clean?") \
	"        help: " LABEL("Бодоорой.", "Think.") \
	"        levels:\n" SAMPLE_LEVELS("          ") \
	"        example: " LABEL("Жишээ", "An example") \
	"        evidence:\n" \
	"          - " LABEL("Бүртгэл", "The register")
#define SAMPLE_PUBLIC \
	"        public: " LABEL("Цэвэр үү?", "Clean?") \
	"        public_levels:\n" SAMPLE_LEVELS("          ")
#define SAMPLE_DIMENSIONS \
	"dimensions:\n" \
	"  - id: \"1\"\n    principle: \"1\"\n    items:\n" \
	SAMPLE_ITEM("1.1", "\"care\"", "\"short\", \"full\"") SAMPLE_PUBLIC \
	SAMPLE_ITEM("1.2", "\"care\", \"money\"", "\"full\"") \
	"  - id: \"use\"\n    title: " LABEL("Хэрэглээ", "Use") \
	"    items:\n" \
	SAMPLE_ITEM("2.1", "\"money\"", "\"short\"")
#define SAMPLE_HEAD SAMPLE_NAME SAMPLE_ABOUT SAMPLE_SCALE SAMPLE_CAP \
	SAMPLE_GROUPS SAMPLE_TRACKS
#define SAMPLE SAMPLE_HEAD SAMPLE_DIMENSIONS

/* The words that the sample refers to. */
static inline struct instrument_words
sample_words(void)
{
	static struct term criteria[] = { { .id = "care" }, { .id = "money" } };
	static struct term objectives[] = { { .id = "safety" } };
	static struct term principles[] = { { .id = "1" } };
	static const struct vocabulary some[] = { { criteria, 2 },
		{ objectives, 1 }, { principles, 1 } };

	return (struct instrument_words){ &some[0], &some[1], &some[2] };
}

/* Reads a text as the edition wells-2026-1. */
static inline enum outcome
sample_read(struct arena *a, const char *text, struct content_faults *faults,
    struct instrument *instrument_out)
{
	const struct instrument_words words = sample_words();
	const struct yaml_node *root;
	enum outcome got = yaml_parse(a, "wells.yaml", text, strlen(text),
	    faults, &root);

	return got == OK ? instrument_read(a, root, "wells-2026-1", &words,
	    faults, instrument_out) : got;
}
