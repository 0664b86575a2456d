/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* nearly all of it */

#include "../tests/sandbox/evil.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/pidfd.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

/* The deeds of the negative test. No cleverness: one call each. */

static int open_socket = -1, open_program = -1;

static int
told(bool done)
{
	return done ? EVIL_DONE : EVIL_REFUSED;
}

void
evil_prepare(void)
{
	open_socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	open_program = open("/bin/sh", O_RDONLY | O_CLOEXEC);
}

static const char *
in(const char *folder, const char *name)
{
	static char path[2][128];
	static int which;

	which ^= 1;
	snprintf(path[which], sizeof(path[which]), "%s/%s", folder, name);
	return path[which];
}

int
evil_read_elsewhere(const struct evil *evil)
{
	return told(open(evil->elsewhere, O_RDONLY | O_DIRECTORY) >= 0);
}

int
evil_write_elsewhere(const struct evil *evil)
{
	return told(open(in(evil->elsewhere, "budget"), O_WRONLY | O_CREAT,
	    0600) >= 0);
}

int
evil_read_passwd(const struct evil *evil)
{
	(void)evil;
	return told(open("/etc/passwd", O_RDONLY) >= 0);
}

int
evil_make(const struct evil *evil)
{
	return told(open(in(evil->folder, "well"), O_RDWR | O_CREAT,
	    0600) >= 0);
}

int
evil_remove(const struct evil *evil)
{
	(void)evil_make(evil);
	return told(unlink(in(evil->folder, "well")) == 0);
}

int
evil_move_out(const struct evil *evil)
{
	(void)evil_make(evil);
	return told(rename(in(evil->folder, "well"),
	    in(evil->elsewhere, "well")) == 0);
}

int
evil_link(const struct evil *evil)
{
	const char *link = in(evil->folder, "link");

	unlink(link);
	return told(symlink("/etc/passwd", link) == 0);
}

int
evil_make_socket(const struct evil *evil)
{
	const char *path = in(evil->folder, "socket");

	unlink(path);
	return told(mknod(path, S_IFSOCK | 0600, 0) == 0);
}

static int
open_kind(int family, int type)
{
	return told(socket(family, type, 0) >= 0);
}

int
evil_tcp(const struct evil *evil)
{
	(void)evil;
	return open_kind(AF_INET, SOCK_STREAM);
}

int
evil_udp(const struct evil *evil)
{
	(void)evil;
	return open_kind(AF_INET6, SOCK_DGRAM);
}

int
evil_unix(const struct evil *evil)
{
	(void)evil;
	return open_kind(AF_UNIX, SOCK_STREAM);
}

int
evil_packet(const struct evil *evil)
{
	(void)evil;
	return open_kind(AF_PACKET, SOCK_RAW);
}

int
evil_netlink(const struct evil *evil)
{
	(void)evil;
	return open_kind(AF_NETLINK, SOCK_RAW);
}

/* That nobody listens there is an answer too: it was let out. */
int
evil_connect(const struct evil *evil)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
	    .sin_port = htons(1), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	(void)evil;
	return told(connect(open_socket, (const struct sockaddr *)&to,
	    sizeof(to)) == 0 || errno == ECONNREFUSED);
}

int
evil_bind(const struct evil *evil)
{
	const struct sockaddr_in at = { .sin_family = AF_INET,
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	(void)evil;
	return told(bind(open_socket, (const struct sockaddr *)&at,
	    sizeof(at)) == 0);
}

int
evil_exec(const struct evil *evil)
{
	(void)evil;
	execl("/bin/sh", "sh", "-c", "exit 10", (char *)NULL);
	return EVIL_REFUSED;
}

/* A program that an attacker has written into a folder. */
int
evil_exec_own(const struct evil *evil)
{
	const char *path = in(evil->folder, "program");
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0700);

	if (fd >= 0) {
		(void)!write(fd, "#!/bin/sh\nexit 10\n", 18);
		(void)fchmod(fd, 0700);
		close(fd);
	}
	execl(path, "program", (char *)NULL);
	return EVIL_REFUSED;
}

