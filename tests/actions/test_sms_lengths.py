"""By text message every answer keeps to its budget, in both languages, and what did not fit really comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions import fits
from actions.context import Goal
from directory import store
from directory.eligibility import rules
from directory.eligibility.guides import guides
from directory.model import Address, Language, Need, Phone, Reach
from directory.reply import Kind
from directory.text import budget, catalogue, gsm, listing
from tests.actions.conftest import NOW, RECORDS, Stage, acts, made, steps_of

LANGUAGES = ("en", "es")
MORE = {"en": "MORE", "es": "SIGA"}
OTHERS = {"en": "OTHERS", "es": "OTROS"}
HINT = {"en": "MORE for the rest", "es": "SIGA"}
SPOKEN = {"en": "second", "es": "segundo"}
COMMANDS = ("rest.more", "rest.line", "program.next", "program.others", "none.ask_about")
BARE = ("crisis", "ask_bot", "out_of_scope")
"""Acts that are told of elsewhere: the lines of help, and fixed replies of bot/messages."""
NAMES = ("Grace Center", "Second Harvest of the Valley", "Iglesia San José", "Community Action of Greater Stanislaus")
PLACES = ("95354", "Bakersfield", "Los Angeles")
KNOWN = {"county": "Stanislaus", "place": "Modesto", "plan": "health_net"}


def _crowded() -> Iterator[Any]:
    """Five places for each need, with long names and words of their own, one with an accent."""
    for group, need in enumerate(Need):
        for number in range(5):
            yield made(
                100 + group * 20 + number,
                f"{NAMES[number % 4]} {need.value.replace('_', ' ').title()}",
                need,
                tuple(rules.needs().get(need, ())[: 1 + number % 2]),
                reach=Reach.DISTANCE,
                address=Address(f"{number}20 North Ninth Street", "Modesto", "95354"),
                latitude=37.64 + number / 100,
                longitude=-120.99,
                hours_text="Mon-Fri 9am-5pm" if number % 2 else "Call for hours",
                languages=("en", "es", "hmn"),
                documents="A photo ID and a paper with your address",
                fees_text="Free",
                url="https://www.example.org/help",
                description="A center that helps families with food, clothes and forms, open since 1985.",
                eligibility_text="Families with children in Stanislaus County",
                phones=(Phone(f"+1209555{number:04d}"), Phone(f"+1209555{50 + number:04d}", label="office")),
                assured_on=None if number == 3 else date(2026, 10, 2),
            )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PUENTE_HOME with many places of every need."""
    sources = [store.SourceRecord("made", "A made list")]
    records = (*RECORDS, *_crowded())
    store.write_directory(
        tmp_path / "directory.db", records=records, sources=sources, publication="made-1", published_at=NOW
    )
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    monkeypatch.setattr(Goal, "clock", staticmethod(lambda: NOW))
    return tmp_path


def phone(language: str, **known: Any) -> Stage:
    return Stage(channel="sms", slots={"language": language, **known})


def over(messages: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """The messages that take more than the budget of their kind."""
    counted = ((gsm.segments(each["text"]), Kind(each["custom"]["kind"]), each["text"]) for each in messages)
    return [(count, text) for count, kind, text in counted if count > budget.most(kind)]


def to_the_end(stage: Stage, first: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """What was sent and every rest of it."""
    sent = list(first)
    for _ in range(12):
        if not (stage.slots.get("asked") or {}).get("rest"):
            return sent
        assert HINT[language] in sent[-1]["text"], "a rest is there and no word to ask for it"
        sent += stage.say("followup", MORE[language], language=language)
    raise AssertionError("the rest has no end")


def body(messages: list[dict[str, Any]]) -> str:
    """All of it without the commands, in one line."""
    with catalogue.by_text():
        commands = {catalogue.say(f"assistant.{key}", spoken) for key in COMMANDS for spoken in Language}
    lines = (line for each in messages for line in each["text"].splitlines() if line not in commands)
    return " ".join(line for line in lines if not re.match(r"\d ", line))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [{}, KNOWN], ids=["new", "known"])
@pytest.mark.parametrize("id", sorted(guides()))
def test_a_guide_comes_in_parts_that_leave_nothing_out(
    home: Path, id: str, known: dict[str, str], language: str
) -> None:
    stage, spoken = phone(language, **known), Language(language)
    sent = to_the_end(stage, stage.say("inform", "x", guide=id, language=language), language)
    found, told = guides()[id], body(sent)
    assert over(sent) == []
    for text in (
        found.what.get(spoken),
        *found.today.get(spoken),
        *([found.careful.get(spoken)] if found.careful else []),
    ):
        assert " ".join(text.split()) in told
    assert found.today.get(spoken)[0][:40] in sent[0]["text"], "what to do today stands in the first text"
    assert all(who.phone in told for who in found.who if who.phone and not who.office)
    assert all(each["custom"]["choices"] == sent[0]["custom"]["choices"] for each in sent)
    assert all(f"{number} " in sent[-1]["text"] for number in range(1, 1 + len(sent[0]["custom"]["choices"])))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [{}, KNOWN], ids=["new", "known"])
