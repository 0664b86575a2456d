/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* AT_EMPTY_PATH */

#include "base/sandbox_part.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * The lists of system calls. Each kind is a sum of parts; what is in none is
 * refused with EPERM. Names that an architecture lacks are skipped by
 * libseccomp. Paths and ports are not visible here: they are Landlock's.
 */

/* Memory, time, signals and descriptors that one has already. */
static const int COMPUTE[] = {
	SCMP_SYS(brk), SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(close), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(fstat), SCMP_SYS(futex),
	SCMP_SYS(getegid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
	SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getrandom),
	SCMP_SYS(getrusage), SCMP_SYS(gettid), SCMP_SYS(gettimeofday),
	SCMP_SYS(getuid), SCMP_SYS(lseek), SCMP_SYS(madvise),
	SCMP_SYS(mremap), SCMP_SYS(munlock), SCMP_SYS(munmap),
	SCMP_SYS(nanosleep), SCMP_SYS(read), SCMP_SYS(readv),
	SCMP_SYS(restart_syscall), SCMP_SYS(rseq), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigtimedwait),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
	SCMP_SYS(set_robust_list), SCMP_SYS(sigaltstack), SCMP_SYS(sysinfo),
	SCMP_SYS(time), SCMP_SYS(uname), SCMP_SYS(write), SCMP_SYS(writev),
};

/* One file that is open already, and its way to the disk. */
static const int OPEN_FILE[] = {
	SCMP_SYS(fdatasync), SCMP_SYS(fsync), SCMP_SYS(pread64),
	SCMP_SYS(preadv),
};

/* Questions and answers over channels, and waiting for them. */
static const int MESSAGES[] = {
	SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait),
	SCMP_SYS(epoll_pwait2), SCMP_SYS(epoll_wait), SCMP_SYS(poll),
	SCMP_SYS(ppoll), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
};

/* Files by path, as far as Landlock lets. */
static const int READ_FILES[] = {
	SCMP_SYS(access), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3),
	SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(fadvise64),
	SCMP_SYS(fcntl), SCMP_SYS(fstatfs), SCMP_SYS(getcwd),
	SCMP_SYS(getdents64), SCMP_SYS(lstat), SCMP_SYS(newfstatat),
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(stat), SCMP_SYS(statfs),
	SCMP_SYS(statx),
};
static const int WRITE_FILES[] = {
	SCMP_SYS(fallocate), SCMP_SYS(fchmod), SCMP_SYS(fchown),
	SCMP_SYS(flock), SCMP_SYS(ftruncate), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(pwrite64), SCMP_SYS(pwritev),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
	SCMP_SYS(rmdir), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
};

/* Connections on a socket that listens already, or that may be made. */
static const int SERVE[] = {
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(eventfd2),
	SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(getsockopt),
	SCMP_SYS(memfd_create), SCMP_SYS(pipe2), SCMP_SYS(recvfrom),
	SCMP_SYS(sendfile), SCMP_SYS(sendto), SCMP_SYS(setsockopt),
	SCMP_SYS(shutdown), SCMP_SYS(timerfd_create),
	SCMP_SYS(timerfd_settime),
};

/* What libcurl and the C library's name look-up add. */
static const int MAIL[] = {
	SCMP_SYS(pselect6), SCMP_SYS(recvmmsg), SCMP_SYS(select),
	SCMP_SYS(sendmmsg),
};

/* Starting another program, and what the dynamic loader then does. */
static const int PROGRAM[] = {
	SCMP_SYS(arch_prctl), SCMP_SYS(chdir), SCMP_SYS(close_range),
	SCMP_SYS(execve), SCMP_SYS(mmap), SCMP_SYS(mprotect),
	SCMP_SYS(prlimit64), SCMP_SYS(set_tid_address), SCMP_SYS(umask),
};

/* Forking and watching children, and putting each into its own sandbox. */
static const int CHILDREN[] = {
	SCMP_SYS(clone), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(pipe2),
	SCMP_SYS(landlock_add_rule), SCMP_SYS(landlock_create_ruleset),
	SCMP_SYS(landlock_restrict_self), SCMP_SYS(memfd_create),
	SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_send_signal), SCMP_SYS(prctl),
	SCMP_SYS(seccomp), SCMP_SYS(setrlimit), SCMP_SYS(tgkill),
	SCMP_SYS(wait4), SCMP_SYS(waitid),
};

