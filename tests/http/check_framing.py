# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests that two readers could take apart in two ways are refused."""

from site_client import Connection

HOST = b"Host: a\r\n"
POST = b"POST /en/hearings HTTP/1.1\r\n" + HOST
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"

REFUSED = {
    "both framings": POST + b"Content-Length: 5\r\n" + CHUNKED +
        b"\r\n0\r\n\r\n",
    "both, the other way": POST + CHUNKED + b"Content-Length: 5\r\n\r\n"
        b"0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n"
        b"name=a",
    "the same length twice": POST + b"Content-Length: 5\r\n" * 2 +
        b"\r\nname=",
    "a list of lengths": POST + b"Content-Length: 5, 5\r\n\r\nname=",
    "a blank before the colon": POST + b"Content-Length : 5\r\n\r\nname=",
    "a tab before the colon": POST + b"Content-Length\t: 5\r\n\r\nname=",
    "a length with a sign": POST + b"Content-Length: +5\r\n\r\nname=",
    "a negative length": POST + b"Content-Length: -5\r\n\r\nname=",
    "a length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\nname=",
    "a length with a fraction": POST + b"Content-Length: 5.0\r\n\r\nname=",
    "an empty length": POST + b"Content-Length: \r\n\r\nname=",
    "a huge length": POST + b"Content-Length: 99999999999999999999\r\n\r\n",
    "a length beyond 15 digits": POST + b"Content-Length: " + b"0" * 15 +
        b"5\r\n\r\nname=",
    "gzip as coding": POST + b"Transfer-Encoding: gzip\r\n\r\n",
    "identity as coding": POST + b"Transfer-Encoding: identity\r\n\r\n",
    "two codings": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": POST + CHUNKED * 2 + b"\r\n0\r\n\r\n",
    "a parameter of chunked": POST + b"Transfer-Encoding: chunked;a=b\r\n\r\n"
        b"0\r\n\r\n",
    "a coding with a vertical tab": POST + b"Transfer-Encoding: \x0bchunked"
        b"\r\n\r\n0\r\n\r\n",
    "a coding in HTTP/1.0": b"POST /en/hearings HTTP/1.0\r\n" + CHUNKED +
        b"\r\n0\r\n\r\n",
    "two hosts": b"GET /en/wells HTTP/1.1\r\n" + HOST + b"Host: b\r\n\r\n",
    "the same host twice": b"GET /en/wells HTTP/1.1\r\n" + HOST * 2 + b"\r\n",
    "no host": b"GET /en/wells HTTP/1.1\r\n\r\n",
    "an empty host": b"GET /en/wells HTTP/1.1\r\nHost:\r\n\r\n",
    "a host longer than any": b"GET /en/wells HTTP/1.1\r\nHost: a:" +
        b"1" * 300 + b"\r\n\r\n",
    "a host with a quote": b"GET /en/wells HTTP/1.1\r\nHost: a\"b\r\n\r\n",
    "HTTP/0.9": b"GET /en/wells\r\n\r\n",
    "HTTP/2.0": b"GET /en/wells HTTP/2.0\r\n" + HOST + b"\r\n",
    "HTTP/1.2": b"GET /en/wells HTTP/1.2\r\n" + HOST + b"\r\n",
    "no HTTP": b"GET /en/wells WELL/1.1\r\n" + HOST + b"\r\n",
    "a name with a blank": b"GET /en/wells HTTP/1.1\r\n" + HOST +
        b"Well depth: 5\r\n\r\n",
    "a name with NUL": b"GET /en/wells HTTP/1.1\r\n" + HOST +
        b"We\0ll: 5\r\n\r\n",
    "a name beyond ASCII": b"GET /en/wells HTTP/1.1\r\n" + HOST +
        b"W\xc3\xb6ll: 5\r\n\r\n",
    "a name in brackets": b"GET /en/wells HTTP/1.1\r\n" + HOST +
        b"(Well): 5\r\n\r\n",
    "no colon": b"GET /en/wells HTTP/1.1\r\n" + HOST + b"Well\r\n\r\n",
    "a length that goes on": POST + FORM + b"Content-Length:\r\n 14\r\n\r\n"
        b"name=Fold+well",
    "a length of two lines": POST + FORM + b"Content-Length: 1\r\n\t4\r\n\r\n"
        b"name=Fold+well",
    "a coding that goes on": POST + FORM + b"Transfer-Encoding:\r\n chunked"
        b"\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a second host that goes on": b"GET /en/wells HTTP/1.1\r\n" + HOST +
        b"Host:\r\n b\r\n\r\n",
    "a first line that goes on": b"GET /en/wells HTTP/1.1\r\n"
        b" Well: 5\r\n" + HOST + b"\r\n",
}

