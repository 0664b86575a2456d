/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "publish/publish.h"

#include "base/time.h"
#include "content/folder.h"
#include "library/library.h"
#include "publish/publish_templates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <sodium.h>
#include <zlib.h>

/* The report document: canonical, complete, and no more than was chosen. */

static const int64_t OCTOBER = 1791946800;	/* 2026-10-14 11:00 in Ulaanbaatar */

struct sample {
	struct arena arena;
	struct tally_rows tallies;
	struct analysis_agreed_list agreed;
	struct weight_list weights;
	struct assessment run, previous;
	struct analysis analysis;
	struct publish_input input;
};

static void
survey_answer(struct sample *s, const struct instrument *instrument,
    size_t item)
{
	struct tally_row *row = LIST_ADD(&s->arena, &s->tallies);

	row->source = "survey";
	row->respondents = "public";
	row->item = instrument->items.items[item].id;
	for (int i = 0; i < 12; i++)
		tally_add(&row->tally, &instrument->scale,
		    (struct rating){ RATING_VALUE, (int)(item + i) % 4 });
}

static void
rater_answers(struct sample *s, const struct instrument *instrument,
    size_t item)
{
	struct tally_row *row = LIST_ADD(&s->arena, &s->tallies);

	row->source = "rater";
	row->respondents = "staff";
	row->item = instrument->items.items[item].id;
	for (int i = 0; i < 8; i++)
		tally_add(&row->tally, &instrument->scale,
		    (struct rating){ RATING_VALUE, 2 + (int)(item + i) % 3 });
}

static void
sample_scores(struct sample *s, const struct instrument *instrument)
{
	struct analysis_input input = { .instrument = instrument,
		.track = "full", .groups = "staff public",
		.tallies = &s->tallies, .agreed = &s->agreed,
		.weights = &s->weights };

	for (size_t i = 0; i < instrument->items.count; i++) {
		rater_answers(s, instrument, i);
		if (instrument->items.items[i].is_public)
			survey_answer(s, instrument, i);
		*LIST_ADD(&s->arena, &s->agreed) = (struct analysis_agreed){
			instrument->items.items[i].id,
			{ instrument->items.items[i].dimension == 6
			    ? RATING_NOT_APPLICABLE : RATING_VALUE,
			    (int)(2 + i % 3) } };
	}
	*LIST_ADD(&s->arena, &s->weights) = (struct weight){ "governance", 3 };
	s->analysis = analysis_make(&s->arena, &input);
}

static void
sample_plan(struct sample *s)
{
	struct publish_indicator *indicator;

	*LIST_ADD(&s->arena, &s->input.findings) = (struct finding){ .id = 7,
		.kind = "strength", .principle = "3", .item = "",
		.body = "Төсөв, санхүүжилтийн эх үүсвэр гурван жил дараалан "
		    "нийтлэгдсэн.", .reply = "" };
	*LIST_ADD(&s->arena, &s->input.findings) = (struct finding){ .id = 9,
		.kind = "disagreement", .principle = "3", .item = "3.2",
		.body = "Мэдээлэл суманд хүрэхгүй байна.",
		.reply = "We post it at the well from now on." };
	*LIST_ADD(&s->arena, &s->input.actions) = (struct action){ .id = 4,
		.finding = 9, .kind = "activity",
		.title = "Сумын самбарт улирлын тайлан байршуулах",
		.owner = "гүйцэтгэх захирал", .due = 20800,
		.first_due = 20700, .moved_because = "The hearing was late.",
		.cost = 450000, .state = "under-way",
		.progress = "Two of seven soums." };
	indicator = LIST_ADD(&s->arena, &s->input.indicators);
	indicator->indicator = (struct indicator){ .id = 1, .action = 4,
		.title = "Soums with a board", .unit = "soums",
		.baseline = 0, .target = 700, .target_day = 20800 };
	*LIST_ADD(&s->arena, &indicator->measurements) =
	    (struct measurement){ .day = 20650, .value = 250, .note = "" };
}

