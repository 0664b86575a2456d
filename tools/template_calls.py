# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns calls of macros and messages into C statements."""

from jinja2 import nodes

from template_expression import Expressions
from template_messages import PLACE, text_c
from template_tree import MESSAGE


class Calls(Expressions):
    """What {{ macro(...) }} and {% trans %} become; Function adds where."""

    def __init__(self, tree, messages):
        super().__init__(messages)
        self.tree = tree
        self.used_macros = []

    def do_call(self, node):
        if not isinstance(node.node, nodes.Name):
            self.refuse(node, 4, "call")
        if node.node.name == MESSAGE:
            self.do_message(node)
            return
        macro = self.tree.macro(self.template, node.lineno, node.node.name)
        if macro is None:
            self.refuse(node, 4, node.node.name + "()")
        if self.enter_output(node) != "text":
            self.refuse(node, 14)
        arguments = ["page"] + self.arguments(node, macro)
        self.used_macros.append(macro)
        self.statement(node, f"macro_{macro.name}({', '.join(arguments)});")

    # Macros

    def arguments(self, node, macro):
        if node.dyn_args or node.dyn_kwargs:
            self.refuse(node, 13, macro.name, "* and **")
        if len(node.args) > len(macro.parameters):
            self.refuse(node, 13, macro.name, "too many arguments")
        given = dict(zip((p.name for p in macro.parameters), node.args))
        for pair in node.kwargs:
            if pair.key in given or pair.key not in (
                    p.name for p in macro.parameters):
                self.refuse(node, 13, macro.name, pair.key)
            given[pair.key] = pair.value
        return [self.argument(node, macro, p, given) for p in
                macro.parameters]

    def argument(self, node, macro, parameter, given):
        source = given.get(parameter.name, macro.defaults.get(parameter.name))
        if source is None:
            self.refuse(node, 13, macro.name, f"'{parameter.name}' is missing")
        if parameter.kind == "bool":
            return self.truth(source)
        value = self.compile(source)
        if parameter.kind == "text":
            return self.text(source, value)
        if parameter.kind == "int":
            return self.number(source, value)
        if not value.path:
            self.refuse(node, 13, macro.name,
                        f"'{parameter.name}' must be a name or a field")
        return value.address() if parameter.struct else value.c

    # Messages

    def do_message(self, node):
        place = self.enter_output(node)
        if place in ("start", "later"):
            self.refuse(node, 32)
        singular, plural, places, context = (a.value for a in node.args[:4])
        if context is not None:
            self.refuse(node, 19, "it has a context")
        for text in filter(None, (singular, plural)):
            for c in "<>&":
                if c in text:
                    self.refuse(node, 18, c)
        if not singular or plural == "":
            self.refuse(node, 19, "it is empty")
        message = self.message(node, singular, plural, places)
        n = "1"
        if plural is not None:
            n = self.number(node, self.compile(node.args[4]))
        words = self.words(node, singular + (plural or ""))
        array, size = "NULL", len(words)
        if words:
            array = ("(const struct word[]){ " + ", ".join(words) + " }")
        self.statement(node, f"page_write_message(page, &{message}, {n}, "
                       f"{array}, {size});")

    def words(self, node, text):
        """C for the words that fill the places of `text`."""
        named = set(PLACE.findall(text))
        forms = {"any": "page_word(page, {}, {})",
                 "text": "page_word_text(page, {}, {})",
                 "number": "page_word_integer(page, {}, {})"}
        words = []
        for pair in node.kwargs:
            value = self.compile(pair.value)
            if value.kind not in forms:
                self.refuse(node, 19, f"'{pair.key}' is no text or number")
            if pair.key in named:
                words.append(forms[value.kind].format(
                    text_c(pair.key), value.c))
        return words
