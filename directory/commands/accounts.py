"""`puente account`: who may use the desk, who did what there, and links for choosing a password."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import click

from directory import hours, settings
from directory.accounts import Account, Role, audit, ending, people, tickets
from directory.accounts.audit import Entry
from directory.accounts.people import Person
from directory.commands.telling import as_json_option, day_option, now, show, tell, wrapped

__all__ = ["register"]

_ROLE = click.Choice([role.value for role in Role])
_HERE = "http://127.0.0.1:{port}"


def register(group: click.Group) -> None:
    """Adds `account` to the `puente` command."""
    group.add_command(account_group)


@click.group("account")
def account_group() -> None:
    """Who may use the desk: accounts, roles, links for choosing a password, and the log.

    A role may do all that those before it may: chw (looks up, lists for patients, the inbox), staff (lists, decisions,
    publishing), admin (people and the log).

    Example: puente account add rosa --role admin
    """


_port = click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True,
    help="Where the desk listens, for the link; an address of the desk in the settings goes before it.",
)  # fmt: skip


@account_group.command("add")
@click.argument("name")
@click.option("--role", type=_ROLE, required=True, help="What the person may do.")
@click.option("--organization", default="", metavar="TEXT", help="Whom the person works for.")
@click.option("--shown", default="", metavar="TEXT", help="The name that others see; else the sign-in name.")
@_port
@as_json_option
def add_command(name: str, role: str, organization: str, shown: str, port: int, as_json: bool) -> None:
    """Make an account and print its invitation: a link that works once, for 72 hours. Puente sends no email.

    Example: puente account add rosa.diaz --role chw --shown "Rosa Diaz" --organization "Kite Clinic"
    """
    made = tell(lambda: people.add(name, Role(role), now(), shown=shown, organization=organization))
    _show_link(made, port, as_json)


@account_group.command("list")
@as_json_option
def list_command(as_json: bool) -> None:
    """Everybody who may sign in, and who could before.

    Example: puente account list
    """
    found = [person for person in tell(people.listed) if not person.account.demo]
    show([_plain(person) for person in found], "\n".join(_told(found)), as_json=as_json)


@account_group.command("reset")
@click.argument("name")
@_port
@as_json_option
def reset_command(name: str, port: int, as_json: bool) -> None:
    """Print a link by which that person chooses a new password: once, within an hour. Former links are over.

    Who never chose a password gets a new invitation instead.

    Example: puente account reset rosa.diaz
    """
    _show_link(_known(name), port, as_json)


@account_group.command("role")
@click.argument("name")
@click.argument("role", type=_ROLE)
@as_json_option
def role_command(name: str, role: str, as_json: bool) -> None:
    """Give somebody another role, at once.

    Example: puente account role rosa.diaz staff
    """
    changed = tell(lambda: people.change(_known(name), now(), role=Role(role)))
    plain = {"name": changed.name, "role": changed.role.value}
    show(plain, f"{changed.name} is {changed.role.value} from now on.", as_json=as_json)


@account_group.command("end")
@click.argument("name")
@as_json_option
def end_command(name: str, as_json: bool) -> None:
    """End an account: the person is signed out at once and cannot come back in. The name stays with that person.

    Example: puente account end rosa.diaz
    """
    account = _known(name)
    tell(lambda: ending.end(account, now()))
    show({"name": account.name, "ended": True}, f"The account of {account.name} has ended.", as_json=as_json)


@account_group.command("audit")
@click.option("--name", default="", metavar="NAME", help="What this person did.")
@click.option("--kind", default="", metavar="VERB", help="Only this, or what begins so: signin, account.ended.")
@day_option("--day", help="Only this day.")
@click.option(
    "--page", type=click.IntRange(min=1), default=1, show_default=True, help="100 lines a page, newest first."
)
@as_json_option
def audit_command(name: str, kind: str, day: date | None, page: int, as_json: bool) -> None:
    """Who did and read what at the desk: times, people, verbs and ids, never words. That it was read is noted, too.

    Example: puente account audit --name rosa.diaz --kind inbox
    """
    of = tell(lambda: people.person(name)).account.id if name else None
    tell(lambda: audit.note(None, "audit.read", str(page), now()))
    total = tell(lambda: audit.count(account=of, kind=kind, day=day))
    found = tell(lambda: audit.entries(account=of, kind=kind, day=day, page=page))
    pages = max(1, -(-total // audit.PAGE))
    plain = {"total": total, "page": page, "pages": pages, "entries": [_entry(entry) for entry in found]}
    lines = [f"{total:,} entries, page {page} of {pages}", *(_line(entry) for entry in found)]
    show(plain, "\n".join(lines), as_json=as_json)


def _known(name: str) -> Account:
    person = tell(lambda: people.person(name))
    if person.ended_at is not None or person.account.demo:
        raise click.ClickException(f"The account of {person.account.name} has ended. Nothing was changed.")
    return person.account


def _show_link(account: Account, port: int, as_json: bool) -> None:
    ticket = tell(lambda: tickets.make(account, now()))
    begins = tell(lambda: settings.settings().desk_address) or _HERE.format(port=port)
    link = f"{begins.rstrip('/')}{ticket.path}"
    ends = ticket.ends_at.astimezone(hours.PACIFIC)
    plain = {"name": account.name, "role": account.role.value, "link": link, "ends_at": ends.isoformat()}
    said = (
        f"{account.name} ({account.role.value}) chooses a password here, once, until {ends:%Y-%m-%d %H:%M}. Give the "
        "link to this person alone; it is shown only now:"
    )
    show(plain, "\n".join([*wrapped(said), "", f"  {link}"]), as_json=as_json)


def _told(found: Sequence[Person]) -> Iterator[str]:
    if not found:
        yield "Nobody has an account yet. The first one: puente account add NAME --role admin"
    widest = max((len(person.account.name) for person in found), default=0)
    for person in found:
        account = person.account
        yield "  ".join(
            part
            for part in (
                account.name.ljust(widest),
                account.role.value.ljust(5),
                _state(person),
                account.shown if account.shown != account.name else "",
                account.organization,
            )
            if part
        )


def _state(person: Person) -> str:
    if person.ended_at is not None:
        return f"ended {_day(person.ended_at)}"
    return f"since {_day(person.created_at)}" if person.ready else "invited, no password yet"


def _day(at: datetime) -> str:
    return f"{at.astimezone(hours.PACIFIC):%Y-%m-%d}"


def _plain(person: Person) -> dict[str, object]:
    account = person.account
    return {
        "name": account.name, "shown": account.shown, "role": account.role.value, "organization": account.organization,
        "ready": person.ready, "created_at": person.created_at.isoformat(),
        "ended_at": person.ended_at.isoformat() if person.ended_at else None,
    }  # fmt: skip


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(), "name": entry.name, "role": entry.role.value if entry.role else None,
        "organization": entry.organization, "what": entry.what, "of": entry.of,
    }  # fmt: skip


def _line(entry: Entry) -> str:
    at = entry.at.astimezone(hours.PACIFIC)
    return "  ".join((f"{at:%Y-%m-%d %H:%M}", entry.name or "-", entry.what, entry.of)).rstrip()
