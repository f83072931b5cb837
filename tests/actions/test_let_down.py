"""What a person is told who missed care, who needs a machine, and who has a home and asks for rent."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage


@pytest.mark.parametrize(
    ("language", "text", "sorry"),
    [
        ("en", "they left me waiting 2 hours last time and i missed dialysis", "sorry"),
        ("en", "the ride never came, missed my appointment", "sorry"),
        ("es", "me dejaron esperando 2 horas y perdí mi diálisis", "Lo siento"),
        ("es", "nunca llegaron por mi y perdi mi cita", "Lo siento"),
    ],
)
def test_missed_care_gets_whom_to_call_today(stage: Stage, language: str, text: str, sorry: str) -> None:
    for act in ("report_outcome", "report_problem"):
        (told,) = stage.say(act, text, language=language)
        assert sorry in told["text"] and "1-888-452-8609" in told["text"]
        assert "glad" not in told["text"] and "gusto" not in told["text"]


@pytest.mark.parametrize("text", ["i missed my appointment can i get a ride", "been waiting for the list", "espero"])
def test_only_care_missed_for_waiting_is_meant(stage: Stage, text: str) -> None:
    (told, *_) = stage.say("report_outcome", text, language="en")
    assert "1-888-452-8609" not in told["text"]


@pytest.mark.parametrize(
    ("language", "text", "rent", "tonight"),
    [
        ("en", "help with rent today", "rent_help", False),
        ("es", "ayuda con la renta hoy", "rent_help", False),
        ("en", "i have nowhere to sleep, help with housing", None, True),
        ("es", "no tengo donde dormir, ayuda con vivienda", None, True),
    ],
)
def test_a_bed_is_only_spoken_of_where_tonight_is_at_stake(
    stage: Stage, language: str, text: str, rent: str | None, tonight: bool
) -> None:
    named = {"program": rent} if rent else {"need": "housing"}
    (told, *_) = stage.say("find_provider", text, urgent=True, place="Modesto", language=language, **named)
    assert "211" in told["text"]
    assert any(bed in told["text"] for bed in ("safe place tonight", "lugar seguro esta noche")) is tonight


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my power gets shut off tomorrow, I use oxygen at home"),
        ("es", "ayuda con el recibo de la luz, uso oxígeno en la casa"),
    ],
)
def test_who_needs_a_machine_is_told_of_911_and_the_medical_rate(stage: Stage, language: str, text: str) -> None:
    (told, *_) = stage.say("find_provider", text, program="liheap", urgent=True, place="Modesto", language=language)
    assert "911" in told["text"] and "Medical Baseline" in told["text"]


@pytest.mark.parametrize(
    ("language", "text", "home"),
    [
        ("en", "im in a shelter in modesto with my 2 kids, want to rent a room", True),
        ("es", "estoy en un albergue con mis dos niños en Modesto, quiero rentar un cuarto", True),
        ("en", "i need a shelter in modesto", False),
    ],
)
@pytest.mark.parametrize("crisis", [None, "worry"])
def test_who_is_in_a_shelter_and_wants_to_rent_gets_no_shelters(
    stage: Stage, language: str, text: str, home: bool, crisis: str | None
) -> None:
    named = {"program": "emergency_shelter", "place": "Modesto", "language": language}
    stage.say("find_provider", text, crisis=crisis, **named)
    assert (stage.slots["program"] == "cs_housing_navigation") is home
