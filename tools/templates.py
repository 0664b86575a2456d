#!/usr/bin/python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compiles all HTML templates of a tree to C: see docs/templates.md.

    templates.py --out DIR [--messages FILE] [--depfile FILE] [--root src]
                 [--thing NAME] SRC...
    templates.py --count-trusted SRC...

For each folder NAME of templates it writes DIR/NAME/NAME_templates.c and .h.
"""

import argparse
import os
import sys

from jinja2 import nodes

from template_expression import c_name
from template_messages import Messages, symbol
from template_refusal import Refusal
from template_tree import Tree, environment
from template_writer import Function

LICENCE = "/* SPDX-License-Identifier: AGPL-3.0-or-later */\n"
ORIGIN = "/* Written by tools/templates.py. */\n"


def write_if_changed(file, text):
    """So that what depends on an unchanged file is not built again."""
    try:
        with open(file, encoding="utf-8") as stream:
            if stream.read() == text:
                return
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file) or ".", exist_ok=True)
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text)


class Folder:
    """The pages and macros of one folder, as C."""

    def __init__(self, name):
        self.name = name
        self.base = os.path.basename(name)
        self.declarations = []
        self.definitions = []
        self.structs = set()
        self.messages = set()
        self.headers = set()

    def add(self, name, function):
        parameters = ["struct page *page"] + [
            p.declare(c_name(p.name)) for p in function.parameters]
        signature = f"{name}({', '.join(parameters)})"
        lines = function.unused() + function.lines
        if not any("page" in line for line in lines):
            lines.insert(0, "\t(void)page;")
        self.declarations.append(f"void {signature};\n")
        self.definitions.append(
            f"\nvoid\n{signature}\n{{\n" + "\n".join(lines) + "\n}\n")
        self.structs.update(p.struct for p in function.parameters if p.struct)
        self.messages |= function.used_messages
        self.headers.update(macro.template.folder
                            for macro in function.used_macros)

    def header(self):
        structs = [f"struct {name};\n" for name in sorted(self.structs)]
        return (LICENCE + ORIGIN + "#pragma once\n\n#include \"html/page.h\"\n"
                + "\n" * bool(structs) + "".join(structs) + "\n"
                + "".join(self.declarations))

    def source(self):
        own = f"{self.name}/{self.base}_templates.h"
        headers = {f"{name}/{os.path.basename(name)}_templates.h"
                   for name in self.headers} - {own}
        headers.add("html/page_generic.h")
        if self.structs - {"label", "decimal"}:
            headers.add(f"{self.name}/{self.base}_view.h")
        includes = "".join(f'#include "{name}"\n' for name in sorted(headers))
        externs = "".join(f"extern const struct message {symbol(msgid)};\n"
                          for msgid in sorted(self.messages))
        return (LICENCE + f'#include "{own}"\n\n{includes}\n{ORIGIN}'
                + "\n" * bool(externs) + externs + "".join(self.definitions))


def compile_tree(tree, messages):
    """All folders, their functions in the order of file names."""
    folders = {}
    for name in sorted(tree.templates):
        template = tree.templates[name]
        if not template.function and not template.macros:
            continue
        folder = folders.setdefault(template.folder, Folder(template.folder))
        for macro in template.macros.values():
            function = Function(tree, messages, template, macro.parameters)
            function.macro(macro)
            folder.add("macro_" + macro.name, function)
        if template.function:
            function = Function(tree, messages, template, template.parameters)
            function.page()
            folder.add(template.function, function)
    return folders


def count_trusted(files):
    """How many outputs of the tree are raw."""
    count = 0
    for file in files:
        with open(file, encoding="utf-8") as stream:
            tree = environment().parse(stream.read())
        count += sum(node.name == "trusted"
                     for node in tree.find_all(nodes.Filter))
    return count


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out")
    parser.add_argument("--messages")
    parser.add_argument("--depfile")
    parser.add_argument("--root", default="src")
    parser.add_argument("--thing", help="write only this folder's files")
    parser.add_argument("--count-trusted", action="store_true")
    parser.add_argument("files", nargs="+", metavar="SRC")
    return parser.parse_args()


def write_all(options):
    messages = Messages()
    folders = compile_tree(Tree(options.root, options.files), messages)
    targets = []
    for name, folder in folders.items():
        if not options.out or options.thing not in (None, name):
            continue
        base = os.path.join(options.out, name, folder.base + "_templates")
        write_if_changed(base + ".h", folder.header())
        write_if_changed(base + ".c", folder.source())
        targets += [base + ".c", base + ".h"]
    if options.messages:
        write_if_changed(options.messages, messages.write())
        targets.append(options.messages)
    if options.depfile:
        tools = os.path.dirname(os.path.abspath(__file__))
        needed = sorted(options.files) + [
            os.path.join(tools, name) for name in sorted(os.listdir(tools))
            if name.startswith("template") and name.endswith(".py")]
        write_if_changed(options.depfile, f"{' '.join(targets)}: "
                         + " ".join(needed) + "\n")


def main():
    options = arguments()
    try:
        if options.count_trusted:
            print(count_trusted(options.files))
        else:
            write_all(options)
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
