"""A place in a list: one line of words, and the fields a reply carries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from directory.eligibility import rules
from directory.model import Language, Listing, Tri
from directory.reply import ShownListing
from directory.search import Freshness, Hit, Query
from directory.search.narrowing import Narrowing, open_then
from directory.text import terms
from directory.text.asked import answers
from directory.text.catalogue import by_text, is_by_text, say
from directory.text.english import quoted
from directory.text.facts import address_text, dated, distance, phone_shown, title, where
from directory.text.names import capital, language_name, program_name
from directory.text.narrowed import hours_then, terms_told
from directory.text.own import display_name, stated
from directory.text.week import hours_in_words, known_week

__all__ = ["Channel", "line", "open_told", "services_told", "shown", "trust"]


Channel = Literal["sms", "web", "print"]


def line(
    hit: Hit,
    language: Language,
    *,
    channel: Channel = "web",
    query: Query | None = None,
    narrowing: Narrowing | None = None,
    brief: bool = False,
) -> str:
    """A place as it stands in a list, with the programs of all its services.

    For `query` only the programs of the need asked for are named, and none when one program was asked for. Of a list
    narrowed to some time it says the hours then instead of whether it is open now. A text message leaves out the
    address, a `brief` one also the programs and what the heading says: all stand among the details.
    """
    with by_text(channel == "sms" or is_by_text()):
        return _line(hit, language, channel, query, narrowing, brief)


def _line(
    hit: Hit, language: Language, channel: Channel, query: Query | None, narrowing: Narrowing | None, brief: bool
) -> str:
    name = title(hit.listing, language)
    told = services_told(hit)
    letters = terms.SMS_LETTERS if channel == "sms" else terms.NOTICE_LETTERS
    notices = dict.fromkeys(terms.notice(each.listing, language, letters) for each in told)
    programs = "" if brief else _line_programs(told, query, language)
    said_after = [text for text in notices if text] if channel == "sms" else []
    what = " ".join(part for part in (*(() if said_after else notices), programs) if part)
    facts = [phone_shown(hit.listing) or say("phone.none", language)]
    near = distance(hit, language, short=channel == "sms")
    is_open = open_told(hit, language, channel, query, narrowing)
    street = where(hit.listing, language) if channel != "sms" or hit.listing.confidential else ""
    doubts = channel == "sms" and any(terms.doubt(each.listing, language) for each in told)
    called = say("open.unknown.short", language) if doubts else None  # the doubt says to call first, once
    facts += [fact for fact in (near, is_open, street) if fact and fact != called]
    facts += _asked_facts(hit, query, language, brief=brief) if query else []
    facts += terms_told(hit, narrowing, language) if narrowing and not brief else []
    said = hit.listing.confidential or is_open in [say(f"open.unknown{key}", language) for key in ("", ".told")]
    day = dated(min(told, key=trust), language, short=channel == "sms" or said)  # to call first, once
    if channel == "sms":
        return " ".join((f"{name}{f' - {what}' if what else ''}: {', '.join((*facts, day))}.", *said_after))
    head = f"{name}: {what}" if what else name
    return "\n".join([head, " · ".join(facts), f"{capital(day)}."])


def open_told(
    hit: Hit,
    language: Language,
    channel: Channel = "web",
    query: Query | None = None,
    narrowing: Narrowing | None = None,
) -> str:
    """Whether it is open, or its hours at the time that a list was narrowed to; empty where its date says enough."""
    told = services_told(hit)
    if narrowing is None or narrowing.window is None:
        return _open_fact(told, query, language, channel)
    names = ", ".join(_program_names([one for one in told if open_then(one, narrowing) is Tri.YES], query, language))
    return hours_then(hit, narrowing, names, language) or _unknown_then(hit, language, channel)


def services_told(hit: Hit) -> tuple[Hit, ...]:
    """The services that a line speaks for: one line has one date, so a stale service waits for the details."""
    return tuple(
        each for each in hit.services if each.freshness is not Freshness.STALE or each.freshness is hit.freshness
    )


def trust(hit: Hit) -> tuple[bool, date]:
    """The less of it, the less a line may claim: only listed before checked, no day before any, the oldest first."""
    return hit.listing.assured_on is not None, hit.listing.assured_on or hit.listing.provenance.as_of or date.min


def _line_programs(services: Sequence[Hit], query: Query | None, language: Language) -> str:
    """The programs that tell this place from the next one, each once: none when one program was asked for."""
    if query and query.program and services and query.program in services[0].listing.programs:
        return ""
    return ", ".join(_program_names(services, query, language))


def _program_names(services: Sequence[Hit], query: Query | None, language: Language) -> list[str]:
    ids = dict.fromkeys(id for each in services for id in _fitting_programs(each.listing, query)[:2])
    return [program_name(id, language) for id in ids]


def _fitting_programs(listing: Listing, query: Query | None) -> list[str]:
    known = rules.programs()
    asked = known.get(query.program) if query and query.program else None
    need = asked.need if asked else query.need if query else None
    return [id for id in listing.programs if id in known and need in (None, known[id].need)]


_ANY_HOUR = "211"
"""The number that is answered at any hour, whatever the hours of the office behind it."""


def _open_fact(services: Sequence[Hit], query: Query | None, language: Language, channel: Channel) -> str:
    if phone_shown(services[0].listing) == _ANY_HOUR:
        return say("open.yes", language)
    now_open = [each for each in services if each.open is Tri.YES]
    closed = [each for each in services if each.open is Tri.NO]
    if len(now_open) == len(services):
        return say("open.yes", language)
    if len(closed) == len(services):
        return say("open.no", language)
    if which := ", ".join(_program_names(now_open, query, language)):
        return say("open.yes.some", language, what=which)
    return _unknown_then(services[0], language, channel, services)


def _own_hours(services: Sequence[Hit], language: Language, channel: Channel) -> str:
    """The list's own words on hours that no week could be read in, where they fit and are those of every service."""
    texts = {stated(each.listing.hours_text) or "" for each in services}
    text = " ".join(texts.pop().split()) if len(texts) == 1 else ""
    fits = _HAS_HOUR.search(text) and len(text) <= (_SMS_HOURS if channel == "sms" else _OWN_HOURS)
    if not fits or any(known_week(each.listing) for each in services):
        return ""
    return say("open.unknown.said", language, text=quoted(text, language, _OWN_HOURS))


