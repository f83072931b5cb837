"""`puente sms`: a phone in the terminal, at a running door and assistant; days that go by for that phone alone."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from bot import sessions
from bot.phone import COLUMNS, Counted, Phone, address, drawn, moved, typed
from directory.errors import AssistantError
from directory.inbox import followups, opt_outs, queue, shapes
from directory.inbox.who import seal
from directory.sender import asking
from directory.text import gsm
from tests.conftest import ROOT, Assistant, environment, free_port
from tests.up.conftest import Door

NOW = datetime(2026, 11, 20, 20, 0, tzinfo=timezone.utc)  # noon in California


def sms(door: Door | None, said: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What `puente sms` prints for those lines on standard input."""
    where = ["--url", door.url] if door else []
    around = environment(door.home) if door else None
    return subprocess.run(
        [sys.executable, "-m", "directory.cli", "sms", *where, *arguments], cwd=ROOT, env=around, input=said,
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def door(assistant: Assistant) -> Iterator[Door]:
    behind = SimpleNamespace(port=urlsplit(assistant.url).port)
    running = Door(assistant.home, behind)  # type: ignore[arg-type]
    yield running
    running.stop()


# What the person sees


@pytest.mark.rasa
@pytest.mark.parametrize(
    ("arguments", "said", "heads"),
    [
        ((), "food 95354", ("text 1 of 2, ", "text 2 of 2, ", "2 texts, ")),
        (("--es",), "comida 95354", ("mensaje 1 de 2, ", "mensaje 2 de 2, ", "2 mensajes, ")),
    ],
)
def test_each_text_stands_on_a_small_screen_with_its_size(
    door: Door, arguments: tuple[str, ...], said: str, heads: tuple[str, ...]
) -> None:
    done = sms(door, f"{said}\n", *arguments)
    assert done.returncode == 0 and not done.stderr, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == f"> {said}" and all(any(head in line for line in lines) for head in heads)
    screen = [line for line in lines if line.startswith("  | ")]
    assert any("Modesto" in line[4 : 4 + COLUMNS] for line in screen)
    assert all(line[4 + COLUMNS :].startswith(" |") and len(line) <= 80 for line in screen)


@pytest.mark.rasa
def test_a_program_gets_a_line_of_json_for_each_text(door: Door) -> None:
    done = sms(door, "food 95354\n\nSTOP\nfood 95354\nSTART\n", "--json")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["said"] for one in found] == ["food 95354", "food 95354", "STOP", "START"]
    for one in found:
        text = one["text"]
        assert (one["segments"], one["encoding"], one["letters"]) == (gsm.segments(text), gsm.encoding(text), len(text))
    assert "START" in found[2]["text"]


@pytest.mark.rasa
def test_after_stop_it_says_that_no_text_comes_and_two_empty_lines_end_it(door: Door) -> None:
    done = sms(door, "STOP\nfood 95354\n\n\nSTART\n")
    assert "(no text comes back)" in done.stdout and "> START" not in done.stdout
    assert done.returncode == 0


# What is wrong is one sentence


def test_where_nobody_runs_it_says_how_to_start() -> None:
    done = sms(None, "hello\n", "--url", f"http://127.0.0.1:{free_port()}")
    assert done.returncode == 1 and "does not run at" in done.stderr and "up --demo" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and not done.stdout


@pytest.mark.parametrize("given", ["127.0.0.1:5005", "ftp://127.0.0.1", "https://", ""])
def test_an_address_that_is_none_is_told(given: str) -> None:
    if given:
        with pytest.raises(AssistantError, match="is no address"):
            address(given, None)
    assert address("", 5391) == "http://127.0.0.1:5391" and address(None, None) == "http://127.0.0.1:5005"
    assert address("http://127.0.0.1:5005/webhooks/web/?as=sms", 1) == "http://127.0.0.1:5005"


