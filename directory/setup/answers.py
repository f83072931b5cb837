"""What a person types -> the plain value of a setting, and back to words."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from directory import plans, settings, whole_files
from directory.errors import SettingsError
from directory.settings import checking, logo
from directory.settings.languages import names
from directory.setup.days import days_in
from directory.setup.questions import Question

__all__ = ["canonical", "in_words", "no_folder", "part_of", "taken", "value_of", "with_part"]


def value_of(question: Question, said: str, today: date, options: Sequence[str] = ()) -> object:
    """The plain value that an answer means; `options` is what numbers pick from, days without a year come from `today`.

    What it cannot be is left to the checks of the settings, which tell it in their own words; a number that picks
    nothing is a SettingsError.
    """
    return _READ.get(question.kind, _as_said)(said.strip(), options, today)


def _as_said(said: str, _: Sequence[str], __: date) -> object:
    return said


def _web(said: str, _: Sequence[str], __: date) -> object:
    """Whoever writes no scheme means a safe one."""
    return said if "://" in said else f"https://{said}"


def _parts(said: str, _: Sequence[str], __: date) -> object:
    return [part.strip() for part in re.split(r"[,;]", said) if part.strip()]


def _days(said: str, _: Sequence[str], today: date) -> object:
    return days_in(said, today)


def _picked(said: str, options: Sequence[str], _: date) -> object:
    """Numbers of the list, names or ids; with spaces between where all are numbers."""
    if said.casefold() == "all" and options:
        return list(options)
    words = said.split() if re.fullmatch(r"[\d\s]+", said) else [part.strip() for part in re.split(r"[,;]", said)]
    return [_option(word, options) for word in words if word]


def _option(word: str, options: Sequence[str]) -> str:
    if not word.isdecimal() or not options:
        return word
    if not 0 < int(word) <= len(options):
        raise SettingsError(f"There are {len(options)} numbers, and {word} is none of them: 1 to {len(options)}.")
    return options[int(word) - 1]


def _retention(said: str, _: Sequence[str], __: date) -> object:
    pairs = [re.split(r"\s*[=:]\s*|\s+", part.strip(), maxsplit=1) for part in re.split(r"[,;]", said) if part.strip()]
    return {pair[0]: int(pair[1]) if len(pair) == 2 and pair[1].isdecimal() else pair[-1] for pair in pairs}


_READ: Mapping[str, Callable[[str, Sequence[str], date], object]] = {
    "web": _web,
    "days": _days,
    "counties": _parts,
    "languages": _parts,
    "plans": _picked,
    "retention": _retention,
}


def canonical(key: str, value: object) -> object:
    """A value that fits as we write it: lists with our names and ids, a color in small letters."""
    found, _ = checking.checked(settings.file().parent, {key: value})
    if key in ("closed_on", "counties", "plans", "languages"):
        return list(getattr(found, key))
    return getattr(found, key) if isinstance(value, str) and isinstance(getattr(found, key), str) else value


def taken(said: str, *, dry_run: bool = False) -> str:
    """The name in Puente's folder of a picture that lies anywhere; SettingsError goes on after its key: "must name..."

    It is copied there unless `dry_run` is on.
    """
    home = settings.file().parent
    path = Path(said).expanduser()
    if not path.is_absolute() and not path.exists():
        path = home / path
    if why := logo.trouble(path):
        raise SettingsError(f"{why}.")
    if home.resolve() in path.resolve().parents:
        return path.resolve().relative_to(home.resolve()).as_posix()
    name = f"logo{path.suffix.lower()}"
    if not dry_run:
        whole_files.write(home / name, path.read_bytes())
    return name


def no_folder(said: str) -> str | None:
    """What to say of a folder for backups that is not there; None where it is."""
    path = Path(said).expanduser()
    if path.is_dir():
        return None
    return (
        f"there is no folder {path} now. Look for a typo, plug in the stick or disk, or make the folder: "
        f"mkdir -p {shlex.quote(str(path))}"
    )


def part_of(value: object, part: str) -> str | None:
    """One part of a value that has several, as text; `attested.baa` is a part of a part."""
    for name in part.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return None if value is None else in_words("", value)


def with_part(value: object, part: str, said: object) -> dict[str, object]:
    """The value with that part, None takes it out; a part in which nothing is left goes too."""
    name, _, deeper = part.partition(".")
    held: dict[str, object] = dict(value) if isinstance(value, dict) else {}
    held[name] = with_part(held.get(name), deeper, said) or None if deeper else said
    return {name: item for name, item in held.items() if item is not None}


def in_words(key: str, value: object) -> str:
    """A plain value as a person reads it."""
    if value is None:
        return ""
    if key == "languages" and isinstance(value, list):
        return ", ".join(names().get(code, str(code)) for code in value)
    if key == "plans" and isinstance(value, list):
        return ", ".join(plans.plans()[id].short_name if id in plans.plans() else str(id) for id in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return "; ".join(f"{name}: {in_words('', item)}" for name, item in value.items())
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
