"""All of it gone, in words of one's own: done in one step, said, and never taken for despair."""

from __future__ import annotations

import pytest

from directory.inbox import erase_words, followups
from tests.actions.a_phone import phone, short, text
from tests.actions.conftest import NOW, Stage

WANTS = [
    ("es", "borre todo lo que sabe de mi"),
    ("es", "borrar todo lo mio"),
    ("es", "borren mis datos"),
    ("es", "quiero que me borren"),
    ("es", "olvide lo q le dije"),
    ("es", "bórreme"),
    ("es", "me puede borrar lo que escribí"),
    ("en", "delete everything about me"),
    ("en", "erase my number"),
    ("en", "i want you to delete what i told you"),
    ("en", "get rid of everything you have on me"),
]
DONE = ("Done. I erased", "Listo: he borrado")


@pytest.mark.parametrize("act", ["ask_privacy", "nlu_fallback", "opt_out"])
@pytest.mark.parametrize(("language", "said"), WANTS)
def test_it_is_gone_in_one_step(home: object, language: str, said: str, act: str) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    mine.say("nlu_fallback", "1")
    (done,) = mine.say(act, said)
    assert done["text"].startswith(DONE) and short([done])
    assert not mine.slots["place"] and not mine.slots["shown"]


def test_nothing_is_sent_later(home: object) -> None:
    mine = phone()
    followups.agree(
        mine.who, mine.reach or "", listings=("made:1",), need="food", program=None, county="Stanislaus", language="es",
        asked=("?",), answer="1", now=NOW,
    )  # fmt: skip
    assert followups.running(mine.who)
    mine.say("nlu_fallback", "borre todo lo que sabe de mi", crisis="worry", language="es")
    assert not followups.running(mine.who)


@pytest.mark.parametrize(("language", "said"), WANTS)
def test_it_is_never_taken_for_despair(home: object, language: str, said: str) -> None:
    (done,) = phone().say("nlu_fallback", said, crisis="worry", language=language)
    assert "988" not in done["text"] and done["text"].startswith(DONE)


@pytest.mark.parametrize(
    ("language", "said", "word"), [("en", "how do i delete my info", "ERASE"), ("es", "cómo borro mis datos", "BORRAR")]
)
def test_whoever_asks_how_is_told_the_word(home: object, language: str, said: str, word: str) -> None:
    mine = phone()
    mine.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    (told,) = mine.say("ask_privacy", said)
    assert word in told["text"] and short([told], 1) and mine.slots["place"] == "Modesto"


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_kept_is_told_with_the_word_that_erases_it(home: object, language: str) -> None:
    said = text(phone().say("ask_privacy", "?", language=language))
    assert ("ERASE" if language == "en" else "BORRAR") in said


@pytest.mark.parametrize(
    "said",
    [
        "will you delete this", "do you keep my data", "dont delete my info", "no borre mis datos", "remove my number",
        "se me borró lo que le dije", "¿usted borra lo que escribo?", "olvide lo que me dijo la clinica",
        "erase my criminal record", "they deleted my case", "quiten la multa", "delete my eviction",
    ],
)  # fmt: skip
def test_other_words_want_nothing_gone(said: str) -> None:
    assert not erase_words.wanted(said)


def test_on_the_page_too(stage: Stage) -> None:
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language="es")
    assert text(stage.say("ask_privacy", "borren mis datos")).startswith("Listo. Borré")
