"""What a message said, as the understanding of it arrives: act, entities, language, danger."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.slots import Want
from directory.folding import unaccented
from directory.model import Language

__all__ = ["Heard", "fold", "hear"]


@dataclass(frozen=True)
class Heard:
    """One message; `needs`, `programs`, `guides` and `plan` are ids, `places` are texts for the gazetteer of places.

    `about` is for whom it is. `beside` are the needs and programs named in other words than those that name a guide.
    """

    text: str = ""
    act: str | None = None
    language: str | None = None
    wanted_language: str | None = None
    needs: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    plan: str | None = None
    when: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    about: str | None = None
    other: str | None = None
    """The language of the message, where it is none that we speak."""
    crisis: str | None = None
    urgent: bool = False

    @property
    def place(self) -> str | None:
        return self.places[0] if self.places else None

    @property
    def names_something(self) -> bool:
        return bool(self.needs or self.programs or self.places or self.plan)

    @property
    def mark(self) -> str:
        """What tells the same words again and cannot be read back."""
        return hashlib.blake2s(fold(self.text).encode(), digest_size=6).hexdigest()

    def wants(self) -> tuple[Want, ...]:
        """What is named to be looked for: the programs, then the needs."""
        return (*(Want(program=program) for program in self.programs), *(Want(need=need) for need in self.needs))


_DIGITS = re.compile(r"\W*\d{1,2}\W*")


def _named(text: str, entities: Iterable[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    """What a message names; a digit alone picks, and never names a program ("8" is not Section 8)."""
    bare = _DIGITS.fullmatch(text) is not None
    return tuple(each for each in entities if not (bare and each.get("entity") in ("need", "program")))


def hear(message: Mapping[str, Any]) -> Heard:
    """The message as the tracker holds it, in our words; what is absent stays None or empty."""
    text = str(message.get("text") or "")
    entities = _named(text, message.get("entities") or ())
    return Heard(
        text=text,
        act=(message.get("intent") or {}).get("name"),
        language=_first(entities, "language"),
        wanted_language=_first(entities, "language_wanted"),
        needs=_all(entities, "need"),
        programs=_all(entities, "program"),
        places=(*_zips(message, entities), *_all(entities, "place")),
        plan=_first(entities, "plan"),
        when=_all(entities, "when"),
        topics=_all(entities, "topic"),
        guides=_all(entities, "guide"),
        beside=_beside(entities),
        about=_first(entities, "person_about"),
        other=_other(message.get("language")),
        crisis=message.get("crisis") or None,
        urgent=bool(message.get("urgent")),
    )


_SPOKEN = tuple(language.value for language in Language)


def _other(language: Any) -> str | None:
    return str(language) if language and language not in _SPOKEN else None


_CORRECTS = {"no", "not", "sorry", "mean", "meant", "actually", "perdon", "digo"}


def _zips(message: Mapping[str, Any], entities: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The ZIP codes, the last one first where the message corrects itself: "94501, no, 94601"."""
    zips = _all(entities, "zip")
    said = fold(str(message.get("text") or "")).split()
    return zips[::-1] if len(zips) > 1 and _CORRECTS & set(said) else zips


def _beside(entities: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    spans = [_span(item) for item in entities if item.get("entity") == "guide"]
    named = [item for item in entities if item.get("entity") in ("need", "program") and item.get("value")]
    outside = (item for item in named if not any(_covers(span, _span(item)) for span in spans))
    return tuple(dict.fromkeys(str(item["value"]) for item in outside))


def _span(entity: Mapping[str, Any]) -> tuple[int, int]:
    return int(entity.get("start") or 0), int(entity.get("end") or 0)


def _covers(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span[0] <= other[0] and other[1] <= span[1]


def _all(entities: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(str(item["value"]) for item in entities if item.get("entity") == name and item.get("value"))
    )


def _first(entities: Iterable[Mapping[str, Any]], name: str) -> str | None:
    return next(iter(_all(entities, name)), None)


@functools.lru_cache(maxsize=256)  # one message is read by forty rooms, one after the other
def fold(text: str) -> str:
    """The words of a text for comparing: no accents, no case, no signs, one space between and around."""
    return " ".join(("", *_WORD.findall(unaccented(text.casefold())), ""))


_WORD = re.compile(r"[^\W_]+")
