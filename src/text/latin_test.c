/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/latin.h"

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int
arena_up(void **state)
{
	(void)state;
	arena_init(&arena, ARENA_LIMIT);
	return 0;
}

static int
arena_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static void
test_names_are_written_in_plain_latin_letters(void **state)
{
	static const struct {
		const char *text, *latin;
	} cases[] = {
		{ "", "" },
		{ " – «» ", "" },
		{ "Өвөрхангай", "ovorkhangai" },
		{ "ГОВЬ-АЛТАЙ", "govi-altai" },
		{ "Баян Өлгий, Ёл", "bayan-olgii-yol" },
		{ "Ерөө Цэцэг Чулуу Шар Жил Юм", "yeroo-tsetseg-chuluu-shar-"
		    "jil-yum" },
		{ "харъяа ъ", "kharyaa" },
		{ "Єндєр Їзэмчин ѳ", "ondor-uzemchin-o" },
		{ "Қазақ әңгі ұғым һ", "kazak-angi-ugym-h" },
		{ "Övörkhangai — Töv", "ovorkhangai-tov" },
		{ "Gov' ʹAltay's", "gov-altays" },
		{ "Š č ž ḋ", "sh-ch-j-d" },
		{ "Е\u0308с и\u0306", "yos-i" },
		{ "№7, ２０２６, ٣", "no7-2026-3" },
		{ "  Water & wells  ", "water-wells" },
		/* other scripts stay */
		{ "ᠲᠤᠯᠭ᠎ᠠ Тулга", "ᠲᠤᠯᠭᠠ-tulga" },
		{ "한 水", "한-水" },
		{ "\xff", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(latin_show(&arena, cases[i].text),
		    cases[i].latin);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_written_in_plain_latin_letters),
	};

	return cmocka_run_group_tests_name("latin", tests, arena_up,
	    arena_down);
}
