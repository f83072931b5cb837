"""Programs, language, danger, people, and what is not understood."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
import yaml

from directory import dangers
from tests.actions.conftest import ROOT, Stage, responses, steps_of

LANGUAGES = ("en", "es")
WATCHING = {"en": "automated helper and no one is watching", "es": "asistente automático y nadie está mirando"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "lines"), [(kind, lines) for kind, lines in dangers.LINES.items() if kind != "worry"])
def test_danger_comes_first_with_its_lines(stage: Stage, language: str, kind: str, lines: tuple[str, ...]) -> None:
    first, *_ = stage.say("crisis", "danger", crisis=kind, language=language)
    assert (first["custom"]["kind"], first["custom"]["crisis"]) == ("crisis", kind)
    assert WATCHING[language] in first["text"]
    for line in lines:
        assert line in first["text"]
    assert set(lines) == set(first["custom"]["phones"])


def test_after_danger_the_question_goes_on(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    crisis, offer = stage.say("crisis", "i want to die", crisis="self_harm")
    assert "988" in crisis["text"] and "Food" in offer["text"]
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_no_list_right_after_danger_but_the_word_brings_it(stage: Stage) -> None:
    messages = stage.say("crisis", "he hits me, food in modesto", crisis="violence", need="food", place="Modesto")
    assert [message["custom"]["kind"] for message in messages] == ["crisis", "question"]
    (found,) = stage.say("find_provider", "Food", need="food")
    assert found["custom"]["kind"] == "listings" and found["custom"]["place"] == "Modesto"


def test_danger_without_a_need_ends_with_the_lines(stage: Stage) -> None:
    assert len(stage.say("crisis", "i want to die", crisis="self_harm")) == 1


def test_no_safe_place_tonight_shows_shelters_or_asks_where(stage: Stage) -> None:
    crisis, question = stage.say("crisis", "nowhere to sleep", crisis="unsafe_tonight")
    assert crisis["custom"]["kind"] == "crisis" and question["custom"]["kind"] == "question"
    (shelters,) = stage.say("inform", "modesto", place="Modesto")
    assert shelters["custom"]["program"] == "emergency_shelter" and shelters["custom"]["listings"]


def test_worry_comes_before_the_answer(stage: Stage) -> None:
    worry, found = stage.say("find_provider", "hopeless, food", crisis="worry", need="food", place="Modesto")
    assert (worry["custom"]["kind"], found["custom"]["kind"]) == ("worry", "listings")
    assert "988" in worry["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("act", ["program_info", "how_to_apply"])
def test_a_program_is_told_with_its_date_and_no_promise(stage: Stage, act: str, language: str) -> None:
    (message,) = stage.say(act, "calfresh?", program="calfresh", language=language)
    assert message["custom"]["program"] == "calfresh" and message["custom"]["sources"]
    assert "CalFresh" in message["text"] and "2026" in message["text"]
    lowered = message["text"].casefold()
    assert "you qualify" not in lowered and "usted califica " not in lowered
    assert message["custom"]["choices"]


def test_a_need_alone_lists_its_programs(stage: Stage) -> None:
    (question,) = stage.say("how_to_apply", "how do i get food help", need="food")
    assert len(question["custom"]["choices"]) > 1
    (told,) = stage.say("find_provider", "calfresh", program="calfresh", need="food")
    assert (told["custom"]["kind"], told["custom"]["program"]) == ("steps", "calfresh")


def test_yes_takes_what_was_offered(stage: Stage) -> None:
    stage.say("program_info", "what is nmt", program="nmt")
    stage.say("affirm", "yes")
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["program"] == "nmt" and found["custom"]["kind"] == "listings"


def test_language_changes_and_the_list_is_shown_again_in_it(stage: Stage) -> None:
    (english,) = stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    changed, spanish = stage.say("change_language", "español", language_wanted="es")
    assert changed["text"] == "Está bien, seguimos en español."
    assert spanish["text"].startswith("Comida cerca de Modesto:")
    shown = [[row["id"] for row in message["custom"]["listings"]] for message in (spanish, english)]
    assert shown[0] == shown[1] and "la lista dice, en inglés" in spanish["custom"]["listings"][0]["hours"]
    (more,) = stage.say("followup", "más")
    assert more["text"].startswith("Más")


QUESTIONS = (
    ("find_provider", "help", {}, "¿Qué necesita?", "Comida"),
    ("find_provider", "food", {"need": "food"}, "Comida. ¿Dónde busco?", None),
    ("find_provider", "food", {"need": "food", "zip": "95322"}, "¿Cuál condado es?", "Condado de Merced"),
    ("find_provider", "food", {"need": "food", "place": "Orange"}, "¿Cuál quiere decir?", "Condado de Orange"),
    ("find_provider", "food", {"need": "food", "place": "Chinatown"}, "¿Cuál quiere decir?", "93721 (Fresno)"),
    ("how_to_apply", "food help", {"need": "food"}, "¿De qué programa quiere saber?", "CalFresh (estampillas)"),
    ("crisis", "x", {"crisis": "violence", "need": "food", "place": "Modesto"}, 'diga "Comida"', "Comida"),
)


@pytest.mark.parametrize(("act", "text", "entities", "question", "choice"), QUESTIONS)
def test_what_was_asked_is_put_again_in_the_new_language(
    stage: Stage, act: str, text: str, entities: dict[str, str], question: str, choice: str | None
) -> None:
    *_, english = stage.say(act, text, **entities)
    *_, spanish = stage.say("change_language", "en español por favor", language="es", language_wanted="es")
    assert spanish["custom"]["kind"] == "language"
    assert spanish["text"].startswith("Está bien, seguimos en español.\n") and question in spanish["text"]
    buttons = [button["label"] for button in spanish["custom"]["choices"]]
    assert len(buttons) == len(english["custom"]["choices"])
    assert choice is None or choice in buttons
    assert all(set(kept) == {"goal", "value"} for kept in stage.slots["asked"].get("choices", ()))


@pytest.mark.parametrize(
    ("act", "entities", "kind", "says", "choice"),
    [
        ("program_info", {"program": "nmt"}, "program", "Viajes gratis", "Cómo obtenerlo"),
        (
            "how_to_apply",
            {"program": "nmt", "place": "Modesto"},
            "steps",
            "Cómo obtenerlo:",
            "Lugares cerca de Modesto",
        ),
        ("find_provider", {"program": "wic", "place": "Humboldt County"}, "none_found", "Todavía no", "CalFresh"),
    ],
)
def test_what_was_told_last_is_told_again_in_the_new_language(
    stage: Stage, act: str, entities: dict[str, str], kind: str, says: str, choice: str
) -> None:
    stage.say(act, "x", **entities)
    changed, told = stage.say("change_language", "español", language="es", language_wanted="es")
    assert (changed["custom"]["kind"], told["custom"]["kind"]) == ("language", kind)
    assert says in told["text"]
    assert any(choice in button["label"] for button in told["custom"]["choices"])


@pytest.mark.parametrize("answer", ["Condado de Merced", "Merced County", "MERCED COUNTY", "1", "la primera"])
def test_a_choice_is_picked_by_its_label_of_either_language(stage: Stage, answer: str) -> None:
    stage.say("find_provider", "food 95322", need="food", zip="95322")
    stage.say("change_language", "español", language_wanted="es")
    stage.say("inform", answer)
    assert stage.slots["county"] == "Merced"


@pytest.mark.parametrize("answer", ["Comida", "Food", "1"])
def test_a_need_of_the_menu_is_picked_by_its_label_of_either_language(stage: Stage, answer: str) -> None:
    stage.say("greet", "hi")
    stage.say("change_language", "español", language_wanted="es")
    (where,) = stage.say("nlu_fallback", answer)
    assert where["custom"]["need"] == "food" and where["custom"]["kind"] == "question"


def test_a_language_we_do_not_speak_is_said(stage: Stage) -> None:
    own, told = stage.say("change_language", "hmong", language_wanted="hmn")
    assert own["custom"]["language"] == "hmn" and all("211" in message["text"] for message in (own, told))
    assert stage.slots.get("language") in (None, "en")


def test_a_question_aside_is_answered_and_the_question_goes_on(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    told, again = stage.say("ask_privacy", "who reads this")
    assert "Nobody" in told["text"] and "ZIP" in again["text"]
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings"


@pytest.mark.parametrize(
    ("before", "text", "entities"),
    [
        ({"place": "Orange"}, "the county", {}),
        ({"zip": "95322"}, "2", {}),
        ({"zip": "95322"}, "Stanislaus County", {"place": "Stanislaus County"}),
        ({}, "thanks, modesto", {"place": "Modesto"}),
    ],
)
def test_an_answer_taken_for_a_word_aside_is_still_the_answer(
    stage: Stage, before: dict[str, str], text: str, entities: dict[str, str]
) -> None:
    stage.say("find_provider", "food", need="food", **before)
    _, answer = stage.say("thanks", text, **entities)
    assert answer["custom"]["kind"] in ("listings", "none_found") and answer["custom"]["need"] == "food"


def test_a_person_is_the_clinic_the_plan_and_211(stage: Stage, home: Path) -> None:
    (home / "settings.yml").write_text("clinic: Made Clinic\nphone: 209-555-0100\n", "utf-8")
    (message,) = stage.say("talk_to_human", "a person, health net", plan="health_net")
    assert message["custom"]["kind"] == "handoff"
    assert "Made Clinic: 209-555-0100" in message["text"] and "211" in message["text"]
    assert "or call the number on your card" in message["text"]


def test_not_understood_asks_then_a_person_then_examples_and_never_the_same_words_in_a_row(stage: Stage) -> None:
    said = [stage.say("nlu_fallback", "blorp")[0] for _ in range(6)]
    assert [each["custom"]["kind"] for each in said[:3]] == ["fallback", "handoff", "fallback"]
    assert [len(each["custom"]["choices"]) for each in said[:3]] == [9, 0, 0]
    assert all(one["text"] != other["text"] for one, other in itertools.pairwise(said))
    (found,) = stage.say("find_provider", "food", need="food", place="Modesto")
    assert found["custom"]["kind"] == "listings"
    assert len(stage.say("nlu_fallback", "blorp")[0]["custom"]["choices"]) == 9


def test_a_menu_number_after_two_misses(stage: Stage) -> None:
    stage.say("nlu_fallback", "blorp")
    stage.say("nlu_fallback", "blorp")
    (where,) = stage.say("nlu_fallback", "2")
    assert where["custom"]["need"] == "housing"


def test_zero_is_a_person(stage: Stage) -> None:
    stage.say("greet", "hi")
    (message,) = stage.say("inform", "0")
    assert message["custom"]["kind"] == "handoff"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_breaks_a_person_still_hears_of_211(
    stage: Stage, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    stage.say("find_provider", "food", need="food", language=language)
    # What no component sends: a danger that is no text.
    (message,) = stage.say("crisis", "SECRET", crisis=["SECRET"], language=language)  # type: ignore[arg-type]
    assert message["custom"]["kind"] == "handoff" and "211" in message["text"] and "911" in message["text"]
    assert message in responses()["utter_failed"]
    assert re.search(r"action=action_crisis error=\w+ at (?:actions|directory)/\S+\.py:\d+$", caplog.text.strip())
    assert "SECRET" not in caplog.text
    assert (stage.slots["asked"], stage.slots["shown"], stage.slots["need"]) == (None, None, "food")


@pytest.mark.parametrize(
    "asked",
    [
        {"about": "place", "wants": [{"need": "gone"}]},
        {"about": "program", "choices": [{"goal": "program", "value": "gone"}]},
        {"about": "offer", "choices": [{"goal": "gone", "value": "x"}]},
        {"about": "need", "choices": [{"label": "Food", "goal": "need", "value": "food"}]},
        {"about": "county", "choices": [{"goal": "county", "value": "nowhere"}]},
        {"about": "need", "choices": 7},
        {"wants": [{"kind": "food"}]},
    ],
)
def test_what_another_version_asked_ends_no_conversation(stage: Stage, asked: dict[str, object]) -> None:
    stage.slots["asked"] = asked
    stage.say("inform", "1")
    (found,) = stage.say("find_provider", "food", need="food", place="Modesto")
    assert found["custom"]["kind"] == "listings"


def test_a_new_session_carries_only_what_it_may(stage: Stage) -> None:
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions.session import SessionStart

    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.slots["facts"] = {"income": 3200}
    stage.say("program_info", "nmt", program="nmt")
    tracker = Tracker("someone", dict(stage.slots), {}, [], False, None, {}, None)
    events = SessionStart().run(CollectingDispatcher(), tracker, {})
    assert [event["event"] for event in (events[0], events[-1])] == ["session_started", "action"]
    names = {event["name"] for event in events[1:-1]}
    assert names == {"need", "program", "place", "county", "shown", "asked"}
    asked = [event["value"] for event in events[1:-1] if event["name"] == "asked"]
    assert asked == [{"about": "resume"}], "no question in the air outlives its session"


def test_every_act_has_one_rule_and_every_step_exists() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    rules = yaml.safe_load((ROOT / "data/rules/rules.yml").read_text("utf-8"))["rules"]
    acts = [next(iter(intent)) for intent in domain["intents"]]
    assert sorted(acts) == sorted(rule["steps"][0]["intent"] for rule in rules)
    assert all(intent[act] == {"use_entities": []} for intent, act in zip(domain["intents"], acts, strict=True))
    steps = {step for act in acts for step in steps_of(act)}
    assert steps <= set(domain["actions"]) | set(responses())
    assert len({rule["rule"] for rule in rules}) == len(rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nobody_checked_is_not_called_checked(stage: Stage, language: str) -> None:
    checked = {"en": "facts checked", "es": "programa revisados"}[language]
    (rent,) = stage.say("program_info", "rent help?", program="rent_help", language=language)
    (rides,) = stage.say("program_info", "nmt?", program="nmt", language=language)
    assert checked not in rent["text"] and checked in rides["text"]
