"""Every paper by its name, as files: which there are, what each is called, and which cannot be made now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from directory import store
from directory.errors import DirectoryMissing, DirectoryOutdated, PrintError
from directory.model import Language
from directory.prints.calls import call_sheet
from directory.prints.choosing import places_to_call
from directory.prints.drawing import LETTER, TABLOID, Sheet
from directory.prints.facts import Facts
from directory.prints.first_month import first_month
from directory.prints.front_desk import front_desk
from directory.prints.leaflet import leaflet
from directory.prints.letter import letter, letter_text
from directory.prints.sign import sign

__all__ = ["PAPERS", "Paper", "make", "make_all"]

Languages = Sequence[Language]


@dataclass(frozen=True)
class Paper:
    """A file to be written: its name and its bytes."""

    name: str
    data: bytes


def make(what: str, facts: Facts, languages: Languages) -> tuple[Paper, ...]:
    """The files of one paper; PrintError when it would be of no use."""
    return tuple(_PAPERS[what](facts, tuple(languages)))


def make_all(facts: Facts, languages: Languages) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """Every paper that can be made now, and a sentence for each that cannot."""
    made: list[Paper] = []
    left: dict[str, list[str]] = {}
    for what in PAPERS:
        try:
            made += make(what, facts, languages)
        except (PrintError, DirectoryMissing, DirectoryOutdated) as error:
            left.setdefault(str(error), []).append(what)
    return tuple(made), tuple(f"{', '.join(papers)}: {reason}" for reason, papers in left.items())


def _leaflet(facts: Facts, languages: Languages) -> Iterator[Paper]:
    yield _pdf(f"leaflet{_said(languages)}", leaflet(facts, tuple(languages)))


def _sign(facts: Facts, languages: Languages) -> Iterator[Paper]:
    for size, name in ((LETTER, "letter"), (TABLOID, "11x17")):
        yield _pdf(f"sign_{name}{_said(languages)}", sign(facts, tuple(languages), size))


def _front_desk(facts: Facts, languages: Languages) -> Iterator[Paper]:
    yield from (_pdf(f"front_desk_{each.value}", front_desk(facts, each)) for each in languages)


def _first_month(facts: Facts, languages: Languages) -> Iterator[Paper]:
    yield from (_pdf(f"first_month_{each.value}", first_month(facts, each)) for each in languages)


def _letter(facts: Facts, languages: Languages) -> Iterator[Paper]:
    for each in languages:
        yield _pdf(f"letter_{each.value}", letter(facts, each))
        yield Paper(f"letter_{each.value}.txt", letter_text(facts, each).encode("utf-8"))


def _calls(facts: Facts, languages: Languages) -> Iterator[Paper]:
    counties = facts.settings.counties
    with store.open_directory() as connection:
        found = places_to_call(connection, counties, facts.day)
    if not found:
        raise PrintError(
            f"No published place in {', '.join(counties) or 'California'} needs a call now: each was checked "
            "within half a year, or has no phone. Nothing was printed. Load a list: puente sync SOURCE, puente publish"
        )
    yield from (_pdf(f"calls_{each.value}", call_sheet(facts, each, found)) for each in languages)


def _said(languages: Languages) -> str:
    return f"_{languages[0].value}" if len(languages) == 1 else ""


def _pdf(name: str, sheet: Sheet) -> Paper:
    return Paper(f"{name}.pdf", bytes(sheet.output()))


_PAPERS: Mapping[str, Callable[[Facts, Languages], Iterator[Paper]]] = {
    "leaflet": _leaflet,
    "sign": _sign,
    "front-desk": _front_desk,
    "first-month": _first_month,
    "letter": _letter,
    "calls": _calls,
}
PAPERS = tuple(_PAPERS)
