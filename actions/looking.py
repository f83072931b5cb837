"""Looking: from what is wanted and where, to listings, or to what there is instead."""

from __future__ import annotations

from dataclasses import replace

from actions import asking, in_the_way, lists, placing, show, things, today
from actions import narrowing as narrowings
from actions.asked_shown import followup
from actions.barriers_heard import knowing
from actions.context import Turn
from actions.naming import want_name
from actions.slots import Asked, Choice, Filters, Known, Shown, Want
from actions.words import day_said, named_like_a_place, tail_place
from directory import places, plans, search
from directory.eligibility import rules
from directory.eligibility.facts import Amount
from directory.model import Need, Place
from directory.search import Hit, Relaxed, SearchResult

__all__ = [
    "SHELTER", "again", "answer", "as_shown", "chosen", "find", "follow", "left", "look", "nearest", "waiting",
    "wanted",
]  # fmt: skip

URGENCY = (Need.HOUSING, Need.FOOD, Need.UTILITIES, Need.TRANSPORT, Need.OTHER_HEALTH, Need.HOME_CARE, Need.RESPITE,
           Need.FAMILY, Need.LEGAL, Need.WORK_SCHOOL, Need.SOCIAL)  # fmt: skip
SHELTER = Want(Need.HOUSING.value, "emergency_shelter")
"""What housing means when it is for tonight."""

MOST = 3
"""How many things one message is answered for."""

NO_FILTERS = Filters()

_ACTS_THAT_NAME_PLACES = ("find_provider", "inform", "nlu_fallback")

FAR = 60
"""How many listings are looked through for the nearest."""


def answer(turn: Turn) -> Known:
    """Looks for what this message is after, where it says or where we know; asks for what is missing."""
    wants = wanted(turn)
    known = follow(turn)
    if _which_of_them(turn) and wants:
        return _asked_again_for(turn, known, wants)
    said = turn.heard.place or (_odd_place(turn) if wants else None)
    if said and said != known.place:
        known = known.having(place=said, county=None)
    if said and not wants:
        known, place = placing.settled(turn, known, ())
        return asking.ask_need(turn, known) if place else known
    return find(turn, known, wants)


def _which_of_them(turn: Turn) -> bool:
    """Whether it is still open which of several places is meant, and this message names none."""
    return turn.known.asked.about in (asking.ABOUT_COUNTY, asking.ABOUT_WHICH_PLACE) and not turn.heard.places


def _asked_again_for(turn: Turn, known: Known, wants: tuple[Want, ...]) -> Known:
    """The same question for what is wanted now: the ZIP code that was given is not lost."""
    known = known.having(need=wants[0].need, program=wants[0].program)
    what = ", ".join(want_name(want, turn.language) for want in wants)
    return asking.ask(turn, known, replace(turn.known.asked, wants=wants, misses=0), before=f"{what}.")


def follow(turn: Turn) -> Known:
    """What is known after this message names a place of California or a plan; nothing else of it is kept."""
    heard, known = turn.heard, turn.known
    found = places.resolve(heard.place) if heard.place else None
    if heard.place != known.place and isinstance(found, (Place, places.OverCountyLine, places.Ambiguous)):
        known = known.having(place=heard.place, county=None)
    return known.having(plan=heard.plan) if heard.plan else known


def _odd_place(turn: Turn) -> str | None:
    """Words that only `places` can judge: the answer to "where?", or a place outside our names (Reno, a short ZIP)."""
    if turn.known.asked.about == asking.ABOUT_PLACE and not (turn.heard.names_something or turn.learned):
        return turn.heard.text.strip() or None
    tail = tail_place(turn.heard.text)
    told = (places.BadZip, places.OutsideCalifornia, *((places.UnknownPlace,) if _reads_as_a_name(turn, tail) else ()))
    return tail if tail and isinstance(places.resolve(tail), told) else None


def _reads_as_a_name(turn: Turn, tail: str | None) -> bool:
    """Whether words after "in" may name a place that we do not know: one or two, none of them an ordinary word."""
    heard = turn.heard
    if (
        tail is None
        or heard.wanted_language
        or heard.when
        or heard.act not in ("find_provider", "inform", "nlu_fallback")
    ):
        return False
    return bool(heard.needs or heard.programs) and named_like_a_place(heard.text)


def wanted(turn: Turn) -> tuple[Want, ...]:
    """What this message looks for, most urgent first; else what waits for an answer; else what was spoken of last."""
    said = _without_repeats(tuple(_whole(want) for want in turn.heard.wants()))
    one = things.of(turn)
    if one and not said:
        said = (things.need_of(one),)
    if "tonight" in turn.heard.when:
        said = tuple(SHELTER if want == Want(SHELTER.need) else want for want in said)
    if said:
        return tuple(sorted(said, key=_urgency))[:MOST]
    return _not_yet_answered(turn.known, fresh=turn.heard.names_something)


