"""By when to call for a ride: day, plan, kind of ride, and what is no talk of it. Said on Saturday, Nov 21, 2026."""

from __future__ import annotations

import json
from typing import Any

import pytest

from actions.ride_telling import VISIT
from actions.ride_words import only_a_day, says
from directory import plans
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
RIDE = {"need": "transport"}
ASKS = "I have an appointment on dec 3, when do I have to call for a ride?"


def is_clock(message: dict[str, Any]) -> bool:
    reply = message["custom"]
    return reply["kind"] == "steps" and reply["program"] in ("nmt", "nemt")


TAKEN = (  # act, message, entities, the visit
    ("how_to_apply", ASKS, RIDE, "2026-12-03"),
    ("check_eligibility", "tengo cita el viernes, ¿todavía puedo pedir el raite?", RIDE, "2026-11-27"),
    ("inform", "dialysis every monday starting next week", {}, "2026-11-23"),
    ("find_provider", "dialysis every monday starting next week", {"need": "food"}, "2026-11-23"),
    ("inform", "diálisis todos los lunes desde la próxima semana", {}, "2026-11-23"),
    ("check_eligibility", "is it too late for a ride tomorrow", RIDE, "2026-11-22"),
    ("check_eligibility", "¿ya es tarde para un raite mañana?", RIDE, "2026-11-22"),
    ("nlu_fallback", "whens the last day to call for my ride to the clinic the 3rd", RIDE, "2026-12-03"),
    ("find_provider", "need a ride to dialysis tuesday", {"program": "nmt", "need": "transport"}, "2026-11-24"),
    ("report_outcome", "my ride fell through for surgery on thursday", RIDE, "2026-11-26"),
    ("find_provider", "ocupo raite al doctor pasado mañana", RIDE, "2026-11-23"),
    ("how_to_apply", "van for wheelchair to my appointment 12/14", {"program": "nemt", **RIDE}, "2026-12-14"),
)


@pytest.mark.parametrize(("act", "text", "entities", "visit"), TAKEN)
def test_a_ride_and_a_day_get_the_clock(stage: Stage, act: str, text: str, entities: Any, visit: str) -> None:
    first, *_ = stage.say(act, text, **entities)
    assert is_clock(first), first["text"]
    assert stage.slots["facts"][VISIT] == visit


LEFT = (
    ("find_provider", "food open friday in modesto", {"need": "food", "place": "Modesto"}),
    ("find_provider", "rides in modesto open tomorrow", {"need": "transport", "place": "Modesto"}),
    ("find_provider", "a ride to work on monday in modesto", {"need": "transport", "place": "Modesto"}),
    ("find_provider", "a ride friday in modesto", {"need": "transport", "place": "Modesto"}),
    ("find_provider", "paratransit for friday in modesto", {"program": "ada_paratransit", "place": "Modesto"}),
    ("find_provider", "i need a ride in modesto", {"need": "transport", "place": "Modesto"}),
    ("report_outcome", "i got my ride last friday", RIDE),
    ("report_problem", "they never came for my ride to the clinic on friday", RIDE),
    ("inform", "my appointment is friday", {}),
    ("talk_to_human", "a person please, about my ride on friday", RIDE),
    ("opt_out", "stop sending me ride messages tomorrow", RIDE),
)


@pytest.mark.parametrize(("act", "text", "entities"), LEFT)
def test_other_things_keep_their_answers(stage: Stage, act: str, text: str, entities: Any) -> None:
    assert not any(is_clock(message) for message in stage.say(act, text, **entities))
    assert VISIT not in (stage.slots.get("facts") or {})


def test_hours_of_a_list_of_rides_stay_hours(stage: Stage) -> None:
    stage.say("find_provider", "rides in modesto", need="transport", place="Modesto")
    (hours,) = stage.say("followup", "are they open friday?")
    assert hours["custom"]["kind"] == "listings"


