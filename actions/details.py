"""What somebody asks of the places shown: more of them, one in full, its hours, its phone, one that is nearer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from actions import asking, looking, narrowing, other_kinds, places_meant, shape_of_list, show, sides, telling
from actions.asked_shown import WIDE, asks_of_shown, followup, is_wide
from actions.context import Turn
from actions.places_meant import gone, meant, one_below_the_other, place_shown, say_of, say_of_one, spoken_of
from actions.slots import Asked, Known
from actions.words import LAST, number_said, only_picks, ordinal, sign
from directory.model import PlaceKind
from directory.reply import Kind, Reply
from directory.search import Hit
from directory.text import budget, catalogue, listing

__all__ = ["about_shown", "asks_plainly", "narrowed", "narrowed_to", "tell", "tell_again"]


def about_shown(turn: Turn) -> bool:
    """Whether there is a list and the message points at it, whatever its act was taken for."""
    points = _kind(turn) is not None or _number(turn) is not None
    return bool(turn.known.shown.ids) and (points or bool(_only(turn) or _numbers(turn)))


def asks_plainly(turn: Turn) -> bool:
    """Whether the message asks of a list by a pattern, not by a word that other talk has too."""
    return asks_of_shown(turn.heard.text) is not None or bool(_only(turn)) or _only_a_number(turn)


def _only_a_number(turn: Turn) -> bool:
    """Whether it picks one of the list by an ordinal, and says nothing else ("el segundo")."""
    return ordinal(turn.heard.text) is not None and only_picks(turn.heard.text)


def tell(turn: Turn) -> Known:
    """Answers what is asked of the list shown; says so when there is none."""
    if not turn.known.shown.ids:
        return _nothing_shown(turn)
    kind, number = _kind(turn), _number(turn)
    if number is not None and kind == "open_ones" and not _THIS_SECOND.search(turn.heard.text):
        kind = "hours"  # "is the 3rd open now" asks of that place, not of the list
    if kind in WIDE:
        number = None
    if number is None and (only := _only(turn)):
        return narrowed_to(turn, only)
    if number is not None and kind in (None, "more", "again", "next"):
        kind = "details"
    if several := _numbers(turn):
        return _those(turn, several)
    if number is not None and not 0 < number <= len(turn.known.shown.ids):
        return _no_such(turn)
    for also in _asked_beside(turn, kind):
        turn = replace(turn, known=_ANSWERS[also](_named(turn, also, number), number))
    return _ANSWERS.get(kind or "", _same)(_named(turn, kind, number), number)


def _named(turn: Turn, kind: str | None, number: int | None) -> Turn:
    """The turn with the name of its answer, where that is of places and may be longer than a text message."""
    of_a_place = kind in _OF_A_PLACE or kind in ("details", "about", "languages", "speaks", "what_to_say")
    return replace(turn, again=f"shown:{kind} {number or ''}") if of_a_place else turn


def tell_again(turn: Turn, name: str) -> None:
    """Tells an answer again by its name, for the rest of it; nothing where the list is another by now."""
    kind, _, number = name.partition(" ")
    if not turn.known.shown.ids or (number and int(number) > len(turn.known.shown.ids)):
        _no_such(turn)
        return
    _ANSWERS[kind](replace(turn, again=f"shown:{name}"), int(number) if number else None)


def _asked_beside(turn: Turn, kind: str | None) -> tuple[str, ...]:
    """What else one message asks of the same places: "hours and phone", "is it free, do they take kids"."""
    if kind not in _OF_A_PLACE:
        return ()
    parts = (asks_of_shown(part) or followup(part) for part in _JOINS.split(turn.heard.text))
    several = dict.fromkeys(part for part in parts if part in _OF_A_PLACE)
    return tuple(part for part in several if part != kind)[:2] if len(several) > 1 else ()


_OF_A_PLACE = frozenset({"hours", "phone", "address", "get_there", "website", "distance", *sides.KINDS})
_JOINS = re.compile(r"[?.,;\n]+|\b(?:and|also|plus|y|e|tambien|también)\b", re.IGNORECASE)


def narrowed_to(turn: Turn, only: tuple[str, ...]) -> Known:
    """The list shown, narrowed to this beside what it was narrowed to before."""
    filters = turn.known.shown.filters
    kept = tuple(one for one in filters.only if _about(one) not in map(_about, only))
    now_too = filters.open_now and not narrowing.of_time(only)
    filters = replace(filters, open_now=now_too, speaks=turn.speaks or filters.speaks, only=(*kept, *only))
    return looking.again(turn, offset=0, filters=filters)


def _about(one: str) -> str:
    """What a filter is about: a new hour takes the place of the hour before."""
    return "open" if one.startswith("open:") or one in narrowing.ORDERS else one


def _only(turn: Turn) -> tuple[str, ...]:
    return narrowing.of_list(turn.heard.text, turn.now, focused=turn.known.shown.focus is not None)


def _kind(turn: Turn) -> str | None:
    """What is asked: by its patterns, else by the words of `followups`."""
    return asks_of_shown(turn.heard.text) or followup(turn.heard.text)


_THIS_SECOND = re.compile(r"\bthis (?:very )?second\b|\beste segundo\b", re.IGNORECASE)
_NICELY = re.compile(r"\b(?:please|pls|plz|por favor|porfa(?:vor)?)\b", re.IGNORECASE)


def _number(turn: Turn) -> int | None:
    number = number_said(_NICELY.sub(" ", turn.heard.text))
    return len(turn.known.shown.ids) if number == LAST else number


_SEVERAL = re.compile(r"\W*\d{1,2}(?:(?:\W+|\W*\b(?:and|or|y|e|o)\b\W*)\d{1,2})+\W*", re.IGNORECASE)


def _numbers(turn: Turn) -> tuple[int, ...]:
    """The numbers of a message that is nothing but several ("1 and 2"), where no question waits for them."""
    if turn.known.asked.about is not None or not _SEVERAL.fullmatch(turn.heard.text):
        return ()
    return tuple(dict.fromkeys(map(int, re.findall(r"\d+", turn.heard.text))))


def _those(turn: Turn, numbers: Sequence[int]) -> Known:
    """Those places as they stand in the list, under their numbers; all of one comes by its number alone."""
    if not all(0 < number <= len(turn.known.shown.ids) for number in numbers):
        return _no_such(turn)
    found = [(number, hit) for number in numbers[: shape_of_list.MOST] for hit in meant(turn, number)]
    if not found:
        return gone(turn)
    hits = [hit for _, hit in found]
    dot = "" if turn.channel == "sms" else "."
    lines = [f"{number}{dot} {places_meant.line(turn, hit)}" for number, hit in found]
    demo = any(hit.listing.provenance.demo for hit in hits)
    below = [catalogue.say("hint.details", turn.language, number=found[0][0])]
    below += [listing.demo_notice(turn.language, one=len(hits) == 1)] if demo else []
    text = ("\n" if turn.channel == "sms" else "\n\n").join((*lines, "\n".join(below)))
    if turn.channel == "sms" and not budget.fits(text, Kind.LISTINGS):
        return shape_of_list.short(turn, hits)
    show.hits(turn, turn.known, text, hits)
    return turn.known.having(shown=replace(turn.known.shown, focus=None), asked=Asked())


def _nothing_shown(turn: Turn) -> Known:
    if turn.known.asked.about:
        return asking.put_again(turn)
    if turn.known.want.known and turn.known.place:
        return looking.find(turn, turn.known, (turn.known.want,))
    asked = Asked(asking.ABOUT_NEED, asking.menu())
    return asking.ask(turn, turn.known, asked, text=turn.say("followup.nothing_shown"))


def _no_such(turn: Turn) -> Known:
    text = turn.say("followup.no_such", count=len(turn.known.shown.ids))
    turn.utter(text, Reply(kind=Kind.QUESTION))
    return turn.known


# What is said of one place


def _details(turn: Turn, number: int | None) -> Known:
    return say_of_one(lambda turn, hit: listing.details(hit, turn.language, channel=turn.channel))(turn, number)


def _address_line(turn: Turn, hit: Hit) -> str:
    address = hit.listing.address
    name = listing.title(hit.listing, turn.language)
    if hit.listing.confidential:
        return turn.say("followup.address_private", name=name)
    if address is None or not address.address_1:
        return turn.say("followup.address_none", name=name)
    return turn.say("followup.address", name=name, address=listing.address_text(address))


def _website_line(turn: Turn, hit: Hit) -> str:
    name = listing.title(hit.listing, turn.language)
    if not hit.listing.url:
        return turn.say("followup.website_none", name=name)
    return turn.say("followup.website", name=name, url=hit.listing.url)


def _languages_line(turn: Turn, hit: Hit) -> str:
    name = listing.title(hit.listing, turn.language)
    names = ", ".join(listing.language_name(code, turn.language) for code in hit.listing.languages)
    return (
        turn.say("followup.languages", name=name, languages=names)
        if names
        else turn.say("followup.languages_none", name=name)
    )


# Another part of the list


def _more(turn: Turn, _: int | None) -> Known:
    shown = turn.known.shown
    if len(shown.ids) >= shown.total:
        total = shown.total - shown.base
        key = "followup.no_more.one" if total == 1 else "followup.no_more"
        turn.utter(turn.say(key, total=total), Reply(kind=Kind.NONE_FOUND, phones=("211",)))
        return turn.known
    return looking.again(turn, offset=len(shown.ids), filters=shown.filters)


def _again(turn: Turn, _: int | None) -> Known:
    filters = turn.known.shown.filters
    return looking.again(turn, offset=0, filters=replace(filters, open_now=False, speaks=turn.speaks, only=()))


def _same(turn: Turn, _: int | None) -> Known:
    """The list as it stands: what was asked of it was not understood."""
    return looking.again(turn, offset=0, filters=turn.known.shown.filters)


def narrowed(turn: Turn) -> Known:
    """The list shown, with the places first that speak the language asked for."""
    filters = replace(turn.known.shown.filters, speaks=turn.speaks, only=_only(turn) or turn.known.shown.only)
    return looking.again(turn, offset=0, filters=filters)


def _open_ones(turn: Turn, _: int | None) -> Known:
    """The list again with what is open now first."""
    return looking.again(turn, offset=0, filters=replace(turn.known.shown.filters, open_now=True))


def _speaking(turn: Turn, number: int | None) -> Known:
    """Of one listing, what it speaks; of a list, those first that speak the language named."""
    wanted = turn.heard.wanted_language
    asks_one = number is not None or (turn.known.shown.focus and not is_wide(turn.heard.text))
    if asks_one or not wanted:
        return say_of(_languages_line)(turn, number)
    return narrowed(turn)


def _open(turn: Turn, number: int | None) -> Known:
    """Of one listing, whether it is open; of a list, the same list with what is open first."""
    of_list = is_wide(turn.heard.text) or not turn.known.shown.focus
    if number is None and of_list and len(turn.known.shown.ids) > 1:
        return _open_ones(turn, number)
    return _hours(turn, number)


def _not_that(turn: Turn, number: int | None) -> Known:
    """Leaves out the listing that does not suit, says so, and names the next ones; the next page after the last."""
    shown = turn.known.shown
    at = number - 1 if number else shown.ids.index(shown.focus) if shown.focus in shown.ids else shown.offset
    refused = places_meant.meant(turn, at + 1)
    turn = replace(turn, known=_set_aside(turn.known, shown.ids[at]))
    names = (listing.title(hit.listing, turn.language) for hit in refused)
    lead = tuple(turn.say("tried.leaves_out", name=name) for name in names)
    shown = turn.known.shown
    if at >= len(shown.ids) < shown.total:
        return looking.again(turn, offset=len(shown.ids), filters=shown.filters, before=" ".join(lead))
    if not shown.ids:
        return other_kinds.offer(turn, turn.known, lead=lead)
    rest, key = (shown.ids[at:], "next_ones") if at < len(shown.ids) else (shown.ids, "still_there")
    found = tuple(hit for one in rest for hit in places_meant.meant(turn, shown.ids.index(one) + 1))
    said = " ".join((*lead, turn.say(f"shape.{key}")))
    return shape_of_list.short(turn, found[: shape_of_list.MOST], said)


def _another(turn: Turn, number: int | None) -> Known:
    """The one after the listing last spoken of, else after the first; the next page after the last."""
    shown = turn.known.shown
    focus = shown.ids[number - 1] if number else shown.focus if shown.focus in shown.ids else shown.ids[shown.offset]
    turn = replace(turn, known=turn.known.having(shown=replace(shown, focus=focus)))
    return _next(turn, None)


def _set_aside(known: Known, refused: str) -> Known:
    """What is known without that listing on the page, and on pages to come."""
    shown, tried = known.shown, tuple(dict.fromkeys((*known.tried, refused)))
    ids = tuple(one for one in shown.ids if one != refused)
    offset = min(shown.offset, len(ids))
    base = min(shown.base, offset) - (refused in shown.ids[: shown.base])
    offset = max(offset - (refused in shown.ids[: shown.offset]), base) if shown.base else offset
    shown = replace(shown, ids=ids, total=max(shown.total - 1, len(ids)), offset=offset, focus=None, base=max(base, 0))
    return known.having(tried=tried, shown=shown, asked=Asked())


def _none_of_these(turn: Turn, _: int | None) -> Known:
    """The next page; after the last, other kinds of help with the same need, and 211."""
    shown = turn.known.shown
    if len(shown.ids) < shown.total:
        return _more(turn, None)
    programs = {name for hit in meant(turn, None) for name in hit.listing.programs}
    return other_kinds.offer(turn, turn.known, without=programs)


def _next(turn: Turn, _: int | None) -> Known:
    """The one after the listing last spoken of; after the last of the page, or with none in talk, the next page."""
    shown = turn.known.shown
    return shape_of_list.next_one(turn) if shown.focus in shown.ids[:-1] else _more(turn, None)


def _closer(turn: Turn, _: int | None) -> Known:
    """The nearest there are; a county alone cannot say what is near."""
    place = place_shown(turn.known.shown)
    if place is None or place.kind is PlaceKind.COUNTY:
        return asking.ask_place(
            turn, turn.known, (turn.known.shown.want,), because=turn.say("followup.closer_than_county")
        )
    nearest = looking.nearest(turn, place)
    known = [hit.listing.id for hit in nearest]
    if not nearest or nearest[0].miles is None or nearest[0].miles >= _as_near(turn):
        return _none_nearer(turn, nearest[:1])
    show.hits(turn, turn.known, _numbered(turn, nearest), nearest)
    shown = replace(turn.known.shown, ids=tuple(known), offset=0, total=len(known), focus=None, base=0)
    return turn.known.having(shown=shown, asked=Asked())


def _as_near(turn: Turn) -> float:
    """How far it is to the place in talk, else to the nearest that was shown; as good as nowhere where nobody knows."""
    shown = turn.known.shown
    hits = meant(turn, None) if shown.focus else places_meant.page(turn)
    return min((hit.miles for hit in hits if hit.miles is not None), default=math.inf)


def _none_nearer(turn: Turn, nearest: Sequence[Hit]) -> Known:
    """That nothing is nearer, and which one is the nearest."""
    if not nearest:
        turn.utter(turn.say("followup.nearest"), Reply(kind=Kind.NONE_FOUND, phones=("211",)))
        return turn.known
    hit = nearest[0]
    name, far = listing.title(hit.listing, turn.language), listing.distance(hit, turn.language)
    phone = listing.phone_shown(hit.listing) or turn.say("shape.no_phone")
    show.hits(turn, turn.known, turn.say("shape.none_nearer", name=name, distance=far, phone=phone), nearest)
    return turn.known


def _numbered(turn: Turn, found: Sequence[Hit]) -> str:
    lines = (f"{number}. {places_meant.line(turn, hit)}" for number, hit in enumerate(found, 1))
    return "\n\n".join((turn.say("followup.closest"), *lines))


def _side(kind: str) -> Callable[[Turn, int | None], Known]:
    """An answer about one side of the listing meant, or of those on the page that say anything of it."""

    def answer(turn: Turn, number: int | None) -> Known:
        found = meant(turn, number)
        if not found:
            return gone(turn)
        told = [(hit, sides.told(turn, hit, kind)) for hit in found]
        saying = [(hit, said) for hit, said in told if said]
        if saying:
            text = one_below_the_other(turn, [said for _, said in saying])
            text = "\n".join((text, *sides.others_do_not_say(turn, len(found) - len(saying))))
            show.hits(turn, turn.known, text, [hit for hit, _ in saying])
        else:
            text = sides.unknown(turn, found[0]) if len(found) == 1 else sides.unknown_of_all(turn, found)
            show.hits(turn, turn.known, text, found)
        return spoken_of(turn, found)

    return answer


def _apply(turn: Turn, number: int | None) -> Known:
    """How to apply at the place last spoken of; with a whole list, how to get the program it is of."""
    shown = turn.known.shown
    if number is None and not shown.focus and len(shown.ids) > 1:
        return telling.tell_or_ask(turn, "steps")
    return _side("apply")(turn, number)


def _distance(turn: Turn, number: int | None) -> Known:
    """How far it is; for whoever has no car, of one place, with the way on foot or what we do not know of the bus."""
    if sign("without_a_car", turn.heard.text):
        return say_of_one(sides.get_there)(turn, number)
    return say_of(sides.far)(turn, number)


_hours = say_of(sides.hours)

_ANSWERS: Mapping[str, Callable[[Turn, int | None], Known]] = {
    "open_ones": _open,
    "none_of_these": _none_of_these,
    "not_that": _not_that,
    "another": _another,
    "next": _next,
    "closer": _closer,
    "open": _open,
    "hours": _hours,
    "phone": say_of(lambda turn, hit: listing.phone_line(hit, turn.language)),
    "address": say_of(_address_line),
    "get_there": say_of_one(sides.get_there),
    "last_number": say_of_one(lambda turn, hit: listing.phone_line(hit, turn.language)),
    "website": say_of(_website_line),
    "languages": _speaking,
    "speaks": _speaking,
    "more": _more,
    "again": _again,
    "what_to_say": say_of_one(sides.to_say),
    "distance": _distance,
    **{kind: _side(kind) for kind in sides.KINDS},
    "apply": _apply,
    "about": _details,
    "details": _details,
}