/* Nothing of ours ever calls these: whoever does is not us any more. */
static const int DEADLY[] = {
	SCMP_SYS(add_key), SCMP_SYS(bpf), SCMP_SYS(chroot),
	SCMP_SYS(delete_module), SCMP_SYS(execveat), SCMP_SYS(finit_module),
	SCMP_SYS(fsopen), SCMP_SYS(init_module), SCMP_SYS(io_uring_setup),
	SCMP_SYS(kexec_file_load), SCMP_SYS(kexec_load), SCMP_SYS(keyctl),
	SCMP_SYS(mount), SCMP_SYS(move_mount), SCMP_SYS(open_by_handle_at),
	SCMP_SYS(open_tree), SCMP_SYS(perf_event_open), SCMP_SYS(pivot_root),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(ptrace), SCMP_SYS(reboot), SCMP_SYS(request_key),
	SCMP_SYS(setns), SCMP_SYS(swapon), SCMP_SYS(umount2),
	SCMP_SYS(unshare), SCMP_SYS(userfaultfd),
};

enum { PARTS = 7 };

struct part {
	const int *calls;
	size_t count;
};

#define PART(calls) { (calls), sizeof(calls) / sizeof((calls)[0]) }

static const struct part KINDS[][PARTS] = {
	[SANDBOX_WEB] = { PART(COMPUTE), PART(OPEN_FILE), PART(MESSAGES),
	    PART(READ_FILES), PART(WRITE_FILES), PART(SERVE) },
	[SANDBOX_VAULT] = { PART(COMPUTE), PART(MESSAGES) },
	[SANDBOX_CLERK] = { PART(COMPUTE), PART(OPEN_FILE), PART(MESSAGES),
	    PART(READ_FILES), PART(WRITE_FILES), PART(SERVE), PART(MAIL) },
	[SANDBOX_RUNNER] = { PART(COMPUTE), PART(OPEN_FILE), PART(MESSAGES),
	    PART(READ_FILES), PART(WRITE_FILES), PART(PROGRAM),
	    PART(CHILDREN) },
	[SANDBOX_DERIVE] = { PART(COMPUTE) },
	[SANDBOX_PARSE] = { PART(COMPUTE), PART(OPEN_FILE) },
	[SANDBOX_PROGRAM] = { PART(COMPUTE), PART(OPEN_FILE), PART(MESSAGES),
	    PART(READ_FILES), PART(WRITE_FILES), PART(PROGRAM) },
};

/* The first error stays, so that rules read as a list. */
struct filter {
	scmp_filter_ctx context;
	int error;
};

static void
rule(struct filter *filter, uint32_t action, int call, unsigned count,
    const struct scmp_arg_cmp *arguments)
{
	if (filter->error == 0)
		filter->error = seccomp_rule_add_array(filter->context, action,
		    call, count, arguments);
}

static void
allow_part(struct filter *filter, const struct part *part)
{
	for (size_t i = 0; i < part->count; i++)
		rule(filter, SCMP_ACT_ALLOW, part->calls[i], 0, NULL);
}

/* Memory, but none that can be executed. */
static void
allow_memory(struct filter *filter)
{
	const struct scmp_arg_cmp plain =
	    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &plain);
	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &plain);
}

/* abort() signals its own process; no other may be signalled. */
static void
allow_abort(struct filter *filter)
{
	const struct scmp_arg_cmp self =
	    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &self);
}

/* What limits one has oneself; not to set any. */
static void
allow_limits(struct filter *filter)
{
	const struct scmp_arg_cmp look[] = {
		SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0),
	};

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, look);
}

static void
allow_sockets(struct filter *filter, int family, int type)
{
	const struct scmp_arg_cmp which[] = {
		SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family),
		SCMP_A1(SCMP_CMP_MASKED_EQ, 0xf, (scmp_datum_t)type),
	};

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, which);
}