def _not_yet_answered(known: Known, *, fresh: bool) -> tuple[Want, ...]:
    """What was spoken of last, unless its list was shown and nothing new (a place, a plan) is said of it."""
    if known.asked.wants:
        return known.asked.wants
    shown = known.shown.ids and known.shown.want == known.want
    return (known.want,) if known.want.known and (fresh or not shown) else ()


def _whole(want: Want) -> Want:
    program = rules.programs().get(want.program or "")
    return Want(program.need.value, program.id) if program else Want(want.need)


def _without_repeats(wants: tuple[Want, ...]) -> tuple[Want, ...]:
    """A need that a named program already says is not looked for twice."""
    named = {want.need for want in wants if want.program}
    return tuple(want for want in dict.fromkeys(wants) if want.known and (want.program or want.need not in named))


def _urgency(want: Want) -> int:
    return URGENCY.index(Need(want.need)) if want.need else len(URGENCY)


def chosen(known: Known, choice: Choice) -> Known:
    """What is known once a choice is made."""
    return known.having(place=choice.value, county=None) if choice.goal in ("place", "county") else known


def waiting(known: Known, choice: Choice) -> tuple[Want, ...]:
    """What is to be looked for once a choice is made."""
    if choice.goal == "need":
        return (Want(choice.value),)
    if choice.goal in ("find", "near"):
        return (_whole(Want(program=choice.value)),)
    return known.asked.wants or ((known.want,) if known.want.known else ())


def find(turn: Turn, known: Known, wants: tuple[Want, ...], *, beside: bool = False) -> Known:
    """Answers each want near the known place, one message each; asks for whatever is missing first.

    `beside` other lists of the same answer, the places are numbered on by text message.
    """
    wants = tuple(want for want in map(_whole, wants) if want.known)
    if not wants:
        return asking.ask_need(turn, known)
    known = knowing(known, turn.heard.text)  # a message with danger in it comes here unread
    known = known.having(need=wants[0].need, program=wants[0].program)
    known, place = placing.settled(turn, known, wants)
    if place is None:
        return known
    for want in wants:
        thing = things.waiting(turn) if things.narrows(want) else None
        filters = Filters(speaks=turn.speaks, thing=thing, only=narrowings.waiting(turn))
        known = known.having(need=want.need, program=want.program)
        base = len(known.shown.ids) if turn.channel == "sms" and show.listed(turn) else 0
        several = turn.channel == "sms" and (beside or len(wants) > 1)
        known = look(turn, known, place, offset=base, base=base, beside=several, filters=filters)
    return known.having(need=wants[0].need, program=wants[0].program)


def look(
    turn: Turn,
    known: Known,
    place: Place,
    *,
    offset: int = 0,
    base: int = 0,
    beside: bool = False,
    filters: Filters = NO_FILTERS,
    before: str | None = None,
) -> Known:
    """Searches for what is known near a place, says what was found (after `before`), and remembers what was shown.

    It is numbered from `offset` on, `base` of these being places of lists `beside` it in the same answer.
    A plan that does not serve the county is left out of this answer, which says so, and kept for its own.
    """
    here, note = _with_a_plan_of_here(turn, known, place)
    filters = _with_what_is_said(turn, filters)
    hurry = today.line(turn, here) if offset == base else None
    note = "\n".join(line for line in (hurry, before, note) if line) or None
    query = _query(here, place, limit=turn.page_size, offset=offset - base, filters=filters)
    narrowing = narrowings.applied(filters.only, turn.now)
    held = None
    if narrowing:
        result, held = narrowings.searched(query, narrowing, now=turn.now, known=known)
        filters = replace(filters, only=narrowings.kept(filters.only, held))
    else:
        result = _after(turn, known, query)
    if not result.hits and narrowing and before and offset == base:  # told of a place that failed: the others, then
        others = show.none_fit_words(turn, narrowing)
        wide, before = replace(filters, only=()), f"{before}\n{others}"
        return look(turn, known, place, offset=offset, base=base, filters=wide, before=before)
    if not result.hits and narrowing:
        return show.none_fit(turn, known, result, narrowing)
    if not result.hits:
        none = show.nothing(turn, here, result, before=note, thing=filters.thing, beside=beside)
        return none.having(plan=known.plan)
    note = "\n".join(filter(None, (note, *in_the_way.lines(turn, narrowings.beside(known, held), result)))) or None
    result = show.page(turn, here, result, first=offset + 1, before=note, held=held, base=base)
    return in_the_way.said_back(_shown(known, result, offset, base, filters))


