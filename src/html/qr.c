/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "html/qr.h"

#include "base/buffer.h"
#include "base/check.h"

#include <qrencode.h>
#include <string.h>

/* QR codes, drawn line by line. */

enum { QUIET = 4, MODULE_BLACK = 1, TEXT_MOST = 2200 };

/* One rectangle for each run of black in a line. */
static void
line_add(struct buffer *path, const QRcode *code, int y)
{
	const unsigned char *line = code->data + y * code->width;

	for (int x = 0; x < code->width; x++) {
		int from = x;

		while (x < code->width && (line[x] & MODULE_BLACK) != 0)
			x++;
		if (x > from)
			buffer_print(path, "M%d %dh%dv1h-%dz", from + QUIET,
			    y + QUIET, x - from, x - from);
	}
}

struct qr_code
qr_draw(struct arena *a, const char *text)
{
	AUTO_BUFFER struct buffer path = { 0 };
	QRcode *code;
	int size;

	check(strlen(text) <= TEXT_MOST);
	code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	check(code != NULL); /* short enough: else no memory */
	for (int y = 0; y < code->width; y++)
		line_add(&path, code, y);
	size = code->width + 2 * QUIET;
	QRcode_free(code);
	return (struct qr_code){ .size = size,
		.box = arena_print(a, "0 0 %d %d", size, size),
		.path = arena_copy(a, buffer_text(&path)) };
}
