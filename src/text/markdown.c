/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/markdown.h"

#include "base/check.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

/* cmark parses and writes; between the two, images give way to their words. */

enum { OPTIONS = CMARK_OPT_SAFE };

/* The image's children take its place. */
static void
image_replace(cmark_node *image)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(image)) != NULL)
		check(cmark_node_insert_before(image, child));
	cmark_node_free(image);
}

/* An iterator allows the node that it is leaving to be changed. */
static void
images_replace(cmark_node *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event == CMARK_EVENT_EXIT &&
		    cmark_node_get_type(node) == CMARK_NODE_IMAGE)
			image_replace(node);
	}
	cmark_iter_free(iter);
}

const char *
markdown_html(struct arena *a, const char *text)
{
	cmark_node *document = cmark_parse_document(text, strlen(text),
	    OPTIONS);
	const char *copy;
	char *html;

	images_replace(document);
	html = cmark_render_html(document, OPTIONS);
	copy = arena_copy(a, html);
	free(html);
	cmark_node_free(document);
	return copy;
}
