/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "http/asset.h"

#include "base/check.h"

#include <microhttpd.h>
#include <stdint.h>
#include <string.h>

/* One ready response per asset and coding; a dozen, found by walking. */

enum { ASSETS_MOST = 32 };

static struct MHD_Response *responses[ASSETS_MOST][3];

const struct asset *
asset_find(const char *name)
{
	for (size_t i = 0; i < asset_count; i++)
		if (strcmp(assets[i].name, name) == 0)
			return &assets[i];
	check_failed("the asset is compiled in", name, 0);
}

const char *
asset_url(const char *name)
{
	return asset_find(name)->url;
}

static struct MHD_Response *
response_make(const struct asset *asset, enum coding coding)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    asset->form[coding].size,
	    (void *)(uintptr_t)asset->form[coding].bytes,
	    MHD_RESPMEM_PERSISTENT);

	check(response != NULL);
	MHD_add_response_header(response, "Content-Type", asset->type);
	MHD_add_response_header(response, "Cache-Control",
	    "public, max-age=31536000, immutable");
	MHD_add_response_header(response, "Vary", "Accept-Encoding");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(response, "Content-Security-Policy",
	    "default-src 'none'; style-src 'unsafe-inline'");
	MHD_add_response_header(response, "Cross-Origin-Resource-Policy",
	    "same-origin");
	if (coding != CODING_NONE)
		MHD_add_response_header(response, "Content-Encoding",
		    encode_name(coding));
	return response;
}

void
asset_open(void)
{
	check(asset_count <= ASSETS_MOST);
	for (size_t i = 0; i < asset_count; i++)
		for (int c = CODING_NONE; c <= CODING_BROTLI; c++)
			if (assets[i].form[c].bytes != NULL)
				responses[i][c] =
				    response_make(&assets[i], (enum coding)c);
}

void
asset_close(void)
{
	for (size_t i = 0; i < asset_count; i++)
		for (int c = CODING_NONE; c <= CODING_BROTLI; c++)
			if (responses[i][c] != NULL)
				MHD_destroy_response(responses[i][c]);
	memset(responses, 0, sizeof(responses));
}

struct MHD_Response *
asset_response(const char *url, enum coding coding)
{
	for (size_t i = 0; i < asset_count; i++) {
		if (strcmp(assets[i].url, url) != 0)
			continue;
		return responses[i][coding] != NULL ? responses[i][coding]
						    : responses[i][CODING_NONE];
	}
	return NULL;
}
