#!/usr/bin/python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps po/ in step with the program and compiles it to C.

    catalogue.py update [--messages JSON] [--po DIR] [C SOURCE...]
    catalogue.py compile --out FILE [--messages JSON] [--po DIR] [C SOURCE...]
    catalogue.py words [--po DIR]

`update` collects all messages and merges them into mn.po and en.po. `compile`
writes catalogue_data.c, or lists all that is missing or wrong and fails.
`words` prints the Mongolian texts, one a line, for the spell check.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from babel.messages.pofile import read_po

from catalogue_sources import PLACE, collect, template_po
from template_messages import symbol, text_c
from templates import write_if_changed

LANGUAGES = ("mn", "en")    # in the order of enum language
PLURALS = "nplurals=2; plural=(n != 1);"


def read_language(folder, language, problems):
    """The language's messages by msgid, headers checked."""
    file = os.path.join(folder, language + ".po")
    with open(file, "rb") as stream:
        po = read_po(stream, locale=language)
        stream.seek(0)
        header = stream.read().decode("utf-8").split("\n\n")[0]
    if f'"Plural-Forms: {PLURALS}\\n"' not in header:
        problems.append(f"{file}: the header must say Plural-Forms: {PLURALS}")
    entries = {}
    for entry in po:
        if entry.id:
            msgid = entry.id[0] if entry.pluralizable else entry.id
            entries[msgid] = entry
    return entries


def forms_of(entry, language, message):
    """The texts of one message: [one] or [one, other]; "" is untranslated."""
    texts = entry.string
    texts = list(texts) if isinstance(texts, (tuple, list)) else [texts]
    if language == "en" and not any(texts):
        return [message.msgid] + [message.plural] * bool(message.plural)
    return texts


def check_places(language, message, texts, problems):
    """A translation has the places of its source; a plural's first form may
    leave out what the source's does."""
    plural = message.plural or message.msgid
    for i, text in enumerate(texts):
        source = message.msgid if i == 0 else plural
        have, may = set(PLACE.findall(text)), message.places()
        must = set(PLACE.findall(message.msgid)) & set(PLACE.findall(source))
        if i > 0:
            must = set(PLACE.findall(plural))
        if not must <= have <= may:
            problems.append(f"{language}: '{message.msgid}' has other places "
                            f"in its translation: '{text}'")


def translate(entries, language, message, problems):
    """Checked texts of one message in one language, or None."""
    entry = entries.get(message.msgid)
    if entry is None:
        wrong = "is missing"
    elif entry.fuzzy:
        wrong = "is fuzzy"
    elif bool(message.plural) != bool(entry.pluralizable):
        wrong = "has a plural on one side only"
    else:
        texts = forms_of(entry, language, message)
        if all(texts) and len(texts) == (2 if message.plural else 1):
            check_places(language, message, texts, problems)
            return texts
        wrong = "is not translated" if not any(texts) else "lacks a form"
    problems.append(f"{language}: '{message.msgid}' {wrong}")
    return None


def definition(message, texts):
    """The C object of one message."""
    rows = ""
    for language in LANGUAGES:
        forms = [text_c(text) for text in texts[language]]
        rows += "\t\t{ " + ",\n\t\t  ".join(forms) + " },\n"
    plural = text_c(message.plural) if message.plural else "NULL"
    return (f"extern const struct message {symbol(message.msgid)};\n"
            f"const struct message {symbol(message.msgid)} = {{\n"
            f"\t{text_c(message.msgid)},\n\t{plural},\n"
            f"\t{{\n{rows}\t}},\n}};\n")


def data_c(messages, texts):
    """catalogue_data.c, its table sorted by the bytes of msgid."""
    order = sorted(messages, key=lambda msgid: msgid.encode("utf-8"))
    parts = ["/* SPDX-License-Identifier: AGPL-3.0-or-later */\n"
             "/* Written by tools/catalogue.py. */\n"
             '#include "text/catalogue.h"\n']
    parts += [definition(messages[msgid], texts[msgid]) for msgid in order]
    table = "".join(f"\t&{symbol(msgid)},\n" for msgid in order)
    parts.append("const struct message *const catalogue_messages[] = {\n"
                 f"{table}\tNULL,\n}};\n")
    parts.append(f"const size_t catalogue_count = {len(order)};\n")
    return "\n".join(parts)


def compile_po(options):
    problems = []
    messages = collect(options.messages, options.sources, problems)
    texts = {msgid: {} for msgid in messages}
    for language in LANGUAGES:
        entries = read_language(options.po, language, problems)
        for msgid in sorted(messages):
            texts[msgid][language] = translate(
                entries, language, messages[msgid], problems)
    if len({symbol(msgid) for msgid in messages}) < len(messages):
        problems.append("two messages have one name in C")
    if problems:
        sys.exit("\n".join(problems))
    write_if_changed(options.out, data_c(messages, texts))


def update_po(options):
    problems = []
    messages = collect(options.messages, options.sources, problems)
    if problems:
        sys.exit("\n".join(problems))
    with tempfile.NamedTemporaryFile("w", suffix=".pot",
                                     encoding="utf-8") as pot:
        pot.write(template_po(messages))
        pot.flush()
        for language in LANGUAGES:
            subprocess.run(
                ["msgmerge", "--quiet", "--update", "--backup=none",
                 "--sort-output", "--add-location=file", "--previous",
                 os.path.join(options.po, language + ".po"), pot.name],
                check=True)


def words(options):
    entries = read_language(options.po, "mn", [])
    for msgid in sorted(entries):
        texts = entries[msgid].string
        for text in [texts] if isinstance(texts, str) else texts:
            if text:
                print(" ".join(PLACE.sub(" ", text).split()))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("command", choices=("update", "compile", "words"))
    parser.add_argument("--po", default="po")
    parser.add_argument("--messages")
    parser.add_argument("--out")
    parser.add_argument("sources", nargs="*", metavar="SOURCE")
    options = parser.parse_intermixed_args()
    if options.command == "compile" and not options.out:
        parser.error("compile needs --out")
    return options


def main():
    options = arguments()
    {"update": update_po, "compile": compile_po,
     "words": words}[options.command](options)


if __name__ == "__main__":
    main()
