# SPDX-License-Identifier: AGPL-3.0-or-later
"""Collects the messages of the program: templates' JSON and C sources."""

import io
import json
import re
import subprocess
import sys

from babel.messages.pofile import read_po

PLACE = re.compile(r"%\((\w+)\)s")
KEYWORDS = ["--keyword", "--keyword=N_", "--keyword=T_", "--keyword=NP_:1,2"]


class Message:
    """A msgid as the program uses it."""

    def __init__(self, msgid, plural=None):
        self.msgid = msgid
        self.plural = plural
        self.files = set()

    def places(self):
        return set(PLACE.findall(self.msgid + (self.plural or "")))


def add(messages, msgid, plural, files, problems):
    found = messages.setdefault(msgid, Message(msgid, plural))
    if plural and found.plural and plural != found.plural:
        problems.append(f"'{msgid}' has two plurals: '{found.plural}' and "
                        f"'{plural}'")
    found.plural = found.plural or plural
    found.files.update(files)


def from_c(files):
    """(msgid, plural, files) of all N_, T_ and NP_."""
    if not files:
        return
    done = subprocess.run(
        ["xgettext", "--output=-", "--language=C", "--from-code=UTF-8",
         "--add-location=file", *KEYWORDS, "--", *sorted(files)],
        check=False, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # It also warns of every quotation mark that is not ASCII.
    if done.returncode != 0:
        sys.exit(done.stderr.decode("utf-8", "replace"))
    # Its own header names no language, which babel would not read.
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    body = done.stdout.partition(b"\n\n")[2]
    for entry in read_po(io.BytesIO(header + b"\n" + body)):
        if not entry.id:
            continue
        pair = entry.id if entry.pluralizable else (entry.id, None)
        yield *pair, {short(file) for file, _ in entry.locations}


def short(file):
    """The path from src/ on, wherever the build runs."""
    found = re.search(r"(?:^|/)(src/.*)", file)
    return found[1] if found else file


def collect(json_file, c_files, problems):
    """All messages of the program, by msgid."""
    messages = {}
    if json_file:
        with open(json_file, encoding="utf-8") as stream:
            for entry in json.load(stream):
                add(messages, entry["id"], entry["plural"], entry["files"],
                    problems)
    for msgid, plural, files in from_c(c_files):
        add(messages, msgid, plural, files, problems)
    return messages


def text_po(text):
    """A PO string; a text with line breaks takes several."""
    if "\n" in text.rstrip("\n"):
        lines = text.split("\n")
        parts = [line + "\n" for line in lines[:-1]] + lines[-1:]
        return '""\n' + "\n".join(text_po(part) for part in parts if part)
    for c, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"),
                      ("\t", "\\t")):
        text = text.replace(c, escape)
    return f'"{text}"'


def template_po(messages):
    """The messages as a POT file, sorted."""
    parts = ['msgid ""\nmsgstr ""\n'
             '"Content-Type: text/plain; charset=UTF-8\\n"\n']
    for msgid in sorted(messages):
        message = messages[msgid]
        part = "".join(f"#: {file}\n" for file in sorted(message.files))
        if message.places():
            part += "#, python-format\n"
        part += f"msgid {text_po(msgid)}\n"
        if message.plural:
            part += (f"msgid_plural {text_po(message.plural)}\n"
                     'msgstr[0] ""\nmsgstr[1] ""\n')
        else:
            part += 'msgstr ""\n'
        parts.append(part)
    return "\n".join(parts)
