"""The languages that we do not speak, and names, Spanglish, slang and abbreviations that are never taken for one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.understanding import lexicon
from bot.understanding.act import Act, Bar, decide
from bot.understanding.found import Found
from bot.understanding.gazetteer import Gazetteer
from bot.understanding.other_language import detect
from directory.text import interpreters

TABLE = yaml.safe_load((Path(__file__).parent / "other_languages.yml").read_text("utf-8"))
FOREIGN = [(code, text) for code, texts in TABLE.items() if code != "ours" for text in texts]
THRESHOLD = ("ar", "hy", "km", "zh-Hans", "zh-Hant", "fa", "hi", "hmn", "ja", "ko", "lo", "ium", "pa", "pt", "ru", "th",
             "tl", "uk", "vi")  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_it_is_recognized(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("text", TABLE["ours"])
def test_it_is_taken_for_no_other_language(text: str) -> None:
    assert (detect(text), detect(text, strange=True)) == (None, None)


@pytest.mark.parametrize("text", ["fооd nеar 95354", "hеlр", "ѕtор", "сор", "ｆｏｏｄ please", "𝗳𝗼𝗼𝗱", "comidа"])
def test_letters_that_only_look_latin_are_no_language(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("我需要 food near 95354 please help my mom", None), ("food 食物", "zh"),
     ("привет, i need food for my kids", None), ("помогите пожалуйста food", "ru"),
     ("kailangan ko po ng food bank sa Stockton", "tl")],
)  # fmt: skip
def test_what_is_mostly_ours_is_answered_in_ours(text: str, code: str | None) -> None:
    assert detect(text) == code


def test_every_threshold_language_has_a_line_and_is_recognized() -> None:
    assert set(THRESHOLD) == interpreters.codes()
    assert set(THRESHOLD) <= set(TABLE)


@pytest.mark.parametrize("code", THRESHOLD)
def test_a_line_names_the_three_numbers_and_the_language_as_a_front_desk_knows_it(code: str) -> None:
    line = interpreters.line(code) or ""
    assert tuple(re.findall(r"\d+", line)) == interpreters.PHONES
    plain = yaml.safe_load(Path(interpreters.__file__).with_name("interpreters.yml").read_text("utf-8"))[code]
    assert all(f"“{name}”" in line for name in plain["say"])
    assert "reviewed" in plain  # null: a draft, until a qualified translator signs it
    assert detect(line) in (code, None)


def test_characters_of_no_one_script_get_both_lines() -> None:
    both = interpreters.line("zh") or ""
    assert interpreters.line("zh-Hans") in both.split("\n") and interpreters.line("zh-Hant") in both.split("\n")


ACTS = [
    ("do you speak mixteco", "change_language"),
    ("do u speak vietnamese", "change_language"),
    ("hablo triqui", "change_language"),
    ("solo hablo mixteco", "change_language"),
    ("nomas hablo zapoteco", "change_language"),
    ("hablan purépecha?", "change_language"),
    ("alguien habla mixteco", "change_language"),
    ("hmong please", "change_language"),
    ("tagalog", "change_language"),
    ("i only speak korean", "change_language"),
    ("pueden hablar en mixteco", "change_language"),
    ("no hablo español hablo triqui", "change_language"),
    ("soy de oaxaca hablo zapoteco", "change_language"),
    ("necesito un intérprete", "change_language"),
    ("i need an interpreter", "change_language"),
    ("i need a hmong interpreter", "change_language"),
    ("puedo tener un traductor", "change_language"),
    ("do you have interpreters", "change_language"),
    ("nobody speaks my language", "change_language"),
    ("food in fresno i speak hmong", "find_provider"),
    ("my mom only speaks hmong", "inform"),
    ("mi abuela solo habla triqui", "inform"),
    ("a place that speaks hmong", "followup"),
    ("uno donde hablen mixteco", "followup"),
    ("do they have an interpreter", "followup"),
]


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_who_speaks_the_language_that_is_named(text: str, act: str) -> None:
    guess = "program_info" if act == "change_language" else act
    assert decide(text, [Act(guess, 0.9)], _found(text), bar=Bar(0.2)).name == act


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Tôi ở 95112, tôi cần chỗ ngủ tối nay", "inform"),
        ("kailangan ko ng pagkain", "change_language"),
        ("preciso de comida em Turlock", "find_provider"),
        ("我住在94108", "inform"),
    ],
)
def test_of_another_language_only_what_is_named_is_understood(text: str, act: str) -> None:
    assert decide(text, [Act("goodbye", 0.99)], _found(text), bar=Bar(0.2), foreign=True).name == act


def _found(text: str) -> Found:
    global _finder
    _finder = _finder or Gazetteer(lexicon.build())
    return _finder.find(text)


_finder: Gazetteer | None = None