static int
setup(void **state)
{
	struct sample *s = calloc(1, sizeof(*s));

	arena_init(&s->arena, ARENA_LIMIT);
	sample_scores(s, library_instrument(LIBRARY_INSTRUMENT,
	    LIBRARY_EDITION));
	s->run = (struct assessment){ .number = 3,
		.instrument = LIBRARY_INSTRUMENT, .edition = LIBRARY_EDITION,
		.track = "full", .objectives = "transparency",
		.scope = "Архангай дахь бүх ажил", .period_from = 20454,
		.period_to = 20723, .next_due = 21100 };
	s->previous = s->run;
	s->previous.number = 2;
	s->previous.period_to = 20088;
	s->input = (struct publish_input){ .slug = "tsagaan-gol",
		.name = { { "“Цагаан гол” ТББ", "Tsagaan Gol NGO" } },
		.bichig = "ᠴᠠᠭᠠᠨ ᠭᠣᠣᠯ", .place = { { "Архангай",
		"Arkhangai" } }, .people = 11, .signed_day = 19784,
		.signed_until = 20514, .run = &s->run,
		.previous = &s->previous, .analysis = &s->analysis,
		.objectives = &library()->objectives,
		.criteria = &library()->criteria,
		.charter = &library()->charter, .raters = 8,
		.responses = 120, .evidence = 64, .questions = 40,
		.invited = "Through bagh meetings and a poster",
		.detail = "full", .revision = 1, .reason = "",
		.published = OCTOBER };
	sample_plan(s);
	*state = s;
	return 0;
}

static int
teardown(void **state)
{
	struct sample *s = *state;

	arena_done(&s->arena);
	free(s);
	return 0;
}

static const char *
document(struct sample *s, const char *detail)
{
	const char *text;

	s->input.detail = detail;
	assert_int_equal(OK, publish_document(&s->arena, &s->input, &text));
	return text;
}

static void
test_the_document_is_canonical(void **state)
{
	struct sample *s = *state;
	uint8_t hash[PUBLISH_HASH];
	const char *text = document(s, "full");

	publish_hash(text, hash);
	assert_int_equal(OK, publish_check(text, hash));
	/* Sorted, no blanks, Cyrillic as it is. */
	assert_int_equal(0, strncmp(text, "{\"actions\":[{\"cost\":450000,"
	    "\"due\":\"", 32));
	assert_null(strstr(text, "\": "));
	assert_non_null(strstr(text, "Мэдээлэл суманд"));
	assert_null(strstr(text, "null"));
	assert_null(strstr(text, "\\u"));
}

static void
test_the_same_run_gives_the_same_bytes(void **state)
{
	struct sample *s = *state;

	assert_string_equal(document(s, "full"), document(s, "full"));
}

static void
test_a_changed_document_is_found(void **state)
{
	struct sample *s = *state;
	uint8_t hash[PUBLISH_HASH];
	const char *text = document(s, "full");
	char *other = arena_copy(&s->arena, text);

	publish_hash(text, hash);
	strstr(other, "450000")[0] = '9';
	assert_int_equal(INVALID, publish_check(other, hash));
	/* The right hash of a text that is not canonical. */
	other = arena_print(&s->arena, " %s", text);
	publish_hash(other, hash);
	assert_int_equal(INVALID, publish_check(other, hash));
}

static void
test_the_document_comes_back_as_it_went(void **state)
{
	struct sample *s = *state;
	struct report_view view;

	assert_int_equal(OK, publish_parse(&s->arena, LANGUAGE_MN,
	    document(s, "full"), &view));
	assert_string_equal("tsagaan-gol", view.slug);
	assert_string_equal("Tsagaan Gol NGO",
	    view.organisation.text[LANGUAGE_EN]);
	assert_int_equal(OCTOBER, view.published);
	assert_int_equal(3, view.number);
	assert_int_equal(2026, view.year);
	assert_int_equal(2, view.previous);
	assert_int_equal(2024, view.previous_year);
	assert_int_equal(20454, view.period_from);
	assert_int_equal(19784, view.signed_day);
	assert_int_equal(9, view.principles.count);
	assert_int_equal(s->analysis.principles.items[2].figures.self.
	    hundredths, view.principles.items[2].self.hundredths);
	assert_int_equal(2, view.columns.count);
	assert_int_equal(1, view.strengths.count);
	assert_int_equal(0, view.weaknesses.count);
	assert_string_equal("3.2", view.disagreements.items[0].item);
	assert_string_equal("Мэдээлэл суманд хүрэхгүй байна.",
	    view.actions.items[0].finding);
	assert_int_equal(20700, view.actions.items[0].first_due);
	assert_int_equal(700, view.actions.items[0].indicators.items[0].
	    target.hundredths);
	assert_int_equal(250, view.actions.items[0].indicators.items[0].
	    last.value.hundredths);
	assert_int_equal(0, view.omitted.count);
	assert_int_equal(4, view.criteria.count);
}

