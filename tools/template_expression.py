# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns a template's expressions into C.

The tool knows which names exist, not their C types: what it can't know it
leaves to the _Generic macros of src/html/page_generic.h.
"""

from jinja2 import nodes

from template_messages import symbol, text_c
from template_refusal import Refusal

PAGE_FIELDS = {"address", "alone", "coalition", "code", "csrf", "demo",
               "mark_url", "notice", "person", "query", "root", "script_url",
               "section", "style_url", "theme"}
KEYWORDS = set("""auto bool break case char const continue default do double
    else enum extern false float for goto if inline int long register restrict
    return short signed sizeof static struct switch true typedef typeof union
    unsigned void volatile while asm unix linux""".split())
OPERATORS = {"eq": "==", "ne": "!=", "lt": "<", "gt": ">"}
SHOWN = {"number": "number_show", "money": "money_show", "size": "size_show",
         "date": "date_show", "datetime": "datetime_show",
         "day": "day_show", "long_day": "day_show_long"}
TEXT_FILTERS = {"lower": ("page_lower(page, {})", "text"),
                "url": ("page_part(page, {})", "part"),
                "path": ("{}", "path"),
                "trusted": ("{}", "trusted"),
                "markdown": ("{}", "markdown")}


def c_name(name):
    return name + "_" if name in KEYWORDS else name


class Value:
    """A C expression. `kind`: any (its type is the C compiler's matter),
    text, number, bool, part (percent-encoded), path, trusted, markdown.
    `pointer` is set when the value is *pointer."""

    def __init__(self, c, kind, pointer=None, path=False):
        self.c = c
        self.kind = kind
        self.pointer = pointer
        self.path = path or pointer is not None

    def member(self, field):
        if self.pointer:
            return f"{self.pointer}->{field}"
        return f"{self.c}.{field}"

    def address(self):
        return self.pointer or "&" + self.c


class Name:
    """What a name of the template means."""

    def __init__(self, name, pointer):
        self.c = c_name(name)
        self.pointer = pointer
        self.used = False


class Scope:
    """The names of one function; loops push and pop."""

    def __init__(self, parameters=()):
        self.names = {p.name: Name(p.name, p.struct is not None)
                      for p in parameters}
        self.loops = []     # (C name of the index, Value of the list)


class Expressions:
    """Compiles expressions of the template and scope that are current."""

    def __init__(self, messages):
        self.messages = messages
        self.used_messages = set()
        self.template = None
        self.scope = Scope()

    def refuse(self, node, number, *details):
        raise Refusal(self.template.file, node.lineno, number, *details)

    def compile(self, node):
        method = getattr(self, "of_" + type(node).__name__.lower(), None)
        if method is None:
            self.refuse(node, 4, type(node).__name__.lower())
        return method(node)

    def of_const(self, node):
        if isinstance(node.value, bool):
            return Value("true" if node.value else "false", "bool")
        if isinstance(node.value, int):
            return Value(str(node.value), "number")
        if isinstance(node.value, str):
            return Value(text_c(node.value), "text")
        return self.refuse(node, 4, str(node.value).lower())

    def of_name(self, node):
        if node.name == "page":
            self.refuse(node, 33, "")
        found = self.scope.names.get(node.name)
        if found is None:
            self.refuse(node, 5, node.name)
        found.used = True
        if found.pointer:
            return Value(f"(*{found.c})", "any", pointer=found.c)
        return Value(found.c, "any", path=True)

    def of_getattr(self, node):
        owner = node.node
        if isinstance(owner, nodes.Name) and owner.name == "page":
            if node.attr not in PAGE_FIELDS:
                self.refuse(node, 33, node.attr)
            return Value("page->" + node.attr, "any", path=True)
        if isinstance(owner, nodes.Name) and owner.name == "loop":
            return self.of_loop(node)
        value = self.compile(owner)
        if not value.path:
            self.refuse(node, 4, "." + node.attr)
        return Value(value.member(node.attr), "any", path=True)

    def of_loop(self, node):
        if not self.scope.loops:
            self.refuse(node, 5, "loop")
        index, items = self.scope.loops[-1]
        if node.attr == "first":
            return Value(f"({index} == 0)", "bool")
        if node.attr == "last":
            return Value(f"({index} + 1 == {items.member('count')})", "bool")
        if node.attr == "index":
            return Value(f"((int64_t){index} + 1)", "number")
        return self.refuse(node, 5, "loop." + node.attr)

    def of_not(self, node):
        return Value(f"!{self.truth(node.node)}", "bool")

    def of_and(self, node):
        return Value(f"({self.truth(node.left)} && "
                     f"{self.truth(node.right)})", "bool")

    def of_or(self, node):
        return Value(f"({self.truth(node.left)} || "
                     f"{self.truth(node.right)})", "bool")

    def of_compare(self, node):
        if len(node.ops) != 1:
            self.refuse(node, 17, "more than two values")
        operator = OPERATORS.get(node.ops[0].op)
        if operator is None:
            self.refuse(node, 17, node.ops[0].op)
        left = self.compile(node.expr)
        right = self.compile(node.ops[0].expr)
        return Value(self.comparison(node, operator, left, right), "bool")

    def comparison(self, node, operator, left, right):
        kinds = {left.kind, right.kind}
        if kinds - {"any", "text", "number"}:
            self.refuse(node, 17, "only texts and numbers compare")
        if operator in "<>" or "number" in kinds:
            return (f"({self.number(node, left)} {operator} "
                    f"{self.number(node, right)})")
        yes = "" if operator == "==" else "!"
        if "text" in kinds:
            return (f"{yes}page_same_text({self.text(node, left)}, "
                    f"{self.text(node, right)})")
        return f"{yes}(page_equal({left.c}, {right.c}))"

    def truth(self, node):
        """The C condition for `node` in if, and, or, not."""
        value = self.compile(node)
        if value.kind == "any":
            return f"page_true(page, {value.c})"
        if value.kind == "text":
            return f"page_has_text({value.c})"
        if value.kind == "number":
            return f"({value.c} != 0)"
        if value.kind == "bool":
            return value.c
        return self.refuse(node, 38, value.kind)

    def text(self, node, value):
        if value.kind == "any":
            return f"page_text(page, {value.c})"
        if value.kind == "text":
            return value.c
        return self.refuse(node, 38, value.kind)

    def number(self, node, value):
        if value.kind == "any":
            return f"page_number({value.c})"
        if value.kind == "number":
            return value.c
        return self.refuse(node, 38, value.kind)

    def of_filter(self, node):
        name = node.name
        if node.node is None:
            self.refuse(node, 4, "filter")
        extra = node.kwargs or node.dyn_args or node.dyn_kwargs
        if extra or len(node.args) != (1 if name == "default" else 0):
            self.refuse(node, 7, name, "its arguments")
        if name == "translate" and isinstance(node.node, nodes.Const):
            return self.translated_literal(node)
        value = self.compile(node.node)
        if name in SHOWN:
            return Value(f"{SHOWN[name]}(page->arena, page->language, "
                         f"{self.number(node, value)})", "text")
        if name == "length":
            if not value.path:
                self.refuse(node, 7, name, "it counts lists only")
            return Value(f"((int64_t){value.member('count')})", "number")
        if name == "default":
            other = self.text(node, self.compile(node.args[0]))
            return Value(f"page_default({self.text(node, value)}, {other})",
                         "text")
        if name == "translate":
            return Value(f"page_translate(page, {self.text(node, value)})",
                         "text")
        if name not in TEXT_FILTERS:
            self.refuse(node, 6, name)
        form, kind = TEXT_FILTERS[name]
        return Value(form.format(self.text(node, value)), kind)

    def translated_literal(self, node):
        msgid = node.node.value
        if not isinstance(msgid, str) or not msgid:
            self.refuse(node, 7, "translate", "it needs text")
        message = self.message(node, msgid, None, False)
        return Value(f"message_form(&{message}, page->language, 1)", "text")

    def message(self, node, msgid, plural, places):
        """The C name of a message, which the catalogue must hold."""
        if not self.messages.add(msgid, plural, places,
                                 "src/" + self.template.name):
            self.refuse(node, 39, msgid)
        self.used_messages.add(msgid)
        return symbol(msgid)
