"""Who wants out and all of theirs gone: both are done and said, and one word later still erases without an answer."""

from __future__ import annotations

import json

import pytest

from directory.inbox import opt_outs, who
from tests.sms.conftest import Phone
from tests.up.conftest import Door


def asked(door: Door) -> list[str]:
    """What the assistant was sent."""
    return [json.loads(body)["text"] for path, _, body in door.assistant.heard if path.startswith("/webhooks/sms/")]


@pytest.mark.parametrize(
    ("said", "gone"), [("erase my number", "I erased what I held"), ("bórrenme", "he borrado lo que guardaba")]
)
def test_both_are_done_and_said(
    phone: Phone, door: Door, monkeypatch: pytest.MonkeyPatch, said: str, gone: str
) -> None:
    monkeypatch.setenv("PUENTE_HOME", str(door.home))
    (told,) = phone.text(said)
    assert gone in told and ("START" in told or "COMENZAR" in told)
    assert asked(door) == ["ERASE"] and opt_outs.is_out(who.conversation(phone.number))


def test_whoever_only_wants_out_is_told_nothing_of_erasing(phone: Phone, door: Door) -> None:
    (told,) = phone.text("STOP")
    assert "erase" not in told and not asked(door)


def test_after_stop_the_word_erases_without_an_answer(phone: Phone, door: Door) -> None:
    phone.text("STOP")
    assert phone.text("ERASE") == [] and asked(door) == ["ERASE"]


def test_an_assistant_that_is_away_has_erased_nothing_and_it_is_said(phone: Phone, door: Door) -> None:
    door.assistant.does = "breaks in the middle"
    (told,) = phone.text("borreme")
    assert "ya no va a recibir mensajes" in told and "No he podido borrar" in told


ENDED = {
    "messages": [{"text": "Bueno, no le llaman.", "custom": {"kind": "handoff"}}],
    "first": False,
    "language": "es",
}


def test_words_about_a_call_are_asked_of_the_assistant_and_are_no_stop(phone: Phone, door: Door) -> None:
    door.assistant.tells.update(ENDED)
    assert phone.text("ya no me llamen")[0] == "Bueno, no le llaman."
    assert asked(door) == ["ya no me llamen"] and phone.text("hola")


def test_where_no_call_was_asked_for_they_are_stop(phone: Phone, door: Door) -> None:
    door.assistant.tells.update({**ENDED, "messages": [{"text": "x", "custom": {"kind": "opt_out"}}]})
    assert "COMENZAR" in phone.text("ya no me llamen")[0] and phone.text("hola") == []


def test_with_nobody_to_tell_they_are_stop(phone: Phone, door: Door) -> None:
    door.assistant.does = "breaks in the middle"
    assert "COMENZAR" in phone.text("ya no me llamen")[0] and phone.text("hola") == []
