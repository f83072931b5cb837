"""Pages that the door draws itself, for browsers without JavaScript; numbers in their texts can be pressed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot import pages
from directory.model import Language
from directory.text.catalogue import say
from directory.text.ours import ours

__all__ = ["HEADERS", "dialed", "draw", "spoken"]

HEADERS = {**pages.HEADERS, "Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}
_NUMBER = re.compile(r"(?<![\d-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])|(?<![\d-])(?:911|988|211)(?![\d-])")
_SHORT = 3


def draw(template: str, language: Language, **values: object) -> str:
    """The page in that language."""
    other = Language.EN if language is Language.ES else Language.ES
    frame = {
        "lang": language.value,
        "other": other.value,
        "clinic": None if ours().invented else ours(),
        "t": lambda key, **more: say(f"plain.{key}", language, **more),
        "other_t": lambda key: say(f"plain.{key}", other),
        "dialed": dialed,
        "quoted": quote,
    }
    return _templates().get_template(template).render(**{**frame, **values})


def dialed(text: str) -> Markup:
    """The text, safe to show, with each phone number as a link that calls it."""
    parts, end = [], 0
    for found in _NUMBER.finditer(text):
        parts += [escape(text[end : found.start()]), _called(found.group())]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _called(number: str) -> Markup:
    digits = number.replace("-", "")
    whole = digits if len(digits) == _SHORT else f"+1{digits[-10:]}"
    return Markup('<a href="tel:{}">{}</a>').format(whole, number)


def spoken(wanted: str | None, preferred: str) -> Language:
    """The language that was asked for, else the browser's."""
    if wanted in (language.value for language in Language):
        return Language(wanted)
    return Language.ES if preferred.strip().lower().startswith("es") else Language.EN


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
