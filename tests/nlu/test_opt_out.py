"""Who wants no more messages from us, told from whoever wants an eviction, a shut-off or a person to stop."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.understanding.act import Act, Bar, decide
from bot.understanding.found import Found
from bot.understanding.opt_out import wanted

TABLE = yaml.safe_load((Path(__file__).parent / "opt_out.yml").read_text("utf-8"))
CARRIERS = ("STOP", "QUIT", "END", "REVOKE", "OPT OUT", "CANCEL", "UNSUBSCRIBE", "ALTO", "PARAR", "CANCELAR", "BAJA")


@pytest.mark.parametrize("text", TABLE["stop"])
def test_it_is_heard(text: str) -> None:
    assert wanted(text)


@pytest.mark.parametrize("text", TABLE["go_on"])
def test_something_else_is_to_stop(text: str) -> None:
    assert not wanted(text)


@pytest.mark.parametrize("word", CARRIERS)
@pytest.mark.parametrize("written", ["{}", "{}.", " {}!! ", "“{}”", "please {}", "{} por favor"])
def test_the_words_of_carriers_and_the_fcc_count_however_they_are_written(word: str, written: str) -> None:
    for text in (written.format(word), written.format(word.lower()), written.format(word.title())):
        act = decide(text, [Act("program_info", 0.99)], Found(words=tuple(text.split())), bar=Bar(0.2))
        assert act == Act("opt_out", 1.0, certain=True), text


def test_a_story_with_the_word_in_it_is_none() -> None:
    assert not wanted("my mom is sick and " + "we need food and a ride " * 10 + "stop texting me")
