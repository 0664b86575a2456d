# SPDX-License-Identifier: AGPL-3.0-or-later
"""The test server as a process, and HTTP by hand: what a library would never
send can be sent, and every byte that comes back is seen."""

import atexit
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time

WAIT = 30      # seconds for anything that must come at all
HOST = "127.0.0.1"
BAT = {"Cookie": "__Host-session=bat"}
TSETSEG = {"Cookie": "__Host-session=tsetseg"}
TOKEN = {"bat": "00" * 16 + "01" * 16, "tsetseg": "00" * 16 + "02" * 16}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Reply:
    def __init__(self, head, body):
        lines = head.decode("latin-1").split("\r\n")
        self.version, status, self.reason = lines[0].split(" ", 2)
        self.status = int(status)
        self.headers = [line.split(": ", 1) for line in lines[1:]]
        self.body = body

    def __getitem__(self, name):
        """The header's only value; None without; a repeated one is a fault."""
        found = [v for n, v in self.headers if n.lower() == name.lower()]
        assert len(found) < 2, f"{name} came {len(found)} times"
        return found[0] if found else None

    @property
    def text(self):
        return self.body.decode("utf-8")


class Connection:
    def __init__(self, server, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF,
                                   receive_buffer)
        self.socket.settimeout(WAIT)
        self.socket.connect((HOST, server.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, raw):
        self.socket.sendall(raw)

    def receive(self):
        try:
            return self.socket.recv(1 << 16)
        except ConnectionResetError:
            return b""

    def reply(self, to_head=False):
        """The next reply; None when the connection ended instead."""
        while b"\r\n\r\n" not in self.rest:
            more = self.receive()
            if not more:
                return None
            self.rest += more
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        reply = Reply(head, b"")
        if reply.status == 100:
            return self.reply(to_head)
        if to_head or reply.status == 304:
            return reply
        size = int(reply["Content-Length"])
        while len(self.rest) < size:
            more = self.receive()
            assert more, "the reply broke off"
            self.rest += more
        reply.body, self.rest = self.rest[:size], self.rest[size:]
        return reply

    def is_closed(self):
        """Whether the other side ends the connection now, saying no more."""
        return self.rest == b"" and self.receive() == b""

    def ask(self, method, path, headers=None, body=None):
        self.send(request(method, path, headers, body))
        return self.reply(method == "HEAD")


def request(method, path, headers=None, body=None):
    lines = [f"{method} {path} HTTP/1.1"]
    fields = {"Host": HOST}
    if body is not None:
        fields["Content-Length"] = str(len(body))
    fields.update(headers or {})
    lines += [f"{n}: {v}" for n, v in fields.items() if v is not None]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + (body or b"")


def chunked(body, size):
    pieces = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + \
        b"0\r\n\r\n"


def multipart(parts, boundary="well-boundary"):
    """(headers, body); a part is (name, text) or (name, file name, bytes)."""
    body = b""
    for name, *rest in parts:
        file = f'; filename="{rest[0]}"' if len(rest) == 2 else ""
        text = rest[-1] if isinstance(rest[-1], bytes) else rest[-1].encode()
        body += (f"--{boundary}\r\nContent-Disposition: form-data; "
                 f'name="{name}"{file}\r\n\r\n').encode() + text + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return {"Content-Type":
            f"multipart/form-data; boundary={boundary}"}, body


class Server:
    """One web process on a data folder of its own; options as it takes them."""

    def __init__(self, binary, *options):
        self.folder = tempfile.mkdtemp(prefix="tulga-http-")
        self.log = open(os.path.join(self.folder, "log"), "w+b")
        self.process = subprocess.Popen(
            [binary, self.folder, *options], stdout=subprocess.PIPE,
            stderr=self.log)
        atexit.register(self.process.kill)  # when a test failed before stop
        line = self.process.stdout.readline().decode()
        assert line.startswith("port "), self.said()
        self.port = int(line.split()[1])

    def said(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def ask(self, method, path, headers=None, body=None):
        with Connection(self) as c:
            return c.ask(method, path, headers, body)

    def post(self, path, form, headers=None):
        return self.ask("POST", path, {**FORM, **(headers or {})},
                        form.encode())

    def wells(self, where="1", *values):
        path = os.path.join(self.folder, "tulga.db")
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return [row[0] for row in db.execute(
                f"SELECT name FROM well WHERE {where} ORDER BY id", values)]
        finally:
            db.close()

    def incoming(self):
        """Files of uploads that are still there a moment after the answer."""
        for _ in range(100):
            files = os.listdir(os.path.join(self.folder, "incoming"))
            if not files:
                break
            time.sleep(0.02)
        return files

    def resident_kib(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))

    def stop(self):
        """Ends it as an operator would; seconds that it took."""
        start = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(WAIT)
        took = time.monotonic() - start
        said = self.said()
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.folder)
        assert code == 0, f"it ended with {code}: {said}"
        assert "ERROR: " not in said and "runtime error" not in said, said
        return took

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.log.closed:
            self.stop()
