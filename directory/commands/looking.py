"""The commands of those who look something up: thin, tables for people, JSON for programs."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from directory import logs, places, search, store
from directory.called import as_called
from directory.commands import asked_for, found_json, found_text
from directory.commands.named import place_id, why_absent
from directory.commands.telling import as_json_option
from directory.eligibility import rules
from directory.errors import DirectoryMissing, UnknownListing
from directory.model import Language, Need, Place
from directory.status import status
from directory.text import listing as words
from directory.text import place as place_words

__all__ = ["register"]

MOST = 100
WHOLE = 100_000
EN = Language.EN
PACIFIC = ZoneInfo("America/Los_Angeles")


def register(group: click.Group) -> None:
    """Adds `search`, `show`, `status`, `places` and `desk` to the `puente` command."""
    for command in (search_command, show, status_command, places_command, desk):
        group.add_command(command)


@click.command("search")
@click.argument("asked", nargs=-1, metavar="[WORDS]...")
@click.option("--need", type=click.Choice([need.value for need in Need]), help="What the person needs.")
@click.option("--program", help="A program, by id or name: food_bank, CalFresh, nmt.")
@click.option("--near", help="Where: a ZIP code, a city or a county of California.")
@click.option("--plan", help="The person's Medi-Cal plan, by id or name: health_net, Kaiser.")
@click.option("--language", help="A language they should speak: es, Spanish, hmn.")
@click.option("--open-now", is_flag=True, help="Those open now first; closed ones only when there is nothing else.")
@click.option("--taking-referrals", is_flag=True, help="Those that take new referrals first.")
@click.option("--has-room", is_flag=True, help="Those with room first.")
@click.option("--words", "text", help="Words in the name or the description.")
@click.option("--limit", type=click.IntRange(1, MOST), default=10, show_default=True, help="How many to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to skip, to see the next page.")
@as_json_option
def search_command(
    asked: tuple[str, ...],
    need: str | None,
    program: str | None,
    near: str | None,
    plan: str | None,
    language: str | None,
    open_now: bool,
    taking_referrals: bool,
    has_room: bool,
    text: str | None,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Find places that help; WORDS are words of the name or the description.

    What is not known never hides a place: yes comes first, then unknown. When nothing is left, the search gives up a
    filter and says which.

    Example: puente search --need food --near 95354 --open-now
    """
    query = search.Query(
        need=Need(need) if need else None,
        program=asked_for.program(program),
        place=asked_for.place(near),
        plan=asked_for.plan(plan),
        language=asked_for.language(language),
        open_now=open_now,
        taking_referrals=taking_referrals,
        has_room=has_room,
        text=" ".join(filter(None, (*asked, text))) or None,
        limit=limit,
        offset=offset,
    )
    moment = datetime.now(PACIFIC)
    try:
        result = search.search(query, now=moment)
    except DirectoryMissing:  # whoever stands before a person still has somebody to call
        result = search.SearchResult(query, hits=(), total=0, relaxed=(), covered=False)
        click.echo(_NOTHING_YET, err=True)
    plain = found_json.dump(found_json.of_result(result)) if as_json else found_text.of_result(result, moment.date())
    click.echo(plain)


_NOTHING_YET = (
    "Nothing is published here yet, so no place can be shown; below is whom to call. To try Puente with invented "
    "places: puente demo load. For a list that somebody sent: puente source new LIST, then puente sync and puente "
    "publish.\n"
)


@click.command()
@click.argument("listing")
@as_json_option
def show(listing: str, as_json: bool) -> None:
    """Show everything about one place. LISTING is the id that `puente search` prints, or the name of the place.

    Example: puente show demo_plan_roster:D0001
    """
    moment = datetime.now(PACIFIC)
    wanted = place_id(listing, then="puente show {}")
    try:
        hit = search.found(wanted, now=moment)
    except UnknownListing as error:
        raise why_absent(error, wanted, moment.date()) from error
    hit = dataclasses.replace(hit, listing=store.current(hit.listing, moment.date()))
    with store.open_directory() as connection:
        said = store.said(connection, hit.listing.id)
    if as_json:
        click.echo(found_json.dump({**found_json.of_hit(hit), "said": [found_json.of_said(item) for item in said]}))
    else:
        click.echo("\n".join([words.details(hit, EN, clip=WHOLE), *found_text.of_said(hit.listing, said)]))


@click.command("status")
@as_json_option
def status_command(as_json: bool) -> None:
    """Show what is published, from which lists, since when; and what is read or decided and not published yet.

    Example: puente status
    """
    from directory.publication.overview import overview

    found, work, notes = status(), overview(datetime.now(PACIFIC)), rules.overlay()
    if as_json:
        plain = {"work": work.to_json() if work else None, "notes": notes.trouble}
        click.echo(found_json.dump({**found_json.of_status(found), **plain}))
    else:
        lists = ["", "Lists:", *work.to_lines()] if work else []
        click.echo("\n".join([found_text.of_status(found), *lists, *(["", notes.said] if notes.said else [])]))


@click.command("places")
@click.argument("text")
@as_json_option
def places_command(text: str, as_json: bool) -> None:
    """Show how Puente understands TEXT as a place in California, or as several to choose from.

    Example: puente places "95354"
    """
    found = places.resolve(text)
    if as_json:
        click.echo(found_json.dump({"kind": type(found).__name__, **found_json.mapping(found)}))
        return
    if isinstance(found, Place):
        click.echo(f"{words.place_name(found, EN)}, {found.county} County ({found.kind.value})")
    elif isinstance(found, (places.Ambiguous, places.OverCountyLine)):
        click.echo(place_words.problem(found, EN))
    else:
        raise click.ClickException(str(place_words.problem(found, EN)))


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where to listen.")
@click.option("--quiet", is_flag=True, hidden=True, help="Say nothing: `puente up` prints the address itself.")
def desk(port: int, quiet: bool) -> None:
    """Open the desk for CHWs and staff, on this machine only. Stop it with Ctrl-C.

    People sign in; the first account: puente account add NAME --role admin

    Example: puente desk --port 8000
    """
    import uvicorn

    from directory.accounts.first import how_to_enter
    from directory.desk.app import create_app

    if not quiet:
        click.echo(f"Desk: http://127.0.0.1:{port}/  (stop with Ctrl-C)")
        click.echo(as_called(how_to_enter()))
    # No access log: an address holds what somebody looked for. No websockets: Rasa pins a version uvicorn cannot use.
    logs.configure("desk")
    # Who asked, and whether it was over https, is believed of a web server on this machine alone.
    uvicorn.run(
        create_app(), host="127.0.0.1", port=port, log_config=None, log_level="warning", access_log=False, ws="none",
        proxy_headers=True, forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip
