# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes one C function for a page or a macro."""

from jinja2 import nodes

from template_calls import Calls
from template_expression import Name, Scope, c_name
from template_messages import text_c
from template_place import Place, PlaceError
from template_refusal import Refusal

TAGS = {"callblock": "call", "filterblock": "filter", "assign": "set",
        "assignblock": "set", "with": "with", "import": "import",
        "fromimport": "from", "macro": "macro", "extends": "extends",
        "scopedevalcontextmodifier": "autoescape", "exprstmt": "do"}
OWN_PATHS = {"page->address", "page->query", "page->root"}
OUTPUTS = {     # place -> kind -> C
    "start": {"any": "page_write_url(page, page_text(page, {}))",
              "text": "page_write_url(page, {})",
              "part": "page_write_text(page, {})",
              "path": "page_write_path(page, {})"},
    "later": {"any": "page_write_part(page, {})",
              "text": "page_write_part_text(page, {})",
              "number": "page_write_integer(page, {})",
              "part": "page_write_text(page, {})",
              "path": "page_write_path(page, {})"},
    "text": {"any": "page_write(page, {})",
             "text": "page_write_text(page, {})",
             "part": "page_write_text(page, {})",
             "path": "page_write_text(page, {})",
             "number": "page_write_integer(page, {})",
             "trusted": "page_write_trusted(page, {})",
             "markdown": "page_write_markdown(page, {})"},
}


def blocks_of(template):
    """The blocks a template defines, nested ones too."""
    found = {}
    for top in template.body:
        tops = [top] if isinstance(top, nodes.Block) else []
        for block in tops + list(top.find_all(nodes.Block)):
            if block.name in found:
                raise Refusal(template.file, block.lineno, 11, block.name,
                              "it stands here twice")
            found[block.name] = block
    return found


