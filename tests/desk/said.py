"""What the templates and the code of the desk say: the keys of texts, as patterns where a part is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

import directory

__all__ = ["audited", "code", "constants", "of_code", "of_template", "put_together", "templates"]

HERE = Path(directory.__file__).parent
PART = "[a-z0-9_]+"
"""What a value may be that is put into a key; one with dots in it names its keys itself."""


def templates() -> list[Path]:
    return sorted((HERE / "desk/templates").rglob("*.html"))


def code(under: str = "desk") -> list[Path]:
    return sorted((HERE / under).rglob("*.py"))


def of_template(path: Path) -> Iterator[str]:
    """A pattern for each key that the template gives to `t` or `other_t`."""
    for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in ("t", "other_t"):
            yield from (rf"desk\.{key}" for key in _of_node(call.args[0]))


def _of_node(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Const):
        return [re.escape(str(node.value))]
    if isinstance(node, nodes.CondExpr):
        return [*_of_node(node.expr1), *(_of_node(node.expr2) if node.expr2 else ())]
    return _joined([_of_node(part) for part in node.nodes]) if isinstance(node, nodes.Concat) else []


def of_code(path: Path) -> Iterator[str]:
    """A pattern for each key that the code says itself, or has said on the page that it leads to."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            before = r"desk\." if isinstance(node.func, ast.Attribute) else ""
            if name == "say" and node.args:
                yield from (f"{before}{key}" for key in _of_code(node.args[0]))
            said = (word.value for word in node.keywords if word.arg == "said" and name in ("go", "link"))
            yield from (rf"desk\.{key}" for value in said for key in _of_code(value))


def audited(path: Path) -> Iterator[str]:
    """A pattern for each verb that is noted in the log there."""
    places = {"audit": 0, "note": 1, "put": 2}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in places:
            whose, place = getattr(node.func.value, "id", ""), places[node.func.attr]
            if node.func.attr == "audit" or whose == "audit":
                yield from _of_code(node.args[place])


def constants(path: Path) -> Iterator[str]:
    """Every text that stands in the file as a value, in a template or in code."""
    if path.suffix == ".html":
        consts = Environment().parse(path.read_text("utf-8")).find_all(nodes.Const)
        yield from (each.value for each in consts if isinstance(each.value, str))
    else:
        plain = (node.value for node in ast.walk(_tree(path)) if isinstance(node, ast.Constant))
        yield from (value for value in plain if isinstance(value, str))


def put_together(path: Path) -> Iterator[str]:
    """A pattern for each text with values in it that may be a key, but for the verbs of the log."""
    verbs = {*audited(path)}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.JoinedStr):
            yield from (one for one in _of_code(node) if re.match(r"[a-z_]+\\\.", one) and one not in verbs)


def _of_code(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant):
        return [re.escape(str(node.value))]
    if isinstance(node, ast.IfExp):
        return [*_of_code(node.body), *_of_code(node.orelse)]
    if isinstance(node, ast.JoinedStr):
        return _joined([_of_code(part) for part in node.values])
    return []


def _joined(parts: list[list[str]]) -> list[str]:
    made = [""]
    for part in parts:
        made = [f"{before}{one}" for before in made for one in part or [PART]]
    return made


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))
