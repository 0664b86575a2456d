/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/list.h"

/*
 * Search keys. People write one name in many ways: Өвөрхангай, Єверхангай,
 * Оворхангай, Övörkhangai, Uvurkhangai, Ovorhangai; Баян-Овоо, Баян Овоо,
 * Баяновоо. fold_search turns all of them into one key; the key of what is
 * stored is stored too, and a question is folded the same way.
 *
 * The text is first written in Latin letters (latin.h), then:
 *
 *	spaces, hyphens, quotes		nothing
 *	о ө у ү, o u ö ü		o
 *	е ё э, e ye yo			e
 *	и й ы ь, i y			i
 *	ю, yu and я, ya			io and ia
 *	х, kh h x			h
 *	ц тс, ts c			c
 *	ж дж, j zh dj dzh		j
 *	з дз, z dz			z
 *	ч ш щ, ch sh			ch sh
 *	в, v w; к, k q			v; k
 *	the same vowel twice		once
 *	other letters, digits		as latin.h writes them
 *
 * The price: names that differ only within a class meet (сум and сом, бор and
 * бүүр, ёс and эс). A list of results shows the real names, so a reader sees
 * which is which. A key is for finding; it is never shown, nor folded again.
 */
const char *fold_search(struct arena *a, const char *text);

struct trigram_list LIST_OF(const char *);

/*
 * The distinct runs of three letters of a key, sorted by bytes, for an index;
 * empty when it has fewer than three: a prefix of the key finds those.
 */
struct trigram_list fold_trigrams(struct arena *a, const char *folded);
