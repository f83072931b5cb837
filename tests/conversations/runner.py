"""Plays a scripted conversation against a running assistant and checks what the person received.

Every turn, whether the script says so or not: the reply fits its schema, each listing shown is a row of the published
directory with that name and phone, each phone number in the text is of a row shown in this talk or a known line, and
nothing is left unfilled.
"""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from directory import phones, store
from directory.reply import SCHEMA, Kind
from directory.settings import DEMO_PHONE
from directory.text import budget, gsm
from tests.conftest import PHONE, Assistant
from tests.conversations.phone import Phone, arrived

__all__ = ["Script", "play", "scripts"]

_FOLDER = Path(__file__).parent
_VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
_UNFILLED = re.compile(r"\{[a-z_]+\}|\bNone\b(?! of th|, and )|\bnull\b")
# Lines that stand in fixed texts and belong to no row; each is named in facts or rules with its source.
_FIXED_TEXTS = ("directory", "bot/messages")


@dataclass(frozen=True)
class Script:
    """One conversation of tests/conversations."""

    path: Path
    name: str
    turns: tuple[dict[str, Any], ...]
    by: str = "web"

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"


def scripts() -> list[Script]:
    """Every script, in the order of its file."""
    return [_script(path) for path in sorted(_FOLDER.glob("*/*.yml"))]


def _script(path: Path) -> Script:
    plain = yaml.safe_load(path.read_text("utf-8"))
    assert set(plain) <= {"name", "as", "turns"}, f"{path}: unknown keys {set(plain)}"
    assert plain.get("as", "web") in ("web", "sms"), f"{path}: unknown channel {plain['as']!r}"
    for turn in plain["turns"]:
        assert set(turn) <= {"say", "expect", "after_days", "arrives", "phone"}, f"{path}: unknown keys {set(turn)}"
        unknown = set(turn.get("expect", {})) - {"kind", "has", "not", "rows", "slots", "choices", "crisis", "silent"}
        assert not unknown, f"{path}: unknown expectations {unknown}"
    return Script(path, plain["name"], tuple(plain["turns"]), plain.get("as", "web"))


def play(script: Script, assistant: Assistant, phone: Phone | None = None) -> None:
    """Plays one conversation, on the page or by text message; `phone: 2` is what somebody else writes meanwhile."""
    writes_to: Assistant | Phone = phone if phone and script.by == "sms" else assistant
    sessions: dict[int, str] = {}
    listed: set[str] = set()
    for turn in script.turns:
        number = turn.get("phone", 1)
        session = sessions[number] = sessions.get(number) or writes_to.session()
        if "after_days" in turn:
            _let_days_pass(turn["after_days"], session, assistant)
        if "arrives" in turn:
            _check_arrived(turn, session, assistant, str(script))
            continue
        messages: list[dict[str, Any]] = list(writes_to.say(session, turn["say"]))
        said = "\n".join(str(message["text"]) for message in messages)
        where = f"{script}: {turn['say']!r}\n{said}\n"
        assert bool(messages) is not turn.get("expect", {}).get("silent", False), where
        for message in messages:
            if script.by == "sms":
                _check_length(message, where)
            _check_always(message, assistant, where, listed)
            if script.by == "sms":
                listed |= {shown["name"] for shown in message["custom"].get("listings", [])}
        if script.by == "sms":
            _check_digits(said, where)
        _check_expected(turn.get("expect", {}), messages, said, where)
        if "slots" in turn.get("expect", {}):
            _check_slots(turn["expect"]["slots"], session, assistant, where)


def _check_arrived(turn: dict[str, Any], session: str, assistant: Assistant, script: str) -> None:
    """The texts that we begin so many days from now, each in one segment; none where the script says `silent`.

    `arrives: [18, 24]` is every day from the first to the last, where the calendar says which one it is.
    """
    expect, days = turn.get("expect", {}), turn["arrives"]
    texts = arrived(assistant.home, session, *(range(days[0], days[1] + 1) if isinstance(days, list) else (days,)))
    said = "\n".join(texts)
    where = f"{script}: after {turn['arrives']} days\n{said}\n"
    assert bool(texts) is not expect.get("silent", False), where
    assert all(gsm.segments(text) == 1 for text in texts), where
    _check_said(expect, said, where)


def _check_always(message: dict[str, Any], assistant: Assistant, where: str, listed: set[str]) -> None:
    """`listed` are the numbers of the rows shown so far: a summary names them without the rows beside it.

    By text message the names as well: what waited behind MORE is about the place named before.
    """
    text, custom = message["text"], message["custom"]
    assert text.strip(), where
    _VALIDATOR.validate(custom)
    assert not _UNFILLED.search(text), f"{where}something was left unfilled"
    with store.open_directory(assistant.home / "directory.db") as connection:
        for shown in custom.get("listings", []):
            record = store.listing(connection, shown["id"])
            numbers = {phones.display(phone) for phone in record.phones}
            assert shown["name"] in {record.name, record.organization}, where
            assert shown["phone"] is None or shown["phone"] in numbers, where
            assert shown["name"] in text or shown["name"] in listed, f"{where}{shown['name']} is shown and not said"
            listed |= {PHONE_KEY(number) for number in numbers}
    if custom.get("demo"):
        listed.add(PHONE_KEY(DEMO_PHONE))
    for number in PHONE.findall(text):
        assert PHONE_KEY(number) in listed | known_lines(), f"{where}{number} belongs to no row and no known line"