def test_the_first_of_a_list_of_rides_is_no_day(stage: Stage) -> None:
    stage.say("find_provider", "rides in modesto", need="transport", place="Modesto")
    (details,) = stage.say("followup", "the 1st")
    assert details["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    "text", ["it's on friday", "friday at 10am", "mi cita es el viernes a las 9", "el viernes", "nov 27"]
)
def test_a_day_alone_goes_on_in_a_talk_of_rides(stage: Stage, text: str) -> None:
    stage.say("find_provider", "rides to the doctor in modesto", program="nmt", place="Modesto")
    first, *_ = stage.say("inform", text)
    assert is_clock(first) and stage.slots["facts"][VISIT] == "2026-11-27"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_told(stage: Stage, language: str) -> None:
    (told,) = stage.say("how_to_apply", ASKS, plan="partnership", language=language, **RIDE)
    partnership = plans.plan("partnership")
    by = {"en": "call by Tuesday, Nov 24, 2026", "es": "a más tardar el martes 24 de noviembre de 2026"}
    assert by[language] in told["text"]
    assert partnership.phone in told["text"] and told["custom"]["phones"] == [partnership.phone]
    assert ("card" if language == "en" else "tarjeta") in told["text"], "the number is not verified"
    assert told["custom"]["plan"] == "partnership" and told["custom"]["sources"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wheelchair_needs_a_form_and_who_signs_it(stage: Stage, language: str) -> None:
    (told,) = stage.say("how_to_apply", "i use a wheelchair, ride to my appointment jan 12", language=language, **RIDE)
    assert told["custom"]["program"] == "nemt" and "PCS" in told["text"]
    assert ("nurse" if language == "en" else "enfermera") in told["text"]


def test_a_wheelchair_said_later_moves_the_clock(stage: Stage) -> None:
    (car,) = stage.say("how_to_apply", ASKS, **RIDE)
    (van,) = stage.say("inform", "she uses a wheelchair")
    assert (car["custom"]["program"], van["custom"]["program"]) == ("nmt", "nemt")
    assert "was Tuesday, Nov 17" in van["text"] and "Call now anyway" in van["text"]


def test_a_question_after_the_clock_is_no_news_for_it(stage: Stage) -> None:
    stage.say("how_to_apply", ASKS, **RIDE)
    (what,) = stage.say("program_info", "what is nemt", program="nemt")
    assert what["custom"]["kind"] == "program"


def test_another_day_moves_the_clock(stage: Stage) -> None:
    stage.say("how_to_apply", ASKS, **RIDE)
    (moved,) = stage.say("inform", "no, its dec 10")
    assert is_clock(moved) and stage.slots["facts"][VISIT] == "2026-12-10"


def test_the_plan_is_asked_once_and_moves_the_clock(stage: Stage) -> None:
    (asked,) = stage.say("how_to_apply", ASKS, **RIDE)
    assert "Which plan" in asked["text"] and "Nov 24" in asked["text"]
    (told,) = stage.say("inform", "contra costa health plan", plan="contra_costa")
    assert told["custom"]["plan"] == "contra_costa" and "Friday, Nov 20" in told["text"]
    (other,) = stage.say("inform", "and for dec 17?")
    assert "Which plan" not in other["text"] and other["custom"]["plan"] == "contra_costa"


def test_the_plan_is_heard_beside_a_place_and_medi_cal_is_looked_for_by_nobody(stage: Stage) -> None:
    stage.say("how_to_apply", ASKS, **RIDE)
    (asked,) = stage.say("find_provider", "yes, medi-cal", program="medi_cal", need="other_health")
    assert "Which plan" in asked["text"]
    (told,) = stage.say("find_provider", "contra costa health plan in richmond", plan="contra_costa", place="Richmond")
    assert is_clock(told) and told["custom"]["plan"] == "contra_costa" and "Friday, Nov 20" in told["text"]


@pytest.mark.parametrize("text", ["i dont know", "skip", "no se", "i dont know my plan", "no sé cuál es mi plan"])
def test_who_does_not_know_the_plan_keeps_the_careful_day(stage: Stage, text: str) -> None:
    stage.say("how_to_apply", ASKS, **RIDE)
    (kept,) = stage.say("inform", text)
    assert "Tuesday, Nov 24, 2026" in kept["text"] and "card" in kept["text"]
    (again,) = stage.say("inform", "dec 10")
    assert "Which plan" not in again["text"]


def test_no_plan_is_asked_for_where_it_changes_nothing(stage: Stage) -> None:
    stage.slots.update(place="Modesto")
    (told,) = stage.say("how_to_apply", ASKS, **RIDE)
    assert "Which plan" not in told["text"] and "number on your Medi-Cal card" in told["text"]


def test_plans_of_the_county_can_be_picked(stage: Stage) -> None:
    stage.slots.update(place="Martinez")
    (asked,) = stage.say("how_to_apply", ASKS, **RIDE)
    labels = [choice["label"] for choice in asked["custom"]["choices"]]
    assert "Contra Costa Health Plan" in labels, labels
    (told,) = stage.say("inform", str(labels.index("Contra Costa Health Plan") + 1))
    assert told["custom"]["plan"] == "contra_costa"


def test_a_card_of_los_angeles_counts_as_its_plan(stage: Stage) -> None:
    stage.slots.update(place="Los Angeles County")
    (told,) = stage.say("how_to_apply", ASKS, plan="anthem", **RIDE)
    assert told["custom"]["plan"] == "la_care"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [ASKS, "raite para mi cita mañana", "wheelchair van to dialysis on jan 12"])
