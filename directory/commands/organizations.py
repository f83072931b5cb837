"""Organizations apart from their places: who looks after the partnership, and of what kind it is."""

from __future__ import annotations

from collections.abc import Sequence

import click

from directory.commands.telling import as_json_option, now, show, tell
from directory.errors import DecisionError
from directory.sync import stage
from directory.sync.fields import excerpt
from directory.sync.lock import alone
from directory.sync.match import organizations
from directory.sync.match.organizations import Organization

__all__ = ["register"]

_SHOWN = 40


def register(group: click.Group) -> None:
    """Adds `organization` to the `puente` command."""
    group.add_command(organization)


@click.group("organization")
def organization() -> None:
    """Organizations of all lists: who of the clinic looks after them, and the kind of partnership."""


@organization.command("list")
@click.argument("words", default="")
@as_json_option
def list_command(words: str, as_json: bool) -> None:
    """Show the organizations, or those whose name has WORDS in it.

    Example: puente organization list "food bank"
    """

    def work() -> tuple[Organization, ...]:
        with stage.open_work() as connection:
            return organizations.all(connection)

    found = [item for item in tell(work) if words.casefold() in item.name.casefold()]
    show([_plain(item) for item in found], _listed(found), as_json=as_json)


@organization.command("set")
@click.argument("organization_id", metavar="ID")
@click.option("--owner", help="Who of the clinic looks after it.")
@click.option("--partnership", help="Of what kind: none, referral, MOU, contract, ...")
@click.option("--note", help="A line for colleagues; patients never see it.")
@as_json_option
def set_command(
    organization_id: str, owner: str | None, partnership: str | None, note: str | None, as_json: bool
) -> None:  # fmt: skip
    """Write who looks after the organization ID, of what kind the partnership is, or a note. "" takes one away.

    Example: puente organization set 3f2a90c1 --owner "Rosa" --partnership MOU
    """
    if owner is None and partnership is None and note is None:
        raise click.UsageError("Say what to write: --owner, --partnership or --note.")

    def work() -> Organization:
        with alone(), stage.open_work() as connection, connection:
            organizations.describe(connection, organization_id, owner=owner, partnership=partnership, note=note)
            found = [item for item in organizations.all(connection) if item.id == organization_id]
        if not found:
            raise DecisionError(
                f"There is no organization {organization_id!r}. `puente organization list` prints the ids."
            )
        return found[0]

    found = tell(work)
    show({**_plain(found), "written_at": now().isoformat()}, "\n".join(_lines(found)), as_json=as_json)


def _listed(found: Sequence[Organization]) -> str:
    if not found:
        return "No organization has that in its name."
    lines = [line for item in found[:_SHOWN] for line in _lines(item)]
    return "\n".join(lines + ([f"and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []))


def _lines(item: Organization) -> list[str]:
    said = {"NPI": item.npi, "owner": item.owner, "partnership": item.partnership, "note": item.note}
    known = "; ".join(f"{name}: {value}" for name, value in said.items() if value)
    lists = ", ".join(sorted({source for source, _ in item.names}))
    return [f"{excerpt(item.name, 60)}  ({item.id})  on {lists}", *([f"    {known}"] if known else [])]


def _plain(item: Organization) -> dict[str, object]:
    return {**vars(item), "names": [{"list": source, "name": name} for source, name in item.names]}
