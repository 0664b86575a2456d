# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in the HTML a template stands.

A Place reads literal HTML letter by letter, as a browser's tokenizer would,
and so knows for each output whether it is text, an attribute's value or part
of an address. It refuses what has no safe answer. It also drops whitespace
that no browser shows.
"""

import copy
import re

URL_ATTRIBUTES = {"href", "src", "action", "formaction", "poster", "data",
                  "cite", "manifest", "ping", "xlink:href"}
REFUSED_ATTRIBUTES = {"srcdoc", "srcset", "http-equiv", "imagesrcset"}
REFUSED_ELEMENTS = {"animate", "applet", "base", "embed", "frame", "frameset",
                    "noembed", "noframes", "object", "plaintext", "set",
                    "xmp"}
INNER_TEXT = {"script", "style", "textarea", "title"}   # hold no tags
SCHEMES = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
SPACE = " \t\r\n\f"
FOLD = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")
IN_TAG = {"name", "attribute", "after", "gap", "before"}


class PlaceError(Exception):
    """Rule `number` is broken, `lines` below the literal's start."""

    def __init__(self, number, *details):
        super().__init__(number, *details)
        self.number = number
        self.details = details
        self.lines = 0


class Place:
    """The state between two letters."""

    def __init__(self):
        self.mode = "text"
        self.element = ""       # the tag being read
        self.closing = False    # it is </...>
        self.attribute = ""
        self.quote = ""
        self.url = ""           # "start", "later" in a URL attribute
        self.inner = ""         # the element of INNER_TEXT we are in
        self.pre = 0            # depth of <pre>
        self.has_src = False
        self.newline = True     # a newline was the last thing written

    def copy(self):
        return copy.copy(self)

    def key(self):
        """What two branches must have in common."""
        mode = "gap" if self.mode == "before" else self.mode
        in_tag = mode in IN_TAG or mode == "value"
        return (mode, in_tag and (self.element, self.closing),
                mode == "value" and (self.attribute, self.quote, self.url),
                self.inner, self.pre)

    def join(self, other):
        """The place after two branches that have one key."""
        if other.mode != self.mode:
            self.mode = "gap"
        self.has_src = self.has_src and other.has_src
        self.newline = self.newline and other.newline

    def describe(self):
        if self.mode == "value":
            where = f"in the value of '{self.attribute}'"
            return where + (f" ({self.url})" if self.url else "")
        if self.mode in IN_TAG:
            return f"in the tag <{self.element}>"
        if self.mode != "text":
            return f"in a {self.mode}"
        if self.inner or self.pre:
            return f"inside <{self.inner or 'pre'}>"
        return "between tags"

    def folds(self):
        """True where whitespace with a newline may become one newline."""
        return not self.pre and self.inner != "textarea" and (
            self.mode in ("text", "name", "after", "gap", "before"))

    def feed(self, text):
        """Reads literal HTML; returns what of it is to be written."""
        out = []
        i = 0
        while i < len(text):
            fold = FOLD.match(text, i) if self.folds() else None
            piece = fold[0] if fold else text[i]
            try:
                self.letter("\n" if fold else piece, text, i)
            except PlaceError as error:
                error.lines = text.count("\n", 0, i)
                raise
            if not (fold and self.newline):
                out.append("\n" if fold else piece)
            self.newline = bool(fold)
            i += len(piece)
        return "".join(out)

    def letter(self, c, text, i):
        getattr(self, "in_" + self.mode)(c, text, i)

    def in_text(self, c, text, i):
        if self.inner and not text.lower().startswith("</" + self.inner, i):
            if self.inner == "script" and c not in SPACE:
                raise PlaceError(26)
            if self.inner in ("textarea", "title") and c == "<":
                raise PlaceError(21)
        elif c == "<":
            self.mode = "open"
            self.element = ""
            self.closing = False
            self.has_src = False

    def in_open(self, c, text, i):
        if c == "/" and not self.closing:
            self.closing = True
        elif c == "!":
            comment = text.startswith("!--", i)
            self.mode = "comment" if comment else "declaration"
        elif c.isalpha():
            self.element = c.lower()
            self.mode = "name"
        else:
            raise PlaceError(21)

    def in_comment(self, c, text, i):
        if c == ">" and text[:i].endswith("--"):
            self.mode = "text"

    def in_declaration(self, c, _text, _i):
        if c == ">":
            self.mode = "text"

    def in_name(self, c, _text, _i):
        if c in SPACE or c in "/>":
            self.end_name()
            self.in_gap(c)
        else:
            self.element += c.lower()

    def end_name(self):
        if self.element in REFUSED_ELEMENTS:
            raise PlaceError(34, self.element)
        self.mode = "gap"

    def in_gap(self, c, _text="", _i=0):
        """Between attributes, where a space must come first."""
        if c == ">":
            self.end_tag()
        elif c in SPACE or c == "/":
            self.mode = "before"
        else:
            raise PlaceError(35)

    def in_before(self, c, _text="", _i=0):
        if c == ">":
            self.end_tag()
        elif c in "\"'<=":
            raise PlaceError(21)
        elif c not in SPACE and c != "/":
            self.attribute = c.lower()
            self.mode = "attribute"

    def in_attribute(self, c, _text, _i):
        if c in "\"'<":
            raise PlaceError(21)
        if c not in SPACE and c not in "=/>":
            self.attribute += c.lower()
            return
        self.end_attribute()
        if c == "=":
            self.mode = "equals"
        elif c in SPACE:
            self.mode = "after"
        else:
            self.in_gap(c)

    def in_after(self, c, _text, _i):
        """After an attribute's name and a space."""
        if c == "=":
            self.mode = "equals"
        elif c not in SPACE:
            self.in_before(c)

    def end_attribute(self):
        name = self.attribute
        if name.startswith("on"):
            raise PlaceError(24, name)
        if name == "style":
            raise PlaceError(25)
        if name in REFUSED_ATTRIBUTES:
            raise PlaceError(27, name)
        if name == "src":
            self.has_src = True

    def in_equals(self, c, text, i):
        if c in SPACE:
            return
        if c not in "\"'":
            raise PlaceError(20, self.attribute)
        self.quote = c
        self.mode = "value"
        self.url = "start" if self.attribute in URL_ATTRIBUTES else ""
        scheme = SCHEME.match(text, i + 1)
        if self.url and scheme and scheme[1].lower() not in SCHEMES:
            raise PlaceError(28, scheme[0].strip())

    def in_value(self, c, _text, _i):
        if c == self.quote:
            self.mode = "gap"
            self.url = ""
        elif self.url and c not in SPACE:
            self.url = "later"

    def end_tag(self):
        name = self.element
        self.mode = "text"
        if name == "script" and not self.closing and not self.has_src:
            raise PlaceError(26)
        self.inner = name if name in INNER_TEXT and not self.closing else ""
        if name == "pre":
            self.pre = max(0, self.pre + (-1 if self.closing else 1))

    def pause(self):
        """Before a tag of the template: no name may go on after it."""
        if self.mode == "name":
            self.end_name()
        elif self.mode == "attribute":
            self.end_attribute()
            self.mode = "gap"
        elif self.mode == "after":
            self.mode = "before"
        elif self.mode in ("open", "equals"):
            raise PlaceError(35)

    def output(self):
        """"text", "inner", "attribute", "start" or "later"; or refuses."""
        if self.mode == "equals":
            raise PlaceError(20, self.attribute)
        if self.mode == "open" or self.mode in IN_TAG:
            raise PlaceError(21)
        if self.mode in ("comment", "declaration"):
            raise PlaceError(23)
        if self.inner in ("script", "style"):
            raise PlaceError(22, self.inner)
        self.newline = False
        if self.mode == "text":
            return "inner" if self.inner else "text"
        where = self.url or "attribute"
        if self.url:
            self.url = "later"
        return where
