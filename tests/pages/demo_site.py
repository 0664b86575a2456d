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
WHOLE = re.compile(r"-?[0-9]{1,18}")
OWN, FOREIGN = "tsagaan-gol", "il-tod-tusuv"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode("utf-8", "replace")

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
        answered = got.read()
        for name, value in got.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return Answer(got.status, {name.lower(): value for name, value
                                   in got.getheaders()}, answered)

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


# --- The two engines --------------------------------------------------------

class Sqlite:
    """The default: the database stands in the data folder."""
    name = "SQLite"
    options = ()

    def __init__(self, data):
        self.file = data / "db" / "tulga.db"

    def close(self):
        pass

    def rows(self, sql, values):
        db = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()


class Postgres:
    """A database of its own on the server of TULGA_TEST_POSTGRES."""
    name = "PostgreSQL"

    def __init__(self, data):
        self.server = os.environ["TULGA_TEST_POSTGRES"]
        self.database = data.parent.name.replace("-", "_").lower()
        self.conninfo = f"{self.server} dbname={self.database}"
        self.options = ("--postgres", self.conninfo)
        self.psql(self.server, f"CREATE DATABASE {self.database}")

    @staticmethod
    def psql(conninfo, sql, values=()):
        """Rows as psql writes them; each "?" of the text takes a value."""
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-F", "\x1f",
                   "-d", conninfo]
        for number, value in enumerate(values, 1):
            command += ["-v", f"v{number}={value}"]
            sql = sql.replace("?", f":'v{number}'", 1)
        return subprocess.run(
            command, input=sql, check=True, stdout=subprocess.PIPE,
            cwd="/", encoding="utf-8",
            env=dict(os.environ, PGCLIENTENCODING="UTF8")).stdout

    def close(self):
        self.psql(self.server, f"DROP DATABASE {self.database} WITH (FORCE)")

    def rows(self, sql, values):
        def cell(text):
            return int(text) if WHOLE.fullmatch(text) else text

        return [tuple(cell(text) for text in line.split("\x1f"))
                for line in self.psql(self.conninfo, sql,
                                      values).splitlines()]


def engines():
    """Those that there are to test on."""
    return (Sqlite, Postgres) if os.environ.get("TULGA_TEST_POSTGRES") \
        else (Sqlite,)


class Site:
    """Use with `with`: everything is gone afterwards."""

    def __init__(self, engine=Sqlite, environment=None):
        self.engine_class = engine
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tulga-pages-"))
        self.data = self.folder / "data"
        self.log = open(self.folder / "log", "w+", encoding="utf-8")
        self.engine = self.engine_class(self.data)
        try:
            self.make()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def make(self):
        made = subprocess.run(
            [TULGA, "demo", self.data, *self.engine.options],
            stdout=self.log, stderr=self.log, env=self.environment,
            check=False)
        if made.returncode != 0:
            self.log.seek(0)
            raise SystemExit(f"no demonstration: {self.log.read()}")
        self.demo = json.loads((self.data / "demo.json").read_text())

    def start(self):
        self.process = subprocess.Popen(
            [TULGA, "serve", "--data", self.data, "--port", "0",
             *self.engine.options], stdout=subprocess.PIPE, stderr=self.log,
            text=True, env=self.environment)
        self.url = self.process.stdout.readline().strip().rstrip("/")
        self.host = urllib.parse.urlsplit(self.url).netloc

    def stop(self):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()

    def __exit__(self, *_):
        self.stop()
        self.engine.close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def reader(self, account=None):
        reader = Reader(self.host)
        return reader.sign_in(account) if account else reader

    def accounts(self):
        """An account of each role: the coalition's and of OWN."""
        return {a["role"]: a for a in self.demo["accounts"]
                if a["organisation"] in ("", OWN)}

    def rows(self, sql, *values):
        """Reads the database directly, to find ids for addresses."""
        return self.engine.rows(sql, values)


# --- Routes and their addresses ---------------------------------------------

def routes():
    """(method, path, need, flags) of every route."""
    program = TOP / "build" / "tests" / "routes"
    text = subprocess.run([program], check=True, text=True,
                          capture_output=True).stdout
    for line in text.splitlines():
        method, path, need, *flags = line.split()
        yield method, path, need, set(flags)


class Values:
    """What stands for ":name" in addresses, of the own or the other one."""

    def __init__(self, site, slugs=(OWN, FOREIGN)):
        self.ids = {}
        for slug in slugs:
            self.ids[slug] = self.of(site, slug)
        self.ids[OWN]["rater-token"] = site.demo["rater"].split("/")[3]
        self.ids[OWN]["survey-token"] = site.demo["survey"].split("/")[3]

    @staticmethod
    def of(site, slug):
        one = {"slug": slug, "number": "1", "item": "1.2", "principle": "1",
               "dimension": "1", "revision": "1", "language": "mn"}
        tables = {"evidence": "SELECT e.id FROM evidence e JOIN organisation"
                              " o ON o.id = e.organisation WHERE o.slug = ?",
                  "finding": "SELECT f.id FROM finding f JOIN assessment s ON"
                             " s.id = f.assessment JOIN organisation o ON"
                             " o.id = s.organisation WHERE o.slug = ?",
                  "person": "SELECT r.person FROM role r JOIN organisation o"
                            " ON o.id = r.organisation WHERE o.slug = ?"}
        for name in ("action", "indicator", "rater"):
            tables[name] = tables["finding"].replace("finding f",
                                                     f"{name} f")
        tables["note"] = tables["finding"].replace("finding f",
                                                   "assessment_note f")
        for name, sql in tables.items():
            found = site.rows(sql + " ORDER BY 1 LIMIT 1", slug)
            one[name] = str(found[0][0]) if found else "999999"
        return one

    def fill(self, path, slug, other=None):
        """The address; `other` takes ids but the slug from there."""
        ids = dict(self.ids[slug])
        if other is not None:
            ids.update({name: value for name, value
                        in self.ids[other].items() if name != "slug"})
        parts = []
        for part in path.split("/"):
            if part.startswith(":"):
                name, dot, end = part[1:].partition(".")
                if name == "token":
                    name = "rater-token" if path.startswith("/r/") \
                        else "survey-token"
                part = ids.get(name, "999999") + dot + end
            parts.append(part)
        return "/".join(parts)

    def address(self, path, flags, slug=OWN, other=None, language="en"):
        filled = self.fill(path, slug, other)
        return filled if "BARE" in flags else f"/{language}{filled}"


# --- What tests say ---------------------------------------------------------

class Tap:
    def __init__(self):
        self.count = self.bad = 0
        self.where = ""  # begins each name, when not ""

    def check(self, good, name, why=""):
        self.count += 1
        self.bad += not good
        if self.where:
            name = f"{self.where}: {name}"
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good and why:
            print("# " + why.replace("\n", "\n# "))

    def end(self):
        print(f"1..{self.count}")
        return 1 if self.bad else 0
