"""Draws a page from its template, with what stands on every page: the words, the house, who is there, the ways on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from directory import hours
from directory.desk import house, ways
from directory.model import Language
from directory.text.catalogue import say
from directory.text.clock import clock
from directory.text.day import day_text

if TYPE_CHECKING:
    from directory.desk.frame.visit import Visit

__all__ = ["draw"]

_TEMPLATES = Path(__file__).parents[1] / "templates"


def draw(template: str, visit: Visit, values: Mapping[str, object]) -> str:
    """The page as HTML."""
    return _templates().get_template(template).render(**{**_frame(visit), **values})


def _frame(visit: Visit) -> dict[str, object]:
    lang = visit.lang
    other = Language.EN if lang is Language.ES else Language.ES
    return {
        "visit": visit,
        "lang": lang,
        "other": other,
        "switch": _switched(visit, other),
        "house": house.house(lang),
        "ways": ways.of(visit.signed.account.role, visit.request.url.path) if visit.signed else (),
        "demo": False,
        "t": visit.say,
        "other_t": lambda key, **more: say(f"desk.{key}", other, **more),
        "link": visit.link,
        "csrf": lambda: _csrf(visit),
        "day": lambda value: day_text(value, lang),
        "when": lambda value: _when(value, lang),
    }


def _switched(visit: Visit, other: Language) -> str:
    """The same page in the other language."""
    kept = [(name, value) for name, value in visit.request.query_params.multi_items() if name not in ("lang", "said")]
    return f"{visit.request.url.path}?{urlencode([*kept, ('lang', other.value)])}"


def _csrf(visit: Visit) -> Markup:
    token = visit.signed.csrf if visit.signed else ""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(token)


def _when(value: datetime, lang: Language) -> str:
    here = value.astimezone(hours.PACIFIC)
    return f"{_day(here, lang)}, {clock(here.time(), lang)}"


def _day(value: date, lang: Language) -> str:
    return day_text(value, lang)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
