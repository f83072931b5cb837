"""What the chat page says of the clinic: its name, logo, color, phone, hours, notices, and how long things are kept.

All of it comes from the settings and is written as text; a part that the clinic has not said is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from directory import phones, privacy, store
from directory.model import Language
from directory.settings import Notice, Settings, palette
from directory.text.clinic import hours_told
from directory.text.ours import ours

__all__ = ["dressed", "file"]

_LANGUAGES = tuple(language.value for language in Language)
_BRAND = re.compile(r"<!--brand-->.*?<!--/brand-->", re.S)
_EMPTY = '<script type="application/json" id="clinic">{}</script>'
_TOP, _OWN_TOP = '<header class="top">', '<header class="top own">'
_LONGEST = 80
"""Letters of a name on the page; a longer one is cut there, and whole in every answer."""
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}

Texts = Mapping[str, Mapping[str, str]]


def dressed(page: str, texts: Texts) -> str:
    """The page as this clinic's own; `texts` are the page's, in both languages."""
    said = ours()
    clinic = Settings() if said.invented else said
    parts = {
        "<!--style-->": '<link rel="stylesheet" href="static/clinic.css">' if clinic.color else "",
        "<!--clinic-->": _clinic(clinic, texts),
        "<!--notices-->": "".join(_notices(clinic, texts)),
        _EMPTY: _EMPTY.replace("{}", _data(clinic, said.kiosk)),
    }
    for mark, made in parts.items():
        page = page.replace(mark, made, 1)
    if not clinic.clinic:
        return page
    return _BRAND.sub(lambda _: _brand(clinic), page.replace(_TOP, _OWN_TOP, 1), count=1)


def file(name: str) -> tuple[bytes, str] | None:
    """A file that is made of the settings, with its kind: the clinic's colors or its logo; None for any other."""
    said = ours()
    if name == "clinic.css" and said.color:
        return palette.style(said.color).encode(), "text/css; charset=utf-8"
    path = _logo(said) if name == "logo" else None
    try:
        return (path.read_bytes(), _PICTURES[path.suffix.lower()]) if path else None
    except OSError:
        return None


def _logo(clinic: Settings) -> Path | None:
    """The logo's file; one outside of Puente's home is none."""
    if not clinic.logo:
        return None
    home = store.home().resolve()
    path = (home / clinic.logo).resolve()
    inside = home in path.parents and path.suffix.lower() in _PICTURES
    return path if inside and path.is_file() else None


def _brand(clinic: Settings) -> str:
    name = _short(clinic.clinic or "")
    picture = "logo" if _logo(clinic) else "icon.svg"
    return f'<img src="static/{picture}" alt="" width="28" height="28"><span translate="no">{escape(name)}</span>'


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _clinic(clinic: Settings, texts: Texts) -> str:
    """The number to call, and when; nothing where there is none."""
    if not clinic.phone:
        return ""
    number = phones.parse(clinic.phone)
    dial = number[0].number if number else re.sub(r"\D", "", clinic.phone)
    call = f'<a href="tel:{escape(dial)}">{escape(clinic.phone)}</a>'
    return '<p class="clinic">' + "".join(_staff(clinic, language, call, texts) for language in _LANGUAGES) + "</p>"


def _staff(clinic: Settings, language: str, call: str, texts: Texts) -> str:
    told = hours_told(clinic, Language(language))
    hours = f' <span class="when">{escape(told)}</span>' if told else ""
    return _in(language, "span", f"{escape(texts[language]['staff'])} {call}{hours}")


def _notices(clinic: Settings, texts: Texts) -> Iterator[str]:
    """How long things are kept, then the clinic's notices, each in both languages."""
    days = privacy.days("conversations", clinic.retention)
    for language in _LANGUAGES:
        yield _in(language, "p", escape(texts[language]["kept"].replace("{days}", str(days))))
    for notice in (clinic.language_help, clinic.nondiscrimination):
        if notice:
            yield from (_notice(notice, language, texts) for language in _LANGUAGES)


def _notice(notice: Notice, language: str, texts: Texts) -> str:
    words = escape(notice.get(language)).replace("\n", "<br>")
    if notice.url:
        words += f' <a href="{escape(notice.url)}" rel="noreferrer">{escape(texts[language]["whole"])}</a>'
    return _in(language, "p", words)


def _in(language: str, tag: str, html: str) -> str:
    return f'<{tag} lang="{language}" data-lang>{html}</{tag}>'


def _data(clinic: Settings, kiosk: bool) -> str:
    """What the script says of the clinic when nobody else can, its name and number; whether many share the screen."""
    told = {"name": _short(clinic.clinic) if clinic.clinic else None, "phone": clinic.phone, "kiosk": kiosk}
    # A "<" would end the block that the data stand in.
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False).replace("<", "\\u003c")
