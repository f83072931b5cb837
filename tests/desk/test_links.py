"""Every address that a template or the code of the desk names is the address of a page, asked by the right method."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Match

from directory import desk
from directory.accounts import Role
from directory.desk import ways
from directory.desk.app import create_app
from directory.desk.rooms import PAGES

DESK = Path(desk.__file__).parent
TEMPLATES = sorted((DESK / "templates").rglob("*.html"))
CODE = sorted(path for path in DESK.rglob("*.py") if path.name != "app.py")
ROUTES = create_app().routes

ATTRIBUTE = re.compile(r'\b(href|formaction|action)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{]|\{(?![{%]))*)"', re.S)
FORM = re.compile(r"<form\b((?:\{\{.*?\}\}|\{%.*?%\}|[^>{]|\{(?![{%]))*)>", re.S)
VALUE = re.compile(r"\{\{.*?\}\}")
NAMED = re.compile(r"""(["'])(/[^"']*)\1(\s*~)?""")
"""An address in an expression of a template; with a `~` behind it, something follows."""
GIVEN = {"noting.base": ("/rules", "/plans"), "kind": ("call", "report")}
"""What a template puts into an address of itself, and what that may be."""
ROUTED = ("read", "change", "public")
BEGINNINGS = ("startswith", "strip", "split")


def has_a_page(method: str, address: str) -> bool:
    asked = {"type": "http", "method": method, "path": re.split(r"[?#]", address)[0], "headers": []}
    return any(route.matches(asked)[0] is Match.FULL for route in ROUTES)


def of_template(text: str) -> Iterator[tuple[str, str]]:
    """Each address that a template names, with its method."""
    for form in FORM.finditer(text):
        method = "POST" if 'method="post"' in form[1] else "GET"
        yield from (
            (method, one) for name, value in ATTRIBUTE.findall(form[1]) if name == "action" for one in of(value)
        )
    for name, value in ATTRIBUTE.findall(text):
        if name != "action":
            yield from (("GET" if name == "href" else "POST", one) for one in of(value))


def of(value: str) -> Iterator[str]:
    """The addresses that an attribute may hold; any other value in it is a 1."""
    for name, known in GIVEN.items():
        if f"{{{{ {name} }}}}" in value:
            yield from (one for each in known for one in of(value.replace(f"{{{{ {name} }}}}", each)))
            return
    if value.startswith("/"):
        yield VALUE.sub("1", value)
    elif value.startswith("{{"):
        yield from (f"{path}1" if more else path for _, path, more in NAMED.findall(value))


def of_code(node: ast.AST) -> Iterator[str]:
    """Each address in the code, a value in it being a 1; but for those of the routes and beginnings of addresses."""
    text = _text(node)
    if text is not None:
        yield from (text,) if re.match(r"/([a-z#?]|$)", text) else ()
    elif not _is_other(node):
        yield from (one for child in ast.iter_child_nodes(node) for one in of_code(child))


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_other(node: ast.AST) -> bool:
    """The address of a route, and what only begins like an address."""
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in ROUTED or getattr(node.func, "attr", "") in BEGINNINGS
    names = [getattr(target, "id", "") for target in getattr(node, "targets", ())]
    return isinstance(node, ast.Assign) and names[0] in ("_NOT_BACK_TO", "_BELONGS")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(DESK / "templates").as_posix())
def test_every_link_and_form_of_a_template_has_a_page(path: Path) -> None:
    assert not [one for one in of_template(path.read_text("utf-8")) if not has_a_page(*one)]


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(DESK).as_posix())
def test_every_address_in_the_code_has_a_page(path: Path) -> None:
    assert not [one for one in of_code(ast.parse(path.read_text("utf-8"))) if not has_a_page("GET", one)]


OF_NO_ROOM = ("/account", "/lock", "/signout")


def test_every_page_belongs_to_an_entry_of_the_menu() -> None:
    paths = {page.path for page in PAGES if page.least and not page.path.startswith(OF_NO_ROOM)}
    assert not [path for path in paths if not any(way.here for way in ways.of(Role.ADMIN, path))]


def test_every_way_of_writing_an_address_is_seen() -> None:
    template = """
      <a href="/inbox/{{ kind }}/{{ line.id }}?a={{ b }}#c"><form class="x" method="post" action="/lock">
      <a href="{{ link("/places/" ~ id, of="x") if id else '/places' }}"><button formaction="/intake/list">
      <form action="/verify">"""
    assert set(of_template(template)) == {
        ("GET", "/inbox/call/1?a=1#c"), ("GET", "/inbox/report/1?a=1#c"), ("POST", "/lock"), ("GET", "/places/1"),
        ("GET", "/places"), ("POST", "/intake/list"), ("GET", "/verify"),
    }  # fmt: skip
    assert list(of_code(ast.parse('read("/no", one); visit.go(f"/people/{id}"); a.link("/x"); b = "a/b"'))) == [
        "/people/1", "/x",
    ]  # fmt: skip
    assert has_a_page("GET", "/inbox/call/1") and not has_a_page("GET", "/places/1") and not has_a_page("GET", "/lists")
