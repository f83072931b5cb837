"""A code that somebody was given ("RIVER") opens its list again, as it is today; nothing of a person is in it."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions import asking, lists, looking, picked, placing
from actions.context import WORRY, Turn
from actions.heard import fold
from actions.slots import Asked, Filters, Known, Want
from actions.words import phrases
from directory import logs
from directory.errors import InboxError
from directory.inbox import code_words
from directory.model import Need
from directory.reply import Kind, Reply
from directory.search import Query

if TYPE_CHECKING:
    from directory.inbox.lists import SavedList

__all__ = ["OPEN_NOW", "SPEAKS", "answered"]

logger = logging.getLogger(__name__)

OPEN_NOW, SPEAKS = "open_now", "speaks:"
"""How the filters that are no term are written in `SavedList.only`."""
_MOST_WORDS = 10


def answered(turn: Turn) -> Known | None:
    """What is known after the list of a code; None for a message that is none. Danger goes before it."""
    if turn.heard.crisis not in (None, WORRY):
        return None
    code = _code(turn.heard.text)
    told = _told_as_one(turn.heard.text) if code is None else None
    if told:
        return _to_check(turn, told)
    if code is None or (turn.heard.places and turn.known.asked.about in asking.BEFORE_A_LIST):
        return None
    saved, ended = _kept(turn, code)
    if saved is not None:
        return _opened(turn, code, saved)
    if not ended and _NAMED.search(fold(turn.heard.text)):
        return _to_check(turn, code)
    if not ended:
        return None
    return asking.ask(turn, turn.known, Asked(asking.ABOUT_NEED, asking.menu()), text=turn.say("codes.ended"))


_NAMED = re.compile(r" (?:word|code|codigo|clave|palabra)(?: (?:is|was|es|era|de))? (?P<word>[a-z]{4,8}) ")


def _told_as_one(text: str) -> str | None:
    """The word that a message says is a code, and that is none: "me dieron la palabra boxr"."""
    found = _NAMED.search(fold(text))
    if (
        found is None
        or code_words.is_word(found["word"])
        or found["word"] in phrases("around_a_code")
        or found["word"] in phrases("no_code")
    ):
        return None
    rest = set(fold(text).split()) - {found["word"]}
    return found["word"].upper() if rest <= set(phrases("around_a_code")) else None


def _to_check(turn: Turn, word: str) -> Known:
    """That no list stands under that word, and who can tell the right one."""
    turn.utter(turn.say("codes.check", code=word), Reply(kind=Kind.QUESTION))
    return turn.known


def _kept(turn: Turn, code: str) -> tuple[SavedList | None, bool]:
    """The list of a code, and whether it opened one that has ended; neither where the inbox cannot be read."""
    from directory.inbox import given_codes  # SQLAlchemy: only for who sends such a word
    from directory.inbox import lists as saved_lists

    try:
        saved = saved_lists.find(code, turn.now)
        return saved, saved is None and given_codes.ended(code, turn.now)
    except InboxError as error:
        logs.event(logger, "codes.unreadable", level=logging.ERROR, error=error)
        return None, False


def _code(text: str) -> str | None:
    """The code that a message is, alone or with the words around one: "text RIVER please", "código RIVER"."""
    said = fold(text).split()
    codes = [word for word in said if code_words.is_word(word)]
    rest = [word for word in said if word not in codes]
    if len(codes) != 1 or len(said) > _MOST_WORDS or any(word not in phrases("around_a_code") for word in rest):
        return None
    return codes[0].upper()


def _opened(turn: Turn, code: str, saved: SavedList) -> Known:
    """The places that were picked, else the list by what it looks for; places that ended are left out and told."""
    want = Want(saved.need, saved.program)
    language = saved.language if _fresh(turn) and fold(turn.heard.text).split() == [code.lower()] else None
    known = turn.known.having(
        language=language or turn.known.language, need=want.need, program=want.program, place=saved.place,
        county=saved.county, plan=saved.plan, asked=Asked(), barriers=(), about=None,
    )  # fmt: skip
    turn = replace(turn, known=known)
    before = " ".join(filter(None, (turn.say("codes.head", code=code), _gone(turn, saved))))
    if saved.picked and (shown := picked.opened(turn, known, saved, before)):
        return shown
    known, place = placing.settled(turn, known, (want,))
    if place is None:
        return known
    return looking.look(turn, known, place, filters=_filters(saved), before=before)


def _fresh(turn: Turn) -> bool:
    """Whether nothing was said in this talk yet, so that the language is that of the list."""
    known = turn.known
    return known.asked == Asked() and not (known.need or known.place or known.shown.ids)


def _filters(saved: SavedList) -> Filters:
    speaks = next((one.removeprefix(SPEAKS) for one in saved.only if one.startswith(SPEAKS)), None)
    only = tuple(one for one in saved.only if one != OPEN_NOW and not one.startswith(SPEAKS))
    return Filters(open_now=OPEN_NOW in saved.only, speaks=speaks, only=only)


def _gone(turn: Turn, saved: SavedList) -> str | None:
    """How many places of then are on no list any more."""
    query = Query(need=Need(saved.need) if saved.need else None, program=saved.program)
    count = sum(lists.found(id, now=turn.now, query=query) is None for id in saved.ids)
    if not count:
        return None
    return turn.say("codes.gone_one") if count == 1 else turn.say("codes.gone", count=count)
