"""TwiML is well-formed whatever the text is, and holds the text as it is."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sms import twiml


@given(st.lists(st.text(st.characters(), max_size=60), max_size=4))
def test_any_text_makes_whole_xml(texts: list[str]) -> None:
    root = ElementTree.fromstring(twiml.written(texts))
    assert root.tag == "Response" and [one.tag for one in root] == ["Message"] * len(texts)


@pytest.mark.parametrize("text", ['Tom & "Jerry" <b>', "]]>", "¿dónde? 👍", "a\nb\r\nc", "&amp;", " two  spaces "])
def test_the_text_arrives_as_it_is(text: str) -> None:
    (message,) = ElementTree.fromstring(twiml.written([text]))
    assert message.text == text


def test_no_text_is_an_empty_answer() -> None:
    assert twiml.written([]) == twiml.NOTHING and list(ElementTree.fromstring(twiml.NOTHING)) == []
    assert ElementTree.fromstring(twiml.written(["a\x00b\ud800c"]))[0].text == "abc"
