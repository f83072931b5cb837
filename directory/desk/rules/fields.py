"""The form of a change: which fields a kind of value has, what stands in them, and what was written as values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directory.desk.frame import Form, Visit
from directory.eligibility import rules
from directory.overlay.otherwise import FITS
from directory.overlay.shapes import EVERYWHERE, STATEWIDE, Target
from directory.plans import load

__all__ = ["Field", "Wrong", "can_change", "day_of", "fields", "said"]

_SIZES = 8
_DAYS = frozenset({"start", "until", "valid_until"})
_NUMBERS = frozenset({"each_extra", "percent"})
_TWINS = ("notice", "name", "how_long")


class Wrong(Exception):
    """What was written cannot be meant: its text below `rules.wrong`, and what was written; never leaves the desk."""

    def __init__(self, key: str, text: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.text = text


@dataclass(frozen=True)
class Field:
    """One field: `type` as HTML has it, or `yes_no`; `language` where its words are in that one."""

    name: str
    label: str
    type: str
    value: str
    hint: str = ""
    language: str = ""


def can_change(target: Target) -> bool:
    """Whether a page can say what is otherwise: a rule is a tree, which a file holds."""
    whole = target.id in (EVERYWHERE, STATEWIDE) and target.kind in ("ride", "office", "offer")
    return target.kind in FITS and target.kind != "rule" and not whole


def fields(target: Target, visit: Visit) -> tuple[Field, ...]:
    """The fields of a change, with what was written, or what stands now."""
    if not can_change(target):
        return ()
    return tuple(_field(name, target, visit) for name in _names(target))


def said(target: Target, form: Form) -> dict[str, object]:
    """What was written, by the names of a change; Wrong names the first thing that cannot be meant."""
    given = {name: form.get(name) for name in _names(target) if form.get(name)}
    told = {name: _value(name, text) for name, text in given.items() if not name.startswith("figure_")}
    if figures := _figures(given):
        told["figures"] = figures
    _refuse_too_little(target, told, form)
    return told


def day_of(text: str, today: date) -> date:
    """The day that was written; today where none was."""
    return _day(text) if text else today


def _names(target: Target) -> Iterator[str]:
    for name in FITS[target.kind]:
        if name == "figures":
            yield from (f"figure_{size}" for size in range(1, _most_sizes(target) + 1))
        elif target.kind == "table" and name == "percent" and _most_sizes(target):
            continue
        else:
            yield name


def _most_sizes(target: Target) -> int:
    """How many sizes have a field: as many as the table has, none where it only has a percentage."""
    table = rules.tables().get(target.id)
    sizes = [len(value.by_size) for value in table.values] if table else []
    return max([_SIZES, *sizes]) if any(sizes) else 0


def _field(name: str, target: Target, visit: Visit) -> Field:
    value = visit.form.get(name) or ("" if visit.form.fields else _now(name, target))
    if name.startswith("figure_"):
        size = int(name.removeprefix("figure_"))
        label = visit.say("rules.value.figure.one") if size == 1 else visit.say("rules.value.figure", count=size)
        return Field(name, label, "number", value)
    key = "ride_phone" if target.kind == "ride" and name == "phone" else name
    hint = visit.say("rules.value.phone.hint") if name == "phone" else ""
    language = name[-2:] if name.endswith(("_en", "_es")) else ""
    return Field(name, visit.say(f"rules.value.{key}"), _type(name), value, hint, language)


def _type(name: str) -> str:
    if name in _DAYS:
        return "date"
    special = {"phone": "tel", "no_end": "checkbox", "offered": "yes_no", "days": "number", "nemt_days": "number"}
    return special.get(name, "number" if name in _NUMBERS else "text")


def _now(name: str, target: Target) -> str:
    """What stands now, where it helps to begin with it: names of an office, a notice."""
    if target.kind == "office" and name in ("name_en", "name_es"):
        cell = load.loaded().cells.get((target.id, target.part or ""))
        return (cell.name.en if name.endswith("en") else cell.name.es) if cell else ""
    if target.kind == "ride" and name in ("notice_en", "notice_es"):
        notice = load.plan(target.id).ride_notice
        return (notice.en if name.endswith("en") else notice.es) if notice else ""
    return ""


def _value(name: str, text: str) -> object:
    if name in _DAYS:
        return _day(text)
    if name in ("days", "nemt_days"):
        return _whole(text)
    if name in _NUMBERS:
        return _number(text)
    return True if name == "no_end" else " ".join(text.split())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Wrong("day", text[:40]) from None


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 60):
        raise Wrong("whole", text[:40])
    return int(text)


def _number(text: str) -> float:
    bare = text.replace("$", "").replace(",", "").strip()
    if not bare.isascii() or not bare.replace(".", "", 1).isdigit():
        raise Wrong("number", text[:40])
    return float(bare)


def _figures(given: dict[str, str]) -> str:
    """The figures as the command takes them: 1=2660,2=3608."""
    found = {int(name.removeprefix("figure_")): text for name, text in given.items() if name.startswith("figure_")}
    if found and sorted(found) != list(range(1, len(found) + 1)):
        raise Wrong("gap")
    return ",".join(f"{size}={_number(text):g}" for size, text in sorted(found.items()))


def _refuse_too_little(target: Target, told: dict[str, object], form: Form) -> None:
    if not set(told) - {"start", "until"}:
        raise Wrong("empty")
    if target.kind == "table" and "start" not in told:
        raise Wrong("start")
    for twin in _TWINS:
        if (f"{twin}_en" in told) is not (f"{twin}_es" in told):
            raise Wrong("twin")
    if target.kind == "office" and "name_en" not in told:
        raise Wrong("twin")
    if "no_end" in told and "valid_until" in told:
        raise Wrong("end")
