"""Said between two questions: of the list shown, of where to go, of oneself; anger, a source, what few words mean."""

from __future__ import annotations

from typing import Any

import pytest

from actions.words import sign
from tests.actions.conftest import Stage


def food(stage: Stage, language: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)


def check(stage: Stage, language: str) -> str:
    """A question of the rules that waits."""
    (question,) = stage.say("check_eligibility", "calfresh?", program="calfresh", place="Modesto", language=language)
    return str(question["text"]).splitlines()[0]


IN_BETWEEN = (
    ("en", "what are the hours of the second", {}, "Pantry 1"),
    ("en", "whats the phone number of the first one", {}, "209-555"),
    ("es", "el segundo, a que hora abre", {"place": "El Segundo"}, "Pantry 1"),
    ("es", "cual es el telefono del primero", {}, "209-555"),
)


@pytest.mark.parametrize(("language", "text", "entities", "says"), IN_BETWEEN)
def test_a_question_of_the_list_is_answered_in_a_check_and_asked_again(
    stage: Stage, language: str, text: str, entities: dict[str, str], says: str
) -> None:
    food(stage, language)
    question = check(stage, language)
    messages = stage.say("followup", text, **entities)
    assert says in messages[0]["text"]
    assert question in messages[-1]["text"] and messages[-1]["custom"]["kind"] == "question"
    assert stage.slots["place"] == "Modesto"


