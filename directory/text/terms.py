"""On what terms a place helps, in words: a notice, the cost, an ID, how to begin, room; only what is known."""

from __future__ import annotations

import re

from directory.eligibility import rules
from directory.inbox.doubts import doubted
from directory.model import Capacity, Language, Listing, Tri
from directory.search.narrowing import FREE
from directory.text.catalogue import say
from directory.text.day import day_text
from directory.text.english import quoted
from directory.text.own import clipped, cost, stated

__all__ = [
    "NOTICE_LETTERS",
    "SMS_LETTERS",
    "doubt",
    "how_to_apply",
    "id_asked",
    "notice",
    "price",
    "room",
    "said",
    "ways",
]

NOTICE_LETTERS, SMS_LETTERS = 160, 80
"""Of a notice, at most so many letters stand in a list."""
_WAYS = ("walk_in", "by_phone", "by_appointment")
_WAYS_SAID = {"walk": "walk_in", "call": "by_phone", "phone": "by_phone", "appointment": "by_appointment"}
_BESIDE_WAYS = frozenset({"in", "or", "and", "first", "by", "an", "for", "to", "make", "apply", "us", *_WAYS_SAID})


def notice(listing: Listing, language: Language, clip: int = NOTICE_LETTERS) -> str:
    """What stands before all else: what two people told us, the short notice and its last day; else empty."""
    return " ".join(part for part in (doubt(listing, language), _alert(listing, language, clip)) if part)


def doubt(listing: Listing, language: Language) -> str:
    """That two people told us it may be wrong, until staff decide."""
    if listing.id not in doubted():
        return ""
    return say("notice.doubted" if listing.phones else "notice.doubted.no_phone", language)


def _alert(listing: Listing, language: Language, clip: int) -> str:
    if not listing.alert:
        return ""
    text = quoted(listing.alert, language, clip).rstrip(".")
    if listing.alert_until is None:
        return say("notice", language, text=text)
    return say("notice.until", language, text=text, day=day_text(listing.alert_until, language))


def price(listing: Listing, language: Language) -> str:
    """What it costs: in the place's words, else whether it costs anything; empty when nobody knows."""
    own = cost(listing)
    if own and rules.key_of(own) in FREE:
        return say("terms.fee.no", language)
    return own or ("" if listing.fee is Tri.UNKNOWN else say(f"terms.fee.{listing.fee.value}", language))


def id_asked(listing: Listing, language: Language) -> str:
    """Whether a paper with a name is asked; empty when nobody knows."""
    return "" if listing.id_asked is Tri.UNKNOWN else say(f"terms.id.{listing.id_asked.value}", language)


def ways(listing: Listing, language: Language) -> str:
    """Whether one walks in, calls or makes an appointment, what is possible first; empty when nobody knows."""
    known = {way: getattr(listing, way) for way in _WAYS}
    told = [(way, state) for state in (Tri.YES, Tri.NO) for way in _WAYS if known[way] is state]
    return ", ".join(say(f"terms.{way}.{state.value}", language) for way, state in told)


def how_to_apply(listing: Listing) -> str | None:
    """The place's own words on it, unless they only say what `ways` says: "Walk in or call"."""
    own = stated(listing.how_to_apply)
    words = set(re.findall(r"[^\W\d_]+", (own or "").casefold()))
    known = all(getattr(listing, way) is Tri.YES for word, way in _WAYS_SAID.items() if word in words)
    return None if known and words <= _BESIDE_WAYS and words & _WAYS_SAID.keys() else own


def room(listing: Listing, language: Language) -> str:
    """Whether there was room when somebody last asked, how long the list is, who said so and when."""
    length = listing.wait_list if listing.capacity is Capacity.WAIT_LIST else None
    who = said(listing, language)
    by = f" ({who})" if who else ""
    if length:
        return say("details.capacity.wait_list.long", language, length=clipped(length, 60), day=by)
    return say(f"details.capacity.{listing.capacity.value}", language, day=by)


def said(listing: Listing, language: Language) -> str:
    """Who said how much room there is, and on which day, as far as that is known."""
    day = day_text(listing.capacity_on, language) if listing.capacity_on else ""
    return ", ".join(part for part in (listing.capacity_by or "", day) if part)