def _check_length(message: dict[str, Any], where: str) -> None:
    """What a text costs is what carriers count; it is within its budget, and nothing in it is made for a screen."""
    text = message["text"]
    assert message["segments"] == gsm.segments(text), where
    assert message["segments"] <= budget.most(Kind(message["custom"]["kind"])), f"{where}{message['segments']} segments"
    assert not _FOR_SCREENS.search(text), where
    assert not text[0].islower(), f"{where}a text begins in the middle of a sentence"


def _check_digits(said: str, where: str) -> None:
    """A digit means one thing in the texts of one turn: one place or one answer, and no answer has that of a place."""
    listed = [int(number) for number in _NUMBERED.findall(said)]
    answers = {int(number) for found in _ANSWERS.findall(said) for number in found if number}
    opened = {int(number) for number in _OPENS.findall(said)}
    assert len(listed) == len(set(listed)), f"{where}a digit stands before two lines"
    assert not answers & (opened | set(listed)), f"{where}a digit opens a place and answers a question"


_NUMBERED = re.compile(r"^(\d{1,2}) (?=\S)(?!=)", re.M)
_ANSWERS = re.compile(r"(?<![\d-])(\d{1,2}) = |[Cc]onteste (\d{1,2}) si [^.]*?, (\d{1,2}) si ")
_OPENS = re.compile(r"(?:Text|Escriba) (\d{1,2}) (?:for|para)")
_FOR_SCREENS = re.compile(r"\*\*|\]\(|[\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00b7\u2022]")


def PHONE_KEY(number: str) -> str:
    """The ten digits of a number, its extension left out."""
    return re.sub(r"\D", "", number.partition(" ext")[0])[-10:]


@cache
def known_lines() -> frozenset[str]:
    """The ten digits of every number that stands in the rules, plans, offices and fixed texts of the project."""
    root = _FOLDER.parent.parent
    files = [path for folder in _FIXED_TEXTS for path in (root / folder).rglob("*.yml") if "sources" not in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in files)
    return frozenset(PHONE_KEY(number) for number in re.findall(r"\+?1?[-.( ]*\d{3}[-.) ]*\d{3}[-. ]?\d{4}", text))


def _check_expected(expect: dict[str, Any], messages: list[dict[str, Any]], said: str, where: str) -> None:
    kinds = [message["custom"]["kind"] for message in messages]
    if "kind" in expect:
        wanted = expect["kind"] if isinstance(expect["kind"], list) else [expect["kind"]]
        assert kinds == wanted, f"{where}kinds {kinds}, expected {wanted}"
    _check_said(expect, said, where)
    if "rows" in expect:
        shown = sum(len(message["custom"].get("listings", [])) for message in messages)
        assert shown >= expect["rows"], f"{where}{shown} listings, expected at least {expect['rows']}"
    if "choices" in expect:
        choices = sum(len(message["custom"].get("choices", [])) for message in messages)
        assert choices >= expect["choices"], f"{where}{choices} choices, expected at least {expect['choices']}"
    if "crisis" in expect:
        assert [m["custom"]["crisis"] for m in messages if m["custom"].get("crisis")] == [expect["crisis"]], where


def _check_said(expect: dict[str, Any], said: str, where: str) -> None:
    for part in expect.get("has", []):
        assert str(part).casefold() in said.casefold(), f"{where}does not say {part!r}"
    for part in expect.get("not", []):
        assert str(part).casefold() not in said.casefold(), f"{where}says {part!r}"


def _check_slots(expected: dict[str, Any], session: str, assistant: Assistant, where: str) -> None:
    kept = kept_slots(assistant, session)
    for name, value in expected.items():
        assert kept.get(name) == value, f"{where}slot {name} is {kept.get(name)!r}, expected {value!r}"


def _let_days_pass(days: float, session: str, assistant: Assistant) -> None:
    """Makes what is kept of a session that much older, as if nobody had written since."""
    from tests.conversations.ids import conversation_id

    with sqlite3.connect(assistant.home / "conversations.db") as connection:
        where = (conversation_id(assistant.home, session),)
        (text,) = connection.execute("SELECT state FROM conversation WHERE id = ?", where).fetchone()
        state = json.loads(text)
        state["acts"] = [[act, at - days * 86400] for act, at in state["acts"]]
        connection.execute("UPDATE conversation SET state = ? WHERE id = ?", (json.dumps(state), *where))
    connection.close()


def kept_slots(assistant: Assistant, session: str) -> dict[str, Any]:
    """The slots that the assistant keeps of a session."""
    slots: dict[str, Any] = kept_state(assistant, session).get("slots", {})
    return slots


def kept_state(assistant: Assistant, session: str) -> dict[str, Any]:
    """All that the assistant keeps of a session, read from its file as it lies on disk."""
    from tests.conversations.ids import conversation_id

    connection = sqlite3.connect(f"file:{assistant.home / 'conversations.db'}?mode=ro", uri=True)
    try:
        row = connection.execute(
            "SELECT state FROM conversation WHERE id = ?", (conversation_id(assistant.home, session),)
        ).fetchone()
    finally:
        connection.close()
    state: dict[str, Any] = json.loads(row[0]) if row else {}
    return state
