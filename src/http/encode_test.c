/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/encode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
test_the_best_coding_that_the_reader_allows_is_chosen(void **state)
{
	static const struct {
		const char *header;
		enum coding coding;
	} cases[] = {
		{ NULL, CODING_NONE }, { "", CODING_NONE },
		{ "gzip", CODING_GZIP }, { "br", CODING_BROTLI },
		{ "gzip, deflate, br, zstd", CODING_BROTLI },
		{ "GZip", CODING_GZIP }, { "gzip;q=1.0", CODING_GZIP },
		{ "gzip ; q=0.5", CODING_GZIP },
		{ "br;q=0.001", CODING_BROTLI },
		{ "br;q=0, gzip", CODING_GZIP },
		{ "br;q=0.000,gzip;q=0", CODING_NONE },
		{ "br; q=0 , gzip", CODING_GZIP }, { "br;q= 0", CODING_NONE },
		{ "deflate, identity", CODING_NONE }, { "*", CODING_NONE },
		{ "x-gzip", CODING_NONE }, { "gzipped", CODING_NONE },
		{ "brotli", CODING_NONE }, { ", ,gzip", CODING_GZIP },
		{ "\tgzip", CODING_NONE },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(cases[i].coding,
		    encode_accept(cases[i].header));
}

static void
test_gzip_comes_back_as_it_was(void **state)
{
	static char text[20000], back[sizeof(text) + 1];
	AUTO_BUFFER struct buffer packed = { 0 };
	z_stream z = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = "The hearing began. "[i % 19];
	for (int keep = 0; keep <= 1; keep++) {
		buffer_clear(&packed);
		assert_true(encode_bytes(CODING_GZIP, keep, text, sizeof(text),
		    &packed));
		assert_true(packed.size < sizeof(text) / 10);
		memset(&z, 0, sizeof(z));
		assert_int_equal(Z_OK, inflateInit2(&z, MAX_WBITS + 16));
		z.next_in = (Bytef *)packed.bytes;
		z.avail_in = (uInt)packed.size;
		z.next_out = (Bytef *)back;
		z.avail_out = sizeof(back);
		assert_int_equal(Z_STREAM_END, inflate(&z, Z_FINISH));
		assert_int_equal(sizeof(text), z.total_out);
		assert_memory_equal(text, back, sizeof(text));
		inflateEnd(&z);
	}
}

static void
test_what_gains_nothing_is_sent_plain(void **state)
{
	AUTO_BUFFER struct buffer packed = { 0 };
	char noise[4096];
	uint32_t x = 1;

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++) {
		x = x * 1664525 + 1013904223;
		noise[i] = (char)(x >> 24);
	}
	for (enum coding c = CODING_NONE; c <= CODING_BROTLI; c++) {
		buffer_clear(&packed);
		assert_false(encode_bytes(c, true, noise, sizeof(noise),
		    &packed));
		buffer_clear(&packed);
		assert_false(encode_bytes(c, true, "well", 4, &packed));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    test_the_best_coding_that_the_reader_allows_is_chosen),
		cmocka_unit_test(test_gzip_comes_back_as_it_was),
		cmocka_unit_test(test_what_gains_nothing_is_sent_plain),
	};

	return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
