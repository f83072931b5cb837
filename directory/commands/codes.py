"""Codes of lists: a word that opens a list on any phone, without a name or a number."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from directory import places, search
from directory.commands import asked_for, found_json, found_text
from directory.commands.telling import as_json_option, by_option, now, show, wrapped
from directory.eligibility import rules
from directory.errors import DirectoryMissing, InboxError, UnknownListing
from directory.inbox import given_codes, lists
from directory.inbox.given_codes import Given
from directory.inbox.lists import SavedList
from directory.model import Language, Need
from directory.prints.facts import as_written
from directory.search import Hit, Query, SearchResult
from directory.search.narrowing import TERMS, Narrowing, held
from directory.sender.asking import composed
from directory.sender.lists import invite
from directory.text import listing as words
from directory.text.ours import ours

__all__ = ["register"]

EN = Language.EN
_ZONE = ZoneInfo("America/Los_Angeles")
_KEPT, _LOOKED_THROUGH = 10, 60
_ONLY = tuple(name for name in TERMS if name != "parking")
"""What a list may be narrowed to; of parking no list says anything."""
_OPEN_NOW, _SPEAKS = "open_now", "speaks:"


def register(group: click.Group) -> None:
    """Adds `code` to the `puente` command."""
    group.add_command(code)


@click.group()
def code() -> None:
    """A word that opens a list on the person's own phone: "text RIVER". No name and no number is kept with it.

    Example: puente code make food --near 95354
    """


@code.command("make")
@click.argument("what")
@click.option("--near", required=True, help="Where: a ZIP code, a city or a county of California.")
@click.option("--plan", help="The person's Medi-Cal plan, by id or name: health_net, Kaiser.")
@click.option("--speaks", help="A language they should speak: es, Spanish, hmn.")
@click.option("--open-now", is_flag=True, help="Those open at the time when the list is read first.")
@click.option("--only", multiple=True, type=click.Choice(_ONLY), help="Only places that say so; may be given again.")
@click.option(
    "--language", type=click.Choice([each.value for each in Language]), default="en", show_default=True,
    help="The language in which the list opens.",
)  # fmt: skip
@by_option
@click.option("--dry-run", is_flag=True, help="Show the list, and make no code.")
@as_json_option
def make_command(
    what: str,
    near: str,
    plan: str | None,
    speaks: str | None,
    open_now: bool,
    only: tuple[str, ...],
    language: str,
    who: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a code for a list. WHAT is a need (food, housing) or a program (calfresh, nmt).

    The list opens as it is on the day it is read: places that ended are left out, new ones are in.

    Example: puente code make food --near 95354 --only no_id --language es
    """
    at, place = now(), asked_for.place(near)
    assert place is not None
    need, program = _need_or_program(what)
    speaks = asked_for.language(speaks)
    filters = (*((_OPEN_NOW,) if open_now else ()), *((_SPEAKS + speaks,) if speaks else ()), *only)
    asked = SavedList(
        need, program, places.text_for(place), place.county, asked_for.plan(plan), filters, (), language, at.date()
    )
    found = _today(asked, at)
    if not found.hits:
        raise InboxError(
            f"No code was made: nothing is found for that today. {words.none_found(found, EN, at.date()).text}"
        )
    made = None if dry_run else lists.make(replace(asked, ids=tuple(hit.listing.id for hit in found.hits)), who, at)
    plain = {"code": made, "dry_run": dry_run, **found_json.of_result(found)}
    show(plain, "\n".join(_made(made, found, at)), as_json=as_json)


@code.command("show")
@click.argument("word", metavar="CODE")
@as_json_option
def show_command(word: str, as_json: bool) -> None:
    """Show the list that CODE opens, as a person gets it today, and which of its places ended.

    Example: puente code show RIVER
    """
    at = now()
    given = _given(word, at)
    found, gone = _today(given.saved, at), tuple(_gone(given.saved, at))
    plain = {**_plain(given), "gone": list(gone), **found_json.of_result(found)}
    lines = [_line(given), *_of_gone(gone), "", found_text.of_result(found, at.date())]
    show(plain, "\n".join(lines), as_json=as_json)


@code.command("list")
@as_json_option
def list_command(as_json: bool) -> None:
    """Show the codes that open a list now, the latest first.

    Example: puente code list
    """
    given = given_codes.standing(now())
    none = "No code opens a list now. To make one: puente code make food --near 95354"
    show([_plain(each) for each in given], "\n".join(map(_line, given)) or none, as_json=as_json)


@code.command("end")
@click.argument("word", metavar="CODE")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@as_json_option
def end_command(word: str, dry_run: bool, as_json: bool) -> None:
    """End CODE before its days are over: it opens nothing any more, for nobody.

    Example: puente code end RIVER
    """
    at = now()
    given = _given(word, at)
    if not dry_run:
        lists.end(given.code, at)
    done = f"{given.code} would open nothing any more." if dry_run else f"{given.code} opens nothing any more."
    show({**_plain(given), "ended": not dry_run}, done, as_json=as_json)


