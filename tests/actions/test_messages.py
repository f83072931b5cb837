"""The fixed replies: twins, true to their projection, without a channel or a value that could stay unfilled."""

from __future__ import annotations

import yaml

from bot.messages import project


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