int
evil_exec_open(const struct evil *evil)
{
	char *const arguments[] = { (char *)"sh", (char *)"-c",
	    (char *)"exit 10", NULL };
	char *const environment[] = { NULL };

	(void)evil;
	syscall(SYS_execveat, open_program, "", arguments, environment,
	    AT_EMPTY_PATH);
	return EVIL_REFUSED;
}

int
evil_trace(const struct evil *evil)
{
	return told(ptrace(PTRACE_ATTACH, evil->victim, NULL, NULL) == 0);
}

int
evil_peek(const struct evil *evil)
{
	char byte;
	struct iovec mine = { &byte, 1 }, theirs = { &byte, 1 };

	return told(process_vm_readv(evil->victim, &mine, 1, &theirs, 1,
	    0) == 1);
}

/* Signal 0: only whether it would be allowed. */
int
evil_kill(const struct evil *evil)
{
	return told(kill(evil->victim, 0) == 0);
}

int
evil_kill_thread(const struct evil *evil)
{
	return told(tgkill(evil->victim, evil->victim, 0) == 0);
}

int
evil_kill_descriptor(const struct evil *evil)
{
	int fd = pidfd_open(evil->victim, 0);

	return told(fd >= 0 && pidfd_send_signal(fd, 0, NULL, 0) == 0);
}

int
evil_steal(const struct evil *evil)
{
	int fd = pidfd_open(evil->victim, 0);

	return told(fd >= 0 && pidfd_getfd(fd, 0, 0) >= 0);
}

static int
forked(long pid)
{
	if (pid == 0)
		_exit(0);
	return told(pid > 0);
}

int
evil_fork(const struct evil *evil)
{
	(void)evil;
	return forked(fork());
}

int
evil_vfork(const struct evil *evil)
{
	(void)evil;
	return forked(syscall(SYS_clone, (long)SIGCHLD, 0L, 0L, 0L, 0L));
}

int
evil_clone3(const struct evil *evil)
{
	struct clone_args arguments = { .exit_signal = SIGCHLD };

	(void)evil;
	return forked(syscall(SYS_clone3, &arguments, sizeof(arguments)));
}

int
evil_map_code(const struct evil *evil)
{
	(void)evil;
	return told(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

int
evil_turn_code(const struct evil *evil)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)evil;
	return told(page != MAP_FAILED &&
	    mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
}

int
evil_mount(const struct evil *evil)
{
	return told(mount("none", evil->folder, "tmpfs", 0, NULL) == 0);
}

int
evil_unshare(const struct evil *evil)
{
	(void)evil;
	return told(unshare(CLONE_NEWUSER) == 0);
}

int
evil_module(const struct evil *evil)
{
	(void)evil;
	return told(syscall(SYS_finit_module, open_program, "", 0) == 0);
}

int
evil_bpf(const struct evil *evil)
{
	uint64_t none[8] = { 0 };

	(void)evil;
	return told(syscall(SYS_bpf, 0, none, sizeof(none)) >= 0);
}

int
evil_chroot(const struct evil *evil)
{
	return told(chroot(evil->folder) == 0);
}

int
evil_uring(const struct evil *evil)
{
	struct io_uring_params parameters = { 0 };

	(void)evil;
	return told(syscall(SYS_io_uring_setup, 2, &parameters) >= 0);
}

int
evil_keyring(const struct evil *evil)
{
	(void)evil;
	return told(syscall(SYS_keyctl, 0, -3, 1) >= 0);
}

int
evil_clock(const struct evil *evil)
{
	struct timeval now;

	(void)evil;
	gettimeofday(&now, NULL);
	return told(settimeofday(&now, NULL) == 0);
}

int
evil_mode(const struct evil *evil)
{
	return told(chmod(evil->folder, 0755) == 0);
}

int
evil_user(const struct evil *evil)
{
	(void)evil;
	return told(setresuid(65534, 65534, 65534) == 0);
}

int
evil_terminal(const struct evil *evil)
{
	char byte = '\n';

	(void)evil;
	return told(ioctl(STDIN_FILENO, TIOCSTI, &byte) == 0 ||
	    errno == ENOTTY);
}

int
evil_device(const struct evil *evil)
{
	return told(mknod(in(evil->folder, "disk"), S_IFBLK | 0600, 0) == 0);
}
