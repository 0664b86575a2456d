# SPDX-License-Identifier: AGPL-3.0-or-later
"""The end of a web process, with whatever is under way."""

import os
import signal
import time

from check_writes import lock_held
from site_client import BAT, FORM, TOKEN, Connection, Server, multipart, \
    request


def test_an_idle_server_ends_at_once(binary):
    server = Server(binary)
    connections = [Connection(server) for _ in range(20)]
    for c in connections[:10]:
        assert c.ask("GET", "/en/wells").status == 200
    assert server.stop() < 3, "idle connections held it up"
    assert all(c.is_closed() for c in connections)


def test_what_is_under_way_is_finished_before_the_end(binary):
    server = Server(binary)
    headers, body = multipart([("csrf", TOKEN["bat"]),
                               ("file", "minutes.pdf", b"a" * 100000)])
    with Connection(server) as upload, Connection(server) as derive, \
            Connection(server) as idle:
        upload.send(request("POST", "/en/evidence", {
            **BAT, **headers, "Content-Length": str(len(body))}) + body[:500])
        derive.send(request("GET", "/en/derive"))
        idle.ask("GET", "/en/wells")
        time.sleep(0.1)
        server.process.send_signal(signal.SIGTERM)
        assert idle.is_closed()
        assert derive.reply().status == 200
        upload.send(body[500:])
        assert upload.reply().status == 200
        assert upload.is_closed() and derive.is_closed()
        server.stop()


def test_a_write_that_waits_for_the_lock_is_finished(binary):
    server = Server(binary)
    with Connection(server) as c:
        with lock_held(server):
            c.send(request("POST", "/en/hearings", FORM, b"name=Last-well"))
            time.sleep(0.2)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(1)
        assert c.reply().status == 303
        server.process.wait(20)
        assert server.wells("name = 'Last-well'")
    server.stop()


def test_what_still_waits_at_the_end_is_told_so(binary):
    server = Server(binary, "stop=500")
    with Connection(server) as write, Connection(server) as gone:
        with lock_held(server):
            write.send(request("POST", "/en/hearings", FORM, b"name=Never"))
            gone.send(request("POST", "/en/hearings", FORM, b"name=Never"))
            time.sleep(0.2)
            gone.socket.close()
            server.process.send_signal(signal.SIGTERM)
            reply = write.reply()
            assert reply.status == 503 and "Nothing was saved" in reply.text
            server.process.wait(20)
        assert server.wells("name = 'Never'") == []
    server.stop()


def test_a_half_sent_request_does_not_hold_up_the_end(binary):
    server = Server(binary, "stop=500")
    with Connection(server) as c, Connection(server) as d:
        c.send(b"GET /en/wells HTTP/1.1\r\nHost: a\r\n")
        d.send(request("POST", "/en/hearings",
                       {**FORM, "Content-Length": "50"}) + b"name=")
        time.sleep(0.2)
        assert server.stop() < 5
        assert c.is_closed() and d.is_closed()


def test_slow_readers_do_not_hold_up_the_end(binary):
    server = Server(binary, "stop=500")
    with Connection(server, receive_buffer=4096) as c:
        c.send(request("GET", "/en/long?kib=16000"))
        time.sleep(0.3)
        assert server.stop() < 5


def test_the_runners_death_is_heard_and_survived(binary):
    with Server(binary) as server:
        with open(f"/proc/{server.process.pid}/task/{server.process.pid}"
                  "/children") as children:
            runner = int(children.read().split()[0])
        with Connection(server) as c:
            c.send(request("GET", "/en/derive"))
            time.sleep(0.02)
            os.kill(runner, signal.SIGTERM)
            assert c.reply().status in (200, 503)
