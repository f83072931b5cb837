"""Food for tonight, in hunger or in fear: what can be reached now, and not a question before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from actions.context import Goal
from directory import store
from directory.model import Need, Schedule
from tests.actions.conftest import NOW, RECORDS, Stage, made

CHANNELS = ("web", "sms")
ALWAYS = replace(made(21, "Night Pantry", Need.FOOD, ("food_bank",)), schedule=Schedule(always=True))


def words(sent: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in sent)


@pytest.fixture
def at_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same small directory with one more pantry, that is always open."""
    source = store.SourceRecord("made", "A made list")
    store.write_directory(
        tmp_path / "night.db", records=(*RECORDS, ALWAYS), sources=[source], publication="m", published_at=NOW
    )
    (tmp_path / "home").mkdir()
    (tmp_path / "night.db").rename(tmp_path / "home" / "directory.db")
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "i need food tonite in modesto"), ("es", "necesito comida esta noche en modesto")],
)
def test_food_for_tonight_begins_with_what_is_open_then(at_night: None, channel: str, language: str, text: str) -> None:
    sent = Stage(channel=channel).say("find_provider", text, need="food", place="Modesto", language=language)
    assert sent[-1]["custom"]["listings"][0]["name"] == "Night Pantry"


@pytest.mark.parametrize("language", ["en", "es"])
def test_where_nothing_is_known_to_be_open_tonight_it_says_so(stage: Stage, language: str) -> None:
    text = "food tonight in modesto" if language == "en" else "comida esta noche en modesto"
    sent = stage.say("find_provider", text, need="food", place="Modesto", language=language, urgent=True)
    assert "211" in words(sent)
    assert sent[-1]["custom"]["listings"]
    assert "do not say if" in words(sent) or "no dicen si" in words(sent)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(("language", "text"), [("en", "im dying of hunger"), ("es", "me muero de hambre")])
def test_who_is_starving_gets_211_too(stages: Callable[..., Stage], channel: str, language: str, text: str) -> None:
    sent = stages(channel=channel).say("find_provider", text, need="food", place="Modesto", language=language)
    assert "211" in words(sent)
    assert sent[-1]["custom"]["kind"] == "listings"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("act", ["check_eligibility", "find_provider"])
@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("es", "tengo miedo de la migra si pido comida", "Nunca pregunto"),
        ("en", "i dont got papers i need food", "never ask"),
    ],
)
def test_food_comes_in_the_same_answer_as_the_line_that_calms(
    stages: Callable[..., Stage], channel: str, act: str, language: str, text: str, says: str
) -> None:
    line, found = stages(channel=channel).say(act, text, need="food", place="Modesto", language=language)
    assert says in line["text"]
    assert (found["custom"]["kind"], found["custom"]["need"]) == ("listings", "food")


def test_papers_alone_are_met_with_the_line(stage: Stage) -> None:
    assert "never ask" in words(stage.say("inform", "i dont got papers", language="en"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_notice_of_the_landlord_is_no_paper_of_the_court(stages: Callable[..., Stage], language: str) -> None:
    stage = stages(channel="sms")
    text = words(stage.say("find_provider", "3 day notice", guide="eviction_paper", language=language))
    assert ("not from the court yet" in text) or ("no viene de la corte" in text)
    assert "211" in text and "lawhelpca.org" in text and "sheriff" in text