_OWN_HOURS, _SMS_HOURS = 60, 24
"""Letters of a place's own words on hours in a line."""
_HAS_HOUR = re.compile(r"\d")


def _unknown_then(hit: Hit, language: Language, channel: Channel, services: Sequence[Hit] = ()) -> str:
    if hit.freshness is Freshness.STALE:
        return ""  # its date already says to call first
    if own := _own_hours(services or services_told(hit), language, channel):
        return own
    if hit.listing.confidential or phone_shown(hit.listing) is None:
        return say("open.unknown.told", language)  # the address says to call first; or there is no number to call
    return say("open.unknown.short" if channel == "sms" else "open.unknown", language)


def _asked_facts(hit: Hit, query: Query, language: Language, *, brief: bool) -> list[str]:
    """A no is said once for all, as what was given up; what is not known by the heading too, where it is `brief`."""
    told = (Tri.YES,) if brief else (Tri.YES, Tri.UNKNOWN)
    return [answer.text for answer in answers(hit, query, language) if answer.state in told]


def shown(hit: Hit, language: Language) -> ShownListing:
    """The listing as a reply carries it, hours and languages in words of `language`.

    Hours and dates only as far as they hold for each service of its line.
    """
    record, told = hit.listing, services_told(hit)
    states, texts = {each.open for each in told}, {each.listing.hours_text for each in told}
    checked_on = min(told, key=trust).listing.assured_on
    return ShownListing(
        id=record.id,
        name=display_name(record),
        phone=phone_shown(record),
        miles=None if hit.miles is None else round(hit.miles, 1),
        open=hit.open if len(states) == 1 else Tri.UNKNOWN,
        checked_on=checked_on.isoformat() if checked_on else None,
        organization=record.organization,
        address=address_text(record.address) if record.address else None,
        hours=hours_in_words(hit, language) if len(texts) == 1 else None,
        url=record.url,
        languages=tuple(language_name(code, language) for code in record.languages),
        demo=record.provenance.demo,
        notice=terms.notice(record, language) or None,
    )
