"""Somebody else may read the phone: after violence at home, self-harm or drugs nothing is sent to it, by any path."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from directory.errors import SenderError
from directory.inbox import followups, lists, queue, quiet, tasks
from directory.model import Language
from directory.sender.lists import invite
from directory.text import catalogue
from tests.actions.a_phone import OPEN, phone, short, text
from tests.actions.a_phone import clinic as a_clinic
from tests.actions.conftest import Stage

NUMBER = "+12095550123"
LATER = OPEN + timedelta(days=11)


@dataclass(frozen=True)
class Said:
    """Words that make a phone unsafe to write to, as the understanding hands them on."""

    act: str
    en: str
    es: str
    more: dict[str, Any] = field(default_factory=dict)

    def by(self, mine: Stage, language: str) -> list[dict[str, Any]]:
        return mine.say(self.act, self.es if language == "es" else self.en, language=language, **self.more)


HARD = {
    "violence": Said("crisis", "he hits me", "me pega", {"crisis": "violence"}),
    "self_harm": Said("crisis", "i want to die", "me quiero morir", {"crisis": "self_harm"}),
    "abuse": Said("crisis", "my aide hurts me", "la que me cuida me lastima", {"crisis": "abuse"}),
    "overdose": Said("crisis", "she took too many pills", "se tomó muchas pastillas", {"crisis": "medical"}),
    "worry at home": Said("inform", "im scared when he drinks", "me da miedo cuando llega", {"crisis": "worry"}),
    "refuge": Said(
        "find_provider", "a domestic violence shelter in modesto", "un refugio por violencia en modesto",
        {"need": "housing", "place": "Modesto"},
    ),
    "sobering": Said("find_provider", "sobering center", "centro de sobriedad", {"program": "cs_sobering"}),
    "drugs": Said("program_info", "help to quit meth", "ayuda para dejar las drogas", {"guide": "mental_health_lines"}),
    "drinking": Said("find_provider", "detox in modesto", "desintoxicación en modesto", {"place": "Modesto"}),
    "under age": Said("find_provider", "im 16 i need food", "tengo 16 años ocupo comida", {"need": "food"}),
}  # fmt: skip
SOFT = {
    "chest pain": Said("crisis", "my chest hurts", "me duele el pecho", {"crisis": "medical"}),
    "no roof": Said("crisis", "nowhere to sleep tonight", "no tengo dónde dormir", {"crisis": "unsafe_tonight"}),
    "food": Said("find_provider", "food in modesto", "comida en modesto", {"need": "food", "place": "Modesto"}),
}
BOTH = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    a_clinic(home, monkeypatch, OPEN)
    return home


def queued(mine: Stage, cause: str) -> bool:
    assert mine.reach
    return queue.put(cause, mine.who, mine.reach, "A text.", OPEN + timedelta(days=1), LATER + timedelta(days=1), OPEN)


def agreed(mine: Stage) -> None:
    assert mine.reach
    followups.agree(
        mine.who, mine.reach, listings=("made:1",), need="food", program=None, county="Stanislaus", language="en",
        asked="Shall I text you?", answer="1", now=OPEN,
    )  # fmt: skip


@BOTH
@pytest.mark.parametrize("said", HARD.values(), ids=HARD)
def test_nothing_goes_to_that_phone_by_any_path(clinic: Path, said: Said, language: str) -> None:
    mine = phone()
    assert queued(mine, "before")
    agreed(mine)
    said.by(mine, language)
    assert quiet.is_quiet(mine.who)
    assert (queue.state("before") or ("",))[0] == "cancelled" and followups.due(LATER) == ()
    assert not queued(mine, "after")
    agreed(mine)
    code = lists.make(lists.SavedList(need="food", place="Modesto"), "Ana", OPEN)
    with pytest.raises(SenderError):
        invite(NUMBER, code, Language(language), consent="at the desk today", by="Ana", now=OPEN)
    assert followups.due(LATER) == () and queue.claim(LATER) is None


@BOTH
@pytest.mark.parametrize("said", HARD.values(), ids=HARD)
def test_nothing_is_offered_to_that_phone_any_more(clinic: Path, said: Said, language: str) -> None:
    said.by(phone(), language)
    mine = phone()  # days later: nothing of the talk is left
    heard = [
        mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language),
        mine.say("thanks", "thank you"),
        mine.say(
            "find_provider",
            "a ride to my appointment on december 14" if language == "en" else "un viaje a mi cita el 14 de diciembre",
            need="transport", program="nmt", plan="kaiser",
        ),
        mine.say("talk_to_human", "a person"),
    ]  # fmt: skip
    assert not any(re.search(r"1 = yes|Conteste 1", text(messages)) for messages in heard)


@BOTH
@pytest.mark.parametrize("said", SOFT.values(), ids=SOFT)
def test_who_has_no_roof_or_is_sick_may_still_be_written_to(clinic: Path, said: Said, language: str) -> None:
    mine = phone()
    assert queued(mine, "before")
    said.by(mine, language)
    assert not quiet.is_quiet(mine.who) and (queue.state("before") or ("",))[0] == "waiting"


def test_the_page_has_no_number_and_keeps_nothing(clinic: Path, stage: Stage) -> None:
    HARD["violence"].by(stage, "en")
    assert not quiet.is_quiet(stage.who) and not (clinic / "opt_outs.db").exists()


@BOTH
def test_an_inbox_that_cannot_be_written_takes_no_word_of_a_danger_away(
    clinic: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUENTE_INBOX", "sqlite:////nowhere/at/all/inbox.db")
    (said,) = HARD["violence"].by(phone(), language)
    assert said["custom"]["kind"] == "crisis" and "1-800-799-7233" in said["text"]


# What such a phone shows

NAMES_WHY = re.compile(
    r"violen|abus|\bhiv\b|\bvih\b|drug|drog|batter|golpe|suicid|overdos|sobredos|refug|shelter|hits|pega", re.I
)


@BOTH
@pytest.mark.parametrize("name", ["violence", "self_harm", "abuse", "overdose", "worry at home", "refuge"])
def test_no_first_line_names_why(clinic: Path, name: str, language: str) -> None:
    said = HARD[name].by(phone(), language)
    assert NAMES_WHY.search(said[0]["text"].splitlines()[0]) is None
    assert not re.search(r"\bpage\b|computer|página|computadora", text(said))


@pytest.mark.parametrize("language", list(Language))
def test_no_text_that_we_begin_names_why(language: Language) -> None:
    begun = [key for key in catalogue.keys(language) if key.startswith(("later.", "remind."))]
    assert len(begun) >= 5
    values = {"name": "Kite Clinic", "code": "RIVER", "phone": "209-555-0140"}
    why = re.compile(rf"{NAMES_WHY.pattern}|doctor|clínica de|dialysis|diálisis|cita|visit", re.I)
    assert not [key for key in begun if why.search(catalogue.say(key, language, **values))]


@BOTH
def test_after_violence_it_says_how_to_take_it_off_the_phone(clinic: Path, language: str) -> None:
    mine = phone()
    said = text(HARD["violence"].by(mine, language))
    assert ("delete" in said) if language == "en" else ("borre" in said)
    said = text(mine.say("find_provider", "where can i go in modesto", need="housing", place="Modesto"))
    assert ("ERASE" in said) if language == "en" else ("BORRAR" in said)
    mine.say("inform", "ERASE" if language == "en" else "BORRAR")
    assert quiet.is_quiet(mine.who)


# The word that wipes

WIPES = [
    ("en", "ERASE"), ("en", "erase"), ("en", "Delete everything please"), ("en", "forget what i told you"),
    ("en", "please delete my messages"), ("es", "BORRAR"), ("es", "borrar todo"), ("es", "bórrelo todo por favor"),
    ("es", "olvide lo que le dije"), ("es", "Borre mis datos"),
]  # fmt: skip


@pytest.mark.parametrize("act", ["inform", "nlu_fallback", "opt_out"])
@pytest.mark.parametrize(("language", "words"), WIPES)
def test_one_word_wipes_all_of_it(clinic: Path, language: str, words: str, act: str) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    assert queued(mine, "waits") and mine.reach
    agreed(mine)
    tasks.call(mine.who, mine.reach, need=None, county=None, language="en", when="any", red=False, now=OPEN)
    (said,) = mine.say(act, words)
    assert short([said]) and not NAMES_WHY.search(said["text"])
    assert ("choose Delete" in said["text"]) if language == "en" else ("escoja Borrar" in said["text"])
    assert {name for name, value in mine.slots.items() if value} == {"language"}
    assert queue.state("waits") is None and followups.due(LATER) == () and tasks.open_tasks() == ()
    assert queue.claim(LATER) is None


@BOTH
def test_what_could_not_be_wiped_is_said(clinic: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    monkeypatch.setenv("PUENTE_INBOX", "sqlite:////nowhere/at/all/inbox.db")
    (said,) = mine.say("inform", "ERASE" if language == "en" else "BORRAR")
    assert short([said]) and "STOP" in said["text"]
    assert {name for name, value in mine.slots.items() if value} == {"language"}


# Under 18

SECRET = re.compile(
    r"secret|confidential|private|anonym|nobody will (?:know|find)|no one will (?:know|find)|only you|secreto|"
    r"confidencial|privad|anónim|anonim|nadie (?:se va a enterar|se entera|sabrá|va a saber)|solo usted",
    re.I,
)
CANNOT = re.compile(
    r"We cannot promise[^.]*\.|No podemos prometer[^.]*\.|The address is kept secret\.|El lugar es secreto\.", re.I
)
"""What is no promise: that there is none, and that a refuge tells nobody where it is."""


@BOTH
def test_nobody_under_age_is_promised_a_secret(clinic: Path, language: str) -> None:
    mine = phone()
    begins = "im 16 and i need a shelter in modesto" if language == "en" else "tengo 16 años, un albergue en modesto"
    fear = "will they call my mom" if language == "en" else "van a avisar a mis papas?"
    couch = "on a friends couch tonight" if language == "en" else "con una amiga hoy"
    heard = [
        mine.say("find_provider", begins, need="housing", place="Modesto", language=language),
        mine.say("ask_privacy", fear),
        mine.say("inform", couch, crisis="worry"),
        mine.say("crisis", "my dad hits me" if language == "en" else "mi papá me pega", crisis="violence"),
        mine.say("talk_to_human", "a person"),
    ]
    said = CANNOT.sub("", "\n".join(map(text, heard)))
    assert heard[0][0]["custom"]["kind"] == "guide" and "988" in text(heard[0])
    assert not SECRET.search(said), SECRET.search(said)
    assert not re.search(r"1 = yes|Conteste 1", said)