def test_a_text_message_is_short(home: object, text: str, language: str) -> None:
    (told,) = Stage(channel="sms").say("how_to_apply", text, language=language, **RIDE)
    assert is_clock(told) and len(told["text"]) < 480 and "1." not in told["text"]


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("when do i have to call for a ride", "en", ("5 work days", "What day is your visit")),
        ("¿con cuánto tiempo pido el raite?", "es", ("5 días hábiles", "¿Qué día es su cita?")),
        ("when do i have to call for my ride to my appointment on nov 20", "en", ("has passed", "What day")),
        ("raite para mi cita el 30 de febrero, ¿cuándo llamo?", "es", ("no existe", "¿Qué día")),
        ("ride to my appointment on 12/3/2029, when do i call", "en", ("more than a year", "What day")),
    ],
)
def test_the_day_is_asked_for(stage: Stage, text: str, language: str, said: tuple[str, ...]) -> None:
    (asked,) = stage.say("how_to_apply", text, language=language, **RIDE)
    assert asked["custom"]["kind"] == "question" and all(part in asked["text"] for part in said)
    first, *_ = stage.say("inform", "3")
    assert is_clock(first) and stage.slots["facts"][VISIT] == "2026-12-03"


def test_who_has_no_day_yet_hears_it_in_general(stage: Stage) -> None:
    stage.say("how_to_apply", "when do i have to call for a ride", **RIDE)
    (general,) = stage.say("inform", "i dont know")
    assert general["custom"]["kind"] == "steps" and "5 work days" in general["text"]
    assert not stage.slots["asked"]


def test_the_question_for_the_day_is_put_in_the_new_language(stage: Stage) -> None:
    stage.say("how_to_apply", "when do i have to call for a ride", **RIDE)
    *_, again = stage.say("change_language", "en español", language="es", language_wanted="es")
    assert "¿Qué día es su cita?" in again["text"]


def test_two_fridays_and_a_wrong_weekday_are_named(stage: Stage) -> None:
    (clash,) = stage.say("how_to_apply", "ride to my appointment friday the 3rd, when do i call", **RIDE)
    assert "Thursday, Dec 3" in clash["text"] and "check the date" in clash["text"]


def test_a_visit_that_comes_again_is_the_first_of_many(stage: Stage) -> None:
    (told,) = stage.say("inform", "dialysis every monday starting next week")
    assert "book them all" in told["text"]


def test_a_place_beside_the_day_is_looked_through_too(stage: Stage) -> None:
    told, found = stage.say(
        "find_provider", "ride to my doctor appt tomorrow in modesto", need="transport", place="Modesto"
    )
    assert is_clock(told) and found["custom"]["kind"] == "listings"
    assert not told["custom"]["choices"]


def test_danger_comes_first(stage: Stage) -> None:
    first, *rest = stage.say("crisis", "chest pain, can i get a ride tomorrow", crisis="medical", **RIDE)
    assert first["custom"]["crisis"] == "medical"
    assert not any(is_clock(message) for message in rest)


def test_a_check_goes_on_after_the_clock(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get calfresh in modesto", program="calfresh", place="Modesto")
    told, question = stage.say("program_info", ASKS, **RIDE)
    assert is_clock(told) and "How many people" in question["text"]


def test_an_answer_to_the_rules_stays_one(stage: Stage) -> None:
    stage.say("check_eligibility", "can i get rides", program="nmt", place="Modesto")
    before = stage.slots["asked"]["question"]
    stage.say("affirm", "yes, i have dialysis on friday")
    assert VISIT not in stage.slots["facts"]
    assert (stage.slots["asked"] or {}).get("question") != before


def test_the_day_of_a_visit_is_kept_with_what_is_never_written(stage: Stage) -> None:
    stage.say("how_to_apply", ASKS, **RIDE)
    assert "2026-12-03" not in json.dumps({name: value for name, value in stage.slots.items() if name != "facts"})
    asked, *_ = stage.say("check_eligibility", "do i qualify for it?")
    assert asked["custom"]["kind"] in ("question", "verdict"), "a check takes no notice of it"


@pytest.mark.parametrize("text", ["it is on at 10 am", "mi cita es a las 9", "oh ok its for my mom"])
def test_what_stands_around_a_day(text: str) -> None:
    assert only_a_day(text)


@pytest.mark.parametrize("text", ["food", "can i get calfresh", "que me dan"])
def test_what_is_more_than_a_day(text: str) -> None:
    assert not only_a_day(text)


def test_words_are_whole() -> None:
    assert says("ride", "a ride") and not says("ride", "brides")
