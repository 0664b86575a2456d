# SPDX-License-Identifier: AGPL-3.0-or-later
"""The messages that templates hold, and the names they have in C."""

import hashlib
import json
import re

PLACE = re.compile(r"%\((\w+)\)s")


def symbol(msgid):
    """The C name of a message: "message_" and 12 digits of its SHA-256."""
    digest = hashlib.sha256(msgid.encode("utf-8")).hexdigest()
    return "message_" + digest[:12]


def text_c(text):
    """A C string literal, broken after each line."""
    escapes = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n",
               "\r": "\\r"}
    lines = text.split("\n")
    parts = [line + "\n" for line in lines[:-1]] + lines[-1:]
    parts = [part for part in parts if part] or [""]
    return "\n\t    ".join(
        '"' + "".join(escapes.get(c, c) for c in part)
        .replace("??", "?\\?") + '"' for part in parts)


class Messages:
    """All messages of a tree: msgid -> plural, files, whether it has places."""

    def __init__(self):
        self.all = {}

    def add(self, msgid, plural, places, file):
        """False when the same msgid has another plural."""
        entry = self.all.setdefault(
            msgid, {"plural": plural, "files": set(), "places": places})
        entry["files"].add(file)
        entry["places"] = entry["places"] or places
        if plural and entry["plural"] and plural != entry["plural"]:
            return False
        entry["plural"] = entry["plural"] or plural
        return True

    def write(self):
        listed = [{"id": msgid, "plural": entry["plural"],
                   "places": entry["places"], "files": sorted(entry["files"])}
                  for msgid, entry in sorted(self.all.items())]
        return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
