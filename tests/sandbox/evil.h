/* SPDX-License-Identifier: AGPL-3.0-or-later */
#pragma once

#include <sys/types.h>

/*
 * What an attacker who runs code in one of our processes would try; for the
 * tests alone, never linked into tulga. Each answers EVIL_DONE when it had its
 * way and EVIL_REFUSED when the system said no, or does not come back.
 */
enum { EVIL_DONE = 10, EVIL_REFUSED = 11 };

struct evil {
	const char *folder;	/* the data folder */
	const char *elsewhere;	/* a writable folder that is not ours */
	pid_t victim;		/* another process of the same user */
};

int evil_read_elsewhere(const struct evil *evil);
int evil_write_elsewhere(const struct evil *evil);
int evil_read_passwd(const struct evil *evil);
int evil_make(const struct evil *evil);
int evil_remove(const struct evil *evil);
int evil_move_out(const struct evil *evil);
int evil_link(const struct evil *evil);
int evil_make_socket(const struct evil *evil);
int evil_tcp(const struct evil *evil);
int evil_udp(const struct evil *evil);
int evil_unix(const struct evil *evil);
int evil_packet(const struct evil *evil);
int evil_netlink(const struct evil *evil);
int evil_connect(const struct evil *evil);
int evil_bind(const struct evil *evil);
int evil_exec(const struct evil *evil);
int evil_exec_own(const struct evil *evil);
int evil_exec_open(const struct evil *evil);
int evil_trace(const struct evil *evil);
int evil_peek(const struct evil *evil);
int evil_kill(const struct evil *evil);
int evil_kill_thread(const struct evil *evil);
int evil_kill_descriptor(const struct evil *evil);
int evil_steal(const struct evil *evil);
int evil_fork(const struct evil *evil);
int evil_vfork(const struct evil *evil);
int evil_clone3(const struct evil *evil);
int evil_map_code(const struct evil *evil);
int evil_turn_code(const struct evil *evil);
int evil_mount(const struct evil *evil);
int evil_unshare(const struct evil *evil);
int evil_module(const struct evil *evil);
int evil_bpf(const struct evil *evil);
int evil_chroot(const struct evil *evil);
int evil_uring(const struct evil *evil);
int evil_keyring(const struct evil *evil);
int evil_clock(const struct evil *evil);
int evil_mode(const struct evil *evil);
int evil_user(const struct evil *evil);
int evil_terminal(const struct evil *evil);
int evil_device(const struct evil *evil);

/*
 * Opened before the sandbox is entered, as an attacker might find them: a TCP
 * socket, and a program.
 */
void evil_prepare(void);
