# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sizes, deadlines and crowds; each test starts a server of its own."""

import resource
import socket
import time

from site_client import (BAT, FORM, TOKEN, Connection, Server, chunked,
                         multipart, request)

MIB = 1 << 20


def test_headers_that_are_too_long_are_431(binary):
    with Server(binary) as server:
        for raw in (b"GET /en/wells HTTP/1.1\r\nHost: a\r\nWell: " +
                    b"a" * 20000 + b"\r\n\r\n",
                    b"GET /en/wells HTTP/1.1\r\nHost: a\r\n" +
                    b"Well: depth\r\n" * 2000 + b"\r\n"):
            with Connection(server) as c:
                c.send(raw)
                reply = c.reply()
                assert reply.status == 431, reply.status
                assert c.is_closed()
        with Connection(server) as c:
            c.send(b"GET /en/" + b"a" * 20000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
            reply = c.reply()
            assert reply.status in (414, 431) and c.is_closed()
        assert server.ask("GET", "/en/wells", {"A": "a" * 3000}).status == 200


def send_all(c, raw):
    """Sends what the other side takes; it may close before the end."""
    try:
        c.send(raw)
    except (BrokenPipeError, ConnectionResetError):
        pass


def test_a_large_form_is_413_and_names_the_limit(binary):
    big = b"name=" + b"a" * (300 * 1024)
    parts, many = multipart([("csrf", TOKEN["bat"]), ("name", "a" * 300000)])
    with Server(binary) as server:
        for path, headers, body in (
                ("/en/hearings", FORM, big), ("/en/wells", {**BAT, **FORM},
                                              b"csrf=x&" + big),
                ("/en/notes", {**BAT, **parts}, many)):
            for coding in (False, True):
                with Connection(server) as c:
                    if coding:
                        send_all(c, request("POST", path, {
                            **headers, "Transfer-Encoding": "chunked"}) +
                            chunked(body, 5000))
                    else:
                        send_all(c, request("POST", path, headers, body))
                    reply = c.reply()
                    assert reply.status == 413, (path, coding, reply.status)
                    assert "256 KiB" in reply.text
                    assert reply["Connection"].lower() == "close"
                    assert c.is_closed()
        assert server.wells() == [] and server.incoming() == []


def test_a_large_upload_is_413_and_names_the_limit(binary):
    headers, body = multipart([("csrf", TOKEN["bat"]), ("note", "hearing"),
                               ("file", "minutes.pdf", b"a" * (21 * MIB))])
    with Server(binary) as server:
        for coding in (False, True):
            with Connection(server) as c:
                if coding:
                    send_all(c, request("POST", "/en/evidence", {
                        **BAT, **headers, "Transfer-Encoding": "chunked"}) +
                        chunked(body, 60000))
                else:
                    send_all(c, request("POST", "/en/evidence",
                                        {**BAT, **headers}, body))
                reply = c.reply()
                assert reply.status == 413 and "20 MiB" in reply.text, coding
        assert server.incoming() == []
        with Connection(server) as c:   # refused before the body comes
            c.send(request("POST", "/en/evidence", {
                **BAT, **headers, "Content-Length": str(100 * MIB)}))
            reply = c.reply()
            assert reply.status == 413 and "20 MiB" in reply.text
            assert c.is_closed()


def test_the_text_beside_an_upload_is_limited_too(binary):
    note = "a" * (100 * 1024)
    headers, body = multipart([("csrf", TOKEN["bat"])] +
                              [("note", note)] * 3 +
                              [("file", "minutes.pdf", b"a" * 100)])
    with Server(binary) as server:
        with Connection(server) as c:
            send_all(c, request("POST", "/en/evidence", {**BAT, **headers},
                                body))
            reply = c.reply()
            assert reply.status == 413 and "256 KiB" in reply.text
        assert server.incoming() == []


def test_a_body_without_end_is_cut(binary):
    with Server(binary) as server:
        with Connection(server) as c:
            c.send(request("POST", "/en/hearings",
                           {**FORM, "Transfer-Encoding": "chunked"}))
            try:
                for _ in range(64):
                    c.send(b"100000\r\n" + b"a" * MIB + b"\r\n")
                ended = False
            except (BrokenPipeError, ConnectionResetError):
                ended = True
        assert ended, "64 MiB were taken"


def test_an_upload_of_20_mib_arrives_in_pieces_and_leaves_no_file(binary):
    content = bytes(range(256)) * (20 * MIB // 256)
    headers, body = multipart([("csrf", TOKEN["bat"]), ("note", "Худгийн"),
                               ("file", "C:\\scans\\Худаг \x07.pdf", content)])
    with Server(binary) as server:
        with Connection(server) as c:
            head = request("POST", "/en/evidence", {
                **BAT, **headers, "Content-Length": str(len(body))})
            c.send(head)
            for at in range(0, len(body), 777777):
                c.send(body[at:at + 777777])
            reply = c.reply()
            assert reply.status == 200, reply.status
            field, name, size, large, path, note = reply.text.split("|")
            assert (field, name, int(size), large, note) == (
                "file", "Худаг _.pdf", 20 * MIB, "0", "Худгийн")
            assert path.startswith(server.folder + "/incoming/upload-")
            assert c.ask("GET", "/en/echo/next").text == "next"
        assert server.incoming() == []


def test_a_broken_upload_leaves_no_file(binary):
    headers, body = multipart([("csrf", TOKEN["bat"]),
                               ("file", "minutes.pdf", b"a" * MIB)])
    with Server(binary) as server:
        for cut in (200, 5000, len(body) - 10):
            with Connection(server) as c:
                c.send(request("POST", "/en/evidence", {
                    **BAT, **headers, "Content-Length": str(len(body))}) +
                    body[:cut])
                time.sleep(0.1)
        time.sleep(0.2)
        assert server.incoming() == []


def test_a_form_holds_one_file_and_only_where_one_is_asked_for(binary):
    token = ("csrf", TOKEN["bat"])
    cases = (
        ([token, ("file", "a.txt", b"one"), ("file", "b.txt", b"two")],
         "file|a.txt|3|0|"),
        ([token, ("file", "a.txt", b"one"), ("note", "x"),
          ("file", "b.txt", b"two")], "file|a.txt|3|0|"),
        ([token, ("file", "a.txt", b"")], "file|a.txt|0|0|"),
        ([token, ("file", "", b"")], "no file"),
        ([token, ("file", "../../etc/passwd", b"x")], "file|passwd|1|0|"),
        ([token, ("note", "only")], "no file"),
    )
    with Server(binary) as server:
        for parts, begins in cases:
            headers, body = multipart(parts)
            reply = server.ask("POST", "/en/evidence", {**BAT, **headers},
                               body)
            assert reply.status == 200, (parts, reply.status)
            assert reply.text.startswith(begins), (parts, reply.text)
        headers, body = multipart(cases[0][0])
        reply = server.ask("POST", "/en/notes", {**BAT, **headers}, body)
        assert (reply.status, reply.text) == (200, "no file")
        assert server.incoming() == []


def test_bodies_that_make_no_sense_are_422(binary):
    token = f"csrf={TOKEN['bat']}&"
    wells = "&".join("kinds=" + "dug" * 100 for _ in range(590))
    half = b"--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nwell"
    with Server(binary) as server:
        for headers, body in (
                (FORM, token + "name=%00"), (FORM, token + "name=%ff"),
                (FORM, token + "name=a%"), (FORM, token + "a&" * 700),
                (FORM, token + "name=ok&" + wells),
                (FORM, token + "name=ok&kinds=dug&kinds=deep"),
                ({"Content-Type": "application/json"}, "{}"),
                ({"Content-Type": None}, token + "name=well"),
                ({"Content-Type": "multipart/form-data"}, "x"),
                ({"Content-Type": "multipart/form-data; boundary=b"},
                 half.decode()),
                ({"Content-Type": "multipart/form-data; boundary=b"},
                 "no boundary at all")):
            reply = server.ask("POST", "/en/wells", {**BAT, **headers},
                               body.encode())
            assert reply.status == 422, (body[:80], reply.status)
        assert server.wells() == []


def cut_after(c):
    """Seconds until the other side ends the connection."""
    start = time.monotonic()
    while c.receive():
        pass
    return time.monotonic() - start


def drip(c, piece):
    """The same while a little is sent all the time."""
    start = time.monotonic()
    c.socket.settimeout(0.1)
    while time.monotonic() - start < 20:
        try:
            c.send(piece)
            if c.socket.recv(1 << 16) == b"":
                break
        except TimeoutError:
            pass
        except (BrokenPipeError, ConnectionResetError):
            break
    return time.monotonic() - start


def test_slow_senders_are_cut_however_busy_they_look(binary):
    with Server(binary, "head=1000", "body=1500", "upload=2500") as server:
        with Connection(server) as c:
            assert 0.9 < cut_after(c) < 4, "silent"
        with Connection(server) as c:
            c.send(b"GET /en/wells HT")
            assert 0.9 < drip(c, b"T") < 4, "request line"
        with Connection(server) as c:
            c.send(b"GET /en/wells HTTP/1.1\r\nHost: a\r\n")
            assert 0.9 < drip(c, b"A: b\r\n") < 4, "headers"
        with Connection(server) as c:
            c.send(request("POST", "/en/hearings",
                           {**FORM, "Content-Length": "99999"}))
            assert 1.4 < drip(c, b"a") < 5, "body"
        with Connection(server) as c:
            headers, body = multipart([("file", "a.pdf", b"")])
            c.send(request("POST", "/en/evidence", {
                **BAT, **headers, "Content-Length": "99999"}) + body[:100])
            assert 2.4 < drip(c, b"a") < 6, "upload"
        with Connection(server) as c:
            assert c.ask("GET", "/en/wells").status == 200
            assert 0.9 < cut_after(c) < 4, "after an answer"
        assert server.incoming() == []


def test_a_slow_reader_is_cut(binary):
    with Server(binary, "send=100") as server:
        with Connection(server, receive_buffer=4096) as c:
            c.send(request("GET", "/en/long?kib=16000"))
            start, got = time.monotonic(), 0
            while time.monotonic() - start < 30:
                piece = c.receive()
                got += len(piece)
                if not piece:
                    break
                if time.monotonic() - start < 8:
                    time.sleep(0.05)
        assert got < 16000 * 1024, "all of it was sent"


def test_a_long_answer_has_longer(binary):
    with Server(binary, "send=1000") as server:
        with Connection(server, receive_buffer=4096) as c:
            c.send(request("GET", "/en/long?kib=9000"))
            time.sleep(4)
            assert len(c.reply().body) == 9000 * 1024


def test_two_thousand_idle_connections_cost_little(binary):
    resource.setrlimit(resource.RLIMIT_NOFILE, (
        min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
        resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with Server(binary) as server:
        before = server.resident_kib()
        connections = [Connection(server) for _ in range(2000)]
        for c in connections:
            assert c.ask("GET", "/en/echo/idle").text == "idle"
        after = server.resident_kib()
        assert server.ask("GET", "/en/wells").status == 200
        for c in connections:
            c.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                b"\1\0\0\0\0\0\0\0")
            c.socket.close()
        assert server.ask("GET", "/en/wells").status == 200
    return f"2,000 idle connections: {before} -> {after} KiB resident"