@code.command("text")
@click.argument("word", metavar="CODE")
@click.option("--consent", required=True, help='How and when the person agreed, such as "at the desk today".')
@click.option(
    "--language", type=click.Choice([each.value for each in Language]),
    help="The language of the text; else that of the list.",
)  # fmt: skip
@by_option
@click.option("--dry-run", is_flag=True, help="Show the text that would go out; no number is asked for.")
@as_json_option
def text_command(word: str, consent: str, language: str | None, who: str, dry_run: bool, as_json: bool) -> None:
    """Send CODE to a number that you type, after its owner agreed. The number is asked for and does not show.

    Better: tell the person the code, so that they write first. Nothing goes to a number that said STOP, nothing before
    9 am or after 8 pm, and nothing twice. The text names no need and no place.

    Example: puente code text RIVER --consent "at the desk today"
    """
    at = now()
    given = _given(word, at)
    spoken = Language(language or given.saved.language)
    if dry_run:
        said = composed("later.list", spoken, code=given.code)
        show({"text": said, "dry_run": True}, f"Would send:\n  {said}", as_json=as_json)
        return
    sent = invite(_number(), given.code, spoken, consent=consent, by=who, now=at)
    goes = sent.at.astimezone(_ZONE)
    plain = {"text": sent.text, "not_before": goes.isoformat(timespec="minutes"), "dry_run": False}
    told = [f"It waits for the sender, and goes out on {goes:%Y-%m-%d} from {goes:%H:%M} on:", f"  {sent.text}"]
    show(plain, "\n".join(told), as_json=as_json)


def _number() -> str:
    """What is typed and does not show; a line of a pipe where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    typed: str = click.prompt("Mobile number (it does not show)", hide_input=True, err=True)
    return typed


# The list of a code


def _need_or_program(what: str) -> tuple[str | None, str | None]:
    """The need, and the program where one is named."""
    if what in {need.value for need in Need}:
        return what, None
    program = asked_for.program(what)
    return (rules.program(program).need.value, program) if program else (None, None)


def _today(saved: SavedList, at: datetime) -> SearchResult:
    """The places that were picked, else the first of the list as they are now, by the search with which it opens."""
    if saved.picked:
        picked = tuple(hit for id in saved.ids if (hit := _standing(id, at)))
        return SearchResult(Query(program=saved.program), picked, len(picked), relaxed=(), covered=True)
    speaks = next((one.removeprefix(_SPEAKS) for one in saved.only if one.startswith(_SPEAKS)), None)
    terms = tuple(one for one in saved.only if one in TERMS)
    query = Query(
        need=Need(saved.need) if saved.need else None, program=saved.program, place=asked_for.place(saved.place),
        plan=saved.plan, language=speaks, open_now=_OPEN_NOW in saved.only, refuges=False,
        limit=_LOOKED_THROUGH if terms else _KEPT,
    )  # fmt: skip
    try:
        found = search.search(query, now=at)
    except DirectoryMissing:
        return SearchResult(query, hits=(), total=0, relaxed=(), covered=False)
    if not terms:
        return found
    fitting = held(found.hits, Narrowing(at.date(), terms=terms), loosen=False).hits
    return replace(found, query=replace(query, limit=_KEPT), hits=tuple(fitting[:_KEPT]), total=len(fitting))


def _gone(saved: SavedList, at: datetime) -> Iterator[str]:
    """The places of then that are on no list any more."""
    return (id for id in saved.ids if _standing(id, at) is None)


def _standing(id: str, at: datetime) -> Hit | None:
    try:
        return search.found(id, now=at)
    except UnknownListing:
        return None


def _given(word: str, at: datetime) -> Given:
    given = given_codes.one(word, at)
    if given is None:
        ended = " It did until its days were over." if given_codes.ended(word, at) else ""
        raise InboxError(f"{word.upper()!r} opens no list now.{ended} Those that do: puente code list")
    return given


# How it reads


def _made(made: str | None, found: SearchResult, at: datetime) -> Iterator[str]:
    if made:
        given = given_codes.one(made, at)
        until = f" until {given.ends_at.astimezone(_ZONE):%Y-%m-%d}" if given else ""
        sender = ours().sms
        by_text = f"text {made} to {as_written(sender.number)}, or write {made}" if sender else f"write {made}"
        yield from wrapped(f"{made} opens this list{until}. Tell the person: {by_text} in the chat.")
        if sender is None:
            yield from wrapped("No number for text messages is set here; with one they could text it: puente setup sms")
        yield ""
    else:
        yield "No code was made. It would open this list:"
        yield ""
    yield found_text.of_result(found, at.date())


def _plain(given: Given) -> dict[str, object]:
    saved = given.saved
    about = {"need": saved.need, "program": saved.program, "place": saved.place, "county": saved.county}
    made = {"made_on": given.made_at.astimezone(_ZONE).date().isoformat(), "by": given.by}
    until = given.ends_at.astimezone(_ZONE).date().isoformat()
    return {"code": given.code, "until": until, **made, **about, "plan": saved.plan, "only": list(saved.only),
            "language": saved.language}  # fmt: skip


def _line(given: Given) -> str:
    plain = _plain(given)
    what = ", ".join(filter(None, (given.saved.program or given.saved.need, given.saved.place, given.saved.plan)))
    only = f" ({', '.join(given.saved.only)})" if given.saved.only else ""
    made = f"made {plain['made_on']} by {given.by}, until {plain['until']}"
    return f"{given.code}  {what}{only}  {given.saved.language}  {made}"


def _of_gone(gone: Iterable[str]) -> Iterator[str]:
    ids = tuple(gone)
    if ids:
        yield f"No longer on any list, and left out: {', '.join(ids)}"
