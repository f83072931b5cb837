"""A patient who asks "are you open?" means the clinic; the same words beside a list mean its places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from actions.clinic_asked import asked_by, day_asked
from actions.context import Goal
from directory import hours
from tests.actions.conftest import Stage

SAID = """
clinic: Kite Clinic
phone: "209-555-0140"
hours: "Mon-Fri 8am-5pm, Sat 9am-1pm"
closed_on: [2026-11-26]
address: "14 Kite Street, Modesto"
languages: [en, es]
"""
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=hours.PACIFIC)
WEEK = "Hours: Monday to Friday 8 am to 5 pm; Saturday 9 am to 1 pm."
SEMANA = "Horario: lunes a viernes de 8 am a 5 pm; sábado de 9 am a 1 pm."
CALL = "209-555-0140"
ACTS = ("ask_bot", "followup", "report_problem", "greet", "nlu_fallback")
"""What the trained model takes such questions for; the answer may not hang on it."""


@pytest.fixture
def clinic(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a clinic that has said its hours, on the Sunday before Thanksgiving."""
    (home / "settings.yml").write_text(SAID, "utf-8")
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: SUNDAY))
    return home


def answered(stage: Stage, act: str, text: str, language: str = "en", **entities: object) -> str:
    messages = stage.say(act, text, language=language, **entities)  # type: ignore[arg-type]
    return "\n".join(message["text"] for message in messages)


ASKED = [
    ("en", "are you open today?", "Closed now. Opens tomorrow at 8 am."),
    ("en", "are you open tomorrow", "Tomorrow: 8 am to 5 pm."),
    ("en", "are you open on Saturday", "Saturday: 9 am to 1 pm."),
    ("en", "are you guys open saturday", "Saturday: 9 am to 1 pm."),
    ("en", "do you work on sundays", "Sunday: closed."),
    ("en", "are you open on Thanksgiving", "Thursday, Nov 26, 2026: closed."),
    ("en", "are you open on christmas day", "Friday, Dec 25, 2026 is a holiday, so call first."),
    ("en", "is the clinic open on thanksgiving", "Thursday, Nov 26, 2026: closed."),
    ("en", "what time do you open", WEEK),
    ("en", "what time do you close?", WEEK),
    ("en", "what are your hours", WEEK),
    ("en", "hours?", WEEK),
    ("en", "where are you located", "Address: 14 Kite Street, Modesto."),
    ("en", "where are you?", "Address: 14 Kite Street, Modesto."),
    ("en", "what is your phone number", f"Kite Clinic: {CALL}."),
    ("en", "what's your address", "Address: 14 Kite Street, Modesto."),
    ("en", "does anyone there speak Spanish?", "Staff speak English and Spanish."),
    ("es", "¿a qué hora abren?", SEMANA),
    ("es", "¿están abiertos hoy?", "Ahora no atienden. Abren mañana a las 8 am."),
    ("es", "¿están abiertos el sábado?", "Sábado: de 9 am a 1 pm."),
    ("es", "¿abren los jueves?", "Jueves: de 8 am a 5 pm."),
    ("es", "¿está abierta la clínica el sábado?", "Sábado: de 9 am a 1 pm."),
    ("es", "¿abren el día de acción de gracias?", "Jueves, 26 de noviembre de 2026: cerrado."),
    ("es", "¿dónde están?", "Dirección: 14 Kite Street, Modesto."),
    ("es", "¿dónde están ubicados ustedes?", "Dirección: 14 Kite Street, Modesto."),
    ("es", "¿cuál es su teléfono?", f"Kite Clinic: {CALL}."),
    ("es", "cuál es su dirección", "Dirección: 14 Kite Street, Modesto."),
]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(("language", "text", "told"), ASKED)
def test_without_a_list_the_clinic_is_meant(
    clinic: Path, stage: Stage, language: str, text: str, told: str, act: str
) -> None:
    said = answered(stage, act, text, language)
    assert told in said and said.startswith(f"Kite Clinic: {CALL}.")


