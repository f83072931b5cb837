"""Whose account sends text messages: number and account from the settings, the token from a place of its own.

The token never stands in `settings.yml`, which staff read and mail around: it is in the environment
(`PUENTE_TWILIO_TOKEN`) or in `twilio.token` (0600) in Puente's home.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from directory import settings, store, whole_files
from directory.errors import SenderError
from directory.settings import Settings

__all__ = ["API", "SET_TOKEN", "Account", "account", "api", "forget_token", "keep_token", "token", "token_file"]

API = "https://api.twilio.com"
SET_TOKEN = "puente sms-token"
_VARIABLE = "PUENTE_TWILIO_TOKEN"
_ELSEWHERE = "PUENTE_TWILIO_API"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_TOKEN = re.compile(r"[0-9A-Za-z]{16,64}", re.ASCII)
_SID = re.compile(r"AC[0-9a-fA-F]{32}", re.ASCII)


@dataclass(frozen=True)
class Account:
    """Account id (`AC...`), its token, the number texts come from (E.164), and where the company's API answers."""

    sid: str
    token: str = field(repr=False)
    number: str
    api: str = API


def account(clinic: Settings | None = None) -> Account:
    """The account in force; SenderError says what is missing and how to say it."""
    sms = (clinic or settings.settings()).sms
    if sms is None:
        raise SenderError(
            "No account sends text messages here, so nothing can be sent; what waits stays until its day is over. "
            "Say which: puente setup sms. The ten steps: docs/texting.md"
        )
    found = token()
    if found is None:
        raise SenderError(
            f"The token of the account is missing, so nothing can be sent; what waits stays. Give it: {SET_TOKEN}"
        )
    return Account(sms.account, found, sms.number, api())


def token() -> str | None:
    """The token: of the environment, else of its file; None where there is none."""
    if said := os.environ.get(_VARIABLE, "").strip():
        return said
    try:
        held = token_file().read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SenderError(
            f"{token_file()} cannot be read ({error.strerror}), so nothing can be sent. Look whose file it is, "
            f"or write it anew: {SET_TOKEN}"
        ) from error
    return held or None


def token_file() -> Path:
    """Where the token lies when the environment does not hold it."""
    return store.home() / "twilio.token"


def keep_token(said: str) -> Path:
    """Writes the token for its owner alone; SenderError, without repeating it, for what can be none."""
    given = said.strip()
    if _SID.fullmatch(given):
        raise SenderError(
            "That is the account (it begins with AC), not its token. The auth token stands beside it in Twilio's "
            "console, hidden until you click on it. Nothing was changed."
        )
    if not _TOKEN.fullmatch(given):
        raise SenderError(
            "That is no auth token: Twilio's has 32 letters and figures without spaces. Copy it again from the "
            "console. Nothing was changed."
        )
    token_file().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    whole_files.write(token_file(), f"{given}\n")
    token_file().chmod(0o600)  # also of one that stood there with other rights
    return token_file()


def forget_token() -> bool:
    """Takes the file away; whether there was one."""
    try:
        token_file().unlink()
    except FileNotFoundError:
        return False
    return True


def api() -> str:
    """Where the API answers: Twilio, or for tests another address over https or of this machine itself."""
    said = os.environ.get(_ELSEWHERE, "").strip().rstrip("/")
    if not said:
        return API
    parts = urlsplit(said)
    here = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not parts.hostname or parts.username or not (parts.scheme == "https" or here):
        raise SenderError(
            f"{_ELSEWHERE} must be an https address, or one of this machine (http://127.0.0.1:PORT): it gets the "
            "token and every number. It is for tests; take it out of the environment."
        )
    return said
