"""One side of a listing: its own words where it has any, its hours on a day; else that we do not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from actions.context import Turn
from actions.words import day_said, sign
from directory import phones
from directory.eligibility import rules
from directory.model import Capacity, Language, Listing, Need, Schedule, Tri
from directory.search import Freshness, Hit
from directory.text import catalogue, listing, terms
from directory.text.english import as_listed

__all__ = ["KINDS", "far", "get_there", "hours", "others_do_not_say", "to_say", "told", "unknown", "unknown_of_all"]


def told(turn: Turn, hit: Hit, kind: str) -> str | None:
    """What the listing says of that side; None where it says nothing."""
    return _SIDES[kind](turn, hit)


def unknown(turn: Turn, hit: Hit) -> str:
    """That we do not know, and whom to ask."""
    name = listing.title(hit.listing, turn.language)
    if not hit.listing.phones:
        return turn.say("unknown.ask_there", name=name)
    return turn.say("unknown.ask", name=name, phone=phones.display(hit.listing.phones[0]))


def unknown_of_all(turn: Turn, found: Sequence[Hit]) -> str:
    """That we do not know it of any of them, and each with its number to ask."""
    lines = (
        ": ".join((listing.title(hit.listing, turn.language), *map(phones.display, hit.listing.phones[:1])))
        for hit in found
    )
    return "\n".join((turn.say("unknown.ask_any"), *lines))


def hours(turn: Turn, hit: Hit) -> str:
    """The hours of the day asked for, where the schedule says them; else of the week."""
    day = _weekday(turn)
    schedule = listing.known_week(hit.listing)
    plain = schedule is not None and not schedule.always and not listing.beside_week(hit.listing)
    if day is None or schedule is None or not plain or hit.also or hit.freshness is Freshness.STALE:
        return listing.hours_line(hit, turn.language)
    name = listing.title(hit.listing, turn.language)
    that_day = Schedule(tuple(interval for interval in schedule.intervals if interval.day == day))
    values = {"name": name, "day": catalogue.say(f"day.{day}", turn.language)}
    if not that_day.intervals:
        week = listing.week(schedule, turn.language)
        return _marked(turn, hit, turn.say("hours.day_closed", hours=week, **values))
    times = listing.week(that_day, turn.language).removeprefix(values["day"]).strip()
    return _marked(turn, hit, turn.say("hours.day", hours=times, **values))


def _weekday(turn: Turn) -> int | None:
    said = day_said(turn.heard.text)
    return (turn.now + timedelta(days=1)).weekday() if said == "tomorrow" else said if isinstance(said, int) else None


def _own(field: str, key: str) -> Callable[[Turn, Hit], str | None]:
    """A text of the listing's own, introduced as what it is."""

    def answer(turn: Turn, hit: Hit) -> str | None:
        texts = (getattr(each.listing, field) for each in hit.services)
        text = next((text for text in texts if text), None)
        if text is None:
            return None
        name = listing.title(hit.listing, turn.language)
        own = as_listed(text, turn.language)
        return _marked(turn, hit, turn.say(f"side.{key}", name=name, text=own))

    return answer


def get_there(turn: Turn, hit: Hit) -> str:
    """Its address and how far it is; of buses and parking we know nothing, and a private address stays private."""
    record, name = hit.listing, listing.title(hit.listing, turn.language)
    street = listing.address_text(record.address) if record.address and record.address.address_1 else ""
    if record.confidential or not street:
        key = "followup.address_private" if record.confidential else "followup.address_none"
        return _marked(turn, hit, f"{turn.say(key, name=name)} {_to_call(turn, hit)}".strip())
    distance = listing.distance(hit, turn.language)
    lines = (
        turn.say("followup.address", name=name, address=street),
        turn.say("shape.far", distance=listing.capital(distance)) if distance else "",
        _on_foot(turn, hit),
        turn.say("shape.no_route"),
        _to_call(turn, hit),
    )
    return _marked(turn, hit, " ".join(line for line in lines if line))


def far(turn: Turn, hit: Hit) -> str:
    """How far a place is, and where; what we do not know of it."""
    record, name = hit.listing, listing.title(hit.listing, turn.language)
    distance = listing.distance(hit, turn.language) or turn.say("shape.far_unknown")
    where = listing.where(record, turn.language)
    return _marked(turn, hit, turn.say("shape.far_line", name=name, facts=" · ".join(filter(None, (distance, where)))))


_ON_FOOT = 3.0
"""No farther is the way said in minutes on foot; a mile takes about 20."""


