"""Whether somebody wants no call: "ya no me llamen" ends a call that was asked for; of texts it says nothing."""

from __future__ import annotations

import re

from directory.folding import unaccented

__all__ = ["ended", "no_calls"]

_MOST_WORDS = 12
_NO_CALLS = re.compile(
    r"\b(?:dont|do not|dnt|not to|never|no need to) (?:\w+ ){0,2}?call(?:ing)? (?:me|us|this number)\b"
    r"|^(?:please |nevermind |no )?(?:dont|do not) call$"
    r"|\bno (?:more )?calls?\b|\b(?:stop|quit) calling(?: me| us|$)|^not? call(?:ing)? me\b"
    r"|\bno (?:me|nos) (?:vayan? a |vuelvan? a )?(?:llame[ns]?|llamar|marquen?|marcar)\b"
    r"|\b(?:no|ya no) (?:quiero|ocupo|necesito) (?:mas )?llamadas\b"
)
_ENDED = re.compile(
    r"\b(?:cancel|cancell?ed|cansel|forget|skip|undo|take back|never ?mind|stop) "
    r"(?:about )?(?:my |the |that |this )?(?:phone )?call\b"
    r"|\b(?:dont|do not|no longer) (?:want|need) (?:the|a|that|any|my|no) (?:phone )?call\b"
    r"|\b(?:cancel\w*|quit\w*|olvid\w*|ya no hagan|borr\w+) (?:ya )?(?:la|mi|esa) llamada\b"
    r"|\b(?:no|ya no) (?:quiero|ocupo|necesito) (?:la |esa |una )?llamada\b|\bsin llamada\b"
)
_OF_TEXTS = re.compile(
    r"\b(?:te?xt\w*|txt\w*|messag\w*|msg\w*|writ\w+|contact\w*|bother\w*|mensaj\w*|msj\w*|escrib\w+|mand\w+|molest\w+|envi\w+)\b"
)
_CHANGED = re.compile(r"\b(?:never ?mind|changed my mind|cambie de (?:opinion|idea)|mejor|siempre)\b")


def ended(text: str) -> bool:
    """Whether a few words want no call, or the one they asked for no more; those that speak of texts too do not."""
    said = _flat(text)
    if said.count(" ") >= _MOST_WORDS or _OF_TEXTS.search(said):
        return False
    return bool(_ENDED.search(said) or _NO_CALLS.search(said))


def no_calls(text: str) -> bool:
    """Whether they want none at all, ever, and do not only change their mind."""
    said = _flat(text)
    return ended(text) and bool(_NO_CALLS.search(said)) and not (_ENDED.search(said) or _CHANGED.search(said))


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", unaccented(re.sub(r"['’`´]", "", text.casefold()))))
