"""Makes Settings of what a file says, key by key; every mistake is told, and each names its key and what would fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from directory import phones
from directory.settings import values
from directory.settings.mistakes import Key, Mistake, Wrong, each, short
from directory.settings.shape import Admin, Attested, Backups, Line, Notice, Sender, Settings

__all__ = ["KEYS", "checked"]

_NOTICE = 1500
"""The letters that a notice may have: it stands on a page beside much else."""

_Read = Callable[[Key, object], Any]


def checked(home: Path, plain: Mapping[str, object]) -> tuple[Settings, tuple[Mistake, ...]]:
    """The settings of a file in that folder, and its mistakes; a key with a mistake counts as not said."""
    said: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for name, value in plain.items():
        try:
            if name not in _READ:
                meant = values.near(name, KEYS) or f". Known settings: {', '.join(KEYS)}"
                raise Wrong(Mistake(name, f"is no setting{meant}"))
            if value is not None:
                said[name] = _READ[name](Key(name, home), value)
        except Wrong as wrong:
            mistakes += wrong.mistakes
    return Settings(**said), tuple(mistakes)


def _mapping(key: Key, value: object, required: Mapping[str, _Read], optional: Mapping[str, _Read]) -> dict[str, Any]:
    """The values of a mapping, read; what is not known there, what is missing and what does not fit is told."""
    known = {**required, **optional}
    if not isinstance(value, dict):
        raise key.wrong(f"must hold {', '.join(known)}")
    said = {str(name): item for name, item in value.items() if item is not None}
    odd = [
        key.below(name).wrong(f"is not known. Known there: {', '.join(known)}") for name in said if name not in known
    ]
    odd += [key.wrong(f"lacks `{name}`") for name in required if name not in said]
    work: list[Callable[[], tuple[str, Any]]] = [partial(_raise, wrong) for wrong in odd]
    work += [partial(_one, name, known[name], key.below(name), item) for name, item in said.items() if name in known]
    return dict(each(work))


def _raise(wrong: Wrong) -> tuple[str, Any]:
    raise wrong


def _one(name: str, read: _Read, key: Key, value: object) -> tuple[str, Any]:
    return name, read(key, value)


def _line(key: Key, value: object) -> Line:
    return Line(**_mapping(key, value, {"name": values.text, "phone": values.phone}, {"hours": values.opening}))


def _notice(key: Key, value: object) -> Notice:
    said = partial(values.words, most=_NOTICE)
    return Notice(**_mapping(key, value, {"en": said, "es": said}, {"url": values.web}))


def _sender(key: Key, value: object) -> Sender:
    more = {"attested": _attested, "accents": values.accents}
    held = _mapping(key, value, {"account": values.account, "from": _dialled}, more)
    attested, accents = held.get("attested", Attested()), held.get("accents", Sender.accents)
    return Sender(held["account"], held["from"], attested, accents)


def _dialled(key: Key, value: object) -> str:
    return phones.parse(values.phone(key, value))[0].number


def _attested(key: Key, value: object) -> Attested:
    return Attested(**_mapping(key, value, {}, {field.name: values.day for field in fields(Attested)}))


def _admin(key: Key, value: object) -> Admin:
    return Admin(**_mapping(key, value, {"name": values.text}, {"email": values.email}))


def _backups(key: Key, value: object) -> Backups:
    return Backups(**_mapping(key, value, {}, {"folder": values.text, "encrypted": values.truth}))


def _retention(key: Key, value: object) -> Mapping[str, int]:
    # Here and not above: the inventory's own room asks for the settings.
    from directory.privacy.inventory import inventory

    bounds = {
        id: (kept.least, kept.most)
        for id, kept in inventory().items()
        if kept.least is not None and kept.most is not None
    }
    return _mapping(
        key, value, {}, {id: partial(_days, least=least, most=most) for id, (least, most) in bounds.items()}
    )


def _days(key: Key, value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise key.wrong(f"must be a whole number of days from {least} to {most}, not {short(value)}")
    return value


_READ: Mapping[str, _Read] = {
    "clinic": partial(values.words, most=80),
    "short_name": values.short_name,
    "phone": values.phone,
    "hours": values.opening,
    "closed_on": values.several(values.day),
    "address": values.place,
    "counties": values.several(values.county),
    "plans": values.several(values.plan),
    "languages": values.several(values.language),
    "on_call": _line,
    "crisis_line": _line,
    "violence_line": _line,
    "shelter_line": _line,
    "logo": values.picture,
    "color": values.color,
    "language_help": _notice,
    "nondiscrimination": _notice,
    "public_address": values.web,
    "desk_address": values.web,
    "kiosk": values.truth,
    "admin": _admin,
    "retention": _retention,
    "backups": _backups,
    "sms": _sender,
    "demo": values.truth,
}
KEYS = tuple(_READ)
"""Every key that a file may have, in the order in which they are told."""
