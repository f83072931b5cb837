"""Which places a message means: the one of a number, the one last spoken of, or all of the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from actions import lists, show
from actions.context import Turn
from actions.slots import Asked, Known, Shown, Want
from directory import places, search
from directory.model import Need, Place
from directory.reply import Kind, Reply
from directory.search import Hit
from directory.text import catalogue, listing

__all__ = [
    "as_spoken_of", "gone", "line", "meant", "one_below_the_other", "one_of_them", "page", "place_shown", "say_of",
    "say_of_one", "spoken_of",
]  # fmt: skip


def meant(turn: Turn, number: int | None) -> tuple[Hit, ...]:
    """The listing of that number; without one, the listing last spoken of, else the last page."""
    shown = turn.known.shown
    if number is None and not shown.focus:
        return page(turn)
    one = shown.ids[number - 1] if number is not None else shown.focus or ""
    return tuple(hit for hit in (_hit(turn, one),) if hit)


def page(turn: Turn) -> tuple[Hit, ...]:
    """The listings of the last page, whichever was last spoken of."""
    shown = turn.known.shown
    return tuple(hit for hit in (_hit(turn, each) for each in shown.ids[shown.offset :]) if hit)


def _hit(turn: Turn, listing_id: str) -> Hit | None:
    return lists.found(listing_id, now=turn.now, query=_query(_list_of(turn.known.shown, listing_id)))


def _list_of(shown: Shown, listing_id: str) -> Shown:
    """The list that place stood in: the one shown, or one before it in the same answer."""
    before = (one for one in shown.earlier if listing_id in one.get("ids", ()))
    found = next(before, None) if listing_id in shown.ids[: shown.base] else None
    if found is None:
        return shown
    want = Want(found.get("need"), found.get("program"))
    return replace(shown, want=want, place=found.get("place"), county=found.get("county"))


def as_spoken_of(known: Known) -> Known:
    """What is known, with what the list was made for in which the place stood that was last spoken of."""
    shown = _list_of(known.shown, known.shown.focus or "")
    return known.having(
        need=shown.want.need, program=shown.want.program, place=shown.place, county=shown.county, plan=shown.plan
    )


def _query(shown: Shown) -> search.Query:
    need = Need(shown.want.need) if shown.want.need else None
    return search.Query(need=need, program=shown.want.program, place=place_shown(shown))


def line(turn: Turn, hit: Hit) -> str:
    """A place as it stood in the list: with its services for what the list was made for, and no others."""
    channel: listing.Channel = "sms" if turn.channel == "sms" else "web"
    return listing.line(hit, turn.language, channel=channel, query=_query(_list_of(turn.known.shown, hit.listing.id)))


def place_shown(shown: Shown) -> Place | None:
    """Where the list shown is of."""
    found = places.resolve(shown.place) if shown.place else None
    return found if isinstance(found, Place) else None


def say_of(one_line: Callable[[Turn, Hit], str]) -> Callable[[Turn, int | None], Known]:
    """An answer that says one thing of the listing meant, or of each on the page."""

    def answer(turn: Turn, number: int | None) -> Known:
        found = meant(turn, number)
        if not found:
            return gone(turn)
        show.hits(turn, turn.known, one_below_the_other(turn, [one_line(turn, hit) for hit in found]), found)
        return spoken_of(turn, found)

    return answer


def one_below_the_other(turn: Turn, answers: Sequence[str]) -> str:
    """Several answers as one text, where a notice that each of them ends with is said once."""
    one, several = (catalogue.say(key, turn.language) for key in ("demo.notice.one", "demo.notice"))
    if len(answers) == 1 or one not in answers[0]:
        return "\n\n".join(answers)
    return "\n\n".join((*(answer.replace(one, "").strip() for answer in answers), several))


def one_of_them(turn: Turn, number: int | None) -> tuple[Hit, ...]:
    """One listing: of that number, else the one last spoken of, else the first of the page."""
    focus = turn.known.shown.focus
    return meant(turn, number if number is not None or focus else turn.known.shown.offset + 1)[:1]


def say_of_one(words: Callable[[Turn, Hit], str]) -> Callable[[Turn, int | None], Known]:
    """An answer that says one thing of one listing."""

    def answer(turn: Turn, number: int | None) -> Known:
        found = one_of_them(turn, number)
        if not found:
            return gone(turn)
        show.hits(turn, turn.known, words(turn, found[0]), found)
        return spoken_of(turn, found)

    return answer


def spoken_of(turn: Turn, found: Sequence[Hit]) -> Known:
    """What is known after listings were told of: one alone is the one in talk."""
    focus = found[0].listing.id if len(found) == 1 else turn.known.shown.focus
    return turn.known.having(shown=replace(turn.known.shown, focus=focus), asked=Asked())


def gone(turn: Turn) -> Known:
    """That the place is on no list any more."""
    turn.utter(turn.say("followup.gone"), Reply(kind=Kind.QUESTION))
    return turn.known
