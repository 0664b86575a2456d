/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "runner/job.h"

#include "base/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/*
 * The child that becomes an outside program: fixed arguments, an environment
 * of its own, no network, no fork, and of the file system only the system's
 * read-only folders and one temporary folder. Its messages may repeat a text
 * of ours, so they are not kept.
 */

static const char *const PROGRAMS[][8] = {
	[PROGRAM_PDF] = { "/usr/bin/python3", "-I", "-B",
	    "/usr/bin/weasyprint", "--quiet", "-", "-", NULL },
};

struct sandbox_paths
job_program_paths(const char *temporary)
{
	return (struct sandbox_paths){
		.data = { temporary, "/dev/null" },
		.readable = { "/usr", "/lib", "/lib64", "/bin", "/etc/fonts",
		    "/etc/ld.so.cache", "/var/cache/fontconfig" },
	};
}

static enum outcome
silence_errors(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null < 0 || dup2(null, STDERR_FILENO) < 0) {
		log_errno("cannot open \"/dev/null\"");
		return FAILED;
	}
	close(null);
	return OK;
}

enum outcome
job_program(enum runner_program program, const char *temporary)
{
	const struct sandbox_paths paths = job_program_paths(temporary);
	char home[64], folder[64];
	const char *environment[] = { home, folder, "PATH=/usr/bin",
	    "LANG=C.UTF-8", NULL };

	snprintf(home, sizeof(home), "HOME=%s", temporary);
	snprintf(folder, sizeof(folder), "TMPDIR=%s", temporary);
	if (sandbox_enter(SANDBOX_PROGRAM, &paths) != OK ||
	    silence_errors() != OK)
		return FAILED;
	if (chdir(temporary) != 0)
		return FAILED;
	execve(PROGRAMS[program][0], (char *const *)PROGRAMS[program],
	    (char *const *)environment);
	return FAILED;
}