class Function(Calls):
    """One function's body; `lines` are its C statements."""

    def __init__(self, tree, messages, template, parameters):
        super().__init__(tree, messages)
        self.template = template
        self.top = Scope(parameters)
        self.scope = self.top
        self.parameters = parameters
        self.chain = []
        self.blocks = []
        self.including = [template]
        self.place = Place()
        self.lines = []
        self.depth = 1
        self.literal = ""

    # Statements

    def flush(self):
        """Writes the literal HTML that has gathered."""
        if self.literal:
            size = len(self.literal.encode("utf-8"))
            text, self.literal = text_c(self.literal), ""
            self.lines.append("\t" * self.depth
                              + f"page_add(page, {text}, {size});")

    def statement(self, node, c):
        self.flush()
        self.lines.append("\t" * self.depth + c
                          + f"  /* {self.template.name}:{node.lineno} */")

    def open(self, node, c):
        self.statement(node, c + " {")
        self.depth += 1

    def close(self):
        self.flush()
        self.depth -= 1
        self.lines.append("\t" * self.depth + "}")

    # Places

    def pause(self, node):
        try:
            self.place.pause()
        except PlaceError as error:
            self.refuse(node, error.number, *error.details)

    def same_place(self, node, before, what):
        """Refuses when the HTML's state is not what it was `before`."""
        self.pause(node)
        if self.place.key() != before.key():
            self.refuse(node, 30, what, f"{before.describe()}, then "
                        f"{self.place.describe()}")

    # The parts of a template

    def body(self, body):
        for node in body:
            name = type(node).__name__.lower()
            method = getattr(self, "do_" + name, None)
            if method is None:
                self.refuse(node, 3, TAGS.get(name, name))
            method(node)

    def do_output(self, node):
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.do_literal(child)
            elif isinstance(child, nodes.Call):
                self.do_call(child)
            else:
                self.do_value(child)

    def do_literal(self, node):
        try:
            self.literal += self.place.feed(node.data)
        except PlaceError as error:
            raise Refusal(self.template.file, node.lineno + error.lines,
                          error.number, *error.details) from None

    def enter_output(self, node):
        try:
            return self.place.output()
        except PlaceError as error:
            return self.refuse(node, error.number, *error.details)

    def do_value(self, node):
        place = self.enter_output(node)
        value = self.compile(node)
        if value.kind in ("trusted", "markdown") and place != "text":
            self.refuse(node, 31, value.kind)
        if place == "later" and value.c in OWN_PATHS:
            self.refuse(node, 40, value.c.replace("->", "."))
        forms = OUTPUTS.get(place, OUTPUTS["text"])
        if value.kind not in forms:
            self.refuse(node, 4, f"{value.kind} here")
        self.statement(node, forms[value.kind].format(value.c) + ";")

    # Branches and loops

    def do_if(self, node):
        self.pause(node)
        before = self.place
        ends = []
        self.branch("if", node, before, ends)
        for other in node.elif_:
            self.branch("else if", other, before, ends)
        self.place = before.copy()
        if node.else_:
            self.lines.append("\t" * self.depth + "else {")
            self.depth += 1
            self.body(node.else_)
            self.close()
            self.pause(node)
        ends.append(self.place)
        self.place = ends[0]
        for end in ends[1:]:
            if end.key() != self.place.key():
                self.refuse(node, 29, "if", f"{self.place.describe()} and "
                            f"{end.describe()}")
            self.place.join(end)

    def branch(self, word, node, before, ends):
        self.place = before.copy()
        condition = self.truth(node.test)
        if not condition.startswith("("):
            condition = f"({condition})"
        self.open(node, f"{word} {condition}")
        self.body(node.body)
        self.close()
        self.pause(node)
        ends.append(self.place)

    def loop_list(self, node):
        if node.test is not None:
            self.refuse(node, 16, "for ... if")
        if node.recursive:
            self.refuse(node, 16, "recursive")
        if not isinstance(node.target, nodes.Name):
            self.refuse(node, 16, "several names")
        name = node.target.name
        if name in self.scope.names or name in ("loop", "page"):
            self.refuse(node, 15, name)
        items = self.compile(node.iter)
        if not items.path:
            self.refuse(node, 16, "it needs a list")
        return items

    def do_for(self, node):
        items = self.loop_list(node)
        count = items.member("count")
        self.pause(node)
        before = self.place.copy()
        index = f"i{len(self.scope.loops) + 1}"
        self.place.newline = False
        self.open(node, f"for (size_t {index} = 0; {index} < {count}; "
                  f"{index}++)")
        self.loop_body(node, items, index)
        self.close()
        self.same_place(node, before, "the loop's content")
        self.place.join(before)
        if node.else_:
            after = self.place
            self.place = before.copy()
            self.open(node, f"if ({count} == 0)")
            self.body(node.else_)
            self.close()
            self.same_place(node, before, "the loop's else")
            self.place.join(after)

    def loop_body(self, node, items, index):
        name = Name(node.target.name, True)
        self.scope.names[node.target.name] = name
        self.scope.loops.append((index, items))
        start = len(self.lines)
        self.body(node.body)
        self.flush()
        if name.used:
            declared = (f"__typeof__({items.member('items')}) {name.c} = "
                        f"&{items.member('items')}[{index}];")
            self.lines.insert(start, "\t" * self.depth + declared)
        self.scope.loops.pop()
        del self.scope.names[node.target.name]

    # Blocks and includes

    def do_block(self, node):
        if self.template not in self.chain:
            self.refuse(node, 3, "block")
        if node.scoped or node.required:
            self.refuse(node, 11, node.name, "'scoped' and 'required'")
        self.pause(node)
        before = self.place.copy()
        outer = (self.template, self.scope)
        for template, blocks in zip(self.chain, self.blocks):
            if node.name in blocks:
                break
        if template is not self.template:
            self.scope = self.top if template is self.chain[0] else Scope()
        self.template = template
        self.body(blocks[node.name].body)
        self.same_place(blocks[node.name], before, f"block '{node.name}'")
        self.template, self.scope = outer

    def do_include(self, node):
        if not isinstance(node.template, nodes.Const) or node.ignore_missing \
                or not node.with_context:
            self.refuse(node, 4, "include with more than a name")
        name = node.template.value
        name = name if "/" in name else "html/" + name
        part = self.tree.find(self.template, node.lineno, name, "part")
        if part in self.including:
            self.refuse(node, 9, name)
        self.pause(node)
        before = self.place.copy()
        outer, self.template = self.template, part
        self.including.append(part)
        self.body(part.body)
        self.including.pop()
        self.template = outer
        self.same_place(node, before, f"'{name}'")

    # Whole functions

    def check_parameters(self, node):
        seen = set()
        for parameter in self.parameters:
            if parameter.name in seen or parameter.name in ("page", "loop"):
                self.refuse(node, 15, parameter.name)
            seen.add(parameter.name)

    def page(self):
        """The body of a page's function."""
        first = nodes.Template([], lineno=1)
        self.check_parameters(first)
        self.chain = self.tree.chain(self.template)
        self.blocks = [blocks_of(template) for template in self.chain]
        for i, template in enumerate(self.chain[:-1]):
            for name, block in self.blocks[i].items():
                known = any(name in b for b in self.blocks[i + 1:])
                if not known and block in template.body:
                    raise Refusal(template.file, block.lineno, 11, name,
                                  "no parent has it")
        self.template = self.chain[-1]
        if len(self.chain) > 1:
            self.scope = Scope()
        self.body(self.template.body)
        self.same_place(first, Place(), "the page")
        self.flush()

    def macro(self, macro):
        """The body of a macro's function."""
        self.check_parameters(macro.node)
        self.body(macro.node.body)
        self.same_place(macro.node, Place(), f"macro '{macro.name}'")
        self.flush()

    def unused(self):
        """Statements that keep the compiler quiet about parameters."""
        return [f"\t(void){c_name(p.name)};" for p in self.parameters
                if not self.top.names[p.name].used]