static void
test_what_does_not_apply_is_a_gap_in_the_picture(void **state)
{
	struct sample *s = *state;
	struct report_view view;

	assert_int_equal(OK, publish_parse(&s->arena, LANGUAGE_EN,
	    document(s, "full"), &view));
	assert_true(view.principles.items[6].not_applicable);
	assert_false(view.principles.items[6].self.known);
	assert_null(view.radar.self.polygon);
	assert_non_null(view.radar.self.path);
}

/* What is left out is nowhere in the document, not only hidden. */
static void
test_levels_hold_no_score(void **state)
{
	struct sample *s = *state;
	const char *text = document(s, "levels");
	struct report_view view;

	for (const char *at = text; (at = strstr(at, "\"self\":")) != NULL;
	    at++)
		assert_true(at[7] >= '0' && at[7] <= '4' && at[8] < '0');
	assert_null(strstr(text, "\"items\":"));
	assert_null(strstr(text, "\"groups\":"));
	assert_null(strstr(text, "\"agreement\":"));
	assert_null(strstr(text, "\"gap\":"));
	assert_null(strstr(text, "\"weighted\":"));
	assert_int_equal(OK, publish_parse(&s->arena, LANGUAGE_EN, text,
	    &view));
	assert_true(view.levels);
	assert_int_equal(4, view.omitted.count);
	assert_int_equal(0, view.principles.items[0].self.hundredths % 100);
	assert_true(view.principles.items[0].self_level.text[LANGUAGE_EN][0]
	    != '\0');
	assert_true(view.has_radar);
}

static void
test_findings_alone_hold_no_level(void **state)
{
	struct sample *s = *state;
	const char *text = document(s, "findings");
	struct report_view view;

	assert_null(strstr(text, "\"principles\":["));
	assert_null(strstr(text, "\"self\":"));
	assert_int_equal(OK, publish_parse(&s->arena, LANGUAGE_EN, text,
	    &view));
	assert_int_equal(0, view.principles.count);
	assert_false(view.has_radar);
	assert_int_equal(1, view.actions.count);
	assert_int_equal(5, view.omitted.count);
}

static void
test_control_characters_are_refused(void **state)
{
	static const char *const bad[] = { "bell \a", "return \r\n",
		"delete \x7f", "not UTF-8 \xff", "surrogate \xed\xa0\x80" };
	struct sample *s = *state;
	const char *text;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		s->input.findings.items[0].body = bad[i];
		assert_int_equal(INVALID, publish_document(&s->arena,
		    &s->input, &text));
	}
	s->input.findings.items[0].body = "lines\nand\ttabs \"quoted\" \\";
	assert_int_equal(OK, publish_document(&s->arena, &s->input, &text));
	assert_non_null(strstr(text, "lines\\nand\\ttabs \\\"quoted\\\" \\\\"));
}

static void
test_the_json_file_proves_its_hash(void **state)
{
	struct sample *s = *state;
	const char *text = document(s, "full"), *file;
	uint8_t hash[PUBLISH_HASH];
	char hex[2 * PUBLISH_HASH + 1];
	json_t *root;
	char *again;

	assert_int_equal(OK, publish_json(&s->arena, text, &file));
	root = json_loads(file, 0, NULL);
	assert_string_equal("initiative",
	    json_string_value(json_object_get(root, "instrument")));
	assert_string_equal("2026-10-14T03:00:00Z",
	    json_string_value(json_object_get(root, "published")));
	publish_hash(text, hash);
	assert_string_equal(sodium_bin2hex(hex, sizeof(hex), hash,
	    sizeof(hash)), json_string_value(json_object_get(root, "hash")));
	json_object_del(root, "hash");
	again = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text, again);
	free(again);
	json_decref(root);
}

