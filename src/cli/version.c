/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/cli.h"

#include "http/server.h"

#include <curl/curl.h>
#include <libpq-fe.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sysexits.h>

/* tulga version: the program's and its libraries' versions. */

int
cli_version(int argc, char **argv)
{
	const struct cli_option options[] = { { 0 } };
	int got;

	if (!cli_read(&argc, argv, "version",
		"Says which tulga this is and with which libraries it runs.",
		options, &got))
		return got;
	printf("tulga %s\n", TULGA_VERSION);
	printf("libmicrohttpd %s, SQLite %s, libpq %d, libsodium %s, %s\n",
	    server_library(), sqlite3_libversion(), PQlibVersion(),
	    sodium_version_string(), curl_version());
	return EX_OK;
}
