# SPDX-License-Identifier: AGPL-3.0-or-later
"""A demonstration, its server, and readers with and without a session."""

import html
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
TULGA = pathlib.Path(os.environ.get("TULGA", TOP / "build" / "tulga"))
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Answer:
    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text

    @property
    def location(self):
        return self.headers.get("location", "")


class Reader:
    """One browser: a connection and its cookies."""

    def __init__(self, host):
        self.host = host
        self.cookies = {}
        self.again = 0  # requests sent twice, the connection having ended
        self.connection = http.client.HTTPConnection(host, timeout=30)

    def ask(self, method, path, fields=None, headers=None):
        body = None
        sent = dict(headers or {})
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value
                                       in self.cookies.items())
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.connection.request(method, path, body, sent)
            got = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):
            self.again += 1
            self.connection.close()
            self.connection.request(method, path, body, sent)
            got = self.connection.getresponse()
        text = got.read().decode("utf-8", "replace")
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(got.status, {name.lower(): value for name, value
                                   in got.getheaders()}, text)

    def form(self, path):
        """Hidden fields of a page: token, once, version."""
        return {name: html.unescape(value) for name, value
                in HIDDEN.findall(self.ask("GET", path).text)
                if name in ("csrf", "once", "version")}

    def token(self):
        """A form token of this session."""
        return self.form("/en/account").get("csrf", "")

    def sign_in(self, account):
        fields = self.form("/en/sign-in")
        fields.update(email=account["email"], password=account["password"])
        answer = self.ask("POST", "/en/sign-in", fields)
        if answer.status != 303:
            raise SystemExit(f"{account['email']} can't sign in: "
                             f"{answer.status}")
        return self


class Site:
    """Use with `with`: everything is gone afterwards."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tulga-pages-"))
        self.data = self.folder / "data"
        self.log = open(self.folder / "log", "w+", encoding="utf-8")
        subprocess.run([TULGA, "demo", self.data], check=True,
                       stdout=self.log, stderr=self.log)
        self.demo = json.loads((self.data / "demo.json").read_text())
        self.process = subprocess.Popen(
            [TULGA, "serve", "--data", self.data, "--port", "0"],
            stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.url = self.process.stdout.readline().strip().rstrip("/")
        self.host = urllib.parse.urlsplit(self.url).netloc
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def reader(self, account=None):
        reader = Reader(self.host)
        return reader.sign_in(account) if account else reader

    def rows(self, sql, *values):
        """Reads the database directly, to find ids for addresses."""
        db = sqlite3.connect(f"file:{self.data}/db/tulga.db?mode=ro",
                             uri=True)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()


class Tap:
    def __init__(self):
        self.count = self.bad = 0

    def check(self, good, name, why=""):
        self.count += 1
        self.bad += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good and why:
            print(f"# {why}")

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.bad else 0