static void
test_the_csv_file_leaves_small_cells_empty(void **state)
{
	struct sample *s = *state;
	const char *csv;
	size_t size;

	s->analysis.items.items[0].figures.agreement.known = false;
	s->analysis.items.items[0].figures.spread.known = false;
	assert_int_equal(OK, publish_csv(&s->arena, document(s, "full"),
	    &csv, &size));
	assert_int_equal(0, strncmp(csv, "id,principle,agreed,raters_mean,"
	    "spread,agreement,n,stakeholder_mean,stakeholder_n\r\n"
	    "1.1,1,2,", 85));
	assert_non_null(strstr(csv, "1.1,1,2,2.88,\"\",\"\",8,1.50,12\r\n"));
	assert_non_null(strstr(csv, "7.1,7,NA,\"\",\"\",\"\",\"\",\"\",\"\"\r\n"));
	assert_int_equal(OK, publish_csv(&s->arena, document(s, "findings"),
	    &csv, &size));
	assert_int_equal('\n', csv[size - 1]);
	assert_null(memchr(csv, '\n', size - 1));
}

static void
test_what_is_no_report_is_refused(void **state)
{
	static const char *const bad[] = { "", "{", "[]", "7", "{}",
		"{\"format\":2}", "{\"format\":1}",
		"{\"format\":1,\"scale\":{\"least\":4,\"most\":0}}",
		"{\"format\":1,\"format\":1,\"scale\":{\"most\":4}}" };
	struct sample *s = *state;
	struct report_view view;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(INVALID, publish_parse(&s->arena,
		    LANGUAGE_MN, bad[i], &view));
	assert_int_equal(OK, publish_parse(&s->arena, LANGUAGE_MN,
	    "{\"format\":1,\"scale\":{\"most\":4},\"findings\":7,"
	    "\"principles\":[1,{\"self\":[]}]}", &view));
}

/* --- The page ------------------------------------------------------------ */

static const char *
page_of(struct sample *s, struct page *page, const char *detail)
{
	struct report_view view;

	assert_int_equal(OK, publish_parse(&s->arena, page->language,
	    document(s, detail), &view));
	view.hash = "b1946ac92492d2347c6235b4d2611184"
	    "c5b0a3e1f8a0ad7bd1c54ca1f2be1a90";
	view.newest = true;
	render_report(page, &view);
	return buffer_text(&page->out);
}

static void
test_the_page_weighs_less_than_14_kilobytes(void **state)
{
	static unsigned char packed[256 * 1024];
	struct sample *s = *state;
	uLongf size = sizeof(packed);
	AUTO_PAGE struct page page;
	const char *html;

	page_init(&page, &s->arena, LANGUAGE_MN);
	page.style_url = "/assets/style-0123456789ab.css";
	page.script_url = "/assets/tulga-0123456789ab.js";
	html = page_of(s, &page, "full");
	assert_int_equal(Z_OK, compress2(packed, &size,
	    (const unsigned char *)html, strlen(html), 6));
	assert_true(size < 14 * 1024);
}

static void
test_the_page_names_what_is_left_out(void **state)
{
	struct sample *s = *state;
	AUTO_PAGE struct page page;
	const char *html;

	page_init(&page, &s->arena, LANGUAGE_EN);
	html = page_of(s, &page, "findings");
	assert_non_null(strstr(html, "levels by principle"));
	assert_null(strstr(html, "t-radar"));
	assert_non_null(strstr(html, "Two of seven soums."));
}

static int
content(void **state)
{
	(void)state;
	return library_open(content_folder(NULL)) == OK ? 0 : -1;
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_the_document_is_canonical),
		TEST(test_the_same_run_gives_the_same_bytes),
		TEST(test_a_changed_document_is_found),
		TEST(test_the_document_comes_back_as_it_went),
		TEST(test_what_does_not_apply_is_a_gap_in_the_picture),
		TEST(test_levels_hold_no_score),
		TEST(test_findings_alone_hold_no_level),
		TEST(test_control_characters_are_refused),
		TEST(test_the_json_file_proves_its_hash),
		TEST(test_the_csv_file_leaves_small_cells_empty),
		TEST(test_what_is_no_report_is_refused),
		TEST(test_the_page_weighs_less_than_14_kilobytes),
		TEST(test_the_page_names_what_is_left_out),
	};

	return cmocka_run_group_tests_name("publish", tests, content, NULL);
}
