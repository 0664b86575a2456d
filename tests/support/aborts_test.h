/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * True when `mistake`, run in a child, ends in check()'s abort. What the child
 * says goes nowhere.
 */
static inline bool
aborts(void (*mistake)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

		dup2(nowhere, STDERR_FILENO);
		mistake();
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child &&
	    WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
