"""The `puente` command: thin commands over the directory, tables for people, JSON for programs."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from importlib import import_module
from importlib.metadata import PackageNotFoundError, entry_points, version
from typing import Any
from zoneinfo import ZoneInfo

import click

from directory import places, plans, search, store
from directory.commands.telling import harmless, unusable
from directory.eligibility import rules
from directory.errors import PuenteError
from directory.model import Language, Listing, Need, Place
from directory.status import Status, status
from directory.text import listing as words
from directory.text import place as place_words

__all__ = ["main"]

PACIFIC = ZoneInfo("America/Los_Angeles")
MOST = 100
WHOLE = 100_000
EN = Language.EN
_ROOMS = ("refresh", "publication", "lists", "review", "hand", "organizations", "exporting")


class _Puente(click.Group):
    """A group whose commands tell a PuenteError as one sentence on standard error, with exit code 1.

    The commands of other rooms are loaded when one of them is asked for, so that a search need not wait for them.
    """

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self._all_loaded = False

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is None and not self._all_loaded:
            self._load()
        return own or super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        if not self._all_loaded:
            self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        self._all_loaded = True
        for name in _ROOMS:
            import_module(f"directory.commands.{name}").register(self)
        for found in entry_points(group="puente.commands"):
            found.load()(self)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PuenteError as error:
            raise click.ClickException(harmless(str(error))) from error
        except BrokenPipeError:  # whoever read along has gone: `puente search ... | head`
            raise
        except (OSError, sqlite3.Error) as error:
            raise click.ClickException(unusable(error)) from error


def _version() -> str:
    try:
        return version("puente")
    except PackageNotFoundError:
        return "not installed"


@click.group(cls=_Puente, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="puente")
def main() -> None:
    """Puente: who gives this help near me?

    Start with `puente demo load` (invented places) or `puente sync SOURCE` and `puente publish` (your plan's list).
    Then: `puente search --need food --near 95354`.

    Data lives in the folder that PUENTE_HOME names (else `var`). Each command explains itself: puente COMMAND --help
    """


_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@main.command("search")
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
@_json
def search_command(
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
    """Find places that help.

    What is not known never hides a place: yes comes first, then unknown. When nothing is left, the search gives up a
    filter and says which.

    Example: puente search --need food --near 95354 --open-now
    """
    query = search.Query(
        need=Need(need) if need else None,
        program=_program(program),
        place=_place(near),
        plan=_plan(plan),
        language=_language(language),
        open_now=open_now,
        taking_referrals=taking_referrals,
        has_room=has_room,
        text=text,
        limit=limit,
        offset=offset,
    )
    result = search.search(query, now=_now())
    click.echo(_dump(_result_json(result)) if as_json else _result_text(result))


@main.command()
@click.argument("listing")
@_json
def show(listing: str, as_json: bool) -> None:
    """Show everything about one place. LISTING is the id that `puente search` prints.

    Example: puente show demo_plan_roster:D0001
    """
    moment = _now()
    hit = search.found(listing, now=moment)
    hit = dataclasses.replace(hit, listing=store.current(hit.listing, moment.date()))
    with store.open_directory() as connection:
        said = store.said(connection, hit.listing.id)
    if as_json:
        click.echo(_dump({**_hit_json(hit), "said": [_said_json(item) for item in said]}))
    else:
        click.echo("\n".join([words.details(hit, EN, clip=WHOLE), *_said_lines(hit.listing, said)]))


@main.command("status")
@_json
def status_command(as_json: bool) -> None:
    """Show what is published, from which lists, since when; and what is read or decided and not published yet.

    Example: puente status
    """
    from directory.sync.overview import overview

    found, work = status(), overview(_now())
    if as_json:
        click.echo(_dump({**_status_json(found), "work": work.to_json() if work else None}))
    else:
        click.echo("\n".join([_status_text(found), *(["", "Lists:", *work.to_lines()] if work else [])]))


@main.command("places")
@click.argument("text")
@_json
def places_command(text: str, as_json: bool) -> None:
    """Show how Puente understands TEXT as a place in California, or as several to choose from.

    Example: puente places "95354"
    """
    found = places.resolve(text)
    if as_json:
        click.echo(_dump({"kind": type(found).__name__, **_mapping(found)}))
        return
    if isinstance(found, Place):
        click.echo(f"{words.place_name(found, EN)}, {found.county} County ({found.kind.value})")
    elif isinstance(found, (places.Ambiguous, places.OverCountyLine)):
        click.echo(place_words.problem(found, EN))
    else:
        raise click.ClickException(str(place_words.problem(found, EN)))


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Where to listen.")
@click.option("--quiet", is_flag=True, hidden=True, help="Say nothing: `puente up` prints the address itself.")
def desk(port: int, quiet: bool) -> None:
    """Open the look-up page for staff, on this machine only. Stop it with Ctrl-C.

    Example: puente desk --port 8000
    """
    import uvicorn

    from directory.desk.app import create_app

    if not quiet:
        click.echo(f"Look-up page: http://127.0.0.1:{port}/  (stop with Ctrl-C)")
    # No access log: an address holds what somebody looked for. No websockets: Rasa pins a version uvicorn cannot use.
    uvicorn.run(create_app(), host="127.0.0.1", port=port, log_level="warning", access_log=False, ws="none")


def _now() -> datetime:
    return datetime.now(PACIFIC)


# What a person typed -> what the search takes


def _place(text: str | None) -> Place | None:
    if text is None:
        return None
    found = places.resolve(text)
    if isinstance(found, Place):
        return found
    raise click.ClickException(f"{place_words.problem(found, EN)}{_for_example(found)}")


def _for_example(found: places.Resolution) -> str:
    if not isinstance(found, (places.Ambiguous, places.OverCountyLine)):
        return ""
    return f' For example: --near "{place_words.option_name(found.options[0], EN)}"'


def _program(text: str | None) -> str | None:
    if text is None or text in rules.programs():
        return text
    known = rules.program_by_alias(text)
    if known is None:
        raise click.ClickException(f"There is no program {text!r}. Programs: {', '.join(rules.programs())}.")
    return known


def _plan(text: str | None) -> str | None:
    if text is None or text in plans.plans():
        return text
    known = plans.plan_by_alias(text)
    if known is None:
        raise click.ClickException(f"There is no plan {text!r}. Plans: {', '.join(plans.plans())}.")
    return known


def _language(text: str | None) -> str | None:
    if text is None:
        return None
    code = words.language_code(text)
    if code is None:
        raise click.ClickException(
            f"We do not know the language {text!r}. Write a name or code, such as Spanish or es."
        )
    return code


# What was found -> text


def _result_text(result: search.SearchResult) -> str:
    if not result.hits and result.total:
        return f"There are only {result.total}. Use a smaller --offset."
    if not result.hits:
        return words.none_found(result, EN).text
    first = result.query.offset + 1
    above = [words.header(result, EN), *words.notes(result, EN)]
    rows = [_row(number, hit, result.query) for number, hit in enumerate(result.hits, start=first)]
    shown = f"{first} to {first + len(rows) - 1} of {result.total}. All about one of them: puente show ID"
    demo = [words.demo_notice(EN)] if any(hit.listing.provenance.demo for hit in result.hits) else []
    asked = tuple(answer.key.capitalize() for answer in words.answers(result.hits[0], result.query, EN))
    table = _table(("", "Name", "Phone", "Miles", "Open", *asked, "As of", "ID"), rows)
    return "\n".join([*above, "", table, "", shown, *demo])


def _row(number: int, hit: search.Hit, query: search.Query) -> tuple[str, ...]:
    item = words.shown(hit, Language.EN)
    day = hit.listing.assured_on or hit.listing.provenance.as_of
    as_of = f"{'checked' if hit.listing.assured_on else 'listed'} {day}" if day else "date unknown"
    stale = ", call first" if hit.freshness is search.Freshness.STALE else ""
    more = f" (+{len(hit.also)})" if hit.also else ""
    name = f"{_cut(words.title(hit.listing, EN), 42)}{more}"
    asked = tuple(answer.state.value for answer in words.answers(hit, query, EN))
    phone = item.phone or "none listed"
    return (str(number), name, phone, _miles(hit), item.open.value, *asked, f"{as_of}{stale}", item.id)


def _miles(hit: search.Hit) -> str:
    if hit.about_miles is not None:
        return f"about {max(round(hit.about_miles), 1)}"
    return "" if hit.miles is None else f"{hit.miles:.1f}"


def _said_lines(listing: Listing, said: Sequence[store.Said]) -> list[str]:
    """For staff: what is shown, and what another list says there, with its day."""
    from directory.sync.changes import Place as Named
    from directory.sync.changes import told
    from directory.sync.diff import Change

    shown = store.as_plain(listing)
    named = Named(listing.id, listing.name, listing.confidential)
    lines = []
    for item in said:
        changes = tuple(Change(listing.id, field, _text(shown.get(field)), _text(v)) for field, v in item.differs)
        day = f"as of {item.as_of}" if item.as_of else "day unknown"
        lines += [f"  {item.source_title} ({day}): {line}" for line in told(named, changes)] if changes else []
    return ["", "Lists differ (what is shown -> what that list says):", *lines] if lines else []


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _status_text(found: Status) -> str:
    if found.published_at is None:
        return _NOTHING
    rows = [
        (
            item.source.id,
            item.source.title,
            str(item.source.as_of or "unknown"),
            str(item.listings),
            _yes(item.source.demo),
        )
        for item in found.sources
    ]
    when = found.published_at.astimezone(PACIFIC)
    table = _table(("List", "Title", "As of", "Places", "Demo"), rows)
    return f"{found.listings} places, published {when:%Y-%m-%d %H:%M} (Pacific).\n\n{table}"


_NOTHING = (
    "Nothing is published yet, so nobody can be shown a place.\n"
    "To try Puente with invented places: puente demo load\n"
    "To load a plan's list: puente sync SOURCE --file LIST, then: puente publish"
)


def _yes(flag: bool) -> str:
    return "demo" if flag else ""


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [tuple(heads), *(tuple(_cut(cell) for cell in row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _cut(text: str, width: int = 48) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= width else f"{plain[: width - 3]}..."


# What was found -> JSON


def _result_json(result: search.SearchResult) -> dict[str, object]:
    query = result.query
    return {
        "need": query.need.value if query.need else None,
        "program": query.program,
        "place": words.place_name(query.place, EN) if query.place else None,
        "county": query.place.county if query.place else None,
        "plan": query.plan,
        "language": query.language,
        "total": result.total,
        "relaxed": [step.value for step in result.relaxed],
        "covered": result.covered,
        "listings": [_hit_json(hit) for hit in result.hits],
    }


def _hit_json(hit: search.Hit) -> dict[str, object]:
    item = words.shown(hit, Language.EN)
    return {
        **_mapping(hit.listing),
        "phone": item.phone,
        "miles": item.miles,
        "about_miles": None if hit.about_miles is None else max(round(hit.about_miles), 1),
        "open": hit.open.value,
        "freshness": hit.freshness.value,
        "checked_on": hit.listing.assured_on.isoformat() if hit.listing.assured_on else None,
        "demo": item.demo,
        "also": [_hit_json(other) for other in hit.also],
    }


def _said_json(item: store.Said) -> dict[str, object]:
    day = item.as_of.isoformat() if item.as_of else None
    return {
        "source": item.source, "row": item.row, "title": item.source_title, "as_of": day, "agrees": list(item.agrees),
        "differs": dict(item.differs),
    }  # fmt: skip


def _status_json(found: Status) -> dict[str, object]:
    published_at = found.published_at.isoformat() if found.published_at else None
    sources = [{**_mapping(item.source), "listings": item.listings} for item in found.sources]
    hint = {} if published_at else {"next": _NOTHING}
    return {"listings": found.listings, "sources": sources, "published_at": published_at, **hint}


def _mapping(record: object) -> dict[str, object]:
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        raise TypeError(f"{record!r} is no record")
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return _mapping(value)
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _dump(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    main()