# What the library decides alone, before we see it: one request all the same.
TAKEN = {
    "a bare LF": b"GET /en/wells HTTP/1.1\nHost: a\n\n",
    "a value with NUL": b"GET /en/wells HTTP/1.1\r\nWell: 5\0 6\r\n" + HOST +
        b"\r\n",
    "a line that goes on": b"GET /en/wells HTTP/1.1\r\nWell: 5\r\n 6\r\n" +
        HOST + b"\r\n",
    "NUL in the address": b"GET /en/echo/a\0b HTTP/1.1\r\n" + HOST + b"\r\n",
    "lines before the first": b"\r\n\r\nGET /en/wells HTTP/1.1\r\n" + HOST +
        b"\r\n",
    "a fragment": b"GET /en/echo/a#b HTTP/1.1\r\n" + HOST + b"\r\n",
    "a whole address": b"GET http://a/en/wells HTTP/1.1\r\n" + HOST + b"\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
}

# The body turns out to be wrong only after the headers were taken.
BROKEN = {
    "a chunk size that is no number": b"zz\r\nname=\r\n0\r\n\r\n",
    "a negative chunk": b"-5\r\nname=\r\n0\r\n\r\n",
    "a chunk beyond 64 bits": b"fffffffffffffffff\r\nname=\r\n",
    "a chunk longer than it says": b"2\r\nname=\r\n0\r\n\r\n",
}


def refused(server, name, raw):
    """400 or, where the library does not even answer, nothing; then the end."""
    with Connection(server) as c:
        c.send(raw)
        reply = c.reply()
        assert reply is None or reply.status in (400, 413, 505), \
            (name, reply.status)
        while c.receive():      # the library's own 400 says its head twice
            pass                # and whoever stays open runs into WAIT


def test_ambiguous_requests_are_refused_and_end_the_connection(server):
    for name, raw in REFUSED.items():
        refused(server, name, raw)


def test_nothing_behind_an_ambiguous_request_is_read(server):
    for name, raw in REFUSED.items():
        with Connection(server) as c:
            c.send(raw + b"POST /en/hearings HTTP/1.1\r\nHost: a\r\n" + FORM +
                   b"Content-Length: 13\r\n\r\nname=Smuggled")
            while c.receive():
                pass
    assert server.wells("name = 'Smuggled'") == []


def test_what_the_library_takes_leaves_the_connection_in_step(server):
    for name, raw in TAKEN.items():
        with Connection(server) as c:
            c.send(raw + b"GET /en/echo/next HTTP/1.1\r\nHost: a\r\n\r\n")
            reply = c.reply()
            assert reply.status in (200, 303, 404), (name, reply.status)
            assert c.reply().text == "next", name


def test_a_line_without_a_name_ends_the_headers_in_this_library(server):
    """Not as it should be: see http/framing.h on what a proxy must drop."""
    with Connection(server) as c:
        c.send(b"GET /en/echo/a HTTP/1.1\r\n" + HOST + b": 5\r\n"
               b"Depth: 7\r\n\r\n")
        assert c.reply().text == "a"
        assert c.reply().status == 400
    with Connection(server) as c:
        c.send(b"GET /en/echo/a HTTP/1.1\r\n: 5\r\n" + HOST + b"\r\n")
        assert c.reply().status == 400


def test_broken_chunks_end_the_connection(server):
    for name, raw in BROKEN.items():
        refused(server, name, POST + FORM + CHUNKED + b"\r\n" + raw)


def test_chunks_and_trailers_that_are_right_are_taken(server):
    with Connection(server) as c:
        c.send(POST + FORM + b"transfer-encoding: Chunked\r\n\r\n"
               b"5;depth=7\r\nname=\r\n00C\r\nChunked well\r\n0\r\n"
               b"Trailer: x\r\n\r\n")
        assert c.reply().status == 303
        c.send(b"GET /en/echo/next HTTP/1.1\r\n" + HOST + b"\r\n")
        assert c.reply().text == "next"
    assert server.wells("name = 'Chunked well'")


def test_http_1_0_is_served_and_closed(server):
    with Connection(server) as c:
        c.send(b"GET /en/echo/old HTTP/1.0\r\n\r\n")
        assert c.reply().text == "old"
        assert c.is_closed()


def test_a_request_may_come_byte_by_byte(server):
    raw = POST + FORM + b"Content-Length: 14\r\n\r\nname=Drop+well"
    with Connection(server) as c:
        for i in range(len(raw)):
            c.send(raw[i:i + 1])
        assert c.reply().status == 303
    assert server.wells("name = 'Drop well'")