def _after(turn: Turn, known: Known, query: search.Query) -> SearchResult:
    """The page after those that were shown; where something was left out or put first since, by what was seen."""
    if not query.offset or not (query.without or query.barriers):
        return lists.look_up(query, now=turn.now)
    seen = known.shown.ids[known.shown.base :][: query.offset]
    result = lists.look_up(replace(query, limit=query.offset + query.limit, offset=0), now=turn.now)
    rest = tuple(hit for hit in result.hits if hit.listing.id not in seen)
    still = len(result.hits) - len(rest)
    return replace(result, query=query, hits=rest[: query.limit], total=result.total - still + query.offset)


def left(turn: Turn, known: Known, place: Place) -> int:
    """How many places of exactly what is looked for are left near there."""
    here, _ = _with_a_plan_of_here(turn, known, place)
    result = lists.look_up(_query(here, place, limit=1, filters=NO_FILTERS), now=turn.now)
    return 0 if {Relaxed.PROGRAM, Relaxed.DISTANCE} & set(result.relaxed) else result.total


def _with_what_is_said(turn: Turn, filters: Filters) -> Filters:
    """The filters with what the message itself asks for: open at a time it names, else open now."""
    only = filters.only or narrowings.of_request(turn.heard.text, turn.now)
    asks_open = followup(turn.heard.text) in ("open", "open_ones") and day_said(turn.heard.text) is None
    return replace(filters, only=only, open_now=filters.open_now or (asks_open and not narrowings.of_time(only)))


def _shown(known: Known, result: SearchResult, offset: int, base: int, filters: Filters) -> Known:
    """What is known after a page was shown."""
    before = known.shown.ids[:offset] if offset else ()
    ids = (*before, *(hit.listing.id for hit in result.hits))
    shown = Shown(ids, offset, result.total + base, known.want, known.place, known.county, known.plan, base=base)
    kept = {"open_now": filters.open_now, "speaks": filters.speaks, "thing": filters.thing, "only": filters.only}
    return known.having(shown=replace(shown, **kept).after(known.shown), asked=Asked())


def _with_a_plan_of_here(turn: Turn, known: Known, place: Place) -> tuple[Known, str | None]:
    """What is known with the plan that the card means there, or without one that does not serve it; what says so."""
    plan = plans.plans().get(known.plan or "")
    if plan is None or not plan.counties or place.county in plan.counties:
        return known, None
    meant = plans.meanings(plan.name, place.county)
    if len(meant) == 1 and meant[0].why:
        return known.having(plan=meant[0].plan.id), meant[0].why.get(turn.language)
    return known.having(plan=None), turn.say("plan.not_here", plan=plan.short_name, county=place.county)


def again(turn: Turn, *, offset: int, filters: Filters, before: str | None = None) -> Known:
    """Another page of the list that was shown, by the query that made it, after `before`."""
    known = as_shown(turn.known)
    known, place = placing.settled(turn, known, (known.want,))
    base = known.shown.base if offset >= known.shown.base else 0
    return look(turn, known, place, offset=offset, base=base, filters=filters, before=before) if place else known


def nearest(turn: Turn, place: Place) -> tuple[Hit, ...]:
    """Of the list that was shown, the listings whose distance is known, nearest first; one page."""
    query = _query(as_shown(turn.known), place, limit=FAR, filters=turn.known.shown.filters)
    result = lists.look_up(query, now=turn.now)
    measured = [(hit.miles, hit) for hit in result.hits if hit.miles is not None]
    return tuple(hit for _, hit in sorted(measured, key=lambda item: item[0])[: turn.page_size])


def as_shown(known: Known) -> Known:
    """What is known, with what the list shown was made for."""
    shown = known.shown
    return known.having(
        need=shown.want.need, program=shown.want.program, place=shown.place, county=shown.county, plan=shown.plan
    )


_FOR_OLDER = ("oaa_center_meals", "oaa_home_meals", "csfp")
"""Programs for people of 60 and older: their places wait behind the others until the age is known to fit."""
_OLD_ENOUGH = 60
_OFFICES = ("wic", "calfresh")
"""Where one signs up for food and is given none: behind the others for who asks what is open at some hour."""


def _old_enough(known: Known) -> bool:
    age = known.facts.get("age_years")
    if known.program in _FOR_OLDER or known.about == "grandparent":
        return True
    return isinstance(age, Amount) and age.low >= _OLD_ENOUGH


def _query(known: Known, place: Place, *, limit: int, offset: int = 0, filters: Filters) -> search.Query:
    return search.Query(
        need=Need(known.need) if known.need and not things.anywhere(filters.thing) else None,
        program=known.program,
        place=place,
        plan=known.plan,
        language=filters.speaks,
        open_now=filters.open_now,
        text=filters.thing,
        barriers=in_the_way.counting(known),
        without=known.tried,
        later=(*(() if _old_enough(known) else _FOR_OLDER), *(_OFFICES if narrowings.of_time(filters.only) else ())),
        limit=limit,
        offset=offset,
    )
