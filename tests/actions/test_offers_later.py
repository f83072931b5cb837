"""Whether it worked may be asked later: offered once, where a digit cannot be mistaken, and never after hard words."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from actions.offer_later import _DAYS
from directory.inbox import followups, opt_outs, quiet
from directory.text import gsm
from tests.actions.a_phone import phone, short, text
from tests.actions.conftest import NOW, Stage

LANGUAGES = ("en", "es")
OFFER = {"en": "Shall I text you in 3 days", "es": "¿Le escribo el 24 de noviembre"}
YES = {"en": ("1", "yes", "yes please", "sure"), "es": ("1", "si", "sí, por favor", "claro que si")}
NO = {"en": ("2", "no", "no thanks"), "es": ("2", "no", "no gracias", "ahorita no")}


@pytest.fixture(autouse=True)
def _home(home: Path) -> None:
    """Every test stands on the made directory."""


def listed(language: str = "en") -> Stage:
    stage = phone()
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    return stage


def offered(language: str = "en") -> Stage:
    stage = listed(language)
    assert OFFER[language] in text(stage.say("followup", "phone of the 2" if language == "en" else "teléfono del 2"))
    return stage


def agreed() -> tuple[followups.FollowUp, ...]:
    return followups.running()


def test_the_days_are_those_on_which_it_is_asked() -> None:
    assert _DAYS == followups.DAYS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("act", "said"),
    [("followup", "2"), ("followup", "phone of the 2"), ("followup", "hours of the second"), ("thanks", "thanks"),
     ("goodbye", "bye"), ("affirm", "ok")],
)  # fmt: skip
def test_it_is_offered_after_one_place_and_at_the_end(language: str, act: str, said: str) -> None:
    stage = listed(language)
    *_, offer = stage.say(act, said)
    assert OFFER[language] in offer["text"] and gsm.segments(offer["text"]) == 1
    assert "1" in offer["text"] and "2" in offer["text"]


def test_right_after_a_list_of_several_a_digit_is_a_place_and_nothing_is_offered() -> None:
    told = phone().say("find_provider", "food in modesto", need="food", place="Modesto")
    assert len(told) == 1 and "Shall I" not in text(told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("act", "said"), [("inform", "1"), ("thanks", "thanks")])
def test_after_a_list_of_one_place_its_digit_opens_it_and_the_offer_waits(language: str, act: str, said: str) -> None:
    stage = phone()
    told = stage.say("find_provider", "a ride in modesto", need="transport", place="Modesto", language=language)
    assert OFFER[language] not in text(told) and len(told) == 1
    told = stage.say(act, said)
    assert OFFER[language] in told[-1]["text"] and not agreed()
    assert ("209-555-0113" in text(told)) is (said == "1"), "the digit shows the place"


def test_after_steps_the_digits_go_on_after_those_of_the_choices() -> None:
    stage = phone()
    told = stage.say("how_to_apply", "how do i get on the housing list", program="coordinated_entry", place="Modesto")
    assert "1 " in told[0]["text"] and "2 = yes, 3 = no" in told[-1]["text"]
    stage.say("inform", "2")
    (one,) = agreed()
    assert one.program == "coordinated_entry" and one.listings == ()


def test_a_place_of_the_choices_after_steps_is_still_picked_by_its_digit() -> None:
    stage = phone()
    stage.say("how_to_apply", "how do i get on the housing list", program="coordinated_entry", place="Modesto")
    stage.say("inform", "1")
    assert not agreed() and stage.slots["program"] == "coordinated_entry"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_is_kept_with_time_and_words_and_says_what_comes(language: str) -> None:
    for said in YES[language]:
        stage = offered(language)
        (told,) = stage.say("affirm" if not said[0].isdigit() else "inform", said)
        assert "STOP" in told["text"] and short([told], 1)
        (one,) = agreed()
        assert one.listings == ("made:1",) and one.need == "food" and one.county == "Stanislaus"
        assert one.language == language and one.agreed_at == NOW and one.due_at == NOW + timedelta(days=3)
        quiet.forget(stage.who, NOW)


def test_both_days_are_named_as_they_come() -> None:
    (told,) = offered().say("inform", "1")
    assert "Nov 24" in told["text"] and "Dec 1" in told["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_no_is_one_line_and_nothing_is_offered_again(language: str) -> None:
    for said in NO[language]:
        stage = offered(language)
        (told,) = stage.say("deny" if not said[0].isdigit() else "inform", said)
        assert short([told], 1) and not agreed()
        assert OFFER[language] not in text(stage.say("thanks", "thanks"))
        assert not quiet.is_quiet(stage.who), "a no to this stops no call that they ask for"


@pytest.mark.parametrize(
    ("act", "said", "entities"),
    [("inform", "3", {}), ("find_provider", "i need a ride", {"need": "transport"}), ("followup", "more", {})],
)
def test_anything_else_is_answered_as_itself_and_the_offer_is_gone(
    act: str, said: str, entities: dict[str, str]
) -> None:
    stage = offered()
    assert stage.say(act, said, **entities)[0]["custom"]["kind"] == "listings"
    shown = stage.slots["shown"]["ids"]
    (later,) = stage.say("inform", "1")
    assert later["custom"]["listings"][0]["id"] == shown[0] and not agreed()


@pytest.mark.parametrize(("act", "said"), [("greet", "hello"), ("inform", "hold on"), ("thanks", "thanks")])
def test_a_word_in_between_is_no_yes_and_a_digit_after_it_agrees_to_nothing(act: str, said: str) -> None:
    stage = offered()
    assert "Shall I" not in text(stage.say(act, said))
    stage.say("inform", "1")
    assert not agreed()


def test_it_is_offered_once_in_a_talk_even_when_begun_anew() -> None:
    stage = offered()
    stage.say("followup", "hours of the first")
    stage.say("inform", "start over")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    assert "Shall I" not in text(stage.say("thanks", "thank you"))


def test_nothing_is_offered_while_one_runs() -> None:
    offered().say("inform", "1")
    again = listed()
    assert "Shall I" not in text(again.say("thanks", "thank you"))


def test_on_the_page_nothing_later_is_offered() -> None:
    stage = Stage()
    stage.say("find_provider", "a ride in modesto", need="transport", place="Modesto")
    assert "Shall I" not in text(stage.say("thanks", "thanks"))


@pytest.mark.parametrize("how", ["out", "quiet"])
def test_who_left_or_is_left_in_peace_is_offered_nothing(how: str) -> None:
    stage = listed()
    opt_outs.out(stage.who, "word", NOW) if how == "out" else quiet.hush(stage.who, NOW)
    assert len(stage.say("thanks", "thanks")) == 1


HARD = [
    ("inform", "my husband is violent", {}),
    ("inform", "i just got a restraining order", {}),
    ("find_provider", "food, im getting clean off meth", {"need": "food", "place": "Modesto"}),
    ("find_provider", "comida, mi hijo salio de rehabilitacion", {"need": "food", "place": "Modesto"}),
    ("inform", "mi esposo me golpea", {}),
    ("inform", "i wanted to hurt myself last year", {}),
    ("inform", "im 16", {}),
    ("inform", "tengo 15 años", {}),
    ("find_provider", "i feel so alone, food", {"need": "food", "place": "Modesto", "crisis": "worry"}),
]


@pytest.mark.parametrize(("act", "said", "named"), HARD)
def test_after_hard_words_or_a_minors_nothing_is_offered_in_that_talk(
    act: str, said: str, named: dict[str, str]
) -> None:
    stage = listed()
    stage.say(act, said, **named)
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    told = stage.say("followup", "2")
    assert "Shall I" not in text([*told, *stage.say("thanks", "thanks")])


@pytest.mark.parametrize("danger", ["self_harm", "violence", "medical", "abuse", "unsafe_tonight"])
def test_a_danger_ends_the_offer_and_a_digit_after_it_agrees_to_nothing(danger: str) -> None:
    stage = offered()
    (first, *_) = stage.say("crisis", "he hurts me", crisis=danger)
    assert first["custom"]["kind"] == "crisis"
    stage.say("inform", "1")
    stage.say("affirm", "yes")
    assert not agreed()


def test_a_worry_in_the_answer_is_heard_first_and_agrees_to_nothing() -> None:
    (first, *_) = offered().say("affirm", "yes but i cant go on", crisis="worry")
    assert first["custom"]["kind"] == "worry" and not agreed()


def test_who_was_left_in_peace_in_between_gets_no_promise() -> None:
    stage = offered()
    quiet.hush(stage.who, NOW)
    (told,) = stage.say("inform", "1")
    assert "STOP" not in told["text"] and "Nov 24" not in told["text"] and not agreed()


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_a_list_of_one_place_its_digit_is_for_the_place(language: str) -> None:
    stage = phone()
    told = text(stage.say("find_provider", "food in merced", need="food", place="Merced", language=language))
    assert "Merced Pantry" in told and OFFER[language] not in told
    phone_of_it = "phone of the 1" if language == "en" else "teléfono del 1"
    assert OFFER[language] in text(stage.say("followup", phone_of_it))


@pytest.mark.parametrize("language", LANGUAGES)
def test_thanks_after_steps_of_which_a_part_waits_brings_the_offer(language: str) -> None:
    stage = phone()
    told = text(stage.say("how_to_apply", "how do i get ihss", program="ihss", need="home_care", language=language))
    assert ("MORE" if language == "en" else "SIGA") in told and OFFER[language] not in told
    assert OFFER[language] in text(stage.say("thanks", "thanks"))
    stage.say("affirm", "yes")
    assert [one.program for one in agreed()] == ["ihss"]


@pytest.mark.parametrize("said", ["what?", "what do you mean", "why", "¿mande?", "¿para qué?"])
def test_who_wonders_what_is_offered_is_told_and_may_still_say_yes(said: str) -> None:
    stage = offered()
    assert "1 = yes" in text(stage.say("followup", said)) and agreed() == ()
    stage.say("inform", "1")
    assert len(agreed()) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("en", "text me tomorrow"), ("es", "mándeme un mensaje mañana"), ("es", "escríbame luego")]
)
def test_nobody_waits_for_a_text_on_a_day_of_their_own(language: str, said: str) -> None:
    told = listed(language).say("followup", said, language=language)
    assert short(told, 1) and "Pantry" not in text(told) and agreed() == ()


@pytest.mark.parametrize(
    "said",
    ["me drogo", "ando bien borracho", "mi novio me revisa el celular", "4 i was high", "he goes through my phone",
     "le tengo miedo a mi esposo", "i m using again"],
)  # fmt: skip
def test_more_hard_words_end_what_was_agreed(said: str) -> None:
    stage = offered()
    stage.say("inform", "1")
    assert len(agreed()) == 1
    stage.say("inform", said)
    assert agreed() == () and quiet.is_quiet(stage.who)


@pytest.mark.parametrize(
    "said",
    ["my bill got high", "le tengo miedo a la migra", "i have high blood pressure", "the doctor checks my sugar"],
)
def test_words_that_sound_like_them_end_nothing(said: str) -> None:
    stage = offered()
    stage.say("inform", "1")
    stage.say("inform", said)
    assert len(agreed()) == 1