def test_another_program_at_that_address_is_told() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"hi")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        done = sms(None, "hello\n", "--url", f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == 1 and "not as Puente does" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# Its pieces


@pytest.mark.parametrize(
    ("words", "days"),
    [("+3", 3), ("+ 10", 10), ("+0", 0), ("3", None), ("+3 days", None), ("call +3", None), ("+", None)],
)
def test_only_a_plus_and_days_alone_move_the_phone(words: str, days: int | None) -> None:
    assert moved(words) == days


@pytest.mark.parametrize(
    ("lines", "sent"),
    [
        (["a", "", "b"], ["a", "b"]),
        (["a", "", "", "b"], ["a"]),
        (["", "a", " ", "\t", "b"], ["a"]),
        ([" a \n"], ["a"]),
        ([], []),
    ],
)
def test_two_empty_lines_end_what_is_typed(lines: list[str], sent: list[str]) -> None:
    assert list(typed(lines)) == sent


def test_a_phone_number_is_not_broken_over_two_lines() -> None:
    said = Counted("A pantry with a name as long as this: 209-555-0154, 3.1 mi, open now.", 1, "GSM-7")
    assert sum("209-555-0154" in line for line in drawn([said], "en")) == 1


# Days that go by


@pytest.fixture
def home(door_alone: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    monkeypatch.setenv("PUENTE_HOME", str(door_alone.home))
    return door_alone


@pytest.fixture
def door_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A door on a home of its own where places are invented, with nobody behind it."""
    folder = tmp_path_factory.mktemp("phone-home")
    (folder / "settings.yml").write_text("demo: true\n", encoding="utf-8")
    running = Door(folder, SimpleNamespace(port=free_port()))  # type: ignore[arg-type]
    yield running
    running.stop()


def agreed(who: str, now: datetime = NOW) -> None:
    followups.agree(
        who, seal(f"sim:{who}"), listings=("demo:1",), need="food", program=None, county="Stanislaus", language="en",
        asked=("Shall I text you?",), answer="1", now=now,
    )  # fmt: skip


def test_three_and_ten_days_on_the_question_comes_as_it_would_be_sent(home: Door) -> None:
    phone = Phone(home.url.removesuffix("/webhooks/web/"), "en")
    who = sessions.conversation_id(phone.session)
    agreed(who)
    (first,) = followups.running()
    assert [one.text for one in phone.days_on(3, NOW)] == [asking.question(first)]
    question = followups.open_question(who, NOW)
    assert question is not None and question.day == 3
    assert not phone.days_on(1, NOW), "once"
    (last,) = phone.days_on(6, NOW)
    assert last.text != asking.question(first) and "STOP" in last.text
    assert not phone.days_on(30, NOW)
    assert queue.counts()["sent"] == 2 and not queue.counts()["waiting"]


def test_the_conversation_of_a_page_fits_into_every_table(home: Door) -> None:
    longest = len(sessions.conversation_id(sessions.new_session()))
    tables = [table for kept in shapes.OF_STORE.values() for table in kept.tables.values()]
    named = [column for table in tables for column in table.columns if column.name in ("who", "sender", "reporter")]
    assert len(named) >= 6 and all(column.type.length >= longest for column in named), "PostgreSQL refuses longer ones"


def test_days_go_by_for_that_phone_alone(home: Door) -> None:
    phone = Phone(home.url.removesuffix("/webhooks/web/"), "en")
    another = "0" * 32
    agreed(another)
    assert not phone.days_on(3, NOW) and not phone.days_on(300, NOW)
    (kept,) = followups.running()
    assert kept.who == another and kept.reach and not queue.state(kept.cause)
    queue.put("reminder:1", another, seal("+12095550123"), "Hello", NOW, NOW + timedelta(days=1), NOW)
    assert not phone.days_on(1, NOW) and queue.counts()["waiting"] == 1


def test_after_stop_nothing_comes_however_many_days_go_by(home: Door) -> None:
    phone = Phone(home.url.removesuffix("/webhooks/web/"), "en")
    who = sessions.conversation_id(phone.session)
    agreed(who)
    assert len(phone.text("STOP")) == 1 and opt_outs.is_out(who)
    assert not phone.days_on(3, NOW) and not phone.days_on(7, NOW)
    assert not queue.counts()["sent"] and not queue.counts()["waiting"]


def test_where_another_home_answers_no_days_go_by(home: Door, tmp_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Phone(home.url.removesuffix("/webhooks/web/"), "en")
    monkeypatch.setenv("PUENTE_HOME", str(tmp_path))
    with pytest.raises(AssistantError, match="in another home"):
        phone.days_on(3, NOW)
