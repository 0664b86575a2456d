/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "cli/import.h"

#include "base/buffer.h"
#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

/* tulga import: what it can read, and reading a file whole. */

enum { PIECE = 64 * 1024 };

int
import_file_read(const char *path, size_t most, struct buffer *out)
{
	static const char mark[] = "\xef\xbb\xbf";
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = 1;

	if (fd < 0) {
		fprintf(stderr, "tulga: can't open \"%s\": %s\n", path,
		    strerror(errno));
		return EX_NOINPUT;
	}
	while (size > 0 && out->size <= most) {
		buffer_reserve(out, PIECE);
		size = read(fd, out->bytes + out->size, PIECE);
		if (size > 0)
			out->size += (size_t)size;
	}
	if (size < 0 || out->size > most) {
		fprintf(stderr, "tulga: can't read \"%s\": %s\n", path,
		    size < 0 ? strerror(errno) : "it is too large");
		return size < 0 ? EX_IOERR : EX_DATAERR;
	}
	buffer_add_byte(out, '\0');
	out->size--;
	if (out->size >= 3 && memcmp(out->bytes, mark, 3) == 0) {
		memmove(out->bytes, out->bytes + 3, out->size - 2);
		out->size -= 3;
	}
	return EX_OK;
}

int
cli_import(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "organisations") == 0)
		return cli_import_organisations(argc - 1, argv + 1);
	if (strcmp(what, "charter") == 0)
		return cli_import_charter(argc - 1, argv + 1);
	fprintf(strcmp(what, "--help") == 0 ? stdout : stderr,
	    "usage: tulga import organisations FILE.csv [OPTIONS]\n"
	    "       tulga import charter FILE.md [OPTIONS]\n\n"
	    "`tulga import organisations --help` and `tulga import charter "
	    "--help` say more.\n");
	return strcmp(what, "--help") == 0 ? EX_OK : EX_USAGE;
}