def test_an_open_day_is_told_with_its_hours(clinic: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monday = datetime(2026, 11, 23, 10, 0, tzinfo=hours.PACIFIC)
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: monday))
    assert "Open now, until 5 pm. Today: 8 am to 5 pm." in answered(stage, "ask_bot", "are you open today")


@pytest.mark.parametrize("text", ["are you open today", "where are you located", "¿a qué hora abren?", "¿dónde están?"])
def test_beside_a_list_the_same_words_mean_its_places(clinic: Path, stage: Stage, text: str) -> None:
    stage.say("find_provider", "food in Modesto", need="food", place="Modesto")
    said = answered(stage, "followup", text)
    assert CALL not in said and "Pantry 1" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is the clinic open tomorrow", "Tomorrow: 8 am to 5 pm."),
        ("are you guys open on saturday", "Saturday: 9 am to 1 pm."),
        ("is Puente open tomorrow", "Tomorrow: 8 am to 5 pm."),
        ("¿abre la clínica mañana?", "Tomorrow: 8 am to 5 pm."),
    ],
)
def test_named_outright_it_is_the_clinic_beside_a_list_too(clinic: Path, stage: Stage, text: str, told: str) -> None:
    stage.say("find_provider", "food in Modesto", need="food", place="Modesto")
    assert told in answered(stage, "followup", text)


@pytest.mark.parametrize("text", [text for language, text, _ in ASKED if language == "en" and text != "hours?"])
def test_a_clinic_that_said_nothing_has_nothing_invented(home: Path, stage: Stage, text: str) -> None:
    said = answered(stage, "ask_bot", text)
    assert "I do not know that about your clinic" in said and "211" in said
    assert "555" not in said and " am" not in said


def test_what_alone_it_did_not_say_is_said_to_be_unknown(home: Path, stages: Callable[..., Stage]) -> None:
    (home / "settings.yml").write_text(f'clinic: Kite Clinic\nphone: "{CALL}"\n', "utf-8")
    asked = {"are you open today": "its hours", "where are you located": "its address"}
    for text, unknown in asked.items():
        said = answered(stages(), "ask_bot", text)
        assert f"Kite Clinic: {CALL}." in said and f"I do not know {unknown}. Call to ask." in said


def test_do_you_speak_spanish_is_answered_in_spanish_with_what_the_staff_speak(clinic: Path, stage: Stage) -> None:
    said = answered(stage, "change_language", "do you speak Spanish?", language_wanted="es")
    assert "español" in said and "El personal habla inglés y español." in said


def test_a_switch_of_language_tells_nothing_of_the_staff(clinic: Path, stage: Stage) -> None:
    assert "personal" not in answered(stage, "change_language", "in Spanish please", language_wanted="es")


@pytest.mark.parametrize("text", ["are you open on saturday", "¿están abiertos el sábado?"])
def test_a_need_beside_it_is_looked_for(clinic: Path, stage: Stage, text: str) -> None:
    stage.say("find_provider", f"food pantry, {text}", need="food", place="Modesto")
    assert stage.slots["shown"]["ids"]


@pytest.mark.parametrize("text", ["are you open source", "where are you from", "open the link", "they open late"])
def test_what_only_sounds_like_it_is_not_taken_for_it(text: str) -> None:
    assert asked_by(text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on thanksgiving", date(2026, 11, 26)),
        ("the day after thanksgiving", date(2026, 11, 27)),
        ("en nochebuena", date(2026, 12, 24)),
        ("on new year's day", date(2027, 1, 1)),
        ("el viernes", date(2026, 11, 27)),
    ],
)
def test_days_by_their_names(text: str, day: date) -> None:
    asked = day_asked(text, SUNDAY.date())
    assert asked is not None and asked.day == day


def test_every_named_day_is_found_within_a_year() -> None:
    from actions.clinic_asked import _plain

    names = [words for phrases in _plain()["days"].values() for words in phrases]
    assert len(names) > 30 and not [words for words in names if day_asked(words, SUNDAY.date()) is None]
