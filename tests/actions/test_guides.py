"""Next-door questions: what a guide says, what follows it, and which messages go to their goal instead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.model import Language
from directory.overlay import keeping
from tests.actions.conftest import Stage

LANGUAGES = ("en", "es")
REACHED = ("program_info", "how_to_apply", "check_eligibility", "find_provider", "inform", "followup", "nlu_fallback",
           "report_problem", "report_outcome")  # fmt: skip
NOT_REACHED = ("opt_out", "talk_to_human", "change_language", "ask_privacy", "thanks", "goodbye")


def kinds(messages: list[dict[str, Any]]) -> list[str]:
    return [message["custom"]["kind"] for message in messages]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", sorted(guides()))
def test_a_guide_says_what_it_is_what_to_do_and_who_to_call_with_its_date(stage: Stage, id: str, language: str) -> None:
    (told,) = stage.say("program_info", "x", guide=id, language=language)
    found, text = guides()[id], told["text"]
    assert told["custom"]["kind"] == "guide"
    assert found.what.get(Language(language)) in text
    assert all(f"- {step}" in text for step in found.today[language])
    assert "2026" in text and not re.search(r"\{[a-z_]+\}|None", text)
    for contact in found.who:
        assert not contact.phone or contact.phone in text
        if contact.phone and not contact.verified:
            assert re.search(rf"{contact.phone} \((?:we have not checked|no hemos comprobado)", text)
    assert set(told["custom"]["phones"]) == {contact.phone for contact in found.who if contact.phone}
    assert told["custom"]["sources"] == list(found.basis.sources)
    assert len(told["custom"]["choices"]) == min(4, len(dict.fromkeys((*found.wants, *found.programs))))


@pytest.mark.parametrize("act", REACHED)
def test_these_acts_reach_a_guide(stage: Stage, act: str) -> None:
    assert kinds(stage.say(act, "my ebt was stolen", guide="stolen_ebt")) == ["guide"]


@pytest.mark.parametrize("act", NOT_REACHED)
def test_these_do_not(stage: Stage, act: str) -> None:
    assert "guide" not in kinds(stage.say(act, "x", guide="stolen_ebt"))


def test_a_question_of_privacy_may_mean_the_papers(stage: Stage) -> None:
    assert kinds(stage.say("ask_privacy", "could it hurt my green card", guide="public_charge")) == ["guide"]


def test_a_choice_after_a_guide_lists_places_or_tells_of_a_program(stage: Stage) -> None:
    (told,) = stage.say("program_info", "x", guide="stolen_ebt")
    words = [choice["say"] for choice in told["custom"]["choices"]]
    assert words == [rules.program("food_bank").short.en, rules.program("calfresh").short.en]
    (question,) = stage.say("inform", "1")
    assert question["custom"]["kind"] == "question" and question["custom"]["program"] == "food_bank"
    assert kinds(stage.say("inform", "modesto", place="Modesto")) == ["listings"]
    stage.say("program_info", "x", guide="stolen_ebt")
    assert stage.say("inform", "2")[0]["custom"]["program"] == "calfresh"


@pytest.mark.parametrize(
    ("act", "entities", "expected"),
    [
        ("find_provider", {"guide": "stolen_ebt", "place": "Modesto"}, ["guide", "listings"]),
        ("find_provider", {"guide": "legal_aid", "need": "legal", "place": "Modesto"}, ["none_found"]),
        ("find_provider", {"guide": "legal_aid", "need": "legal"}, ["guide", "question"]),
        ("program_info", {"guide": "legal_aid", "need": "legal"}, ["guide"]),
        ("find_provider", {"guide": "medical_baseline"}, ["guide"]),
        ("find_provider", {"guide": "denial_and_appeal", "program": "calfresh", "need": "food"}, ["guide"]),
        ("find_provider", {"need": "food", "place": "Modesto"}, ["listings"]),
    ],
)
def test_a_plain_request_for_places_goes_to_its_goal(
    stage: Stage, act: str, entities: dict[str, str], expected: list[str]
) -> None:
    assert kinds(stage.say(act, "x", **entities)) == expected


@pytest.mark.parametrize(("text", "place"), [("i need diapers", None), ("diapers in modesto", "Modesto")])
def test_diapers_are_a_guide_and_the_places(stage: Stage, text: str, place: str | None) -> None:
    named = {"place": place} if place else {}
    first, second = stage.say("find_provider", text, guide="diapers", need="family", **named)
    assert first["custom"]["kind"] == "guide" and not first["custom"]["choices"]
    assert second["custom"]["kind"] in ("question", "none_found", "listings")


def test_an_open_question_is_put_again_after_a_guide(stage: Stage) -> None:
    stage.say("find_provider", "food", need="food")
    told, question = stage.say("nlu_fallback", "my ebt was stolen", guide="stolen_ebt")
    assert told["custom"]["kind"] == "guide" and question["custom"]["kind"] == "question"
    (found,) = stage.say("inform", "modesto", place="Modesto")
    assert found["custom"]["kind"] == "listings" and found["custom"]["need"] == "food"


@pytest.mark.parametrize("language", LANGUAGES)
def test_papers_and_immigration_are_said_with_the_words_of_the_guides(stage: Stage, language: str) -> None:
    (fixed,) = stage.say("ask_privacy", "la migra puede ver esto", topic="immigration", language=language)
    assert fixed["text"].startswith(guides()["public_charge"].what.get(Language(language)))
    first, *_ = stage.say("report_outcome", "i got an eviction paper", language=language)
    assert first["text"] == " ".join(guides()["eviction_paper"].today[language])


def test_a_program_that_is_named_beside_public_charge_is_a_way_on(stage: Stage) -> None:
    (told,) = stage.say("check_eligibility", "is x public charge", guide="public_charge", topic="immigration")
    assert told["custom"]["kind"] == "guide" and "immigration" not in str(stage.slots)


def test_a_paper_that_is_asked_about_gets_the_whole_guide(stage: Stage) -> None:
    (told,) = stage.say("program_info", "what is an eviction notice", guide="eviction_paper", program="rent_help")
    assert told["custom"]["kind"] == "guide"


def test_a_county_office_that_the_clinic_noted_is_named(stage: Stage, home: Path) -> None:
    note = (
        "- {who: Ana, on: 2026-11-20, source: a call, changed: {office: Stanislaus, kind: county_benefits, "
        "name: {en: Made County Office, es: Oficina Inventada}, phone: 1-209-555-0100}}\n"
    )
    (home / "overlay.yml").write_text(note, "utf-8")
    keeping.forget()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    (told,) = stage.say("program_info", "x", guide="lapsed_medi_cal")
    assert "- Made County Office: 1-209-555-0100" in told["text"] and "1-209-555-0100" in told["custom"]["phones"]
    keeping.forget()
