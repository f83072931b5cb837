"""What a person asked the page: read from the address, bounded, and written back into links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode, urlsplit

from directory import places, plans
from directory.desk.paging import number_of
from directory.eligibility import rules
from directory.model import Language, Need, Place
from directory.search import WALK_IN, WHEELCHAIR, Query
from directory.text.catalogue import keys

__all__ = ["LONGEST", "PAGE", "WAIT_LIST", "Asked", "language_codes", "query_of", "read"]

PAGE = 10
LONGEST = 80
_LAST_PAGE = 1000
_FLAGS = ("open_now", "taking_referrals", "wheelchair", "walk_in")
_TEXTS = ("what", "near", "words", "plan", "language", "has_room")
WAIT_LIST = "wait_list"
_ROOM = frozenset({"1", WAIT_LIST})
"""With room; or with room, else a waiting list."""


@dataclass(frozen=True)
class Asked:
    """The form as it was filled in; a choice that does not exist counts as not made."""

    lang: Language = Language.EN
    what: str = ""
    near: str = ""
    words: str = ""
    plan: str = ""
    language: str = ""
    open_now: bool = False
    taking_referrals: bool = False
    has_room: str = ""
    wheelchair: bool = False
    walk_in: bool = False
    page: int = 1

    @property
    def anything(self) -> bool:
        """Whether there is something to search for."""
        return any(getattr(self, name) for name in (*_TEXTS, *_FLAGS))

    def place(self) -> places.Resolution | None:
        """The place that was written, or why it is none; None when nothing was written."""
        return places.resolve(self.near) if self.near else None

    def query(self, place: Place | None) -> Query:
        """The question for the search."""
        kind, _, id = self.what.partition(":")
        program = rules.programs().get(id) if kind == "program" else None
        return Query(
            need=program.need if program else (Need(id) if kind == "need" else None),
            program=program.id if program else None,
            place=place,
            plan=self.plan or None,
            language=self.language or None,
            open_now=self.open_now,
            taking_referrals=self.taking_referrals,
            has_room=bool(self.has_room),
            wait_list=self.has_room == WAIT_LIST,
            barriers=tuple(key for key, wanted in self._access if wanted),
            text=self.words or None,
            limit=PAGE,
            offset=(self.page - 1) * PAGE,
        )

    @property
    def _access(self) -> tuple[tuple[str, bool], ...]:
        return (WHEELCHAIR, self.wheelchair), (WALK_IN, self.walk_in)

    def link(self, path: str = "/", **changes: object) -> str:
        """The address of the same question with those changes."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        values: dict[str, str] = {}
        for name in _TEXTS:
            if text := getattr(changed, name):
                values[name] = text
        values |= {flag: "1" for flag in _FLAGS if getattr(changed, flag)}
        if changed.page > 1:
            values["page"] = str(changed.page)
        return f"{path}?{urlencode(values)}" if values else path


def read(values: Mapping[str, str], lang: Language) -> Asked:
    """What was asked, read in that language."""
    return Asked(
        lang=lang,
        what=_one_of(values.get("what", ""), _whats()),
        near=_text(values.get("near", "")),
        words=_text(values.get("words", "")),
        plan=_one_of(values.get("plan", ""), frozenset(plans.plans())),
        language=_one_of(values.get("language", ""), frozenset(language_codes())),
        open_now=values.get("open_now") == "1",
        taking_referrals=values.get("taking_referrals") == "1",
        has_room=_one_of(values.get("has_room", ""), _ROOM),
        wheelchair=values.get("wheelchair") == "1",
        walk_in=values.get("walk_in") == "1",
        page=_page(values.get("page", "")),
    )


def query_of(asked: Asked) -> str:
    """What stands behind the question mark of that question; empty for none."""
    return urlsplit(asked.link()).query


@cache
def language_codes() -> tuple[str, ...]:
    """The languages that one can ask for."""
    prefix = "language."
    return tuple(sorted(key[len(prefix) :] for key in keys(Language.EN) if key.startswith(prefix)))


@cache
def _whats() -> frozenset[str]:
    return frozenset({f"need:{need.value}" for need in Need} | {f"program:{id}" for id in rules.programs()})


def _one_of(text: str, known: frozenset[str]) -> str:
    return text if text in known else ""


def _text(text: str) -> str:
    """One line of at most 80 letters, without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(plain.split())[:LONGEST].strip()


def _page(text: str) -> int:
    return min(number_of(text), _LAST_PAGE)
