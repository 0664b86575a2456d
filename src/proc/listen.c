/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define _GNU_SOURCE 1 /* SOCK_NONBLOCK */

#include "proc/listen.h"

#include "base/check.h"
#include "base/log.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * With SO_REUSEPORT a second server of the same user could share our port
 * without anybody noticing. So the address is first bound once without it,
 * which fails if anyone listens there.
 */

enum { BACKLOG = 1024 };

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static enum outcome
parse_host(const char *host, uint16_t port, union address *address_out)
{
	union address address = { 0 };
	char bare[INET6_ADDRSTRLEN];
	size_t size = strlen(host);

	if (strcmp(host, "localhost") == 0)
		host = "127.0.0.1";
	if (inet_pton(AF_INET, host, &address.four.sin_addr) == 1) {
		address.four.sin_family = AF_INET;
		address.four.sin_port = htons(port);
		*address_out = address;
		return OK;
	}
	if (host[0] == '[' && host[size - 1] == ']' &&
	    size - 2 < sizeof(bare)) {
		snprintf(bare, sizeof(bare), "%.*s", (int)size - 2, host + 1);
		host = bare;
	}
	if (inet_pton(AF_INET6, host, &address.six.sin6_addr) != 1)
		return INVALID;
	address.six.sin6_family = AF_INET6;
	address.six.sin6_port = htons(port);
	*address_out = address;
	return OK;
}

static enum outcome
outcome_of_bind(int error)
{
	switch (error) {
	case EADDRINUSE:
		return CONFLICT;
	case EACCES:
	case EPERM:
		return FORBIDDEN;
	case EADDRNOTAVAIL:
	case EAFNOSUPPORT:
		return NOT_FOUND;
	default:
		return FAILED;
	}
}

static void
log_refused(const char *host, uint16_t port, enum outcome why, int error)
{
	switch (why) {
	case CONFLICT:
		log_error("port %u of \"%s\" is taken by another program:"
		    " stop it or choose another port", (unsigned)port, host);
		break;
	case FORBIDDEN:
		log_error("port %u needs root: choose a port above 1023 and"
		    " let a proxy listen on it", (unsigned)port);
		break;
	case NOT_FOUND:
		log_error("this machine has no address \"%s\"", host);
		break;
	default:
		log_error("cannot listen on port %u of \"%s\": %s",
		    (unsigned)port, host, strerror(error));
	}
}

/* A bound socket, or -1 with errno. */
static int
bind_one(const union address *address, bool shared)
{
	bool six = address->any.sa_family == AF_INET6;
	socklen_t size = six ? sizeof(address->six) : sizeof(address->four);
	int fd, on = 1, off = 0, error;

	fd = socket(address->any.sa_family,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
	    (!shared || setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on,
	    sizeof(on)) == 0) &&
	    (!six || setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off,
	    sizeof(off)) == 0) &&
	    bind(fd, &address->any, size) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/*
 * Fails if anybody else is there, and learns a free port when it is 0. Two
 * sockets that do not listen may share an address, so this one listens.
 */
static enum outcome
probe(union address *address)
{
	int fd = bind_one(address, false);
	enum outcome got = OK;

	if (fd < 0)
		return outcome_of_bind(errno);
	if (listen(fd, 1) != 0)
		got = outcome_of_bind(errno);
	else if (address->any.sa_family == AF_INET6)
		address->six.sin6_port = htons(listen_port(fd));
	else
		address->four.sin_port = htons(listen_port(fd));
	close(fd);
	return got;
}

static enum outcome
open_all(const union address *address, int fds_out[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int fd = bind_one(address, true);

		if (fd >= 0 && listen(fd, BACKLOG) == 0) {
			fds_out[i] = fd;
			continue;
		}
		if (fd >= 0)
			close(fd);
		listen_close(fds_out, i);
		return outcome_of_bind(errno);
	}
	return OK;
}

enum outcome
listen_open(const char *host, uint16_t port, int fds_out[], size_t count)
{
	union address address;
	enum outcome got;

	if (host[0] == '\0' || parse_host(host, port, &address) != OK) {
		log_error("\"%s\" is no address to listen on: write an IPv4 or"
		    " IPv6 address or \"localhost\"", host);
		return INVALID;
	}
	got = probe(&address);
	if (got == OK)
		got = open_all(&address, fds_out, count);
	if (got != OK)
		log_refused(host, port, got, errno);
	return got;
}

void
listen_close(const int fds[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
}

uint16_t
listen_port(int fd)
{
	union address address = { 0 };
	socklen_t size = sizeof(address);

	check(getsockname(fd, &address.any, &size) == 0);
	return ntohs(address.any.sa_family == AF_INET6 ?
	    address.six.sin6_port : address.four.sin_port);
}
