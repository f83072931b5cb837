"""What somebody says is now otherwise with a value, by the names of its parts, as the change of a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from directory.eligibility.strict import plain
from directory.errors import RulesError
from directory.overlay.fields import as_phone
from directory.overlay.shapes import EVERYWHERE, Target

__all__ = ["FITS", "change_of"]

FITS = {
    "table": ("figures", "each_extra", "percent", "start", "until"),
    "rule": ("when", "start", "until"),
    "program": ("valid_until", "no_end", "how_long_en", "how_long_es"),
    "line": ("phone",),
    "phone": ("phone",),
    "ride": ("phone", "days", "nemt_days", "notice_en", "notice_es"),
    "office": ("name_en", "name_es", "phone"),
    "offer": ("offered", "start", "until"),
}
"""What can be said of each kind."""


def change_of(target: Target, said: Mapping[str, object]) -> dict[str, object]:
    """The change of a note; RulesError where what was said is not of this kind, or too little."""
    given = {key: value for key, value in said.items() if value is not None}
    fits = FITS.get(target.kind)
    if fits is None:
        raise RulesError(f"'{target}' can be checked, not changed here. Changed can be: {', '.join(FITS)}.")
    if odd := [key for key in given if key not in fits]:
        raise RulesError(f"{_option(odd[0])} says nothing of '{target}'. Of it: {', '.join(map(_option, fits))}.")
    if not given:
        raise RulesError(f"Say what is otherwise with '{target}': {', '.join(map(_option, fits))}.")
    if "phone" in given:  # what is refused is refused as it was written
        given["phone"] = as_phone(str(given["phone"])) or given["phone"]
    return _MAKE[target.kind](target, given)


def _option(key: str) -> str:
    return "--from" if key == "start" else f"--{key.replace('_', '-')}"


def _needed(target: Target, given: Mapping[str, object], *keys: str) -> None:
    if lacking := [_option(key) for key in keys if key not in given]:
        raise RulesError(f"'{target}' also needs {' and '.join(lacking)}.")


def _twin(target: Target, given: Mapping[str, object], name: str) -> dict[str, object]:
    _needed(target, given, f"{name}_en", f"{name}_es")
    return {"en": given[f"{name}_en"], "es": given[f"{name}_es"]}


def _table(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    _needed(target, given, "start", *(() if "percent" in given else ("figures",)))
    made: dict[str, object] = {"table": target.id, "from": given["start"], "until": given.get("until")}
    if "figures" in given:
        made["by_size"] = _figures(str(given["figures"]))
    made |= {key: _short(given[key]) for key in ("each_extra", "percent") if key in given}
    return made


def _figures(text: str) -> dict[int, object]:
    try:
        pairs = [part.split("=") for part in text.replace(" ", "").replace("$", "").split(",")]
        return {int(size): _short(float(figure)) for size, figure in pairs}
    except ValueError:
        raise RulesError(f"'{text[:60]}' are no figures. Write people=dollars: --figures 1=2660,2=3608.") from None


def _short(number: object) -> object:
    return int(number) if isinstance(number, float) and number.is_integer() else number


def _rule(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    _needed(target, given, "when", "start")
    if target.part:
        raise RulesError(f"Only rule:{target.id} can be changed here, not its part '{target.part}'.")
    tree = plain(Path(str(given["when"])))
    inner = tree["when"] if isinstance(tree, dict) and set(tree) == {"when"} else tree
    return {"rule": target.id, "from": given["start"], "until": given.get("until"), "when": inner}


def _program(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    made: dict[str, object] = {"program": target.id}
    if "valid_until" in given or "no_end" in given:
        made["valid_until"] = _end(given)
    if "how_long_en" in given or "how_long_es" in given:
        made["how_long"] = _twin(target, given, "how_long")
    return made


def _end(given: Mapping[str, object]) -> date | None:
    if "valid_until" in given and "no_end" in given:
        raise RulesError("--valid-until names an end, --no-end says that none is known. Give one of them.")
    end = given.get("valid_until")
    return end if isinstance(end, date) else None


def _plan(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    if target.id == EVERYWHERE:
        raise RulesError("Only a plan's own rides can be changed here: ride:PLAN.")
    made: dict[str, object] = {"plan": target.id}
    names = {"phone": "phone" if target.kind == "phone" else "ride_line", "days": "ride_days", "nemt_days": "nemt_days"}
    made |= {names[key]: given[key] for key in names if key in given}
    if "notice_en" in given or "notice_es" in given:
        made["ride_notice"] = _twin(target, given, "notice")
    return made


def _office(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    return {
        "office": target.id,
        "kind": target.part,
        "name": _twin(target, given, "name"),
        "phone": given.get("phone"),
    }


def _offer(target: Target, given: Mapping[str, object]) -> dict[str, object]:
    _needed(target, given, "offered")
    made: dict[str, object] = {"offer": target.part, "plan": target.id, "county": target.place or EVERYWHERE}
    made["offered"] = given["offered"] == "yes"
    return made | {key: given[name] for key, name in (("from", "start"), ("until", "until")) if name in given}


_MAKE: Mapping[str, Callable[[Target, Mapping[str, object]], dict[str, object]]] = {
    "table": _table,
    "rule": _rule,
    "program": _program,
    "line": lambda target, given: {"program": target.id, "line": given["phone"]},
    "phone": _plan,
    "ride": _plan,
    "office": _office,
    "offer": _offer,
}
