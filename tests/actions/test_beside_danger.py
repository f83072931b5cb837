"""After a danger: no need is guessed out of its own words, naloxone is named, and what was shown before comes again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.actions.conftest import Stage

CHANNELS = ("web", "sms")


def words(sent: list[dict[str, object]]) -> str:
    return "\n".join(str(message["text"]) for message in sent)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("es", "se esta muriendo mi papa no respira bien", {"need": "respite"}),
        ("es", "me duele mucho el pecho y no puedo respirar", {"need": "food", "program": "wic"}),
        ("en", "my baby swallowed bleach", {"need": "family"}),
        ("en", "my mom fell and wont wake up", {"need": "home_care"}),
    ],
)
def test_no_need_is_guessed_out_of_the_words_of_a_danger(
    stages: Callable[..., Stage], channel: str, language: str, text: str, named: dict[str, str]
) -> None:
    sent = stages(channel=channel).say("crisis", text, crisis="medical", language=language, **named)
    assert "911" in words(sent)
    assert [message["custom"]["kind"] for message in sent] == ["crisis"]


@pytest.mark.parametrize(("language", "text"), [("en", "he hit me and i need food"), ("es", "me pegó y ocupo comida")])
def test_a_need_plainly_beside_a_danger_is_gone_on_with(stage: Stage, language: str, text: str) -> None:
    sent = stage.say("crisis", text, crisis="violence", need="food", language=language)
    assert sent[-1]["custom"]["choices"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "danger", "asked"),
    [
        ("en", "my son is not breathing he took fentanyl", "where do i get narcan"),
        ("es", "mi hijo tomó fentanilo y no respira", "dónde consigo naloxona"),
    ],
)
def test_who_took_too_much_is_given_naloxone_and_it_is_told_where_to_get_it(
    stages: Callable[..., Stage], channel: str, language: str, danger: str, asked: str
) -> None:
    stage = stages(channel=channel)
    first, second = stage.say("crisis", danger, crisis="medical", language=language)
    assert "911" in first["text"] and "Narcan" not in first["text"]
    assert "Narcan" in second["text"] and "911" in second["text"]
    (told,) = stage.say("find_provider", asked, need="other_health")
    assert "Narcan" in told["text"] and "911" in told["text"] and "211" in told["text"]
    assert not told["custom"]["listings"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "text", "asked", "theirs", "own"),
    [
        ("en", "my friend is talking about killing himself", "what do i do", "Stay with them", "hurts"),
        ("es", "mi amigo dice que se quiere matar", "qué hago", "no deje sola", "le duela"),
    ],
)
def test_who_asks_what_to_do_for_a_friend_is_not_spoken_to_as_the_friend(
    stages: Callable[..., Stage], channel: str, language: str, text: str, asked: str, theirs: str, own: str
) -> None:
    stage = stages(channel=channel)
    stage.say("crisis", text, crisis="self_harm", language=language)
    for _ in range(2):
        (told,) = stage.say("how_to_apply", asked)
        assert "988" in told["text"] and own not in told["text"]
        if _ == 0:
            assert theirs in told["text"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    ("language", "asked"), [("en", "what was the food place"), ("es", "cuál era el lugar de la comida")]
)
def test_the_list_of_before_comes_again_after_violence(
    stages: Callable[..., Stage], channel: str, language: str, asked: str
) -> None:
    stage = stages(channel=channel)
    before = stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    stage.say("crisis", "my husband hit me again last nite", crisis="violence")
    (again,) = stage.say("find_provider", asked)
    assert again["custom"]["kind"] == "listings"
    assert again["custom"]["listings"] == before[-1]["custom"]["listings"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_digit_after_a_danger_gets_one_line_with_its_numbers(stages: Callable[..., Stage], language: str) -> None:
    stage = stages(channel="sms")
    stage.say("find_provider", "food in modesto", need="food", place="Modesto", language=language)
    stage.say("crisis", "i want to die", crisis="self_harm")
    (told,) = stage.say("inform", "1")
    assert "988" in told["text"] and "número" not in told["text"] and "number" not in told["text"]
