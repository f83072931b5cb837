"""The page on which somebody writes as a patient would; what was said before travels in the form and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from directory import trials
from directory.called import as_called
from directory.desk.ask.reasons import Reason, reasons
from directory.desk.frame import Visit
from directory.errors import AssistantError
from directory.model import Language
from directory.trials import asking
from directory.trials.asking import Said

__all__ = ["CHANNELS", "asked", "start"]

CHANNELS = ("web", "sms")
_MOST_TURNS = 12
_MOST_LETTERS = 2000
_MOST_KEPT = 3900
"""A field of a form holds no more; what was said first goes first."""


@dataclass(frozen=True)
class Answer:
    """One message of an answer, with why it was said beside it."""

    said: Said
    why: tuple[Reason, ...]


def start(visit: Visit) -> Response:
    """An empty talk."""
    return _page(visit, trials.begun(), _channel(visit.query.get("channel", "")), visit.lang, [])


def asked(visit: Visit) -> Response:
    """The answer to one message, below what was said before."""
    form = visit.form
    channel, language = _channel(form.get("channel")), _language(form.get("language"), visit.lang)
    session, earlier = form.get("session"), _earlier(form.get("earlier"))
    if not trials.is_trial(session) or form.get("began") != f"{channel} {language.value}":
        session, earlier = trials.begun(), []
    message = " ".join(form.get("message").split())[: asking.MOST]
    if form.get("anew") or not message:
        return _page(visit, trials.begun(), channel, language, [], empty=not form.get("anew"))
    try:
        said = asking.ask(session, message, language=language, by_text=channel == "sms")
    except AssistantError as why:
        return _page(visit, session, channel, language, earlier, away=as_called(str(why)), message=message, code=502)
    visit.audit("ask.tried", of=channel)
    answers = [Answer(one, reasons(one, visit)) for one in said]
    return _page(visit, session, channel, language, earlier, message="", now=(message, answers))


def _page(
    visit: Visit,
    session: str,
    channel: str,
    language: Language,
    earlier: Sequence[Mapping[str, Any]],
    *,
    now: tuple[str, list[Answer]] | None = None,
    away: str = "",
    empty: bool = False,
    message: str = "",
    code: int = 200,
) -> Response:
    turns = [*earlier]
    if now:
        turns.append({"asked": now[0], "said": [answer.said.text[:_MOST_LETTERS] for answer in now[1]]})
    return visit.page(
        "ask/talk.html",
        code,
        session=session,
        channel=channel,
        channels=CHANNELS,
        language=language,
        languages=tuple(Language),
        earlier=list(earlier),
        kept=_kept(turns),
        now=now,
        away=away,
        empty=empty,
        message=message,
        total=sum(answer.said.segments or 0 for answer in now[1]) if now else 0,
    )


def _kept(turns: Sequence[Mapping[str, Any]]) -> str:
    """What was said, as the form carries it to the next page; the oldest is left out where there is too much."""
    left = list(turns)[-_MOST_TURNS:]
    while left and len(json.dumps(left, ensure_ascii=False)) > _MOST_KEPT:
        left.pop(0)
    return json.dumps(left, ensure_ascii=False)


def _earlier(text: str) -> list[dict[str, Any]]:
    """What the form carries of before; anything else than we put there is nothing."""
    try:
        found = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return [turn for turn in found if _is_turn(turn)][-_MOST_TURNS:] if isinstance(found, list) else []


def _is_turn(turn: object) -> bool:
    if not isinstance(turn, dict) or set(turn) != {"asked", "said"} or not isinstance(turn["said"], list):
        return False
    return all(isinstance(text, str) for text in (turn["asked"], *turn["said"]))


def _channel(text: str) -> str:
    return text if text in CHANNELS else "web"


def _language(text: str, otherwise: Language) -> Language:
    return Language(text) if text in (language.value for language in Language) else otherwise
