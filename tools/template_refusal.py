# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the template compiler refuses, by number.

A number never changes its meaning; tests/templates/refused/ holds at least
one case for each, named after it.
"""

REFUSALS = {
    1: "Jinja2 can't read this: {}",
    2: "the file must begin with a {{#- page name(type name) -#}}, "
       "{{#- layout -#}}, {{#- part -#}} or {{#- macros -#}} line{}",
    3: "the tag '{}' is not part of the grammar",
    4: "the expression '{}' is not part of the grammar",
    5: "nothing here is called '{}'",
    6: "there is no filter '{}'",
    7: "the filter '{}' is used wrongly: {}",
    8: "there is no template '{}'",
    9: "'{}' includes or extends itself",
    10: "content stands outside of blocks (in a template that extends) or "
        "of macros (in a macros file)",
    11: "block '{}': {}",
    12: "macro '{}': {}",
    13: "the call of macro '{}' is wrong: {}",
    14: "a macro may be called only between tags",
    15: "'{}' already means something here",
    16: "this loop is not part of the grammar: {}",
    17: "this comparison is not part of the grammar: {}",
    18: "a message holds '{}': messages hold no markup",
    19: "this message is wrong: {}",
    20: "the value of attribute '{}' must stand in quotes",
    21: "the name of a tag or an attribute may not be put together",
    22: "nothing may be put inside <{}>",
    23: "nothing may be put inside a comment or a declaration",
    24: "the attribute '{}' would be a script",
    25: "style attributes are refused; use a class",
    26: "a <script> has a src and no content",
    27: "the attribute '{}' is refused",
    28: "an address may not begin with '{}'",
    29: "the branches of '{}' end in different places of the HTML: {}",
    30: "{} ends in another place of the HTML than it began: {}",
    31: "'{}' may stand only between tags",
    32: "a message may not be part of an address",
    33: "the page has no field '{}' for templates",
    34: "the element <{}> is refused",
    35: "a tag is split in the middle of a name or before a value",
    36: "two templates define '{}'",
    37: "'{}' is a {}, but a {} is needed here",
    38: "the value of '{}' can't be a condition or a number",
    39: "'{}' is in two messages that differ in their plural",
    40: "inside an address '{}' needs |path (as it is) or |url (encoded)",
}


class Refusal(Exception):
    """A template breaks rule `number` at `file`:`line`."""

    def __init__(self, file, line, number, *details):
        self.file = file
        self.line = line
        self.number = number
        self.text = REFUSALS[number].format(*details)
        super().__init__(f"{file}:{line}: {number}: {self.text}")
