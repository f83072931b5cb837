"""Words that want everything gone, and words that take the next person: done at once; other words do neither."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Stage

LEFT = {"language", "cases"}
ERASES = [
    ("en", "delete this"),
    ("en", "please erase everything"),
    ("en", "can you delete my info"),
    ("en", "DELETE"),
    ("en", "forget what i said"),
    ("en", "delete everything you know about me"),
    ("es", "borra esto"),
    ("es", "borre todo lo que sabe de mí"),
    ("es", "bórrelo todo por favor"),
    ("es", "quiero que borre esto"),
    ("es", "olvide lo que le dije"),
]
DOES_NOT = [
    ("en", "forget it"),
    ("en", "they deleted my application"),
    ("en", "will you delete this"),
    ("en", "i deleted the number by mistake"),
    ("es", "olvídelo"),
    ("es", "se me borró el número"),
    ("es", "¿ustedes borran lo que escribo?"),
]


def _told(stage: Stage, language: str) -> None:
    stage.say(
        "check_eligibility", "can i get calfresh in modesto", program="calfresh", place="Modesto", language=language
    )
    stage.say("inform", "we are 3 and my dog")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")


@pytest.mark.parametrize("act", ["ask_privacy", "followup", "nlu_fallback", "opt_out", "inform"])
@pytest.mark.parametrize(("language", "said"), ERASES)
def test_at_these_words_nothing_is_held_any_more(stage: Stage, language: str, said: str, act: str) -> None:
    _told(stage, language)
    (done,) = stage.say(act, said)
    assert done["text"].startswith(("Done. I erased", "Listo. Borré"))
    assert {name for name, value in stage.slots.items() if value} == {"language"}
    (after,) = stage.say("followup", "more")
    assert after["custom"]["kind"] == "question"


@pytest.mark.parametrize(("language", "said"), DOES_NOT)
def test_other_words_erase_nothing(stage: Stage, language: str, said: str) -> None:
    _told(stage, language)
    stage.say("inform", said)
    assert stage.slots["place"] == "Modesto" and stage.slots["shown"]


NEXT = ["next client", "next person", "ok next patient", "el que sigue", "la siguiente persona", "próximo paciente"]


@pytest.mark.parametrize("said", NEXT)
def test_the_next_person_begins_with_nothing(stage: Stage, said: str) -> None:
    _told(stage, "en")
    messages = stage.say("followup", said)
    assert "New case" in messages[0]["text"]
    held = ("need", "program", "place", "plan", "facts", "barriers", "tried", "shown")
    assert not {name for name in held if stage.slots.get(name)}


@pytest.mark.parametrize("said", ["next", "el que sigue", "y el que sigue", "y la siguiente", "and the next one"])
def test_after_one_place_the_next_is_the_next_place(stage: Stage, said: str) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto")
    stage.say("followup", "2")
    (other,) = stage.say("followup", said)
    assert other["text"].startswith("The next one:\nPantry 3")
