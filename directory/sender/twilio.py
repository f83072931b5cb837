"""Twilio's API: one text out, or whether one went out. What comes back is a value; no error holds a number or a text.

Codes and statuses: general knowledge of the API of 2010-04-01; tests run against a server of this machine.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import requests
import urllib3

from directory.sender.account import Account

__all__ = [
    "Answer",
    "Found",
    "Later",
    "NotThere",
    "OptedOut",
    "Refused",
    "Sent",
    "Unsure",
    "Wrong",
    "find",
    "holds",
    "send",
]

_CONNECT, _READ = 5.0, 15.0
_WHOLE = 30.0
"""Seconds for one answer, however slowly it drips."""
_LARGEST = 2_000_000
_PAGE = 200
_LONGEST_WAIT = 3600.0
_LONGEST_VALID = 14_400
_STOPPED = 21610
"""The code for a person who told the carrier or Twilio STOP."""
_ACCOUNT = frozenset({20003, 20005, 20404, 21212, 21603, 21606, 21659, 21660, 21661})
"""Codes that are about us and not about a message: token, account, or a number that is not the account's."""
_EARLIER = timedelta(hours=6)
"""So far another machine's clock may be behind ours; nobody gets two texts that we begin within so few hours."""


@dataclass(frozen=True)
class Sent:
    """Taken, under that id."""

    sid: str


@dataclass(frozen=True)
class OptedOut:
    """Refused, because the person said STOP where we did not hear it."""


@dataclass(frozen=True)
class Refused:
    """Refused for good; `code` is Twilio's, or the HTTP status."""

    code: int


