"""Danger is found however it is written, and sayings are not danger (`crisis.tsv`: kind, text)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.understanding.crisis import LIMIT, Kind, denied, detect, worried

TABLE = [line.split("\t") for line in (Path(__file__).parent / "crisis.tsv").read_text(encoding="utf-8").splitlines()]
DANGERS = [(Kind(kind), text) for kind, text in TABLE if kind not in ("none", "worry")]
WORRIES = [text for kind, text in TABLE if kind == "worry"]
SAYINGS = [text for kind, text in TABLE if kind == "none"]


@pytest.mark.parametrize(("kind", "text"), DANGERS, ids=[text for _, text in DANGERS])
def test_danger_is_found(kind: Kind, text: str) -> None:
    assert detect(text) is kind


@pytest.mark.parametrize("text", SAYINGS, ids=SAYINGS)
def test_sayings_are_not_danger(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize("text", WORRIES, ids=WORRIES)
def test_worry_is_heard_and_is_no_danger(text: str) -> None:
    assert detect(text) is None
    assert worried(text)


@pytest.mark.parametrize("text", SAYINGS, ids=SAYINGS)
def test_everyday_trouble_is_no_worry(text: str) -> None:
    assert not worried(text)


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert len(DANGERS) >= 150
    assert len(SAYINGS) >= 150


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my husband hits me and now i have chest pain", Kind.MEDICAL),
        ("he hits me and i want to die", Kind.SELF_HARM),
        ("no safe place tonight, my boyfriend beat me", Kind.VIOLENCE),
    ],
)
def test_the_gravest_danger_is_named(text: str, kind: Kind) -> None:
    assert detect(text) is kind


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("no, no me quiero morir, nomas estoy cansada", True),
        ("no no me voy a matar, es que ando muy triste", True),
        ("i dont want to die im just tired", True),
        ("no im not going to kill myself, just stressed about the rent", True),
        # an answer, and then the wish
        ("no, me quiero morir, es que estoy triste", False),
        ("me quiero morir, es que estoy cansada", False),
        ("i want to die im just tired", False),
        # something is said beside it
        ("i dont want to die im just tired of living", False),
        ("i dont want to die but im just tired", False),
        ("no me quiero morir, nomas estoy cansada de vivir", False),
        ("he hits me, i dont want to die im just tired", False),
        ("no quiero vivir, nomas estoy cansada", False),
        ("i dont want to kill myself im just sad and i have the pills", False),
    ],
)
def test_a_wish_to_die_is_denied_by_whole_words_alone(text: str, is_denied: bool) -> None:
    assert denied(text) is is_denied


def test_a_danger_in_the_middle_of_a_rant_is_found() -> None:
    filler = "they never call me back and the office is always closed when i go there "
    assert detect(filler * 14 + "i want to kill myself " + filler * 14) is Kind.SELF_HARM


HOSTILE = ["he is going to ", "my kids and i are on the street ", "a", "me va a ", "i i ", "s u "]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_length_costs_no_time(text: str) -> None:
    detect("warm")
    began = time.perf_counter()
    detect(text * (3 * LIMIT // len(text)))
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂🙂", "؟", "你好", "12345", "'" * 50])
def test_nothing_to_read_is_no_danger(text: str) -> None:
    assert detect(text) is None
