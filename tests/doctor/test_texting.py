"""What the doctor says of text messages: each thing that is missing, and nothing where nothing is."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from directory.doctor import Finding
from directory.inbox import queue, who
from directory.sender import account, hours, ran
from tests.doctor.conftest import NOW, change

Says = Callable[..., dict[str, Finding]]
TOKEN = "0123456789abcdef0123456789abcdef"
PAPERS = "{baa: 2026-10-01, ten_dlc: 2026-10-01, privacy_page: 2026-10-01}"
SENDER = f'{{account: AC1, from: "+1 209 555 0150", attested: {PAPERS}}}'
AT_NOON = NOW.astimezone(hours.ZONE).replace(hour=12)


@pytest.fixture
def texting(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home, with an account that lacks nothing."""
    monkeypatch.delenv("PUENTE_TWILIO_TOKEN", raising=False)
    change(home, sms=SENDER)
    account.keep_token(TOKEN)
    return home


def test_an_account_that_lacks_nothing(texting: Path, says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {id: each.level for id, each in says("text messages", now=AT_NOON).items()} == {"sms": "ok"}
    (texting / "twilio.token").unlink()
    monkeypatch.setenv("PUENTE_TWILIO_TOKEN", TOKEN)
    assert "sms" in says("text messages", now=AT_NOON)


def waits(home: Path) -> None:
    """A text has been due for a day."""
    at = AT_NOON - timedelta(days=1)
    queue.put("test:1", who.conversation("+12095550101"), who.seal("+12095550101"), "x", at, at + timedelta(days=4), at)


def waits_and_ran(home: Path) -> None:
    waits(home)
    ran.note(AT_NOON - timedelta(hours=5), None)


LACKS: list[tuple[Callable[[Path], object], str, str]] = [
    (lambda home: (home / "twilio.token").unlink(), "sms.token", "puente sms-token"),
    (lambda home: (home / "twilio.token").write_text("\n"), "sms.token", "puente sms-token"),
    (lambda home: (home / "twilio.token").chmod(0o640), "sms.token.open", "chmod 600"),
    (lambda home: ran.note(AT_NOON, 20003), "sms.refused", "puente sms-token --check"),
    (lambda home: change(home, public_address=None), "sms.address", "puente setup public_address"),
    (waits, "sms.timer", "puente followups send"),
    (waits_and_ran, "sms.timer", "puente followups send"),
]


@pytest.mark.parametrize(("breaks", "id", "command"), LACKS)
def test_what_is_missing_is_said(
    texting: Path, says: Says, breaks: Callable[[Path], object], id: str, command: str
) -> None:
    breaks(texting)
    found = says("text messages", now=AT_NOON)
    assert set(found) == {id} and found[id].level == "mend" and command in (found[id].command or "")
    assert TOKEN not in found[id].text and "5550101" not in found[id].text


WELL: list[Callable[[Path], object]] = [
    lambda home: ran.note(AT_NOON - timedelta(minutes=20), None),
    lambda home: (home / "sender.json").write_text("{"),
]


@pytest.mark.parametrize("so", WELL)
def test_a_run_of_late_is_enough(texting: Path, says: Says, so: Callable[[Path], object]) -> None:
    so(texting)
    assert set(says("text messages", now=AT_NOON)) == {"sms"}


@pytest.mark.parametrize(("hour", "said"), [(8, False), (9, False), (10, False), (11, True), (19, True), (20, False)])
def test_the_night_is_no_late_timer(texting: Path, says: Says, hour: int, said: bool) -> None:
    waits(texting)
    ran.note(AT_NOON.replace(hour=19) - timedelta(days=1), None)
    assert ("sms.timer" in says("text messages", now=AT_NOON.replace(hour=hour, minute=30))) is said


def test_typing_what_it_says_closes_the_token(texting: Path, says: Says) -> None:
    (texting / "twilio.token").chmod(0o644)
    os.system(str(says("text messages", now=AT_NOON)["sms.token.open"].command))
    assert "sms.token.open" not in says("text messages", now=AT_NOON)
