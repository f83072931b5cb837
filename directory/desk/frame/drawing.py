"""Draws a page from its template; a name that a template uses and nobody gave breaks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from directory import hours
from directory.model import Language
from directory.text.clock import clock
from directory.text.day import day_text

__all__ = ["draw", "hidden", "moment"]

_TEMPLATES = Path(__file__).parents[1] / "templates"


def draw(template: str, values: Mapping[str, object]) -> str:
    """The page as HTML, with every name that the template uses."""
    return _templates().get_template(template).render(**values)


def hidden(name: str, value: str) -> Markup:
    """A field of a form that nobody sees."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(name, value)


def moment(value: datetime, lang: Language) -> str:
    """A day and an hour in California, as people read them."""
    here = value.astimezone(hours.PACIFIC)
    return f"{day_text(here, lang)}, {clock(here.time(), lang)}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
