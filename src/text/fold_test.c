/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/fold.h"

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

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Spellings of one name; a row ends with NULL. */
static const char *const families[][12] = {
	/* the capital and the 21 aimags */
	{ "Улаанбаатар", "Ulaanbaatar", "Улаан-Баатар", "Ulanbatar",
	    "УЛААНБААТАР" },
	{ "Дорнод", "Dornod" },
	{ "Сүхбаатар", "Sükhbaatar", "Sukhbaatar", "Suhbaatar", "Сухбаатар",
	    "Sühbaatar" },
	{ "Хэнтий", "Khentii", "Hentiy", "Hentii", "Khentiy", "ХЭНТИЙ" },
	{ "Төв", "Töv", "Tov", "Tuv", "Тєв", "Тув" },
	{ "Говьсүмбэр", "Govisümber", "Govi-Sumber", "Говь-Сүмбэр" },
	{ "Сэлэнгэ", "Selenge" },
	{ "Дорноговь", "Dornogovi", "Dornogowi" },
	{ "Дархан-Уул", "Darkhan-Uul", "Darhan Uul", "Дархануул" },
	{ "Өмнөговь", "Ömnögovi", "Umnugovi", "Omnogovi", "Умнуговь",
	    "Ємнєговь" },
	{ "Дундговь", "Dundgovi", "Dund-Govi" },
	{ "Орхон", "Orkhon", "Orhon" },
	{ "Өвөрхангай", "Övörkhangai", "Uvurkhangai", "Ovorkhangai",
	    "Ovorhangai", "Övörhangay", "Оворхангай", "Євєрхангай",
	    "Uwurhangai" },
	{ "Булган", "Bulgan" },
	{ "Баянхонгор", "Bayankhongor", "Bayanhongor", "Баян-Хонгор",
	    "Baianxongor" },
	{ "Архангай", "Arkhangai", "Arhangay" },
	{ "Хөвсгөл", "Khövsgöl", "Hövsgöl", "Huvsgul", "Khuvsgul",
	    "Hovsgol" },
	{ "Завхан", "Zavkhan", "Dzavhan", "Zavhan", "Zawkhan" },
	{ "Говь-Алтай", "Govi-Altai", "Govi-Altay", "говь алтай",
	    "Говьалтай" },
	{ "Баян-Өлгий", "Bayan-Ölgii", "Bayan-Ölgiy", "Bayan Ulgii",
	    "Баян-Їлгий" },
	{ "Ховд", "Khovd", "Hovd" },
	{ "Увс", "Uvs", "Uws" },
	/* one row for each class */
	{ "Баян-Овоо", "Баян Овоо", "Баяновоо", "«Баян» Овоо", "Bayan-Ovoo",
	    "BAYANOVOO", "Baian Ovo" },
	{ "Цэцэрлэг", "Tsetserleg", "Cecerleg" },
	{ "Жаргалант", "Jargalant", "Zhargalant", "Dzhargalant",
	    "Djargalant" },
	{ "Зүүн", "Dzüün", "Zuun" },
	{ "Чойбалсан", "Choibalsan", "Choybalsan" },
	{ "Шарын гол", "Шарынгол", "Sharyn Gol", "Sharin Gol" },
	{ "Хоёр", "Khoyor", "Hoyor", "Хоер", "Khoyer" },
	{ "Ерөө", "Yöröö", "Yeröö", "Yeruu", "Eroo", "Эрөө" },
	{ "Аюурзана", "Ayuurzana", "Ayurzana" },
	{ "Заяа", "Zayaa", "Zaya", "Zaia" },
	{ "Авьяас", "Aviyas", "Авъяас" },
	{ "Далай-Өлзий", "Далайөлзий", "Dalai Ulzii", "Dalay-Olzii" },
	{ "Бат-Сүмбэр", "Батсүмбэр", "Batsumber", "Bat Sumber", "Bacumber" },
	{ "Мөнхсайхан", "Munkhsaikhan", "Munhsaihan", "Monkhsaikhan" },
	{ "9-р хороо, 2026", "9р хороо 2026", "9R KHOROO 2026" },
};

static void
test_all_spellings_of_a_name_fold_to_one_key(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(families); i++) {
		const char *key = fold_search(&arena, families[i][0]);

		for (size_t s = 1; families[i][s] != NULL; s++)
			assert_string_equal(fold_search(&arena,
			    families[i][s]), key);
	}
}

static void
test_different_names_keep_different_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(families); i++)
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(
			    fold_search(&arena, families[i][0]),
			    fold_search(&arena, families[k][0]));
}

static void
test_keys_are_as_the_table_of_classes_says(void **state)
{
	static const struct {
		const char *text, *key;
	} cases[] = {
		{ "", "" },
		{ " - ", "" },
		{ "Өвөрхангай", "ovorhangai" },
		{ "Дархан-Уул", "darhanol" },
		{ "Цэцэг Жил Чулуу Шар", "cecegjilcholoshar" },
		{ "ё ю я й ы ь", "eioiai" },
		{ "Ц ТС ТС", "ccc" },
		{ "123 456", "123456" },
		{ "худаг-2", "hodag2" },
		{ "ᠲᠤᠯᠭ᠎ᠠ", "ᠲᠤᠯᠭᠠ" },
		/* the price: these meet */
		{ "сум", "som" },
		{ "сом", "som" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(fold_search(&arena, cases[i].text),
		    cases[i].key);
}

static void
assert_trigrams(const char *folded, const char *const *expected, size_t count)
{
	struct trigram_list list = fold_trigrams(&arena, folded);

	assert_int_equal(list.count, count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(list.items[i], expected[i]);
}

static void
test_trigrams_are_distinct_and_sorted(void **state)
{
	static const char *const uvs[] = { "ovs" };
	static const char *const repeated[] = { "ana", "ban", "nan" };
	static const char *const bichig[] = { "ᠤᠯᠭ", "ᠯᠭᠠ", "ᠲᠤᠯ" };

	(void)state;
	assert_trigrams("ovs", uvs, COUNT(uvs));
	assert_trigrams("bananan", repeated, COUNT(repeated));
	assert_trigrams("ᠲᠤᠯᠭᠠ", bichig, COUNT(bichig));
}

static void
test_a_key_of_two_letters_has_no_trigram(void **state)
{
	(void)state;
	assert_int_equal(fold_trigrams(&arena, "").count, 0);
	assert_int_equal(fold_trigrams(&arena, "a").count, 0);
	assert_int_equal(fold_trigrams(&arena, "ol").count, 0);
	assert_int_equal(fold_trigrams(&arena, "ᠲᠤ").count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_spellings_of_a_name_fold_to_one_key),
		cmocka_unit_test(test_different_names_keep_different_keys),
		cmocka_unit_test(test_keys_are_as_the_table_of_classes_says),
		cmocka_unit_test(test_trigrams_are_distinct_and_sorted),
		cmocka_unit_test(test_a_key_of_two_letters_has_no_trigram),
	};

	return cmocka_run_group_tests_name("fold", tests, arena_up, arena_down);
}