@pytest.mark.parametrize("text", ["what are the hours of the second", "a que hora abre el segundo"])
def test_a_question_of_the_list_is_answered_while_a_county_is_asked(stage: Stage, text: str) -> None:
    food(stage, "en")
    stage.say("find_provider", "rent 95322", need="housing", zip="95322")
    told, question = stage.say("followup", text)
    assert "Pantry 1" in told["text"] and "95322" in question["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "summary to paste"), ("es", "un resumen para mandar")])
def test_a_summary_in_a_check_is_of_the_program_and_the_question_stands(stage: Stage, language: str, text: str) -> None:
    question = check(stage, language)
    summary, again = stage.say("followup", text)
    assert "CalFresh" in summary["text"] and summary["custom"]["kind"] == "steps"
    assert question in again["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "where"), ("en", "where do i go?"), ("es", "donde queda")])
def test_where_lists_the_places_of_the_program(stage: Stage, language: str, text: str) -> None:
    stage.say("how_to_apply", "food bank", program="food_bank", place="Modesto", language=language)
    (found,) = stage.say("inform", text)
    assert found["custom"]["kind"] == "listings" and found["custom"]["program"] == "food_bank"


@pytest.mark.parametrize(("language", "text"), [("en", "where"), ("es", "¿dónde es?")])
def test_where_in_a_check_is_answered_and_the_question_stands(stage: Stage, language: str, text: str) -> None:
    question = check(stage, language)
    *_, again = stage.say("nlu_fallback", text)
    assert question in again["text"]
    assert len(stage.slots["asked"]) > 1


TELLS = (
    ("en", "nlu_fallback", "rent is 1900"),
    ("en", "inform", "she rents a room"),
    ("en", "affirm", "yes landlord said ok"),
    ("en", "find_provider", "no she's not in a nursing home"),
    ("es", "nlu_fallback", "la renta es de 1900"),
    ("es", "inform", "ella renta un cuarto"),
    ("es", "deny", "no, ella no está en un asilo"),
)


@pytest.mark.parametrize(("language", "act", "text"), TELLS)
def test_what_is_told_beside_ways_on_is_taken_in_without_a_menu(
    stage: Stage, language: str, act: str, text: str
) -> None:
    stage.say("how_to_apply", "food bank", program="food_bank", place="Modesto", language=language)
    (message,) = stage.say(act, text)
    assert message["custom"]["kind"] == "smalltalk" and "1." not in message["text"]
    assert message["text"].startswith({"en": "Thank you", "es": "Gracias"}[language])
    assert "Modesto" in message["text"], "what can be said next is named"


@pytest.mark.parametrize(("language", "act", "text"), TELLS)
def test_what_is_told_beside_a_list_meets_no_menu(stage: Stage, language: str, act: str, text: str) -> None:
    food(stage, language)
    (message,) = stage.say(act, text)
    assert message["custom"]["kind"] == "smalltalk" and message["custom"]["choices"] == []


@pytest.mark.parametrize("text", ["i need something else", "yes please show me", "¿quién me puede ayudar?"])
def test_a_wish_is_not_only_told(stage: Stage, text: str) -> None:
    stage.say("how_to_apply", "food bank", program="food_bank", place="Modesto")
    (message,) = stage.say("affirm", text)
    assert not message["text"].startswith(("Thank you", "Gracias"))


@pytest.mark.parametrize(
    ("language", "text"), [("en", "she's 7 months pregnant"), ("es", "ella tiene 7 meses de embarazo")]
)
def test_a_pregnancy_told_beside_food_brings_wic(stage: Stage, language: str, text: str) -> None:
    food(stage, language)
    (message,) = stage.say("inform", text)
    assert "WIC" in message["text"] and "1." in message["text"]


NOTED = (("en", "do they take walk ins", {}), ("en", "she only speaks spanish", {"language_wanted": "es"}),
         ("es", "que no pidan cita", {}))  # fmt: skip


@pytest.mark.parametrize(("language", "text", "entities"), NOTED)
def test_what_the_places_must_be_is_noted_while_the_county_is_asked(
    stage: Stage, language: str, text: str, entities: dict[str, str]
) -> None:
    stage.say("find_provider", "food 95322", need="food", zip="95322", language=language)
    for _ in range(3):
        (message,) = stage.say("followup", text, **entities)
        assert message["text"].startswith({"en": "Thank you", "es": "Gracias"}[language])
        assert "95322" in message["text"] and "you live" not in message["text"]


SAME = {
    "en": ("this is useless you keep sending the same thing", "this is bullshit you keep sending me the same thing"),
    "es": ("no sirve, me manda lo mismo", "siempre lo mismo con ustedes"),
}
CALLED = {
    "en": ("already called 211, they put me on hold an hour", "i tried 211 and nobody answers"),
    "es": ("ya llamé al 211 y no contestan", "el 211 no me ayudó"),
}


def rows(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize("act", ["opt_out", "nlu_fallback", "report_problem"])
@pytest.mark.parametrize(("language", "text"), rows(SAME))
def test_the_same_again_is_answered_with_something_else(stage: Stage, language: str, text: str, act: str) -> None:
    stage.say("find_provider", "food bank", program="food_bank", place="Modesto", language=language)
    (message,) = stage.say(act, text)
    assert {"en": "I am sorry", "es": "Perdón"}[language] in message["text"]
    assert len(message["custom"]["choices"]) > 1 and message["custom"]["listings"] == []


@pytest.mark.parametrize(("language", "text"), rows(CALLED))
def test_who_called_211_is_not_sent_to_211_again(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "rent", program="rent_help", place="Modesto", language=language)
    (message,) = stage.say("check_eligibility", text, program="info_211")
    assert message["text"].startswith({"en": "I am sorry", "es": "Lo siento"}[language])
    assert "call 211" not in message["text"] and len(message["custom"]["choices"]) > 1


@pytest.mark.parametrize("text", ["can i call 211", "should i have called 211"])
def test_a_question_of_211_is_no_report(text: str) -> None:
    assert not sign("called_211", text) or sign("to_call_211", text)


@pytest.mark.parametrize(("language", "text"), [("en", "who told you that"), ("es", "¿de dónde sacó eso?")])
def test_where_it_comes_from(stage: Stage, language: str, text: str) -> None:
    food(stage, language)
    (message,) = stage.say("nlu_fallback", text)
    assert "A made list" in message["text"]
    stage.say("program_info", "calfresh", program="calfresh")
    (message,) = stage.say("nlu_fallback", text)
    assert "2026" in message["text"] and message["custom"]["kind"] == "smalltalk"


@pytest.mark.parametrize(("language", "text"), [("en", "ugh forget it"), ("en", "never mind"), ("es", "ya olvídelo")])
def test_forget_it_leaves_out_no_place(stage: Stage, language: str, text: str) -> None:
    food(stage, language)
    (message,) = stage.say("followup", text)
    assert message["custom"]["kind"] == "smalltalk" and not stage.slots.get("tried")


KIND = {"en": ("pues i dont know, im not ok", "im so stressed"), "es": ("pues no se, estoy mal", "ando desesperada")}


@pytest.mark.parametrize(("language", "text"), rows(KIND))
def test_a_kind_word_before_the_menu(stage: Stage, language: str, text: str) -> None:
    (message,) = stage.say("nlu_fallback", text, language=language)
    assert {"en": "That sounds hard", "es": "Suena muy difícil"}[language] in message["text"]
    assert message["custom"]["choices"]


def test_a_kind_word_before_what_is_asked_for(stage: Stage) -> None:
    kind, asked = stage.say("find_provider", "i care for my husband, i could kill him lol", need="home_care")
    assert "sounds hard" in kind["text"] and "Where" in asked["text"]


@pytest.mark.parametrize("text", ["estoy mal del estómago", "i feel bad pain in my chest"])
def test_a_body_that_hurts_gets_no_such_word(stage: Stage, text: str) -> None:
    (message,) = stage.say("nlu_fallback", text)
    assert "sounds hard" not in message["text"] and "difícil" not in message["text"]


MEANT: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("en", "i got a car but no gas", {"need": "utilities"}, "transport"),
    ("es", "tengo carro pero sin gas", {"need": "utilities"}, "transport"),
    ("en", "I'm dying of hunger lol", {}, "food"),
    ("es", "me estoy muriendo de hambre", {}, "food"),
    ("en", "cant afford my meds", {}, "other_health"),
    ("es", "no tengo con que pagar mis medicinas", {}, "other_health"),
    ("en", "my mom fell twice and needs someone in the house", {}, "home_care"),
    ("es", "mi mamá ya no puede estar sola, ocupa alguien que la cuide", {}, "home_care"),
)


@pytest.mark.parametrize(("language", "text", "entities", "need"), MEANT)
def test_what_is_meant_is_looked_for(
    stage: Stage, language: str, text: str, entities: dict[str, Any], need: str
) -> None:
    message, *_ = stage.say("inform", text, place="Modesto", language=language, **entities)
    assert message["custom"]["need"] == need


@pytest.mark.parametrize("text", ["they shut off my gas", "gas bill", "me cortaron el gas", "my ac leaks money"])
def test_the_gas_of_a_home_stays_a_bill(text: str) -> None:
    assert not sign("gas_for_car", text) and not sign("home_repair", text)


@pytest.mark.parametrize(("language", "text"), [("en", "my roof leaks, can anyone fix it"), ("es", "tengo goteras")])
def test_no_list_has_who_repairs_a_house(stage: Stage, language: str, text: str) -> None:
    (message,) = stage.say("find_provider", text, need="housing", place="Modesto", language=language)
    assert "211" in message["text"] and message["custom"]["listings"] == []


RIDES = (("en", "and if they don't come"), ("es", "y si no llegan?"), ("es", "¿y si el chofer no viene? si no viene"))


@pytest.mark.parametrize(("language", "text"), RIDES)
def test_what_to_do_when_the_ride_does_not_come(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "ride", program="nmt", place="Modesto", plan="health_net", language=language)
    (message,) = stage.say("find_provider", text)
    assert message["custom"]["listings"] == [] and "Health Net" in message["text"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "next tuesday, when do i have to call"), ("es", "el proximo martes, cuando tengo q hablar")],
)
def test_when_to_call_for_a_ride_is_no_hour_of_a_place(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "ride", program="nmt", place="Modesto", plan="health_net", language=language)
    message, *_ = stage.say("followup", text)
    assert "Health Net" in message["text"] and message["custom"]["kind"] == "steps"


