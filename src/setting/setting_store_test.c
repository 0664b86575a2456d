/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "setting/setting_store.h"

#include "store_test.h"

struct change {
	struct store_test *test;
	const char *name, *value;
};

static enum outcome
change_write(struct tx *tx, void *arg)
{
	const struct change *c = arg;

	return setting_change(tx, &c->test->arena, c->name, c->value);
}

static void
change(struct store_test *t, const char *name, const char *value)
{
	struct change c = { t, name, value };

	assert_outcome(OK, store_write(t, change_write, &c));
}

static void
test_a_new_installation_has_empty_settings(void **state)
{
	struct store_test *t = *state;
	struct settings settings;

	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal("", settings.address);
	assert_string_equal("", settings.title_mn);
	assert_string_equal("", settings.title_en);
	assert_false(settings.demo);
}

static void
test_each_setting_is_found_under_its_name(void **state)
{
	struct store_test *t = *state;
	struct settings settings;

	change(t, "site.address", "https://tulga.example");
	change(t, "coalition.title.mn", "Хариуцлагатай нийгэм");
	change(t, "coalition.title.en", "Accountable together");
	change(t, "demo", "1");
	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal("https://tulga.example", settings.address);
	assert_string_equal("Хариуцлагатай нийгэм", settings.title_mn);
	assert_string_equal("Accountable together", settings.title_en);
	assert_true(settings.demo);
}

static void
test_a_changed_setting_has_one_value(void **state)
{
	struct store_test *t = *state;
	struct settings settings;

	change(t, "site.address", "https://old.example");
	change(t, "site.address", "https://new.example");
	change(t, "demo", "1");
	change(t, "demo", "0");
	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal("https://new.example", settings.address);
	assert_false(settings.demo);
	assert_int_equal(2, store_int(t,
	    "SELECT count(*) FROM setting WHERE name <> $1", db_text("")));
}

static void
test_a_setting_of_a_later_version_is_passed_over(void **state)
{
	struct store_test *t = *state;
	struct settings settings;

	change(t, "site.colour", "blue");
	assert_outcome(OK, settings_find(t->db, &t->arena, &settings));
	assert_string_equal("", settings.address);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		store_unit_test(test_a_new_installation_has_empty_settings),
		store_unit_test(test_each_setting_is_found_under_its_name),
		store_unit_test(test_a_changed_setting_has_one_value),
		store_unit_test(
		    test_a_setting_of_a_later_version_is_passed_over),
	};

	return store_tests_run("setting_store", tests);
}
