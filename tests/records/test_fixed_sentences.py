"""What the door says by itself is kept like any answer: that it was paused or away, and a danger by its class alone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.conftest import puente
from tests.records.conftest import rows
from tests.up.conftest import PUBLIC, Assistant, Door


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """A door behind which no assistant is."""
    (tmp_path / "settings.yml").write_text(f"public_address: {PUBLIC}\n")
    made = Door(tmp_path, Assistant())
    yield made
    if made.process.poll() is None:
        made.process.kill()
    made.process.wait()
    made.listening.close()


def say(door: Door, message: str) -> list[str]:
    sent = {"session": door.session(), "message": message}
    told = requests.post(f"{door.url}message", json=sent, timeout=20).json()["messages"]
    return [str(each["custom"]["kind"]) for each in told]


def stop(door: Door) -> None:
    door.process.send_signal(signal.SIGTERM)
    assert door.process.wait(30) == 0


def test_away_paused_and_a_danger(door: Door) -> None:
    assert say(door, "I need food in Markleeville") == ["fallback"]
    assert say(door, "mi esposo me pega") == ["crisis", "fallback"]
    puente(door.home, "pause", "We are closed today.", "--es", "Hoy está cerrado.")
    assert say(door, "necesito comida") == ["fallback"]
    assert "closed today" in door.text({"From": "+12095550100", "Body": "I need food"})
    stop(door)
    found = rows(door.home / "records.db")
    kept = sorted((row["outcome"], row["channel"], row["language"], row["danger"]) for row in found)
    assert kept == [
        ("away", "web", "en", None), ("away", "web", "es", None), ("crisis", "web", "es", "violence"),
        ("paused", "sms", "en", None), ("paused", "web", "es", None),
    ]  # fmt: skip
    assert not any(row["act"] or row["need"] or row["county"] for row in found)
    stored = b"".join(path.read_bytes() for path in door.home.glob("records.db*"))
    assert b"Markleeville" not in stored and b"comida" not in stored
    told = puente(door.home, "answers", "--by", "outcome")
    assert "2  the assistant was away" in told and "2  the sentence of a pause" in told


def test_where_nothing_can_be_kept_the_door_answers_all_the_same(door: Door) -> None:
    (door.home / "records.db").mkdir()
    for _ in range(3):
        assert say(door, "hello") == ["fallback"]
    stop(door)
    log = door.log.read_text()
    assert log.count("records.not_written") == 1 and "hello" not in log


def test_a_flood_is_answered_and_fills_no_disk(door: Door) -> None:
    wire, many = requests.Session(), 420
    sent = ({"session": f"made-up-{number}", "message": "hello"} for number in range(many))
    answered = [wire.post(f"{door.url}message", json=each, timeout=20).status_code for each in sent]
    wire.close()
    assert answered == [200] * many
    stop(door)
    assert 300 <= len(rows(door.home / "records.db")) < many
