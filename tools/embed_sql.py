#!/usr/bin/python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes the migrations into a C table.

	embed_sql.py OUTPUT.c sql/0001-name.sql ...

A file's number, name, placeholders and last line are checked here, so that a
slip stops the build and not an update.
"""

import hashlib
import pathlib
import re
import sys

NAME = re.compile(r"(\d{4})-([a-z0-9-]+)\.sql")
PLACEHOLDER = re.compile(r"@\w*@?")
KNOWN = {"@ID@", "@BLOB@", "@JSON@", "@STRICT@"}


def refuse(path, why, line=1):
    sys.exit(f"{path}:{line}: {why}")


def read(path):
    """The migration in this file as (number, name, hash, text)."""
    match = NAME.fullmatch(path.name)
    if not match or match[1] == "0000":
        refuse(path, "the name is not like 0001-start.sql")
    data = path.read_bytes()
    text = data.decode("utf-8")
    for line, words in enumerate(text.splitlines(), 1):
        for word in PLACEHOLDER.findall(words.split("--")[0]):
            if word not in KNOWN:
                refuse(path, f"unknown placeholder {word}", line)
    if not text.endswith(";\n"):
        refuse(path, "the last line does not end a statement",
               text.count("\n"))
    return int(match[1]), match[2], hashlib.sha256(data).hexdigest(), text


def quote(line):
    """One line of text as a C string."""
    out = "".join(c if " " <= c <= "~" and c not in '"\\?'
                  else "".join(f"\\{b:03o}" for b in c.encode())
                  for c in line)
    return f'"{out}"'


def main(output, *inputs):
    found = sorted(read(pathlib.Path(path)) for path in inputs)
    for at, (number, name, _, _) in enumerate(found, 1):
        if number != at:
            refuse(f"{number:04}-{name}.sql", f"expected number {at:04}")

    out = ["/* Made by tools/embed_sql.py from sql/. */",
           '#include "db/db_migrate.h"', "",
           "const struct migration migrations[] = {"]
    for number, name, digest, text in found:
        out.append(f'\t{{ {number}, "{name}",\n\t    "{digest}",')
        out += [f"\t    {quote(line)}" for line in text.splitlines(True)]
        out.append("\t},")
    out += ["\t{ 0 }", "};", ""]
    pathlib.Path(output).write_text("\n".join(out), encoding="ascii")


main(*sys.argv[1:])