@pytest.mark.parametrize("id", sorted(rules.programs()))
def test_a_program_and_its_steps_come_in_parts_that_leave_nothing_out(
    home: Path, id: str, known: dict[str, str], language: str
) -> None:
    program, spoken = rules.program(id), Language(language)
    for act, texts in (
        ("program_info", (program.what.get(spoken), program.who_decides.get(spoken))),
        ("how_to_apply", (*program.steps.get(spoken), program.who_decides.get(spoken))),
    ):
        stage = phone(language, **known)
        sent = to_the_end(stage, stage.say(act, "x", program=id, language=language), language)
        assert over(sent) == []
        assert [text for text in texts if " ".join(text.split()) not in body(sent)] == []
        with catalogue.by_text():
            day = listing.day_text(program.checked_on, spoken)
        assert day in sent[0]["text"] or not program.current(NOW.date()), "its day stands in the first text"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", sorted(rules.programs()))
def test_every_question_and_every_verdict_keeps_to_its_budget(home: Path, id: str, language: str) -> None:
    for answer in ("1", "2", "9"):
        stage = phone(language)
        sent = stage.say("check_eligibility", "may i", program=id, language=language)
        for _ in range(14):
            assert over(sent) == []
            if sent[-1]["custom"]["kind"] != "question":
                break
            of_place = (stage.slots.get("asked") or {}).get("question") == "lives_in_california"
            sent = stage.say("inform", "95354" if of_place else answer, language=language)
        told = to_the_end(stage, sent, language)
        assert over(told) == [] and told[-1]["custom"]["kind"] == "verdict"
        with catalogue.by_text():
            assert listing.program_name(id, Language(language)) in told[0]["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("id", sorted(rules.programs()))
def test_places_of_a_program_or_whom_to_call_keep_to_the_budget(home: Path, id: str, place: str, language: str) -> None:
    stage = phone(language)
    sent = stage.say("find_provider", "x", program=id, place=place, language=language)
    assert over(to_the_end(stage, sent, language)) == []
    if sent[-1]["custom"]["kind"] == "none_found":
        assert re.search(r"\b(?:211|1-\d{3}-\d{3}-\d{4}|\d{3}-\d{3}-\d{4}|card|tarjeta)\b", sent[0]["text"]), (
            "whom to call comes first"
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", list(Need))
def test_a_list_is_turned_page_by_page_without_leaving_a_place_out(home: Path, need: Need, language: str) -> None:
    stage = phone(language)
    sent = stage.say("find_provider", "x", need=need.value, place="95354", language=language)
    seen = [each["id"] for each in sent[-1]["custom"]["listings"]]
    total = sent[-1]["custom"]["total"]
    for _ in range(9):
        assert over(sent) == []
        assert [each["id"] for each in sent[-1]["custom"]["listings"]] == seen[-len(sent[-1]["custom"]["listings"]) :]
        assert stage.slots["shown"]["ids"] == seen, "what is kept as shown is what was sent"
        if len(seen) == total:
            break
        assert OTHERS[language] in sent[-1]["text"]
        sent = stage.say("followup", OTHERS[language], language=language)
        seen += [each["id"] for each in sent[-1]["custom"]["listings"]]
    assert len(seen) == len(set(seen)) == total >= 5


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("need", list(Need))
def test_each_line_of_a_list_has_name_phone_and_date(home: Path, need: Need, language: str) -> None:
    (told,) = phone(language).say("find_provider", "x", need=need.value, place="95354", language=language)
    lines = told["text"].splitlines()
    for number, place in enumerate(told["custom"]["listings"], 1):
        (line,) = (line for line in lines if line.startswith(f"{number} "))
        assert place["name"] in line and place["phone"] in line
        assert "2026" in line or place["checked_on"] is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_tells_of_the_place_that_stood_there_and_the_rest_comes(home: Path, language: str) -> None:
    stage = phone(language)
    (listed,) = stage.say("find_provider", "x", need="food", place="95354", language=language)
    two = listed["custom"]["listings"][1]
    sent = to_the_end(stage, stage.say("inform", "2", language=language), language)
    assert over(sent) == [] and sent[0]["text"].startswith(two["name"])
    assert two["phone"] in sent[0]["text"] and two["address"] in sent[0]["text"]
    assert "Stanislaus" in body(sent), "whom it serves comes with the rest"
    (spoken,) = stage.say("followup", f"hours of the {SPOKEN[language]}", language=language)
    assert two["name"] in spoken["text"]
    (others,) = stage.say("followup", OTHERS[language], language=language)
    assert (
        others["custom"]["kind"] == "listings" and others["custom"]["listings"][0] not in listed["custom"]["listings"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_of_a_guide_waits_behind_more_and_other_places_behind_others(home: Path, language: str) -> None:
    stage = phone(language, place="Modesto", county="Stanislaus")
    both = stage.say("find_provider", "x", guide="leaving_hospital", need="food", place="Modesto", language=language)
    assert both[0]["custom"]["kind"] == "guide" and both[-1]["custom"]["kind"] == "listings"
    (rest,) = stage.say("followup", MORE[language], language=language)
    assert rest["custom"]["kind"] == "guide" and over([rest]) == []
    while (stage.slots.get("asked") or {}).get("rest"):
        (rest,) = stage.say("followup", MORE[language], language=language)
    (others,) = stage.say("followup", OTHERS[language], language=language)
    assert others["custom"]["kind"] in ("listings", "none_found")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_thing_ends_what_was_left_over(home: Path, language: str) -> None:
    stage = phone(language)
    stage.say("inform", "x", guide="stolen_ebt", language=language)
    assert stage.slots["asked"]["rest"]
    stage.say("find_provider", "x", need="food", place="95354", language=language)
    assert "rest" not in (stage.slots.get("asked") or {})
    (more,) = stage.say("followup", MORE[language], language=language)
    assert more["custom"]["kind"] == "listings"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_is_picked_while_a_rest_waits(home: Path, language: str) -> None:
    stage = phone(language)
    stage.say("program_info", "x", program="cs_mtm", **KNOWN_ENTITIES, language=language)
    (steps,) = stage.say("inform", "2", language=language)
    assert steps["custom"]["kind"] == "steps"


KNOWN_ENTITIES: dict[str, Any] = {"plan": "health_net"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_said_while_a_rest_waits_is_answered_and_nothing_else(home: Path, language: str) -> None:
    stage = phone(language)
    stage.say("inform", "x", guide="stolen_ebt", language=language)
    sent = stage.say("crisis", MORE[language], crisis="violence", language=language)
    assert sent[0]["custom"]["kind"] == "crisis"


@pytest.mark.parametrize(
    "rest", ["", "guide", "guide:gone@3", "guide:stolen_ebt@x", "nothing:here@2", "shown:details 9@1"]
)
def test_a_rest_that_cannot_be_read_leaves_nobody_without_words(home: Path, rest: str) -> None:
    (told,) = phone("en", asked={"rest": [rest]}).say("followup", "MORE")
    assert told["text"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["self_harm", "violence", "medical", "abuse", "unsafe_tonight", "worry"])
def test_lines_of_help_are_whole_in_one_text(home: Path, kind: str, language: str) -> None:
    stage, place = phone(language), phone(language, **KNOWN)
    act = "inform" if kind == "worry" else "crisis"
    told = stage.say(act, "x", crisis=kind, language=language)
    again = stage.say(act, "y", crisis=kind, language=language)
    known = place.say(act, "x", crisis=kind, language=language)
    assert over(told) == over(again) == over(known) == []
    assert told[0]["custom"]["phones"] and all(number in told[0]["text"] for number in told[0]["custom"]["phones"])
    assert not (stage.slots.get("asked") or {}).get("rest")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("known", [{}, {**KNOWN, "need": "food"}], ids=["new", "known"])
def test_what_any_message_is_answered_with_keeps_to_its_budget(
    home: Path, known: dict[str, str], language: str
) -> None:
    ours = [act for act in acts() if all(step.startswith("action_") for step in steps_of(act)) and act not in BARE]
    assert len(ours) > 10
    for act in ours:
        stage = phone(language, **known)
        for _ in range(4):
            assert over(stage.say(act, "x", language=language)) == [], act


@pytest.mark.parametrize(("accents", "fewer"), [("keep", False), ("fold", True)])
def test_where_accents_are_folded_more_goes_into_one_text(home: Path, accents: str, fewer: bool) -> None:
    number = f'sms: {{account: AC{"0" * 32}, from: "209-555-0199", accents: {accents}}}'
    (home / "settings.yml").write_text(f"clinic: A\n{number}\n", "utf-8")
    stage = phone("es")
    sent = to_the_end(stage, stage.say("inform", "x", guide="stolen_ebt", language="es"), "es")
    folded = [gsm.folded(each["text"], accents=accents == "keep") for each in sent]
    assert all(gsm.segments(text) <= budget.most(Kind.GUIDE) for text in folded)
    assert (len(sent) <= 3) is fewer


ORDERS = r"YES|END|CANCEL|QUIT|STOP|STOPALL|UNSUBSCRIBE|START|HELP|ALTO|FIN"
NEVER = re.compile(
    rf"(?:[Tt]ext|[Ss]ay|[Ss]end|[Rr]eply|[Ee]scriba|[Cc]onteste|[Dd]iga|[Mm]ande|\"|^\d )\s?(?:{ORDERS})\b"
)
TO_LEAVE = re.compile(r"Text STOP to end that|conteste STOP|or STOP so|o STOP para")
OTHER_LINES = re.compile(r"START (?:to|al) 88788")
"""Another line's own word."""
OURS = ("assistant.", "verdict.", "hint.", "of_another.", "none")


@pytest.mark.parametrize("language", list(Language))
def test_no_text_offers_a_word_that_carriers_take_for_an_order(language: Language) -> None:
    own = {key: text for key, text in catalogue.shipped(language.value).items() if key.startswith(OURS)}
    bare = {key: OTHER_LINES.sub("", TO_LEAVE.sub("", text)) for key, text in own.items()}
    assert len(bare) > 400
    assert {key: text for key, text in bare.items() if NEVER.search(text)} == {}
    alone = {key for key, text in bare.items() if re.fullmatch(ORDERS, text.strip(), re.IGNORECASE)}
    assert alone <= {"verdict.choice.yes"}, "a choice of a question of the rules: its digit is what is written"


def _last(language: str, act: str, **entities: Any) -> dict[str, Any]:
    """The last text of an answer."""
    stage = phone(language)
    return to_the_end(stage, stage.say(act, "x", language=language, **entities), language)[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_a_text_message_has_a_digit(home: Path, language: str) -> None:
    asked = [_last(language, "greet")]
    asked += [_last(language, "check_eligibility", program=id) for id in rules.programs()]
    asked += [_last(language, "how_to_apply", need=need.value) for need in Need]
    assert all(each["custom"]["choices"] for each in asked[:1])
    for each in asked:
        labels = [choice["label"] for choice in each["custom"]["choices"]]
        numbers = [re.search(rf"^(\d+) {re.escape(label)}$", each["text"], re.M) for label in labels]
        of_a_number = len(labels) == 1  # a number or a place is asked for; skipping is a word
        assert all(numbers) or of_a_number, each["text"]
        assert not [label for label in labels if re.fullmatch(ORDERS, label, re.IGNORECASE) and label.upper() != "YES"]


@pytest.mark.parametrize(
    "text", ["Call 1-800-952-5253. Ask Dr. Lee at 9 a.m. Then go home.", "One", "a" * 700, "á" * 300]
)
def test_pieces_put_together_are_the_text(text: str) -> None:
    found = fits.pieces(text)
    assert "".join(piece.text for piece in found).replace(" ", "") == text.replace(" ", "")
    assert all(gsm.segments(piece.text) <= 2 for piece in found)


@pytest.mark.parametrize("lead", ["", "Today: call 211."])
@pytest.mark.parametrize("tail", ["", "Next, text:\n1 Places near me\n2 How to get it"])
def test_an_answer_is_told_in_parts_each_within_its_budget_and_all_of_it(lead: str, tail: str) -> None:
    text = "\n".join(f"Step {number}: call the office, say día {number} and ask for the paper." for number in range(30))
    sent, start = [], None
    for _ in range(30):
        part = fits.fitted(Kind.STEPS, Language.EN, text, lead=lead, tail=tail, start=start)
        sent.append(part.text)
        start = part.rest
        if start is None:
            break
    assert all(budget.fits(each, Kind.STEPS) for each in sent) and len(sent) > 5
    told = "\n".join(sent)
    assert [number for number in range(30) if told.count(f"Step {number}: ") != 1] == []
    assert sent[0].startswith(lead) and told.count(lead or "Step 0:") == 1 and sent[-1].endswith(tail)
