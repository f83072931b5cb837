"""The clinic: its name, its phone, who sends its text messages, and whether this is the demo.

From `$PUENTE_HOME/settings.yml`. It is the demo when the file says so or when invented places are published; only where
nothing real is published does an invented clinic stand in for the one that is not named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from directory import phones, store
from directory.errors import DirectoryMissing, SettingsError

__all__ = ["DEMO_CLINIC", "DEMO_PHONE", "Sender", "Settings", "refuse_demo_with_sender", "settings"]


@dataclass(frozen=True)
class Sender:
    """Whose account sends text messages to real phones, and from which number (E.164)."""

    account: str
    number: str


@dataclass(frozen=True)
class Settings:
    """What the clinic says of itself; `clinic`, `phone` and `sms` are None until the clinic says them.

    `invented` says that the clinic's name or phone is the demo's.
    """

    clinic: str | None = None
    phone: str | None = None
    demo: bool = False
    sms: Sender | None = None
    invented: bool = False


DEMO_CLINIC = "Puente Demo Clinic"
DEMO_PHONE = "209-555-0100"
_KEYS = frozenset(field.name for field in fields(Settings)) - {"invented"}


def settings(path: Path | None = None) -> Settings:
    """The settings in force; neutral ones when there is no file; SettingsError when one does not fit."""
    file = path or _file()
    said = _checked(file, _plain(file)) if file.exists() else Settings()
    real, invented = _published()
    if real or not (said.demo or invented):
        return Settings(said.clinic, said.phone, said.demo or invented, said.sms)
    stands_in = said.clinic is None or said.phone is None
    return Settings(said.clinic or DEMO_CLINIC, said.phone or DEMO_PHONE, True, said.sms, stands_in)


def refuse_demo_with_sender(*, demo: bool) -> None:
    """SettingsError when there are invented places (`demo`) and the settings name who sends real text messages.

    Whatever publishes places or starts to answer people asks this first.
    """
    sender = settings().sms
    if demo and sender:
        raise SettingsError(
            f"{_file()} names a sender of real text messages ({sender.number}), so invented demo places must not be "
            "published beside it: somebody could be sent to a door that does not exist. Take the demo out with "
            "`puente demo remove`, or take `sms` out of the settings."
        )


def _file() -> Path:
    return store.home() / "settings.yml"


def _published() -> tuple[bool, bool]:
    """Whether any real list is published, and whether any invented one is."""
    try:
        with store.open_directory(any_layout=True) as connection:
            lists = store.sources(connection)
    except (DirectoryMissing, sqlite3.DatabaseError):  # a damaged directory is told by whoever searches it
        return False, False
    return any(not item.demo for item in lists), any(item.demo for item in lists)


def _plain(file: Path) -> object:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not YAML, so the clinic's settings are unknown. Correct it: {error}") from error


def _checked(file: Path, plain: object) -> Settings:
    if not isinstance(plain, dict):
        raise SettingsError(f"{file} must hold lines such as `clinic: Name of the clinic`. Correct or remove it.")
    if unknown := sorted(str(key) for key in plain if key not in _KEYS):
        raise SettingsError(f"{file}: {unknown[0]!r} is no setting. Known settings: {', '.join(sorted(_KEYS))}.")
    demo = plain.get("demo", False)
    if not isinstance(demo, bool):
        raise SettingsError(f"{file}: `demo` must be true or false, not {demo!r}.")
    return Settings(_text(file, "clinic", plain), _text(file, "phone", plain), demo, _sender(file, plain.get("sms")))


def _sender(file: Path, plain: object) -> Sender | None:
    if plain is None:
        return None
    if not isinstance(plain, dict) or set(plain) != {"account", "from"}:
        raise SettingsError(f"{file}: `sms` must hold `account` and `from`, and nothing else. Correct or remove it.")
    account, number = _text(file, "account", plain), phones.parse(_text(file, "from", plain) or "")
    if not account or len(number) != 1:
        raise SettingsError(f"{file}: `sms` needs an `account` and, as `from`, one phone number in quotes.")
    return Sender(account, number[0].number)


def _text(file: Path, key: str, plain: Mapping[str, object]) -> str | None:
    value = plain.get(key)
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(f"{file}: `{key}` must be text in quotes, not {value!r}.")