@dataclass(frozen=True)
class Later:
    """Not taken; not before so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Unsure:
    """Nobody knows whether it was taken; `why` is the kind of what happened."""

    why: str


@dataclass(frozen=True)
class Wrong:
    """The account, its token or its number is refused: no message goes out until that is mended."""

    code: int


@dataclass(frozen=True)
class Found:
    """It went out under that id; `stopped` when the carrier then said that the person is out."""

    sid: str
    stopped: bool = False


@dataclass(frozen=True)
class NotThere:
    """It did not go out."""


Answer = Sent | OptedOut | Refused | Later | Unsure | Wrong


class _Broken(Exception):
    """No whole answer came; holds the kind of what happened and nothing else."""


@dataclass(frozen=True)
class _Said:
    """An answer that came whole."""

    status: int
    body: Mapping[str, Any]
    retry_after: str | None


def send(
    account: Account, to: str, text: str, *, valid: timedelta, clock: Callable[[], float] = time.monotonic
) -> Answer:
    """Asks Twilio to send that text, once; never raises for what the wire or Twilio does.

    What still waits at Twilio after `valid` is not sent any more.
    """
    seconds = min(max(int(valid.total_seconds()), 1), _LONGEST_VALID)
    form = {"To": to, "From": account.number, "Body": text, "ValidityPeriod": str(seconds)}
    try:
        said = _asked(account, "POST", clock, data=form)
    except _Broken as broken:
        return Unsure(str(broken))
    return _meant(said)


def find(
    account: Account, to: str, text: str, since: datetime, *, clock: Callable[[], float] = time.monotonic
) -> Found | NotThere | Unsure | Wrong:
    """Whether a text that was asked for at `since` (aware) or after it went out.

    Asked by person and not by day sent, which a text that still waits at Twilio has not got.
    """
    query = {"To": to, "From": account.number, "PageSize": str(_PAGE)}
    try:
        said = _asked(account, "GET", clock, params=query)
    except _Broken as broken:
        return Unsure(str(broken))
    listed = said.body.get("messages")
    if said.status in (401, 403, 404):
        return Wrong(_code(said))
    if said.status != 200 or not isinstance(listed, list):
        return Unsure(f"status_{said.status}")
    ours = [each for each in listed if isinstance(each, dict) and _is_ours(each, text, since - _EARLIER)]
    if ours:
        return Found(str(ours[0]["sid"]), ours[0].get("error_code") == _STOPPED)
    return Unsure("many") if said.body.get("next_page_uri") and _all_after(listed, since) else NotThere()


def holds(account: Account, *, clock: Callable[[], float] = time.monotonic) -> Wrong | Unsure | None:
    """Whether account and token are taken, asked without sending; None when they are."""
    try:
        said = _asked(account, "GET", clock, params={"PageSize": "1"})
    except _Broken as broken:
        return Unsure(str(broken))
    if said.status in (401, 403, 404):
        return Wrong(_code(said))
    return None if said.status == 200 and "messages" in said.body else Unsure(f"status_{said.status}")


def _is_ours(each: Mapping[str, Any], text: str, since: datetime) -> bool:
    """Those words, begun by us since then; where the account keeps no words, any that we began."""
    body = each.get("body")
    same = body == text or not body or set(str(body)) <= {"*", "X", "x"}
    made = _day(each.get("date_created"))
    by_us = str(each.get("direction", "")) == "outbound-api"
    return bool(each.get("sid")) and same and by_us and (made is None or made >= since)


def _all_after(listed: list[Any], since: datetime) -> bool:
    """Whether a whole page is newer than that, so that ours may stand on the next one."""
    days = [_day(each.get("date_created")) for each in listed if isinstance(each, dict)]
    return all(day is not None and day >= since - _EARLIER for day in days)


def _day(said: object) -> datetime | None:
    try:
        found = parsedate_to_datetime(str(said))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def _meant(said: _Said) -> Answer:
    code = _code(said)
    if 200 <= said.status < 300:
        sid = said.body.get("sid")
        return Sent(sid) if isinstance(sid, str) and sid else Unsure("no_id")
    if said.status == 429:
        return Later(_seconds(said.retry_after))
    if code == _STOPPED:
        return OptedOut()
    if said.status in (401, 403) or code in _ACCOUNT:
        return Wrong(code)
    if 400 <= said.status < 500 and "code" in said.body:
        return Refused(code)
    return Unsure(f"status_{said.status}")  # not Twilio's own words: something on the way, or a server in trouble


def _code(said: _Said) -> int:
    code = said.body.get("code")
    return code if isinstance(code, int) and not isinstance(code, bool) else said.status


def _seconds(said: str | None) -> float:
    """Retry-After in seconds, a minute where it says nothing that can be read."""
    if said and said.isascii() and said.isdigit():
        return min(float(said[:6]), _LONGEST_WAIT)
    return 60.0


def _asked(
    account: Account, method: str, clock: Callable[[], float], *,
    data: Mapping[str, str] | None = None, params: Mapping[str, str] | None = None,
) -> _Said:  # fmt: skip
    """One request and its whole answer; a redirect is an answer like any other, and is not followed."""
    url = f"{account.api}/2010-04-01/Accounts/{quote(account.sid, safe='')}/Messages.json"
    ends = clock() + _WHOLE
    try:
        with _session(account) as session, session.request(
            method, url, timeout=(_CONNECT, _READ), allow_redirects=False, stream=True,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"}, data=data, params=params,
        ) as answer:  # fmt: skip
            body = b"".join(_parts(answer, ends, clock))
            return _Said(answer.status_code, _json(body), answer.headers.get("Retry-After"))
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _Broken(type(error).__name__) from None  # its words hold the address, and with it the number


@contextmanager
def _session(account: Account) -> Iterator[requests.Session]:
    """No proxy, password file or cookie of this machine comes along, and no line of a log names the address."""
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    with _Session() as session:
        session.trust_env = False
        session.auth = (account.sid, account.token)
        yield session


class _Session(requests.Session):
    """Leaves redirects alone: looking for the next address, requests would read the whole body of this one."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        return None


def _parts(answer: requests.Response, ends: float, clock: Callable[[], float]) -> Iterator[bytes]:
    """The bytes as they come; neither many nor slow ones without end."""
    size = 0
    raw = answer.raw
    for part in iter(lambda: bytes(raw.read1(1 << 16, decode_content=False)), b""):
        size += len(part)
        if size > _LARGEST:
            raise _Broken("too_large")
        if clock() > ends:
            raise _Broken("too_slow")
        yield part


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
