"""Whoever asks who reads this hears what is kept and for how long, by the settings in force, in either language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from directory import privacy
from directory.model import Language
from directory.text import catalogue, gsm
from tests.actions.conftest import Stage, home

__all__ = ["home"]

QUESTIONS = {"en": "do you keep what i write", "es": "¿quién lee esto?"}
UNITS = {"en": ("day", "minute"), "es": ("día", "minuto")}
NUMBER = re.compile(r"\d+")


@pytest.fixture
def stage(home: Path) -> Stage:
    return Stage()


def asked(stage: Stage, language: str) -> str:
    (told,) = stage.say("ask_privacy", QUESTIONS[language], language=language)
    return str(told["text"])


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("days", [None, 14, 1, 90])
def test_the_days_are_those_of_the_settings(stage: Stage, home: Path, language: str, days: int | None) -> None:
    said = {"clinic": "Clínica Nogal", "phone": "209-555-0142"}
    retention = {"retention": {"conversations": days}} if days else {}
    (home / "settings.yml").write_text(yaml.safe_dump({**said, **retention}, allow_unicode=True), "utf-8")
    text = asked(stage, language)
    day, minute = UNITS[language]
    assert re.findall(rf"(\d+) {day}s?\b", text) == [str(days or 30)]
    assert re.findall(rf"(\d+) {minute}s\b", text) == [str(privacy.minutes("said_of_oneself"))]
    assert f"1 {day}s" not in text
    assert "Clínica Nogal" in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_change_of_the_settings_is_in_the_next_answer(stage: Stage, home: Path, language: str) -> None:
    assert re.findall(rf"(\d+) {UNITS[language][0]}", asked(stage, language)) == ["30"]
    (home / "settings.yml").write_text("retention: {conversations: 14}\n", "utf-8")
    assert re.findall(rf"(\d+) {UNITS[language][0]}", asked(stage, language)) == ["14"]


@pytest.mark.parametrize("language", list(Language))
def test_the_short_form_says_the_same_in_few_segments(language: Language) -> None:
    span = {"days": catalogue.say("assistant.privacy.days", language, number=30),
            "minutes": catalogue.say("assistant.privacy.minutes", language, number=30)}  # fmt: skip
    short = catalogue.say("assistant.privacy.sms", language, **span)
    assert all(part in short for part in span.values())
    assert gsm.segments(short) <= {Language.EN: 2, Language.ES: 4}[language]  # "días" has a letter that GSM lacks


def numbers_claimed() -> dict[str, list[str]]:
    """The texts about keeping that name days or minutes as a figure of their own."""
    keeping = re.compile(r"\b(?:kept?|keep|forget|hold|erase|store|guard|olvid|borr)\w*", re.I)
    figure = re.compile(r"\b\d+ (?:day|minute|hour|día|minuto|hora)s?\b")
    found = {}
    for language in Language:
        for key in catalogue.keys(language):
            if not key.startswith(("assistant.", "channel.", "verdict.", "leaflet.", "pause.")):
                continue
            text = catalogue.shipped(language.value)[key]
            said = [part for part in re.split(r"(?<=[.!?])\s", text) if keeping.search(part)]
            if hits := [hit for part in said for hit in figure.findall(part)]:
                found[f"{key} ({language.value})"] = hits
    return found


def test_no_text_about_keeping_names_a_figure_of_its_own() -> None:
    assert numbers_claimed() == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_whoever_fears_traces_and_whoever_asks_for_a_case_hears_the_same_times(
    stage: Stage, home: Path, language: str
) -> None:
    (home / "settings.yml").write_text("retention: {conversations: 14}\n", "utf-8")
    fear = {"en": "will he see what i wrote", "es": "mi esposo puede ver lo que escribí"}
    told = " ".join(str(message["text"]) for message in stage.say("nlu_fallback", fear[language], language=language))
    assert f"14 {UNITS[language][0]}" in told, told
    back = {"en": "back to the case before", "es": "volver al caso anterior"}
    told = " ".join(str(message["text"]) for message in stage.say("inform", back[language], language=language))
    assert f"30 {UNITS[language][1]}" in told, told
