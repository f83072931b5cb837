"""The clinic's own words reach the fixed replies, the chat page and what a channel says by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot import own_words, sentences
from directory import wording
from directory.text.register import returned
from directory.text.register.every import every_text, find
from directory.text.register.review import SignOff

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "bot/web/chat.html").read_bytes()


@pytest.fixture
def said(home: Path) -> Iterator[None]:
    """Other words for one reply, one text of the page and one of the channel."""
    sentences._texts.cache_clear()
    own = {"bot.utter_thanks": "Para servirle.", "page.title": "Ayuda </script> cerca", "channel.away": "Llame al 211."}
    kept = []
    for id, words in own.items():
        text = find(id, every_text())
        assert text
        own_wording = wording.Wording(id, "es", words, "A", date(2026, 11, 20), wording.fingerprint(text.es))
        kept.append(
            returned.Judged(1, SignOff(id, "es", wording.fingerprint(words), "A", date(2026, 11, 20)), own_wording)
        )
    returned.keep(returned.Returned("es", tuple(kept), (), (), 0))
    yield
    sentences._texts.cache_clear()


def responses() -> dict[str, list[dict[str, object]]]:
    plain: dict[str, dict[str, list[dict[str, object]]]] = yaml.safe_load(
        (ROOT / "data/responses.yml").read_text("utf-8")
    )
    return plain["responses"]


def test_fixed_replies(said: None) -> None:
    found = responses()
    own_words.lay_over(found)
    assert found["utter_thanks"][0]["text"] == "Para servirle."
    assert {name: each for name, each in found.items() if name != "utter_thanks"} == {
        name: each for name, each in responses().items() if name != "utter_thanks"
    }


def test_the_chat_page(said: None) -> None:
    page = own_words.in_page(PAGE).decode("utf-8")
    block = re.search(r'<script type="application/json" id="texts">(.*?)</script>', page, re.S)
    assert block
    texts = json.loads(block[1])
    assert texts["es"]["title"] == "Ayuda </script> cerca"
    shipped = json.loads(re.search(r'id="texts">(.*?)</script>', PAGE.decode("utf-8"), re.S)[1])  # type: ignore[index]
    assert (texts["en"], {**texts["es"], "title": ""}) == (shipped["en"], {**shipped["es"], "title": ""})


def test_what_a_channel_says(said: None) -> None:
    assert sentences.in_language("away", "es") == "Llame al 211."


def test_without_own_words_the_texts_are_what_ships(home: Path) -> None:
    texts = re.compile(rb'id="texts">(.*?)</script>', re.S)
    assert texts.findall(own_words.in_page(PAGE)) == texts.findall(PAGE)
    found = responses()
    own_words.lay_over(found)
    assert found == responses()


@pytest.mark.parametrize("language", ["en", "es"])
def test_your_clinic_is_named_in_the_fixed_replies(home: Path, language: str) -> None:
    (home / "settings.yml").write_text('clinic: Kite Clinic\nphone: "209-555-0140"\n', "utf-8")
    found = responses()
    own_words.lay_over(found)
    yours = {"en": "your clinic", "es": "su clínica"}[language]
    named = [name for name, variations in responses().items() for one in variations if yours in str(one["text"])]
    assert set(named) == {"utter_out_of_scope"}
    for name in named:
        told = next(one for one in found[name] if one["custom"]["language"] == language)  # type: ignore[index]
        assert "Kite Clinic (209-555-0140)" in str(told["text"]) and yours not in str(told["text"])
        assert told["custom"]["phones"] == ["211", "209-555-0140"]  # type: ignore[index]
