"""The list as staff work on it: a row for each place and program, and what its code can be opened with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from directory import squares as qr
from directory.desk.frame import Visit
from directory.handout import SIZES, Draft, Paper, Shared
from directory.model import Language
from directory.settings import Settings
from directory.text.catalogue import say
from directory.text.names import capital, program_name

__all__ = ["Row", "Square", "patients", "reach", "rows", "sizes", "square"]


@dataclass(frozen=True)
class Row:
    """A place or a program of the list; `gone` is one that no list names any more."""

    kind: str
    id: str
    name: str
    first: bool
    last: bool
    gone: bool = False


@dataclass(frozen=True)
class Square:
    """A QR code as the path of an SVG picture: `side` modules with its white edge."""

    path: str
    side: int


def rows(draft: Draft, paper: Paper, language: Language) -> tuple[Row, ...]:
    """Programs, then places, each in its order."""
    names = {spot.id: spot.name for spot in paper.places}
    ways = {way.id: capital(program_name(way.id, language)) for way in paper.ways}
    last = {"programs": len(draft.programs) - 1, "places": len(draft.places) - 1}
    return tuple(
        Row(kind, id, known.get(id, id), at == 0, at == last[kind], id in paper.gone)
        for kind, known in (("programs", ways), ("places", names))
        for at, id in enumerate(getattr(draft, kind))
    )


def patients(paper: Paper) -> Callable[[str], str]:
    """What the paper says under a key, in the patient's language."""
    return lambda key: say(f"handout.{key}", paper.language)


def sizes(draft: Draft, visit: Visit) -> tuple[tuple[int, str, bool], ...]:
    """Each size of type with its name, and whether it is the one."""
    return tuple((size, visit.say(f"handout.size.{size}"), size == draft.size) for size in SIZES)


def reach(clinic: Settings, visit: Visit) -> str:
    """How a code can be opened here: by text, by a link, by both, or only in the chat."""
    by = "_".join([*(["text"] if clinic.sms else []), *(["link"] if clinic.public_address else [])])
    return visit.say(f"handout.reach.{by or 'chat'}")


def square(shared: Shared | None) -> Square | None:
    """The QR code of the list's page; None where there is no link."""
    if shared is None or shared.link is None:
        return None
    matrix = qr.matrix(shared.link)
    path = "".join(
        f"M{column + qr.QUIET} {row + qr.QUIET}h{width}v1h-{width}z" for column, row, width in qr.runs(matrix)
    )
    return Square(path, len(matrix) + 2 * qr.QUIET)
