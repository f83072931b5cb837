"""The inventory in words, as Markdown that somebody can paste into a policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from directory.eligibility.strict import Entry, Text, plain
from directory.errors import PrivacyError
from directory.model import Language
from directory.privacy.inventory import Kept, inventory

__all__ = ["Here", "page"]

_FILE = Path(__file__).with_name("words.yml")
_UNITS = ("bytes", "KB", "MB", "GB", "TB")


@dataclass(frozen=True)
class Here:
    """How it is at one clinic: its name, the day, the days in force, and how much there is (count, bytes, oldest)."""

    clinic: str | None
    on: date
    days: Mapping[str, int | None]
    now: Mapping[str, tuple[int, int, date | None]]


def page(language: Language, here: Here | None = None) -> str:
    """The page; without `here` as it is everywhere, with the days that ship."""
    say = _sayer(language)
    title = say("title_at", clinic=here.clinic) if here and here.clinic else say("title")
    parts = [f"# {title}", *([say("as_of", day=here.on)] if here else []), say("intro"), say("never")]
    for personal, heading in ((True, "about_people"), (False, "about_puente")):
        parts.append(f"## {say(heading)}")
        parts += [_entry(item, say, language, here) for item in inventory().values() if item.personal is personal]
    return "\n\n".join(parts) + "\n"


_Say = Callable[..., str]


def _entry(item: Kept, say: _Say, language: Language, here: Here | None) -> str:
    lines = [
        (say("holds"), item.holds.get(language)),
        (say("where"), _where(item, say)),
        (say("sees"), say(item.sees)),
        (say("how_long"), _how_long(item, say, here)),
        (say("backup"), say("yes" if item.backup else "no")),
        *_amount(item, say, here),
    ]
    told = "\n".join(f"- **{name}:** {text}{'' if text.endswith('.') else '.'}" for name, text in lines)
    return f"### {item.what.get(language)}\n\n{told}"


def _where(item: Kept, say: _Say) -> str:
    if item.inside:
        return say("in_file", file=f"`{item.inside}`")
    if item.where:
        return say("in_home", files=", ".join(f"`{glob}`" for glob in item.where))
    return say("in_memory" if item.place == "memory" else "on_device")


def _how_long(item: Kept, say: _Say, here: Here | None) -> str:
    if item.minutes is not None:
        return say("minutes", minutes=item.minutes)
    if item.days is None:
        return say("never_ends" if item.until == "never" else str(item.until))
    days = (here.days.get(item.id) if here else None) or item.days
    told = say("days_idle" if item.id == "conversations" else "days", days=days)
    return f"{told} ({say('bounds', least=item.least, most=item.most, id=item.id)})"


def _amount(item: Kept, say: _Say, here: Here | None) -> Iterator[tuple[str, str]]:
    if here is None or item.id not in here.now:
        return
    count, size, oldest = here.now[item.id]
    if not count:
        yield say("now"), say("none")
        return
    kind = "row" if item.purged in ("rows", "raw_rows", "never") else "file"
    told = say(f"one_{kind}" if count == 1 else f"{kind}s", count=f"{count:,}", size=_size(size))
    yield say("now"), f"{told}; {say('oldest', day=oldest)}" if oldest else told


def _size(size: int) -> str:
    number, unit = float(size), 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if number >= 10 or unit == 0 else f"{number:.1f} {_UNITS[unit]}"


def _sayer(language: Language) -> _Say:
    def say(key: str, **values: object) -> str:
        text = _words()[key].get(language)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    return say


@cache
def _words() -> Mapping[str, Text]:
    return {key: entry.twin() for key, entry in Entry(plain(_FILE, PrivacyError), _FILE, "").items()}
