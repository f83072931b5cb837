"""Makes Settings of what a file says, key by key; SettingsError names the file, the key, and what would fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from directory import phones, places, plans
from directory.errors import SettingsError
from directory.settings.shape import Admin, Attested, Backups, Line, Notice, Sender, Settings

__all__ = ["checked"]


def checked(file: Path, plain: object) -> Settings:
    """The settings of a file that was read; a key that is absent or null is not said."""
    if not isinstance(plain, dict):
        raise SettingsError(f"{file} must hold lines such as `clinic: Name of the clinic`. Correct or remove it.")
    if unknown := sorted(str(key) for key in plain if key not in _READ):
        raise SettingsError(f"{file}: {unknown[0]!r} is no setting. Known settings: {', '.join(sorted(_READ))}.")
    said = {key: _Key(file, key).read(value) for key, value in plain.items() if value is not None}
    return Settings(**said)


class _Key:
    """One key of one file, so that every refusal names both."""

    def __init__(self, file: Path, name: str) -> None:
        self.file, self.name = file, name

    def read(self, value: object) -> Any:
        return _READ[self.name](self, value)

    def refuse(self, needs: str) -> SettingsError:
        return SettingsError(f"{self.file}: `{self.name}` {needs}. Correct it, or take the line out.")

    def below(self, key: str) -> _Key:
        return _Key(self.file, f"{self.name}.{key}")


def _text(key: _Key, value: object) -> str:
    if not isinstance(value, str):
        raise key.refuse(f"must be text in quotes, not {value!r}")
    return value.strip()


def _truth(key: _Key, value: object) -> bool:
    if not isinstance(value, bool):
        raise key.refuse(f"must be true or false, not {value!r}")
    return value


def _day(key: _Key, value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(key, value))
    except ValueError:
        raise key.refuse(f"must be a day such as 2026-11-26, not {value!r}") from None


def _several(read: Callable[[_Key, object], Any]) -> Callable[[_Key, object], tuple[Any, ...]]:
    def each(key: _Key, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise key.refuse(f"must be a list, not {value!r}")
        return tuple(dict.fromkeys(read(key, item) for item in value))

    return each


def _mapping(key: _Key, value: object, required: set[str], optional: set[str]) -> Mapping[str, object]:
    known = ", ".join(sorted(required | optional))
    if not isinstance(value, dict):
        raise key.refuse(f"must hold {known}")
    if (unknown := set(value) - required - optional) or (required - set(value)):
        wrong = f"{sorted(map(str, unknown))[0]!r} is not known there" if unknown else "one of them is missing"
        raise key.refuse(f"must hold {', '.join(sorted(required))}{_may(optional)}: {wrong}")
    return value


def _may(optional: set[str]) -> str:
    return f" and may hold {', '.join(sorted(optional))}" if optional else ""


def _phone(key: _Key, value: object) -> str:
    text = _text(key, value)
    if len(phones.parse(text)) != 1:
        raise key.refuse(f"must be one phone number in quotes, not {text!r}")
    return text


def _line(key: _Key, value: object) -> Line:
    held = _mapping(key, value, {"name", "phone"}, {"hours"})
    hours = held.get("hours")
    return Line(
        _text(key.below("name"), held["name"]),
        _phone(key.below("phone"), held["phone"]),
        None if hours is None else _text(key.below("hours"), hours),
    )


def _notice(key: _Key, value: object) -> Notice:
    held = _mapping(key, value, {"en", "es"}, {"url"})
    url = held.get("url")
    return Notice(
        _text(key.below("en"), held["en"]),
        _text(key.below("es"), held["es"]),
        None if url is None else _address(key.below("url"), url),
    )


def _sender(key: _Key, value: object) -> Sender:
    held = _mapping(key, value, {"account", "from"}, {"attested"})
    account = _text(key.below("account"), held["account"])
    number = phones.parse(_text(key.below("from"), held["from"]))
    if not account or len(number) != 1:
        raise key.refuse("needs an `account` and, as `from`, one phone number in quotes")
    attested = _attested(key.below("attested"), held["attested"]) if held.get("attested") else Attested()
    return Sender(account, number[0].number, attested)


def _attested(key: _Key, value: object) -> Attested:
    held = _mapping(key, value, set(), {field.name for field in fields(Attested)})
    return Attested(**{name: _day(key.below(name), day) for name, day in held.items() if day is not None})


def _admin(key: _Key, value: object) -> Admin:
    held = _mapping(key, value, {"name"}, {"email"})
    email = held.get("email")
    return Admin(_text(key.below("name"), held["name"]), None if email is None else _text(key.below("email"), email))


def _backups(key: _Key, value: object) -> Backups:
    held = _mapping(key, value, set(), {"folder", "encrypted"})
    folder = held.get("folder")
    return Backups(
        None if folder is None else _text(key.below("folder"), folder),
        _truth(key.below("encrypted"), held.get("encrypted", False)),
    )


def _county(key: _Key, value: object) -> str:
    text = _text(key, value).removesuffix(" County")
    found = next((name for name in places.COUNTIES if name.casefold() == text.casefold()), None)
    if found is None:
        raise key.refuse(f"names {text!r}, which is no county of California")
    return found


def _plan(key: _Key, value: object) -> str:
    text = _text(key, value)
    if text not in plans.plans():
        raise key.refuse(f"names {text!r}, which is no plan we know; `puente plans` lists their ids")
    return text


def _color(key: _Key, value: object) -> str:
    text = _text(key, value).lower()
    if not re.fullmatch(r"#[0-9a-f]{6}", text):
        raise key.refuse(f'must be a color such as "#1b5e78", not {text!r}')
    return text


def _address(key: _Key, value: object) -> str:
    text = _text(key, value)
    if not re.fullmatch(r"https://[^\s/?#@]+(?:/[^\s]*)?", text):
        raise key.refuse(f"must be an address that begins with https://, not {text!r}")
    return text


def _retention(key: _Key, value: object) -> Mapping[str, int]:
    held = value if isinstance(value, dict) else {}
    if not held or not all(isinstance(days, int) and not isinstance(days, bool) for days in held.values()):
        raise key.refuse("must hold lines such as `conversations: 30` (days)")
    return dict(held)


_READ: Mapping[str, Callable[[_Key, object], Any]] = {
    "clinic": _text,
    "phone": _phone,
    "demo": _truth,
    "sms": _sender,
    "short_name": _text,
    "hours": _text,
    "closed_on": _several(_day),
    "address": _text,
    "counties": _several(_county),
    "plans": _several(_plan),
    "languages": _several(_text),
    "on_call": _line,
    "crisis_line": _line,
    "violence_line": _line,
    "shelter_line": _line,
    "logo": _text,
    "color": _color,
    "language_help": _notice,
    "nondiscrimination": _notice,
    "retention": _retention,
    "public_address": _address,
    "admin": _admin,
    "backups": _backups,
}
