"""The ways through the desk: what stands in its menu for each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from directory.accounts import Role

__all__ = ["WAYS", "Way", "of"]


@dataclass(frozen=True)
class Way:
    """An entry of the menu: its text is `desk.way.<name>`; `here` when the page that is shown belongs to it."""

    name: str
    path: str
    least: Role = Role.CHW
    here: bool = False


WAYS = (
    Way("look_up", "/"),
    Way("intake", "/intake"),
    Way("handout", "/handout"),
    Way("inbox", "/inbox"),
    Way("verify", "/verify"),
    Way("refresh", "/refresh", Role.STAFF),
    Way("plans", "/plans"),
    Way("rules", "/rules", Role.STAFF),
    Way("texts", "/texts", Role.STAFF),
    Way("health", "/health"),
    Way("ask", "/ask"),
    Way("people", "/people", Role.ADMIN),
)
_BELONGS = {
    "/review": "/refresh",
    "/decisions": "/refresh",
    "/diff": "/refresh",
    "/publish": "/refresh",
    "/history": "/refresh",
    "/places": "/refresh",
    "/audit": "/people",
    "/place": "/",
    "/place-history": "/",
    "/place-note": "/",
    "/handout.pdf": "/handout",
}
"""First part of a path -> the entry that it belongs to."""


def of(role: Role, path: str) -> tuple[Way, ...]:
    """What somebody of that role may go to, with the entry marked that the path belongs to."""
    return tuple(_marked(role, f"/{path.strip('/').split('/')[0]}"))


def _marked(role: Role, first: str) -> Iterator[Way]:
    here = _BELONGS.get(first, first)
    for way in WAYS:
        if role.at_least(way.least):
            yield Way(way.name, way.path, way.least, way.path == here)
