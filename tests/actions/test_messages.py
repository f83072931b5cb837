"""The fixed replies: twins, true to their projection, without a channel or a value that could stay unfilled."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.messages import project
from directory import dangers
from directory.model import Language
from directory.text import catalogue
from tests.actions.conftest import ROOT


def test_the_projection_is_current() -> None:
    assert project.TARGET.read_text("utf-8") == project.projected(), "run: python -m bot.messages.project"


def test_each_reply_has_a_twin_of_the_same_kind_and_phones() -> None:
    english, spanish = project.messages("en"), project.messages("es")
    assert set(english) == set(spanish)
    for name, message in english.items():
        twin = spanish[name]
        assert (message["kind"], message.get("phones")) == (twin["kind"], twin.get("phones")), name
        assert message["text"] != twin["text"], name


def test_phones_in_a_text_are_named_beside_it() -> None:
    for language in ("en", "es"):
        for name, message in project.messages(language).items():
            for phone in message.get("phones", ()):
                assert phone in message["text"], name


def test_no_variant_depends_on_a_channel_and_english_has_no_condition() -> None:
    responses = yaml.safe_load(project.TARGET.read_text("utf-8"))["responses"]
    for name, variants in responses.items():
        assert all("channel" not in variant for variant in variants), name
        assert [bool(variant.get("condition")) for variant in variants] == [True, False], name


def _spoken(language: str) -> dict[str, str]:
    """Every text of ours that a person may read: the fixed replies, the catalogue, what a channel says."""
    spoken = Language(language)
    return {
        **{name: message["text"] for name, message in project.messages(language).items()},
        **{
            key: catalogue.say(key, spoken, **dict.fromkeys(catalogue.placeholders(key, spoken), "x"))
            for key in catalogue.keys(spoken)
        },
        **yaml.safe_load(ROOT.joinpath(f"bot/messages/channel.{language}.yml").read_text("utf-8")),
    }


@pytest.mark.parametrize(
    ("language", "never"),
    [
        # One name for what this is: "automated helper", "asistente automático".
        ("en", ["chatbot", "virtual assistant", "automated assistant", "AI "]),
        ("es", ["ayudante", "robot", "bot ", "chatbot"]),
        # 211 looks; whether it finds is not ours to say.
        ("en", ["know who has", "knows more than", "will find", "you qualify", "guarantee"]),
        ("es", ["saben quién tiene", "sabe más que", "usted califica", "garantiza"]),
    ],
)
def test_no_text_claims_too_much_or_names_us_otherwise(language: str, never: list[str]) -> None:
    assert not [(name, word) for name, text in _spoken(language).items() for word in never if word in text]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(dangers.LINES))
def test_the_words_of_a_danger_name_its_lines_and_no_other(kind: str, language: Language) -> None:
    text = catalogue.say(f"assistant.crisis.{kind}", language)
    numbers = re.findall(r"1-\d{3}-\d{3}-\d{4}|\b\d{5}\b|\b(?:211|911|988)\b", text.replace("988lifeline", ""))
    assert set(numbers) == set(dangers.LINES[kind])
