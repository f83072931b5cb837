"""Every text a patient can see, in both languages, found in the files themselves, so that none can be forgotten.

The texts of the assistant's channels and of its chat page are read from their files: nothing of `bot` is imported.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory import wording
from directory.eligibility import strict
from directory.errors import RulesError
from directory.text import catalogue

__all__ = ["STAFF", "PatientText", "every_text", "find", "staff_text"]

_DIRECTORY = Path(__file__).parents[2]
_BOT = _DIRECTORY.parent / "bot"
_PAGE = re.compile(r'<script type="application/json" id="texts">(.*?)</script>', re.S)
_OWN_ROOMS = frozenset({"assistant", "desk", "handout", "leaflet", "paper", "sign", "verdict"})
"""First parts of keys of the catalogue that are rooms; all others tell of places."""
STAFF = frozenset({"desk", "inventory", "paper", "table", "words"})
"""Rooms that no patient sees: the desk, papers for staff, titles of tables, the page of `puente privacy`."""
_STILL = re.compile(r'<p lang="(en|es)">(.*?)</p>')
"""What the page says before, or without, its script."""
_TAG = re.compile(r"<[^>]+>")
_ROOMS = {
    "assistant": "What the assistant says in a chat",
    "bot": "A fixed reply of the assistant",
    "card": "What the plan's name on a card can mean",
    "channel": "When the assistant cannot answer",
    "condition": "A question about whether somebody may qualify",
    "decider": "Who decides, inside a sentence",
    "definition": "Something several programs look at",
    "guide": "Guide",
    "handout": "The list made for a patient, on paper",
    "hedge": "Added when we may claim less",
    "leaflet": "The leaflet, on paper",
    "listing": "Places found, and what a place says",
    "need": "The name of a need",
    "noted": "What this clinic noted of a plan",
    "offer": "Whether a plan gives something",
    "office": "Who to call",
    "page": "The chat page",
    "plan": "A Medi-Cal plan",
    "program": "Program",
    "question": "A question",
    "ride": "Calling for a ride",
    "sign": "The sign in the waiting room",
    "table": "The name of a table of limits",
    "verdict": 'How an answer to "may I get it" reads',
    "wording": "A reason given with an answer",
}


@dataclass(frozen=True)
class PatientText:
    """One text as it is said now, in both languages; `shipped` is what it is without the clinic's own words.

    `room` is the part of Puente that says it, `where` tells a translator where it is read, `file` where it is written.
    """

    id: str
    en: str
    es: str
    room: str
    where: str
    file: str
    shipped: tuple[str, str]

    def get(self, language: str) -> str:
        """The words in that language."""
        return self.es if language == "es" else self.en

    def ships(self, language: str) -> str:
        """The words that ship in that language."""
        return self.shipped[wording.LANGUAGES.index(language)]


def every_text() -> Iterator[PatientText]:
    """Every text a patient can see, in the order of the files."""
    yield from (text for text in _all() if text.room not in STAFF)


def staff_text() -> Iterator[PatientText]:
    """The texts that only staff read."""
    yield from (text for text in _all() if text.room in STAFF)


def _all() -> Iterator[PatientText]:
    yield from _catalogue()
    yield from _bot()
    yield from _knowledge()


def find(id: str, texts: Iterable[PatientText]) -> PatientText | None:
    """The text with that id."""
    return next((text for text in texts if text.id == id), None)


def _text(id: str, shipped: tuple[str, str], room: str, rest: str, file: str) -> PatientText:
    en, es = (wording.words(id, language, text) for language, text in zip(wording.LANGUAGES, shipped, strict=True))
    where = _ROOMS.get(room, room.capitalize())
    return PatientText(id, en, es, room, f"{where}: {rest}" if rest else where, file, shipped)


def _catalogue() -> Iterator[PatientText]:
    both = [catalogue.shipped(language) for language in wording.LANGUAGES]
    for key in both[0]:
        first = key.partition(".")[0]
        room = first if first in _OWN_ROOMS else "listing"
        rest = key.removeprefix(f"{room}.")
        yield _text(key, (both[0][key], both[1].get(key, "")), room, _said(rest), "directory/text")


def _bot() -> Iterator[PatientText]:
    fixed = _flat(_BOT / "messages" / "{}.yml", ("text", "sms"))
    channel = _flat(_BOT / "messages" / "channel.{}.yml", ())
    for room, found, file in (("bot", fixed, "bot/messages"), ("channel", channel, "bot/messages")):
        for id, both in found:
            yield _text(f"{room}.{id}", both, room, _said(id.removeprefix("utter_")), file)
    for id, both in _page():
        yield _text(f"page.{id}", both, "page", _said(id), "bot/web/chat.html")


def _flat(pattern: Path, forms: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The texts of two files that are twins; with `forms` each entry holds its text under those names."""
    files = [Path(str(pattern).format(language)) for language in wording.LANGUAGES]
    if not all(file.exists() for file in files):  # a directory without the assistant beside it
        return
    en, es = (dict(_entries(strict.plain(file), forms)) for file in files)
    yield from ((id, (text, es.get(id, ""))) for id, text in en.items())


def _entries(plain: object, forms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in plain.items() if isinstance(plain, dict) else ():
        if isinstance(value, str):
            yield str(key), value
        elif isinstance(value, dict):
            yield from ((key if form == "text" else f"{key}.{form}", value[form]) for form in forms if form in value)


def _page() -> Iterator[tuple[str, tuple[str, str]]]:
    file = _BOT / "web" / "chat.html"
    if not file.exists():
        return
    page = file.read_text(encoding="utf-8")
    found = _PAGE.search(page)
    if not found:
        raise RulesError(f"{file} holds no texts, so nobody can review them. Put the block with id `texts` back.")
    both: Mapping[str, Mapping[str, str]] = json.loads(found[1])
    yield from ((id, (text, both["es"].get(id, ""))) for id, text in both["en"].items())
    still = _STILL.findall(page)
    each = [[_TAG.sub("", text) for said, text in still if said == language] for language in wording.LANGUAGES]
    pairs = zip(each[0], each[1], strict=True)
    yield from ((f"still.{number}", pair) for number, pair in enumerate(pairs, start=1))


def _knowledge() -> Iterator[PatientText]:
    for folder in ("eligibility", "plans", "privacy"):
        for file in sorted((_DIRECTORY / folder).rglob("*.yml")):
            yield from _in(file)


def _in(file: Path) -> Iterator[PatientText]:
    prefix = wording.prefix(file)
    room = prefix.partition(".")[0]
    plain = strict.plain(file)
    name = _name(plain)
    for twin in wording.twins(plain, prefix):
        rest = _said(twin.id.removeprefix(f"{prefix}."))
        said = f"{name}, {rest}" if name else rest
        shipped = (twin.get("en"), twin.get("es"))
        yield _text(twin.id, shipped, room, said, file.relative_to(_DIRECTORY.parent).as_posix())


def _name(plain: object) -> str:
    """What the program or guide of a file is called."""
    named = next((plain[key] for key in ("short", "title") if key in plain), None) if isinstance(plain, dict) else None
    return str(named.get("en", "")) if isinstance(named, dict) else ""


def _said(id: str) -> str:
    """An id as words: `ask.place_again` -> "ask place again", `ask.place.sms` -> "ask place, by text message"."""
    name, short, _ = id.partition(catalogue.SHORT) if id.endswith(catalogue.SHORT) else (id, "", "")
    return re.sub(r"[._]+", " ", name).strip() + (", by text message" if short else "")