@pytest.mark.parametrize(("language", "text"), [("en", "how many hours a year"), ("es", "¿cuántas horas al año?")])
def test_the_hours_of_help_are_of_the_program(stage: Stage, language: str, text: str) -> None:
    stage.say("how_to_apply", "respite", program="cs_respite", place="Modesto", language=language)
    (message,) = stage.say("followup", text)
    assert "336" in message["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "how much do they give"), ("es", "¿cuánto dan?")])
def test_how_much_help_is_never_the_cost_of_a_place(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "food bank", program="rent_help", place="Modesto", language=language)
    message, *_ = stage.say("followup", text)
    assert message["custom"]["program"] == "rent_help" and message["custom"]["listings"] == []


@pytest.mark.parametrize(("language", "text"), [("en", "and what papers"), ("es", "¿y qué papeles ocupo?")])
def test_the_papers_of_the_program_told_last(stage: Stage, language: str, text: str) -> None:
    food(stage, language)
    stage.say("program_info", "calfresh", program="calfresh")
    (message,) = stage.say("followup", text)
    assert message["text"].startswith("CalFresh") and message["custom"]["listings"] == []


RECORD = (("en", "will they deny me for my record"), ("es", "¿me lo van a negar por mi record?"))


@pytest.mark.parametrize(("language", "text"), RECORD)
def test_a_record_is_answered_by_what_the_rules_hold(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "section 8", program="hcv", place="Modesto", language=language)
    (message,) = stage.say("ask_privacy", text)
    assert {"en": "past crimes", "es": "delitos"}[language] in message["text"]


@pytest.mark.parametrize(("language", "text"), [("en", "why so many questions"), ("es", "¿por qué tantas preguntas?")])
def test_so_many_questions_is_answered_shortly(stage: Stage, language: str, text: str) -> None:
    question = check(stage, language)
    (message,) = stage.say("ask_privacy", text)
    assert question in message["text"] and len(message["text"]) < 400


@pytest.mark.parametrize(("language", "text"), [("en", "the rent first"), ("es", "primero la renta")])
def test_the_first_of_two_stays_with_what_was_asked(stage: Stage, language: str, text: str) -> None:
    stage.say("find_provider", "rent and food", program="rent_help", need="food", place="Modesto", language=language)
    message, *_ = stage.say("find_provider", text, need="housing")
    assert message["custom"]["program"] == "rent_help"
