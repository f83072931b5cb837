"""One request at the desk: who is there, in which language, what was asked and sent, and the ways to answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from directory import hours
from directory.accounts import Account, Role, audit
from directory.accounts.sessions import SignedIn
from directory.desk import house, ways
from directory.desk.frame import drawing
from directory.desk.frame.forms import Form
from directory.model import Language
from directory.text.catalogue import keys, say
from directory.text.day import day_text

__all__ = ["Desk", "Visit", "language_of"]


@dataclass(frozen=True)
class Desk:
    """The published directory that the desk reads at each request, and its clock."""

    path: Callable[[], Path]
    now: Callable[[], datetime]


@dataclass(frozen=True)
class Visit:
    """A request of somebody: `signed` is None only on pages for everybody."""

    request: Request
    desk: Desk
    lang: Language
    now: datetime
    signed: SignedIn | None = None
    form: Form = field(default_factory=Form)

    @property
    def who(self) -> Account:
        """Who is signed in; RuntimeError on a page for everybody, which must not ask."""
        if self.signed is None:
            raise RuntimeError("nobody is signed in on this page")
        return self.signed.account

    @property
    def staff(self) -> bool:
        """Whether who is signed in may do what staff may: what a CHW may not is not offered either."""
        return self.who.role.at_least(Role.STAFF)

    @property
    def session(self) -> str:
        """An opaque id of this sign-in."""
        if self.signed is None:
            raise RuntimeError("nobody is signed in on this page")
        return self.signed.session

    @property
    def today(self) -> date:
        """The day in California."""
        return self.now.astimezone(hours.PACIFIC).date()

    @property
    def query(self) -> Mapping[str, str]:
        """What stands behind the question mark."""
        return self.request.query_params

    @property
    def params(self) -> Mapping[str, object]:
        """The named parts of the path."""
        return self.request.path_params

    def say(self, key: str, /, **values: object) -> str:
        """The text `desk.<key>` in the language of the visit."""
        return say(f"desk.{key}", self.lang, **values)

    def link(self, path: str, /, **query: object) -> str:
        """The address of a page of ours; values that are None or empty are left away."""
        return _link(path, query)

    def page(self, template: str, code: int = 200, /, **values: object) -> Response:
        """A page drawn from that template; `code` goes by its place, so that `**values` may be any."""
        return HTMLResponse(drawing.draw(template, {**_around(self), **values}), code)

    def go(self, path: str, /, said: str = "", **query: object) -> Response:
        """Leads on to a page of ours after a change; `said` names a text (without `desk.`) that is shown there once."""
        return RedirectResponse(_link(path, {"said": said, **query}), 303)

    def audit(self, what: str, of: object = "") -> None:
        """Notes that this person did or read that: a verb with dots, and an id; never words."""
        audit.note(self.signed.account if self.signed else None, what, str(of), self.now)

    def said(self) -> str:
        """What the page before asks to be said here; nothing for a text that does not exist or needs values."""
        key = f"desk.{self.query.get('said', '')}"
        plain = key in keys(self.lang) and ".said." in key
        return say(key, self.lang) if plain else ""


def language_of(request: Request) -> Language:
    """The language that was chosen now, or before, or that the browser prefers."""
    known = {language.value: language for language in Language}
    for chosen in (request.query_params.get("lang"), request.cookies.get("lang")):
        if chosen in known:
            return known[chosen]
    preferred = request.headers.get("accept-language", "").strip().lower()
    return Language.ES if preferred.startswith("es") else Language.EN


def _around(visit: Visit) -> dict[str, object]:
    """What every template may use: the words, the house, who is there, the ways on."""
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
        "csrf": lambda: drawing.hidden("csrf", visit.signed.csrf if visit.signed else ""),
        "day": lambda value: day_text(value, lang),
        "when": lambda value: drawing.moment(value, lang),
    }


def _switched(visit: Visit, other: Language) -> str:
    """The same page in the other language."""
    kept = [(name, value) for name, value in visit.request.query_params.multi_items() if name not in ("lang", "said")]
    return f"{visit.request.url.path}?{urlencode([*kept, ('lang', other.value)])}"


def _link(path: str, query: Mapping[str, object]) -> str:
    kept = {name: str(value) for name, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(kept)}" if kept else path