def _on_foot(turn: Turn, hit: Hit) -> str:
    miles = hit.miles if sign("without_a_car", turn.heard.text) else None
    if miles is None or miles > _ON_FOOT:
        return ""
    return turn.say("shape.on_foot", minutes=max(round(miles * 20 / 5) * 5, 5))


def to_say(turn: Turn, hit: Hit) -> str:
    """Words for a call to that place: who calls, what for, whether there is any today, what to bring."""
    name, phone = listing.title(hit.listing, turn.language), listing.phone_shown(hit.listing)
    want = turn.known.shown.want
    kind = "bed" if want.need == Need.HOUSING.value and want.program == "emergency_shelter" else "help"
    what = listing.need_name(Need(want.need), turn.language) if want.need else ""
    first = turn.say("shape.call_them", name=name, phone=phone) if phone else turn.say("unknown.ask_there", name=name)
    words = turn.say(f"shape.to_say.{kind}", what=what) if what else turn.say("shape.to_say.any")
    return _marked(turn, hit, f"{first}\n{words}")


def others_do_not_say(turn: Turn, count: int) -> tuple[str, ...]:
    """How many places of the page say nothing of it, in a line; none where all do."""
    if count < 1:
        return ()
    return (turn.say("side.others_unsaid.one") if count == 1 else turn.say("side.others_unsaid", count=count),)


def _to_call(turn: Turn, hit: Hit) -> str:
    phone = listing.phone_shown(hit.listing)
    return turn.say("shape.call", phone=phone) if phone else ""


def _unsaid(turn: Turn, hit: Hit) -> str | None:
    """No list of ours tells it."""
    return None


def _named(key: str, words: Callable[[Listing, Language], str]) -> Callable[[Turn, Hit], str | None]:
    """A line with the name of the place and what is known of its first service."""

    def answer(turn: Turn, hit: Hit) -> str | None:
        text = words(hit.listing, turn.language)
        if not text:
            return None
        name = listing.title(hit.listing, turn.language)
        return _marked(turn, hit, turn.say(f"side.{key}", name=name, text=text))

    return answer


def _room(turn: Turn, hit: Hit) -> str | None:
    """How much room there was when somebody last asked."""
    if hit.listing.capacity is Capacity.UNKNOWN:
        return None
    name = listing.title(hit.listing, turn.language)
    text = terms.room(hit.listing, turn.language)
    return _marked(turn, hit, turn.say("side.said", name=name, text=text))


def _papers(turn: Turn, hit: Hit) -> str | None:
    """What to bring in the place's own words, and whether an ID is asked."""
    own, asked = _own("documents", "documents")(turn, hit), _named("id", terms.id_asked)(turn, hit)
    return own or asked


def _price(turn: Turn, hit: Hit) -> str | None:
    return _own("fees_text", "fees")(turn, hit) or _named("fees", terms.price)(turn, hit)


def _ways(turn: Turn, hit: Hit) -> str | None:
    return _named("ways", terms.ways)(turn, hit)


def _wheelchair(turn: Turn, hit: Hit) -> str | None:
    if hit.listing.wheelchair is Tri.UNKNOWN:
        return None
    name = listing.title(hit.listing, turn.language)
    return _marked(turn, hit, turn.say(f"side.wheelchair.{hit.listing.wheelchair.value}", name=name))


def _apply(turn: Turn, hit: Hit) -> str | None:
    """How the place says to apply; else the steps of its first program, and its phone."""
    said = _own("how_to_apply", "apply")(turn, hit)
    if said:
        return said
    program = next((rules.programs()[name] for name in hit.listing.programs if name in rules.programs()), None)
    if program is None:
        return None
    steps = [turn.say("program.step", step=step) for step in program.steps.get(turn.language)]
    return "\n".join((listing.phone_line(hit, turn.language), turn.say("program.how"), *steps))


def _marked(turn: Turn, hit: Hit, text: str) -> str:
    return f"{text}\n{listing.demo_notice(turn.language, one=True)}" if hit.listing.provenance.demo else text


_SIDES: Mapping[str, Callable[[Turn, Hit], str | None]] = {
    "pets": _unsaid,
    "kids": _unsaid,
    "parking": _unsaid,
    "bus": _unsaid,
    "wait_list": _room,
    "appointment": _ways,
    "cost": _price,
    "bring": _papers,
    "who": _own("eligibility_text", "eligibility"),
    "wheelchair": _wheelchair,
    "apply": _apply,
}

KINDS = tuple(_SIDES)
"""The follow-ups that ask of one side."""
