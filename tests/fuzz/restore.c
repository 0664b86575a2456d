/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backup/backup.h"

#include "base/check.h"

#include <ftw.h>
#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Any bytes as a backup: refused with an empty folder, or unpacked, and then
 * into no place but those that a data folder has. An input is the archive
 * before gzip, which the fuzzer can't write; a packed one is read as well.
 */

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static size_t root_size;
static int found;

static int
look_at(const char *path, const struct stat *about, int kind,
    struct FTW *where)
{
	static const char *const ours[] = { "/db", "/evidence", "/pdf",
		"/secrets" };
	bool fine = where->level == 0;

	(void)kind;
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		fine = fine || strncmp(path + root_size, ours[i],
		    strlen(ours[i])) == 0;
	check(fine);
	check(S_ISREG(about->st_mode) || S_ISDIR(about->st_mode));
	check((about->st_mode & 077) == 0);
	found += where->level > 0;
	return 0;
}

static int
remove_one(const char *path, const struct stat *about, int kind,
    struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	/* In memory where that is possible: much is synced. */
	char folder[32], file[64];
	int fd = memfd_create("backup", 0);
	enum outcome got;

	check(sodium_init() >= 0);
	check(fd >= 0 && write(fd, bytes, size) == (ssize_t)size);
	snprintf(folder, sizeof(folder), "%s/restore-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	check(mkdtemp(folder) != NULL);
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	got = backup_restore(file, folder, NULL, NULL);
	close(fd);
	root_size = strlen(folder);
	found = 0;
	nftw(folder, look_at, 8, FTW_PHYS);
	check(got == OK ? found > 0 : found == 0);
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return 0;
}
