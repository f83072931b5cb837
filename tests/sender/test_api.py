"""What each answer of the company means, over real HTTP against a server that behaves like Twilio's."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from directory.sender import twilio
from directory.sender.account import Account
from directory.sender.twilio import Found, Later, NotThere, OptedOut, Refused, Sent, Unsure, Wrong
from tests.conftest import free_port
from tests.sender.twilio_like import NUMBER, SID, TOKEN, Message, Step, TwilioLike

WHO = "+12095550123"
WORDS = "Kite Health: Did it help?"
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


@pytest.fixture
def server() -> Iterator[TwilioLike]:
    with TwilioLike(now=lambda: NOON) as running:
        yield running


@pytest.fixture
def account(server: TwilioLike) -> Account:
    return Account(SID, TOKEN, NUMBER, server.url)


def test_a_text_is_taken_once(server: TwilioLike, account: Account) -> None:
    answer = twilio.send(account, WHO, "¿Le sirvió? 1 sí", valid=DAY)
    assert answer == Sent(server.messages[0].sid)
    assert server.to(WHO) == ["¿Le sirvió? 1 sí"] and server.requests == ["POST"]


HTML = b"<html>Sign in to this network</html>"
ANSWERS = [
    (Step(400, 21610), OptedOut()),
    (Step(400, 21211), Refused(21211)),
    (Step(400, 30007), Refused(30007)),
    (Step(401, 20003), Wrong(20003)),
    (Step(403, 20005), Wrong(20005)),
    (Step(400, 21606), Wrong(21606)),
    (Step(429, 20429, headers=(("Retry-After", "7"),)), Later(7.0)),
    (Step(429, 20429, headers=(("Retry-After", "999999999999"),)), Later(3600.0)),
    (Step(429, 20429, headers=(("Retry-After", "Sat, 21 Nov 2026 20:00:00 GMT"),)), Later(60.0)),
    (Step(500, 20500), Unsure("status_500")),
    (Step(503, 20503), Unsure("status_503")),
    (Step(504, body=HTML), Unsure("status_504")),
    (Step(400, body=HTML), Unsure("status_400")),
    (Step(302, headers=(("Location", "http://127.0.0.1:1/"),)), Unsure("status_302")),
    (Step(201, body=b""), Unsure("no_id")),
    (Step(201, body=HTML), Unsure("no_id")),
    (Step(201, body=b'{"sid": null}'), Unsure("no_id")),
    (Step(201, body=b"[" * 100_000), Unsure("no_id")),
]


@pytest.mark.parametrize(("step", "meant"), ANSWERS)
def test_what_an_answer_means(server: TwilioLike, account: Account, step: Step, meant: twilio.Answer) -> None:
    server.plan = [step]
    assert twilio.send(account, WHO, WORDS, valid=DAY) == meant


@pytest.mark.parametrize("cut", ["before", "after"])
def test_a_connection_that_breaks_leaves_it_open(server: TwilioLike, account: Account, cut: str) -> None:
    server.plan = [Step(cut=cut)]
    assert isinstance(twilio.send(account, WHO, WORDS, valid=DAY), Unsure)
    found = twilio.find(account, WHO, WORDS, NOON)
    assert found == (NotThere() if cut == "before" else Found(server.messages[0].sid))


def test_one_that_does_not_answer_in_time_is_asked_about(
    server: TwilioLike, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "_READ", 0.3)
    server.plan = [Step(delay=1.0)]
    assert twilio.send(account, WHO, WORDS, valid=DAY) == Unsure("ReadTimeout")
    assert twilio.find(account, WHO, WORDS, NOON) == Found(server.messages[0].sid)


def test_nobody_listens(account: Account) -> None:
    away = replace(account, api=f"http://127.0.0.1:{free_port()}")
    assert twilio.send(away, WHO, WORDS, valid=DAY) == Unsure("ConnectionError")
    assert twilio.find(away, WHO, WORDS, NOON) == Unsure("ConnectionError")


def test_an_answer_without_end_is_not_read_to_its_end(server: TwilioLike, account: Account) -> None:
    server.plan = [Step(201, body=b"x" * 3_000_000)]
    assert twilio.send(account, WHO, WORDS, valid=DAY) == Unsure("too_large")
    ticks = iter(range(0, 10_000, 100))
    assert twilio.send(account, WHO, WORDS, valid=DAY, clock=lambda: float(next(ticks))) == Unsure("too_slow")


def test_a_proxy_of_this_machine_sees_nothing(
    server: TwilioLike, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "")
    assert isinstance(twilio.send(account, WHO, WORDS, valid=DAY), Sent)


# What Twilio lists of texts to that person, and whether ours is among them.
LISTED = [
    ([Message("SM1", WHO, WORDS, NOON)], Found("SM1")),
    ([Message("SM1", WHO, WORDS, NOON, 21610)], Found("SM1", stopped=True)),
    ([Message("SM1", WHO, WORDS, NOON - timedelta(days=7))], NotThere()),
    ([Message("SM1", WHO, "Another text", NOON)], NotThere()),
    ([Message("SM1", "+12095550199", WORDS, NOON)], NotThere()),
    ([Message("SM1", WHO, WORDS, NOON - timedelta(hours=5))], Found("SM1")),
    ([], NotThere()),
]


@pytest.mark.parametrize(("listed", "meant"), LISTED)
def test_whether_it_went_out(server: TwilioLike, account: Account, listed: list[Message], meant: object) -> None:
    server.messages = listed
    assert twilio.find(account, WHO, WORDS, NOON) == meant


def test_an_account_that_keeps_no_words_still_tells(server: TwilioLike, account: Account) -> None:
    server.keeps_words = False
    server.messages = [Message("SM1", WHO, WORDS, NOON)]
    assert twilio.find(account, WHO, WORDS, NOON) == Found("SM1")
    assert twilio.find(account, WHO, WORDS, NOON + timedelta(hours=7)) == NotThere()


def test_many_later_texts_to_one_person_leave_it_open(server: TwilioLike, account: Account) -> None:
    server.messages = [Message(f"SM{n}", WHO, "Another", NOON) for n in range(201)]
    assert twilio.find(account, WHO, WORDS, NOON) == Unsure("many")


FINDS = [
    (Step(401, 20003), Wrong(20003)),
    (Step(404, 20404), Wrong(20404)),
    (Step(500, 20500), Unsure("status_500")),
    (Step(429, 20429), Unsure("status_429")),
    (Step(200, body=b"{}"), Unsure("status_200")),
    (Step(200, body=b'{"messages": [1, null, {"sid": 3}]}'), NotThere()),
]


@pytest.mark.parametrize(("step", "meant"), FINDS)
def test_asking_can_fail_too(server: TwilioLike, account: Account, step: Step, meant: object) -> None:
    server.plan_of_finds = [step]
    assert twilio.find(account, WHO, WORDS, NOON) == meant


def test_no_number_no_text_and_no_token_in_a_log_or_a_value(
    server: TwilioLike, account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.plan = [Step(), Step(cut="before"), Step(400, 21211), Step(500)]
    told = [repr(twilio.send(account, WHO, WORDS, valid=DAY)) for _ in range(4)]
    told += [repr(twilio.find(account, WHO, WORDS, NOON)), repr(account), caplog.text]
    told.append(repr(twilio.find(replace(account, api=f"http://127.0.0.1:{free_port()}"), WHO, WORDS, NOON)))
    for secret in (WHO, WHO[1:], "5550123", WORDS, TOKEN):
        assert secret not in "".join(told)