static void
allow_connecting(struct filter *filter, enum sandbox_kind kind,
    const struct sandbox_paths *paths)
{
	bool ports = false;

	for (int i = 0; i < SANDBOX_PORTS; i++)
		ports = ports || paths->ports[i] != 0;
	if (paths->unix_connect)
		allow_sockets(filter, AF_UNIX, SOCK_STREAM);
	if (ports) {
		allow_sockets(filter, AF_INET, SOCK_STREAM);
		allow_sockets(filter, AF_INET6, SOCK_STREAM);
		if (kind == SANDBOX_CLERK) {
			allow_sockets(filter, AF_INET, SOCK_DGRAM);
			allow_sockets(filter, AF_INET6, SOCK_DGRAM);
		}
	}
	if (paths->unix_connect || ports)
		rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0, NULL);
}

/* libcurl looks names up in a thread, Pango its fonts; never a process. */
static void
allow_threads(struct filter *filter)
{
	const struct scmp_arg_cmp thread =
	    SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread);
}

/* libcurl's threads wake it over a pair of sockets. */
static void
allow_pairs(struct filter *filter)
{
	const struct scmp_arg_cmp local = SCMP_A0(SCMP_CMP_EQ, AF_UNIX);

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketpair), 1, &local);
}

/* How much there is to read, not to wait, to close on exec; no devices. */
static void
allow_ioctl(struct filter *filter)
{
	static const scmp_datum_t requests[] = { FIONREAD, FIONBIO, FIOCLEX,
	    FIONCLEX };

	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++) {
		const struct scmp_arg_cmp request =
		    SCMP_A1(SCMP_CMP_EQ, requests[i]);

		rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, &request);
	}
}

/* The C library's fstat; a path could be slipped in, but only looked at. */
static void
allow_fstat(struct filter *filter)
{
	const struct scmp_arg_cmp empty =
	    SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH);

	rule(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1, &empty);
}

static void
forbid(struct filter *filter, bool may_execute)
{
	const struct part deadly = PART(DEADLY);

	for (size_t i = 0; i < deadly.count; i++)
		rule(filter, SCMP_ACT_KILL_PROCESS, deadly.calls[i], 0, NULL);
	if (!may_execute)
		rule(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(execve), 0, NULL);
	/* the C library then falls back to clone, whose flags can be read */
	rule(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0, NULL);
}

static void
fill(struct filter *filter, enum sandbox_kind kind,
    const struct sandbox_paths *paths)
{
	bool executes = kind == SANDBOX_RUNNER || kind == SANDBOX_PROGRAM;

	for (size_t i = 0; i < PARTS; i++)
		allow_part(filter, &KINDS[kind][i]);
	forbid(filter, executes);
	if (!executes) {
		allow_memory(filter);
		allow_limits(filter);
	}
	if (kind != SANDBOX_RUNNER)
		allow_abort(filter);
	if (kind == SANDBOX_WEB || kind == SANDBOX_CLERK)
		allow_connecting(filter, kind, paths);
	if (executes || kind == SANDBOX_WEB || kind == SANDBOX_CLERK)
		allow_ioctl(filter);
	else
		allow_fstat(filter);
	if (kind == SANDBOX_CLERK)
		allow_pairs(filter);
	if (kind == SANDBOX_CLERK || kind == SANDBOX_PROGRAM)
		allow_threads(filter);
}

enum outcome
sandbox_seccomp_enter(enum sandbox_kind kind, const struct sandbox_paths *paths)
{
	struct filter filter = {
		.context = seccomp_init(SCMP_ACT_ERRNO(EPERM)),
	};

	if (filter.context == NULL) {
		log_error("cannot make a seccomp filter");
		return FAILED;
	}
	/* a tree instead of a list: each call costs a few comparisons */
	filter.error = seccomp_attr_set(filter.context,
	    SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (filter.error == 0)
		filter.error = seccomp_attr_set(filter.context,
		    SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
	fill(&filter, kind, paths);
	if (filter.error == 0)
		filter.error = seccomp_load(filter.context);
	seccomp_release(filter.context);
	if (filter.error != 0)
		log_error("cannot enter the seccomp filter: %s",
		    strerror(-filter.error));
	return filter.error == 0 ? OK : FAILED;
}
