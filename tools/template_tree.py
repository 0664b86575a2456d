# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads all templates of a tree: their kind, their types, their syntax tree.

Jinja2 parses; its tree drops comments, so the declarations in them are read
from the lexer.
"""

import os
import re

from jinja2 import Environment, TemplateError, nodes
from jinja2.ext import InternationalizationExtension

from template_refusal import Refusal

KIND = re.compile(r"(page|layout|part|macros)\b(.*)", re.S)
SIGNATURE = re.compile(r"\s*(\w+)\s*\((.*)\)\s*", re.S)
PARAMETER = re.compile(r"\s*(struct\s+(\w+)|text|int|label|bool)\s+(\w+)\s*")
SCALARS = {"text": "const char *", "int": "int64_t ",
           "label": "struct label ", "bool": "bool "}
MESSAGE = "{message}"      # no template can call something of this name


class Parameter:
    """One parameter; `struct` is None for a scalar."""

    def __init__(self, kind, struct, name):
        self.kind = kind
        self.struct = struct
        self.name = name

    def declare(self, c_name):
        if self.struct:
            return f"const struct {self.struct} *{c_name}"
        return SCALARS[self.kind] + c_name


class Macro:
    """A macro: its declared parameters and its syntax tree."""

    def __init__(self, template, node, parameters):
        self.template = template
        self.node = node
        self.name = node.name
        self.parameters = parameters
        first = len(parameters) - len(node.defaults)
        self.defaults = dict(zip(
            (p.name for p in parameters[first:]), node.defaults))


class Template:
    """One file; `name` is its path under the root."""

    def __init__(self, name, file):
        self.name = name
        self.file = file
        self.folder = os.path.dirname(name)
        self.kind = None
        self.function = None
        self.parameters = []
        self.body = []
        self.extends = None
        self.macros = {}
        self.imports = {}   # name here -> (template's name, name there, line)


class Messages(InternationalizationExtension):
    """{% trans %} as a call of MESSAGE, which keeps all that was said."""

    def _make_node(self, singular, plural, context, variables, plural_expr,
                   vars_referenced, num_called_num):
        fold = lambda text: text and " ".join(text.split())
        if not vars_referenced:
            singular = singular.replace("%%", "%")
            plural = plural and plural.replace("%%", "%")
        arguments = [nodes.Const(fold(singular)), nodes.Const(fold(plural)),
                     nodes.Const(vars_referenced), nodes.Const(context)]
        if plural_expr is not None:
            arguments.append(plural_expr)
        words = [nodes.Keyword(name, variables[name])
                 for name in sorted(variables)]
        call = nodes.Call(nodes.Name(MESSAGE, "load"), arguments, words,
                          None, None)
        return nodes.Output([call])


def environment():
    return Environment(extensions=[Messages])


def parse_parameters(template, line, text, number, *details):
    """The parameters in "struct report_view report, int page"."""
    parameters = []
    for part in filter(str.strip, text.split(",")):
        match = PARAMETER.fullmatch(part)
        if not match:
            raise Refusal(template.file, line, number,
                          *details, f"can't read '{part.strip()}'")
        parameters.append(Parameter(*match.groups()))
    return parameters


def comments_of(tokens):
    """(line, text, whether it stands at the file's beginning)."""
    leading = True
    for line, kind, value in tokens:
        if kind == "comment":
            yield line, value.strip(), leading
        elif kind == "data":
            leading = leading and not value.strip()
        elif not kind.startswith("comment"):
            leading = False


def read_declarations(template, tokens):
    """Sets the template's kind; returns the macros' parameter texts."""
    macros = {}
    for line, text, leading in comments_of(tokens):
        match = KIND.fullmatch(text)
        if match and leading and template.kind is None:
            read_kind(template, line, *match.groups())
        elif text.startswith("macro "):
            match = SIGNATURE.fullmatch(text[len("macro "):])
            if not match:
                raise Refusal(template.file, line, 12, text,
                              "can't read its declaration")
            macros[match[1]] = (line, match[2])
    if template.kind is None:
        raise Refusal(template.file, 1, 2, "")
    return macros


def read_kind(template, line, kind, rest):
    template.kind = kind
    if kind != "page":
        if rest.strip():
            raise Refusal(template.file, line, 2, f": '{rest.strip()}'")
        return
    match = SIGNATURE.fullmatch(rest)
    if not match:
        raise Refusal(template.file, line, 2, f": '{rest.strip()}'")
    template.function = match[1]
    template.parameters = parse_parameters(template, line, match[2], 2)


def literal(template, node):
    """A template's name after extends, include or from."""
    if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
        raise Refusal(template.file, node.lineno, 4, "a computed name")
    name = node.value
    return name if "/" in name else "html/" + name


def read_macro(template, node, declared):
    if node.name not in declared:
        raise Refusal(template.file, node.lineno, 12, node.name,
                      "no {#- macro name(type name) -#} line declares it")
    line, text = declared[node.name]
    parameters = parse_parameters(template, line, text, 12, node.name)
    names = [argument.name for argument in node.args]
    if names != [p.name for p in parameters]:
        raise Refusal(template.file, node.lineno, 12, node.name,
                      "its parameters differ from those declared")
    if node.name in template.macros:
        raise Refusal(template.file, node.lineno, 36, node.name)
    template.macros[node.name] = Macro(template, node, parameters)


def read_import(template, node):
    for name in node.names:
        there, here = name if isinstance(name, tuple) else (name, name)
        template.imports[here] = (literal(template, node.template), there,
                                  node.lineno)


def is_blank(node):
    """Only whitespace, e.g. between two blocks."""
    return isinstance(node, nodes.Output) and all(
        isinstance(child, nodes.TemplateData) and not child.data.strip()
        for child in node.nodes)


def sort_body(template, body, declared):
    """Takes extends, imports and macros out of the body."""
    for node in body:
        if isinstance(node, nodes.Extends):
            if template.extends or template.body:
                raise Refusal(template.file, node.lineno, 10)
            template.extends = literal(template, node.template)
        elif isinstance(node, nodes.FromImport):
            read_import(template, node)
        elif isinstance(node, nodes.Macro):
            read_macro(template, node, declared)
        elif template.extends and isinstance(node, nodes.Block):
            template.body.append(node)
        elif is_blank(node) and (template.extends or not template.body):
            continue
        elif template.extends:
            line = next((child.lineno for child in getattr(node, "nodes", [])
                         if not isinstance(child, nodes.TemplateData)
                         or child.data.strip()), node.lineno)
            raise Refusal(template.file, line, 10)
        else:
            template.body.append(node)


def refuse_extends(template, body):
    for node in body:
        if isinstance(node, nodes.Extends):
            raise Refusal(template.file, node.lineno, 37, template.name,
                          template.kind, "page or layout")


def read(root, file):
    """The template in `file`, checked alone."""
    name = os.path.relpath(file, root).replace(os.sep, "/")
    template = Template(name, file)
    try:
        with open(file, encoding="utf-8") as stream:
            source = stream.read()
        env = environment()
        tokens = list(env.lex(source))
        tree = env.parse(source)
    except TemplateError as error:
        raise Refusal(file, getattr(error, "lineno", 1), 1,
                      error.message) from None
    for line, kind, _ in tokens:
        if kind == "raw_begin":
            raise Refusal(file, line, 3, "raw")
    declared = read_declarations(template, tokens)
    if template.kind in ("part", "macros"):
        refuse_extends(template, tree.body)
    sort_body(template, tree.body, declared)
    for macro, (line, _) in declared.items():
        if macro not in template.macros:
            raise Refusal(file, line, 12, macro, "nothing defines it")
    if template.kind == "macros" and template.body:
        raise Refusal(file, template.body[0].lineno, 10)
    return template


class Tree:
    """All templates, found by name."""

    def __init__(self, root, files):
        self.templates = {}
        for file in sorted(files):
            template = read(root, file)
            self.templates[template.name] = template
        self.check_names()

    def check_names(self):
        """Every page and macro is a C function: no two have one name."""
        seen = {}
        for template in self.templates.values():
            names = [(macro.node.lineno, "macro_" + macro.name)
                     for macro in template.macros.values()]
            if template.function:
                names.append((1, template.function))
            for line, name in names:
                if name in seen:
                    raise Refusal(template.file, line, 36, name)
                seen[name] = template

    def find(self, asker, line, name, kind):
        template = self.templates.get(name)
        if template is None:
            raise Refusal(asker.file, line, 8, name)
        if kind and template.kind != kind:
            raise Refusal(asker.file, line, 37, name, template.kind, kind)
        return template

    def macro(self, asker, line, name):
        """The macro that `asker` calls `name`; None when there is none."""
        if name in asker.macros:
            return asker.macros[name]
        if name not in asker.imports:
            return None
        file, there, line = asker.imports[name]
        template = self.find(asker, line, file, None)
        if there not in template.macros:
            raise Refusal(asker.file, line, 12, there,
                          f"'{file}' does not define it")
        return template.macros[there]

    def chain(self, template):
        """The template, what it extends, what that extends, ..."""
        chain = [template]
        while chain[-1].extends:
            last = chain[-1]
            parent = self.find(last, 1, last.extends, "layout")
            if parent in chain:
                raise Refusal(last.file, 1, 9, parent.name)
            chain.append(parent)
        return chain
