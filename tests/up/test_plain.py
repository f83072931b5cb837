"""The chat without JavaScript, at a running door: what somebody reads who can only send a form."""

from __future__ import annotations

import re

import pytest
import requests

from tests.up.conftest import Door

SESSION = re.compile(r'name="session" value="([^"]+)"')
NUMBERS = ("tel:911", "tel:988", "tel:211", "tel:+18007997233")


def sent(door: Door, words: str, lang: str = "en", session: str | None = None) -> requests.Response:
    session = door.session() if session is None else session
    return requests.post(f"{door.url}plain", data={"words": words, "lang": lang, "session": session}, timeout=30)


@pytest.mark.parametrize(("lang", "said"), [("en", "What do you need?"), ("es", "¿Qué necesita?")])
def test_an_empty_form_has_the_numbers_a_session_and_who_answers(answering: Door, lang: str, said: str) -> None:
    page = requests.get(f"{answering.url}plain?lang={lang}", timeout=20).text
    assert f'<html lang="{lang}">' in page and said in page
    assert all(f'href="{number}"' in page for number in NUMBERS)
    assert SESSION.search(page) and "<script" not in page
    assert ("Nobody reads this live" if lang == "en" else "Nadie lo lee en vivo") in page
    assert "209-555-0123" in page, "the clinic's own number"


def test_an_answer_stands_with_what_was_written_and_the_form_goes_on(answering: Door) -> None:
    session = answering.session()
    page = sent(answering, "food near <b>Modesto</b>", session=session)
    assert page.status_code == 200 and "Food near Modesto" in page.text
    assert "food near &lt;b&gt;Modesto&lt;/b&gt;" in page.text and "<b>Modesto" not in page.text
    assert SESSION.search(page.text).group(1) == session  # type: ignore[union-attr]
    assert page.headers["cache-control"] == "no-store"


def test_choices_are_buttons_and_numbers_can_be_pressed(answering: Door) -> None:
    said = {"text": "Call 209-555-0101, or 211.", "custom": {"v": 1, "kind": "question", "language": "es",
            "choices": [{"label": "Sí", "say": 'sí "claro"'}]}}  # fmt: skip
    answering.assistant.tells["messages"] = [said]
    answering.assistant.does = "tells"
    page = sent(answering, "hola").text
    assert '<a href="tel:+12095550101">209-555-0101</a>, or <a href="tel:211">211</a>.' in page
    assert '<button name="words" value="sí &#34;claro&#34;">Sí</button>' in page
    assert '<html lang="es">' in page, "who is answered in Spanish goes on in Spanish"


@pytest.mark.parametrize("does", ["fails", "is busy", "has no words", "speaks no JSON"])
def test_danger_gets_its_numbers_whatever_the_assistant_does(answering: Door, does: str) -> None:
    answering.assistant.does = does
    page = sent(answering, "I want to kill myself tonight")
    assert 'href="tel:988"' in page.text.partition("<footer>")[0]


@pytest.mark.parametrize("session", ["", "x" * 48, "not one"])
def test_a_session_that_is_none_begins_anew(answering: Door, session: str) -> None:
    page = sent(answering, "food", session=session)
    assert page.status_code == 200 and "Food near Modesto" in page.text
    assert SESSION.search(page.text).group(1) != session  # type: ignore[union-attr]


def test_nothing_written_is_the_form_again_and_too_much_is_said(answering: Door) -> None:
    assert "What do you need?" in sent(answering, "   ").text
    answering.assistant.does = "fails"
    long = sent(answering, "food " * 1000)
    assert "too long" in long.text and 'href="tel:911"' in long.text
    assert requests.post(f"{answering.url}plain", data={"words": "x" * 200_000}, timeout=20).status_code == 413


def test_a_form_that_is_none_is_an_empty_one(answering: Door) -> None:
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    halves = {"Content-Type": "application/x-www-form-urlencoded; charset=unicode_escape"}
    forms = ((b"\xff\xfe", {}), (b"--x\r\nrubbish", broken), (b"", {}), (b"words=\\ud800", halves))
    for body, headers in forms:
        page = requests.post(f"{answering.url}plain", data=body, headers=headers, timeout=20)
        assert page.status_code in (200, 400) and "Traceback" not in page.text and "211" in page.text
