"""`puente verify`: which places most need a call, and what to say on the phone."""

from __future__ import annotations

from collections.abc import Iterator

import click

from directory import phones, store
from directory.commands.named import place_id
from directory.commands.telling import as_json_option, language_option, now, show, tell, wrapped
from directory.model import Language, Listing, Need
from directory.text.own import display_name
from directory.verify import marks, told
from directory.verify.queue import Item, Page, Wanted, queue
from directory.verify.script import Script, script

__all__ = ["register"]


def register(group: click.Group) -> None:
    """Adds `verify` to the `puente` command."""
    group.add_command(verify_group)


@click.group("verify", invoke_without_command=True)
@click.option("--county", help="Only places that serve this county.")
@click.option("--need", type=click.Choice([need.value for need in Need]), help="Only places for this need.")
@click.option("--list", "source", help="Only places that this list names.")
@click.option("--limit", type=click.IntRange(1, 200), default=15, show_default=True, help="So many places.")
@language_option
@as_json_option
@click.pass_context
def verify_group(
    context: click.Context, county: str | None, need: str | None, source: str | None, limit: int, language: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Which places most need a call, the first one first; the answers are kept at the desk, or by `puente edit`.

    \b
    Examples:
      puente verify --county Stanislaus --need food
      puente verify show demo_plan_roster:D0001 --language es
    """
    if context.invoked_subcommand is None:
        wanted = Wanted(county=county, need=need, source=source)
        found = tell(lambda: queue(wanted, now(), store.directory_path(), size=limit))
        lang = Language(language)
        show(_plain(found), "\n".join(_lines(found, lang)), as_json=as_json)


@verify_group.command("show")
@click.argument("listing_said", metavar="LISTING")
@language_option
@as_json_option
def show_command(listing_said: str, language: str, as_json: bool) -> None:
    """What to say on the phone to LISTING (its id or its name), and what was said before.

    Example: puente verify show demo_plan_roster:D0001
    """
    id = tell(lambda: place_id(listing_said, then="puente verify show {}"))
    record = tell(lambda: _listing(id))
    said, lang = script(record, Language(language)), Language(language)
    show(_script(record, said), "\n".join(_said(record, said, lang)), as_json=as_json)


def _listing(id: str) -> Listing:
    with store.open_directory() as db:
        return store.listing(db, id)


def _lines(found: Page, language: Language) -> Iterator[str]:
    yield f"Places that wait for a call: {found.total:,}. Put away for later: {found.put_away}."
    for item in found.items:
        yield ""
        yield f"{display_name(item.listing)}  ({item.listing.id})"
        why = "; ".join(told.reasons(item.reasons, language))
        yield from wrapped(f"{item.points} points. {why}.", first="  ", rest="  ")
        if item.hold:
            yield f"  {item.hold.caller.name} has it open since {item.hold.since.astimezone(now().tzinfo):%-I:%M %p}."
    if found.items:
        yield ""
        yield from wrapped(f"What to say: puente verify show {found.items[0].listing.id}")


def _said(record: Listing, said: Script, language: Language) -> Iterator[str]:
    numbers = "; ".join(filter(None, map(phones.display, record.phones)))
    yield f"{display_name(record)}  ({record.id})"
    yield from wrapped(f"Dial: {numbers or 'no number is known'}")
    yield ""
    yield from wrapped(said.hello)
    yield from wrapped(said.why)
    yield ""
    for field, question in said.questions:
        name = told.field_name(field, language)
        yield from wrapped(f"[ ] {name}: {question}", rest="    ")
    yield ""
    yield from wrapped(said.thanks)
    if before := marks.ended(record.id, 3):
        yield ""
        yield from (f"{end.at.astimezone(now().tzinfo):%Y-%m-%d}  {end.how}  {end.caller.name}" for end in before)
    yield ""
    yield from wrapped(f"All is right: puente edit {record.id} --checked. Something is not: puente edit --help")


def _plain(found: Page) -> dict[str, object]:
    return {"total": found.total, "put_away": found.put_away, "places": [_item(item) for item in found.items]}


def _item(item: Item) -> dict[str, object]:
    why = item.reasons
    return {
        "id": item.listing.id, "name": display_name(item.listing), "points": item.points, "reported_by": why.people,
        "days": why.days, "never_checked": why.never, "shown": why.shown,
        "differs": [field.value for field in why.differs], "unanswered": why.unanswered,
        "open_by": item.hold.caller.name if item.hold else None,
    }  # fmt: skip


def _script(record: Listing, said: Script) -> dict[str, object]:
    return {
        "id": record.id, "name": display_name(record), "hello": said.hello, "why": said.why,
        "questions": {field.value: question for field, question in said.questions}, "thanks": said.thanks,
        "machine": said.machine,
    }  # fmt: skip
