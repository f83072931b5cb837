"""What stands on the paper, in the patient's language, from rows and dated rules alone; page and PDF draw the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from directory import hours, search
from directory.eligibility import rules
from directory.errors import UnknownListing
from directory.handout import places, ways
from directory.handout.drafts import Around, Draft
from directory.handout.places import Line, Spot
from directory.handout.ways import Way
from directory.model import Language, Need, PhoneKind
from directory.search import Hit, Query
from directory.settings import Settings
from directory.text.catalogue import say
from directory.text.clinic import hours_line
from directory.text.day import day_text
from directory.text.facts import demo_notice
from directory.text.ours import ours

__all__ = ["Line", "Paper", "Spot", "Way", "gone", "paper"]

_LINES = ("911", "988", "211")


@dataclass(frozen=True)
class Paper:
    """The whole list: what is said above, ways to a program, places, whom to call else; `gone` are left out of it.

    `say` is what to say on the phone where that is the same at every place; no place repeats it then.
    """

    language: Language
    size: int
    title: str
    dated: str
    notes: tuple[str, ...]
    ways: tuple[Way, ...]
    say: str | None
    places: tuple[Spot, ...]
    clinic: Line | None
    lines: tuple[Line, ...]
    demo: str | None
    gone: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is left to hand out."""
        return not (self.ways or self.places)


def paper(draft: Draft, *, now: datetime, path: Path | None = None, language: Language = Language.EN) -> Paper:
    """The list as it is on paper now, in the language of the draft; in `language` where none was chosen."""
    spoken, today = draft.language or language, now.astimezone(hours.PACIFIC).date()
    hits = [hit for id in draft.places if (hit := _found(id, draft.around, now, path))]
    clinic = ours()
    known = [id for id in draft.programs if id in rules.programs()]
    spots = [places.spot(hit, places.asked_of(hit, known, draft.around), draft.around, spoken, known) for hit in hits]
    once = _same(spots)
    told = any(one.listing.provenance.demo for hit in hits for one in hit.services) or clinic.demo
    return Paper(
        language=spoken,
        size=draft.size,
        title=say("handout.title", spoken),
        dated=say("handout.dated", spoken, day=day_text(today, spoken)),
        notes=tuple(_notes(hits, spoken)),
        ways=tuple(ways.way(id, draft.around, spoken, today) for id in known),
        say=once,
        places=tuple(replace(spot, say=None) if once else spot for spot in spots),
        clinic=_clinic(clinic, spoken),
        lines=tuple(Line(number, say(f"leaflet.danger_{number}", spoken)) for number in _LINES),
        demo=demo_notice(spoken) if told else None,
        gone=gone(draft, now=now, path=path),
    )


def gone(draft: Draft, *, now: datetime, path: Path | None = None) -> tuple[str, ...]:
    """The ids of the draft that are on no list any more, or are shown to nobody today."""
    return tuple(id for id in draft.places if _found(id, draft.around, now, path) is None)


def _found(id: str, around: Around, now: datetime, path: Path | None) -> Hit | None:
    need = Need(around.need) if around.need else None
    try:
        return search.found(id, now=now, query=Query(need=need, program=around.program), path=path)
    except UnknownListing:
        return None


def _same(spots: list[Spot]) -> str | None:
    """What is said at every place with a number, where there are several and it is the same."""
    said = {spot.say for spot in spots if spot.phones}
    return said.pop() if len(spots) > 1 and len(said) == 1 else None


def _notes(hits: list[Hit], language: Language) -> Iterator[str]:
    """What counts for the whole list, said once."""
    yield say("handout.decides", language)
    calls = any(phone.kind is PhoneKind.VOICE for hit in hits for phone in hit.listing.phones)
    if language is Language.ES and calls and not all("es" in hit.listing.languages for hit in hits):
        yield say("handout.in_english", language)


def _clinic(clinic: Settings, language: Language) -> Line | None:
    """Our own name and number, with the hours where they are known."""
    if not clinic.clinic and not clinic.phone:
        return None
    name = clinic.clinic or say("leaflet.our_clinic", language)
    told = [clinic.phone, hours_line(clinic, language)] if clinic.phone else [clinic.address]
    return Line(name, ". ".join(part.rstrip(".") for part in told if part))
